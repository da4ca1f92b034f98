"""The simulator in a real browser: no barriers, no sideways scrolling, and everything works without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from accounts.models import User
from adjustments.models import Adjustment
from tests.adjustments.factories import licensed_project
from tests.cases.desk.test_desk_in_browser import sign_in
from tests.walk import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NewPage = Callable[..., Page]
ASKED = {
    "on": "2026-02-28", "today_total_capital_usd": "1,000,000,000", "today_contributed_usd": "300,000,000",
    "today_mobilised_usd": "600,000,000", "today_retained_usd": "100,000,000", "today_place": "IP-TD1",
    "today_exchange_rate": "26000", "total_capital_usd": "2,549,000,000", "approved": "true", "state_land": "true",
    "investor_1": "LG INNOTEK CO., LTD.", "today_investor_1_usd": "300,000,000", "place": "outside",
}  # fmt: skip
WRONG = ASKED | {"total_capital_usd": "much", "objectives": "0000"}


def barriers(page: Page) -> list[str]:
    found: Any = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {node['target']}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize(("width", "scheme", "locale"), [(1280, "light", "vi-VN"), (320, "dark", "en-GB")])
def test_answer_and_errors_have_no_barriers_and_never_scroll_sideways(
    new_page: NewPage, width: int, scheme: str, locale: str
) -> None:
    page = new_page(locale=locale, width=width, color_scheme=scheme)
    for asked in ({}, ASKED, WRONG):
        page.goto(f"/adjustments/simulate/?{urlencode(asked)}")
        page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
        assert barriers(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_the_company_tries_out_a_billion_and_makes_it_a_draft_without_scripts(
    new_page: NewPage, live_server: Any
) -> None:
    cast = Cast()
    User.objects.update(language="en")
    project = licensed_project(cast.organisation)
    page = new_page(locale="en-GB", javascript=False)
    sign_in(page, cast["preparer"], live_server.url)
    page.goto("/adjustments/simulate/")
    page.select_option("[name=project]", project.code)
    page.fill("[name=total_capital_usd]", "1.549.000.000")
    page.click("text=Try it out")
    expect(page.locator("#answer")).to_contain_text("within 7 working days")
    expect(page.locator("#lines-usd + thead + tbody tr.changed").first).to_contain_text("+1,000,000,000 (+182.1 %)")
    page.click("text=Make this a draft")
    expect(page).to_have_url(re.compile(r"/sections/capital/$"))
    expect(page.locator("[name=total_capital_usd]")).to_have_value("1,549,000,000")
    assert Adjustment.objects.get().intent == "increase"
