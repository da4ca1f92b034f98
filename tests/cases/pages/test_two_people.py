"""Two people in one section: what each changed is kept, and what both changed is asked, never overwritten."""

from __future__ import annotations

import pytest
from django.test import Client

from cases.models import Case
from tests.cases.pages.visitors import address, hidden, section_data, text_of, untouched, visitor
from tests.walk import Cast, draft

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
MINE, THEIRS = "Của tôi", "Của người khác"


@pytest.fixture
def case(cast: Cast) -> Case:
    return draft("petition", cast)


def opened(cast: Cast, case: Case, role: str) -> tuple[Client, dict[str, str]]:
    """A browser that has opened the section, and what it would send back untouched."""
    browser = visitor(cast[role])
    dossier = case.dossier.as_data()
    page = browser.get(address("case-section", case, "subject"))
    return browser, section_data(page, subject=dossier["subject"], amount=dossier["amount"], action="later")


def answers(case: Case) -> tuple[str, str]:
    data = Case.objects.get(pk=case.pk).dossier.as_data()
    return data["subject"], data["amount"]


def test_both_changed_different_answers_and_both_are_kept(cast: Cast, case: Case) -> None:
    me, mine = opened(cast, case, "preparer")
    other, theirs = opened(cast, case, "owner")
    other.post(address("case-section", case, "subject"), theirs | {"amount": "77.00"})
    answer = me.post(address("case-section", case, "subject"), mine | {"subject": MINE}, follow=True)
    assert answers(case) == (MINE, "77.00")
    assert "both were kept" in text_of(answer)


def test_somebody_worked_elsewhere_in_the_case_and_nobody_is_asked_anything(cast: Cast, case: Case) -> None:
    me, mine = opened(cast, case, "preparer")
    Case.objects.filter(pk=case.pk).update(version=case.version + 5)
    answer = me.post(address("case-section", case, "subject"), mine | {"subject": MINE})
    assert answer.status_code == 302
    assert answers(case)[0] == MINE


def conflict(cast: Cast, case: Case) -> tuple[Client, dict[str, str]]:
    """Both have changed the subject; the other one was first."""
    me, mine = opened(cast, case, "preparer")
    other, theirs = opened(cast, case, "owner")
    page = address("case-section", case, "subject")
    other.post(page, theirs | {"subject": THEIRS})
    answer = me.post(page, mine | {"subject": MINE, "amount": "88.00"})
    assert answer.status_code == 409
    shown = text_of(answer)
    assert MINE in shown
    assert THEIRS in shown
    assert "Amount (USD)" not in shown
    assert answers(case)[0] == THEIRS
    carried = {name: hidden(answer, name) for name in ("version", "seen", "subject", "amount", "in_zone")}
    return me, carried | {"resolve": "1", "asked": "subject", "action": "later"}


@pytest.mark.parametrize(("choice", "kept"), [("mine", MINE), ("theirs", THEIRS)])
def test_both_changed_the_same_answer_and_the_reader_chooses(cast: Cast, case: Case, choice: str, kept: str) -> None:
    me, carried = conflict(cast, case)
    answer = me.post(address("case-section", case, "subject"), carried | {"choose.subject": choice})
    assert answer.status_code == 302
    assert answers(case) == (kept, "88.00")


def test_who_chooses_nothing_is_asked_again_and_overwrites_nothing(cast: Cast, case: Case) -> None:
    me, carried = conflict(cast, case)
    assert me.post(address("case-section", case, "subject"), carried).status_code == 409
    assert answers(case)[0] == THEIRS


def test_the_other_changes_it_once_more_while_the_reader_chooses(cast: Cast, case: Case) -> None:
    me, carried = conflict(cast, case)
    other, theirs = opened(cast, Case.objects.get(pk=case.pk), "owner")
    other.post(address("case-section", case, "subject"), theirs | {"subject": "Noch einmal"})
    answer = me.post(address("case-section", case, "subject"), carried | {"choose.subject": "mine"})
    assert answer.status_code == 409
    assert "Noch einmal" in text_of(answer)
    assert answers(case)[0] == "Noch einmal"


def test_both_typed_the_same_and_nobody_is_asked(cast: Cast, case: Case) -> None:
    me, mine = opened(cast, case, "preparer")
    other, theirs = opened(cast, case, "owner")
    page = address("case-section", case, "subject")
    other.post(page, theirs | {"subject": MINE})
    assert me.post(page, mine | {"subject": MINE}).status_code == 302
    assert answers(case)[0] == MINE


@pytest.mark.parametrize("broken", ["", "nonsense", "[]", "{"])
def test_a_page_that_forgot_what_it_was_made_from_asks_instead_of_overwriting(
    cast: Cast, case: Case, broken: str
) -> None:
    me, mine = opened(cast, case, "preparer")
    other, theirs = opened(cast, case, "owner")
    page = address("case-section", case, "subject")
    other.post(page, theirs | {"subject": THEIRS})
    assert me.post(page, mine | {"subject": MINE, "seen": broken}).status_code == 409
    assert answers(case)[0] == THEIRS


def test_a_reader_who_changes_the_language_has_changed_no_answer(cast: Cast, case: Case) -> None:
    me, mine = opened(cast, case, "preparer")
    other, theirs = opened(cast, case, "owner")
    page = address("case-section", case, "subject")
    other.post(page, theirs | {"amount": "77.00"})
    cast["preparer"].language = "vi"
    cast["preparer"].save()
    assert me.post(page, mine | {"subject": MINE}).status_code == 302
    assert answers(case) == (MINE, "77.00")


def test_two_people_in_two_lists_of_a_registration_keep_both(cast: Cast) -> None:
    case = draft("registration", cast)
    page = address("case-section", case, "capital")
    me, other = visitor(cast["preparer"]), visitor(cast["owner"])
    mine, theirs = untouched(me.get(page)), untouched(other.get(page))
    assert other.post(page, theirs | {"phases-0-name": "Giai đoạn đầu", "action": "later"}).status_code == 302
    answer = me.post(page, mine | {"sources-0-name": "Ngân hàng Hải Phòng", "rate_bank": "VCB", "action": "later"})
    assert answer.status_code == 302, text_of(answer)
    data = Case.objects.get(pk=case.pk).dossier.as_data()
    assert data["phases"][0]["name"] == "Giai đoạn đầu"
    assert data["sources"][0]["name"] == "Ngân hàng Hải Phòng"
    assert data["rate_bank"] == "VCB"


def test_two_people_in_the_same_list_choose_between_the_lists(cast: Cast) -> None:
    case = draft("registration", cast)
    page = address("case-section", case, "capital")
    me, other = visitor(cast["preparer"]), visitor(cast["owner"])
    mine, theirs = untouched(me.get(page)), untouched(other.get(page))
    other.post(page, theirs | {"phases-0-name": "Giai đoạn đầu", "action": "later"})
    answer = me.post(page, mine | {"phases-0-name": "Giai đoạn mở đầu", "action": "later"})
    assert answer.status_code == 409
    shown = text_of(answer)
    assert "Giai đoạn đầu" in shown
    assert "Giai đoạn mở đầu" in shown
    chosen = untouched(answer, "data-guard") | {"choose.phases": "theirs", "action": "later"}
    assert me.post(page, chosen).status_code == 302
    assert Case.objects.get(pk=case.pk).dossier.as_data()["phases"][0]["name"] == "Giai đoạn đầu"
