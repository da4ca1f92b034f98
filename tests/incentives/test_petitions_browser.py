"""Petitions and impact in a real browser: no barrier, nothing sideways, and an adoption by hand that tells once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from accounts.roles import APPRAISER
from incentives.models import Petition
from incentives.petitions import acts
from notifications.models import Message
from tests.cases.desk.test_desk_in_browser import sign_in
from tests.incentives.test_impact import ASKED
from tests.incentives.test_petitions import TODAY, WORDS, licensed, line, named
from tests.portal.test_look_in_browser import barriers
from tests.walk import company, member, official

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NewPage = Callable[..., Page]
BASE = "/admin/incentives/petition/"
IMPACT = f"/admin/incentives/impact/?{urlencode(ASKED | {'whom': 'petitioned', 'as_if': '2027'})}"


def good(page: Page, address: str) -> None:
    """No barrier and nothing sideways."""
    page.goto(address)
    assert barriers(page) == [], address
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), address


def test_pages_have_no_barrier_and_an_adoption_by_hand_tells_once(new_page: NewPage, live_server: Any) -> None:
    appraiser, one = official(APPRAISER), company()
    member(one, "owner")
    projects = [licensed("Nhà máy nam châm", organisation=one), licensed("Nhà máy bột", sector="20")]
    petition = named(acts.record(WORDS, by=appraiser), projects[0], by=appraiser)
    acts.add_evidence(petition, by=appraiser, text_vi="Ba nhà máy cần.", text_en="", source="Sở")
    line()
    acts.send(petition, by=appraiser, to="Bộ Công Thương", on=TODAY)
    own, public = f"{BASE}{petition.pk}/", petition.get_absolute_url()
    seen = {
        "vi": (public, "/incentives/petitions/", f"{own}projects/", IMPACT),
        "en": (public, f"{own}change/", IMPACT),
    }
    for width, scheme, language in ((1280, "light", "vi"), (320, "dark", "en")):
        page = new_page(locale="vi-VN" if language == "vi" else "en-GB", width=width, color_scheme=scheme)
        sign_in(page, appraiser, live_server.url, language)
        for address in seen[language]:
            good(page, address)
    good(page, f"{own}adopt/")
    page.get_by_label("MAT-01").check()
    page.get_by_role("button", name="Show what this does").click()
    expect(page.get_by_role("heading", name="What the adoption will do")).to_be_visible()
    assert barriers(page) == []
    page.get_by_role("button", name="Adopt and tell").click()
    expect(page.get_by_text("Adopted. 1 project was told.")).to_be_visible()
    page.goto(f"{own}adopt/")
    expect(page.locator("#refusal")).to_contain_text("“Adopt” is not possible while the petition stands at")
    expect(page.get_by_role("button", name="Show what this does")).to_have_count(0)
    assert Message.objects.filter(template="petition-adopted").count() == 1
    assert Petition.objects.get(pk=petition.pk).state == "adopted"
    good(page, projects[0].get_absolute_url())
