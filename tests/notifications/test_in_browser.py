"""The letters in a real browser: no barriers, no sideways scrolling, readable as mail, and sent again by a click."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from notifications import outbox
from notifications.models import Message
from notifications.states import Audience, State
from tests.notifications.moves import MOVES, make
from tests.portal.test_look_in_browser import barriers
from tests.walk import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sign_in(page: Page, person: User, address: str) -> None:
    """Give the page the session of a person."""
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}])


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_pages_of_letters_have_no_barriers(new_page, live_server, width: int, language: str) -> None:
    cast = Cast()
    cast["owner"].language = cast["appraiser"].language = language
    for person in (cast["owner"], cast["appraiser"]):
        person.save()
    case, event = make("request_supplement", "petition", cast)
    outbox.sweep()
    letter = Message.objects.get(event=event, person=cast["owner"])
    for state in (State.SENT, State.GIVEN_UP):
        Message.objects.filter(pk=letter.pk).update(state=state, sent_at=timezone.now(), error="550 no such person")
        for person, addresses in (
            (cast["owner"], ["/messages/", letter.get_absolute_url(), case.get_absolute_url()]),
            (cast["appraiser"], ["/admin/notifications/message/", f"/admin/notifications/message/{letter.pk}/change/"]),
        ):
            page = new_page(width=width, bypass_csp=person.is_staff)  # axe itself styles something on the admin's page
            sign_in(page, person, live_server.url)
            for address in addresses:
                page.goto(address)
                assert barriers(page) == [], address
                assert person.is_staff or fits(page), address


def test_every_letter_has_no_barriers_and_fits_a_telephone(new_page) -> None:
    page = new_page(width=360)
    for verb in MOVES:
        cast = Cast()
        case, event = make(verb, "petition", cast)
        for audience in Audience:
            page.set_content(outbox.LetterWriter(case, event).write(cast["owner"], audience).html)
            assert barriers(page) == [], f"{verb} {audience}"
            assert fits(page), f"{verb} {audience}"


def test_a_letter_asked_for_again_too_soon_says_from_when_it_may_go_without_javascript(new_page, live_server) -> None:
    cast = Cast()
    cast["appraiser"].language = "en"
    cast["appraiser"].save()
    case, event = make("accept", "petition", cast)
    outbox.sweep()
    letter = Message.objects.get(event=event, person=cast["owner"])
    Message.objects.filter(pk=letter.pk).update(state=State.GIVEN_UP)
    page = new_page(javascript=False)
    sign_in(page, cast["appraiser"], live_server.url)
    page.goto(f"/admin/cases/case/{case.pk}/change/")
    row = page.locator("li.row-item", has_text=letter.to)
    expect(row.first).to_contain_text("Could not be delivered")
    row.first.get_by_role("button").click()
    expect(page.locator(".messages, .messagelist").first).to_contain_text("was sent a moment ago")  # written just now
    assert not letter.sent_again.exists()
