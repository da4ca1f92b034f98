"""Service levels in a real browser: no barriers, nothing sideways, no need of scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts import roles
from cases.calendar import local_date
from cases.service.months import Month
from tests.cases.test_service_levels import Told
from tests.portal.test_look_in_browser import barriers
from tests.walk import company, official

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("width", "scheme", "locale"), [(1280, "light", "vi-VN"), (320, "dark", "en-GB")])
def test_the_levels_are_asked_for_and_read_without_scripts_or_barriers(
    new_page: Callable[..., Page], width: int, scheme: str, locale: str
) -> None:
    told = Told(official(roles.APPRAISER), company())
    for end in ("10-12", "10-13", "10-14", "10-15", "10-16"):
        told.simple(end)
    told.simple("10-20", code="irc-special")
    page = new_page(locale=locale, width=width, color_scheme=scheme)
    for asked in ("", "?procedure=irc", "?from=2026-13"):
        page.goto(f"/service-levels/{asked}")
        assert barriers(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    plain = new_page(locale="en-GB", width=width, javascript=False)
    plain.goto("/service-levels/")
    expect(plain.locator(".service-bars > svg rect.service-decided")).to_have_count(12)
    plain.select_option("[name=procedure]", "irc")
    plain.select_option("[name=from]", str(Month.of(local_date()).after(-1)))
    plain.get_by_role("button", name="Show", exact=True).click()
    expect(plain.locator("#answer tbody tr")).to_have_count(2)
    expect(plain.locator("#answer")).to_contain_text("80%")
    with plain.expect_download() as started:
        plain.click("text=Download as CSV")
    assert started.value.suggested_filename == "service-levels.csv"
