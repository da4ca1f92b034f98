"""The second factor: forced for officials, offered to everyone."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from accounts.roles import APPRAISER
from tests.accounts.makers import PASSWORD, company, has_second_factor, official, person, second_factor, totp, visitor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _forced(settings):
    settings.SECOND_FACTOR_FOR_OFFICIALS = True


def sign_in(client, user):
    return client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})


def test_an_official_without_one_is_led_to_making_it_from_every_page(client):
    sign_in(client, official(APPRAISER))
    for name in ("home", "admin:index", "account-settings"):
        answer = client.get(reverse(name))
        assert (answer.status_code, answer.url) == (302, reverse("mfa_activate_totp")), name


def test_an_official_without_one_gets_403_from_the_api(client):
    client.force_login(official(APPRAISER))
    answer = client.post("/api/v1/auth/token/", {}, content_type="application/json")
    assert answer.status_code == 403
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_an_official_without_one_can_sign_out(client):
    sign_in(client, official(APPRAISER))
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db(transaction=True)
def test_making_it_gives_ten_recovery_codes_and_opens_the_desk(client, smtp_sink):
    user = official(APPRAISER)
    sign_in(client, user)
    form = client.get(reverse("mfa_activate_totp")).context["form"]
    answer = client.post(reverse("mfa_activate_totp"), {"code": totp(form.secret)})
    assert answer.url == reverse("mfa_view_recovery_codes")
    codes = client.get(answer.url).context["unused_codes"]
    assert len(set(codes)) == 10
    assert client.get(reverse("account-settings")).status_code == 200
    assert [mail["To"] for mail in smtp_sink.messages] == [user.email]


def test_the_secret_is_not_stored_in_clear(client):
    user = official(APPRAISER)
    secret, codes = second_factor(user)
    stored = str(list(Authenticator.objects.filter(user=user).values_list("data", flat=True)))
    assert secret not in stored
    assert codes[0] not in stored


def test_signing_in_asks_for_the_code(client):
    user = official(APPRAISER)
    secret, _codes = second_factor(user)
    assert sign_in(client, user).url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    assert client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    client.post(reverse("mfa_authenticate"), {"code": totp(secret)})
    assert client.session["_auth_user_id"] == str(user.pk)


def test_a_recovery_code_signs_in_once(client):
    user = official(APPRAISER)
    _secret, codes = second_factor(user)
    sign_in(client, user)
    client.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert "_auth_user_id" in client.session
    other = visitor()
    sign_in(other, user)
    other.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert "_auth_user_id" not in other.session


def test_an_official_cannot_switch_it_off(client):
    user = official(APPRAISER)
    secret, _codes = second_factor(user)
    sign_in(client, user)
    client.post(reverse("mfa_authenticate"), {"code": totp(secret)})
    client.post(reverse("mfa_deactivate_totp"))
    assert has_second_factor(user)


def test_an_investor_may_have_one_and_switch_it_off(client):
    user = person()
    company(user)
    secret, _codes = second_factor(user)
    sign_in(client, user)
    client.post(reverse("mfa_authenticate"), {"code": totp(secret)})
    assert client.get(reverse("mfa_index")).status_code == 200
    client.post(reverse("mfa_deactivate_totp"))
    assert not has_second_factor(user)


def test_an_investor_is_not_forced(client):
    user = person()
    company(user)
    sign_in(client, user)
    assert client.get(reverse("organisation")).status_code == 200


def test_a_sensitive_page_asks_again_who_it_is(client):
    user = person()
    client.force_login(user)
    answer = client.get(reverse("mfa_activate_totp"))
    assert answer.url.startswith(reverse("account_reauthenticate"))
    page = client.get(answer.url)
    assert page.status_code == 200
    assert client.post(answer.url, {"password": PASSWORD}).url.startswith(reverse("mfa_activate_totp"))


def test_all_pages_of_the_second_factor_are_shown(client):
    user = person()
    second_factor(user)
    client.force_login(user)
    answer = client.get(reverse("mfa_generate_recovery_codes"))
    client.post(reverse("mfa_reauthenticate"), {"code": second_codes(user)})
    for name in ("mfa_index", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_deactivate_totp"):
        answer = client.get(reverse(name))
        assert answer.status_code == 200, name
        assert "style=" not in answer.content.decode()
    assert client.get(reverse("mfa_download_recovery_codes")).headers["Content-Type"].startswith("text/plain")


def second_codes(user) -> str:
    """A recovery code that still works."""
    return Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()[0]
