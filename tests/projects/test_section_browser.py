"""The section pages in a real browser: rows without loading, amounts said while typed, questions put away."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from cases.drafting import create
from cases.models import Case
from projects.models import Project, Registration
from projects.register_import import load_register
from tests.walk import company, member

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def case(transactional_db: None) -> Case:
    organisation = company()
    return create("registration", organisation=organisation, by=member(organisation, "owner", "signer"))


@pytest.fixture
def desk(new_page: Callable[..., Page], case: Case) -> Callable[..., Page]:
    """The investor at a section page, signed in."""

    def open_section(key: str, **options) -> Page:
        page = new_page(locale="en-GB", **options)
        page.route("**/autosave.js", lambda route: route.abort())  # saving by itself is tested with the case pages
        page.goto("/")
        page.context.add_cookies(
            [{"name": django_settings.SESSION_COOKIE_NAME, "value": session_of(case.created_by), "url": page.url}]
        )
        page.goto(reverse("case-section", args=[case.reference, key]))
        return page

    return open_section


def session_of(user: User) -> str:
    """A signed-in session."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = django_settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def test_rows_are_added_and_taken_out_and_all_is_saved(desk: Callable[..., Page], case: Case) -> None:
    page = desk("project")
    page.fill("#id_project_name", "Dự án thử nghiệm")
    page.fill("#id_objectives-0-description", "Sản xuất linh kiện")
    page.get_by_role("button", name="Add another: objective").click()
    second = page.locator("#id_objectives-1-description")
    expect(page.locator("#id_objectives-1-description")).to_be_visible()
    second.fill("Lắp ráp mô-đun")
    page.locator("#id_objectives-0-DELETE").check()
    page.get_by_role("button", name="Save and come back later").click()
    page.wait_for_url(f"**{case.get_absolute_url()}")
    assert [row.description for row in Registration.objects.get(case=case).objectives.all()] == ["Lắp ráp mô-đun"]


def test_an_amount_is_said_while_it_is_typed(desk: Callable[..., Page]) -> None:
    page = desk("capital")
    page.locator("#id_total_capital_usd").press_sequentially("549,000,000")
    echo = page.locator("[data-echo-for=id_total_capital_usd]")
    expect(echo).to_have_text("USD 549 million · Five hundred and forty-nine million")
    page.fill("#id_total_capital_usd", "1,224")
    expect(echo).to_contain_text("can be read in two ways")


def test_questions_without_a_place_are_put_away_until_they_have_one(desk: Callable[..., Page]) -> None:
    page = desk("company")
    expect(page.locator("#id_agent_name")).to_be_hidden()
    page.select_option("#id_filed_by_agent", "true")
    expect(page.locator("#id_agent_name")).to_be_visible()
    expect(page.locator("#id_enterprise_code")).to_be_hidden()
    page.select_option("#id_investment_form", "existing_company")
    expect(page.locator("#id_enterprise_code")).to_be_visible()


def test_sector_codes_are_suggested(desk: Callable[..., Page]) -> None:
    page = desk("project")
    page.locator("#id_objectives-0-vsic_code").press_sequentially("261")
    expect(page.locator("#sector-codes option[value='2619']")).to_be_attached()


def test_everything_works_without_javascript(desk: Callable[..., Page], case: Case) -> None:
    page = desk("investors", javascript=False)
    expect(page.locator("#id_investors-0-birth_on")).to_be_visible()
    page.fill("#id_investors-0-name", "LG INNOTEK CO., LTD.")
    page.get_by_role("button", name="Add another: investor").click()
    page.fill("#id_investors-1-name", "LG DISPLAY CO., LTD.")
    page.get_by_role("button", name="Save and come back later").click()
    names = [row.name for row in Registration.objects.get(case=case).investors.all()]
    assert names == ["LG INNOTEK CO., LTD.", "LG DISPLAY CO., LTD."]


def test_the_pages_of_the_register_fit_a_narrow_screen(new_page: Callable[..., Page], transactional_db: None) -> None:
    load_register()
    page = new_page(locale="en-GB", width=320)
    lg_innotek = Project.objects.get(name="LG Innotek Vietnam Hai Phong")
    for address in (reverse("project-list"), lg_innotek.get_absolute_url(), reverse("supported-products")):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") == 320, address
