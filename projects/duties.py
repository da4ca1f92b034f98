"""The periodic reports of a licensed project: the next day of each, from dated data (Decree 96/2026, article 94).

"Before the 10th" is read as: the day before is the last safe day.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from projects.answers import DATA


@dataclass(frozen=True)
class Duty:
    """A report that has to be in before a day."""

    code: str
    before: date
    last_safe_day: date
    clause: str
    name_vi: str
    name_en: str
    content_vi: str
    content_en: str

    def name(self, language: str) -> str:
        """What is due, in the reader's language (Vietnamese or English)."""
        return self.name_vi if language == "vi" else self.name_en

    def content(self, language: str) -> str:
        """What the report says."""
        return self.content_vi if language == "vi" else self.content_en


def next_duties(on: date) -> list[Duty]:
    """The next day of every report whose rule is in force, soonest first; a day whose last safe day is over is past."""
    found = [_next(rule, on) for rule in rules() if _in_force(rule, on)]
    return sorted(found, key=lambda duty: (duty.before, duty.code))


@cache
def rules() -> tuple[dict[str, Any], ...]:
    """The rules as `projects/data/duties.json` has them."""
    return tuple(json.loads((DATA / "duties.json").read_text(encoding="utf-8")))


def _in_force(rule: dict[str, Any], on: date) -> bool:
    until = rule["valid_to"]
    return date.fromisoformat(rule["valid_from"]) <= on and (until is None or on <= date.fromisoformat(until))


def _next(rule: dict[str, Any], on: date) -> Duty:
    days = (date.fromisoformat(f"{year}-{day}") for year in (on.year, on.year + 1) for day in rule["before"])
    before = min(day for day in days if day > on)
    words = {name: rule[name] for name in ("code", "clause", "name_vi", "name_en", "content_vi", "content_en")}
    return Duty(before=before, last_safe_day=before - timedelta(days=1), **words)
