"""Revisions in a real browser: no barriers, nothing sideways, and progress that moves by itself to its end."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from incentives.models import RuleReplay
from incentives.revising import replaying
from incentives.revising.generated import Generated
from incentives.revising.past import SOURCES
from tests.cases.desk.test_desk_in_browser import sign_in
from tests.incentives.revisions import administrator, draft, revision, rule_of
from tests.portal.test_look_in_browser import barriers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_progress_moves_by_itself_and_no_page_has_a_barrier(
    new_page: Callable[..., Page], live_server: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(SOURCES, "generated", Generated(120))
    drafter = administrator()
    within = revision(drafter)
    draft(within, "replace", rule_of("c2"), version="400/2026")
    line = draft(within, "end", rule_of("readiness"))
    replay = replaying.start(within, by=drafter)

    def page_of(name: str, *numbers: int) -> str:
        return reverse(f"admin:incentives_rulerevision_{name}", args=numbers)

    page = new_page(locale="en-GB")
    sign_in(page, drafter, live_server.url)  # type: ignore[attr-defined]
    page.goto(within.get_absolute_url())
    words, bar = page.locator("[data-progress-words]"), page.locator("progress")
    expect(words).to_have_text("0 of 120 cases judged, 0 differ")
    assert replaying.step(replay.pk, size=50)
    expect(words).to_contain_text("50 of 120 cases judged")
    expect(bar).to_have_js_property("value", 50)
    replaying.run(replay.pk)
    expect(page.get_by_text("It holds for exactly this state of drafts and catalogue.")).to_be_visible()
    assert RuleReplay.objects.get(pk=replay.pk).state == RuleReplay.State.DONE

    addresses = [
        within.get_absolute_url(), page_of("add"), page_of("choose", within.pk), page_of("publish", within.pk),
        page_of("draft_edit", within.pk, line.pk), page_of("replay", within.pk, replay.pk),
        f"{page_of('draft', within.pk)}?target=rule&act=replace&row={rule_of('c1').pk}",
    ]  # fmt: skip
    for width, scheme, language in ((1280, "light", "vi"), (320, "dark", "en")):
        narrow = new_page(locale="vi-VN" if language == "vi" else "en-GB", width=width, color_scheme=scheme)
        sign_in(narrow, drafter, live_server.url, language)  # type: ignore[attr-defined]
        for address in addresses if width == 320 else addresses[:1] + addresses[5:6]:
            narrow.goto(address)
            narrow.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
            assert barriers(narrow) == [], address
            assert narrow.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), (
                address
            )
