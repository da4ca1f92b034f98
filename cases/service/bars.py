"""Received and decided by month as pairs of bars.

Places across are percentages of the width, places down are pixels, so that the letters keep their size on any screen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from cases.service.figures import Line

HEIGHT: Final = 232
TOP: Final = 26
BOTTOM: Final = 204
LABELS: Final = 4
"""Months written below the bars, so that they fit a narrow screen."""
GAP: Final = 0.2
"""Of a month's width, between two pairs."""


@dataclass(frozen=True)
class Pair:
    """A month: both bars; `label` where the month is written below."""

    month: str
    x: str
    second_x: str
    width: str
    centre: str
    received_y: str
    received_height: str
    decided_y: str
    decided_height: str
    label: bool


@dataclass(frozen=True)
class Bars:
    """The drawing; `most` is the number at the top line."""

    pairs: tuple[Pair, ...]
    most: int
    height: int = HEIGHT
    top: int = TOP
    ground: int = BOTTOM
    words: int = BOTTOM + 20


def bars(lines: Sequence[Line]) -> Bars | None:
    """The picture, the oldest month first; nothing where nothing was received or decided."""
    most = max((max(line.counts.received, line.counts.decided) for line in lines), default=0)
    ordered = sorted(lines, key=lambda line: line.month)
    return Bars(tuple(_pairs(ordered, most)), most) if most else None


def _pairs(lines: Sequence[Line], most: int) -> Iterator[Pair]:
    step = 100 / len(lines)
    every = -(-len(lines) // LABELS)
    for number, line in enumerate(lines):
        x, width = step * (number + GAP / 2), step * (1 - GAP) / 2
        yield Pair(
            f"{line.month.number}/{line.month.year}", _percent(x), _percent(x + width), _percent(width),
            _percent(x + width), *_upright(line.counts.received, most), *_upright(line.counts.decided, most),
            number % every == 0,
        )  # fmt: skip


def _percent(value: float) -> str:
    return f"{value:.2f}%"


def _upright(number: int, most: int) -> tuple[str, str]:
    """Where a bar begins and how high it is."""
    height = number / most * (BOTTOM - TOP)
    return f"{BOTTOM - height:.1f}", f"{height:.1f}"
