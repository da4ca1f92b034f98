"""A company files its annual report in a real browser: three clicks from home, no barriers, nothing sideways."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from accounts.models import User
from cases.calendar import local_date
from incentives.models import AnnualReport, IncentiveGrant
from tests.incentives.granted import row
from tests.portal.test_look_in_browser import barriers
from tests.walk import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NewPage = Callable[..., Page]


def sign_in(page: Page, user: User, live_server: object) -> None:
    client = Client()
    client.force_login(user)
    address = getattr(live_server, "url")  # noqa: B009
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}])


@pytest.mark.parametrize(("language", "width", "scheme"), [("en", 1280, "light"), ("vi", 320, "dark")])
def test_the_report_is_filed_with_three_clicks_from_home(
    new_page: NewPage, live_server: object, language: str, width: int, scheme: str
) -> None:
    cast, last_year = Cast(), local_date().year - 1
    cast["owner"].language = language
    cast["owner"].save()
    grant = row(cast.organisation, "HPUD-2025-000001", day=date(last_year, 9, 20))
    locale = {"en": "en-GB", "vi": "vi-VN"}[language]
    page = new_page(locale=locale, width=width, color_scheme=scheme)
    sign_in(page, cast["owner"], live_server)

    def look() -> None:
        page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
        assert barriers(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")

    page.goto(grant.get_absolute_url())
    look()
    page.goto("/dashboard/")
    page.locator(f"a[href$='/reports/{last_year}/']").first.click()  # the first click
    for box in page.locator("form[data-guard] input[inputmode=decimal]").all():
        box.fill("1000000")
    for choice in page.locator("form[data-guard] select").all():
        choice.select_option("true")
    page.locator("[name=employees]").fill("many")
    page.locator("[name=declared]").check()  # the second
    page.locator("button[value=file]").click()  # the third: refused with what was typed still there
    expect(page.locator("[data-error-summary]")).to_be_visible()
    expect(page.locator("[name=employees]")).to_have_value("many")
    look()
    page.locator("[name=employees]").fill("190")
    page.locator("button[value=file]").click()
    expect(page.locator("#filing-1")).to_be_visible()
    look()
    assert AnnualReport.objects.get().state == "filed"
    if language == "vi":  # the office's pages are looked at once
        look_at_the_office(new_page, live_server, cast, grant)


def look_at_the_office(new_page: NewPage, live_server: object, cast: Cast, grant: IncentiveGrant) -> None:
    page = new_page(width=320)
    sign_in(page, cast["signer"], live_server)
    page.goto("/incentives/grants/due/?show=review")
    assert barriers(page) == []
    page.goto(f"{grant.get_absolute_url()}revoke/")
    page.locator("[name=ground]").select_option("NO_REPORT")
    page.locator("[name=reason]").fill("Không nộp báo cáo.")
    page.locator("button[value=preview]").click()
    expect(page.locator("button.btn-danger[value=act]")).to_be_visible()
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
