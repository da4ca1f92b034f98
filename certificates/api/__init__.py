"""The public check for programs, and the signed PDF of a case."""
