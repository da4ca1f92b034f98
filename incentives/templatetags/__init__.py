"""Template filters of the incentive pages."""
