"""Signing up, in and out, through the real pages and a real mail server."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from tests.accounts.makers import PASSWORD, company, official, person, visitor

pytestmark = pytest.mark.django_db

WHO = {
    "full_name": "Kim Min-jun",
    "email": "Kim@Investor.example",
    "language": "en",
    "password1": "three quiet harbour cranes",
    "password2": "three quiet harbour cranes",
}
CODE_PAGE = reverse("account_email_verification_sent")


def sign_up(client, **changes):
    return client.post(reverse("account_signup"), WHO | changes)


def sign_in(client, email, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def signed_in_as(client):
    return client.session.get("_auth_user_id")


def test_signing_up_takes_three_screens_and_ends_at_the_company(client, mailed_code):
    assert sign_up(client).url == CODE_PAGE
    answer = client.post(CODE_PAGE, {"code": mailed_code()})
    assert answer.url == reverse("organisation-new")
    user = User.objects.get(email="kim@investor.example")
    assert (user.full_name, user.language, user.is_staff) == ("Kim Min-jun", "en", False)
    assert user.emailaddress_set.get().verified
    assert signed_in_as(client) == str(user.pk)


def test_a_code_may_be_typed_with_spaces(client, mailed_code):
    sign_up(client)
    code = mailed_code()
    assert client.post(CODE_PAGE, {"code": f" {code[:3]} {code[3:]} "}).status_code == 302
    assert signed_in_as(client)


def test_the_code_works_only_in_the_browser_that_asked(client, mailed_code, django_user_model):
    sign_up(client)
    other = visitor()
    assert other.post(CODE_PAGE, {"code": mailed_code()}).url == reverse("account_login")
    assert not signed_in_as(other)


def test_the_code_is_no_longer_good_after_ten_minutes(client, mailed_code):
    sign_up(client)
    with time_machine.travel(timezone.now() + timedelta(minutes=10, seconds=2)):
        assert client.post(CODE_PAGE, {"code": mailed_code()}).url == reverse("account_login")
    assert not signed_in_as(client)


def test_the_fifth_wrong_code_ends_it(client, mailed_code):
    sign_up(client)
    right = mailed_code()
    wrong = "000000" if right != "000000" else "111111"
    for _attempt in range(4):
        assert client.post(CODE_PAGE, {"code": wrong}).status_code == 200
    assert client.post(CODE_PAGE, {"code": wrong}).url == reverse("account_login")
    assert client.post(CODE_PAGE, {"code": right}).url == reverse("account_login")
    assert not signed_in_as(client)


def test_a_new_code_can_be_asked_for(client, smtp_sink, mailed_code):
    sign_up(client)
    with time_machine.travel(timezone.now() + timedelta(seconds=11)):
        client.post(CODE_PAGE, {"action": "resend"})
        assert len(smtp_sink.messages) == 2
        client.post(CODE_PAGE, {"code": mailed_code()})
    assert signed_in_as(client)


def test_a_short_or_common_password_is_refused(client, smtp_sink):
    for password in ("short", "password12345", "123456789012"):
        answer = sign_up(client, password1=password, password2=password)
        assert answer.context["form"].errors["password1"]
    assert not User.objects.exists()


def test_a_known_address_gets_the_same_answer_as_an_unknown_one(client, smtp_sink):
    person("kim@investor.example")
    known, other = sign_up(client), visitor()
    unknown = sign_up(other, email="lee@investor.example")
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    pages = [c.get(CODE_PAGE).content.decode() for c in (client, other)]
    hidden = [page.replace("kim@", "x@").replace("lee@", "x@") for page in pages]
    assert without_tokens(hidden[0]) == without_tokens(hidden[1])
    subjects = [mail["Subject"] for mail in smtp_sink.messages]
    assert subjects[0] == "You have an account already"
    assert User.objects.count() == 2


def test_a_forgotten_password_gets_the_same_answer_for_known_and_unknown(client, smtp_sink):
    person("kim@investor.example")
    other, pages = visitor(), []
    for browser, email in ((client, "kim@investor.example"), (other, "lee@investor.example")):
        answer = browser.post(reverse("account_reset_password"), {"email": email})
        assert answer.url == reverse("account_confirm_password_reset_code")
        pages.append(without_tokens(browser.get(answer.url).content.decode().replace(email, "x")))
    assert pages[0] == pages[1]


def test_a_wrong_password_gets_the_same_answer_for_known_and_unknown(client):
    person("kim@investor.example")
    answers = [
        sign_in(client, email, "not the password at all").context["form"].non_field_errors()
        for email in ("kim@investor.example", "lee@investor.example")
    ]
    assert answers[0] == answers[1] == ["The e-mail address or the password is not correct."]


def test_a_password_is_reset_by_a_code(client, mailed_code):
    person("kim@investor.example")
    client.post(reverse("account_reset_password"), {"email": "KIM@investor.example"})
    answer = client.post(reverse("account_confirm_password_reset_code"), {"code": mailed_code()})
    assert answer.url == reverse("account_complete_password_reset")
    fresh = "seven calm river boats"
    answer = client.post(answer.url, {"password1": fresh, "password2": fresh})
    assert answer.url == reverse("account_password_reset_completed")
    assert client.get(answer.url).status_code == 200
    sign_in(client, "kim@investor.example", fresh)
    assert signed_in_as(client)


def test_five_wrong_passwords_close_the_door_for_a_while(client):
    person("kim@investor.example")
    for _attempt in range(5):
        sign_in(client, "kim@investor.example", "not the password at all")
    answer = sign_in(client, "kim@investor.example")
    assert "Too many wrong attempts" in answer.content.decode()
    assert not signed_in_as(client)


def test_signing_in_leads_each_to_their_place(client):
    without_company, owner = person(), person()
    company(owner)
    places = []
    for user in (without_company, owner, official()):
        browser = visitor()
        places.append(sign_in(browser, user.email).url)
    assert places == [reverse("organisation-new"), reverse("home"), reverse("admin:index")]


def test_changing_addresses_long_after_signing_in_asks_again_who_it_is(client, smtp_sink):
    user = person("kim@investor.example")
    sign_in(client, user.email)
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        answer = client.post(reverse("account_email"), {"action_add": "1", "email": "kim@home.example"})
        assert answer.url.startswith(reverse("account_reauthenticate"))
    assert not smtp_sink.messages


def test_the_address_is_not_case_sensitive(client):
    person("kim@investor.example")
    sign_in(client, "KIM@Investor.Example")
    assert signed_in_as(client)


def test_mail_is_in_the_persons_language_as_text_and_html(client, smtp_sink):
    sign_up(client, language="vi")
    mail = smtp_sink.messages[-1]
    assert mail["To"] == "kim@investor.example"
    assert "mã" in mail["Subject"].lower()
    assert 'lang="vi"' in mail.get_body(("html",)).get_content()
    assert "10 phút" in mail.get_body(("plain",)).get_content()


def test_a_mail_server_that_is_down_is_told_on_the_page(client, smtp_sink):
    smtp_sink.stop()
    answer = sign_up(client)
    assert answer.url == CODE_PAGE
    assert "could not be sent" in client.get(CODE_PAGE).content.decode()
    smtp_sink.start()


def test_a_person_can_have_several_verified_addresses_and_sign_in_with_each(client, mailed_code):
    user = person("kim@investor.example")
    sign_in(client, user.email)
    client.post(reverse("account_email"), {"action_add": "1", "email": "kim@home.example"})
    client.post(CODE_PAGE, {"code": mailed_code()})
    assert user.emailaddress_set.filter(verified=True).count() == 2
    other = visitor()
    sign_in(other, "kim@home.example")
    assert signed_in_as(other) == str(user.pk)


@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_reset_password"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_open_pages_are_shown_in_both_languages(client, name, language):
    page = client.get(reverse(name), headers={"accept-language": language}).content.decode()
    assert f'<html lang="{language}"' in page
    assert "style=" not in page
    assert "onclick" not in page


def without_tokens(page: str) -> str:
    """The page without the secrets of its forms."""
    return "\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)
