"""Every measure for a project and every day that matters, in one answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from incentives.calculators import duty, land, money
from incentives.calculators.law import Lawbook
from incentives.calculators.measure import Code, Kind, Measure, State, Task
from incentives.calculators.question import Question
from incentives.calculators.tax_years import tax_years

SHOWN_IN: Final = (
    Kind.LEASE, Kind.FILING, Kind.TRIAL, Kind.OPERATION, Kind.PRODUCTION, Kind.STOCK, Kind.CERTIFICATE_REPORT,
    Kind.DUTY_REPORT, Kind.RENT_NOTICE, Kind.REFUND,
)  # fmt: skip
"""Kinds of days that are marked on the timeline."""
REPORTED_BY: Final = "product"
"""The row of the certificate's law, which also says by which day of the year its holder reports."""


@dataclass(frozen=True)
class Timeline:
    """The answer: measures in the order in which they are drawn, milestones by day, and the years they cover."""

    asked: Question
    measures: tuple[Measure, ...]
    milestones: tuple[Task, ...]

    @property
    def years(self) -> tuple[int, int] | None:
        """The first and the last year of anything that has a day."""
        days = [
            day for one in self.measures for span in (one.span, one.lost) if span for day in (span.first, span.last)
        ]
        days += [one.day for one in self.milestones if one.day]
        return (min(days).year, max(days).year) if days else None

    def measure(self, code: Code) -> Measure | None:
        """One of the measures."""
        return next((one for one in self.measures if one.code == code), None)

    @property
    def answered(self) -> tuple[Measure, ...]:
        """The measures of which something can be said."""
        return tuple(one for one in self.measures if one.state is not State.MISSING)

    @property
    def open(self) -> tuple[Measure, ...]:
        """The measures that wait for an answer."""
        return tuple(one for one in self.measures if one.state is State.MISSING)


def timeline_for(asked: Question, law: Lawbook) -> Timeline:
    """All measures for a project, with plain values in and out: nothing is read from the database, nothing is written.

    `asked` needs the day of asking and as much else as is known; what a measure needs and does not find, it names in
    `missing`. For a granted certificate take: `place` and `state_land` of the site, `group` of the product, `size` of
    the enterprise, `lease_on` (lease decision or sub-lease contract), `filed_on` (application for relief from land
    rent), `production_on` (official production), `certificate_year`, `first_revenue_year` and, where they are known,
    yearly rent and values in dong. `law` is `law_kept()`, which holds the rows of every day, so that each measure takes
    the row of the day that counts for it. The clauses in the answer are in the language of the moment. To draw it, hand
    `drawing.drawing(found)` and `wording.headline(found)` to incentives/calculators/timeline_drawing.html.

    Raises TrialDate and BeforeFiling (both ValueError) for what `checking.problems` tells a reader first.
    """
    measures = tuple(_measures(asked, law))
    return Timeline(asked, measures, tuple(_milestones(asked, measures, law)))


def _measures(asked: Question, law: Lawbook) -> Iterator[Measure]:
    yield from tax_years(asked, law)
    yield duty.assets(asked, law)
    yield duty.materials(asked, law)
    programme = duty.cars(asked, law)
    if programme:
        yield programme
    yield land.building(asked, law)
    yield land.relief(asked, law)
    yield land.cut(asked, law)
    yield money.security(asked)
    yield money.state_credit(asked, law)
    yield money.guarantee(asked, law)
    yield money.interest(asked, law)


def _milestones(asked: Question, measures: tuple[Measure, ...], law: Lawbook) -> Iterator[Task]:
    """By day; the same duty on the same day is told once."""
    found = {(task.day, task.kind): task for task in (*_own_days(asked), *_certificate_report(asked, law))}
    for measure in measures:
        for task in measure.tasks:
            if task.day is not None and task.kind in SHOWN_IN:
                found.setdefault((task.day, task.kind), task)
    yield from sorted(found.values(), key=lambda task: (task.day or date.max, SHOWN_IN.index(task.kind)))


def _own_days(asked: Question) -> Iterator[Task]:
    lease = (
        _("Contract with the developer of the park") if asked.state_land is False
        else _("Lease decision")
    )  # fmt: skip
    for kind, day, words in (
        (Kind.LEASE, asked.lease_on, lease),
        (Kind.FILING, asked.filed_on, _("Relief from land rent filed for")),
        (Kind.TRIAL, asked.trial_on, _("Trial production starts")),
        (Kind.OPERATION, asked.operation_on, _("The project starts to operate")),
        (Kind.PRODUCTION, asked.production_on, _("Official production starts")),
    ):
        if day is not None:
            yield Task(kind, day, words)


def _certificate_report(asked: Question, law: Lawbook) -> Iterator[Task]:
    """The first yearly report of who holds a certificate of incentives."""
    if asked.certificate_year is None:
        return
    rule = law.on(REPORTED_BY, date(asked.certificate_year, 12, 31))
    by = str(rule.limits.get("report_by", "")) if rule is not None and rule.sure else ""
    month, _dash, day = by.partition("-")
    if month.isdigit() and day.isdigit():
        try:
            due = date(asked.certificate_year + 1, int(month), int(day))
        except ValueError:
            return
        yield Task(Kind.CERTIFICATE_REPORT, due, _("First yearly report on the certificate of incentives, then every "
                                                   "year by that day"))  # fmt: skip
