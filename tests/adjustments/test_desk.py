"""Whoever decides reads what the decision does to the register, and need not type the project code again."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from cases.states import Status
from tests.adjustments.factories import licensed_project
from tests.walk import Cast, walk

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("verb", "state", "role"),
    [("propose", Status.ACCEPTED, "appraiser"), ("approve", Status.PROPOSED, "signer"),
     ("issue", Status.APPROVED, "desk officer")],
)  # fmt: skip
def test_a_decision_says_what_the_total_becomes(verb: str, state: Status, role: str) -> None:
    cast = Cast()
    number = licensed_project(cast.organisation).versions.get().certificate_number
    case = walk("adjustment", state, cast)
    type(cast[role]).objects.filter(pk=cast[role].pk).update(language="en")
    client = Client()
    client.force_login(cast[role])
    page = client.get(reverse(f"admin:cases_case_{verb}", args=[case.pk])).content.decode()
    assert "The total capital rises by USD 1,000,000,000, from USD 549,000,000 to USD 1,549,000,000." in page
    assert f"Certificate {number} is replaced by adjustment 1." in page
    assert ('value="4312567890"' in page) == (verb == "issue")
