"""The tax schedule for programs: the worked examples to the last digit, and whatever is wrong said field by field."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from rest_framework.throttling import ScopedRateThrottle

pytestmark = pytest.mark.django_db
URL = "/api/v1/incentives/tax-schedule/"
NEW = {"certificate_year": 2026, "first_revenue_year": 2027}
FLAT = NEW | {"income": {"2027": "100"}}


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


def taxes(found: dict[str, Any]) -> dict[int, Decimal]:
    """Tax by year; what the totals say must be what the years add up to."""
    by_year = {row["year"]: Decimal(row["tax"]) for row in found["years"]}
    assert list(by_year) == list(range(min(by_year), max(by_year) + 1))
    assert sum(by_year.values()) == Decimal(found["total"])
    assert sum(Decimal(row["tax_without"]) for row in found["years"]) == Decimal(found["total_without"])
    assert Decimal(found["total_without"]) - Decimal(found["total"]) == Decimal(found["saved"])
    return by_year


def spread(*parts: tuple[int, int, str]) -> dict[int, Decimal]:
    return {year: Decimal(tax) for first, last, tax in parts for year in range(first, last + 1)}


# --- the worked examples --------------------------------------------------------------------------------------------
def test_example_1_baseline() -> None:
    found = ask(**FLAT, until=2042, level="A")
    assert taxes(found) == spread((2027, 2030, "0"), (2031, 2039, "5"), (2040, 2041, "10"), (2042, 2042, "20"))
    assert (found["total"], found["total_without"], found["saved"]) == ("85", "320", "235")
    assert [row["relief"] for row in found["years"]] == ["exempt"] * 4 + ["half"] * 9 + ["none"] * 3
    assert [row["rate"] for row in found["years"]] == ["10"] * 15 + ["20"]
    assert found["windows"] == {
        "rate": {"first": 2027, "last": 2041}, "exempt": {"first": 2027, "last": 2030},
        "half": {"first": 2031, "last": 2039},
    }  # fmt: skip


def test_example_2_losses_at_the_start_are_used_up_in_exempt_years() -> None:
    income = {"2027": "-60", "2028": "-40", "2029": "50", "2030": "120", "2031": "100"}
    found = ask(**NEW, income=income, until=2043)
    rows = {row["year"]: row for row in found["years"]}
    assert {year: (rows[year]["loss_used"], rows[year]["taxable_income"]) for year in range(2027, 2032)} == {
        2027: ("0", "0"), 2028: ("0", "0"), 2029: ("50", "0"), 2030: ("50", "70"), 2031: ("0", "100"),
    }  # fmt: skip
    assert [rows[year]["relief"] for year in (2028, 2029, 2032, 2033, 2041, 2042)] == [
        "none", "exempt", "exempt", "half", "half", "none",
    ]  # fmt: skip
    assert taxes(found) == spread((2027, 2032, "0"), (2033, 2041, "5"), (2042, 2043, "20"))
    assert found["total"] == "85"


def test_example_4_a_short_first_year_used_or_left_out() -> None:
    asked = NEW | {"income": {"2027": "10", "2028": "100"}, "first_year_months": 3, "until": 2043}
    now, later = ask(**asked), ask(**asked, defer_first_period=True)
    assert taxes(now) == spread((2027, 2030, "0"), (2031, 2039, "5"), (2040, 2041, "10"), (2042, 2043, "20"))
    assert taxes(later) == spread(
        (2027, 2027, "2"), (2028, 2031, "0"), (2032, 2040, "5"), (2041, 2042, "10"), (2043, 2043, "20")
    )
    assert (now["total"], later["total"]) == ("105", "87")
    assert ask(**asked, defer_first_period=True, standard_rate="17")["years"][0]["tax"] == "1.7"


def test_example_5_a_late_certificate_pays_nothing_back() -> None:
    found = ask(certificate_year=2027, first_revenue_year=2024, income={"2024": "100"}, until=2042)
    assert taxes(found) == spread(
        (2024, 2026, "20"), (2027, 2030, "0"), (2031, 2039, "5"), (2040, 2041, "10"), (2042, 2042, "20")
    )
    assert found["total"] == "145"


@pytest.mark.parametrize("income", [{"2018": "100"}, {"2014": "0", "2015": "100"}])
def test_example_6_a_switch_takes_off_the_years_used(income: dict[str, str]) -> None:
    found = ask(certificate_year=2018, first_revenue_year=2014, income=income, until=2029,
                already_used={"rate": 4, "exempt": 2, "half": 1})  # fmt: skip
    assert taxes(found) == spread((2018, 2019, "0"), (2020, 2027, "5"), (2028, 2028, "10"), (2029, 2029, "20"))
    assert found["total"] == "70"


def test_example_8_an_old_expansion_that_never_had_an_incentive() -> None:
    found = ask(certificate_year=2017, first_revenue_year=2011, income={"2017": "100"}, until=2030,
                expansion={"mode": "after_term", "disbursed_year": 2010})  # fmt: skip
    assert taxes(found) == spread((2017, 2020, "0"), (2021, 2029, "10"), (2030, 2030, "20"))
    assert {row["rate"] for row in found["years"]} == {"20"}


def test_example_9_an_expansion_within_the_term_follows_the_base_project() -> None:
    found = ask(certificate_year=2020, first_revenue_year=2020, income={"2020": "100", "2027": "150"}, until=2035,
                expansion={"mode": "within_term"})  # fmt: skip
    assert taxes(found) == spread(
        (2020, 2023, "0"), (2024, 2026, "5"), (2027, 2032, "7.5"), (2033, 2034, "15"), (2035, 2035, "30")
    )


def test_an_expansion_after_the_term_is_divided_by_its_assets() -> None:
    found = ask(certificate_year=2026, first_revenue_year=2010, income={"2027": "200"}, until=2040, expansion={
        "mode": "after_term", "assets_total": "400", "assets_expansion": "100", "disbursed_year": 2027})  # fmt: skip
    assert taxes(found) == spread((2027, 2030, "30"), (2031, 2039, "35"), (2040, 2040, "40"))


def test_example_11_mixed_income() -> None:
    found = ask(**NEW, income={"2027": "120"}, revenue_share_percent="60")
    row = next(row for row in found["years"] if row["year"] == 2031)
    assert (row["relief"], row["tax"], row["tax_without"]) == ("half", "13.2", "24")


def test_example_12_a_failing_year_pays_in_full_and_counts_all_the_same() -> None:
    found = ask(**FLAT, until=2042, failed_years=[2033])
    rows = {row["year"]: row for row in found["years"]}
    assert (rows[2033]["tax"], rows[2033]["rate"], rows[2033]["relief"]) == ("20", "20", "none")
    assert (rows[2039]["relief"], rows[2040]["relief"]) == ("half", "none")
    assert taxes(found)[2034] == 5
    assert found["total"] == "100"


def test_example_14_levels_side_by_side() -> None:
    outside = ask(**FLAT, until=2042, level="B")
    assert taxes(outside) == spread((2027, 2028, "0"), (2029, 2032, "8.5"), (2033, 2036, "17"), (2037, 2042, "20"))
    assert outside["total"] == "222"
    zone = ask(**FLAT, until=2057, level="FTZ_PRIORITY")
    assert taxes(zone) == spread((2027, 2030, "0"), (2031, 2039, "5"), (2040, 2056, "10"), (2057, 2057, "20"))
    assert zone["total"] == "235"
    assert ask(**FLAT, until=2042, level="FTZ")["total"] == "85"
    assert ask(**FLAT, until=2042, level="C")["saved"] == "0"


def test_a_flat_profit_pays_0_65_of_a_year_in_fifteen_years_instead_of_3() -> None:
    found = ask(**NEW, income={"2027": "7300000000"})
    assert len(found["years"]) == 15
    assert Decimal(found["total"]) == Decimal("0.65") * 7300000000
    assert Decimal(found["total_without"]) == 3 * 7300000000
    effective = [Decimal(row["tax"]) / 73000000 for row in found["years"]]
    assert effective == [0] * 4 + [5] * 9 + [10] * 2


# --- rules of the text that the examples do not show ----------------------------------------------------------------
def test_without_income_in_three_years_the_holiday_starts_in_the_fourth_and_outlasts_the_rate() -> None:
    found = ask(**NEW, income={"2027": "-1", "2028": "0", "2030": "-5", "2031": "100"}, until=2043)
    assert found["windows"]["exempt"] == {"first": 2030, "last": 2033}
    assert found["windows"]["half"] == {"first": 2034, "last": 2042}
    row = next(row for row in found["years"] if row["year"] == 2042)
    assert (row["rate"], row["relief"], row["tax"]) == ("20", "half", "10")
    assert "half-after-rate" in {rule["code"] for rule in found["rules"]}


def test_a_loss_is_gone_after_five_years_and_the_oldest_goes_first() -> None:
    income = {"2027": "-60", "2028": "-40", "2029": "10", "2032": "30", "2033": "100"}
    rows = {row["year"]: row["loss_used"] for row in ask(**NEW, income=income)["years"]}
    assert [rows[year] for year in range(2029, 2035)] == ["10", "10", "10", "30", "40", "0"]
    late = {"2027": "-60", "2028": "0", "2033": "100"}
    assert {row["loss_used"] for row in ask(**NEW, income=late)["years"]} == {"0"}


def test_used_up_years_are_none_not_less_than_none() -> None:
    found = ask(**FLAT, already_used={"rate": 20, "exempt": 4, "half": 9}, until=2028)
    assert found["windows"] == {"rate": None, "exempt": None, "half": None}
    assert found["saved"] == "0"


def test_a_lower_standard_rate_is_never_made_worse_by_the_level() -> None:
    found = ask(**FLAT, level="B", standard_rate="15", until=2036)
    assert found["years"][-1]["rate"] == "15"
    assert Decimal(found["saved"]) > 0


def test_the_law_of_the_licence_day_applies() -> None:
    old = ask(**FLAT, licensed_on="2025-09-30")
    assert [rule["version"] for rule in old["rules"] if rule["code"] == "A"] == ["L14/2008"]
    assert "licence-law" in {rule["code"] for rule in old["rules"]}
    new = ask(**FLAT, licensed_on="2025-10-01")
    assert [rule["version"] for rule in new["rules"] if rule["code"] == "A"] == ["D320/2025"]
    refused = ask(400, **FLAT, level="FTZ", licensed_on="2025-06-30")
    assert refused["errors"] == {"level": ["The law of the licence day has no level FTZ."]}


def test_what_is_unsure_gives_no_amount() -> None:
    refused = ask(400, **FLAT, level="SPECIAL")
    assert "to be confirmed by the authority" in refused["errors"]["level"][0]
    late = ask(certificate_year=2027, first_revenue_year=2025, income={"2025": "-5", "2028": "100"})
    assert any(sentence.startswith("To be confirmed by the authority") for sentence in late["assumptions"])
    assert {rule["code"]: rule["mark"] for rule in late["rules"]}["late-certificate-count"] == "U"


def test_assumptions_are_sentences_and_rules_carry_their_law() -> None:
    found = ask(**FLAT, failed_years=[2033], already_used={"rate": 1})
    assert found["assumptions"][0].startswith("This is an estimate. The enterprise itself assesses")
    assert all(sentence.endswith(".") and "%(" not in sentence for sentence in found["assumptions"])
    assert any("fails in 2033" in sentence for sentence in found["assumptions"])
    assert all(rule["code"] and rule["version"] and rule["legal_basis"] for rule in found["rules"])
    assert {"A", "self-assessed", "switch", "failed-year"} <= {rule["code"] for rule in found["rules"]}


def test_what_was_supposed_fits_the_question() -> None:
    def said(**asked: Any) -> str:
        return " ".join(ask(**FLAT | asked)["assumptions"])

    base_over = {"mode": "within_term", "disbursed_year": 2045}
    assert "it has nothing to follow" in said(expansion=base_over)
    assert "it has nothing to follow" not in said(expansion=base_over | {"disbursed_year": 2030})
    assert "or by 20 %, or design capacity" in said(expansion={"mode": "after_term", "disbursed_year": 2027})
    assert "The certificate is older than the law of today" in said(certificate_year=2018)
    assert "The certificate is older than the law of today" not in said(certificate_year=2018, licensed_on="2018-05-01")
    assert "The reduced standard rate depends on" in said(standard_rate="17")
    assert "top-up to 15 %, which" in said()
    assert "EUR 750 million" not in said(level="C")
    assert "clauses are to be confirmed by the authority" in said(level="FTZ")
    assert "the fourth, 2030" in said(income={"2027": "0", "2031": "5"})
    assert "with the first period of the incentive" in said(first_year_months=3, defer_first_period=True)


# --- what is refused ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"income": {}}, "income"),
        ({"income": {"2027": "much"}}, "income"),
        ({"income": {"2027": "NaN"}}, "income"),
        ({"income": {"2027": None}}, "income"),
        ({"income": {"next": "1"}}, "income"),
        ({"income": ["100"]}, "income"),
        ({"income": {"1990": "1"}, "certificate_year": 2100}, "income"),
        ({"certificate_year": "soon"}, "certificate_year"),
        ({"first_revenue_year": None}, "first_revenue_year"),
        ({"until": 2026}, "until"),
        ({"until": 2150}, "until"),
        ({"level": "Z"}, "level"),
        ({"licensed_on": "then"}, "licensed_on"),
        ({"standard_rate": "99"}, "standard_rate"),
        ({"first_year_months": 13}, "first_year_months"),
        ({"defer_first_period": True}, "defer_first_period"),
        ({"already_used": {"half": -1}}, "already_used.half"),
        ({"failed_years": ["never"]}, "failed_years.0"),
        ({"revenue_share_percent": "101"}, "revenue_share_percent"),
        ({"expansion": {"mode": "sideways"}}, "expansion.mode"),
        ({"expansion": {"mode": "after_term"}}, "expansion.disbursed_year"),
        ({"expansion": {"mode": "within_term", "assets_total": "0"}}, "expansion.assets_total"),
        ({"expansion": {"mode": "within_term", "assets_total": "1", "assets_expansion": "2"}},
         "expansion.assets_expansion"),
    ],
)  # fmt: skip
def test_bad_input_is_told_field_by_field(wrong: dict[str, Any], field: str) -> None:
    found = ask(400, **FLAT | wrong)
    assert list(found["errors"]) == [field]
    assert len(found["errors"][field]) == 1


def test_every_wrong_field_is_named_at_once() -> None:
    assert set(ask(400)["errors"]) == {"certificate_year", "first_revenue_year", "income"}
    both = ask(400, **FLAT, until=2020, level="Z")
    assert set(both["errors"]) == {"until", "level"}


def test_the_tool_is_limited_like_the_other_public_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ScopedRateThrottle.THROTTLE_RATES, "public", "2/min")
    for _time in range(2):
        ask(**FLAT)
    ask(429, **FLAT)
