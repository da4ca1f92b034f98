"""A question to the simulator, from the names that the API and the page's address share."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from adjustments.starting import Typed
from adjustments.structure import AMOUNTS, CURRENCIES, Aim
from adjustments.wanting import Wanted

Given = Mapping[str, Any]


def typed(given: Given) -> Typed:
    """The figures of today: amounts by name, investors with their contributions, and what else was said."""
    investors = tuple((row["name"], _by_currency(row, "contribution")) for row in given.get("investors") or [])
    return Typed(
        amounts=_amounts(given), exchange_rate=given.get("exchange_rate"), investors=investors,
        land_area_m2=given.get("land_area_m2"), completion_on=given.get("completion_on"),
        term_years=given.get("term_years"), place=given.get("place") or "",
    )  # fmt: skip


def wanted(given: Given) -> Wanted:
    """What is to change."""
    return Wanted(
        amounts=_amounts(given),
        investors=tuple(Aim(row["name"], _by_currency(row, "contribution")) for row in given.get("investors") or []),
        phases=tuple(Aim(str(row["number"]), _by_currency(row, "capital")) for row in given.get("phases") or []),
        completion_on=given.get("completion_on"), land_area_m2=given.get("land_area_m2"),
        objectives=tuple(given.get("objectives") or ()), term_years=given.get("term_years"),
        place=given.get("place") or "", approved=given.get("approved"), special=given.get("special_procedure"),
        state_land=given.get("state_land"), operating=given.get("operating"),
        exception=given.get("schedule_exception") or "", paid_in=_by_currency(given, "paid_in"),
    )  # fmt: skip


def _amounts(given: Given) -> dict[str, Decimal]:
    return {name: given[name] for name in AMOUNTS if given.get(name) is not None}


def _by_currency(given: Given, name: str) -> dict[str, Decimal]:
    found = {currency: given.get(f"{name}_{currency}") for currency in CURRENCIES}
    return {currency: value for currency, value in found.items() if value is not None}
