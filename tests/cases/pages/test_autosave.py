"""A section saves itself: what can be read is kept, what cannot is named, nobody is overwritten."""

from __future__ import annotations

import re

import pytest

from cases.drafting import create
from cases.models import Case
from cases.states import Status
from tests.cases.pages.visitors import address, section_data, untouched, visitor
from tests.walk import Cast, draft, walk

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture
def case(cast: Cast) -> Case:
    return create("petition", organisation=cast.organisation, by=cast["preparer"])


def test_half_a_section_is_saved_with_the_time(cast: Cast, case: Case) -> None:
    browser = visitor(cast["preparer"])
    data = section_data(browser.get(address("case-section", case, "subject")), amount="")
    told = browser.post(address("case-autosave", case, "subject"), data).json()
    assert re.fullmatch(r"Saved at \d\d:\d\d\.", told["message"])
    kept = Case.objects.get(pk=case.pk)
    assert kept.title == "Đề nghị hỗ trợ đào tạo"
    assert told["version"] == kept.version


def test_what_cannot_be_read_is_named_and_the_rest_is_kept(cast: Cast, case: Case) -> None:
    browser = visitor(cast["preparer"])
    data = section_data(browser.get(address("case-section", case, "subject")), amount="viele")
    told = browser.post(address("case-autosave", case, "subject"), data).json()
    assert [row["id"] for row in told["skipped"]] == ["id_amount"]
    assert "except what cannot be read yet" in told["message"]
    kept = Case.objects.get(pk=case.pk).dossier.as_data()
    assert (kept["subject"], kept["amount"]) == ("Đề nghị hỗ trợ đào tạo", None)


def test_saving_itself_again_and_then_by_button_meets_no_conflict(cast: Cast, case: Case) -> None:
    browser = visitor(cast["preparer"])
    data = section_data(browser.get(address("case-section", case, "subject")))
    for subject in ("Một", "Hai", "Ba"):
        told = browser.post(address("case-autosave", case, "subject"), data | {"subject": subject}).json()
        data |= {"version": str(told["version"]), "seen": told["seen"]}
    answer = browser.post(address("case-section", case, "subject"), data | {"subject": "Bốn", "action": "later"})
    assert answer.status_code == 302
    assert Case.objects.get(pk=case.pk).title == "Bốn"


def test_what_somebody_else_saved_stays_even_when_this_page_saves_itself_twice(cast: Cast, case: Case) -> None:
    me, other = visitor(cast["preparer"]), visitor(cast["owner"])
    page, save = address("case-section", case, "subject"), address("case-autosave", case, "subject")
    mine, theirs = (
        section_data(me.get(page), subject="", amount=""),
        section_data(other.get(page), subject="", amount=""),
    )
    other.post(save, theirs | {"amount": "77.00"})
    for subject in ("Một", "Hai"):
        told = me.post(save, mine | {"subject": subject}).json()
        mine |= {"version": str(told["version"]), "seen": told["seen"]}
    kept = Case.objects.get(pk=case.pk).dossier.as_data()
    assert (kept["subject"], kept["amount"]) == ("Hai", "77.00")


def test_a_field_that_could_not_be_read_does_not_later_overwrite_somebody_else(cast: Cast, case: Case) -> None:
    me, other = visitor(cast["preparer"]), visitor(cast["owner"])
    page, save = address("case-section", case, "subject"), address("case-autosave", case, "subject")
    mine, theirs = section_data(me.get(page), amount=""), section_data(other.get(page), subject="", amount="")
    other.post(save, theirs | {"amount": "77.00"})
    told = me.post(save, mine | {"amount": "9x"}).json()
    mine |= {"version": str(told["version"]), "seen": told["seen"]}
    assert me.post(page, mine | {"amount": "99.00", "action": "later"}).status_code == 409
    assert Case.objects.get(pk=case.pk).dossier.as_data()["amount"] == "77.00"


def test_two_people_in_the_same_answer_are_told_and_nothing_is_lost(cast: Cast, case: Case) -> None:
    me, other = visitor(cast["preparer"]), visitor(cast["owner"])
    page, save = address("case-section", case, "subject"), address("case-autosave", case, "subject")
    mine, theirs = section_data(me.get(page)), section_data(other.get(page))
    other.post(save, theirs | {"subject": "Của người khác"})
    answer = me.post(save, mine | {"subject": "Của tôi"})
    assert answer.status_code == 409
    assert "somebody else changed the same answers" in answer.json()["message"]
    assert Case.objects.get(pk=case.pk).title == "Của người khác"


def test_a_case_that_was_handed_in_meanwhile_says_so(cast: Cast) -> None:
    case = walk("petition", Status.SUBMITTED, cast)
    answer = visitor(cast["preparer"]).post(address("case-autosave", case, "subject"), {"subject": "Neu"})
    assert answer.status_code == 409
    assert answer.json()["message"]


def test_an_observer_saves_nothing(cast: Cast, case: Case) -> None:
    answer = visitor(cast["observer"]).post(address("case-autosave", case, "subject"), {"subject": "Neu"})
    assert answer.status_code == 409
    assert Case.objects.get(pk=case.pk).title == ""


def test_the_page_names_the_address_and_every_sentence_the_script_may_say(cast: Cast, case: Case) -> None:
    html = visitor(cast["preparer"]).get(address("case-section", case, "subject")).content.decode()
    assert f'data-autosave="{address("case-autosave", case, "subject")}"' in html
    for name in ("data-offline", "data-signed-out", "data-unsaved"):
        assert re.search(rf'{name}="[^"]+"', html)


def test_a_new_row_of_a_list_that_saves_itself_three_times_is_one_row(cast: Cast) -> None:
    case = create("registration", organisation=cast.organisation, by=cast["preparer"])
    browser = visitor(cast["preparer"])
    data = untouched(browser.get(address("case-section", case, "capital")))
    for name in ("Giai đoạn", "Giai đoạn 1", "Giai đoạn một"):
        data |= {"phases-0-name": name}
        told = browser.post(address("case-autosave", case, "capital"), data).json()
        data |= {"version": str(told["version"]), "seen": told["seen"]}
    assert browser.post(address("case-section", case, "capital"), data | {"action": "later"}).status_code == 302
    assert [row["name"] for row in Case.objects.get(pk=case.pk).dossier.as_data()["phases"]] == ["Giai đoạn một"]


def test_a_row_taken_away_stays_away_when_the_page_saves_itself_again(cast: Cast) -> None:
    case = draft("registration", cast)
    browser = visitor(cast["preparer"])
    data = untouched(browser.get(address("case-section", case, "capital"))) | {"phases-0-DELETE": "on"}
    rows = Case.objects.get(pk=case.pk).dossier.as_data()["phases"]
    for _time in range(3):
        told = browser.post(address("case-autosave", case, "capital"), data).json()
        data |= {"version": str(told["version"]), "seen": told["seen"]}
    assert Case.objects.get(pk=case.pk).dossier.as_data()["phases"] == rows[1:]
