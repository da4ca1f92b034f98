"""The answers as dossiers in memory, so that the rules of the real ones read them. Nothing is stored.

What a change amounts to is stood for by figures just beyond or below a limit; they are never shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from adjustments.content import Content, changes
from adjustments.rules.change import Change
from cases.models import Case
from incentives.dossier.models import IncentiveApplication
from incentives.dossier.sizing import MOST_CAPITAL, MOST_REVENUE, MOST_STAFF, SME
from portal.which.given import Given
from projects.models import Registration, Zone
from projects.shape import as_data, hydrated

BEFORE: Final[Content] = {
    "project_name": "A", "company_name": "A", "ward": "A", "lot": "A", "scale": "A", "term_years": 50,
    "land_area_m2": "1000000.00", "total_capital_usd": "100.00", "contributed_usd": "50.00", "mobilised_usd": "50.00",
    "investors": [{"name": "A", "paper_number": "1"}],
    "objectives": [{"vsic_edition": "2025", "vsic_code": "1"}],
    "phases": [{"name": "1", "operation_on": "2030-01-01"}],
}  # fmt: skip
"""A project that stands for any licensed one."""


def _in_memory(content: Mapping[str, Any]) -> Registration:
    """A registration in no table; the case it belongs to does not exist."""
    return hydrated(dict(content), Case(pk=0))


def registration(given: Given) -> Registration:
    """The project to be registered, as far as the answers describe it."""
    answers = dict(given.sets)
    zone = answers.pop("zone", None)
    found = _in_memory(answers)
    found.zone = Zone(**zone) if zone else None
    return found


def change(given: Given) -> Change:
    """The change of a licensed project, between two contents that differ in what is to change."""
    before = {**BEFORE, **given.sets}
    contents = [_in_memory(content) for content in (before, {**before, **given.after})]
    said = {name: value for name, value in given.said.items() if name not in ("capital", "transfer")}
    return Change(contents[0], contents[1], changes(as_data(contents[0]), as_data(contents[1])), **said)


def application(given: Given) -> IncentiveApplication:
    """The application for a certificate of incentives; the size by figures on that side of the limit."""
    small = given.sets.get("size") == SME
    return IncentiveApplication(
        case=Case(pk=0), purpose=given.sets["purpose"], place=given.sets["place"],
        insured_staff=MOST_STAFF if small else MOST_STAFF + 1, revenue_vnd=MOST_REVENUE, capital_vnd=MOST_CAPITAL,
    )  # fmt: skip
