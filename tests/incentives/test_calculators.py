"""Import duty, land rent, deposit and credit by the catalogue as it is kept: every date to the day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from incentives.calculators import duty, land, money
from incentives.calculators.checking import problems
from incentives.calculators.duty import TrialDate
from incentives.calculators.land import BeforeFiling
from incentives.calculators.law import Lawbook, law_kept
from incentives.calculators.measure import Bound, Code, Kind, Measure, State
from incentives.calculators.question import Area, Question, Sector
from incentives.calculators.spans import Span, add_months, add_years, over, term
from incentives.calculators.timeline import timeline_for
from incentives.models import PolicyRule
from incentives.reference import load_incentives_reference
from tests.incentives.test_policies import RULES

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
BILLION = 10**9


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def law() -> Lawbook:
    return law_kept()


def project(**answers: Any) -> Question:
    return Question(**{"on": TODAY, **answers})


def in_park(**answers: Any) -> Question:
    """The worked example of the land rent: a direct lease in a park, running two and a half years later."""
    return project(**{"place": "park", "state_land": True, "lease_on": date(2027, 1, 1),
                      "operation_on": date(2029, 7, 1), **answers})  # fmt: skip


def days(span: Span | None) -> tuple[str, str] | None:
    return (str(span.first), str(span.last)) if span else None


def due(measure: Measure, kind: Kind) -> list[str]:
    return [str(task.day) for task in measure.tasks if task.kind is kind]


def saved(measure: Measure) -> tuple[int, int]:
    assert measure.amount is not None
    return int(measure.amount.saved), int(measure.amount.whole or 0)


# --- import duty ----------------------------------------------------------------------------------------------------
def test_materials_are_free_for_five_years_from_official_production(law: Lawbook) -> None:
    found = duty.materials(project(production_on=date(2028, 3, 1)), law)
    assert (found.state, days(found.span)) == (State.APPLIES, ("2028-03-01", "2033-02-28"))
    assert due(found, Kind.STOCK) == ["2033-03-30"]
    assert due(found, Kind.DUTY_REPORT) == [
        "2029-03-31", "2030-03-31", "2031-03-31", "2032-03-30", "2033-03-31", "2034-03-31",
    ]  # fmt: skip
    assert [(basis.code, basis.version, basis.mark) for basis in found.bases] == [
        ("duty-materials", "134/2016+96/2026", "seen")
    ]


def test_the_yearly_report_follows_the_financial_year(law: Lawbook) -> None:
    found = duty.materials(project(production_on=date(2028, 3, 1), year_end_month=3), law)
    assert due(found, Kind.DUTY_REPORT)[:2] == ["2028-06-29", "2029-06-29"]
    assert due(found, Kind.DUTY_REPORT)[-1] == "2033-06-29"


def test_the_duty_saved_is_the_typed_value_at_the_typed_rate(law: Lawbook) -> None:
    asked = project(production_on=date(2028, 3, 1), materials_value=Decimal(20 * BILLION), materials_rate=Decimal(12))
    assert saved(duty.materials(asked, law)) == (12 * BILLION, 12 * BILLION)
    assert duty.materials(replace(asked, materials_rate=None), law).amount is None


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"minerals": True}, "minerals"),
        ({"excise": True}, "excise"),
        ({"resource_energy_percent": Decimal(51)}, "51 %"),
        ({"project_type": "takeover"}, "takeover"),
        ({"sector": Sector.INCENTIVE, "place": "park"}, "Neither the sector nor the place"),
    ],
)
def test_what_the_law_leaves_out_gets_no_relief_on_materials(law: Lawbook, answers: Any, words: str) -> None:
    found = duty.materials(project(production_on=date(2028, 3, 1), **answers), law)
    assert (found.state, found.span, found.amount) == (State.RULED_OUT, None, None)
    assert words in found.notes[0]


def test_just_below_the_share_of_resources_and_in_an_economic_zone_there_is_relief(law: Lawbook) -> None:
    asked = project(production_on=date(2028, 3, 1), resource_energy_percent=Decimal("50.999"), place="ez",
                    sector=Sector.INCENTIVE)  # fmt: skip
    assert duty.materials(asked, law).state is State.APPLIES


def test_five_years_from_trial_production_are_refused(law: Lawbook) -> None:
    asked = project(production_on=date(2028, 1, 1), trial_on=date(2028, 1, 1))
    with pytest.raises(TrialDate):
        duty.materials(asked, law)
    assert list(problems(asked)) == ["production_on"]
    later = replace(asked, production_on=date(2028, 3, 1))
    assert days(duty.materials(later, law).span) == ("2028-03-01", "2033-02-28")


def test_fixed_assets_are_free_until_the_project_runs_and_only_for_the_eligible_part(law: Lawbook) -> None:
    asked = project(assets_from=date(2027, 2, 1), production_on=date(2028, 3, 1), eligible_percent=Decimal(60),
                    assets_value=Decimal(200 * BILLION), assets_rate=Decimal(5))  # fmt: skip
    found = duty.assets(asked, law)
    assert days(found.span) == ("2027-02-01", "2028-02-29")
    assert saved(found) == (6 * BILLION, 10 * BILLION)
    assert due(found, Kind.DUTY_REPORT) == ["2028-03-30", "2029-03-31"]
    assert "within 3 working days" in found.tasks[0].sentence
    assert "eligible part: 60 % of" in found.notes[1]
    assert duty.assets(replace(asked, project_type="expansion_less"), law).state is State.APPLIES


def test_the_programme_for_car_parts_ends_with_2027_and_refunds_by_half_years(law: Lawbook) -> None:
    asked = project(group="AUTOMOBILE", production_on=date(2026, 3, 1), materials_value=Decimal(730 * BILLION),
                    materials_rate=Decimal(10))  # fmt: skip
    found = duty.cars(asked, law)
    assert found is not None
    assert days(found.span) == ("2026-11-24", "2027-12-31")
    assert due(found, Kind.REFUND) == ["2027-03-01", "2027-08-29", "2028-02-29"]
    late = duty.cars(replace(asked, production_on=date(2028, 1, 1)), law)
    assert late is not None
    assert (late.state, late.notes) == (
        State.RULED_OUT, ("The programme ends on 31 Dec 2027, before the first import.",)
    )  # fmt: skip
    assert duty.cars(replace(asked, group="MECHANICAL"), law) is None


def test_imports_before_the_law_that_is_kept_are_left_out_of_the_amount(law: Lawbook) -> None:
    asked = project(production_on=date(2025, 3, 31), materials_value=Decimal(BILLION), materials_rate=Decimal(10))
    found = duty.materials(asked, law)
    assert days(found.span) == ("2025-03-31", "2030-03-30")
    assert saved(found)[0] == 4 * BILLION // 10
    assert "earlier rules" in found.notes[1]


# --- land rent ------------------------------------------------------------------------------------------------------
def test_the_worked_example_in_a_park(law: Lawbook) -> None:
    asked = in_park(rent=Decimal(2 * BILLION))
    while_building, after = land.building(asked, law), land.relief(asked, law)
    assert days(while_building.span) == ("2027-01-01", "2029-06-30")
    assert days(after.span) == ("2029-07-01", "2044-06-30")
    assert saved(after) == (30 * BILLION, 30 * BILLION)
    assert saved(while_building) == (4991780822, 4991780822)  # two years and 181 of 365 days
    assert due(after, Kind.RENT_NOTICE) == ["2044-01-01"]


def test_a_late_filing_loses_the_time_before_it(law: Lawbook) -> None:
    asked = in_park(filed_on=date(2031, 7, 1), rent=Decimal(2 * BILLION))
    while_building, after = land.building(asked, law), land.relief(asked, law)
    assert (while_building.state, while_building.span) == (State.LOST, None)
    assert saved(while_building)[0] == 0
    assert days(while_building.lost) == ("2027-01-01", "2029-06-30")
    assert days(after.span) == ("2031-07-01", "2044-06-30")
    assert days(after.lost) == ("2029-07-01", "2031-06-30")
    assert saved(after) == (26 * BILLION, 30 * BILLION)
    assert land.relief(replace(asked, filed_on=date(2044, 7, 1)), law).state is State.LOST


def test_relief_before_its_filing_is_refused(law: Lawbook) -> None:
    asked = in_park(filed_on=date(2031, 7, 1), relief_from=date(2031, 6, 30))
    for reckon in (land.building, land.relief):
        with pytest.raises(BeforeFiling):
            reckon(asked, law)
    assert list(problems(asked)) == ["relief_from"]
    assert days(land.relief(replace(asked, relief_from=date(2031, 7, 1)), law).span) == ("2031-07-01", "2044-06-30")


def test_building_is_free_for_three_years_at_most(law: Lawbook) -> None:
    found = land.building(in_park(operation_on=date(2031, 1, 1)), law)
    assert days(found.span) == ("2027-01-01", "2029-12-31")
    assert "At most 3 years" in found.notes[1]
    assert "to be confirmed by the authority" in found.notes[2]
    assert land.building(in_park(operation_on=date(2026, 1, 1)), law).state is State.RULED_OUT


CASES = [
    (Area.ORDINARY, Sector.INCENTIVE, "land-incentive", None),  # general knowledge: three years once confirmed
    (Area.DIFFICULT, Sector.NONE, "land-difficult", 7),
    (Area.ESPECIALLY_DIFFICULT, Sector.NONE, "land-ordinary", 11),
    (Area.ORDINARY, Sector.SPECIAL, "land-ordinary", 11),
    (Area.DIFFICULT, Sector.INCENTIVE, "land-ordinary", 11),
    (Area.ESPECIALLY_DIFFICULT, Sector.INCENTIVE, "land-park", 15),
    (Area.DIFFICULT, Sector.SPECIAL, "land-park", 15),
    (Area.ESPECIALLY_DIFFICULT, Sector.SPECIAL, "land-zone", None),
    (Area.FREE_TRADE_ZONE, Sector.SPECIAL, "land-ftz", None),
]


@pytest.mark.parametrize(("area", "sector", "code", "years"), CASES)
def test_every_case_of_the_law_has_its_years(
    law: Lawbook, area: Area, sector: Sector, code: str, years: int | None
) -> None:
    found = land.relief(in_park(area=area, sector=sector, rent=Decimal(BILLION)), law)
    assert [basis.code for basis in found.bases] == [code]
    if years is None:
        assert (found.state, found.span, found.amount) == (State.UNSURE, None, None)
        assert "to be confirmed by the authority" in found.notes[0]
    else:
        assert saved(found) == (years * BILLION, years * BILLION)
        assert found.span == term(date(2029, 7, 1), years)


def test_the_place_stands_for_its_area_and_nothing_for_nobody(law: Lawbook) -> None:
    for place, code in (("other", "land-ordinary"), ("park", "land-park"), ("ez", "land-zone"), ("ftz", "land-ftz")):
        assert land.relief(in_park(place=place), law).bases[0].code == code
    nothing = land.relief(in_park(area=Area.ORDINARY, sector=Sector.NONE), law)
    assert (nothing.state, nothing.bases) == (State.RULED_OUT, ())
    assert land.relief(in_park(place=None), law).missing == ("place",)


@pytest.mark.parametrize(("code", "answers", "span"), [
    ("land-zone", {"place": "ez", "lease_years": 50, "filed_on": date(2031, 1, 1)}, ("2029-07-01", "2076-12-31")),
    ("land-incentive", {"area": Area.ORDINARY, "sector": Sector.INCENTIVE}, ("2029-07-01", "2032-06-30")),
])  # fmt: skip
def test_an_official_who_confirms_a_rule_lets_its_figures_be_used(
    code: str, answers: Any, span: tuple[str, str]
) -> None:
    asked = in_park(**answers, rent=Decimal(BILLION))
    assert land.relief(asked, law_kept()).state is State.UNSURE
    RULES.filter(code=code).update(confirmed_on=TODAY, confirmed_by="Ms Hà")
    found = land.relief(asked, law_kept())
    assert (found.state, days(found.span), found.bases[0].mark) == (State.APPLIES, span, "confirmed")
    assert saved(found)[0] > 0


def test_the_whole_lease_needs_to_be_known_and_the_relief_never_outlasts_it(law: Lawbook) -> None:
    assert days(land.relief(in_park(lease_years=10), law).span) == ("2029-07-01", "2036-12-31")
    assert land.relief(in_park(lease_years=2), law).state is State.RULED_OUT
    RULES.filter(code="land-zone").update(confirmed_on=TODAY, confirmed_by="Ms Hà")
    assert land.relief(in_park(place="ez"), law_kept()).missing == ("lease_years",)


def test_the_rule_is_the_one_of_the_filing_day(law: Lawbook) -> None:
    early = land.relief(in_park(lease_on=date(2024, 7, 1), operation_on=date(2025, 1, 1)), law)
    assert (early.state, early.bases) == (State.RULED_OUT, ())
    assert "keeps no rule" in early.notes[0]
    filed = in_park(lease_on=date(2024, 7, 1), operation_on=date(2025, 1, 1), filed_on=date(2024, 8, 1))
    assert land.relief(filed, law).state is State.APPLIES


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ({"size": "sme"}, State.APPLIES),
        ({"high_tech": True}, State.APPLIES),
        ({"size": "large", "start_up": True}, State.APPLIES),
        ({"size": "large"}, State.RULED_OUT),
        ({}, State.MISSING),
        ({"size": "sme", "place": "other"}, State.RULED_OUT),
        ({"size": "sme", "state_land": True}, State.RULED_OUT),
        ({"size": "sme", "lease_on": date(2026, 1, 14)}, State.RULED_OUT),
    ],
)
def test_the_tenant_of_a_park_gets_a_cut_only_as_a_small_high_tech_or_new_firm(
    law: Lawbook, answers: Any, state: State
) -> None:
    asked = project(**{"place": "park", "state_land": False, "lease_on": date(2027, 1, 1),
                       "rent": Decimal(2 * BILLION), **answers})  # fmt: skip
    found = land.cut(asked, law)
    assert found.state is state
    if state is State.APPLIES:
        assert days(found.span) == ("2027-01-01", "2031-12-31")
        assert saved(found) == (3 * BILLION, 10 * BILLION)
        assert found.amount is not None
        assert found.amount.bound is Bound.LEAST
        assert land.relief(asked, law).state is State.RULED_OUT


# --- deposit and credit ---------------------------------------------------------------------------------------------
def test_the_deposit_is_the_one_of_registrations(law: Lawbook) -> None:
    found = money.security(project(deposit_capital=Decimal(500 * BILLION), deposit_reduction=25))
    assert saved(found) == (13 * BILLION // 4, 13 * BILLION)
    assert [(one.name, one.value) for one in found.figures] == [("deposit_due", Decimal(9_750_000_000))]
    assert money.security(project(state_land=False, deposit_capital=Decimal(1))).state is State.RULED_OUT


def test_state_credit_has_a_ceiling_own_capital_and_a_lowest_rate(law: Lawbook) -> None:
    asked = project(investment=Decimal(100 * BILLION), market_rate=Decimal(8))
    found = money.state_credit(asked, law)
    assert {one.name: one.value for one in found.figures} == {
        "loan_most": 70 * BILLION, "own_least": 20 * BILLION, "rate_least": Decimal("6.8"),
    }  # fmt: skip
    assert saved(found) == (840_000_000, 5_600_000_000)
    assert saved(money.state_credit(replace(asked, loan=Decimal(50 * BILLION)), law))[0] == 600_000_000
    own = replace(asked, own_capital=Decimal(40 * BILLION))
    assert {one.name: one.value for one in money.state_credit(own, law).figures}["loan_most"] == 60 * BILLION
    short = money.state_credit(replace(asked, own_capital=Decimal(20 * BILLION - 1)), law)
    assert (short.state, short.notes) == (State.RULED_OUT, ("The own capital is below 20 % of the investment.",))


def test_the_guaranteed_loan_is_unsure_today_and_had_conditions_before(law: Lawbook) -> None:
    asked = project(investment=Decimal(100 * BILLION), loan=Decimal(60 * BILLION), collateral=Decimal(9 * BILLION),
                    size="sme")  # fmt: skip
    assert money.guarantee(asked, law).state is State.UNSURE
    before = replace(asked, on=date(2025, 8, 31))
    found = money.guarantee(before, law)
    assert {one.name: one.value for one in found.figures}["collateral_least"] == 9 * BILLION
    for wrong in ({"collateral": Decimal(9 * BILLION - 1)}, {"size": "large"}, {"own_capital": Decimal(1)}):
        assert money.guarantee(replace(before, **wrong), law).state is State.RULED_OUT


def test_one_interest_support_for_one_project(law: Lawbook) -> None:
    asked = project(loan=Decimal(50 * BILLION), size="sme", value_chain=True, green=True)
    found = money.interest(asked, law)
    assert [basis.code for basis in found.bases] == ["credit-chain"]
    assert saved(found)[0] == BILLION
    assert found.amount is not None
    assert found.amount.whole is None
    assert saved(money.interest(replace(asked, market_rate=Decimal(1)), law)) == (BILLION // 2, BILLION // 2)
    assert "only the one named here" in found.notes[1]
    assert money.interest(replace(asked, value_chain=False), law).state is State.UNSURE
    assert money.interest(replace(asked, size="large", green=False), law).state is State.RULED_OUT
    assert money.interest(project(), law).missing == ("loan", "value_chain")


# --- together -------------------------------------------------------------------------------------------------------
def test_two_days_are_enough_and_every_measure_keeps_its_own_clock(law: Lawbook) -> None:
    asked = project(place="park", state_land=True, lease_on=date(2027, 1, 1), production_on=date(2028, 3, 1),
                    certificate_year=2027, profit=Decimal(100 * BILLION))  # fmt: skip
    found = timeline_for(asked, law)
    assert {one.code: days(one.span) for one in found.measures if one.span} == {
        Code.TAX_RATE: ("2028-01-01", "2042-12-31"), Code.TAX_EXEMPT: ("2028-01-01", "2031-12-31"),
        Code.TAX_HALF: ("2032-01-01", "2040-12-31"), Code.DUTY_ASSETS: ("2027-01-01", "2028-02-29"),
        Code.DUTY_MATERIALS: ("2028-03-01", "2033-02-28"), Code.LAND_BUILDING: ("2027-01-01", "2028-02-29"),
        Code.LAND_RELIEF: ("2028-03-01", "2043-02-28"),
    }  # fmt: skip
    assert sum(saved(one)[0] for one in found.measures if one.code.startswith("tax")) == 235 * BILLION
    milestones = {(task.kind, str(task.day)) for task in found.milestones}
    assert {
        (Kind.LEASE, "2027-01-01"), (Kind.FILING, "2027-01-01"), (Kind.PRODUCTION, "2028-03-01"),
        (Kind.CERTIFICATE_REPORT, "2028-04-15"), (Kind.STOCK, "2033-03-30"), (Kind.DUTY_REPORT, "2029-03-31"),
        (Kind.RENT_NOTICE, "2042-09-01"),
    } <= milestones  # fmt: skip
    assert found.years == (2027, 2043)
    assert timeline_for(asked, law) == found


def test_the_years_of_income_tax_are_those_of_the_catalogue(law: Lawbook) -> None:
    asked = project(production_on=date(2028, 3, 1))
    RULES.filter(code="cit-a", version="320/2025").update(
        limits={"rate": "10", "rate_years": "12", "exempt": "4", "half": "6"}
    )
    before, after = (timeline_for(asked, one).measure(Code.TAX_RATE) for one in (law, law_kept()))
    assert before
    assert after
    assert [days(one.span) for one in (before, after)] == [("2028-01-01", "2042-12-31"), ("2028-01-01", "2039-12-31")]


def test_unsure_rules_give_neither_days_nor_amounts_anywhere(law: Lawbook) -> None:
    RULES.filter(kind__in=("IMPORT_DUTY_FA", "IMPORT_DUTY_MAT", "LAND_RENT", "CREDIT")).update(
        confidence="unsure", amount_vi="", amount_en=""
    )
    asked = in_park(production_on=date(2029, 7, 1), group="AUTOMOBILE", investment=Decimal(10), loan=Decimal(5),
                    value_chain=True, assets_value=Decimal(1), assets_rate=Decimal(1), rent=Decimal(1))  # fmt: skip
    for one in timeline_for(asked, law_kept()).measures:
        if not one.code.startswith("tax") and one.code is not Code.LAND_CUT:
            assert one.state in (State.UNSURE, State.MISSING, State.RULED_OUT), one
            assert (one.span, one.lost, one.amount, one.figures) == (None, None, None, ())


def test_limits_that_cannot_be_read_give_no_amount() -> None:
    rule = RULES.get(code="duty-materials")
    for limits in (
        {"years": "soon", "percent": "100"}, {}, {"years": "NaN", "percent": "100"}, {"percent": "100"},
        {"years": "100000", "percent": "100"}, {"years": "5", "percent": "101"}, {"cases": 5},
    ):  # fmt: skip
        RULES.filter(pk=rule.pk).update(limits=limits)
        assert duty.materials(project(production_on=date(2028, 3, 1)), law_kept()).state is State.UNSURE


def test_figures_that_a_later_version_states_are_added_and_an_administrators_own_stay() -> None:
    RULES.filter(code="land-park").update(limits={"years": "14"})
    load_incentives_reference()
    limits = RULES.get(code="land-park").limits
    assert (limits["years"], limits["percent"], limits["notice_months"]) == ("14", "100", "6")
    assert PolicyRule.objects.get(code="land-park").history.count() == 1


def test_terms_count_whole_years_and_days_of_the_year_begun() -> None:
    assert add_years(date(2028, 2, 29), 5) == date(2033, 3, 1)
    assert add_months(date(2031, 8, 31), -6) == date(2031, 2, 28)
    assert over(Span(date(2027, 1, 1), date(2027, 3, 14)), Decimal(365)) == 73
    assert over(term(date(2028, 2, 29), 5), Decimal(10), Decimal(30)) == 15
    with pytest.raises(ValueError, match="ends after it begins"):
        Span(date(2027, 1, 2), date(2027, 1, 1))
