"""Which procedure do I need? Every path ends within six questions at something the law of today knows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils.translation import override

from adjustments.rules.law import rules
from cases.calendar import local_date
from cases.procedures import PaperRule, ProcedureVersion
from portal.which.answer import BY_KIND, result
from portal.which.tree import MOST, Walk, questions, walk

pytestmark = pytest.mark.django_db
PAGE, API = "/which-procedure/", "/api/v1/which-procedure/"
TODAY, OLD_LAW, NEW_LAW = date(2026, 11, 24), date(2026, 2, 28), date(2026, 3, 1)
REGISTER = {"want": "register", "who": "foreign", "where": "park_ez"}
KINDS = ("registration", "adjustment", "incentive")
CHANGE = {"want": "change", "site": "zone", "base": "plain"}


def paths(on: date, answers: dict[str, str] | None = None) -> Iterator[Walk]:
    """Every way through the questions under the law of a day."""
    found = walk(answers or {}, on)
    if found.question is None:
        yield found
        return
    for choice in found.question.open_choices(found.given, on):
        yield from paths(on, found.answers | {found.question.code: choice.code})


def get(client: Client, answers: dict[str, str], language: str = "en") -> str:
    client.cookies["django_language"] = language
    answer = client.get(PAGE, answers)
    assert answer.status_code == 200
    return answer.content.decode()


def ask(client: Client, **answers: str) -> dict:
    answer = client.get(API, answers, headers={"accept-language": "en"})
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_every_path_ends_within_six_questions_at_a_procedure_of_today_with_papers() -> None:
    asked, kinds, codes = set(), set(), set()
    ways = list(paths(local_date()))
    for way in ways:
        assert 1 <= len(way.steps) <= MOST == 6, way.answers
        asked |= set(way.answers)
        if way.answers.get("who") != "foreign" and way.answers.get("case", "telecom_press") != "telecom_press":
            continue  # only this case asks who invests: for the others the ways of a foreign investor stand for all
        found = result(way.given, local_date())
        kinds.add(found.kind)
        if found.kind in KINDS:
            assert found.version is not None, way.answers
            assert found.version.code == found.code
            assert found.papers, way.answers
            assert found.authority is not None
            codes.add(found.code)
        elif found.kind == "life":
            assert found.life, way.answers
            assert found.life.grounds
            assert found.authority
    assert kinds == set(BY_KIND)
    assert codes == set(ProcedureVersion.objects.filter(kind__in=KINDS, valid_to=None).values_list("code", flat=True))
    assert set(questions()) - asked == {"share"}  # the law of today asks for no percentage
    assert len(ways) > 500


def test_under_the_earlier_law_every_path_ends_too_and_the_percentage_is_asked() -> None:
    asked = set()
    for way in paths(OLD_LAW):
        assert len(way.steps) <= MOST, way.answers
        asked |= set(way.answers)
        if way.answers.get("who", "foreign") == "foreign":
            assert result(way.given, OLD_LAW).kind in BY_KIND
    assert "share" in asked


def test_every_text_is_there_in_both_languages() -> None:
    for question in questions().values():
        assert question.vi != question.en
        assert bool(question.help_vi) == bool(question.help_en)
    for way in paths(TODAY):
        for step in way.steps:
            for language in ("vi", "en"):
                with override(language):
                    assert step.choice.text(language, TODAY).strip()
                    assert "%(" not in step.choice.text(language, TODAY)


@pytest.mark.parametrize(
    ("answers", "procedure", "days", "authority"),
    [
        (REGISTER | {"approval": "none", "route": "ordinary"}, "irc", 10, "HEZA"),
        (REGISTER | {"approval": "none", "route": "special"}, "irc-special", 15, "HEZA"),
        (REGISTER | {"approval": "state_land", "route": "given"}, "irc-after-ipa", 5, "HEZA"),
        (REGISTER | {"where": "several_outside", "approval": "none"}, "irc", 10, "DOF"),
        (REGISTER | {"where": "htp", "approval": "none", "route": "special"}, "irc-special", 15, "HEZA"),
        (CHANGE | {"what": "project_name"}, "irc-adjust-fast", 3, "HEZA"),
        (CHANGE | {"what": "address"}, "irc-adjust-fast", 3, "HEZA"),
        (CHANGE | {"what": "handover"}, "irc-adjust-fast", 3, "HEZA"),
        (CHANGE | {"what": "capital", "capital": "up"}, "irc-adjust", 7, "HEZA"),
        (CHANGE | {"base": "approved", "what": "capital", "capital": "up"}, "irc-adjust", 7, "HEZA"),
        (CHANGE | {"base": "special", "what": "project_name"}, "irc-adjust-special", 15, "HEZA"),
        (CHANGE | {"base": "approved", "what": "objectives"}, "irc-adjust-approved", 5, "HEZA"),
        (CHANGE | {"base": "approved", "what": "place"}, "irc-adjust-approved", 5, "HEZA"),
        (CHANGE | {"base": "approved", "what": "term"}, "irc-adjust-approved", 5, "HEZA"),
        (CHANGE | {"base": "approved", "what": "area", "area": "more"}, "irc-adjust-approved", 5, "HEZA"),
        (CHANGE | {"base": "approved", "what": "area", "area": "less"}, "irc-adjust", 7, "HEZA"),
        (CHANGE | {"base": "approved", "what": "investors", "operating": "no"}, "irc-adjust-approved", 5, "HEZA"),
        (CHANGE | {"base": "approved", "what": "investors", "operating": "yes"}, "irc-adjust", 7, "HEZA"),
        (CHANGE | {"base": "approved", "what": "schedule", "later": "less"}, "irc-adjust", 7, "HEZA"),
        (CHANGE | {"site": "outside", "what": "area", "becomes": "state_land"}, "irc-adjust-approved", 5, "DOF"),
        ({"want": "incentives", "product": "listed", "purpose": "first", "size": "sme", "spot": "park"}, "coi", 30,
         "DOIT"),
        ({"want": "incentives", "product": "listed", "purpose": "amend", "size": "large", "spot": "park"},
         "coi-adjust", 20, "MOIT"),
    ],
)  # fmt: skip
def test_answers_lead_to_the_procedure_and_the_authority_of_the_dossier(
    client: Client, answers: dict[str, str], procedure: str, days: int, authority: str
) -> None:
    found = ask(client, **answers, on="2026-11-24")
    assert found["question"] is None
    shown = found["result"]
    assert (shown["procedure"], shown["working_days"], shown["authority"]) == (procedure, days, authority)
    listed = PaperRule.objects.filter(procedure=procedure).order_by("position")
    assert [paper["code"] for paper in shown["papers"]] == [rule.code for rule in listed]
    assert [paper["clause"] for paper in shown["papers"]] == [rule.clause for rule in listed]


def test_more_than_the_months_of_the_law_asks_for_the_ground_and_without_one_it_is_not_possible(client: Client) -> None:
    late = CHANGE | {"base": "approved", "what": "schedule", "later": "more"}
    assert ask(client, **late)["question"]["code"] == "exception"
    excused = ask(client, **late, exception="force_majeure")["result"]
    assert excused["procedure"] == "irc-adjust-approved"
    assert excused["warnings"] == []
    assert "L143 33(4)" in ask(client, **late, exception="none")["result"]["warnings"][0]


def test_the_day_of_the_law_changes_the_answer_at_the_very_day(client: Client) -> None:
    rise = CHANGE | {"base": "approved", "what": "capital", "capital": "up"}
    assert ask(client, **rise, on=OLD_LAW.isoformat())["question"]["code"] == "share"
    before = ask(client, **rise, share="more", on=OLD_LAW.isoformat())["result"]
    after = ask(client, **rise, share="more", on=NEW_LAW.isoformat())["result"]
    assert (before["procedure"], after["procedure"]) == ("irc-adjust-approved", "irc-adjust")
    assert "L61 41(3)c" in before["first"][0]
    ordinary = REGISTER | {"approval": "none", "route": "ordinary"}
    laws = [ask(client, **ordinary, on=day)["result"] for day in ("2025-09-30", "2025-10-01", "2026-03-01")]
    assert [(one["law"], one["working_days"]) for one in laws] == [("L61/D31", 15), ("L61/D239", 10), ("L143/D96", 10)]
    assert [one["sure"] for one in laws] == [True, False, True]
    assert ask(client, **ordinary, on="2010-01-01")["result"]["procedure"] is None


def test_a_change_of_the_table_changes_the_page(client: Client) -> None:
    address = REGISTER | {"approval": "none", "route": "ordinary"}
    assert "Result within 10 working days" in get(client, address)
    ProcedureVersion.objects.filter(code="irc", valid_to=None).update(working_days=43, completeness_days=8)
    PaperRule.objects.filter(procedure="irc", code="a").update(clause="D96 999")
    shown = get(client, address)
    assert "Result within 43 working days" in shown
    assert "8 working days" in shown
    assert "D96 999" in shown


def test_a_case_that_closes_the_special_procedure_is_named_and_the_choice_is_not_offered(client: Client) -> None:
    port = REGISTER | {"approval": "listed", "case": "port"}
    assert [one["code"] for one in ask(client, **port)["question"]["choices"]] == ["given", "not_yet"]
    shown = ask(client, **port, route="not_yet")["result"]
    assert "management board of the zone" in shown["first"][0]
    assert "24(15)" in shown["notes"][0]
    outside_ez = ask(client, **port | {"where": "park"})["question"]["choices"]
    assert [one["code"] for one in outside_ez] == ["given", "not_yet", "special"]


def test_the_questions_are_asked_one_by_one_and_the_address_stays_plain(client: Client) -> None:
    assert "What do you want to do?" in get(client, {})
    after = client.get(PAGE, {"want": "register", "asked": "want"})
    assert (after.status_code, after["Location"]) == (302, f"{PAGE}?want=register")
    empty = client.get(PAGE, {"want": "register", "asked": "who"}, headers={"accept-language": "en"})
    assert empty.status_code == 400
    assert "Please choose one of the answers." in empty.content.decode()
    wrong = client.get(PAGE, {"want": "nonsense"})
    assert wrong.status_code == 400
    assert client.get(PAGE, {"on": "yesterday"}).status_code == 400


def test_an_answer_can_be_changed_and_what_still_fits_is_kept(client: Client) -> None:
    address = REGISTER | {"approval": "none", "route": "ordinary"}
    shown = get(client, address)
    change = f"{PAGE}?{urlencode(address | {'at': 'who'})}"
    assert change.replace("&", "&amp;") in shown
    asked = client.get(change, headers={"accept-language": "en"}).content.decode()
    assert 'value="foreign" checked' in asked
    assert 'name="where" value="park_ez"' in asked
    after = client.get(PAGE, address | {"who": "domestic", "asked": "who"})
    assert after["Location"] == f"{PAGE}?{urlencode(address | {'who': 'domestic'})}"
    moved = client.get(PAGE, address | {"where": "outside", "asked": "where"})
    assert "route" not in moved["Location"]


def test_what_nobody_was_sure_of_is_said(client: Client) -> None:
    unsure = {"want": "incentives", "product": "listed", "purpose": "first", "size": "sme", "spot": "park"}
    sentence = "to be confirmed by the authority"
    assert sentence in get(client, unsure)
    assert sentence not in get(client, REGISTER | {"approval": "none", "route": "ordinary"})


def test_a_stranger_is_led_through_the_sign_in_and_every_end_has_its_button(client: Client) -> None:
    ends = {
        "/account/login/?next=%2Fcases%2Fnew%2Fregistration%2F": REGISTER | {"approval": "none", "route": "ordinary"},
        "/adjustments/simulate/": CHANGE | {"what": "term"},
        "/incentives/check/": {"want": "incentives", "product": "unsure"},
        "/verify/": {"want": "check"},
        "/account/login/?next=": {"want": "life", "act": "suspension", "life_site": "zone"},
    }
    for url, answers in ends.items():
        for language in ("en", "vi"):
            assert f'href="{url}' in get(client, answers, language).partition('id="content"')[2].partition("<footer")[0]
    life = ask(client, **ends["/account/login/?next="])["result"]
    assert (life["notice_days"], life["authority"]) == (5, "HEZA")


def test_programs_learn_what_is_wrong_with_every_part_of_the_question(client: Client) -> None:
    answer = client.get(API, {"want": "nonsense", "on": "x", "colour": "red"})
    assert answer.status_code == 400
    assert {"want", "on", "colour"} <= set(str(answer.content)[:2000].replace('"', " ").split())


def test_front_page_and_footer_lead_here(client: Client) -> None:
    assert client.get("/").content.decode().count(f'href="{PAGE}"') == 2


def test_the_page_asks_the_database_little(client: Client, django_assert_max_num_queries) -> None:
    for answers in (CHANGE | {"what": "term"}, REGISTER | {"approval": "none", "route": "ordinary"}):
        with django_assert_max_num_queries(5):
            client.get(PAGE, answers)


def test_the_rules_named_by_the_questions_exist() -> None:
    named = {
        condition.partition(":")[2] for question in questions().values() for choice in question.choices
        for condition in choice.only_if if condition.startswith("rule:")
    }  # fmt: skip
    assert named
    assert named <= {rule.code for rule in rules()}
