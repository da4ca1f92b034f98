"""A section page: two named buttons, every error at once with every value kept, and words beside the fields."""

from __future__ import annotations

import pytest

from cases.drafting import create
from cases.models import Case
from cases.states import Status
from tests.cases.pages.visitors import address, section_data, text_of, visitor
from tests.walk import Cast, draft, walk

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture
def case(cast: Cast) -> Case:
    return create("petition", organisation=cast.organisation, by=cast["preparer"])


def test_save_and_continue_saves_and_goes_to_the_next_page(cast: Cast, case: Case) -> None:
    browser, page = visitor(cast["preparer"]), address("case-section", case, "subject")
    answer = browser.post(page, section_data(browser.get(page), action="continue"))
    assert answer.url == address("case-papers", case)
    assert Case.objects.get(pk=case.pk).title == "Đề nghị hỗ trợ đào tạo"


def test_save_and_come_back_later_saves_and_goes_to_the_task_list(cast: Cast, case: Case) -> None:
    browser, page = visitor(cast["preparer"]), address("case-section", case, "subject")
    answer = browser.post(page, section_data(browser.get(page), action="later"), follow=True)
    assert answer.redirect_chain == [(case.get_absolute_url(), 302)]
    assert "“Subject and amount” is saved." in text_of(answer)
    assert Case.objects.get(pk=case.pk).title == "Đề nghị hỗ trợ đào tạo"


def test_enter_in_a_field_saves_the_section_and_never_submits_the_case(cast: Cast) -> None:
    case = draft("petition", cast)
    browser, page = visitor(cast["signer of the company"]), address("case-section", case, "subject")
    data = section_data(browser.get(page))  # a browser sends the first button; a script may send none
    for pressed in ({"action": "continue"}, {}):
        browser.post(page, data | pressed)
        assert Case.objects.get(pk=case.pk).status == Status.DRAFT
    assert browser.get(page).content.decode().index('value="continue"') > 0


def test_what_cannot_be_read_is_said_and_nothing_of_the_section_is_saved(cast: Cast, case: Case) -> None:
    browser, page = visitor(cast["preparer"]), address("case-section", case, "subject")
    answer = browser.post(page, section_data(browser.get(page), amount="zwölf", action="continue"))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Error: " in html
    assert "There is a problem" in html
    assert 'href="#id_amount"' in html
    assert 'value="zwölf"' in html
    assert 'value="Đề nghị hỗ trợ đào tạo"' in html
    assert Case.objects.get(pk=case.pk).title == ""


def test_a_gap_is_told_after_saving_with_the_same_words_beside_the_field(cast: Cast, case: Case) -> None:
    browser, page = visitor(cast["preparer"]), address("case-section", case, "subject")
    answer = browser.post(page, section_data(browser.get(page), amount="", action="continue"), follow=True)
    html = answer.content.decode()
    assert answer.redirect_chain == [(f"{page}?check=1", 302)]
    assert "is saved, but not complete yet." in text_of(answer)
    assert html.count("Please give the amount.") == 2
    assert 'href="#id_amount"' in html
    assert Case.objects.get(pk=case.pk).title == "Đề nghị hỗ trợ đào tạo"


def test_who_came_from_the_check_goes_back_to_the_same_line(cast: Cast) -> None:
    case = draft("petition", cast)
    browser = visitor(cast["preparer"])
    page = browser.get(address("case-change", case), {"at": "amount"}, follow=True)
    answer = browser.post(
        address("case-section", case, "subject"),
        section_data(page, amount="7.00", action="continue", **{"from": "check", "at": "amount"}),
    )
    assert answer.url == f"{address('case-submit', case)}#row-amount"


@pytest.mark.parametrize("state", [Status.SUBMITTED, Status.ACCEPTED, Status.ISSUED, Status.WITHDRAWN])
def test_a_section_is_closed_while_the_office_has_the_dossier(cast: Cast, state: Status) -> None:
    case = walk("petition", state, cast)
    browser, page = visitor(cast["preparer"]), address("case-section", case, "subject")
    assert browser.get(page).url == case.get_absolute_url()
    browser.post(page, {"version": case.version, "subject": "Anders", "amount": "1"})
    assert Case.objects.get(pk=case.pk).title == case.title


def test_a_section_that_does_not_exist_is_not_found(cast: Cast, case: Case) -> None:
    assert visitor(cast["preparer"]).get(address("case-section", case, "nothing")).status_code == 404


def test_the_case_closes_between_opening_and_saving(cast: Cast) -> None:
    case = draft("petition", cast)
    browser, page = visitor(cast["preparer"]), address("case-section", case, "subject")
    data = section_data(browser.get(page), subject="Zu spät", action="continue")
    signer = visitor(cast["signer of the company"])
    signer.post(address("case-submit", case), {"declared": "on", "key": "k", "version": case.version})
    browser.post(page, data)
    kept = Case.objects.get(pk=case.pk)
    assert (kept.status, kept.title) == (Status.SUBMITTED, case.title)
