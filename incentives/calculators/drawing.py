"""The timeline as a picture: a lane for each measure, marks for the days that matter.

Places across are percentages of the width, places down are pixels, so that the letters keep their size on any screen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.functional import Promise

from incentives.calculators.measure import Code, Kind, Measure, State, Task
from incentives.calculators.spans import ONE, Span
from incentives.calculators.timeline import Timeline
from incentives.calculators.wording import NAMES

LANE: Final = 46
BAR: Final = 16
MARK_ROW: Final = 24
MARK_ROWS: Final = 4
APART: Final = Decimal(8)
"""Per cent of the width between two marks of one row, so that their circles do not touch on a narrow screen."""
INSET: Final = Decimal(3)
"""Per cent of the width left free at both ends, so that a mark on the first day is whole on paper too."""
LABELS: Final = 5
"""Years written on the axis, so that they fit a narrow screen."""
LAST_LABEL: Final = Decimal(88)
"""Per cent of the width after which a year would not fit."""
PARTIAL: Final = (Code.TAX_RATE, Code.TAX_HALF, Code.LAND_CUT)
TIMELESS: Final = (Code.DEPOSIT, Code.CREDIT_STATE, Code.CREDIT_GUARANTEE, Code.CREDIT_INTEREST)
SMALL: Final = (Kind.DUTY_REPORT, Kind.REFUND)
"""Days that come back every year: ticks on a lane instead of marks over all of them."""


@dataclass(frozen=True)
class Piece:
    """A bar: `kind` is full, part or lost."""

    kind: str
    x: str
    width: str


@dataclass(frozen=True)
class Lane:
    """A measure: its name above, its bars and ticks below it; words instead of a bar where nobody is sure of it."""

    name: str | Promise
    words_y: int
    bar_y: int
    pieces: tuple[Piece, ...]
    ticks: tuple[str, ...]
    unsure: bool


@dataclass(frozen=True)
class Mark:
    """A numbered day, in one of the rows above the lanes."""

    number: int
    x: str
    y: int
    task: Task


@dataclass(frozen=True)
class Grid:
    """A year's beginning; `label` is empty where it is not written."""

    x: str
    label: str


@dataclass(frozen=True)
class Drawing:
    """The picture."""

    lanes: tuple[Lane, ...]
    marks: tuple[Mark, ...]
    grid: tuple[Grid, ...]
    height: int
    axis: int
    top: int
    bar: int = BAR


@dataclass(frozen=True)
class Scale:
    """From the first day of a year to the last day of another one."""

    first: date
    end: date

    def at(self, day: date) -> Decimal:
        """The place of the beginning of a day, in per cent."""
        return INSET + (100 - 2 * INSET) * (day - self.first).days / (self.end - self.first).days


def drawing(found: Timeline) -> Drawing | None:
    """The picture; nothing where no measure has a time."""
    if found.years is None or not any(one.span or one.lost for one in found.measures):
        return None
    scale = Scale(date(found.years[0], 1, 1), date(found.years[1] + 1, 1, 1))
    marks = tuple(_marks(found, scale))
    top = max((mark.y for mark in marks), default=0) + MARK_ROW
    drawn = [one for one in found.measures if one.span or one.lost or _waits(one)]
    lanes = tuple(_lane(one, scale, top + 24 + LANE * number) for number, one in enumerate(drawn))
    return Drawing(lanes, marks, tuple(_grid(scale)), top + 24 + LANE * len(lanes) + 4, top + 12, top)


def _waits(measure: Measure) -> bool:
    """Whether it would have a time if somebody were sure of it."""
    return measure.state is State.UNSURE and measure.code not in TIMELESS


def _lane(measure: Measure, scale: Scale, y: int) -> Lane:
    kind = "part" if measure.code in PARTIAL else "full"
    pieces = [_piece(name, span, scale) for name, span in (("lost", measure.lost), (kind, measure.span)) if span]
    ticks = [_percent(scale.at(task.day)) for task in measure.tasks if task.kind in SMALL and task.day]
    unsure = measure.state is State.UNSURE
    return Lane(NAMES[measure.code], y + 14, y + 20, tuple(pieces), tuple(ticks), unsure)


def _piece(kind: str, span: Span, scale: Scale) -> Piece:
    x = scale.at(span.first)
    return Piece(kind, _percent(x), _percent(scale.at(span.last + ONE) - x))


def _marks(found: Timeline, scale: Scale) -> Iterator[Mark]:
    """Numbered by day; each in the first row where it does not touch the one before."""
    ends = [-APART] * MARK_ROWS
    number = 0
    for task in found.milestones:
        if task.day is None or task.kind in SMALL:
            continue
        x, number = scale.at(task.day), number + 1
        row = next((row for row, last in enumerate(ends) if x - last >= APART), ends.index(min(ends)))
        ends[row] = x
        yield Mark(number, _percent(x), MARK_ROW // 2 + row * MARK_ROW, task)


def _grid(scale: Scale) -> Iterator[Grid]:
    years = range(scale.first.year, scale.end.year)
    every = -(-len(years) // LABELS)
    for number, year in enumerate(years):
        x = scale.at(date(year, 1, 1))
        yield Grid(_percent(x), str(year) if number % every == 0 and x < LAST_LABEL else "")


def _percent(value: Decimal) -> str:
    return f"{value:.2f}%"
