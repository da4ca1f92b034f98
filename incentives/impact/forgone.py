"""Revenue forgone: tax without the incentive less tax with it, by grant and year, for an income that somebody states.

The figures are those of the tax engine. Without losses its answer is proportional to the income, so it is asked once
for each year in which certificates begin, and not once for each project. Amounts in billions of dong.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache
from typing import Final

from incentives.tax.case import HUNDRED, ZERO, Case
from incentives.tax.law import Level
from incentives.tax.schedule import DONG, EXACT, schedule

BILLION: Final = Decimal(10) ** 9
UNIT: Final = Decimal(10) ** 9
"""The income that the engine is asked about; its answers are shares of it."""


@dataclass(frozen=True)
class Assumed:
    """What somebody stated: profit in per cent of the capital a year, dong for 1 USD, years from the certificate to the
    first revenue, the last year looked at, and the standard rate in per cent. `as_applied`: where an application states
    income or first year, that is taken instead.
    """

    margin: Decimal
    rate: Decimal
    wait: int
    until: int
    standard: Decimal
    as_applied: bool = False


@dataclass(frozen=True)
class Granted:
    """Something that an incentive is given to (or might be): the year of its certificate, its capital, and what its
    application states: income of a year in dong, and the first year with revenue.
    """

    code: str
    name: str
    number: str
    certificate_year: int
    usd: Decimal | None
    vnd: Decimal | None
    applied_income: Decimal | None = None
    applied_revenue: int | None = None

    def first_revenue(self, assumed: Assumed) -> int:
        """The first year with revenue."""
        if assumed.as_applied and self.applied_revenue is not None:
            return self.applied_revenue
        return self.certificate_year + assumed.wait

    def income(self, assumed: Assumed) -> Decimal | None:
        """Profit of a year in billions of dong; None where no capital is stated."""
        if assumed.as_applied and self.applied_income is not None:
            return self.applied_income / BILLION
        dong = self.usd * assumed.rate if self.usd is not None else self.vnd
        return None if dong is None else dong / BILLION * assumed.margin / HUNDRED


@dataclass(frozen=True)
class Share:
    """A year's tax with and without the incentive, as shares of the income."""

    year: int
    tax: Decimal
    without: Decimal


@dataclass(frozen=True)
class Year:
    """A year of one grant, or of all; `forgone` may be negative where a level gives less than the standard rate."""

    year: int
    income: Decimal
    tax: Decimal
    without: Decimal

    @property
    def forgone(self) -> Decimal:
        """Tax without the incentive less tax with it."""
        return self.without - self.tax


def years_of(one: Granted, level: Level, assumed: Assumed) -> tuple[Year, ...]:
    """The years of one grant; none where no income can be reckoned, or where they begin after the last year."""
    income = one.income(assumed)
    if income is None:
        return ()
    with localcontext() as context:
        context.prec = EXACT
        return tuple(
            Year(share.year, income, _dong(income * share.tax), _dong(income * share.without))
            for share in shares(
                level, one.certificate_year, one.first_revenue(assumed), assumed.until, assumed.standard
            )
        )


def by_year(granted: Iterable[Granted], level: Level, assumed: Assumed) -> list[Year]:
    """The years of all grants together, every year rounded to the dong for each grant, as the engine does."""
    sums: dict[int, list[Decimal]] = defaultdict(lambda: [ZERO, ZERO, ZERO])
    for one in granted:
        for year in years_of(one, level, assumed):
            found = sums[year.year]
            found[0] += year.income
            found[1] += year.tax
            found[2] += year.without
    return [Year(year, *sums[year]) for year in sorted(sums)]


@lru_cache(maxsize=512)
def shares(level: Level, certificate_year: int, first: int, until: int, standard: Decimal) -> tuple[Share, ...]:
    """What the engine says of one unit of income a year, from the first revenue on."""
    if max(first, certificate_year) > until:
        return ()
    case = Case(certificate_year, first, {first: UNIT}, until=until, standard_rate=standard)
    return tuple(Share(year.year, year.tax / UNIT, year.tax_without / UNIT) for year in schedule(case, level).years)


def _dong(amount: Decimal) -> Decimal:
    return amount.quantize(DONG, rounding=ROUND_HALF_UP)
