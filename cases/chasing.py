"""Chasers: at half of the time, at four fifths and on the last day, whoever is awaited is told, each step once.

Three times run out: the investor's to answer a request (from the request to its deadline), the office's to check
completeness, and the legal clock (both in working days used). The steps are dated rows of `cases/data/chasers.json`.
Run `chase` as often as you like: after days without a run only the step that is due now is told, and a step that was
told never comes again, also when the calendar moves the deadline afterwards.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import Prefetch
from django.utils import timezone

from cases.calendar import Calendar, load_calendar, local_date
from cases.chaser_models import Chaser
from cases.clock import closing_time, effective_day
from cases.errors import CalendarMissing, ProcedureMissing
from cases.models import Case, Event, Notice
from cases.reference import DATA
from cases.signals import deadline_near
from cases.states import Status
from cases.timekeeping import clock_of, procedure_of

logger = logging.getLogger(__name__)

ANSWER, COMPLETENESS, APPRAISAL = CHAINS = ("answer", "completeness", "appraisal")
LAST: Final = 100
CHUNK: Final = 500
CHAIN_OF: Final = {
    Status.RETURNED: ANSWER, Status.AWAITING_INVESTOR: ANSWER, Status.SUBMITTED: COMPLETENESS,
    Status.ACCEPTED: APPRAISAL, Status.PROPOSED: APPRAISAL, Status.APPROVED: APPRAISAL,
}  # fmt: skip
"""Which time runs in a state; in the others nobody is awaited."""


@dataclass(frozen=True)
class Step:
    """A dated row: at `percent` of the time; the last one is told up to `late_days` days late."""

    chain: str
    percent: int
    valid_from: date
    valid_to: date | None
    late_days: int

    def in_force(self, on: date) -> bool:
        """Whether the step is taken on that day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True)
class Run:
    """A time that runs out, as of a day: which event began it, how much is over, and when it ends.

    `used`, `total` and `left` count working days, for an answer calendar days; `reached` is the percentage over.
    """

    chain: str
    event: Event
    began_on: date
    deadline_at: datetime
    reached: int
    used: int
    total: int
    left: int
    notice: Notice | None = None


@dataclass(frozen=True)
class Chase:
    """A step to be told now."""

    case: Case
    run: Run
    step: int
    at: datetime

    @property
    def days_over(self) -> int:
        """Calendar days since the deadline; 0 until its day is over."""
        return max((local_date(self.at) - local_date(self.run.deadline_at)).days, 0)

    @property
    def last_day(self) -> bool:
        """Whether the deadline is today."""
        return local_date(self.at) == local_date(self.run.deadline_at)


@cache
def steps() -> tuple[Step, ...]:
    """Every row, whatever its dates."""
    return tuple(_step(row) for row in json.loads((DATA / "chasers.json").read_text()))


def _step(row: dict[str, Any]) -> Step:
    dates = {name: date.fromisoformat(row[name]) if row.get(name) else None for name in ("valid_from", "valid_to")}
    return Step(**row | dates)


def chase(now: datetime | None = None) -> int:
    """Tell every step that is due now and was not told yet; how many were.

    A few queries for each 500 open cases, and those of the letters.
    """
    now, calendar = now or timezone.now(), load_calendar()
    return sum(_tell(case.pk, calendar, now) for case in _candidates() if due(case, calendar, now))


def _candidates() -> Iterator[Case]:
    """The cases in which somebody is awaited, with what their times are reckoned from."""
    events = Prefetch("events", Event.objects.defer("data"))
    found = Case.objects.filter(status__in=CHAIN_OF).select_related("procedure").defer("search_text")
    return found.prefetch_related(events, _requests(), "chasers").order_by("pk").iterator(CHUNK)


def _requests() -> Prefetch[str]:
    return Prefetch("notices", Notice.objects.filter(deadline_at__isnull=False).select_related("event"))


def due(case: Case, calendar: Calendar, now: datetime) -> Chase | None:
    """The step of a case that is to be told now, if any. What comes before a step that was told is never told."""
    try:
        run = run_of(case, calendar, now)
    except (CalendarMissing, ProcedureMissing):
        return None  # restating names these cases to the administrator
    today = local_date(now)
    if run is None or today <= run.began_on:
        return None
    ladder = [step for step in steps() if step.chain == run.chain and step.in_force(today)]
    passed = max((step for step in ladder if step.percent <= run.reached), key=lambda step: step.percent, default=None)
    told = max((chaser.step for chaser in case.chasers.all() if chaser.event_id == run.event.pk), default=0)
    if passed is None or passed.percent <= told:
        return None
    found = Chase(case, run, passed.percent, now)
    return found if found.days_over <= passed.late_days else None


def run_of(case: Case, calendar: Calendar, now: datetime) -> Run | None:
    """The time that runs out in the case's state; None where nobody is awaited."""
    chain = CHAIN_OF.get(Status(case.status))
    if chain == ANSWER:
        return _answer(case, now)
    if chain == COMPLETENESS:
        return _completeness(case, calendar, now)
    return _appraisal(case, calendar, now) if chain else None


def _answer(case: Case, now: datetime) -> Run | None:
    """The time between a request and its deadline; the day on which a percentage falls counts from its morning."""
    notices = [one for one in case.notices.all() if one.deadline_at and not one.answered_by_id]
    notice = notices[-1] if notices else None
    if notice is None or notice.deadline_at is None:
        return None
    asked, deadline, today = notice.created_at, notice.deadline_at, local_date(now)
    days = (local_date(deadline) - local_date(asked)).days
    left = (local_date(deadline) - today).days
    over = closing_time(today, 0) + timedelta(days=1) - asked
    reached = min(over * LAST // (deadline - asked), LAST)
    return Run(ANSWER, notice.event, local_date(asked), deadline, reached, days - left, days, left, notice)


def _completeness(case: Case, calendar: Calendar, now: datetime) -> Run | None:
    event = _last(case, "submit")
    if event is None or case.submitted_at is None:
        return None
    procedure = procedure_of(case)
    received = effective_day(case.submitted_at, calendar, procedure.cutoff_hour)
    deadline = closing_time(
        calendar.add_working_days(received, procedure.completeness_days), procedure.cutoff_hour
    )  # fmt: skip
    used = calendar.working_days(received, local_date(now))
    return _in_working_days(COMPLETENESS, event, received, deadline, used, procedure.completeness_days)


def _appraisal(case: Case, calendar: Calendar, now: datetime) -> Run | None:
    event, clock = _last(case, "accept"), clock_of(case, calendar=calendar, now=now)
    if event is None or not clock.running or clock.started_on is None or clock.due_at is None:
        return None
    return _in_working_days(APPRAISAL, event, clock.started_on, clock.due_at, clock.used, clock.total)


def _in_working_days(chain: str, event: Event, began: date, deadline: datetime, used: int, total: int) -> Run:
    reached = min(used * LAST // total, LAST) if total else LAST
    return Run(chain, event, began, deadline, reached, used, total, max(total - used, 0))


def _last(case: Case, verb: str) -> Event | None:
    found = [event for event in case.events.all() if event.verb == verb]
    return found[-1] if found else None


def _tell(number: int, calendar: Calendar, now: datetime) -> bool:
    """Write the step down and tell it, both or neither; False if the case moved on or another run was quicker."""
    try:
        with transaction.atomic():
            around = ("organisation", "authority", "officer", "procedure")
            case = Case.objects.select_related(*around).select_for_update(of=("self",)).get(pk=number)
            found = due(case, calendar, now)
            if found is None:
                return False
            Chaser.objects.create(
                case=case, event=found.run.event, step=found.step, deadline_at=found.run.deadline_at, told_at=now
            )
            deadline_near.send(sender=Case, chase=found)
    except IntegrityError:
        return False
    except Exception:  # one letter that cannot be written must not keep the others from being told
        logger.exception("The chaser of case %s could not be told", number)
        return False
    return True
