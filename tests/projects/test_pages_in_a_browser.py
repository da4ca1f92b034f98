"""The register's pages in a real browser: no barrier, nothing sideways, no script needed, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from cases.states import Status
from certificates.models import Certificate
from certificates.tasks import render_certificate
from projects.group_import import load_groups
from projects.groups import Group
from projects.models import Project
from projects.register_import import load_register
from tests.cases.desk.test_desk_in_browser import sign_in
from tests.portal.test_look_in_browser import barriers
from tests.walk import Cast, walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NewPage = Callable[..., Page]
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def own(cast: Cast) -> Project:
    """A project of the company, with its PDF."""
    case = walk("registration", Status.ISSUED, cast)
    render_certificate(Certificate.objects.get(case=case).pk)
    return Project.objects.get(case=case)


@pytest.fixture
def places(own: Project) -> dict[str, str]:
    load_register()
    load_groups()
    public = Project.objects.get(name="LG Display Vietnam Hai Phong")
    page = reverse("project-certificate", args=[own.code])
    return {
        "public": public.get_absolute_url(),
        "own": own.get_absolute_url(),
        "home": "/dashboard/",
        "as-of": page,
        "before": f"{page}?as_of=2020-01-01",
        "wrong": f"{page}?as_of=2021-13-45&known_at=2026-01-31",
        "group": Group.objects.get(slug="lg").get_absolute_url(),
        "groups": reverse("group-list"),
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("language", "width"), [("vi", 1280), ("en", 320), ("vi", 320)])
def test_no_page_has_a_barrier_or_scrolls_sideways(
    new_page: NewPage, live_server: Any, cast: Cast, places: dict[str, str], language: str, width: int, scheme: str
) -> None:
    page = new_page(width=width, color_scheme=scheme)
    sign_in(page, cast["owner"], live_server.url, language)
    for name, address in places.items():
        page.goto(address)
        expect(page.locator("html")).to_have_attribute("lang", language)
        assert barriers(page) == [], name
        assert not page.evaluate(SIDEWAYS), name


def test_home_project_row_and_pdf_are_a_click_each_without_scripts(
    new_page: NewPage, live_server: Any, cast: Cast, own: Project
) -> None:
    page = new_page(javascript=False)
    sign_in(page, cast["owner"], live_server.url, "en")
    page.goto("/dashboard/")
    page.get_by_role("link", name=own.name_en or own.name).first.click()
    expect(page).to_have_url(f"{live_server.url}{own.get_absolute_url()}")
    expect(page.get_by_role("img", name="Registered capital of")).to_be_visible()
    page.locator("table.history-table tbody a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Certificate as of")
    with page.expect_download() as download:
        page.get_by_role("link", name="The PDF as it was issued").click(modifiers=["Alt"])
    assert download.value.suggested_filename.endswith(".pdf")
