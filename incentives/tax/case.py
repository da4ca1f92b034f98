"""What is asked about a project: its years, its income, and what makes it special. Amounts in any one unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

ZERO = Decimal(0)
HUNDRED = Decimal(100)
MONTHS = 12


class Mode(StrEnum):
    """When an expansion comes: while the base project is in its incentive term, or after it."""

    WITHIN_TERM = "within_term"
    AFTER_TERM = "after_term"


@dataclass(frozen=True)
class Used:
    """Years already applied to the same income under an earlier incentive."""

    rate: int = 0
    exempt: int = 0
    half: int = 0

    def __bool__(self) -> bool:
        return bool(self.rate or self.exempt or self.half)


@dataclass(frozen=True)
class Expansion:
    """An expansion; without assets its income is booked separately and `income` is that of the expansion alone.

    Assets are fixed assets at historical cost at the end of the year. `disbursed_year` is the period in which the
    registered capital is fully disbursed.
    """

    mode: Mode
    disbursed_year: int | None = None
    assets_total: Decimal | None = None
    assets_expansion: Decimal | None = None

    @property
    def share(self) -> Decimal:
        """The part of the income that the expansion brings, from 0 to 1."""
        if self.assets_total is None or self.assets_expansion is None:
            return Decimal(1)
        return self.assets_expansion / self.assets_total


@dataclass(frozen=True)
class Case:
    """A project, or an expansion of one. `income` is before losses carried forward; years are tax periods.

    `until` None means: the years of the incentive, at least fifteen. `share_percent` is the share of the incentive
    activity in the revenue, where it is not accounted for separately.
    """

    certificate_year: int
    first_revenue_year: int
    income: Mapping[int, Decimal]
    until: int | None = None
    standard_rate: Decimal = Decimal(20)
    first_year_months: int = MONTHS
    defer_first_period: bool = False
    used: Used = field(default_factory=Used)
    failed_years: frozenset[int] = frozenset()
    share_percent: Decimal = HUNDRED
    expansion: Expansion | None = None

    @property
    def after_term(self) -> bool:
        """Whether this is an expansion that comes after the base project's incentive term."""
        return self.expansion is not None and self.expansion.mode == Mode.AFTER_TERM

    @property
    def base(self) -> int:
        """The year both clocks look at: first revenue (or full disbursement), or a later certificate."""
        begins = self.first_revenue_year
        if self.after_term and self.expansion and self.expansion.disbursed_year is not None:
            begins = self.expansion.disbursed_year
        return max(begins, self.certificate_year)

    @property
    def late(self) -> bool:
        """Whether the certificate comes after the first revenue."""
        return not self.after_term and self.certificate_year > self.first_revenue_year

    @property
    def first_known(self) -> int:
        """The first year about whose income anything is said, or has to be supposed."""
        return min(min(self.income), self.base)

    @property
    def first_shown(self) -> int:
        """The first year of the schedule; years under an earlier incentive are not this schedule's to reckon."""
        return self.base if self.used else self.first_known

    def income_of(self, year: int) -> Decimal:
        """The year's income: as given, else the last one given before it; nothing before the first."""
        given = [known for known in self.income if known <= year]
        return self.income[max(given)] if given else ZERO
