"""Granted incentives for programs: read, and the annual report filed once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from incentives.grants.statements import conditions_of
from incentives.models import IncentiveGrant, ReportFiling
from tests.incentives.granted import client_of, granted, on, row
from tests.walk import Cast

pytestmark = pytest.mark.django_db
BASE = "/api/v1/incentives/grants/"
SPRING = date(2027, 3, 1)


@pytest.fixture
def cast() -> Cast:
    return Cast()


def report(grant: IncentiveGrant, **changes: Any) -> dict[str, Any]:
    amounts = (
        "revenue_vnd", "products_revenue_vnd", "export_vnd", "capital_implemented_vnd", "relief_income_tax_vnd",
        "relief_import_duty_vnd", "relief_land_rent_vnd",
    )  # fmt: skip
    return {
        "year": 2026, "declared": True, **dict.fromkeys(amounts, "1000000"), "income_vnd": "-5000000", "employees": 12,
        "outputs": [{"product": product.pk, "output": "17.50"} for product in grant.products.all()],
        "conditions": [{"code": rule.code, "kept": True} for rule in conditions_of(grant)],
    } | changes  # fmt: skip


def post(client: Client, grant: IncentiveGrant, data: dict[str, Any], key: str = "") -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(f"{BASE}{grant.number}/reports/", data, content_type="application/json", headers=headers)


def test_a_program_reads_its_grant_and_files_the_report_once(cast: Cast) -> None:
    grant = granted(cast)
    with on(SPRING):
        owner = client_of(cast, "owner")
        before = owner.get(f"{BASE}{grant.number}/").json()
        first = post(owner, grant, report(grant), key="once")
        again = post(owner, grant, report(grant), key="once")
        double = post(owner, grant, report(grant), key="other")
        after = owner.get(f"{BASE}{grant.number}/").json()
    assert (before["state"], before["project"], before["next_inspection_on"]) == (
        "granted", getattr(grant.project, "code", ""), "2028-11-24",
    )  # fmt: skip
    assert {"year": 2026, "due_on": "2027-04-15", "standing": "open"} in before["duties"]
    assert [condition["code"] for condition in before["conditions"]] == [rule.code for rule in conditions_of(grant)]
    assert (first.status_code, first.json()["number"], first.json()["late"]) == (201, 1, False)
    assert (again.status_code, again.json()) == (201, first.json())
    assert (double.status_code, double.json()["code"]) == (409, "wrong_state")
    assert after["reports"][0]["state"] == "filed"
    years = {year["year"]: year for year in after["schedule"]["years"]}
    assert (years[2026]["income"], years[2027]["income"], years[2027]["loss_used"]) == ("-0.005", "20", "0.005")
    assert ReportFiling.objects.count() == 1


def test_what_is_wrong_is_said_at_once_and_strangers_find_nothing(cast: Cast) -> None:
    grant = row(cast.organisation, "HPUD-2026-000101")
    with on(SPRING):
        owner = client_of(cast, "owner")
        unreadable = report(grant, revenue_vnd="much", employees=-1, income_vnd=None, outputs=[{"product": 1}])
        read = post(owner, grant, unreadable)
        broken = [{"code": rule.code, "kept": False} for rule in conditions_of(grant)]
        thought = post(owner, grant, report(grant, export_vnd="2000000", declared=False, conditions=broken, outputs=[]))
        strange = post(owner, grant, report(grant, outputs=[{"product": 10**9, "output": "1"}]))
        early = post(owner, grant, report(grant, year=2027))
        others = [
            client_of(cast, "outsider").get(f"{BASE}{grant.number}/"),
            post(client_of(cast, "outsider"), grant, {}),
        ]
        preparer = post(client_of(cast, "preparer"), grant, report(grant))
        nobody = Client().get(BASE)
    assert read.status_code == thought.status_code == strange.status_code == early.status_code == 400
    assert set(read.json()["errors"]) == {"revenue_vnd", "employees", "income_vnd", "outputs.0.output"}
    wrong = set(thought.json()["errors"])
    assert {"export_vnd", "declared", f"outputs.{grant.products.get().pk}"} < wrong
    assert sum(name.startswith("explanations.") for name in wrong) == len(broken) > 1
    assert set(strange.json()["errors"]) == {"rows"}
    assert set(early.json()["errors"]) == {"year"}
    assert [answer.status_code for answer in others] == [404, 404]
    assert (preparer.status_code, nobody.status_code) == (403, 401)
    assert not ReportFiling.objects.exists()


def test_the_list_is_paged_and_costs_the_same_however_long(cast: Cast) -> None:
    for number in range(120):
        row(cast.organisation, f"HPUD-2026-{number:06d}")
    owner = client_of(cast, "owner")
    with CaptureQueriesContext(connection) as seen:
        page = owner.get(BASE).json()
    assert len(page["results"]) == 50
    assert len(seen) <= 6
    found, following = list(page["results"]), page["next"]
    while following:
        page = owner.get(following).json()
        found += page["results"]
        following = page["next"]
    assert len({line["number"] for line in found}) == 120
    assert client_of(cast, "outsider").get(BASE).json()["results"] == []
