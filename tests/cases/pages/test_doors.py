"""Who may open which page, and who may act on it."""

from __future__ import annotations

from typing import Any

import pytest

from cases.drafting import create
from cases.models import Case
from cases.states import Status
from tests.cases.pages.visitors import address, links_of, text_of, visitor
from tests.walk import Cast, draft, walk

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

READERS = ("owner", "preparer", "signer of the company", "observer", "consultant with an ended letter")
WRITERS = ("owner", "preparer", "signer of the company")
PAGES: tuple[tuple[Any, ...], ...] = (
    ("case",), ("case-section", "subject"), ("case-papers",), ("case-precheck",), ("case-submit",), ("case-withdraw",),
    ("case-change",), ("case-receipt",), ("case-supplement",),
)  # fmt: skip


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page[0])
def test_another_company_finds_no_page_of_the_case(cast: Cast, page: tuple[Any, ...]) -> None:
    case = draft("petition", cast)
    assert visitor(cast["outsider"]).get(address(page[0], case, *page[1:])).status_code == 404


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page[0])
def test_a_visitor_is_asked_to_sign_in(cast: Cast, client: Any, page: tuple[Any, ...]) -> None:
    answer = client.get(address(page[0], draft("petition", cast), *page[1:]))
    assert answer.status_code == 302
    assert answer.url.startswith("/account/login/")


@pytest.mark.parametrize("role", READERS)
def test_everybody_of_the_company_reads_a_draft(cast: Cast, role: str) -> None:
    case = draft("petition", cast)
    page = visitor(cast[role]).get(case.get_absolute_url())
    assert page.status_code == 200
    assert case.reference in text_of(page)


@pytest.mark.parametrize("role", READERS)
def test_only_writers_are_led_to_a_section_and_only_they_save_it(cast: Cast, role: str) -> None:
    case = draft("petition", cast)
    browser, section = visitor(cast[role]), address("case-section", case, "subject")
    may = role in WRITERS
    assert (section in links_of(browser.get(case.get_absolute_url()))) == may
    assert browser.get(section).status_code == (200 if may else 302)
    browser.post(section, {"version": case.version, "subject": "Khác", "amount": "5", "action": "later"})
    assert (Case.objects.get(pk=case.pk).dossier.title() == "Khác") == may


@pytest.mark.parametrize("role", READERS)
def test_only_a_signer_sees_the_button_and_only_a_signer_can_submit(cast: Cast, role: str) -> None:
    case = draft("petition", cast)
    browser, page = visitor(cast[role]), address("case-submit", case)
    shown = browser.get(page)
    may = role == "signer of the company"
    assert ('name="action" value="submit"' in shown.content.decode()) == may
    answer = browser.post(page, {"declared": "on", "key": f"k-{role}", "version": case.version})
    assert answer.status_code == (302 if may else 403)
    assert (Case.objects.get(pk=case.pk).status == Status.SUBMITTED) == may


def test_who_cannot_submit_is_told_whom_to_ask(cast: Cast) -> None:
    case = draft("petition", cast)
    page = visitor(cast["preparer"]).get(address("case-submit", case))
    assert cast["signer of the company"].email in text_of(page)


@pytest.mark.parametrize("role", ["observer", "consultant with an ended letter"])
def test_who_may_not_act_reads_the_whole_draft_instead(cast: Cast, role: str) -> None:
    case = draft("petition", cast)
    shown = text_of(visitor(cast[role]).get(case.get_absolute_url()))
    assert "You can read this draft, but not change it" in shown
    assert case.dossier.title() in shown


def test_an_official_is_led_from_a_case_to_the_desk(cast: Cast) -> None:
    case = walk("petition", Status.SUBMITTED, cast)
    answer = visitor(cast["desk officer"]).get(case.get_absolute_url())
    assert answer.status_code == 302
    assert answer.url == f"/admin/cases/case/{case.pk}/change/"


def test_an_official_sees_nothing_of_a_draft(cast: Cast) -> None:
    case = draft("petition", cast)
    browser = visitor(cast["desk officer"])
    assert browser.get(case.get_absolute_url()).url == "/admin/"
    assert browser.get(address("case-submit", case)).status_code == 403


def test_a_consultant_of_two_companies_acts_for_the_company_of_the_case_they_open(cast: Cast) -> None:
    elsewhere = Cast()
    case = create("petition", organisation=elsewhere.organisation, by=elsewhere["preparer"])
    consultant = cast["preparer"]
    consultant.memberships.create(organisation=elsewhere.organisation, role="preparer")
    browser = visitor(consultant)
    assert cast.organisation.name in text_of(browser.get("/dashboard/"))
    assert elsewhere.organisation.name in text_of(browser.get(case.get_absolute_url()))
    assert f"You act for {elsewhere.organisation.name}" in text_of(browser.get("/dashboard/"))


def test_a_reference_is_found_however_it_is_typed(cast: Cast) -> None:
    case = draft("petition", cast)
    assert visitor(cast["owner"]).get(f"/cases/{case.reference.lower()}/").status_code == 200
