"""The honest clock: a pure function of events, calendar and procedure, never a counter.

Every working day after the day the dossier became valid is either used or stopped. A pause lasts from the day it
begins up to, but not including, the day the investor answers. The due day is the last of the legal number of working
days that no pause covers (Decree 96/2026, article 6(1e); Civil Code 2015, articles 147-148).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.calendar import ONE_DAY, Calendar


class Pause(models.TextChoices):
    """Why the clock stands still."""

    SUPPLEMENT = "supplement", _("waiting for the investor to supplement the dossier")
    EXPLANATION = "explanation", _("waiting for the investor's explanation")
    VIOLATION = "violation", _("an administrative violation is being handled")
    PAPER_MATCH = "paper_match", _("waiting for the paper set")


@dataclass(frozen=True)
class Mark:
    """Something that moves the clock: `kind` is start, pause, resume or end; `on` a local date."""

    kind: str
    on: date
    reason: str = ""


@dataclass(frozen=True)
class Stop:
    """A pause: from its first day up to the day of the answer (open while `until` is None)."""

    since: date
    until: date | None
    reason: str
    working_days: int


@dataclass(frozen=True)
class Clock:
    """The clock as both sides read it. Days are working days; `due_at` carries the closing hour.

    phase: not_started, running, stopped or ended.
    """

    phase: str
    total: int
    used: int = 0
    stopped: int = 0
    left: int = 0
    started_on: date | None = None
    due_on: date | None = None
    due_at: datetime | None = None
    ended_on: date | None = None
    stops: tuple[Stop, ...] = ()

    @property
    def running(self) -> bool:
        """Whether today counts."""
        return self.phase == "running"

    @property
    def overdue(self) -> bool:
        """Whether the legal time has been used up and more."""
        return self.left < 0


def effective_day(moment: datetime, calendar: Calendar, cutoff_hour: int) -> date:
    """The day on which something received then counts: after closing time or on a day off, the next working day."""
    local = timezone.localtime(moment)
    day = local.date() + ONE_DAY if local.hour >= cutoff_hour else local.date()
    return calendar.next_working(day)


def closing_time(day: date, cutoff_hour: int) -> datetime:
    """The last moment of a deadline: the closing hour in Hai Phong."""
    return timezone.make_aware(datetime.combine(day, time(cutoff_hour)))


def reckon(marks: Iterable[Mark], *, total: int, calendar: Calendar, today: date, cutoff_hour: int = 17) -> Clock:
    """Recompute the clock. `marks` are in order of time; `total` is the legal number of working days.

    Raises CalendarMissing when a day falls into a year nobody entered.
    """
    started: date | None = None
    ended: date | None = None
    pauses: list[tuple[date, date | None, str]] = []
    for mark in marks:
        if mark.kind == "start":
            started = mark.on
        elif mark.kind == "pause":
            pauses.append((mark.on, None, mark.reason))
        elif mark.kind == "resume" and pauses and pauses[-1][1] is None:
            since, _open, reason = pauses[-1]
            pauses[-1] = (since, mark.on, reason)
        elif mark.kind == "end":
            ended = mark.on
    if started is None:
        return Clock("ended" if ended else "not_started", total, left=total, ended_on=ended)

    until = min(ended, today) if ended else today
    stops = tuple(_stop(pause, until, calendar) for pause in pauses)
    stopped = sum(stop.working_days for stop in stops)
    open_pause = bool(stops) and stops[-1].until is None and ended is None
    used = _used(started, until, stops, calendar)
    due = _due(started, total, stops, calendar)
    return Clock(
        phase="ended" if ended else "stopped" if open_pause else "running",
        total=total,
        used=used,
        stopped=stopped,
        left=total - used,
        started_on=started,
        due_on=due,
        due_at=closing_time(due, cutoff_hour) if due else None,
        ended_on=ended,
        stops=stops,
    )


def _stop(pause: tuple[date, date | None, str], until: date, calendar: Calendar) -> Stop:
    since, answered, reason = pause
    last = min(answered - ONE_DAY, until) if answered else until
    return Stop(since, answered, reason, calendar.working_days(since - ONE_DAY, last))


def _due(started: date, total: int, stops: Sequence[Stop], calendar: Calendar) -> date | None:
    """The `total`-th working day after the start that no pause covers; None if an open pause comes first."""
    day, counted = started, 0
    while counted < total:
        day = calendar.next_working(day + ONE_DAY)
        pause = next((stop for stop in stops if stop.since <= day and (stop.until is None or day < stop.until)), None)
        if pause is None:
            counted += 1
        elif pause.until is None:
            return None
        else:
            day = pause.until - ONE_DAY
    return day


def _used(started: date, until: date, stops: Sequence[Stop], calendar: Calendar) -> int:
    """Working days after the start that no pause covers; a pause on the starting day itself takes nothing back."""
    covered = sum(
        calendar.working_days(max(stop.since - ONE_DAY, started), min((stop.until or until + ONE_DAY) - ONE_DAY, until))
        for stop in stops
    )
    return calendar.working_days(started, until) - covered
