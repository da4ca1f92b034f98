"""The pages of an adjustment in a real browser: no barrier, nothing sideways, at the company and at the desk."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from cases.models import Case
from cases.states import Status
from tests.adjustments.factories import licensed_project
from tests.browser.journey import NewPage
from tests.cases.desk.test_desk_in_browser import sign_in
from tests.portal.test_look_in_browser import barriers
from tests.walk import Cast, draft, walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
SECTIONS = ("base", "capital", "investors", "project", "site", "company", "incentives", "change", "report")


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def draft_case(cast: Cast) -> Case:
    licensed_project(cast.organisation)
    return draft("adjustment", cast)


@pytest.mark.parametrize(("language", "width", "scheme"), [("vi", 320, "light"), ("en", 1280, "dark")])
def test_the_investors_pages_have_no_barrier(
    new_page: NewPage, live_server: Any, cast: Cast, draft_case: Case, language: str, width: int, scheme: str
) -> None:
    User.objects.update(language=language)
    page = new_page(width=width, color_scheme=scheme)
    sign_in(page, cast["preparer"], live_server.url, language)
    reference = [draft_case.reference]
    places = [reverse("case-section", args=[*reference, key]) for key in SECTIONS]
    places += [reverse(name, args=reference) for name in ("case-submit", "case-papers", "case-precheck")]
    places += [draft_case.get_absolute_url(), reverse("adjust", args=[draft_case.dossier.project.code])]
    for address in places:
        page.goto(address)
        assert barriers(page) == [], address
        assert not page.evaluate(SIDEWAYS), address


@pytest.mark.parametrize(("language", "width"), [("vi", 1280), ("en", 320)])
def test_the_desks_pages_have_no_barrier(
    new_page: NewPage, live_server: Any, cast: Cast, language: str, width: int
) -> None:
    case = walk("adjustment", Status.ACCEPTED, cast)
    User.objects.update(language=language)
    page = new_page(width=width)
    sign_in(page, cast["appraiser"], live_server.url, language)
    for name in ("change", "form", "propose"):
        page.goto(reverse(f"admin:cases_case_{name}", args=[case.pk]))
        assert barriers(page) == [], name
        assert not page.evaluate(SIDEWAYS), name
