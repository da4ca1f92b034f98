"""The figures of a month, as a pure function of counts and of decided cases' clocks.

What comes from the clocks of fewer than five decided cases is not shown, and neither is a total from which it could be
worked out: the register says who got a certificate in a month, so a figure about one case would be a figure about
somebody.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from cases.service.months import Month

FEWEST: Final = 5
"""Decided cases below which nothing from their clocks is shown."""
ALL: Final = ""
"""Instead of a procedure's code: all of them together."""
UNSETTLED: Final = "unsettled"
"""Instead of a procedure's code: not accepted, so that no procedure has been settled."""


@dataclass(frozen=True)
class Settled:
    """A decided case without anything that says which: its clock at the end. Days are working days."""

    procedure: str
    used: int
    stopped: int
    on_time: bool


@dataclass(frozen=True)
class Counts:
    """How many cases did what in a month."""

    received: int = 0
    accepted: int = 0
    decided: int = 0
    withdrawn: int = 0
    stopped: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.received + other.received, self.accepted + other.accepted, self.decided + other.decided,
            self.withdrawn + other.withdrawn, self.stopped + other.stopped,
        )  # fmt: skip

    def __bool__(self) -> bool:
        return self != NOTHING

    @property
    def growth(self) -> int:
        """By how many the open cases grew."""
        return self.received - self.decided - self.withdrawn - self.stopped


NOTHING: Final = Counts()


@dataclass(frozen=True)
class Measures:
    """How long it took. Days are working days of the honest clock; the share is in whole per cent, never rounded up."""

    median_used: float
    p90_used: int
    on_time: int
    on_time_share: int
    stopped_days: int
    stopped_median: float


@dataclass(frozen=True)
class Line:
    """A month of a procedure (or of all); `measures` is None where nothing was decided or too little to show."""

    procedure: str
    month: Month
    counts: Counts
    open_at_end: int
    measures: Measures | None
    over: bool = True

    @property
    def hidden(self) -> bool:
        """Whether something was decided that is not told."""
        return self.measures is None and self.counts.decided > 0


@dataclass(frozen=True)
class Span:
    """A procedure over all months asked for: medians only, because a sum would give away a month that is hidden."""

    procedure: str
    counts: Counts
    median_used: float | None
    p90_used: int | None


Table = Mapping[tuple[str, Month], Counts]
"""Counts of every month there ever was, by procedure."""
Decided = Mapping[Month, Sequence[Settled]]


def line(procedure: str, month: Month, counts: Table, decided: Decided, *, today: Month) -> Line:
    """A month of a procedure, or of all with ALL."""
    settled = decided.get(month, ())
    own = [case for case in settled if procedure in (ALL, case.procedure)]
    told = len(own) >= FEWEST and (procedure != ALL or _tells_nobody(settled))
    return Line(
        procedure, month, _sum(counted for (_code, when), counted in _of(counts, procedure) if when == month),
        sum(counted.growth for (_code, when), counted in _of(counts, procedure) if when <= month),
        measured(own) if told else None, month < today,
    )  # fmt: skip


def span(procedure: str, months: Sequence[Month], counts: Table, decided: Decided) -> Span:
    """A procedure over the months asked for."""
    used = [case.used for month in months for case in decided.get(month, ()) if procedure in (ALL, case.procedure)]
    told = len(used) >= FEWEST
    wanted = frozenset(months)
    return Span(
        procedure, _sum(counted for (_code, when), counted in _of(counts, procedure) if when in wanted),
        statistics.median(used) if told else None, nearest_rank(used, 90) if told else None,
    )  # fmt: skip


def measured(cases: Sequence[Settled]) -> Measures:
    """The measures of at least one decided case."""
    on_time = sum(case.on_time for case in cases)
    return Measures(
        median_used=statistics.median(case.used for case in cases),
        p90_used=nearest_rank([case.used for case in cases], 90),
        on_time=on_time,
        on_time_share=on_time * 100 // len(cases),
        stopped_days=sum(case.stopped for case in cases),
        stopped_median=statistics.median(case.stopped for case in cases),
    )


def nearest_rank(values: Iterable[int], percent: int) -> int:
    """The smallest value that at least so many per cent of all do not exceed: always a value that occurred."""
    ordered = sorted(values)
    return ordered[-(-len(ordered) * percent // 100) - 1]


def _tells_nobody(settled: Sequence[Settled]) -> bool:
    """Whether all together, less the procedures that are told, still leaves nobody or enough."""
    by_procedure: dict[str, int] = {}
    for case in settled:
        by_procedure[case.procedure] = by_procedure.get(case.procedure, 0) + 1
    rest = sum(count for count in by_procedure.values() if count < FEWEST)
    return rest == 0 or rest >= FEWEST


def _of(counts: Table, procedure: str) -> Iterable[tuple[tuple[str, Month], Counts]]:
    return (entry for entry in counts.items() if procedure in (ALL, entry[0][0]))


def _sum(counted: Iterable[Counts]) -> Counts:
    return sum(counted, NOTHING)
