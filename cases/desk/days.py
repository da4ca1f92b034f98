"""Days left, in words and in a tone: the one thing an official looks for in the queue."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.calendar import Calendar
from cases.clock import reckon
from cases.errors import CalendarMissing
from cases.models import Event
from cases.states import ENDED, Status
from cases.timekeeping import PAUSING, marks_of

SOON = 3
"""Working days within which a deadline counts as close."""

_MOVES_THE_CLOCK = ("accept", *PAUSING, "hold", "supplement", "resume")


@dataclass(frozen=True)
class Days:
    """What the list says of a deadline; tone: calm, warn, danger, stopped or none."""

    text: str
    tone: str

    @property
    def icon(self) -> str:
        """An icon for every tone that means something, so that colour never speaks alone."""
        return {"warn": "clock", "danger": "warning", "stopped": "pause"}.get(self.tone, "")


@dataclass(frozen=True)
class Stopped:
    """A case whose clock stands still: the legal days and the closing hour of its procedure."""

    working_days: int
    cutoff_hour: int


class DayReader:
    """Says how many working days are left, for many cases with one calendar; each deadline is worked out once."""

    def __init__(self, calendar: Calendar, today: date, left_when_stopped: Mapping[int, int]) -> None:
        self.calendar = calendar
        self.today = today
        self.left_when_stopped = left_when_stopped
        self._known: dict[date, Days] = {}

    def read(self, case_id: int, status: str, due_on: date | None) -> Days:
        """The days left of one case."""
        if due_on is not None:
            if due_on not in self._known:
                self._known[due_on] = in_words(days_until(due_on, self.calendar, self.today))
            return self._known[due_on]
        if case_id in self.left_when_stopped:
            return stopped(self.left_when_stopped[case_id])
        if status in ENDED:
            return Days(_("done"), "none")
        return Days(_("with the investor"), "none") if status == Status.RETURNED else Days("–", "none")


def days_until(due_on: date, calendar: Calendar, today: date) -> int | None:
    """Working days from today to the day itself, negative once it has passed; None where the calendar ends.

    A day that has passed is at least one day late, even over a weekend.
    """
    try:
        if due_on >= today:
            return calendar.working_days(today, due_on)
        return -max(calendar.working_days(due_on, today), 1)
    except CalendarMissing:
        return None


def in_words(left: int | None) -> Days:
    """Days left as text and tone."""
    if left is None:
        return Days(_("calendar missing"), "warn")
    if left < 0:
        late = ngettext("%(days)s day overdue", "%(days)s days overdue", -left) % {"days": -left}
        return Days(late, "danger")
    if left == 0:
        return Days(_("due today"), "warn")
    return Days(
        ngettext("%(days)s day left", "%(days)s days left", left) % {"days": left}, "warn" if left <= SOON else "calm"
    )


def stopped(left: int) -> Days:
    """A clock that stands still, with what it had left."""
    if left < 0:
        return Days(ngettext("stopped, %(days)s over", "stopped, %(days)s over", -left) % {"days": -left}, "danger")
    return Days(ngettext("stopped, %(days)s left", "stopped, %(days)s left", left) % {"days": left}, "stopped")


def left_when_stopped(cases: Mapping[int, Stopped], calendar: Calendar, today: date) -> dict[int, int]:
    """Working days left of the cases whose clock stands still, from their events (one query, none for no cases)."""
    if not cases:
        return {}
    events: dict[int, list[Event]] = defaultdict(list)
    rows = (
        Event.objects.filter(case_id__in=cases, verb__in=_MOVES_THE_CLOCK)
        .order_by("id")
        .values_list("case_id", "verb", "at", "to_status")
    )
    for case_id, verb, at, to_status in rows:
        events[case_id].append(Event(verb=verb, at=at, to_status=to_status))
    left: dict[int, int] = {}
    for case_id, stop in cases.items():
        days = _left(events[case_id], stop, calendar, today)
        if days is not None:
            left[case_id] = days
    return left


def _left(events: list[Event], stop: Stopped, calendar: Calendar, today: date) -> int | None:
    try:
        marks = marks_of(events, calendar, stop.cutoff_hour)
        return reckon(marks, total=stop.working_days, calendar=calendar, today=today, cutoff_hour=stop.cutoff_hour).left
    except CalendarMissing:
        return None


def soon_until(calendar: Calendar, today: date) -> date:
    """The last day that counts as close."""
    try:
        return calendar.add_working_days(today, SOON)
    except CalendarMissing:
        return today
