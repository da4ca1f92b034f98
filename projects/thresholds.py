"""Figures the law or the city sets, as dated data (`projects/data/thresholds.json`), never as constants in the code."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from typing import Any

from projects.answers import DATA


@cache
def _all() -> dict[str, list[dict[str, Any]]]:
    loaded: dict[str, list[dict[str, Any]]] = json.loads((DATA / "thresholds.json").read_text())
    return loaded


def in_force(name: str, on: date) -> list[dict[str, Any]]:
    """The rows of a threshold that apply on a day."""
    return [
        row
        for row in _all()[name]
        if date.fromisoformat(row["valid_from"]) <= on
        and (row.get("valid_to") is None or on <= date.fromisoformat(row["valid_to"]))
    ]
