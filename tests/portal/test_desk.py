"""The officials' desk is entered through the portal's own door."""

import pytest
from django.urls import reverse

from accounts.models import User

pytestmark = pytest.mark.django_db


def test_a_visitor_is_led_to_the_portals_sign_in_and_back(client):
    answer = client.get(reverse("admin:index"))
    assert answer.headers["Location"] == f"{reverse('account_login')}?next=/admin/"
    answer = client.get(reverse("admin:login"), {"next": "/admin/cases/case/"})
    assert answer.headers["Location"] == f"{reverse('account_login')}?next=/admin/cases/case/"


def test_an_investor_is_told_that_this_is_not_their_door(client):
    client.force_login(User.objects.create_user("kim@lg.example", "a-long-password"))
    assert client.get(reverse("admin:login")).status_code == 403
    assert client.get(reverse("admin:index")).status_code == 403


def test_an_official_finds_the_desk_in_the_portals_frame(client):
    client.force_login(User.objects.create_superuser("nam@heza.example", "a-long-password", language="en"))
    shown = client.get(reverse("admin:index")).content.decode()
    assert 'class="topbar"' in shown
    assert "css/admin.css" in shown
    assert reverse("set_language") in shown
    assert client.get(reverse("admin:login")).headers["Location"] == reverse("admin:index")


def test_signing_out_and_passwords_are_the_portals_own(client):
    client.force_login(User.objects.create_superuser("nam@heza.example", "a-long-password"))
    assert client.get(reverse("admin:password_change")).headers["Location"] == reverse("account_change_password")
    assert client.post(reverse("admin:logout")).headers["Location"] == reverse("account_logout")
