"""The tax of every year, with the incentive and without it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal, localcontext
from enum import StrEnum
from typing import Final

from incentives.tax.case import HUNDRED, ZERO, Case, Mode
from incentives.tax.law import Level, Rule, rules
from incentives.tax.losses import Carried, carry_forward
from incentives.tax.windows import Windows, is_short, windows

LEAST_YEARS: Final = 15
EXACT: Final = 80
"""Digits reckoned with, so that nothing is rounded before the year's tax is."""
DONG: Final = Decimal("0.000000001")
"""One dong where the unit is a billion: finer amounts do not exist."""


class Relief(StrEnum):
    """What the holiday clock gives in a year."""

    EXEMPT = "exempt"
    HALF = "half"
    NONE = "none"


FACTOR: Final = {Relief.EXEMPT: ZERO, Relief.HALF: Decimal("0.5"), Relief.NONE: Decimal(1)}


@dataclass(frozen=True)
class Year:
    """A tax period; `rate` in per cent is the one that applies to income with the incentive."""

    year: int
    income: Decimal
    loss_used: Decimal
    taxable_income: Decimal
    rate: Decimal
    relief: Relief
    tax: Decimal
    tax_without: Decimal
    failed: bool = False

    @property
    def saved(self) -> Decimal:
        """How much less is to be paid than without the incentive."""
        return self.tax_without - self.tax


@dataclass(frozen=True)
class Schedule:
    """The whole answer."""

    case: Case
    level: Level
    windows: Windows
    years: tuple[Year, ...]
    rules: tuple[Rule, ...]

    @property
    def total(self) -> Decimal:
        """Tax of all years."""
        return sum((year.tax for year in self.years), ZERO)

    @property
    def total_without(self) -> Decimal:
        """Tax of all years without the incentive."""
        return sum((year.tax_without for year in self.years), ZERO)

    @property
    def saved(self) -> Decimal:
        """The difference."""
        return self.total_without - self.total

    @property
    def saved_percent(self) -> Decimal | None:
        """The difference as a share of the tax without the incentive; None where that is nothing."""
        return self.saved / self.total_without * 100 if self.total_without else None


def last_year(case: Case, level: Level) -> int:
    """The year asked for; else the last one of the incentive, and at least fifteen years from its start."""
    return case.until or max(case.base + LEAST_YEARS - 1, windows(case, level).last)


def schedule(case: Case, level: Level) -> Schedule:
    """Reckon it. Raises ValueError for a level that is to be confirmed by the authority: it gives no amounts."""
    if not level.sure:
        raise ValueError("a level marked as unsure gives no amounts")
    found, last = windows(case, level), last_year(case, level)
    with localcontext() as context:
        context.prec = EXACT
        incomes = [(year, case.income_of(year)) for year in range(case.first_known, last + 1)]
        carried = list(carry_forward(incomes, years=int(rules()["losses"].limit("years"))))
        years = tuple(_year(case, level, found, one) for one in carried if one.year >= case.first_shown)
    applied = (rules()[code] for code in _applied(case, level, found, years))
    return Schedule(case, level, found, years, (level, *applied))


def compare(asked: Schedule, others: Iterable[Level]) -> tuple[Schedule, ...]:
    """The same case and the same years at other levels."""
    case = replace(asked.case, until=asked.years[-1].year)
    return tuple(schedule(case, level) for level in others)


def _year(case: Case, level: Level, found: Windows, carried: Carried) -> Year:
    standard = case.standard_rate
    failed = carried.year in case.failed_years and any(carried.year in span for span in found)
    if failed:
        rate, relief, share = rules()["failed-year"].limit("rate"), Relief.NONE, Decimal(1)
    else:
        rate, relief = _rate(case, level, found, carried.year), _relief(found, carried.year)
        share = case.share_percent / HUNDRED * (case.expansion.share if case.expansion and case.after_term else 1)
    favoured = carried.taxable * share
    tax = favoured * rate / HUNDRED * FACTOR[relief] + (carried.taxable - favoured) * standard / HUNDRED
    without = carried.taxable * standard / HUNDRED
    return Year(carried.year, carried.income, carried.used, carried.taxable, rate, relief, _rounded(tax),
                _rounded(without), failed)  # fmt: skip


def _rate(case: Case, level: Level, found: Windows, year: int) -> Decimal:
    """The preferential rate in its years, unless the enterprise's own standard rate is lower still."""
    if level.rate is None or year not in found.rate:
        return case.standard_rate
    return min(level.rate, case.standard_rate)


def _relief(found: Windows, year: int) -> Relief:
    if year in found.exempt:
        return Relief.EXEMPT
    return Relief.HALF if year in found.half else Relief.NONE


def _rounded(amount: Decimal) -> Decimal:
    return amount.quantize(DONG, rounding=ROUND_HALF_UP)


def _applied(case: Case, level: Level, found: Windows, years: Iterable[Year]) -> Iterator[str]:
    """The rules that made the answer what it is, in the order in which it is reckoned."""
    shown = tuple(years)
    yield "self-assessed"
    if not level.gives_nothing:
        yield from _starting(case, found)
    if any(year.loss_used for year in shown) or any(year.income < 0 for year in shown):
        yield "losses"
    if level.gives_nothing:
        return
    if not case.after_term and any(year not in found.rate for year in range(found.half.first, found.half.last + 1)):
        yield "half-after-rate"
    if case.used:
        yield "switch"
    if level.valid_to is not None:
        yield "licence-law"
    if any(year.failed for year in shown):
        yield "failed-year"
    if case.share_percent != HUNDRED:
        yield "mixed-income"
    if case.expansion is not None:
        yield "expansion-after" if case.expansion.mode == Mode.AFTER_TERM else "expansion-within"


def _starting(case: Case, found: Windows) -> Iterator[str]:
    yield "late-certificate" if case.late else "start-year"
    if not case.used:
        yield "holiday-start"
        if case.late and all(case.income_of(year) <= 0 for year in range(case.first_revenue_year, case.base + 1)):
            yield "late-certificate-count"
    if is_short(case):
        yield "short-first-period"
        if case.defer_first_period and found.waited:
            yield "deferral-count"
