"""The income-tax levels are the catalogue's: what is published there counts from its day on, everywhere."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client

from incentives.models import PolicyRule
from incentives.tax import catalogue, law

pytestmark = pytest.mark.django_db
ASKED = {"certificate_year": 2026, "first_revenue_year": 2027, "income": {"2027": "100"}, "until": 2042}


def figures(level: law.Level) -> tuple[object, ...]:
    return level.rate, level.rate_years, level.exempt_years, level.half_years


def test_the_catalogue_as_shipped_says_what_the_table_of_levels_says() -> None:
    for shipped in law.levels():
        day = shipped.valid_to or date(2026, 11, 24)
        found = catalogue.level(shipped.code, day)
        assert found is not None, shipped
        assert figures(found) == figures(shipped), shipped
        assert found.sure == shipped.sure


def test_a_new_law_counts_from_its_day_and_not_before(client: Client) -> None:
    old = PolicyRule.objects.get(code="cit-a", valid_to=None)
    old.valid_to = date(2027, 12, 31)
    old.save()
    PolicyRule.objects.create(**{
        field.attname: getattr(old, field.attname) for field in PolicyRule._meta.concrete_fields if field.name != "id"
    } | {"valid_from": date(2028, 1, 1), "valid_to": None, "version": "999/2027",
         "limits": {"rate": "5", "rate_years": "20", "exempt": "6", "half": "9"}})  # fmt: skip
    before, after = catalogue.level("A", date(2027, 12, 31)), catalogue.level("A", date(2028, 1, 1))
    assert before is not None and after is not None
    assert (before.rate, after.rate, after.exempt_years) == (Decimal(10), Decimal(5), 6)
    asked = ASKED | {"licensed_on": "2028-02-01"}
    answer = client.post("/api/v1/incentives/tax-schedule/", json.dumps(asked), content_type="application/json").json()
    assert [year["relief"] for year in answer["years"]].count("exempt") == 6
    assert answer["rules"][0]["version"] == "999/2027"


def test_a_level_that_has_ended_in_the_catalogue_does_not_come_back_from_the_table() -> None:
    rule = PolicyRule.objects.get(code="cit-b", valid_to=None)
    rule.valid_to = date(2026, 12, 31)
    rule.save()
    assert catalogue.level("B", rule.valid_to) is not None
    assert catalogue.level("B", rule.valid_to + timedelta(days=1)) is None


def test_a_level_of_which_nobody_is_sure_gives_no_amounts(client: Client) -> None:
    rule = PolicyRule.objects.get(code="cit-ftz", valid_to=None)
    rule.confidence, rule.amount_vi, rule.amount_en = "unsure", "", ""
    rule.save()
    answer = client.post(
        "/api/v1/incentives/tax-schedule/", json.dumps(ASKED | {"level": "FTZ"}), content_type="application/json"
    )
    assert answer.status_code == 400 and "level" in answer.json()["errors"]
