"""The two clocks: years at the preferential rate, and years exempt and at half. Each starts and runs by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from incentives.tax.case import MONTHS, Case
from incentives.tax.law import Level, rules


@dataclass(frozen=True)
class Span:
    """Consecutive years; empty if `years` is 0."""

    first: int
    years: int

    @property
    def last(self) -> int:
        """The last year; before the first if the span is empty."""
        return self.first + self.years - 1

    def __contains__(self, year: int) -> bool:
        return self.first <= year <= self.last

    def __bool__(self) -> bool:
        return self.years > 0


@dataclass(frozen=True)
class Windows:
    """Which years get what; `waited`: nothing was earned in the first years, so the holiday began without income."""

    rate: Span
    exempt: Span
    half: Span
    waited: bool = False

    @property
    def last(self) -> int:
        """The last year of any of them."""
        return max((span.last for span in self if span), default=self.rate.first - 1)

    def __iter__(self) -> Iterator[Span]:
        return iter((self.rate, self.exempt, self.half))


def windows(case: Case, level: Level) -> Windows:
    """The years of a level for a project, less the years used before.

    An expansion after the base project's term gets the holiday of a new project, but no rate.
    """
    deferred = case.base + 1 if case.defer_first_period else case.base
    start, waited = (case.base, False) if case.used else _holiday_start(case)
    start = max(start, deferred)
    rate_years = 0 if case.after_term else max(0, level.rate_years - case.used.rate)
    exempt = Span(start, max(0, level.exempt_years - case.used.exempt))
    half = Span(start + exempt.years, max(0, level.half_years - case.used.half))
    return Windows(Span(deferred, rate_years), exempt, half, waited and bool(exempt or half))


def _holiday_start(case: Case) -> tuple[int, bool]:
    """The first year with income among the first three, else the fourth; and whether it is the fourth.

    Income is meant before losses carried forward.
    """
    wait = int(rules()["holiday-start"].limit("years"))
    for year in range(case.base, case.base + wait):
        if case.income_of(year) > 0:
            return year, False
    return case.base + wait, True


def is_short(case: Case) -> bool:
    """Whether the first period is shorter than a year, so that there is a choice."""
    return case.first_year_months < MONTHS
