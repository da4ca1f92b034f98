"""Revenue forgone by year as pairs of bars: filled at the level looked at, in outline at the other one.

Places across are percentages of the width, places down are pixels, as in the bars of the tax schedule.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

HEIGHT: Final = 232
TOP: Final = 26
BOTTOM: Final = 204
LABELS: Final = 5
GAP: Final = Decimal("0.2")


@dataclass(frozen=True)
class Bar:
    """A year: places of both bars; `label` where the year is written below."""

    year: str
    now_x: str
    other_x: str
    width: str
    centre: str
    now_y: str
    now_height: str
    other_y: str
    other_height: str
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


def bars(years: Sequence[tuple[int, Decimal, Decimal]]) -> Bars | None:
    """Year, forgone, forgone at the other level; nothing where nothing is forgone in any year."""
    most = max((max(now, other) for _year, now, other in years), default=Decimal(0))
    return Bars(tuple(_bars(years, most)), most) if most > 0 else None


def _bars(years: Sequence[tuple[int, Decimal, Decimal]], most: Decimal) -> Iterator[Bar]:
    step = Decimal(100) / len(years)
    every = -(-len(years) // LABELS)
    for number, (year, now, other) in enumerate(years):
        x, width = step * (number + GAP / 2), step * (1 - GAP) / 2
        yield Bar(
            str(year), _percent(x), _percent(x + width), _percent(width), _percent(x + width), *_upright(now, most),
            *_upright(other, most), number % every == 0,
        )  # fmt: skip


def _percent(value: Decimal) -> str:
    return f"{value:.2f}%"


def _upright(amount: Decimal, most: Decimal) -> tuple[str, str]:
    height = max(amount, Decimal(0)) / most * (BOTTOM - TOP)
    return f"{BOTTOM - height:.1f}", f"{height:.1f}"
