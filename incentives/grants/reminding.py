"""The ladder of reminders: so many days before a report is due, and once when it is overdue.

Run as often as you like: a step is written down for line and year in the transaction that tells it, and a second row
is refused by the database. After days without a run only the step that is due now is told, not the ones missed.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from cases.calendar import local_date
from incentives.grants import duties, news
from incentives.grants.calendar import due_day, first_owed_year, first_year
from incentives.grants.models import IncentiveGrant
from incentives.grants.reports import HANDED_IN, AnnualReport, DutyReminder

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Step:
    """A step of the ladder that is due: `days_left` is below 0 when the report is overdue."""

    grant: IncentiveGrant
    year: int
    due_on: date
    name: str
    days_left: int


def remind(today: date | None = None) -> int:
    """Tell every step that is due today and was not told yet; how many were (4 queries and those of the letters)."""
    on = today or local_date()
    told = set(DutyReminder.objects.filter(year__gte=on.year - 2).values_list("grant", "year", "step"))
    return sum(_tell(step) for step in steps(on) if (step.grant.line_id, step.year, step.name) not in told)


def steps(on: date) -> Iterator[Step]:
    """The steps due on a day, for every report that is not handed in."""
    days = _ladder(on)
    if not days:
        return
    years = [year for year in (on.year - 2, on.year - 1) if year >= first_owed_year()]
    handed_in = set(
        AnnualReport.objects.filter(year__in=years, state__in=HANDED_IN).values_list("grant", "year")
    )  # fmt: skip
    grants = IncentiveGrant.objects.in_force().filter(first_granted_on__year__lt=on.year)
    for grant in grants.select_related("organisation", "project", "case__authority").order_by("pk").iterator(500):
        for year in years:
            due_on = due_day(year)
            if due_on is None or year < first_year(grant) or (grant.line_id, year) in handed_in:
                continue
            left = (due_on - on).days
            name = step_name(left, days)
            if name:
                yield Step(grant, year, due_on, name, left)


def step_name(left: int, days: tuple[int, ...]) -> str:
    """The step that so many days before the due day stand on; empty before the first one."""
    if left < 0:
        return news.OVERDUE
    passed = [step for step in days if left <= step]
    return str(min(passed)) if passed else ""


def _ladder(on: date) -> tuple[int, ...]:
    rule = duties.rule_named(duties.REMINDERS, on)
    return rule.days if rule else ()


def _tell(step: Step) -> bool:
    """Write the step down and tell it, both or neither; False if another run was quicker."""
    try:
        with transaction.atomic():
            DutyReminder.objects.create(grant_id=step.grant.line_id, year=step.year, step=step.name)
            news.remind(step.grant, year=step.year, due_on=step.due_on, step=step.name, days_left=step.days_left)
    except IntegrityError:
        return False
    except Exception:  # one letter that cannot be written must not keep the others from being told
        logger.exception("The reminder of %s for %s could not be told", step.grant.number, step.year)
        return False
    return True
