"""POST /api/v1/auth/token/"""

import pytest
from django.core.cache import cache
from django.urls import reverse
from rest_framework.authtoken.models import Token
from rest_framework.throttling import ScopedRateThrottle

from accounts.roles import APPRAISER
from tests.accounts.makers import PASSWORD, official, person, second_factor, totp

pytestmark = pytest.mark.django_db
WHERE = "/api/v1/auth/token/"  # the address that programs rely on


def ask(client, email, password=PASSWORD, **more):
    return client.post(WHERE, {"email": email, "password": password} | more, content_type="application/json")


def test_the_right_password_gives_the_accounts_token(client):
    user = person()
    answer = ask(client, user.email.upper())
    assert answer.status_code == 200
    assert answer.json() == {"token": Token.objects.get(user=user).key}
    assert ask(client, user.email).json() == answer.json()


def test_known_and_unknown_addresses_get_the_same_answer(client):
    user = person()
    unverified = person()
    unverified.emailaddress_set.update(verified=False)
    answers = [
        ask(client, user.email, "not the password"),
        ask(client, "nobody@x.example", "not the password"),
        ask(client, unverified.email),
        ask(client, person(is_active=False).email),
    ]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.content for answer in answers}) == 1
    assert answers[0].headers["WWW-Authenticate"] == "Token"


def test_a_missing_field_is_named(client):
    answer = client.post(WHERE, {"email": "x@x.example"}, content_type="application/json")
    assert answer.status_code == 400
    assert "password" in answer.content.decode()


def test_the_second_factor_is_asked_for_where_the_account_has_one(client):
    user = person()
    secret, codes = second_factor(user)
    assert ask(client, user.email).status_code == 400
    assert "code" in ask(client, user.email).content.decode()
    assert ask(client, user.email, code="000000").status_code == 400
    assert ask(client, user.email, code=totp(secret)).status_code == 200
    assert ask(client, user.email, code=codes[0]).status_code == 200
    assert ask(client, user.email, code=codes[0]).status_code == 400


def test_the_second_factor_does_not_tell_that_the_password_was_right(client):
    user = person()
    secret, _codes = second_factor(user)
    assert ask(client, user.email, "not the password", code=totp(secret)).status_code == 401


def test_an_official_without_a_second_factor_gets_no_token(client, settings):
    settings.SECOND_FACTOR_FOR_OFFICIALS = True
    answer = ask(client, official(APPRAISER).email)
    assert answer.status_code == 403
    assert not Token.objects.exists()


def test_wrong_passwords_are_limited_for_one_address(client):
    user = person()
    for _attempt in range(5):
        ask(client, user.email, "not the password")
    assert ask(client, user.email).status_code == 429


def test_a_program_is_limited_whatever_it_sends(client):
    limit = int(ScopedRateThrottle.THROTTLE_RATES["token"].split("/")[0])
    cache.clear()
    codes = [ask(client, f"nobody{number}@x.example").status_code for number in range(limit + 1)]
    assert codes[-1] == 429
    assert "Retry-After" in ask(client, "x@x.example").headers


def test_the_owner_ends_the_token(client):
    user = person()
    key = ask(client, user.email).json()["token"]
    client.force_login(user)
    assert "End the token" in client.get(reverse("account-settings")).content.decode()
    client.post(reverse("end-token"))
    assert not Token.objects.filter(key=key).exists()
