"""Deadlines, limits and grounds of suspension, termination and revocation: dated data (`projects/data/life.json`).

`mark` says how sure a row is: S was read in the source; whatever is less sure warns, and never blocks.
"""

from __future__ import annotations

import calendar as months
import json
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from functools import cache
from typing import Any, Final

from cases.calendar import Calendar
from projects.answers import DATA

SURE: Final = "S"


@dataclass(frozen=True)
class Deadline:
    """Working days for telling the agency ("notice") or for the agency to inform the others ("inform")."""

    code: str
    kind: str
    working_days: int
    clause: str
    mark: str


@dataclass(frozen=True)
class Limit:
    """How many months all suspensions of a project may last together."""

    months: int
    clause: str
    mark: str

    @property
    def blocks(self) -> bool:
        """Whether it is sure enough to refuse on it."""
        return self.mark == SURE


@dataclass(frozen=True)
class Ground:
    """Why a project is suspended or ends, with its clause; `ends_as`: what becomes of the certificate."""

    code: str
    clause: str
    mark: str
    name_vi: str
    name_en: str
    ends_as: str = ""

    def name(self, language: str) -> str:
        """The ground in the reader's language."""
        return self.name_vi if language == "vi" else self.name_en


@cache
def _rows() -> dict[str, list[dict[str, Any]]]:
    loaded: dict[str, list[dict[str, Any]]] = json.loads((DATA / "life.json").read_text())
    return loaded


def _in_force(name: str, on: date) -> list[dict[str, Any]]:
    return [
        row
        for row in _rows()[name]
        if date.fromisoformat(row["valid_from"]) <= on
        and (row["valid_to"] is None or on <= date.fromisoformat(row["valid_to"]))
    ]


def deadline(code: str, kind: str, on: date) -> Deadline | None:
    """The deadline in force that day; None where the law names none."""
    for row in _in_force("deadlines", on):
        if (row["code"], row["kind"]) == (code, kind):
            return Deadline(code, kind, row["working_days"], row["clause"], row["mark"])
    return None


def suspension_limit(on: date) -> Limit | None:
    """How long a project may be suspended in all, under the law of that day."""
    for row in _in_force("limits", on):
        return Limit(row["months"], row["clause"], row["mark"])
    return None


def grounds(kind: str, side: str, on: date) -> list[Ground]:
    """The grounds that this side may give for this act, under the law of that day."""
    rows = [row for row in _in_force("grounds", on) if kind in row["kinds"] and side in row["sides"]]
    return [_ground(row) for row in rows]


def ground_named(code: str) -> Ground | None:
    """A ground by its code, whether or not it is still in force (for what happened earlier)."""
    return next((_ground(row) for row in _rows()["grounds"] if row["code"] == code), None)


def _ground(row: dict[str, Any]) -> Ground:
    return Ground(row["code"], row["clause"], row["mark"], row["name_vi"], row["name_en"], row.get("ends_as", ""))


# --- reckoning ------------------------------------------------------------------------------------------------------
def due(code: str, kind: str, since: date, calendar: Calendar) -> date | None:
    """The last day of a deadline that begins on a day, by the law of that day; None where the law names none."""
    rule = deadline(code, kind, since)
    return calendar.add_working_days(since, rule.working_days) if rule else None


def months_later(day: date, count: int) -> date:
    """The day with the same number some months later; the month's last one where it has no such day.

    At most the last day that the calendar has.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    if year > MAXYEAR:
        return date.max
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


def last_allowed(start: date, used: int, limit: Limit) -> date:
    """The last day of a suspension that begins on `start` when the project was suspended for `used` days before."""
    return months_later(start, limit.months) - timedelta(days=1 + used)
