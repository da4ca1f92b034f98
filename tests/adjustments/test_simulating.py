"""The same change means something else under the law of another day, and every figure of the answer is reckoned."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from django.utils import translation

from adjustments.content import changes
from adjustments.periods import period
from adjustments.rules.change import Change
from adjustments.rules.law import SLOWEST, TRIGGERS, Rule, fired, rules
from adjustments.simulating import Line, Simulation, simulate
from adjustments.starting import Today, Typed, of_project, of_typed
from adjustments.structure import Aim, spread
from adjustments.wanting import Wanted
from adjustments.wording import MARKS, headline
from cases.models import Case
from projects.shape import as_data, hydrated
from tests.adjustments.factories import licensed_project
from tests.walk import Cast

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
OLD, NEW = date(2026, 2, 28), date(2026, 3, 1)
OLDEST = date(2025, 9, 30)
MILLION = Decimal(1_000_000)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def typed(**more: Any) -> Today:
    """USD 100 million: 30 contributed, 70 mobilised, in Trang Due industrial park."""
    amounts = {"total_capital_usd": 100 * MILLION, "contributed_usd": 30 * MILLION, "mobilised_usd": 70 * MILLION}
    return of_typed(Typed(**{"amounts": amounts, "place": "IP-TD1"} | more))


def tried(on: date, total: Any = None, today: Today | None = None, **more: Any) -> Simulation:
    amounts = more.pop("amounts", {}) | ({"total_capital_usd": total * MILLION} if total is not None else {})
    return simulate(today or typed(), Wanted(amounts, **more), on)


def codes(found: Simulation) -> dict[str, str]:
    return {one.rule.code: one.rule.clause for one in found.law.rules}


def by_path(lines: tuple[Line, ...]) -> dict[str, Line]:
    return {line.path: line for line in lines}


# --- the law of two days --------------------------------------------------------------------------------------------
def test_a_fifth_more_capital_of_an_approved_project_wants_the_approval_first_until_february_2026() -> None:
    old, new = (tried(on, 125, approved=True) for on in (OLD, NEW))
    assert codes(old)["approval-capital-20"] == "L61 41(3)c"
    sentence = next(one.sentence for one in old.law.rules if one.rule.code == "approval-capital-20")
    assert "changes by +25.0 %, which is 20 % or more" in sentence
    assert (old.law.procedure_code, old.law.working_days) == ("irc-adjust-approved", 5)
    assert "approval-capital-20" not in codes(new)
    assert (new.law.procedure_code, new.law.working_days) == ("irc-adjust", 7)
    assert codes(new)["adjust-standard"] == "L143 33(2); D96 56(2)"
    assert headline(old).startswith("The in-principle approval has to be adjusted first.")


@pytest.mark.parametrize(("total", "first"), [("120", True), ("119.99", False), ("80", True), ("80.01", False)])
def test_the_fifth_is_met_to_the_cent_upwards_and_downwards(total: str, first: bool) -> None:
    assert ("approval-capital-20" in codes(tried(OLD, Decimal(total), approved=True))) is first


def test_without_an_approval_in_principle_the_fifth_means_nothing() -> None:
    assert "approval-capital-20" not in codes(tried(OLD, 300, approved=False))


@pytest.mark.parametrize(
    ("on", "days", "clause", "due"),
    [
        (OLDEST, 10, "L61 41; D31 47(2)", date(2025, 10, 14)),
        (OLD, 7, "L61 41; D31 47(2); D239", date(2026, 3, 10)),
        (NEW, 7, "L143 33(2); D96 56(2)", date(2026, 3, 10)),
        (date(2026, 11, 20), 7, "L143 33(2); D96 56(2)", date(2026, 12, 2)),
        (TODAY, 7, "L143 33(2); D96 56(2)", date(2026, 12, 3)),
    ],
)
def test_days_clause_and_due_day_are_those_of_the_law_of_the_day(on: date, days: int, clause: str, due: date) -> None:
    found = tried(on, 110)
    assert (found.law.working_days, codes(found)["adjust-standard"], found.due_on) == (days, clause, due)


@pytest.mark.parametrize(
    ("on", "clause", "due"), [(OLD, "L61 36a; D19/2025", date(2026, 3, 20)), (NEW, "D96 47(5), 48", date(2026, 3, 20))]
)
def test_the_special_procedure_takes_15_days_for_any_change(on: date, clause: str, due: date) -> None:
    found = tried(on, 110, special=True)
    assert (found.law.procedure_code, found.law.working_days, found.due_on) == ("irc-adjust-special", 15, due)
    assert codes(found)["adjust-special"] == clause


@pytest.mark.parametrize(
    ("later", "old", "new"),
    [(date(2027, 6, 30), False, False), (date(2027, 12, 31), True, False), (date(2028, 12, 31), True, True)],
)
def test_a_later_completion_wants_the_approval_after_12_months_then_after_24(later: date, old: bool, new: bool) -> None:
    today = typed(completion_on=date(2026, 7, 1))
    found = [codes(tried(on, today=today, approved=True, completion_on=later)) for on in (OLD, NEW)]
    assert ["approval-schedule" in one for one in found] == [old, new]
    assert ["schedule-no-exception" in one for one in found] == [False, new]


def test_an_excepted_case_lifts_the_block_on_a_later_completion() -> None:
    today, later = typed(completion_on=date(2026, 7, 1)), date(2029, 7, 1)
    excused = tried(NEW, today=today, approved=True, completion_on=later, exception="force_majeure")
    assert "schedule-no-exception" not in codes(excused)
    too_little = tried(NEW, 119, today=today, approved=True, completion_on=later, exception="capital_20")
    assert "schedule-no-exception" in codes(too_little)
    enough = tried(NEW, 120, today=today, approved=True, completion_on=later, exception="capital_20")
    assert "schedule-no-exception" not in codes(enough)


def test_each_side_of_the_first_of_march_shows_what_the_other_law_would_say() -> None:
    new, old, oldest = (tried(on, 125, approved=True) for on in (TODAY, OLD, OLDEST))
    assert new.later is None
    assert new.earlier is not None
    assert (new.earlier.valid_to, new.earlier.working_days) == (OLD, 5)
    assert "approval-capital-20" in {one.rule.code for one in new.earlier.only_here(new.law)}
    assert "expansion-incentives" in {one.rule.code for one in new.law.only_here(new.earlier)}
    assert old.later is not None
    assert (old.later.valid_from, old.later.working_days) == (NEW, 7)
    assert oldest.later is not None
    assert oldest.later.valid_from == date(2025, 10, 1)
    assert period(TODAY) == (NEW, None)


# --- figures --------------------------------------------------------------------------------------------------------
def test_only_a_new_total_keeps_the_proportion_and_says_so() -> None:
    found = tried(TODAY, 125)
    parts = by_path(found.parts)
    assert (parts["contributed_usd"].after, parts["mobilised_usd"].after) == (Decimal("37500000"), Decimal("87500000"))
    assert (parts["contributed_usd"].difference, parts["contributed_usd"].percent) == (Decimal("7500000"), Decimal(25))
    assert any("keep the proportion they have today" in note for note in found.notes)
    assert found.problems == ()


def test_a_project_of_the_portal_is_taken_whole_in_both_currencies() -> None:
    cast = Cast()
    project = licensed_project(cast.organisation)
    found = tried(TODAY, 1549, today=of_project(project, cast["observer"]))
    totals = by_path(found.totals)
    assert (totals["total_capital_usd"].before, totals["total_capital_usd"].difference) == (
        549 * MILLION,
        1000 * MILLION,
    )
    assert totals["total_capital_vnd"].after == Decimal(40_274_000_000_000)
    assert round(totals["total_capital_usd"].percent or 0, 1) == Decimal("182.1")
    investor = by_path(found.investors)["investors.LG INNOTEK CO., LTD..contribution_usd"]
    assert (investor.before, investor.after) == (Decimal("181170000"), Decimal("511170000"))
    phases = [line.after for line in found.phases if line.currency == "USD"]
    assert phases == [Decimal("619600000"), Decimal("929400000")]
    assert found.authority is not None
    assert found.authority.code == "HEZA"
    assert {paper.code for paper in found.papers if paper.needed} == {"dc3", "c"}
    assert {paper.code for paper in found.papers if paper.printed} == {"dc1", "dc2"}
    assert (found.intent, found.source) == ("increase", "certificate")


def test_somebody_else_gets_what_the_register_shows_and_no_investor() -> None:
    cast = Cast()
    project = licensed_project(cast.organisation)
    found = tried(TODAY, 1549, today=of_project(project, cast["outsider"]))
    assert (found.source, found.investors, found.phases) == ("register", (), ())
    assert by_path(found.totals)["total_capital_usd"].difference == 1000 * MILLION
    assert any("public register" in note for note in found.notes)
    assert of_project(project, cast["appraiser"]).source == "certificate"


def test_a_new_investor_raises_contribution_and_total_and_calls_for_its_papers() -> None:
    cast = Cast()
    project = licensed_project(cast.organisation)
    aim = Aim("HP Partners", {"usd": Decimal("50000000")})
    found = simulate(of_project(project, cast["owner"]), Wanted(investors=(aim,)), TODAY)
    assert by_path(found.totals)["total_capital_usd"].after == Decimal("599000000")
    assert by_path(found.parts)["contributed_usd"].after == Decimal("231170000")
    assert by_path(found.investors)["investors.HP Partners.contribution_usd"].before is None
    row = next(row for row in found.asked["investors"] if row["name"] == "HP Partners")
    assert row["share_percent"] == "21.6291"
    assert row["contribution_vnd"] == "1300000000000"
    assert "b" in {paper.code for paper in found.papers if paper.needed}


def test_an_investor_who_contributes_nothing_any_more_leaves() -> None:
    aims = (Aim("A", {"usd": Decimal(0)}), Aim("B", {"usd": 30 * MILLION}))
    rows = tuple((name, {"usd": 15 * MILLION}) for name in ("A", "B"))
    found = simulate(typed(investors=rows), Wanted(investors=aims), TODAY)
    assert [row["name"] for row in found.asked["investors"]] == ["B"]
    assert by_path(found.totals)["total_capital_usd"].difference == 0
    assert by_path(found.investors)["investors.A.contribution_usd"].difference == -15 * MILLION


def test_the_deposit_follows_the_slices_where_the_state_gives_the_land() -> None:
    amounts = {"total_capital_usd": 10 * MILLION}
    today = of_typed(Typed(amounts=amounts, exchange_rate=Decimal(25_000), place="IP-TD1"))
    found = tried(TODAY, 20, today=today, state_land=True)
    assert found.deposit is not None
    assert (found.deposit.before, found.deposit.after) == (Decimal(7_500_000_000), Decimal(13_000_000_000))
    assert (found.deposit.difference, found.deposit.clause) == (Decimal(5_500_000_000), "D96 27(9c), 27(11)")
    assert tried(TODAY, 20, today=today, state_land=False).deposit is None


@pytest.mark.parametrize(
    ("amounts", "sentence"),
    [
        ({"contributed_usd": 50, "mobilised_usd": 70, "retained_usd": 0},
         "Capital: what was typed adds up to USD 120,000,000, USD 5,000,000 less than USD 125,000,000."),
        ({"contributed_usd": 130},
         "Capital: what was typed adds up to USD 130,000,000, USD 5,000,000 more than USD 125,000,000."),
    ],
)  # fmt: skip
def test_parts_that_do_not_add_up_are_told_with_their_figures(amounts: dict[str, int], sentence: str) -> None:
    found = tried(TODAY, 125, amounts={name: value * MILLION for name, value in amounts.items()})
    assert len(found.problems) == 1
    assert sentence in found.problems[0]


def test_a_decrease_below_what_is_paid_in_or_certified_is_told_with_the_figures() -> None:
    paid = tried(TODAY, 80, paid_in={"usd": 29 * MILLION})
    assert "lowered to USD 24,000,000: USD 29,000,000 have been paid in already, which is USD 5,000,000" in str(
        paid.problems
    )
    below = tried(TODAY, 20)
    assert "USD 20,000,000 is USD 10,000,000 less than the contributed capital" in str(below.problems)
    assert codes(below)["company-law-decrease"] == "LDN 68, 87, 112"
    assert tried(TODAY, 80, paid_in={"usd": 24 * MILLION}).problems == ()


def test_a_year_without_calendar_is_said_and_not_guessed() -> None:
    found = tried(date(2027, 12, 28), 110)
    assert found.due_on is None
    assert "The working-day calendar of 2028 has not been entered yet." in found.notes
    assert found.law.working_days == 7
    assert "7 working days" in headline(found)


def test_nothing_typed_is_nothing_changed() -> None:
    found = tried(TODAY, 100)
    assert found.changes_nothing
    assert (found.law.rules, found.law.procedure, found.papers) == ((), None, ())
    assert len(found.problems) == 1


def test_land_place_term_and_objectives_are_told_and_found_by_the_rules() -> None:
    today = typed(land_area_m2=Decimal(100_000), term_years=40)
    found = tried(TODAY, today=today, approved=True, state_land=True, land_area_m2=Decimal(120_000), place="outside",
                  term_years=45, objectives=("2610",))  # fmt: skip
    wanted = {"approval-area", "approval-location", "approval-term", "approval-objective", "market-access"}
    assert wanted <= set(codes(found))
    assert {fact.path for fact in found.facts} >= {"land_area_m2", "term_years", "location", "objectives"}
    assert found.authority is not None
    assert found.authority.code == "DOF"
    assert "dd" in {paper.code for paper in found.papers if paper.needed}


def test_a_place_nobody_named_leaves_the_authority_open() -> None:
    found = tried(TODAY, 110, today=typed(place=""))
    assert found.authority is None
    assert any("authority" in note for note in found.notes)


@pytest.mark.parametrize("total", ["100", "0.01", "99999999999.99"])
def test_a_division_loses_no_cent(total: str) -> None:
    before = {"a": Decimal(10), "b": Decimal(10), "c": Decimal(10)}
    assert sum(spread(Decimal(total), {}, before, "usd").values()) == Decimal(total)


# --- the table of rules ---------------------------------------------------------------------------------------------
HOLE = re.compile(r"%\((\w+)\)s")


def content(**answers: Any) -> dict[str, Any]:
    phases = [{"operation_on": "2026-07-01"}]
    return as_data(hydrated({"total_capital_vnd": "100000000000", "phases": phases} | answers, Case(pk=0)))


def change(before: dict[str, Any], after: dict[str, Any], **said: Any) -> Change:
    one, other = content(**before), content(**before | after)
    return Change(hydrated(one, Case(pk=0)), hydrated(other, Case(pk=0)), changes(one, other), **said)


def every_trigger() -> Iterator[Change]:
    """Changes that set off every trigger of the table."""
    approved = {"approval_number": "1/CT", "state_land": True, "land_area_m2": "1000.00", "term_years": 40}
    yield change({}, {"project_name": "X"}, restated=True)
    yield change({"special_procedure": True}, {"total_capital_vnd": "1"})
    yield change(approved, {
        "total_capital_vnd": "200000000000", "land_area_m2": "9000.00", "location": "outside", "term_years": 50,
        "phases": [{"operation_on": "2031-07-01"}], "investors": [{"name": "A"}], "objectives": [{"vsic_code": "2610"}],
    })  # fmt: skip
    yield change({"state_land": False}, {"state_land": True})
    yield change({}, {"total_capital_vnd": "50000000000"})


def test_every_row_of_the_table_of_rules_is_complete_and_says_its_figures_in_both_languages() -> None:
    seen: dict[tuple[str, date], set[str]] = {}
    for one in every_trigger():
        for rule in rules():
            for applying in fired(one, rule.valid_from):
                seen[(applying.rule.code, applying.rule.valid_from)] = set(applying.figures)
    wrong = [(rule.code, rule.valid_from, why) for rule in rules() for why in faults(rule, seen)]
    assert wrong == []


def faults(rule: Rule, seen: dict[tuple[str, date], set[str]]) -> Iterator[str]:
    """What is wrong with a row."""
    holes = [set(HOLE.findall(text)) for text in (rule.text_vi, rule.text_en)]
    if rule.trigger not in TRIGGERS:
        yield "no such trigger"
    if not (rule.clause and rule.text_vi and rule.text_en):
        yield "no clause or no words"
    if rule.effect not in {"class", "approval", "block", "warn", "info"}:
        yield "unknown effect"
    if rule.rule_class not in {"", *SLOWEST} or bool(rule.rule_class) != (rule.effect == "class"):
        yield "unknown class"
    if rule.mark not in MARKS:
        yield "unknown mark"
    if holes[0] != holes[1]:
        yield "the languages have different holes"
    if (rule.code, rule.valid_from) not in seen:
        yield "no change of this test sets it off"
    elif not holes[0] <= seen[(rule.code, rule.valid_from)]:
        yield "a hole its trigger does not fill"


def test_the_days_of_one_rule_never_overlap() -> None:
    by_code: dict[str, list[Rule]] = defaultdict(list)
    for rule in rules():
        by_code[rule.code].append(rule)
    for rows in by_code.values():
        ordered = sorted(rows, key=lambda rule: rule.valid_from)
        assert all(rule.valid_to is None or rule.valid_from <= rule.valid_to for rule in ordered)
        for first, second in pairwise(ordered):
            assert first.valid_to is not None
            assert first.valid_to < second.valid_from, first.code


def test_two_investors_of_one_name_are_kept_apart() -> None:
    rows = (("A", {"usd": 10 * MILLION}), ("A", {"usd": 20 * MILLION}))
    found = tried(TODAY, 200, today=typed(investors=rows))
    assert [(line.label, line.after) for line in found.investors] == [("A (1)", 20 * MILLION), ("A (2)", 40 * MILLION)]


def test_investors_who_do_not_make_up_the_contributed_capital_and_unknown_phases_are_told() -> None:
    rows = (("A", {"usd": 10 * MILLION}), ("B", {"usd": 20 * MILLION}))
    aims = (Aim("A", {"usd": 20 * MILLION}), Aim("B", {"usd": 25 * MILLION}))
    found = tried(TODAY, 120, today=typed(investors=rows), investors=aims, amounts={"contributed_usd": 40 * MILLION})
    assert (
        "Investors: what was typed adds up to USD 45,000,000, USD 5,000,000 more than USD 40,000,000." in found.problems
    )
    found = tried(TODAY, 120, phases=(Aim("9", {"usd": MILLION}),))
    assert "The project has no phase 9." in found.problems


def test_dong_alone_are_enough_and_follow_no_rate_they_do_not_have() -> None:
    amounts = {"total_capital_vnd": 900_000 * MILLION, "contributed_vnd": 900_000 * MILLION}
    found = simulate(of_typed(Typed(amounts=amounts)), Wanted({"total_capital_vnd": 990_000 * MILLION}), TODAY)
    assert [(line.path, line.difference) for line in found.totals] == [("total_capital_vnd", 90_000 * MILLION)]
    assert by_path(found.parts)["contributed_vnd"].percent == 10


@pytest.mark.parametrize("on", [date(1, 1, 1), date(2015, 1, 1), date(2021, 1, 2), date(9999, 12, 31)])
def test_days_far_away_are_answered_with_what_is_known(on: date) -> None:
    found = tried(on, 125, approved=True)
    assert found.due_on is None
    assert found.totals[0].difference == 25 * MILLION


def test_figures_of_today_that_cannot_be_are_told() -> None:
    amounts = {"total_capital_usd": 100 * MILLION, "contributed_usd": 70 * MILLION, "mobilised_usd": 70 * MILLION}
    found = tried(TODAY, 125, today=typed(amounts=amounts))
    sentence = "Capital today: what was typed adds up to USD 140,000,000, USD 40,000,000 more than USD 100,000,000."
    assert found.problems == (sentence,)
