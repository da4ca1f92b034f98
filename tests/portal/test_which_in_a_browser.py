"""The questionnaire in a real browser: walked by the keyboard alone, without barriers and never sideways."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.portal.test_look_in_browser import barriers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NewPage = Callable[..., Page]
WAY = (("want", "register"), ("who", "foreign"), ("where", "park"), ("approval", "none"), ("route", "ordinary"))


@pytest.mark.parametrize(("width", "scheme", "locale"), [(1280, "light", "en-GB"), (320, "dark", "vi-VN")])
def test_the_keyboard_alone_leads_to_the_result(new_page: NewPage, width: int, scheme: str, locale: str) -> None:
    page = new_page(locale=locale, width=width, color_scheme=scheme)
    page.goto("/which-procedure/")
    for question, answer in WAY:
        assert barriers(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        page.locator("main input[type=radio]").first.focus()
        page.keyboard.press("Space")
        expect(page.locator(f"input[name={question}][value={answer}]")).to_be_checked()
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{question}={answer}")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("main table tbody tr")).to_have_count(9)
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.go_back()
    expect(page.locator("input[name=route]").first).to_be_visible()
