"""The overview and the list: what needs the reader first, found without accents, a page at a time."""

from __future__ import annotations

import pytest

from cases.drafting import create
from cases.states import Status
from tests.cases.pages.visitors import links_of, text_of, visitor
from tests.walk import Cast, draft, walk

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def test_what_needs_the_reader_comes_first(cast: Cast) -> None:
    for state in (Status.DRAFT, Status.SUBMITTED, Status.AWAITING_INVESTOR, Status.RETURNED):
        walk("petition", state, cast)
    shown = text_of(visitor(cast["preparer"]).get("/dashboard/"))
    assert shown.index("Needs your action") < shown.index("You must answer") < shown.index("In process")
    assert shown.index("In process") < shown.index("Received, being checked") < shown.index("Drafts")
    assert shown.count("Answer by 17:00 on") == 2


def test_an_empty_overview_leads_to_the_first_application(cast: Cast) -> None:
    page = visitor(cast["owner"]).get("/dashboard/")
    assert "No application yet" in text_of(page)
    assert "/cases/new/" in links_of(page)


@pytest.mark.parametrize(
    ("role", "may"), [("owner", True), ("observer", False), ("consultant with an ended letter", False)]
)
def test_only_who_may_start_is_offered_to_start(cast: Cast, role: str, may: bool) -> None:
    walk("petition", Status.DRAFT, cast)
    for page in ("/dashboard/", "/cases/"):
        assert ("Start an application" in text_of(visitor(cast[role]).get(page))) == may


def test_another_company_s_cases_are_on_neither_page(cast: Cast) -> None:
    case = draft("petition", cast)
    for page in ("/dashboard/", "/cases/"):
        assert case.reference not in text_of(visitor(cast["outsider"]).get(page))


def test_the_other_company_that_waits_is_named(cast: Cast) -> None:
    elsewhere = Cast()
    walk("petition", Status.AWAITING_INVESTOR, elsewhere)
    cast["preparer"].memberships.create(organisation=elsewhere.organisation, role="observer")
    shown = text_of(visitor(cast["preparer"]).get("/dashboard/"))
    assert f"{elsewhere.organisation.name} has 1 application that waits for you." in shown


def test_a_case_is_found_without_accents_and_the_filter_can_be_taken_away(cast: Cast) -> None:
    case = draft("petition", cast)
    browser = visitor(cast["owner"])
    page = browser.get("/cases/", {"q": "ky su khuon mau"})
    assert case.reference in text_of(page)
    assert "/cases/" in links_of(page)
    assert "Nothing found" in text_of(browser.get("/cases/", {"q": "khong co gi"}))
    assert case.reference not in text_of(browser.get("/cases/", {"show": "certificates"}))
    assert case.reference in text_of(browser.get("/cases/", {"show": "drafts"}))


def test_the_list_goes_page_by_page_and_back_and_misses_nothing(cast: Cast) -> None:
    made = [create("petition", organisation=cast.organisation, by=cast["owner"]).reference for _number in range(60)]
    browser, seen, pages = visitor(cast["owner"]), [], []
    page = browser.get("/cases/")
    while True:
        pages.append([case.reference for case in page.context["rows"]])
        seen += pages[-1]
        if not page.context["next"]:
            break
        page = browser.get(f"/cases/{page.context['next']}")
    assert seen == made[::-1]
    back = browser.get(f"/cases/{page.context['previous']}")
    assert [case.reference for case in back.context["rows"]] == pages[-2]
    assert [case.reference for case in browser.get(f"/cases/{back.context['previous']}").context["rows"]] == pages[-3]


def test_a_long_shelf_is_cut_and_leads_to_the_list(cast: Cast) -> None:
    for _number in range(12):
        create("petition", organisation=cast.organisation, by=cast["owner"])
    page = visitor(cast["owner"]).get("/dashboard/")
    assert "/cases/?show=drafts" in links_of(page)
    assert text_of(page).count("Not named yet") == 8


def test_a_case_that_is_over_is_kept_in_the_list(cast: Cast) -> None:
    case = walk("petition", Status.REFUSED, cast)
    browser = visitor(cast["observer"])
    assert case.reference in text_of(browser.get("/cases/", {"show": "over"}))
    assert str(case.public_status.label) in text_of(browser.get("/cases/"))


@pytest.mark.parametrize("odd", ["abc", "-1", "99999999999999999999", "１"])
def test_a_broken_page_number_shows_the_first_page(cast: Cast, odd: str) -> None:
    case = draft("petition", cast)
    assert case.reference in text_of(visitor(cast["owner"]).get("/cases/", {"before": odd}))
