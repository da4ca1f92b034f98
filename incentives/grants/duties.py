"""What the law asks of an enterprise after the grant: dated rows with clause and source (Decree 205/2025).

Beside the duties stand the ladder of reminders, which is a practice of the portal, and the cap on inspections.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

DATA: Final = Path(__file__).parent.parent / "data"
DUTY, LADDER, CAP = "duty", "ladder", "cap"
REPORT: Final = "annual-report"
INSPECTION: Final = "inspection"
REMINDERS: Final = "report-reminders"
ONE_A_YEAR: Final = "one-inspection-a-year"


@dataclass(frozen=True, kw_only=True)
class DutyRule:
    """A row; `month_day` is the day of each year by which a duty is due, `months` the time between two of them.

    A ladder has `days`: so many before the duty is due. A cap has `most`: no more than so many a year.
    """

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
    kind: str = DUTY
    days: tuple[int, ...] = ()
    most: int | None = None

    def in_force(self, on: date) -> bool:
        """Whether it is law on that day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def said(self, field: str, language: str) -> str:
        """A bilingual field (name, text, clause) in the reader's language (Vietnamese or English)."""
        return str(getattr(self, f"{field}_{'vi' if language == 'vi' else 'en'}"))


@cache
def rules() -> tuple[DutyRule, ...]:
    """Every row of `incentives/data/duties.json`."""
    rows = json.loads((DATA / "duties.json").read_text(encoding="utf-8"))
    return tuple(DutyRule(**_dated(row) | {"days": tuple(row.get("days", ()))}) for row in rows)


def duties(on: date) -> list[DutyRule]:
    """The duties of the enterprise in force on a day."""
    return [rule for rule in rules() if rule.kind == DUTY and rule.in_force(on)]


def rule_named(code: str, on: date) -> DutyRule | None:
    """The row with this code in force on a day."""
    return next((rule for rule in rules() if rule.code == code and rule.in_force(on)), None)


@dataclass(frozen=True, kw_only=True)
class RevocationGround:
    """A ground on which the office may take a certificate back; `mark` U: its wording was not seen in a source."""

    code: str
    valid_from: date
    valid_to: date | None
    mark: str
    name_vi: str
    name_en: str
    clause_vi: str
    clause_en: str
    source: str

    def name(self, language: str) -> str:
        """The ground in the reader's language (Vietnamese or English)."""
        return self.name_vi if language == "vi" else self.name_en

    def clause(self, language: str) -> str:
        """Its clause in the reader's language."""
        return self.clause_vi if language == "vi" else self.clause_en


@cache
def _grounds() -> tuple[RevocationGround, ...]:
    rows = json.loads((DATA / "revocation_grounds.json").read_text(encoding="utf-8"))
    return tuple(RevocationGround(**_dated(row)) for row in rows)


def grounds(on: date) -> list[RevocationGround]:
    """The grounds of revocation in force on a day."""
    return [one for one in _grounds() if one.valid_from <= on and (one.valid_to is None or on <= one.valid_to)]


def ground_named(code: str) -> RevocationGround | None:
    """A ground by its code, also one that is no longer in force."""
    return next((one for one in _grounds() if one.code == code), None)


def _dated(row: dict[str, Any]) -> dict[str, Any]:
    return row | {name: date.fromisoformat(row[name]) if row[name] else None for name in ("valid_from", "valid_to")}
