"""Days from one to another, both counted; years and months added to a day; a yearly amount over such a time."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Final

ONE: Final = timedelta(days=1)
MONTHS: Final = 12
DIGITS: Final = 80
"""Reckoned with, so that nothing is rounded before the amount is."""


@dataclass(frozen=True)
class Span:
    """From the first day to the last, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("a span ends after it begins")

    def since(self, day: date) -> Span | None:
        """What is left of it from a day on."""
        return Span(max(self.first, day), self.last) if day <= self.last else None

    def before(self, day: date) -> Span | None:
        """What of it lies before a day."""
        return Span(self.first, min(self.last, day - ONE)) if day > self.first else None


def add_years(day: date, years: int) -> date:
    """The same day some years on; 1 March for 29 February where the year has none, so that a term is never cut."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def add_months(day: date, months: int) -> date:
    """The same day some months on or back; the last day of the month where it has no such day."""
    year, month = divmod(day.year * MONTHS + day.month - 1 + months, MONTHS)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def term(first: date, years: int) -> Span:
    """A number of whole years from a day."""
    return Span(first, add_years(first, years) - ONE)


def over(span: Span, yearly: Decimal, percent: Decimal = Decimal(100)) -> Decimal:
    """A yearly amount, or a share of it, over a span: whole years, then days of the year that has begun.

    Whole units: what is paid has no fractions of a dong.
    """
    end = span.last + ONE
    years = end.year - span.first.year
    if add_years(span.first, years) > end:
        years -= 1
    begun = add_years(span.first, years)
    days, length = (end - begun).days, (add_years(span.first, years + 1) - begun).days
    with localcontext() as context:
        context.prec = DIGITS
        return rounded(yearly * percent / 100 * (years * length + days) / length)


def rounded(amount: Decimal) -> Decimal:
    """To the dong."""
    return amount.quantize(Decimal(1), rounding=ROUND_HALF_UP)
