"""The capital before and after as two bars of the same scale, each piece a part of the capital."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from adjustments.rules.change import ZERO
from adjustments.simulating import Line, Simulation
from projects.money import short_money

LEAST: Final = Decimal("0.3")
"""Per cent of the width below which nobody sees a piece."""


@dataclass(frozen=True)
class Piece:
    """A part of a bar; `x` and `width` in per cent of the drawing."""

    part: str
    x: str
    width: str


@dataclass(frozen=True)
class Bar:
    """A bar with its name and its total in words."""

    name: str
    total: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Bars:
    """Both bars, what the colours mean, and the same in words."""

    bars: tuple[Bar, ...]
    legend: tuple[tuple[str, str], ...]
    text: str


def bars(simulation: Simulation) -> Bars | None:
    """The picture in the first currency known; nothing without totals."""
    total = next(iter(simulation.totals), None)
    if total is None:
        return None
    lines = [line for line in simulation.parts if line.currency == total.currency] or [total]
    widest = max(total.before or ZERO, total.after or ZERO, *(_sum(lines, side) for side in ("before", "after")))
    if not widest:
        return None
    named = [(_("Today"), "before"), (_("After"), "after")]
    drawn = tuple(
        Bar(name, short_money(getattr(total, side) or ZERO, total.currency), tuple(_pieces(lines, side, widest)))
        for name, side in named
    )
    legend = tuple((_name(line), line.label) for line in lines)
    return Bars(drawn, legend, "; ".join(f"{bar.name}: {bar.total}" for bar in drawn))


def _sum(lines: list[Line], side: str) -> Decimal:
    return sum((getattr(line, side) or ZERO for line in lines), ZERO)


def _pieces(lines: list[Line], side: str, widest: Decimal) -> Iterator[Piece]:
    x = ZERO
    for line in lines:
        width = (getattr(line, side) or ZERO) / widest * 100
        if width >= LEAST:
            yield Piece(_name(line), f"{x:.2f}%", f"{width:.2f}%")
        x += width


def _name(line: Line) -> str:
    return line.path.rpartition("_")[0]
