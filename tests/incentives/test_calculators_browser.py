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


@pytest.mark.parametrize(("width", "scheme", "locale"), [(1280, "light", "vi-VN"), (320, "dark", "en-GB")])
def test_question_timeline_and_errors_have_no_barriers_and_need_no_scripts(
    new_page: NewPage, width: int, scheme: str, locale: str
) -> None:
    page = new_page(locale=locale, width=width, color_scheme=scheme)
    for asked in ({}, FULL, WRONG):
        page.goto(f"{PAGE}?{urlencode(asked)}")
        page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
        assert barriers(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    plain = new_page(locale=locale, width=width, javascript=False)
    plain.goto(PAGE)
    plain.fill("[name=lease_on]", "2027-01-01")
    plain.fill("[name=production_on]", "2028-03-01")
    plain.select_option("[name=place]", "park")
    plain.select_option("[name=state_land]", "true")
    plain.click("form.section button[type=submit]")
    expect(plain.locator(".timeline-chart rect[class^=timeline][x$='%']")).to_have_count(7)
    plain.emulate_media(media="print")
    expect(plain.locator("form.section")).to_be_hidden()
