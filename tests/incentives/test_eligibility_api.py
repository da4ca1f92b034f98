"""The incentive check for programs: open to anybody, in the shape outsiders rely on, strict about what it is asked."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from rest_framework.throttling import ScopedRateThrottle

pytestmark = pytest.mark.django_db
URL = "/api/v1/incentives/eligibility/"
FACTS = {
    "new_equipment": True, "ready": True, "supply_evidence": True, "high_technology": False,
    "made_in_vietnam": "not_yet", "project_type": "new", "place": "park",
}  # fmt: skip


@pytest.fixture(autouse=True)
def fresh() -> None:
    cache.clear()


def ask(status: int = 200, language: str = "en", **question: Any) -> dict[str, Any]:
    answer = Client().post(
        URL, json.dumps(question), content_type="application/json", headers={"accept-language": language}
    )
    assert answer.status_code == status, answer.content.decode()
    found: dict[str, Any] = answer.json()
    return found


def test_the_answer_of_the_contract() -> None:
    found = ask(product="ELEC-03", facts=FACTS, on="2026-11-24")
    assert found["answer"] == "officer_decides"
    assert [one["code"] for one in found["conditions"]] == [
        "product", "technology", "readiness", "supplier", "c1", "c2", "new-project",
    ]  # fmt: skip
    for one in found["conditions"]:
        assert {"code", "state", "clause", "version", "why"} <= set(one)
        assert all(one[name] for name in ("code", "state", "clause", "version", "why", "mark"))
    assert found["product"] == {
        "code": "ELEC-03", "list_version": "L2015", "group": "ELECTRONICS", "name": found["product"]["name"],
    }  # fmt: skip
    assert {one["part"] for one in found["conditions"]} == {"certificate", "income_tax"}


def test_each_of_the_four_answers() -> None:
    assert ask(product="ELEC-03", facts=FACTS, on="2025-08-31")["answer"] == "met"
    assert ask(product="ELEC-03", facts=FACTS)["answer"] == "officer_decides"
    assert ask(product="ELEC-03")["answer"] == "evidence_missing"
    assert ask(product="xi măng trắng", facts=FACTS)["answer"] == "not_met"


def test_an_incentive_carries_its_figure_only_where_it_is_sure() -> None:
    found = {one["code"]: one for one in ask(product="ELEC-03", facts=FACTS | {"place": "ez"})["incentives"]}
    assert found["cit-a"]["amount"].startswith("10% for 15 years")
    assert (found["land-zone"]["amount"], found["land-zone"]["mark"]) == ("", "unsure")
    assert found["land-zone"]["open_questions"] == ["state_land"]


def test_an_unknown_product_gets_the_three_nearest_lines_and_several_are_offered() -> None:
    found = ask(product="xi măng trắng")
    assert (found["product"], len(found["nearest"]), found["matches"]) == (None, 3, [])
    found = ask(product="linh kien")
    assert found["product"] is None
    assert len(found["matches"]) > 3


def test_it_answers_in_vietnamese_too() -> None:
    found = ask(language="vi", product="ELEC-03", facts=FACTS)
    assert found["conditions"][0]["clause"].startswith("Nghị định 111/2015")
    assert found["incentives"][0]["amount"].startswith("10% trong 15 năm")


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ({"product": "x" * 401}, "product"), ({"product": {"a": 1}}, "product"), ({"on": "yesterday"}, "on"),
        ({"on": "2015-12-31"}, "on"), ({"facts": {"made_in_vietnam": "perhaps"}}, "made_in_vietnam"),
        ({"facts": {"new_equipment": "perhaps"}}, "new_equipment"), ({"facts": {"colour": "red"}}, "colour"),
        ({"facts": [1]}, "facts"), ({"facts": {"place": ["ez"]}}, "place"), ({"facts": {"size": {"a": 1}}}, "size"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_by_field(question: dict[str, Any], field: str) -> None:
    answer = Client().post(URL, json.dumps(question), content_type="application/json")
    assert answer.status_code == 400
    assert answer["content-type"] == "application/problem+json"
    assert field in answer.content.decode()


def test_null_and_empty_are_questions_left_open() -> None:
    found = ask(product="ELEC-03", facts={"ready": None, "made_in_vietnam": "", "place": None})
    assert {one["state"] for one in found["conditions"] if one["code"] != "product"} == {"evidence_missing"}


def test_two_queries_are_enough(django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(2):
        ask(product="man hinh", facts=FACTS)


def test_it_is_rate_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ScopedRateThrottle, "THROTTLE_RATES", {"public": "2/min"})
    for status in (200, 200, 429):
        ask(status, product="ELEC-03")
