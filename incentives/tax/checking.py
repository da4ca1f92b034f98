"""What is wrong with a question, one sentence for each field, for the API and the page alike."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from incentives.tax.case import MONTHS, Case, Mode
from incentives.tax.catalogue import level
from incentives.tax.law import Level

EARLIEST: Final = 1990
LATEST: Final = 2150
MOST_YEARS: Final = 100
STANDARD_RATES: Final = (Decimal(20), Decimal(17), Decimal(15))


def problems(case: Case, code: str, licensed_on: date | None) -> dict[str, str]:
    """Field and sentence; nothing where the schedule can be reckoned."""
    found: dict[str, str] = {}
    for name, sentence in (*_level(code, licensed_on), *_years(case), *_expansion(case)):
        found.setdefault(name, sentence)
    return found


def usable_level(code: str, licensed_on: date | None) -> Level:
    """The level of a question without problems."""
    found = level(code, licensed_on)
    if found is None:
        raise ValueError("the law of that day has no such level")
    return found


def _level(code: str, licensed_on: date | None) -> Iterator[tuple[str, str]]:
    found = level(code, licensed_on)
    if found is None:
        yield "level", _("The law of the licence day has no level %(level)s.") % {"level": code}
    elif not found.sure:
        yield (
            "level",
            _("The level %(level)s is to be confirmed by the authority: no amounts are reckoned for it.")
            % {"level": code},
        )


def _years(case: Case) -> Iterator[tuple[str, str]]:
    if case.until is not None and case.until < case.first_shown:
        yield (
            "until",
            _("The schedule begins in %(year)s: the last year cannot be before that.")
            % {"year": str(case.first_shown)},
        )
    if case.until is not None and case.until - case.first_known >= MOST_YEARS:
        yield "until", _("A schedule has at most %(years)s years.") % {"years": MOST_YEARS}
    if case.base - min(case.income) >= MOST_YEARS:
        yield "income", _("A schedule has at most %(years)s years.") % {"years": MOST_YEARS}
    if case.defer_first_period and case.first_year_months >= MONTHS:
        yield (
            "defer_first_period",
            _("Only a first period shorter than 12 months can be left out: say how many months it has."),
        )


def _expansion(case: Case) -> Iterator[tuple[str, str]]:
    expansion = case.expansion
    if expansion is None:
        return
    if expansion.mode == Mode.AFTER_TERM and expansion.disbursed_year is None:
        yield (
            "expansion.disbursed_year",
            _("Say in which year the registered capital is fully disbursed: nothing starts before that."),
        )
    total, part = expansion.assets_total, expansion.assets_expansion
    if total is not None and total <= 0:
        yield "expansion.assets_total", _("The fixed assets of the whole project are more than 0.")
    elif total is None and part is not None:
        yield "expansion.assets_total", _("Give the fixed assets of the whole project as well.")
    elif part is None and total is not None:
        yield "expansion.assets_expansion", _("Give the fixed assets of the expansion as well.")
    elif total is not None and part is not None and part > total:
        yield (
            "expansion.assets_expansion",
            _("The fixed assets of the expansion cannot be more than those of the whole project."),
        )
    if expansion.mode == Mode.AFTER_TERM and case.defer_first_period:
        yield (
            "defer_first_period",
            _("The holiday of an expansion has no first period to leave out."),
        )
