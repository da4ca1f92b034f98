"""The cases over HTTP, for programs: the same rules as the pages."""
