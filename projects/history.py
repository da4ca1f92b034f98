"""The capital of a project step by step: each event of the chain with what it changed and the totals after it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from projects.register import CapitalEvent, Project

Kind = CapitalEvent.Kind
STATE_AFTER: Final[dict[str, str]] = {
    Kind.SUSPENSION: Project.State.SUSPENDED,
    Kind.RESUMPTION: Project.State.ACTIVE,
    Kind.TERMINATION: Project.State.TERMINATED,
}
TENTH: Final = Decimal("0.1")


@dataclass(frozen=True)
class Amounts:
    """Capital in both currencies; None where no source states it."""

    usd: Decimal | None = None
    vnd: Decimal | None = None

    @property
    def any(self) -> Decimal | None:
        """The amount in USD, or in VND where only that is known."""
        return self.vnd if self.usd is None else self.usd


@dataclass(frozen=True)
class Step:
    """One event, the total before it and the total after it."""

    event: CapitalEvent
    before: Amounts
    after: Amounts

    @property
    def percent(self) -> Decimal | None:
        """The change in percent of the total before, to one decimal; nothing where there was none."""
        for old, new in ((self.before.usd, self.after.usd), (self.before.vnd, self.after.vnd)):
            if old and new is not None and old != new:
                return ((new - old) * 100 / old).quantize(TENTH)
        return None

    @property
    def on(self) -> date | None:
        """The day it took effect, as far as that is known."""
        return self.event.effective_on


def steps(events: Iterable[CapitalEvent]) -> list[Step]:
    """Every event in the order of the chain with the totals around it."""
    found: list[Step] = []
    total = Amounts()
    for event in events:
        after = Amounts(_after(total.usd, event.total_usd), _after(total.vnd, event.total_vnd))
        found.append(Step(event, total, after))
        total = after
    return found


def _after(before: Decimal | None, change: Decimal | None) -> Decimal | None:
    """As the sums of the register: an amount nobody states changes nothing."""
    return before if change is None else (before or Decimal(0)) + change


def total(events: Iterable[CapitalEvent]) -> Amounts:
    """What the events add up to."""
    walked = steps(events)
    return walked[-1].after if walked else Amounts()


def last_state(events: Iterable[CapitalEvent]) -> tuple[str, CapitalEvent | None]:
    """The state in which the events leave a project, and the event that brought it there (none: still active).

    An end is final, even if a suspension was announced for a day after it.
    """
    turns = [event for event in events if event.kind in STATE_AFTER and event.effective_on]
    if not turns:
        return Project.State.ACTIVE, None
    ended = next((event for event in turns if event.kind == Kind.TERMINATION), None)
    last = ended or max(turns, key=lambda event: (event.effective_on or date.min, event.seq))
    return STATE_AFTER[last.kind], last
