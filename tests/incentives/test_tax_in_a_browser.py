"""The tax schedule in a real browser: no barriers, nothing sideways, no need of scripts, and paper without the form."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from tests.portal.test_look_in_browser import barriers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NewPage = Callable[..., Page]
PAGE = "/incentives/tax-schedule/"
ASKED = {
    "certificate_year": "2026", "first_revenue_year": "2027", "profit": "1250.5", "lines": "2027-2028: -60",
    "failed_years": "2033", "revenue_share_percent": "80", "until": "2046",
}  # fmt: skip
WRONG = ASKED | {"profit": "much", "mode": "after_term"}


@pytest.mark.parametrize(("width", "scheme", "locale"), [(1280, "light", "vi-VN"), (320, "dark", "en-GB")])
def test_question_answer_and_errors_have_no_barriers_and_never_scroll_sideways(
    new_page: NewPage, width: int, scheme: str, locale: str
) -> None:
    page = new_page(locale=locale, width=width, color_scheme=scheme)
    for asked in ({}, ASKED, WRONG):
        page.goto(f"{PAGE}?{urlencode(asked)}")
        page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
        assert barriers(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_the_schedule_is_asked_for_read_and_fetched_without_scripts(new_page: NewPage) -> None:
    page = new_page(locale="en-GB", javascript=False)
    page.goto(PAGE)
    page.fill("[name=certificate_year]", "2026")
    page.fill("[name=first_revenue_year]", "2027")
    page.fill("[name=profit]", "100")
    page.click("text=Reckon the tax")
    expect(page.locator("#answer .tax-headline")).to_contain_text(
        "saves 235: the tax is 65 instead of 300, 78.3 % less"
    )
    expect(page.locator(".tax-years tbody tr")).to_have_count(15)
    expect(page.locator("[name=profit]")).to_have_value("100")
    with page.expect_download() as started:
        page.click("text=Download as CSV")
    assert started.value.suggested_filename == "tax-schedule.csv"


def test_paper_keeps_the_answer_and_leaves_the_form_out(new_page: NewPage) -> None:
    page = new_page(locale="en-GB")
    page.goto(f"{PAGE}?{urlencode(ASKED)}")
    page.emulate_media(media="print")
    expect(page.locator("form.section")).to_be_hidden()
    expect(page.locator(".tax-years tfoot")).to_be_visible()
    expect(page.get_by_text("This is an estimate.")).to_be_visible()
