"""Eligibility by the law of a day: never "not met" for want of an answer, the authority decides where law is open."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incentives.eligibility.answer import Answer, answer, ask
from incentives.eligibility.conditions import QUESTIONS_OF, TESTS
from incentives.eligibility.facts import QUESTIONS, Facts
from incentives.eligibility.finding import Found, find
from incentives.eligibility.states import State, all_of, any_of
from incentives.models import PolicyRule, SupportedProduct
from incentives.policies import CONDITIONS

pytestmark = pytest.mark.django_db
TODAY, EARLIER = date(2026, 11, 24), date(2025, 8, 31)
GOOD = Facts(
    new_equipment=True, ready=True, supply_evidence=True, high_technology=True, made_in_vietnam="not_yet",
    project_type="new",
)  # fmt: skip


@pytest.fixture(autouse=True)
def english() -> Any:
    with translation.override("en"):
        yield


def asked(text: str = "ELEC-03", facts: Facts = GOOD, on: date = TODAY) -> Answer:
    found = ask(text, facts, on)
    assert found is not None
    return found


def states(found: Answer) -> dict[str, str]:
    return {one.rule.code: str(one.state) for one in found.conditions}


def why(found: Answer, code: str) -> str:
    return next(one.why for one in found.conditions if one.rule.code == code)


# --- the law of the day ---------------------------------------------------------------------------------------------
def test_the_four_conditions_of_decree_205_with_what_only_the_authority_can_confirm() -> None:
    found = asked()
    assert states(found) == {
        "product": "met", "technology": "officer_decides", "readiness": "officer_decides",
        "supplier": "officer_decides", "c1": "met", "c2": "met", "new-project": "met",
    }  # fmt: skip
    assert (found.state, found.income_tax) == (State.OFFICER_DECIDES, State.OFFICER_DECIDES)
    assert found.sentence.startswith("Nothing you answered speaks against")
    for code in ("technology", "readiness", "supplier"):
        assert "to be confirmed by the authority" in why(found, code)


def test_before_september_2025_the_conditions_of_decree_111_and_circular_55() -> None:
    found = asked(on=EARLIER)
    assert list(states(found)) == ["product", "project", "standard", "c1", "c2"]
    assert (found.state, found.income_tax) == (State.MET, State.MET)
    assert {one.rule.version for one in found.certificate_conditions} == {"L2015", "111/2015", "55/2015"}
    assert list(states(asked(on=date(2025, 9, 1))))[:4] == ["product", "technology", "readiness", "supplier"]


def test_what_an_official_confirmed_is_met_or_not_met_by_the_answers() -> None:
    PolicyRule.objects.filter(code__in=("technology", "readiness", "supplier")).update(
        confirmed_on=TODAY, confirmed_by="Ms Hà"
    )
    assert asked().state is State.MET
    assert {one.mark for one in asked().certificate_conditions if one.rule.code != "product"} == {"confirmed"}
    assert states(asked(facts=replace(GOOD, new_equipment=False)))["technology"] == "not_met"
    assert states(asked(facts=replace(GOOD, supply_evidence=False)))["supplier"] == "evidence_missing"


def test_no_law_is_invented_for_a_day_before_the_first_one() -> None:
    assert ask("ELEC-03", GOOD, date(2015, 12, 31)) is None


def test_every_condition_of_the_catalogue_has_its_test_and_its_questions() -> None:
    codes = set(PolicyRule.objects.filter(kind__in=CONDITIONS).values_list("code", flat=True))
    assert codes == set(TESTS) == set(QUESTIONS_OF)
    assert {name for names in QUESTIONS_OF.values() for name in names} <= {"product", *(q.name for q in QUESTIONS)}


def test_a_condition_that_an_administrator_adds_is_left_to_the_authority() -> None:
    PolicyRule.objects.create(
        code="local-share", kind="CERTIFICATE_CONDITION", version="1/2026", valid_from=date(2026, 1, 1),
        clock_basis="coi_date", decided_by="MOIT", clause_vi="x", clause_en="x", name_vi="x", name_en="x",
        text_vi="x", text_en="x", source="x", confidence="seen",
    )  # fmt: skip
    assert states(asked())["local-share"] == "officer_decides"


# --- the product ----------------------------------------------------------------------------------------------------
def test_a_line_of_the_2015_list_says_that_its_place_on_the_new_list_is_unchecked() -> None:
    assert "to be confirmed by the authority" in why(asked(), "product")
    assert asked().certificate_conditions[0].mark == "unsure"
    assert "to be confirmed" not in why(asked(on=EARLIER), "product")
    assert asked(on=EARLIER).certificate_conditions[0].mark == "seen"
    SupportedProduct.objects.filter(code="ELEC-03").update(confirmed_on=TODAY, confirmed_by="Ms Hà")
    assert "to be confirmed" not in why(asked(), "product")
    assert asked().certificate_conditions[0].mark == "confirmed"


def test_a_line_whose_wording_is_unsure_is_the_authoritys_to_confirm() -> None:
    unsure = SupportedProduct.objects.filter(confidence="unsure")
    assert unsure
    for product in unsure:
        assert states(asked(product.code))["product"] == "officer_decides"


def test_a_line_that_ended_is_not_met_with_its_day() -> None:
    SupportedProduct.objects.filter(code="ELEC-03").update(valid_to=EARLIER)
    assert states(asked(on=EARLIER))["product"] == "met"
    found = asked()
    assert (states(found)["product"], states(found)["c1"], states(found)["c2"]) == ("not_met", "not_met", "not_met")
    assert "is not on the list of L2025" in why(found, "product")


def test_an_unknown_product_ends_in_not_on_the_list_with_the_three_nearest_lines() -> None:
    found = asked("nhựa nguyên sinh PVC")
    assert found.state is State.NOT_MET
    assert "is not on the list of L2025" in why(found, "product")
    assert len(found.found.nearest) == 3
    assert all(one.code in why(found, "product") for one in found.found.nearest)
    assert "is not on the list of L2015" in why(asked("nhựa nguyên sinh PVC", on=EARLIER), "product")


# --- c1 and c2 ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("made", "now", "earlier"),
    [
        (None, "evidence_missing", "evidence_missing"), ("not_yet", "met", "met"),
        ("certified", "officer_decides", "met"), ("uncertified", "evidence_missing", "evidence_missing"),
        ("below_standard", "not_met", "not_met"), ("no_standard", "officer_decides", "officer_decides"),
    ],
)  # fmt: skip
def test_c2_by_the_answer_and_the_day(made: str | None, now: str, earlier: str) -> None:
    facts = replace(GOOD, made_in_vietnam=made)
    assert (states(asked(facts=facts))["c2"], states(asked(facts=facts, on=EARLIER))["c2"]) == (now, earlier)


def test_c2_names_the_day_of_its_law() -> None:
    assert "on 1 Oct 2025" in why(asked(), "c2")
    assert "on 1 Jan 2015" in why(asked(on=date(2025, 9, 30)), "c2")
    assert "on 1 Oct 2025" in why(asked(on=date(2025, 10, 1)), "c2")


def test_one_of_c1_and_c2_is_enough() -> None:
    no_high = replace(GOOD, high_technology=False)
    assert asked(facts=no_high, on=EARLIER).income_tax is State.MET
    assert asked(facts=replace(no_high, made_in_vietnam="below_standard"), on=EARLIER).income_tax is State.NOT_MET
    assert asked(facts=replace(no_high, made_in_vietnam=None), on=EARLIER).income_tax is State.EVIDENCE_MISSING


def test_a_high_technology_line_is_not_refused_c2_but_left_to_the_authority() -> None:
    assert states(asked("HT-01"))["c2"] == "officer_decides"


def test_a_takeover_is_no_new_project_and_an_expansion_has_rules_of_its_own() -> None:
    assert asked(facts=replace(GOOD, project_type="takeover")).income_tax is State.NOT_MET
    found = asked(facts=replace(GOOD, project_type="expansion_20"))
    codes = {benefit.rule.code for benefit in found.benefits}
    assert "cit-expansion" in codes
    assert "cit-a" not in codes


@pytest.mark.parametrize(
    ("kind", "fresh", "state"),
    [
        ("new", None, "met"), ("expansion_20", None, "evidence_missing"), ("expansion_20", True, "met"),
        ("expansion_20", False, "not_met"), ("expansion_less", True, "not_met"), (None, True, "evidence_missing"),
        ("takeover", True, "officer_decides"),
    ],
)  # fmt: skip
def test_expansions_under_the_old_law_need_new_equipment_and_a_fifth_more(
    kind: str | None, fresh: bool | None, state: str
) -> None:
    facts = replace(GOOD, project_type=kind, new_equipment=fresh)
    assert states(asked(facts=facts, on=EARLIER))["project"] == state


# --- what there is to get -------------------------------------------------------------------------------------------
def test_level_a_shows_its_figures_and_what_is_unsure_shows_none() -> None:
    found = {b.rule.code: b for b in asked(facts=replace(GOOD, place="ez", state_land=True)).benefits}
    assert found["cit-a"].rule.amount == "10% for 15 years; 4 years exempt, then 9 years at half"
    assert found["cit-b"].rule.amount.startswith("17% for 10 years")
    assert found["land-zone"].rule.amount == ""
    assert "to be confirmed by the authority" in found["land-zone"].rule.text
    unsure = [b for b in found.values() if b.rule.confidence == "unsure"]
    assert len(unsure) >= 5
    assert all(b.rule.amount == "" for b in unsure)


def test_a_project_in_a_park_gets_no_location_level_and_fifteen_years_of_land_rent() -> None:
    found = {b.rule.code: b for b in asked(facts=replace(GOOD, place="park", state_land=True)).benefits}
    assert "cit-b" not in found
    assert found["land-park"].rule.amount == "15 years"
    assert found["land-park"].open_questions == ()


def test_an_incentive_names_the_questions_on_which_it_depends() -> None:
    found = {b.rule.code: b for b in asked().benefits}
    assert [q.name for q in found["land-park"].open_questions] == ["place", "state_land"]


def test_the_car_programme_is_for_car_products_only() -> None:
    assert "duty-auto" in {b.rule.code for b in asked("AUTO-03").benefits}
    assert "duty-auto" not in {b.rule.code for b in asked("ELEC-03").benefits}
    assert "duty-auto" not in {b.rule.code for b in asked("AUTO-03", on=date(2028, 1, 1)).benefits}


def test_without_the_certificate_nothing_that_needs_it_is_promised() -> None:
    found = asked("đất hiếm chưa chế biến")
    assert found.state is State.NOT_MET
    assert {b.rule.needs for b in found.benefits} == {"nothing"}


# --- properties -----------------------------------------------------------------------------------------------------
CHOICES: dict[str, st.SearchStrategy[Any]] = {
    question.name: st.sampled_from([None, *(value for value, _label in question.choices)]) for question in QUESTIONS
}
DAYS = st.sampled_from([date(2016, 1, 1), EARLIER, date(2025, 9, 1), date(2025, 9, 30), date(2025, 10, 1), TODAY])
PRODUCTS = st.sampled_from(["", "ELEC-03", "HT-01", "MECH-06", "dây", "xi măng"])
EASY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def catalogue() -> tuple[list[PolicyRule], list[SupportedProduct]]:
    PolicyRule.objects.filter(code="technology").update(confirmed_on=TODAY, confirmed_by="Ms Hà")
    return list(PolicyRule.objects.order_by("position")), list(SupportedProduct.objects.all())


def judge(catalogue: Any, text: str, facts: Facts, on: date) -> Answer:
    rules, products = catalogue
    law = [rule for rule in rules if rule.valid_from <= on and (rule.valid_to is None or on <= rule.valid_to)]
    found = answer(find(text, products, on), facts, law, on)
    assert found is not None
    return found


@EASY
@given(text=PRODUCTS, facts=st.builds(Facts, **CHOICES), on=DAYS)
def test_a_condition_with_no_answer_at_all_is_never_not_met(catalogue: Any, text: str, facts: Facts, on: date) -> None:
    for one in judge(catalogue, text, facts, on).conditions:
        given_answers = [text if name == "product" else getattr(facts, name) for name in QUESTIONS_OF[one.rule.code]]
        if all(value in (None, "") for value in given_answers):
            assert one.state is State.EVIDENCE_MISSING


@EASY
@given(text=PRODUCTS, facts=st.builds(Facts, **CHOICES), on=DAYS, data=st.data())
def test_taking_answers_back_never_makes_a_condition_not_met(
    catalogue: Any, text: str, facts: Facts, on: date, data: Any
) -> None:
    taken = data.draw(st.sets(st.sampled_from([field.name for field in fields(Facts)])))
    fewer = replace(facts, **dict.fromkeys(taken))
    full = {one.rule.code for one in judge(catalogue, text, facts, on).conditions if one.state is State.NOT_MET}
    less = {one.rule.code for one in judge(catalogue, text, fewer, on).conditions if one.state is State.NOT_MET}
    assert less <= full


@EASY
@given(text=PRODUCTS, facts=st.builds(Facts, **CHOICES), on=DAYS)
def test_no_answer_ever_carries_a_figure_of_an_unsure_rule(catalogue: Any, text: str, facts: Facts, on: date) -> None:
    found = judge(catalogue, text, facts, on)
    assert found.benefits
    assert all(b.rule.amount == "" for b in found.benefits if not b.rule.sure)


def test_nothing_answered_is_nothing_refused() -> None:
    found = asked("", Facts())
    assert set(states(found).values()) == {"evidence_missing"}
    assert found.sentence.startswith("It is still open")


def test_states_together() -> None:
    assert all_of([State.MET, State.OFFICER_DECIDES, State.EVIDENCE_MISSING]) is State.EVIDENCE_MISSING
    assert all_of([State.EVIDENCE_MISSING, State.NOT_MET]) is State.NOT_MET
    assert any_of([State.NOT_MET, State.EVIDENCE_MISSING]) is State.EVIDENCE_MISSING
    assert any_of([State.NOT_MET, State.MET]) is State.MET
    assert (all_of([]), any_of([])) == (State.MET, State.NOT_MET)


def test_the_answer_needs_two_queries(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        found = asked("màn hình")
        assert found.sentence
        assert [b.rule.name for b in found.benefits]


def test_the_pure_function_reads_nothing(catalogue: Any, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        rules, products = catalogue
        assert answer(Found("ELEC-03", product=products[0]), GOOD, rules, TODAY) is not None
