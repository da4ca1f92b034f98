"""The look in a real browser: no barrier that axe can find, no sideways scrolling, nothing that needs JavaScript."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page, expect

from accounts.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = ("/", "/style/", "/mailbox/", "/no-such-page/")
GROUND = "getComputedStyle(document.body).backgroundColor"


def barriers(page: Page) -> list[str]:
    """What axe finds wrong, one line each."""
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {node['target']}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("locale", ["vi-VN", "en-GB"])
@pytest.mark.parametrize("width", [1280, 320])
def test_pages_have_no_barriers_and_never_scroll_sideways(new_page, width, locale, scheme):
    page = new_page(locale=locale, width=width, color_scheme=scheme)
    for address in PAGES:
        page.goto(address)
        assert barriers(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), address


def test_the_scheme_follows_the_device_until_the_reader_chooses(new_page):
    page = new_page(color_scheme="dark")
    page.goto("/style/")
    dark = page.evaluate(GROUND)
    page.locator("[data-theme-button]").click()  # dark device: automatic, then light
    light = page.evaluate(GROUND)
    assert light == "rgb(255, 255, 255)"
    assert light != dark
    page.reload()
    assert page.evaluate(GROUND) == light


def test_the_dark_scheme_needs_no_javascript(new_page):
    page = new_page(color_scheme="dark", javascript=False)
    page.goto("/")
    expect(page.locator("body")).to_have_css("background-color", "rgb(15, 24, 33)")
    expect(page.locator("[data-theme-button]")).to_be_hidden()


def test_paper_is_white_and_leaves_the_frame_out(new_page):
    page = new_page(color_scheme="dark")
    page.goto("/style/")
    page.emulate_media(media="print")
    assert page.evaluate(GROUND) == "rgb(255, 255, 255)"
    expect(page.locator(".topbar")).to_be_hidden()


def test_the_error_summary_takes_the_focus_and_leads_to_the_field(page):
    page.goto("/style/")
    expect(page.locator("[data-error-summary]")).to_be_focused()
    page.locator("[data-error-summary] a").first.click()
    expect(page.locator("#id_name")).to_be_focused()


def test_the_keyboard_reaches_the_content_first(page):
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def sign_in(page: Page, live_server) -> None:
    client = Client()
    client.force_login(User.objects.create_user("kim@lg.example", "a-long-password", full_name="Kim", language="en"))
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )


def test_a_menu_closes_on_escape_and_gives_the_focus_back(page, live_server):
    sign_in(page, live_server)
    page.goto("/style/")
    summary = page.locator(".topbar details.menu summary")
    summary.click()
    inside = page.get_by_role("button", name="Sign out")
    expect(inside).to_be_visible()
    inside.focus()
    page.keyboard.press("Escape")
    expect(inside).to_be_hidden()
    expect(summary).to_be_focused()


def test_the_menu_opens_without_javascript(new_page, live_server):
    page = new_page(javascript=False)
    sign_in(page, live_server)
    page.goto("/style/")
    page.locator(".topbar details.menu summary").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def test_a_second_click_sends_nothing_twice(page):
    page.goto("/style/")
    sent: list[str] = []

    def take(route):
        if route.request.method == "POST":
            sent.append(route.request.url)
        route.fulfill(status=204)  # no content: the page stays as it is

    page.route("**/language/", take)
    form = page.locator("form.language-switch")
    form.evaluate("form => form.dataset.guard = ''")
    form.evaluate("form => { const button = form.querySelector('button'); button.click(); button.click(); }")
    expect(form.locator("button")).to_be_disabled()
    assert len(sent) == 1


def test_figures_line_up_in_columns(page):
    page.goto("/style/")
    page.evaluate("document.fonts.ready")
    widths = page.evaluate(
        """() => [...'0123456789'].map(digit => {
            const line = document.createElement('p');
            line.innerHTML = `<span class="figures">${digit.repeat(20)}</span>`;
            document.querySelector('main').append(line);
            return Math.round(line.firstChild.getBoundingClientRect().width);
        })"""
    )
    assert len(set(widths)) == 1
