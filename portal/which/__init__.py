"""Which procedure do I need? Questions as data, answered by the rules and tables that the dossiers use."""
