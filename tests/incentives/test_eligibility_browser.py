"""The incentive check in a real browser: no barriers, no sideways scrolling, no scripts, at most eight clicks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NewPage = Callable[..., Page]
URL = "/incentives/check/"
ASKED = {
    "product": "elec-11",
    "on": "2026-11-24",
    "new_equipment": "true",
    "made_in_vietnam": "certified",
    "place": "ez",
}
SHOWN = ({}, ASKED, ASKED | {"product": "linh kien"}, ASKED | {"product": "xi măng"}, ASKED | {"on": "1999-01-01"})


def barriers(page: Page) -> list[str]:
    found: Any = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {node['target']}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize(("width", "scheme", "locale"), [(1280, "light", "vi-VN"), (320, "dark", "en-GB")])
def test_the_page_has_no_barriers_and_never_scrolls_sideways(
    new_page: NewPage, width: int, scheme: str, locale: str
) -> None:
    page = new_page(locale=locale, width=width, color_scheme=scheme)
    for asked in SHOWN:
        page.goto(f"{URL}?{urlencode(asked)}")
        page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
        assert barriers(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_from_words_to_the_whole_answer_in_eight_clicks_without_scripts(new_page: NewPage) -> None:
    page = new_page(locale="en-GB", javascript=False)
    page.goto(URL)
    page.fill("[name=product]", "linh kien nhua o to")
    clicks = 0
    for choice in ("new_equipment-true", "ready-true", "supply_evidence-true", "high_technology-false",
                   "made_in_vietnam-not_yet", "project_type-new"):  # fmt: skip
        name, value = choice.split("-")
        page.check(f"input[name={name}][value={value}]")
        clicks += 1
    page.click("text=Show the answer")
    clicks += 1
    if page.locator("text=Which line do you mean?").count():
        page.locator("#answer .rows a").first.click()
        clicks += 1
    assert clicks <= 8
    expect(page.locator("#answer .facts")).to_contain_text("The authority decides")
    expect(page.locator("#answer .verdict")).to_contain_text("the authority decides on 3 conditions")
    assert "made_in_vietnam=not_yet" in page.url
