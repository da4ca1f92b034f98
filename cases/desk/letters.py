"""The formal paper that a move would send, shown before it goes out: the same content, not yet written anywhere."""

from __future__ import annotations

from typing import Any, Final

from django.utils import timezone

from cases import notices
from cases.calendar import local_date
from cases.desk.case_file import CaseFile
from cases.models import Notice
from cases.timekeeping import procedure_of

_REQUESTS: Final = {
    "return_incomplete": Notice.Kind.RETURN,
    "request_supplement": Notice.Kind.SUPPLEMENT,
    "request_explanation": Notice.Kind.EXPLANATION,
}
SHOWN_AT_ONCE: Final = frozenset({"accept", "refuse"})
"""Letters whose words are known before anything is typed."""

WITH_LETTER: Final = frozenset({*_REQUESTS, *SHOWN_AT_ONCE, "stop"})


def letter_of(verb: str, file: CaseFile, details: dict[str, Any]) -> Notice | None:
    """The notice that the verb with these details would write; None where it writes none.

    Raises CalendarMissing or ProcedureMissing, as the verb itself would.
    """
    case, at = file.case, timezone.now()
    if verb == "accept":
        due = file.calendar.add_working_days(local_date(at), procedure_of(case).working_days)
        return notices.appointment(case, at, due)
    if verb in _REQUESTS:
        return notices.request(
            case, _REQUESTS[verb], at, details.get("reasons", ""), list(details.get("pins") or []),
            details.get("deadline_on"),
        )  # fmt: skip
    if verb == "refuse":
        proposed = file.proposal.data if file.proposal else {}
        reasons = details.get("reasons", "").strip() or proposed.get("reasons", "")
        return notices.refusal(case, at, reasons, details.get("clauses", "").strip() or proposed.get("clauses", ""))
    if verb == "stop":
        return notices.stop(case, at, details.get("reasons", ""), details.get("clauses", ""))
    return None
