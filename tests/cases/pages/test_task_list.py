"""The task list: two states first, "cannot start yet" with its reason, and progress that is true."""

from __future__ import annotations

import pytest

from cases import transitions as verbs
from cases.drafting import create
from cases.states import Status
from tests.cases.pages.visitors import address, links_of, text_of, visitor
from tests.walk import Cast, draft, walk

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def test_a_new_draft_has_everything_to_do_and_cannot_be_submitted_yet(cast: Cast) -> None:
    case = create("petition", organisation=cast.organisation, by=cast["owner"])
    page = visitor(cast["owner"]).get(case.get_absolute_url())
    shown = text_of(page)
    assert "0 of 2 sections completed" in shown
    assert shown.count("Incomplete") == 2
    assert "Cannot start yet" in shown
    assert "First complete 2 more sections." in shown
    assert address("case-submit", case) not in links_of(page)


def test_a_complete_draft_leads_to_checking_and_submitting(cast: Cast) -> None:
    case = draft("petition", cast)
    page = visitor(cast["owner"]).get(case.get_absolute_url())
    assert "2 of 2 sections completed" in text_of(page)
    assert "Cannot start yet" not in text_of(page)
    assert address("case-submit", case) in links_of(page)


def test_the_red_button_goes_on_where_something_is_missing(cast: Cast) -> None:
    case = create("petition", organisation=cast.organisation, by=cast["owner"])
    assert "Go on with: Subject and amount" in text_of(visitor(cast["owner"]).get(case.get_absolute_url()))


def test_a_registration_has_seven_sections_and_the_papers(cast: Cast) -> None:
    case = create("registration", organisation=cast.organisation, by=cast["owner"])
    assert "0 of 8 sections completed" in text_of(visitor(cast["owner"]).get(case.get_absolute_url()))


def test_a_returned_dossier_says_what_is_missing_until_when_and_where(cast: Cast) -> None:
    case = walk("petition", Status.SUBMITTED, cast)
    pins = [{"path": "amount", "text": "Số tiền chưa rõ."}, {"path": "papers.a", "text": "Thiếu chữ ký."}]
    verbs.return_incomplete(case, by=cast["desk officer"], reasons="Hồ sơ chưa đầy đủ.", pins=pins)
    page = visitor(cast["preparer"]).get(case.get_absolute_url())
    shown = text_of(page)
    assert "The office asks you to complete the dossier" in shown
    assert "Hồ sơ chưa đầy đủ." in shown
    assert "Số tiền chưa rõ." in shown
    assert "Complete it and submit again by 17:00 on" in shown
    assert f"{address('case-change', case)}?at=amount" in links_of(page)
    assert "Dossier returned to be completed" in shown


def test_the_link_of_a_pin_leads_to_its_field_or_its_paper(cast: Cast) -> None:
    case = draft("petition", cast)
    browser, change = visitor(cast["preparer"]), address("case-change", case)
    assert browser.get(change, {"at": "amount"}).url == (
        f"{address('case-section', case, 'subject')}?from=check&at=amount#id_amount"
    )
    assert browser.get(change, {"at": "papers.a"}).url == f"{address('case-papers', case)}#paper-a"
    assert browser.get(change, {"at": "nowhere"}).url == case.get_absolute_url()


def test_a_draft_can_be_withdrawn_by_a_signer_only(cast: Cast) -> None:
    case = draft("petition", cast)
    assert "Withdraw the draft" in text_of(visitor(cast["signer of the company"]).get(case.get_absolute_url()))
    assert "Withdraw the draft" not in text_of(visitor(cast["preparer"]).get(case.get_absolute_url()))
