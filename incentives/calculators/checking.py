"""What is wrong with a question, one sentence for each field, for the API and the page alike."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from incentives.calculators.question import Question
from incentives.calculators.tax_years import case_of
from incentives.tax import checking as tax_checking
from incentives.tax.checking import EARLIEST, LATEST

FIRST_DAY: Final = date(EARLIEST, 1, 1)
LAST_DAY: Final = date(LATEST, 12, 31)
LONGEST_LEASE: Final = 99
LARGEST: Final = Decimal(10) ** 18
HIGHEST_RATE: Final = Decimal(1000)
"""Duty on a few goods is more than their value."""
DAYS: Final = (
    "on", "licensed_on", "lease_on", "filed_on", "relief_from", "assets_from", "trial_on", "production_on",
    "operation_on",
)  # fmt: skip
TAX_FIELDS: Final = {"income": "first_profit_year", "until": "first_revenue_year"}


def problems(asked: Question) -> dict[str, str]:
    """Field and sentence; nothing where the timeline can be reckoned."""
    found: dict[str, str] = {}
    for name, sentence in (*_days(asked), *_order(asked), *_amounts(asked), *_tax(asked)):
        found.setdefault(name, sentence)
    return found


def _days(asked: Question) -> Iterator[tuple[str, str]]:
    for name in DAYS:
        day = getattr(asked, name)
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            yield name, _("Give a day from %(first)s to %(last)s.") % {"first": str(EARLIEST), "last": str(LATEST)}


def _order(asked: Question) -> Iterator[tuple[str, str]]:
    if asked.trial_on and asked.production_on and asked.production_on <= asked.trial_on:
        yield (
            "production_on",
            _("Trial production does not start the years of duty relief: give the day of official production, which "
              "comes after it."),
        )  # fmt: skip
    filed = asked.filed_on or asked.lease_on
    if asked.relief_from and filed and asked.relief_from < filed:
        yield (
            "relief_from",
            _("Relief from land rent counts from the filing: it cannot be asked for from an earlier day."),
        )
    if asked.first_profit_year and asked.revenue_year and asked.first_profit_year < asked.revenue_year:
        yield "first_profit_year", _("The first year with income cannot be before the first year with revenue.")


def _amounts(asked: Question) -> Iterator[tuple[str, str]]:
    if asked.own_capital is not None and asked.investment is not None and asked.own_capital > asked.investment:
        yield "own_capital", _("The own capital cannot be more than the investment.")


def _tax(asked: Question) -> Iterator[tuple[str, str]]:
    case = case_of(asked)
    if case is not None:
        for name, sentence in tax_checking.problems(case, asked.level, asked.licensed_on).items():
            yield TAX_FIELDS.get(name, name), sentence
