"""The published heads in a real browser: narrow and wide, light and dark, without barriers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import expect

from projects.models import ChainHead

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_the_heads_are_read_without_barriers_and_never_scroll_sideways(new_page, width: int, scheme: str) -> None:
    for number in range(35):
        at = timezone.now() - timedelta(days=number)
        ChainHead.objects.keep(head=f"{number:x}" * 32 * (2 - number // 16), projects=98, events=1234, ok=number != 3,
                               at=at)  # fmt: skip
    page = new_page(locale="en-GB", width=width, color_scheme=scheme, javascript=True)
    page.goto("/verify/")
    page.get_by_role("link", name="The hashes of all days, and how to check them").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The capital history, day by day")
    for address in ("/verify/", "/verify/chain/", f"/verify/chain/?before={date.today()}"):
        page.goto(address)
        found = Axe().run(page).response["violations"]
        assert [rule["id"] for rule in found] == [], address
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), address
