"""The clock of a case: its events turned into marks, and the deadline it has today."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone

from cases.calendar import Calendar, load_calendar, local_date
from cases.clock import Clock, Mark, Pause, closing_time, effective_day, reckon
from cases.models import Case, Event
from cases.procedures import ProcedureVersion, version_in_force
from cases.states import ENDED, Status

PAUSING = {
    "request_supplement": Pause.SUPPLEMENT,
    "request_explanation": Pause.EXPLANATION,
}


def marks_of(events: Iterable[Event], calendar: Calendar, cutoff_hour: int) -> list[Mark]:
    """The events that move the clock. An answer after closing time counts from the next working day."""
    marks: list[Mark] = []
    for event in events:
        day = local_date(event.at)
        if event.verb == "accept":
            marks.append(Mark("start", day))
        elif event.verb in PAUSING:
            marks.append(Mark("pause", day, PAUSING[event.verb]))
        elif event.verb == "hold":
            marks.append(Mark("pause", day, event.data.get("reason", "")))
        elif event.verb == "supplement":
            marks.append(Mark("resume", effective_day(event.at, calendar, cutoff_hour)))
        elif event.verb == "resume":
            marks.append(Mark("resume", day))
        elif event.to_status in ENDED:
            marks.append(Mark("end", day))
    return marks


def procedure_of(case: Case) -> ProcedureVersion:
    """The pinned version, or before acceptance the one in force today. Raises ProcedureMissing."""
    return case.procedure or version_in_force(case.dossier.procedure_code(), local_date())


def clock_of(case: Case, *, calendar: Calendar | None = None, now: datetime | None = None) -> Clock:
    """The clock of a case as of now (3 queries unless prefetched)."""
    calendar = calendar or load_calendar()
    procedure = procedure_of(case)
    return reckon(
        marks_of(case.events.all(), calendar, procedure.cutoff_hour),
        total=procedure.working_days,
        calendar=calendar,
        today=local_date(now or timezone.now()),
        cutoff_hour=procedure.cutoff_hour,
    )


def intake_due_on(case: Case, calendar: Calendar) -> date | None:
    """By when the office must say whether a submitted dossier is complete; None before submission."""
    if case.submitted_at is None:
        return None
    procedure = procedure_of(case)
    received = effective_day(case.submitted_at, calendar, procedure.cutoff_hour)
    return calendar.add_working_days(received, procedure.completeness_days)


def intake_due_at(case: Case, calendar: Calendar) -> datetime | None:
    """The same with the closing hour."""
    day = intake_due_on(case, calendar)
    return closing_time(day, procedure_of(case).cutoff_hour) if day else None


def due_on(case: Case, calendar: Calendar) -> date | None:
    """The day by which the office must act next, as lists show it; None while it need not."""
    if case.status == Status.SUBMITTED:
        return intake_due_on(case, calendar)
    if case.status in (Status.ACCEPTED, Status.PROPOSED, Status.APPROVED):
        return clock_of(case, calendar=calendar).due_on
    return None
