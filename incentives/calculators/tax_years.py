"""The income-tax years of the tax schedule as measures beside the others: at the rate, exempt, at half."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from incentives.calculators.law import Basis, Lawbook
from incentives.calculators.measure import Amount, Code, Measure, State
from incentives.calculators.outcomes import ruled_out
from incentives.calculators.question import BILLION, Question
from incentives.calculators.spans import Span, rounded
from incentives.tax.case import Case
from incentives.tax.law import Level
from incentives.tax.schedule import Relief, Schedule, Year, schedule
from incentives.tax.windows import Span as Years

CODES: Final = (Code.TAX_RATE, Code.TAX_EXEMPT, Code.TAX_HALF)
MARKS: Final = {"S": "seen", "G": "general", "U": "unsure"}
STARTING: Final = {
    Code.TAX_RATE: ("start-year", "late-certificate"),
    Code.TAX_EXEMPT: ("holiday-start", "late-certificate", "late-certificate-count"),
    Code.TAX_HALF: ("holiday-start", "half-after-rate", "late-certificate-count"),
}
"""The rules beside the level that say when each of them begins."""


def case_of(asked: Question) -> Case | None:
    """The question as the tax engine reads it, in billions of dong; None as long as no year of revenue is known.

    Without a certificate's year it is supposed to come in time. Only the sign of an income matters for the years, so
    that one is supposed where no profit is given.
    """
    begins = asked.revenue_year
    if begins is None:
        return None
    profit = Decimal(1) if asked.profit is None else asked.profit / BILLION
    earns = asked.first_profit_year or begins
    income = {begins: Decimal(0), earns: profit} if earns > begins else {begins: profit}
    return Case(asked.certificate_year or min(begins, asked.on.year), begins, income)


def tax_years(asked: Question, law: Lawbook) -> Iterator[Measure]:
    """Three measures; one that is ruled out where the level gives nothing."""
    case, chosen = case_of(asked), law.level(asked.level, asked.licensed_on)
    if case is None:
        for code in CODES:
            yield Measure(code, State.MISSING, missing=("production_on",))
        return
    if chosen is None or not chosen.sure:
        yield ruled_out(Code.TAX_RATE, _("The level is to be confirmed by the authority: no years are reckoned."))
        return
    if chosen.gives_nothing:
        yield ruled_out(Code.TAX_RATE, _("The level gives no incentive."))
        return
    found = schedule(case, chosen)
    for code, years, counted in _parts(found):
        if years:
            yield _measure(code, asked, chosen, found, years, counted)


def _parts(found: Schedule) -> Iterator[tuple[Code, Years, Callable[[Year], bool]]]:
    """Each window with the years whose saving is told there, so that no year is told twice."""
    rate, exempt, half = found.windows
    yield Code.TAX_RATE, rate, lambda year: year.relief == Relief.NONE
    yield Code.TAX_EXEMPT, exempt, lambda year: year.relief == Relief.EXEMPT
    yield Code.TAX_HALF, half, lambda year: year.relief == Relief.HALF


def _measure(
    code: Code, asked: Question, chosen: Level, found: Schedule, years: Years, counted: Callable[[Year], bool]
) -> Measure:
    told = [year for year in found.years if counted(year) and year.year in years]
    amount = None
    if asked.profit is not None:
        saved, whole = (sum((part(year) for year in told), Decimal(0)) * BILLION for part in (_saved, _without))
        amount = Amount(rounded(saved), rounded(whole))
    bases = [Basis(rule.code, rule.version, rule.legal_basis, MARKS[rule.mark])
             for rule in found.rules if rule is chosen or rule.code in STARTING[code]]  # fmt: skip
    return Measure(
        code, State.APPLIES, Span(date(years.first, 1, 1), date(years.last, 12, 31)), amount=amount,
        bases=tuple(bases), notes=tuple(_notes(code, asked, found)),
    )  # fmt: skip


def _saved(year: Year) -> Decimal:
    return year.saved


def _without(year: Year) -> Decimal:
    return year.tax_without


def _notes(code: Code, asked: Question, found: Schedule) -> Iterator[str]:
    if code == Code.TAX_RATE:
        yield _("Tax periods are supposed to be calendar years; the saving told here is that of the years that are "
                "neither exempt nor at half.")  # fmt: skip
        if asked.certificate_year is None:
            yield _("The certificate of incentives is supposed to come before the first revenue.")
    elif code == Code.TAX_EXEMPT:
        yield (
            _("There is no income in the first three years: from the fourth.")
            if found.windows.waited
            else _("From the first of the first three years with income, else from the fourth.")
        )
