"""What can go wrong with a case, in words a person can read; the API and the pages translate each kind once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from cases.findings import Finding


class CaseError(Exception):
    """Base of every refusal; `message` is a whole sentence in the reader's language."""

    code = "refused"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class WrongState(CaseError):
    """The move is not possible from where the case stands (409)."""

    code = "wrong_state"


class Stale(CaseError):
    """Somebody changed the case since the reader loaded it (409); `current` is the version now."""

    code = "stale"

    def __init__(self, current: int) -> None:
        super().__init__(_("Someone changed this case while you were reading it. Please look at it again."))
        self.current = current


class NotAllowed(CaseError):
    """This person may not make this move (403)."""

    code = "not_allowed"


class Invalid(CaseError):
    """What was given is not usable (400); `errors` maps each field to its sentences."""

    code = "invalid"

    def __init__(self, errors: Mapping[str, Sequence[str]]) -> None:
        super().__init__(" ".join(sentence for sentences in errors.values() for sentence in sentences))
        self.errors = {field: list(sentences) for field, sentences in errors.items()}


class Incomplete(CaseError):
    """The dossier fails its pre-check (400); `findings` are all the gaps at once."""

    code = "incomplete"

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(_("The dossier cannot be submitted yet: please mend what the pre-check found."))
        self.findings = list(findings)


class CalendarMissing(CaseError):
    """A deadline runs into a year whose working days nobody has entered yet."""

    code = "calendar_missing"

    def __init__(self, year: int) -> None:
        super().__init__(_("The working-day calendar of %(year)s has not been entered yet.") % {"year": year})
        self.year = year


class ProcedureMissing(CaseError):
    """No version of the procedure is in force that day."""

    code = "procedure_missing"
