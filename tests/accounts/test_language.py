"""Which language a page is in."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.accounts.makers import person

pytestmark = pytest.mark.django_db
PAGE = reverse("account_login")


@pytest.fixture
def client():
    """A browser that asks for no language."""
    return Client()


def language(answer) -> str:
    return answer.headers["Content-Language"]


def test_vietnamese_is_the_language_of_the_portal(client):
    assert language(client.get(PAGE)) == "vi"


def test_the_browser_asks_for_its_language(client):
    assert language(client.get(PAGE, headers={"accept-language": "en-GB,en;q=0.8"})) == "en"
    assert language(client.get(PAGE, headers={"accept-language": "xx"})) == "vi"


def test_the_cookie_comes_before_the_browser(client):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "vi"
    assert language(client.get(PAGE, headers={"accept-language": "en"})) == "vi"


def test_the_persons_language_comes_before_everything(client):
    client.force_login(person(language="en"))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "vi"
    assert language(client.get(reverse("account-settings"), headers={"accept-language": "vi"})) == "en"


def test_a_language_that_no_longer_exists_falls_back(client):
    someone = person()
    type(someone).objects.filter(pk=someone.pk).update(language="xx")
    client.force_login(someone)
    assert language(client.get(reverse("account-settings"))) == "vi"


def test_a_cached_page_is_kept_apart_by_language(client):
    assert "Accept-Language" in client.get(PAGE).headers["Vary"]
