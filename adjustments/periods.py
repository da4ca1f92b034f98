"""The law by periods in which no rule changed: what each makes of a change, and which neighbour sees it otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from adjustments.procedure import procedure_of
from adjustments.rules.change import Change
from adjustments.rules.law import Fired, fired, rule_class, rules
from cases.calendar import ONE_DAY
from cases.models import ProcedureVersion


@dataclass(frozen=True)
class Law:
    """What the law of one period makes of the change. No procedure: none was in force, or nothing changes."""

    on: date
    valid_from: date
    valid_to: date | None
    rules: tuple[Fired, ...]
    rule_class: str
    procedure_code: str
    procedure: ProcedureVersion | None

    @property
    def working_days(self) -> int | None:
        """Legal working days from the valid dossier."""
        return self.procedure.working_days if self.procedure else None

    @property
    def keys(self) -> frozenset[tuple[str, date]]:
        """The rules by code and first day."""
        return frozenset(_key(one) for one in self.rules)

    @property
    def approval_first(self) -> tuple[Fired, ...]:
        """The rules that want the in-principle approval adjusted first."""
        return tuple(one for one in self.rules if one.rule.effect == "approval")

    def same_as(self, other: Law) -> bool:
        """Whether the same rules lead to the same days."""
        return self.keys == other.keys and self.working_days == other.working_days

    def only_here(self, other: Law) -> tuple[Fired, ...]:
        """The rules that do not apply in the same words under the other law."""
        return tuple(one for one in self.rules if _key(one) not in other.keys)


def starts() -> list[date]:
    """The days on which the rules changed."""
    ends = {rule.valid_to + ONE_DAY for rule in rules() if rule.valid_to}
    return sorted({rule.valid_from for rule in rules()} | ends)


def period(on: date) -> tuple[date, date | None]:
    """First and last day of the period around a day in which no rule changed."""
    before = [day for day in starts() if day <= on]
    after = [day for day in starts() if day > on]
    return before[-1] if before else date.min, after[0] - ONE_DAY if after else None


def law_of(change: Change, on: date, versions: Iterable[ProcedureVersion]) -> Law:
    """What the law of a day makes of a change; nothing of a change that changes nothing."""
    first, last = period(on)
    if not change.items:
        return Law(on, first, last, (), "", "", None)
    applying = tuple(fired(change, on))
    code = procedure_of(change, on)
    in_force = (
        row
        for row in versions
        if row.code == code and row.valid_from <= on and (not row.valid_to or on <= row.valid_to)
    )
    return Law(on, first, last, applying, rule_class(change, applying), code, next(in_force, None))


def neighbour(change: Change, law: Law, versions: Sequence[ProcedureVersion], *, later: bool) -> Law | None:
    """The next period, in one direction, whose law makes something else of the change; None if there is none."""
    day = law.on
    while change.items:
        first, last = period(day)
        if (later and last is None) or (not later and first <= starts()[0]):
            return None
        day = last + ONE_DAY if later and last else first - ONE_DAY
        found = law_of(change, day, versions)
        if not found.same_as(law):
            return found
    return None


def _key(one: Fired) -> tuple[str, date]:
    return (one.rule.code, one.rule.valid_from)
