"""The desk in a real browser: no barriers, nothing sideways, keys that never decide, and no need of scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from accounts.models import User
from cases import transitions as verbs
from cases.models import Case
from cases.states import Status
from tests.cases.desk.pages import page as address_of
from tests.cases.desk.pages import queue
from tests.portal.test_look_in_browser import barriers
from tests.walk import Cast, kinds, walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NewPage = Callable[..., Page]


def sign_in(page: Page, person: User, address: str, language: str = "en") -> None:
    """Give the page the session of an official."""
    User.objects.filter(pk=person.pk).update(language=language)
    client = Client()
    client.force_login(person)
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}])


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


@pytest.mark.parametrize(
    ("width", "language", "scheme"),
    [(1440, "vi", "light"), (1440, "en", "dark"), (320, "vi", "dark"), (320, "en", "light")],
)
def test_pages_have_no_barriers_and_never_scroll_sideways(
    new_page: NewPage, live_server, width: int, language: str, scheme: str
) -> None:
    cast = Cast()
    proposed = walk(kinds()[-1], Status.PROPOSED, cast)
    accepted = walk(kinds()[-1], Status.ACCEPTED, cast)
    page = new_page(width=width, color_scheme=scheme)
    visits = {
        "signer": [
            "/admin/", queue(), queue(q="không có"), queue(whose="signature"), address_of(proposed, list=""),
            address_of(proposed, "approve"), address_of(proposed, "refuse"), address_of(proposed, "assign"),
        ],
        "appraiser": [
            address_of(accepted, "form"), address_of(accepted, "timeline"), address_of(accepted, "opinions"),
            address_of(accepted, "notes"), address_of(accepted, "propose"),
            address_of(accepted, "request_supplement") + "?pin=subject", address_of(proposed, "approve"),
        ],
    }  # fmt: skip
    for role, addresses in visits.items():
        sign_in(page, cast[role], live_server.url, language)
        for address in addresses:
            page.goto(address)
            assert barriers(page) == [], address
            assert fits(page), address


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_papers_page_shows_the_file_itself(new_page: NewPage, live_server, language: str) -> None:
    cast = Cast()
    case = walk("petition", Status.SUBMITTED, cast)
    page = new_page(bypass_csp=True)  # axe looks into the viewer's frame
    sign_in(page, cast["desk officer"], live_server.url, language)
    page.goto(address_of(case, "papers"))
    frame = page.locator("iframe.viewer")
    expect(frame).to_be_visible()
    served = page.request.get(frame.get_attribute("src") or "")
    assert (served.status, served.headers["content-type"]) == (200, "application/pdf")
    page.locator("button[value=accepted]").click()
    expect(page.locator("button[value=pending]")).to_be_visible()
    assert case.attachments.get().review == "accepted"


def test_keys_move_through_the_queue_open_a_case_and_walk_on(new_page: NewPage, live_server) -> None:
    cast = Cast()
    first, second, third = (walk("petition", Status.SUBMITTED, cast) for _case in range(3))
    page = new_page()
    sign_in(page, cast["desk officer"], live_server.url)
    page.goto(queue())
    rows = page.locator("[data-row]")
    page.keyboard.press("j")
    expect(rows.nth(0)).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(rows.nth(1)).to_be_focused()
    page.keyboard.press("/")
    expect(page.locator("[data-search]")).to_be_focused()
    page.keyboard.type("jk?[")  # typing is typing
    expect(page.locator("[data-search]")).to_have_value("jk?[")
    page.goto(queue())
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    for key, case in (("]", first), ("]", second), ("[", third), ("[", second)):
        page.wait_for_url(f"**{address_of(case)}*")  # whole, so that the keys listen
        expect(page.locator(".case-head .reference")).to_have_text(case.reference)
        page.keyboard.press(key)
    expect(page.locator(".case-head .reference")).to_have_text(first.reference)


def test_keys_can_be_switched_off_for_good(new_page: NewPage, live_server) -> None:
    cast = Cast()
    walk("petition", Status.SUBMITTED, cast)
    page = new_page()
    sign_in(page, cast["desk officer"], live_server.url)
    page.goto(queue())
    page.keyboard.press("?")
    expect(page.locator("dialog.keys")).to_be_visible()
    assert barriers(page) == []
    page.locator("[data-keys-switch]").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("j")
    expect(page.locator("[data-row]").first).not_to_be_focused()
    page.locator("[data-keys-open]").click()  # the sheet itself stays within reach
    expect(page.locator("dialog.keys")).to_be_visible()


def test_no_single_key_decides(new_page: NewPage, live_server) -> None:
    cast = Cast()
    case = walk("petition", Status.PROPOSED, cast)
    page = new_page()
    sign_in(page, cast["signer"], live_server.url)
    for address in (address_of(case), address_of(case, "approve")):
        page.goto(address)
        for key in [*"abcdefghijklmnopqrstuvwxyz0123456789", "Enter", "Space", "Delete"]:
            page.keyboard.press(key)
    case.refresh_from_db()
    assert case.status == Status.PROPOSED


def test_ticking_answers_with_the_keyboard_leads_to_a_request_about_them(new_page: NewPage, live_server) -> None:
    cast = Cast()
    case = walk("petition", Status.ACCEPTED, cast)
    page = new_page()
    sign_in(page, cast["appraiser"], live_server.url)
    page.goto(address_of(case, "form"))
    for keys in ("jp", "jjp"):  # the first answer, then the third
        for key in keys:
            page.keyboard.press(key)
    expect(page.locator("[data-ticked]")).to_have_text("2 ticked")
    page.get_by_role("button", name="Request an explanation").click()
    shown = page.locator("[data-pin-row]:visible")
    expect(shown).to_have_count(2)
    page.locator("[data-pin-add]").click()
    expect(shown).to_have_count(3)
    for _more in range(4):
        page.locator("[data-pin-add]").click()
    labels = page.locator("[data-pin-row]:visible label").all_inner_texts()
    assert len(set(labels[::2])) == 7
    for number, text in ((0, "Tên chưa rõ."), (1, "Vì sao?")):
        shown.nth(number).locator("textarea").fill(text)
    page.get_by_role("button", name="Send the request for an explanation").click()
    expect(page.locator(".case-head")).to_contain_text("Waiting for the investor")
    notice = case.notices.get(kind="explanation")
    assert [pin["path"] for pin in notice.pins] == ["subject", "in_zone"]


def test_from_the_queue_to_a_decision_without_scripts_in_six_clicks(new_page: NewPage, live_server) -> None:
    cast = Cast()
    case = walk("petition", Status.SUBMITTED, cast)
    page = new_page(javascript=False)
    sign_in(page, cast["desk officer"], live_server.url)
    page.goto(queue())
    page.get_by_role("link", name=case.reference).click()
    page.get_by_role("link", name="Accept the dossier").click()
    page.get_by_role("button", name="Accept and start the clock").click()
    expect(page.locator(".case-head")).to_contain_text("Accepted, under appraisal")
    sign_in(page, cast["appraiser"], live_server.url)
    page.goto(queue())
    page.get_by_role("link", name=case.reference).click()
    page.get_by_role("link", name="Propose a decision").click()
    page.get_by_label("Approve").check()
    page.get_by_role("button", name="Send for signature").click()
    expect(page.locator(".case-eyes")).to_contain_text("another official has to take it")
    sign_in(page, cast["signer"], live_server.url)
    page.goto(queue(whose="signature"))
    page.get_by_role("link", name=case.reference).click()
    page.get_by_role("link", name="Approve").click()
    page.get_by_role("button", name="Approve").click()
    expect(page.locator(".case-head")).to_contain_text("Approved")
    assert Case.objects.get(pk=case.pk).status == Status.APPROVED


def test_who_was_too_late_finds_their_words_on_the_page(new_page: NewPage, live_server) -> None:
    cast = Cast()
    case = walk("petition", Status.PROPOSED, cast)
    page = new_page()
    sign_in(page, cast["signer"], live_server.url)
    page.goto(address_of(case, "send_back"))
    page.locator("textarea").fill("Xem lại công suất.")
    case.refresh_from_db()
    verbs.withdraw(case, by=cast["signer of the company"])
    page.get_by_role("button", name="Send back to the appraiser").click()
    expect(page.get_by_role("alert")).to_contain_text("Application withdrawn")
    expect(page.locator("textarea")).to_have_value("Xem lại công suất.")
    assert barriers(page) == []
