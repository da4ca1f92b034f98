"""A profit line as people type it: a usual profit, and lines for the years that differ."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from incentives.tax.case import ZERO
from projects.money import Unclear, read_number

LARGEST: Final = Decimal(10) ** 12
MINUS: Final = "-−–"
YEAR: Final = "[12][0-9]{3}"
LINE: Final = re.compile(rf"(?P<first>{YEAR})(?:\s*[{MINUS}]\s*(?P<last>{YEAR})|\s*(?P<on>\+))?\s*:(?P<amount>.+)")


class LineUnclear(ValueError):
    """A line that cannot be read; the message is a whole sentence."""


@dataclass(frozen=True)
class ProfitLine:
    """Years from `first` to `last` (None: all that follow) with an amount of their own."""

    first: int
    last: int | None
    amount: Decimal


def read_signed(typed: str, *, places: int) -> Decimal:
    """A figure that may be negative. Raises Unclear."""
    text = typed.strip()
    loss = text[:1] in MINUS if text else False
    value = read_number(text[1:] if loss else text, places=places)
    if value is None:
        raise Unclear(_("“%(typed)s” is not a figure: write digits only.") % {"typed": typed.strip()})
    if value > LARGEST:
        raise Unclear(_("“%(typed)s” is too large: amounts are in billions of dong.") % {"typed": typed.strip()[:40]})
    return -value if loss else value


def read_lines(typed: str, *, places: int, years: Container[int]) -> tuple[ProfitLine, ...]:
    """The lines, empty ones left out. Raises LineUnclear with the line and what to write instead."""
    found = []
    for number, line in enumerate(typed.splitlines(), 1):
        if line.strip():
            found.append(_read(line.strip(), number, places, years))
    return tuple(found)


def _read(line: str, number: int, places: int, years: Container[int]) -> ProfitLine:
    match = LINE.fullmatch(line)
    words = {"number": number, "line": line[:60]}
    if match is None:
        raise LineUnclear(_("Line %(number)s, “%(line)s”, is not a year, a colon and an amount.") % words)
    first = int(match["first"])
    last = None if match["on"] else int(match["last"] or first)
    if first not in years or (last is not None and (last not in years or last < first)):
        raise LineUnclear(_("Line %(number)s, “%(line)s”: the years do not fit.") % words)
    try:
        return ProfitLine(first, last, read_signed(match["amount"], places=places))
    except Unclear as unclear:
        raise LineUnclear(_("Line %(number)s: %(problem)s") % {"number": number, "problem": str(unclear)}) from None


def incomes(profit: Decimal, lines: Iterable[ProfitLine], begins: int) -> dict[int, Decimal]:
    """The income by year, as far as it changes from one year to the next; a later line goes before an earlier one.

    Before the year in which the project begins there is none but what a line says.
    """
    given = tuple(lines)
    turns = {begins, *(year for line in given for year in _turns(line))}
    return {year: _income(year, profit, given, begins) for year in sorted(turns) if year >= min(_starts(given, begins))}


def _starts(lines: Iterable[ProfitLine], begins: int) -> Iterator[int]:
    yield begins
    yield from (line.first for line in lines)


def _turns(line: ProfitLine) -> Iterator[int]:
    yield line.first
    if line.last is not None:
        yield line.last + 1


def _income(year: int, profit: Decimal, lines: tuple[ProfitLine, ...], begins: int) -> Decimal:
    for line in reversed(lines):
        if line.first <= year and (line.last is None or year <= line.last):
            return line.amount
    return profit if year >= begins else ZERO
