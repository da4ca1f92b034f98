"""The history of a case as people read it: one list for both sides, filtered by what each may see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from cases.calendar import Calendar, local_date
from cases.clock import effective_day
from cases.clock_words import day_words, moment_words
from cases.engine import VERBS
from cases.explaining import Reason, reasons_of
from cases.models import Case, Event, Notice
from cases.states import ENDED


@dataclass(frozen=True)
class Entry:
    """One move: when, who (an investor reads "the office"), what, what it did to the clock, and the words with it.

    `verb` is empty for the opening of the draft; `notice` is the formal paper that went with the move, if any; `rules`
    are those a decision or request rested on.
    """

    at: datetime
    who: str
    what: str
    effect: str = ""
    note: str = ""
    tone: str = "info"
    verb: str = ""
    notice: Notice | None = None
    rules: tuple[Reason, ...] = ()


INTERNAL = frozenset({"assign", "propose", "send_back"})
"""Moves inside the office, which an investor does not see."""

WHAT: dict[str, str | Promise] = {
    "submit": gettext_lazy("Application submitted"),
    "withdraw": gettext_lazy("Application withdrawn"),
    "accept": gettext_lazy("Dossier found complete and accepted"),
    "return_incomplete": gettext_lazy("Dossier returned to be completed"),
    "assign": gettext_lazy("Assigned to %(name)s"),
    "request_supplement": gettext_lazy("Supplement requested"),
    "request_explanation": gettext_lazy("Explanation requested"),
    "supplement": gettext_lazy("Answer sent"),
    "hold": gettext_lazy("Clock put on hold"),
    "resume": gettext_lazy("Clock set going again"),
    "ask_opinion": gettext_lazy("Opinion asked of %(office)s"),
    "give_opinion": gettext_lazy("%(office)s gave its opinion"),
    "propose": gettext_lazy("Decision proposed"),
    "approve": gettext_lazy("Application approved"),
    "refuse": gettext_lazy("Application refused"),
    "send_back": gettext_lazy("Proposal sent back to the appraiser"),
    "stop": gettext_lazy("Processing stopped"),
    "issue": gettext_lazy("Certificate issued"),
    "restate_due": gettext_lazy("Deadline counted again after a change of the working-day calendar"),
}
TONES = {
    "submit": "info", "accept": "ok", "return_incomplete": "warn", "request_supplement": "warn",
    "request_explanation": "warn", "hold": "warn", "approve": "ok", "issue": "ok", "refuse": "danger",
    "stop": "danger", "withdraw": "neutral", "assign": "neutral",
}  # fmt: skip
NOTES = {
    "submit": (), "withdraw": ("reason",), "return_incomplete": ("reasons",), "request_supplement": ("reasons",),
    "request_explanation": ("reasons",), "supplement": ("answer",), "refuse": ("reasons", "clauses"),
    "stop": ("reasons", "clauses"), "restate_due": ("why",),
}  # fmt: skip
OFFICE_NOTES = NOTES | {
    "assign": ("note",), "hold": ("note",), "resume": ("note",), "ask_opinion": ("question",),
    "give_opinion": ("answer",), "propose": ("reasons", "clauses", "facts"), "approve": ("note",),
    "send_back": ("reasons",),
}  # fmt: skip


def timeline(case: Case, user: User, *, calendar: Calendar | None = None) -> list[Entry]:
    """Every move this person may see, newest first, down to the opening of the draft.

    One query (none if `case.events` is prefetched with `by` and `notice`). With a calendar, an answer that came
    after closing time says from which day it counts.
    """
    events = case.events.all()
    if "events" not in getattr(case, "_prefetched_objects_cache", {}):
        events = events.select_related("by", "notice")
    entries = [_entry(case, event, user, calendar) for event in events if user.is_staff or event.verb not in INTERNAL]
    opened = Entry(case.created_at, str(case.created_by), _("Draft opened"), tone="neutral")
    return [*reversed(entries), opened]


def _entry(case: Case, event: Event, user: User, calendar: Calendar | None) -> Entry:
    notes = (OFFICE_NOTES if user.is_staff else NOTES).get(event.verb, ())
    return Entry(
        at=event.at,
        who=who_made(event, user),
        what=what_happened(event),
        effect=_effect(case, event, calendar),
        note="\n".join(str(event.data[name]) for name in notes if event.data.get(name)),
        tone=TONES.get(event.verb, "info"),
        verb=event.verb,
        notice=getattr(event, "notice", None),
        rules=reasons_of(event.data),
    )


def who_made(event: Event, user: User) -> str:
    """Who made a move: an investor reads "the office" for any official."""
    if event.side == Event.Side.INVESTOR or (user.is_staff and event.by):
        return str(event.by)
    return _("The office") if event.side == Event.Side.OFFICIAL else _("The portal")


def what_happened(event: Event) -> str:
    """A move in the past tense; a verb that a later kind added says its label."""
    if event.verb == "submit" and event.from_status == "returned":
        return _("Application completed and submitted again")
    what = WHAT.get(event.verb) or (VERBS[event.verb].label if event.verb in VERBS else event.verb)
    names: Mapping[str, Any] = {"name": event.data.get("name", ""), "office": event.data.get("office", "")}
    return str(what) % names if "%(" in str(what) else str(what)


def _effect(case: Case, event: Event, calendar: Calendar | None) -> str:
    """What the move did to the clock, and by when the other side has to act."""
    if event.verb == "accept":
        days = int(event.data.get("working_days") or 0)
        return ngettext(
            "The clock of %(total)s working day starts on the next working day.",
            "The clock of %(total)s working days starts on the next working day.",
            days,
        ) % {"total": days}  # fmt: skip
    if event.verb in ("request_supplement", "request_explanation", "return_incomplete"):
        return _request_effect(event)
    if event.verb == "hold":
        return _("The clock stops.")
    if event.verb == "restate_due":
        return _moved_deadline(event)
    if event.verb in ("supplement", "resume"):
        return _goes_on(case, event, calendar)
    if event.to_status in ENDED and case.accepted_at and event.at >= case.accepted_at:
        return _("The clock ends.")
    return ""


def _moved_deadline(event: Event) -> str:
    days = {name: day_words(date.fromisoformat(event.data[name]), local_date()) for name in ("from", "to")}
    return _("The office now has until %(to)s; before, it was %(from)s.") % days


def _request_effect(event: Event) -> str:
    notice: Notice | None = getattr(event, "notice", None)
    answer = ""
    if notice and notice.deadline_at:
        answer = _("Answer by %(moment)s.") % {"moment": moment_words(notice.deadline_at)}
    return answer if event.verb == "return_incomplete" else " ".join(filter(None, [_("The clock stops."), answer]))


def _goes_on(case: Case, event: Event, calendar: Calendar | None) -> str:
    day = local_date(event.at)
    if event.verb == "supplement" and calendar and case.procedure:
        counts_from = effective_day(event.at, calendar, case.procedure.cutoff_hour)
        if counts_from != day:
            return _("It came after closing time: the clock goes on from %(day)s.") % {
                "day": day_words(counts_from, local_date())
            }
    return _("The clock goes on.")
