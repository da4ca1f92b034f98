"""How many questions a page asks the database, whatever the size of the company's records."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.drafting import create
from cases.states import Status
from tests.cases.pages.visitors import address, asked, section_data, visitor
from tests.walk import Cast, draft, walk

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def queries(browser: Any, page: str, data: dict[str, str] | None = None) -> int:
    """What opening the page costs once the site is warm."""
    browser.get("/cases/new/")
    with CaptureQueriesContext(connection) as asked_for:
        answer = browser.get(page) if data is None else browser.post(page, data)
    assert answer.status_code in (200, 302)
    return sum(not query["sql"].startswith(("SAVEPOINT", "RELEASE")) for query in asked_for.captured_queries)


@pytest.mark.parametrize("page", ["/dashboard/", "/cases/"])
def test_the_lists_cost_the_same_for_one_and_for_many(cast: Cast, page: str) -> None:
    browser = visitor(cast["owner"])
    walk("petition", Status.AWAITING_INVESTOR, cast)
    few = queries(browser, page)
    for _number in range(30):
        create("petition", organisation=cast.organisation, by=cast["owner"])
    walk("petition", Status.ACCEPTED, cast)
    assert queries(browser, page) == few <= 12


@pytest.mark.parametrize("state", [Status.DRAFT, Status.RETURNED, Status.ACCEPTED, Status.AWAITING_INVESTOR])
def test_a_case_page_costs_at_most_25(cast: Cast, state: Status) -> None:
    case = walk("registration", state, cast)
    assert queries(visitor(cast["signer of the company"]), case.get_absolute_url()) <= 25


@pytest.mark.parametrize("key", ["company", "investors", "project", "site", "capital", "people", "incentives"])
def test_a_section_page_costs_at_most_15(cast: Cast, key: str) -> None:
    case = draft("registration", cast)
    assert queries(visitor(cast["preparer"]), address("case-section", case, key)) <= 15


def test_checking_the_answers_costs_at_most_20(cast: Cast) -> None:
    case = draft("registration", cast)
    assert queries(visitor(cast["signer of the company"]), address("case-submit", case)) <= 20


@pytest.mark.parametrize(("name", "most"), [("case-papers", 12), ("case-precheck", 20)])
def test_papers_and_pre_check(cast: Cast, name: str, most: int) -> None:
    case = draft("registration", cast)
    assert queries(visitor(cast["preparer"]), address(name, case)) <= most


def test_the_answer_page_costs_at_most_25(cast: Cast) -> None:
    case = asked(cast, ("total_capital_usd", "?"), ("papers.c", "?"), kind="registration")
    assert queries(visitor(cast["signer of the company"]), address("case-supplement", case)) <= 25


def test_saving_a_section_costs_at_most_15(cast: Cast) -> None:
    case = create("petition", organisation=cast.organisation, by=cast["preparer"])
    browser, page = visitor(cast["preparer"]), address("case-section", case, "subject")
    assert queries(browser, page, section_data(browser.get(page), action="later")) <= 15


def test_submitting_costs_at_most_40_with_its_letters_and_its_receipt(cast: Cast) -> None:
    case = draft("petition", cast)
    browser, page = visitor(cast["signer of the company"]), address("case-submit", case)
    assert queries(browser, page, {"declared": "on", "key": "k", "version": str(case.version)}) <= 40
