"""The simulator for programs: open to anybody, exact in its figures, and silent about what is not public."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from rest_framework.throttling import ScopedRateThrottle

from cases.models import Case
from projects.models import Project
from tests.adjustments.factories import licensed_project
from tests.cases.pages.visitors import visitor
from tests.walk import Cast

pytestmark = pytest.mark.django_db
URL = "/api/v1/adjustments/simulate/"
TODAY = {"total_capital_usd": "100000000", "contributed_usd": "30000000", "mobilised_usd": "70000000"}


@pytest.fixture(autouse=True)
def fresh() -> None:
    cache.clear()


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def project(cast: Cast) -> Project:
    return licensed_project(cast.organisation)


def ask(client: Client, status: int = 200, **question: Any) -> dict[str, Any]:
    answer = client.post(URL, json.dumps(question), content_type="application/json", headers={"accept-language": "en"})
    assert answer.status_code == status, answer.content.decode()
    found: dict[str, Any] = answer.json()
    return found


def test_a_stranger_gets_the_public_figures_of_a_project_with_strings_for_decimals(project: Project) -> None:
    found = ask(Client(), project=project.code, total_capital_usd="1549000000.00", on="2026-11-24")
    total = found["totals"][0]
    assert {name: total[name] for name in ("path", "currency", "before", "after", "difference", "percent")} == {
        "path": "total_capital_usd", "currency": "USD", "before": "549000000.00", "after": "1549000000.00",
        "difference": "1000000000.00", "percent": "182.15",
    }  # fmt: skip
    assert (found["project"], found["known_from"], found["legal_working_days"], found["due_on"]) == (
        project.code, "register", 7, "2026-12-03",
    )  # fmt: skip
    assert found["authority"]["code"] == "HEZA"
    assert (found["investors"], found["phases"]) == ([], [])
    assert [paper["code"] for paper in found["papers"] if paper["needed"]] == ["dc3", "c"]
    assert found["procedure"]["code"] == "irc-adjust"
    assert found["procedure"]["law"] == "L143/D96"
    rule = found["rules"][0]
    assert (rule["code"], rule["clause"], rule["mark"], rule["valid_from"], rule["valid_to"]) == (
        "adjust-standard", "L143 33(2); D96 56(2)", "S", "2026-03-01", None,
    )  # fmt: skip
    assert "LG INNOTEK" not in json.dumps(found)


def test_the_company_and_its_officials_get_the_whole_certificate(cast: Cast, project: Project) -> None:
    for role in ("observer", "appraiser"):
        found = ask(visitor(cast[role]), project=project.code, total_capital_usd="1549000000", on="2026-11-24")
        assert found["known_from"] == "certificate"
        assert [line["after"] for line in found["investors"]] == ["511170000.00", "13290420000000"]
        assert len(found["phases"]) == 4


def test_the_two_sides_of_the_first_of_march_name_different_rules(client: Client) -> None:
    asked: dict[str, Any] = {"today": TODAY, "total_capital_usd": "125000000", "approved": True}
    old, new = (ask(client, on=on, **asked) for on in ("2026-02-28", "2026-03-01"))
    names = [{(rule["code"], rule["clause"]) for rule in found["rules"]} for found in (old, new)]
    assert ("approval-capital-20", "L61 41(3)c") in names[0] - names[1]
    assert ("adjust-standard", "L143 33(2); D96 56(2)") in names[1] - names[0]
    assert (old["approval_first"], new["approval_first"]) == (True, False)
    assert (old["legal_working_days"], new["legal_working_days"]) == (5, 7)
    assert (old["later_law"]["valid_from"], new["earlier_law"]["valid_to"]) == ("2026-03-01", "2026-02-28")


def test_typed_investors_land_and_deposit_are_reckoned(client: Client) -> None:
    today = {"total_capital_usd": "10000000", "exchange_rate": "25000", "place": "IP-TD1",
             "investors": [{"name": "A", "contribution_usd": "4000000"}]}  # fmt: skip
    found = ask(client, today=today, total_capital_usd="20000000", state_land=True, on="2026-11-24",
                investors=[{"name": "A", "contribution_usd": "6000000"}])  # fmt: skip
    assert found["deposit"] == {
        "before_vnd": "7500000000", "after_vnd": "13000000000", "difference_vnd": "5500000000",
        "clause": "D96 27(9c), 27(11)",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ({"total_capital_usd": "1"}, "today"),
        ({"project": "DA-999999", "total_capital_usd": "1"}, "project"),
        ({"today": TODAY, "total_capital_usd": "much"}, "total_capital_usd"),
        ({"today": TODAY, "total_capital_usd": "-1"}, "total_capital_usd"),
        ({"today": TODAY, "on": "tomorrow"}, "on"),
        ({"today": TODAY, "place": "NOWHERE"}, "place"),
        ({"today": TODAY, "objectives": ["0000"]}, "objectives"),
        ({"today": TODAY, "schedule_exception": "weather"}, "schedule_exception"),
    ],
)
def test_bad_input_is_told_field_by_field(client: Client, question: dict[str, Any], field: str) -> None:
    found = ask(client, 400, **question)
    assert list(found["errors"]) == [field]
    assert len(found["errors"][field]) == 1


def test_nothing_is_stored(cast: Cast, project: Project) -> None:
    before = Case.objects.count()
    ask(visitor(cast["owner"]), project=project.code, total_capital_usd="1549000000")
    assert Case.objects.count() == before
    assert project.versions.count() == 1


def test_the_tool_is_limited_like_the_other_public_ones(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ScopedRateThrottle.THROTTLE_RATES, "public", "2/min")
    for _time in range(2):
        ask(client, today=TODAY, total_capital_usd="125000000")
    ask(client, 429, today=TODAY, total_capital_usd="125000000")
