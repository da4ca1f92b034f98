"""The simulator against figures, names and days that nobody means: it answers or refuses, and gives nothing away."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from accounts.models import Membership
from adjustments.models import Adjustment
from cases.models import Case
from projects.models import Project
from tests.adjustments.factories import licensed_project
from tests.cases.pages.visitors import visitor
from tests.walk import Cast, company

pytestmark = pytest.mark.django_db
URL = "/api/v1/adjustments/simulate/"
TODAY: dict[str, Any] = {"total_capital_usd": "100000000", "contributed_usd": "30000000", "mobilised_usd": "70000000"}
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def fresh() -> None:
    cache.clear()


@pytest.fixture
def cast() -> Cast:
    return Cast()


def ask(**question: Any) -> Any:
    return APIClient(headers={"accept-language": "en"}).post(URL, question, format="json")


def named(*names: str) -> list[dict[str, str]]:
    return [{"name": name, "contribution_usd": "10000000"} for name in names]


@pytest.mark.parametrize(
    "question",
    [
        {"today": TODAY, "total_capital_usd": "0"},
        {"today": TODAY | {"total_capital_usd": "0", "contributed_usd": "0", "mobilised_usd": "0"},
         "total_capital_usd": "1000000000000"},
        {"today": {"total_capital_usd": "0.01", "exchange_rate": "1"}, "total_capital_usd": "1000000000000.00"},
        {"today": {"total_capital_usd": "1000000000000", "exchange_rate": "99999999.9999"}, "state_land": True,
         "total_capital_usd": "999999999999.99"},
        {"today": {"total_capital_vnd": "999999999999999"}, "total_capital_vnd": "1"},
        {"today": TODAY | {"investors": named("A", "A", "A (1)")}, "total_capital_usd": "50000000",
         "contributed_usd": "15000000"},
        {"today": TODAY | {"investors": named("A", "A", "A (1)")}, "investors": named("A (1)", "B")},
        {"today": TODAY | {"investors": named(*map(str, range(12)))}, "investors": named(*map(str, range(6, 20)))},
        {"today": TODAY, "completion_on": "0001-01-01", "on": "0001-01-01"},
        {"today": TODAY | {"completion_on": "0001-01-01"}, "completion_on": "9999-12-31", "on": "9999-12-31"},
        {"today": TODAY | {"completion_on": "9999-12-31"}, "completion_on": "0001-01-01"},
        {"today": TODAY, "land_area_m2": "999999999999.99", "place": "outside", "term_years": 200},
        {"today": TODAY, "contributed_usd": "30000000", "paid_in_usd": "30000000", "total_capital_usd": "30000000"},
        {"today": TODAY, "phases": [{"number": 100, "capital_usd": "1"}]},
        {"today": {"contributed_usd": "5"}, "retained_vnd": "7"},
    ],
    ids=lambda question: str(question)[-90:],
)  # fmt: skip
def test_an_odd_question_is_answered(question: dict[str, Any]) -> None:
    answer = ask(**question)
    assert answer.status_code == 200, answer.content[:400]
    assert answer.json()["known_from"] == "typed"


@pytest.mark.parametrize(
    "wrong",
    [
        {"total_capital_usd": "NaN"}, {"total_capital_usd": "-1"}, {"total_capital_usd": "1E+40"},
        {"total_capital_usd": "1000000000000.01"}, {"on": "0000-00-00"}, {"on": "10000-01-01"}, {"place": "\x00"},
        {"place": "Ω" * 300}, {"objectives": ["2610'"]}, {"objectives": ["٣٣٣٣"]}, {"objectives": "2610"},
        {"objectives": ["2610"] * 21}, {"investors": {}}, {"investors": [{"contribution_usd": "1"}]},
        {"investors": named(*map(str, range(200)))}, {"phases": [{"number": 1}] * 200}, {"term_years": 10**40},
        {"today": []}, {"today": "x"}, {"project": "DA-999999"}, {"project": "'; --"}, {"project": ["x"]},
        {"schedule_exception": SCRIPT}, {"special_procedure": "perhaps"},
    ],
    ids=lambda wrong: str(wrong)[:60],
)  # fmt: skip
def test_a_wrong_question_is_refused_by_name(wrong: dict[str, Any]) -> None:
    answer = ask(**({"today": TODAY, "total_capital_usd": "125000000"} | wrong))
    assert answer.status_code == 400, answer.content[:400]
    assert set(answer.json()["errors"]) != {"__all__"}


def test_a_huge_question_is_answered_or_refused_at_once() -> None:
    rows = named(*(f"investor {number}" for number in range(20_000)))
    began = time.process_time()
    answer = ask(today=TODAY | {"investors": rows}, investors=rows)
    assert answer.status_code == 400
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    "query",
    [
        "project=%00&total_capital_usd=5",
        "project=" + "x" * 3000,
        "on=0001-01-01&today_total_capital_usd=5",
        "today_total_capital_usd=5&total_capital_usd=99999999999999999999999",
        "today_total_capital_usd=5&total_capital_usd=1.000&on=9999-12-31",
        "today_total_capital_usd=1.000.000%2C50&total_capital_usd=2%2C000%2C000.50",
        "today_total_capital_usd=5&term_years=99999999999999999999999999",
        "today_total_capital_usd=5&land_area_m2=9999999999999999999999999999999999999999",
        "today_total_capital_usd=5&today_land_area_m2=99999999999999999999999999999999&land_area_m2=1",
        "today_total_capital_usd=5&objectives=9999",
        "today_total_capital_usd=5&objectives=%00",
        "today_total_capital_usd=5&place=IP-NONE",
        "today_total_capital_usd=5&total_capital_usd=NaN",
        "today_total_capital_usd=5&total_capital_usd=1e9",
        "today_total_capital_usd=5&completion_on=31-02-2026",
        "today_total_capital_usd=5&today_completion_on=0001-01-01&completion_on=9999-12-31",
        "today_total_capital_usd=9&investor_1=A&today_investor_1_usd=3&investor_2=A"
        "&today_investor_2_usd=3&investor_3=A+(1)&today_investor_3_usd=3&total_capital_usd=20",
    ],
)
def test_any_address_of_the_page_is_a_page(query: str) -> None:
    page = Client().get(f"{reverse('simulate')}?{query}")
    assert page.status_code in (200, 400), page.status_code
    assert "%00" in query or 'name="total_capital_usd"' in page.content.decode()


def test_what_is_typed_is_never_run() -> None:
    query = {"today_total_capital_usd": "9", "investor_1": SCRIPT, "today_investor_1_usd": "9",
             "total_capital_usd": "20", "objectives": SCRIPT, "project": ""}  # fmt: skip
    for given in (query, query | {"objectives": ""}, {"project": SCRIPT}, {"on": SCRIPT, "total_capital_usd": SCRIPT}):
        page = Client().get(reverse("simulate"), given).content.decode()
        assert SCRIPT not in page
    page = Client().get(reverse("simulate"), query | {"objectives": ""}).content.decode()
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("role", ["observer", "consultant with an ended letter", "outsider", "statistician", "signer"])
def test_who_may_not_prepare_makes_no_draft(cast: Cast, role: str) -> None:
    project = licensed_project(cast.organisation)
    query = f"project={project.code}&total_capital_usd=600000000"
    answer = visitor(cast[role]).post(reverse("simulate-draft"), {"query": query, "key": "k"})
    assert answer.status_code in (403, 404)
    assert not Adjustment.objects.exists()


def test_a_key_pressed_again_for_another_project_writes_into_no_other_application(cast: Cast) -> None:
    project = licensed_project(cast.organisation)
    other = company("Second")
    Membership.objects.create(user=cast["preparer"], organisation=other, role="preparer")
    theirs = licensed_project(other)
    client = visitor(cast["preparer"])
    for code in (project.code, theirs.code, project.code):
        query = f"project={code}&total_capital_usd=600000000"
        assert client.post(reverse("simulate-draft"), {"query": query, "key": "k"}).status_code == 302
    found = Adjustment.objects.order_by("pk").values_list("project", "case__organisation")
    assert list(found) == [(project.pk, cast.organisation.pk), (theirs.pk, other.pk)]


def test_a_project_that_ended_meanwhile_makes_no_draft(cast: Cast) -> None:
    project = licensed_project(cast.organisation)
    Project.objects.filter(pk=project.pk).update(state="terminated")
    number = Case.objects.count()
    query = f"project={project.code}&total_capital_usd=600000000"
    answer = visitor(cast["preparer"]).post(reverse("simulate-draft"), {"query": query, "key": "k"})
    assert (answer.status_code, Case.objects.count()) == (403, number)
