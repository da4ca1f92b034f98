"""The dated rows of the policy catalogue as plain values, and which of them is law on the day that counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from incentives.policies import PolicyRule
from incentives.tax.catalogue import known
from incentives.tax.law import Level, levels

HUNDRED: Final = Decimal(100)
MOST: Final = Decimal(1000)
"""No law counts more years, months or days than that; a row that does was written by mistake."""
WHOLE: Final = "whole"
"""The term of a relief that lasts as long as the lease."""


@dataclass(frozen=True)
class Basis:
    """A rule behind an answer; `mark` says how sure it is: confirmed, seen, general or unsure."""

    code: str
    version: str
    clause: str
    mark: str


@dataclass(frozen=True, kw_only=True)
class Rule(Basis):
    """A dated row; `sure` says whether its figures may be used."""

    valid_from: date
    valid_to: date | None
    sure: bool
    scope: dict[str, Any] = field(default_factory=dict)
    limits: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, row: PolicyRule) -> Rule:
        """A row as it is kept, its clause in the reader's language."""
        return cls(
            code=row.code, version=row.version, clause=row.clause, mark=row.mark, valid_from=row.valid_from,
            valid_to=row.valid_to, sure=row.sure, scope=row.scope, limits=row.limits,
        )  # fmt: skip

    def limit(self, name: str) -> Decimal | None:
        """A figure of the row; None as long as nobody is sure of the row, or where it has none that can be meant."""
        if not self.sure or self.limits.get(name) is None:
            return None
        try:
            figure = Decimal(str(self.limits[name]))
        except InvalidOperation:
            return None
        most = HUNDRED if name.endswith(("percent", "points")) else MOST
        return figure if figure.is_finite() and 0 <= figure <= most else None

    def count(self, name: str) -> int | None:
        """A number of years, months or days."""
        figure = self.limit(name)
        return None if figure is None else int(figure)

    @property
    def whole_term(self) -> bool:
        """Whether the relief lasts as long as the lease."""
        return self.sure and self.limits.get("term") == WHOLE

    def covers(self, *case: str) -> bool:
        """Whether the row names the case, which may be said of a row that nobody is sure of."""
        return list(case) in self.listed("cases")

    def listed(self, name: str) -> list[Any]:
        """A list of the row; empty where it has none."""
        found = self.limits.get(name)
        return found if isinstance(found, list) else []

    def allows(self, name: str, answer: Any) -> bool:
        """Whether the row is for such an answer."""
        return name not in self.scope or answer in self.scope[name]


@dataclass(frozen=True)
class Lawbook:
    """The rows of every day, and the levels of income tax."""

    rules: tuple[Rule, ...]
    levels: tuple[Level, ...] = field(default_factory=levels)

    @classmethod
    def of(cls, rows: Iterable[PolicyRule]) -> Lawbook:
        """The catalogue as it is kept."""
        return cls(tuple(Rule.of(row) for row in rows))

    def on(self, code: str, day: date) -> Rule | None:
        """The row of that code that is law on the day."""
        return next((rule for rule in self._in_force(day) if rule.code == code), None)

    def for_case(self, day: date, *case: str) -> Rule | None:
        """The row that is law on the day and names the case; the one that gives most where several do.

        Of concurrent levels the highest holds (Decree 96/2026, article 20.5).
        """
        found = [rule for rule in self._in_force(day) if rule.covers(*case)]
        return max(found, key=lambda rule: (rule.whole_term, rule.count("years") or 0), default=None)

    def level(self, code: str, on: date | None) -> Level | None:
        """The level of income tax as the law of a day has it (None: the newest law)."""
        found = [one for one in self.levels if one.code == code and (on is None or one.in_force(on))]
        return max(found, key=lambda one: one.valid_from, default=None)

    def last(self, code: str) -> Rule | None:
        """The newest row of that code, whether or not it is still law."""
        found = [rule for rule in self.rules if rule.code == code]
        return max(found, key=lambda rule: rule.valid_from) if found else None

    def _in_force(self, day: date) -> Iterable[Rule]:
        return (
            rule for rule in self.rules if rule.valid_from <= day and (rule.valid_to is None or day <= rule.valid_to)
        )


def law_kept() -> Lawbook:
    """The catalogue as the portal keeps it, with the levels of income tax in it: two queries."""
    return replace(Lawbook.of(PolicyRule.objects.order_by("position")), levels=tuple(known()))
