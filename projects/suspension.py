"""How long a project has stood still, and how long it may: read from its notices, never stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from projects.life_models import LifeNotice
from projects.life_rules import Limit, last_allowed, suspension_limit


@dataclass(frozen=True)
class Span:
    """One suspension: its first day, the announced last day, and the first day after it (None while it runs)."""

    start: date
    until: date
    ended_on: date | None = None

    def days(self, today: date) -> int:
        """Calendar days it has lasted: up to and including today while it runs; 0 if it was called off before."""
        end = self.ended_on.toordinal() if self.ended_on else today.toordinal() + 1
        return max(end - self.start.toordinal(), 0)


@dataclass(frozen=True)
class Standing:
    """Where a project stands with its suspensions on a day. Days are calendar days; `last_on` is the last day that the
    running suspension may reach (None while none runs or no limit is in force).
    """

    spans: tuple[Span, ...]
    used: int
    limit: Limit | None
    running: Span | None
    last_on: date | None

    def over_announced(self, today: date) -> bool:
        """Whether the announced end has passed."""
        return self.running is not None and self.running.until < today

    def over_limit(self, today: date) -> bool:
        """Whether all that is allowed has been used up."""
        return self.last_on is not None and self.last_on < today


def spans_of(notices: Iterable[LifeNotice]) -> list[Span]:
    """The suspensions of one project, from its notices in the order in which they were written."""
    spans: list[Span] = []
    for notice in notices:
        if notice.kind == LifeNotice.Kind.SUSPENSION and notice.until:
            spans.append(Span(notice.effective_on, notice.until))
        elif spans and spans[-1].ended_on is None:
            spans[-1] = Span(spans[-1].start, spans[-1].until, notice.effective_on)
    return spans


def standing(notices: Iterable[LifeNotice], today: date) -> Standing:
    """The days used and allowed, from a project's notices."""
    spans = spans_of(notices)
    running = spans[-1] if spans and spans[-1].ended_on is None else None
    limit = suspension_limit(today)
    before = sum(span.days(today) for span in spans if span.ended_on)
    last_on = last_allowed(running.start, before, limit) if running and limit else None
    return Standing(tuple(spans), sum(span.days(today) for span in spans), limit, running, last_on)
