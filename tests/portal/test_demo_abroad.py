"""The demo person who acts for investors abroad signs in like the other demo accounts."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.demo import PASSWORD
from portal.demo import ABROAD, _acting_for
from tests.walk import company

pytestmark = pytest.mark.django_db


def test_whoever_acts_for_an_investor_abroad_can_sign_in(client: Client) -> None:
    first, second = _acting_for(company(), "signer"), _acting_for(company(), "preparer")
    assert first == second
    page = client.post("/account/login/", {"login": ABROAD, "password": PASSWORD}, follow=True)
    assert page.context["user"] == first
    assert "confirm-email" not in page.request["PATH_INFO"]
