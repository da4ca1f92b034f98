"""See `accounts.append_only`; kept here for the migrations of the apps above."""

from accounts.append_only import append_only

__all__ = ["append_only"]
