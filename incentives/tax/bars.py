"""The tax by year as bars: in outline what would be due without the incentive, filled what is due.

Places across are percentages of the width, places down are pixels, so that the letters keep their size on any screen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from incentives.tax.case import ZERO
from incentives.tax.schedule import Schedule, Year

HEIGHT: Final = 232
TOP: Final = 26
BOTTOM: Final = 204
LABELS: Final = 5
"""Years written below the bars, so that they fit a narrow screen."""
GAP: Final = Decimal("0.2")
"""Of a year's width, between two bars."""


@dataclass(frozen=True)
class Bar:
    """A year: places of both bars; `label` where the year is written below."""

    year: str
    x: str
    width: str
    centre: str
    without_y: str
    without_height: str
    tax_y: str
    tax_height: str
    label: bool


@dataclass(frozen=True)
class Bars:
    """The drawing; `most` is the amount at the top line."""

    bars: tuple[Bar, ...]
    most: Decimal
    height: int = HEIGHT
    top: int = TOP
    ground: int = BOTTOM
    words: int = BOTTOM + 20


def bars(found: Schedule) -> Bars | None:
    """The picture; nothing where no tax is due in any year."""
    most = max(max(year.tax, year.tax_without) for year in found.years)
    return Bars(tuple(_bars(found.years, most)), most) if most else None


def _bars(years: tuple[Year, ...], most: Decimal) -> Iterator[Bar]:
    step = Decimal(100) / len(years)
    every = -(-len(years) // LABELS)
    for number, year in enumerate(years):
        x, width = step * (number + GAP / 2), step * (1 - GAP)
        yield Bar(
            str(year.year), _percent(x), _percent(width), _percent(x + width / 2), *_upright(year.tax_without, most),
            *_upright(year.tax, most), number % every == 0,
        )  # fmt: skip


def _percent(value: Decimal) -> str:
    return f"{value:.2f}%"


def _upright(amount: Decimal, most: Decimal) -> tuple[str, str]:
    """Where a bar begins and how high it is."""
    height = max(amount, ZERO) / most * (BOTTOM - TOP)
    return f"{BOTTOM - height:.1f}", f"{height:.1f}"
