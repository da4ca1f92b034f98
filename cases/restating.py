"""Deadlines after a change of the calendar: each open case is reckoned again, and a day that moves is written down.

This is no verb of the procedure: nobody decides anything, the law's days are only counted on the calendar as it is now.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.db import transaction
from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone

from accounts.models import User
from cases.calendar import Calendar, load_calendar
from cases.errors import CalendarMissing, ProcedureMissing
from cases.models import Case, Event
from cases.timekeeping import due_on

VERB: Final = "restate_due"
"""The event's word; its data are {"from", "to", "why"}, days as ISO dates."""

CHUNK: Final = 500


@dataclass
class Restated:
    """What a recount did: references whose day moved, and those that cannot be reckoned (their old day stays)."""

    moved: list[str] = field(default_factory=list)
    unreckoned: list[str] = field(default_factory=list)


@transaction.atomic
def restate_due_dates(*, why: str, by: User | None = None) -> Restated:
    """Reckon the deadline of every open case again; each one that moves gets an event and a new version.

    Call it inside the transaction that changes the calendar, so that calendar and deadlines never disagree. The open
    cases are locked first: whoever moves one meanwhile waits, and then counts on the new calendar.
    """
    calendar, done = load_calendar(), Restated()
    open_cases = Case.objects.still_open().filter(due_on__isnull=False).order_by("pk")
    locked = list(open_cases.select_related("procedure").select_for_update(of=("self",)).defer("search_text"))
    events = Prefetch("events", Event.objects.defer("data"))
    for start in range(0, len(locked), CHUNK):
        chunk = locked[start : start + CHUNK]
        prefetch_related_objects(chunk, events)
        for case in chunk:
            _restate(case, calendar, why, by, done)
    return done


def _restate(case: Case, calendar: Calendar, why: str, by: User | None, done: Restated) -> None:
    before = case.due_on
    try:
        after = due_on(case, calendar)
    except (CalendarMissing, ProcedureMissing):
        done.unreckoned.append(case.reference)
        return
    if after == before:
        return
    case.due_on = after
    case.version += 1
    case.save(update_fields=["due_on", "version", "updated_at"])
    Event.objects.create(
        case=case, verb=VERB, from_status=case.status, to_status=case.status, by=by, side=Event.Side.SYSTEM,
        at=timezone.now(), version=case.version, data={"from": _iso(before), "to": _iso(after), "why": why},
    )  # fmt: skip
    done.moved.append(case.reference)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
