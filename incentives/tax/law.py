"""Levels of incentive and the rules around them as dated rows with clause, source, and how sure they are.

Marks: S read in a source, G general knowledge, U unsure. A level marked U never gives amounts.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final

DATA: Final = Path(__file__).parent.parent / "data"
UNSURE: Final = "U"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A dated rule: what it is called, which law it is, where it stands."""

    code: str
    version: str
    valid_from: date
    valid_to: date | None
    legal_basis: str
    source: str
    mark: str
    limits: dict[str, str] = field(default_factory=dict, compare=False)

    def in_force(self, on: date) -> bool:
        """Whether the row is law on that day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def limit(self, name: str) -> Decimal:
        """A figure of the rule."""
        return Decimal(self.limits[name])


@dataclass(frozen=True, kw_only=True)
class Level(Rule):
    """A level of incentive: a rate in per cent for some years (None: standard rate), years exempt, years at half."""

    rate: Decimal | None
    rate_years: int
    exempt_years: int
    half_years: int

    @property
    def gives_nothing(self) -> bool:
        """Whether the standard rate is all there is."""
        return not (self.rate_years or self.exempt_years or self.half_years)

    @property
    def sure(self) -> bool:
        """Whether amounts may be reckoned from it."""
        return self.mark != UNSURE


@cache
def levels() -> tuple[Level, ...]:
    """Every level of every law, in the order of the table."""
    return tuple(
        Level(**_dated(row) | {"rate": None if row["rate"] is None else Decimal(row["rate"])})
        for row in _rows("tax_levels")
    )


@cache
def rules() -> dict[str, Rule]:
    """The rules around the levels by code."""
    return {row["code"]: Rule(**_dated(row)) for row in _rows("tax_rules")}


def level(code: str, on: date | None = None) -> Level | None:
    """The level as the law of the licence day has it (None: the newest law); None if that law has no such level."""
    found = [one for one in levels() if one.code == code and (on is None or one.in_force(on))]
    return max(found, key=lambda one: one.valid_from) if found else None


def comparable(on: date | None = None) -> Iterator[Level]:
    """The levels of that day that give amounts, in the order of the table."""
    for code in dict.fromkeys(one.code for one in levels()):
        found = level(code, on)
        if found is not None and found.sure:
            yield found


def codes() -> tuple[str, ...]:
    """The names of all levels that some law gives amounts for."""
    return tuple(dict.fromkeys(one.code for one in levels() if one.sure))


def _rows(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((DATA / f"{name}.json").read_text())
    return found


def _dated(row: dict[str, Any]) -> dict[str, Any]:
    return row | {name: date.fromisoformat(row[name]) if row[name] else None for name in ("valid_from", "valid_to")}
