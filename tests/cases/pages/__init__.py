"""The investor's pages of a case, opened as a browser without JavaScript opens them, and in a real browser."""
