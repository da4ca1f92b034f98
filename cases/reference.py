"""Reference data that the office keeps: loaded once, then edited in the admin; loading again overwrites nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.db import models

from cases.models import Authority, CalendarDay, CalendarYear, PaperRule, ProcedureVersion

DATA = Path(__file__).parent / "data"


def load_rows(model: type[models.Model], rows: list[dict[str, Any]], key: tuple[str, ...]) -> int:
    """Add the rows whose key is not there yet; returns how many. What an administrator changed stays."""
    known = set(model._default_manager.values_list(*key))
    fresh = [
        model(**row) for row in rows if tuple(str(row[name]) for name in key) not in {tuple(map(str, k)) for k in known}
    ]
    model._default_manager.bulk_create(fresh)
    return len(fresh)


def load_cases_reference() -> dict[str, int]:
    """Authorities, procedure versions, papers and the calendar from `cases/data`."""
    calendar = json.loads((DATA / "calendar.json").read_text())
    return {
        "authorities": load_rows(Authority, _read("authorities.json"), ("code",)),
        "procedures": load_rows(ProcedureVersion, _read("procedures.json"), ("code", "valid_from")),
        "papers": load_rows(PaperRule, _read("papers.json"), ("procedure", "code")),
        "calendar years": load_rows(CalendarYear, calendar["years"], ("year",)),
        "calendar days": load_rows(CalendarDay, calendar["days"], ("date",)),
    }


def _read(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((DATA / name).read_text())
    return rows
