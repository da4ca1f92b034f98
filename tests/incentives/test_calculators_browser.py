"""The timeline in a real browser, in both languages: no barriers, nothing sideways, no need of scripts."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from tests.incentives.test_calculators_page import FULL
from tests.portal.test_look_in_browser import barriers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NewPage = Callable[..., Page]
PAGE = "/incentives/timeline/"
WRONG = FULL | {"rent": "much", "trial_on": "2028-05-01"}


def test_question_timeline_and_errors_have_no_barriers_in_both_languages_and_need_no_scripts(new_page: NewPage) -> None:
    wide = new_page(locale="vi-VN", width=1280, color_scheme="light")
    narrow = new_page(locale="en-GB", width=320, color_scheme="dark")
    for page, asked in ((wide, {}), (wide, FULL), (narrow, FULL), (narrow, WRONG)):
        page.goto(f"{PAGE}?{urlencode(asked)}")
        page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
        assert barriers(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    plain = new_page(locale="en-GB", javascript=False)
    plain.goto(PAGE)
    plain.fill("[name=lease_on]", "2027-01-01")
    plain.fill("[name=production_on]", "2028-03-01")
    plain.select_option("[name=place]", "park")
    plain.select_option("[name=state_land]", "true")
    plain.click("form.section button[type=submit]")
    expect(plain.locator(".timeline-chart rect[class^=timeline][x$='%']")).to_have_count(7)
    plain.emulate_media(media="print")
    expect(plain.locator("form.section")).to_be_hidden()
