"""Why an act on a revision was refused, in words a person can read."""

from __future__ import annotations

from cases.errors import CaseError, NotAllowed, WrongState

__all__ = ["CaseError", "NotAllowed", "NotReady", "WrongState"]


class NotReady(CaseError):
    """Something has to be done first."""

    code = "not_ready"
