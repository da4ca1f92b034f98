"""Capital over time as a step line: where every segment, mark and label of the drawing goes.

Places across are percentages of the width and places down are pixels, so that the drawing fits any screen while its
letters keep their size. What is exact is drawn solid; where a source knows a day only as a month, a year or "not later
than", the stretch in which the step may have happened is dashed. The rise itself stands on the day that the totals use.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from math import ceil
from typing import Final

from django.utils.formats import date_format

from projects.money import short_money
from projects.register import Project

HEIGHT: Final = 264
TOP: Final = 28
BOTTOM: Final = 236
LEFT: Final = 0.5
RIGHT: Final = 98.5
PEN: Final = 2.5
MARKS_UP: Final = 5
SPACES: Final = 3  # between labels, so that they fit a narrow screen
STEPS: Final = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Point:
    """The total from a day on, and how exactly the day is known (`Project.Precision`); no day: not known at all."""

    on: date | None
    precision: str
    total: Decimal


@dataclass(frozen=True)
class Segment:
    """A straight piece of the line: level or rise, sure or not."""

    x1: str
    y1: str
    x2: str
    y2: str
    sure: bool


@dataclass(frozen=True)
class Mark:
    """A dot, or a label with its line."""

    x: str
    y: str
    label: str = ""
    sure: bool = True
    anchor: str = "middle"


@dataclass(frozen=True)
class StepLine:
    """Everything the template draws."""

    segments: tuple[Segment, ...]
    dots: tuple[Mark, ...]
    up: tuple[Mark, ...]
    across: tuple[Mark, ...]
    last: Mark
    ground: str
    start: date
    end: date
    height: int = HEIGHT

    @property
    def unsure(self) -> bool:
        """Whether a day is not known exactly, so that the legend must say so."""
        return any(not dot.sure for dot in self.dots)


def step_line(points: Iterable[Point], currency: str, today: date) -> StepLine | None:
    """The drawing up to today (or the last day, if that is later); nothing where no day is known."""
    known = sorted((point for point in points if point.on), key=lambda point: point.on or date.min)
    if not known:
        return None
    first, latest = known[0].on or today, known[-1].on or today
    start, end = date(first.year, 1, 1), max(today, latest)
    scale = _Scale(start, max(end, start + ONE_DAY), max(point.total for point in known))
    points = tuple(known)
    return StepLine(
        segments=tuple(_segments(points, scale)),
        dots=tuple(Mark(scale.x(p.on or start), scale.y(p.total), sure=_exact(p)) for p in points),
        up=tuple(Mark("0", scale.y(value), short_money(value, currency)) for value in scale.values()),
        across=tuple(
            Mark(scale.x(day), str(HEIGHT - 6), label, anchor=scale.anchor(day))
            for day, label in scale.days()
        ),
        last=Mark(scale.x(end), str(float(scale.y(points[-1].total)) - 8), short_money(points[-1].total, currency)),
        ground=str(BOTTOM),
        start=start,
        end=end,
    )  # fmt: skip


def _exact(point: Point) -> bool:
    return point.precision == Project.Precision.DAY


def _until(point: Point) -> date:
    """The last day on which the step can have happened."""
    on = point.on or date.min
    if point.precision == Project.Precision.YEAR:
        return date(on.year, 12, 31)
    if point.precision == Project.Precision.MONTH:
        return date(on.year + on.month // 12, on.month % 12 + 1, 1) - ONE_DAY
    return on


def _segments(points: Sequence[Point], scale: _Scale) -> Iterator[Segment]:
    """From the ground up the first step, then level and rise in turn, to the right edge."""
    yield scale.rise(points[0], Decimal(0))
    for before, after in pairwise(points):
        earlier = after.precision == Project.Precision.LATEST and scale.seen(before.total, after.total)
        yield from _level(before, after.on or scale.end, scale, open_end=earlier)
        yield scale.rise(after, before.total)
    yield from _level(points[-1], scale.end, scale, open_end=False)


def _level(point: Point, until: date, scale: _Scale, *, open_end: bool) -> Iterator[Segment]:
    """From a step to the next: dashed while the step may still be to come, or the next may have been already."""
    on = point.on or scale.start
    sure_from = until if open_end else min(_until(point), until)
    if sure_from > on:
        yield scale.level(on, sure_from, point.total, sure=False)
    if until > sure_from:
        yield scale.level(sure_from, until, point.total, sure=True)


class _Scale:
    """Days to places across, amounts to places down."""

    def __init__(self, start: date, end: date, highest: Decimal) -> None:
        self.start, self.end = start, end
        self.span = (end - start).days
        self.step = _nice(highest / MARKS_UP) if highest > 0 else Decimal(1)
        self.top = max(self.step, ceil(highest / self.step) * self.step)

    def x(self, day: date) -> str:
        share = (day - self.start).days / self.span
        return f"{LEFT + share * (RIGHT - LEFT):.2f}%"

    def y(self, amount: Decimal) -> str:
        return f"{BOTTOM - float(amount / self.top) * (BOTTOM - TOP):.1f}"

    def seen(self, before: Decimal, after: Decimal) -> bool:
        """Whether a step is higher than the pen is wide; else the level is right with it and without it."""
        return abs(float(self.y(before)) - float(self.y(after))) >= PEN

    def rise(self, point: Point, before: Decimal) -> Segment:
        x = self.x(point.on or self.start)
        return Segment(x, self.y(before), x, self.y(point.total), _exact(point))

    def level(self, start: date, end: date, amount: Decimal, *, sure: bool) -> Segment:
        y = self.y(amount)
        return Segment(self.x(start), y, self.x(end), y, sure)

    def values(self) -> list[Decimal]:
        """The amounts with a line across."""
        return [self.step * number for number in range(1, int(self.top / self.step) + 1)]

    def days(self) -> list[tuple[date, str]]:
        """The days with a label: the beginnings of years; both ends where the whole is short."""
        if self.end.year - self.start.year < 2:
            return [(day, date_format(day, "m/Y")) for day in (self.start, self.end)]
        every = -(-(self.end.year - self.start.year) // SPACES)
        years = range(self.start.year, self.end.year + 1, every)
        return [(date(year, 1, 1), str(year)) for year in years]

    def anchor(self, day: date) -> str:
        """On which side of its day a label stands, so that it stays inside."""
        return {self.start: "start", self.end: "end"}.get(day, "middle")


def _nice(value: Decimal) -> Decimal:
    """The next round number: 1, 2, 2.5 or 5 times a power of ten."""
    size = Decimal(10) ** value.adjusted()
    return next(size * step for step in STEPS if size * step >= value)
