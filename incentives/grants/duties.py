"""What the law asks of an enterprise after the grant: dated rows with clause and source (Decree 205/2025)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

DATA: Final = Path(__file__).parent.parent / "data" / "duties.json"


@dataclass(frozen=True, kw_only=True)
class DutyRule:
    """A duty; `month_day` is the day of each year by which it is due, `months` the time between two of them."""

    code: str
    month_day: str | None
    months: int | None
    valid_from: date
    valid_to: date | None
    mark: str
    clause_vi: str
    clause_en: str
    name_vi: str
    name_en: str
    text_vi: str
    text_en: str
    source: str

    def in_force(self, on: date) -> bool:
        """Whether it is law on that day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@cache
def rules() -> tuple[DutyRule, ...]:
    """Every row of `incentives/data/duties.json`."""
    return tuple(DutyRule(**_dated(row)) for row in json.loads(DATA.read_text(encoding="utf-8")))


def duties(on: date) -> list[DutyRule]:
    """The duties in force on a day."""
    return [rule for rule in rules() if rule.in_force(on)]


def _dated(row: dict[str, Any]) -> dict[str, Any]:
    return row | {name: date.fromisoformat(row[name]) if row[name] else None for name in ("valid_from", "valid_to")}
