"""The life of a project in a real browser: no barrier, nothing sideways, no script needed, and back never repeats."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from cases.calendar import local_date
from cases.states import Status
from certificates.models import Certificate
from projects import life
from projects.life_checks import Told
from projects.models import LifeNotice, Project
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
def project(cast: Cast) -> Project:
    return Project.objects.get(case=walk("registration", Status.ISSUED, cast))


def good(page: Page, name: str) -> None:
    """No barrier and nothing sideways."""
    assert barriers(page) == [], name
    assert not page.evaluate(SIDEWAYS), name


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_the_pages_have_no_barrier_and_never_scroll_sideways(
    new_page: NewPage, live_server: Any, cast: Cast, project: Project, width: int, scheme: str
) -> None:
    today = local_date()
    page = new_page(width=width, color_scheme=scheme)
    sign_in(page, cast["signer of the company"], live_server.url, "en")
    page.goto(f"{project.get_absolute_url()}suspend/")
    good(page, "form")
    page.get_by_role("button", name="Show what this does").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    good(page, "errors")
    for label, day in (
        ("When was the suspension decided?", today),
        ("First day of the suspension", today),
        ("Last day of the suspension", today + timedelta(days=29)),
    ):
        page.get_by_label(label).fill(str(day))
    page.get_by_label("Reason").fill("Chờ thiết bị.")
    page.get_by_role("button", name="Show what this does").click()
    expect(page.get_by_role("heading", name="What this does")).to_be_visible()
    good(page, "preview")
    page.get_by_role("button", name="Report a suspension").click()
    expect(page.get_by_text("Chờ thiết bị.")).to_be_visible()
    page.goto(project.get_absolute_url())
    good(page, "box")
    notice = LifeNotice.objects.get()
    officials = new_page(width=width, color_scheme=scheme)
    sign_in(officials, cast["signer"], live_server.url, "vi")
    root = project.get_absolute_url()
    for address in ("/projects/life/", f"{root}life/{notice.pk}/informed/", root, f"{root}revoke/"):
        officials.goto(address)
        good(officials, address)


@pytest.mark.parametrize("scripts", [True, False])
def test_ending_a_project_works_with_and_without_scripts_and_going_back_repeats_nothing(
    new_page: NewPage, live_server: Any, cast: Cast, project: Project, scripts: bool
) -> None:
    today = local_date()
    page = new_page(javascript=scripts)
    sign_in(page, cast["signer of the company"], live_server.url, "en")
    page.goto(project.get_absolute_url())
    page.get_by_role("link", name="Report the end of the project").click()
    page.get_by_label("When was the end decided?").fill(str(today))
    page.get_by_label("Ground").select_option("own_decision")
    page.get_by_label("Reason").fill("Đã bán nhà máy.")
    page.get_by_role("button", name="Show what this does").click()
    expect(page.get_by_text("This ends the project")).to_be_visible()
    page.get_by_role("button", name="Change").click()
    expect(page.get_by_label("Reason")).to_have_value("Đã bán nhà máy.")
    page.get_by_role("button", name="Show what this does").click()
    page.get_by_role("button", name="Report the end of the project").click()
    expect(page.get_by_text("The project now stands at “Terminated”.")).to_be_visible()
    page.reload()
    assert LifeNotice.objects.count() == 1
    assert Certificate.objects.get(case=project.case).state == "surrendered"
    page.goto(f"/verify/{Certificate.objects.get(case=project.case).number}/")
    expect(page.get_by_text("the investor ended the project")).to_be_visible()


def test_who_ends_a_project_while_another_does_it_is_told_how_it_stands(
    new_page: NewPage, live_server: Any, cast: Cast, project: Project
) -> None:
    today = local_date()
    page = new_page()
    sign_in(page, cast["signer of the company"], live_server.url, "en")
    page.goto(f"{project.get_absolute_url()}terminate/")
    life.revoke(project, by=cast["signer"], told=Told(today, today, "no_deposit", "Không ký quỹ."))
    page.get_by_label("When was the end decided?").fill(str(today))
    page.get_by_label("Ground").select_option("own_decision")
    page.get_by_label("Reason").fill("Đã bán nhà máy.")
    page.get_by_role("button", name="Show what this does").click()
    expect(page.get_by_text("while the project stands at “Terminated”")).to_be_visible()
    page.get_by_role("link", name="Show how it stands now").click()
    expect(page).to_have_url(f"{live_server.url}{project.get_absolute_url()}")
