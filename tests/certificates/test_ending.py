"""A certificate that ends without a successor: told once, frozen with the day, and said by the public check."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.utils import translation
from rest_framework.test import APIClient

from cases.errors import WrongState
from cases.states import Status
from certificates import ending
from certificates.models import Certificate
from certificates.states import State
from certificates.verifying import Answer, examine, look_up
from tests.certificates.test_verifying import file_of
from tests.walk import Cast, walk

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

DAY = date(2026, 11, 20)
LEGAL = {(State.VALID, State.REPLACED), (State.VALID, State.REVOKED), (State.VALID, State.SURRENDERED)}
ISSUED = (State.VALID, State.REPLACED, State.REVOKED, State.SURRENDERED)


def end(certificate: Certificate, state: State, cast: Cast) -> Certificate:
    """Bring an issued certificate to one of its states."""
    if state == State.SURRENDERED:
        return ending.surrender(certificate, on=DAY, by=cast["signer of the company"], reason="The plant is sold.")
    if state == State.REVOKED:
        return ending.revoke(certificate, on=DAY, by=cast["signer"], reason="No deposit was paid.")
    if state == State.REPLACED:
        Certificate.objects.filter(pk=certificate.pk).update(state=state)
    return Certificate.objects.get(pk=certificate.pk)


@pytest.mark.parametrize("state", [State.SURRENDERED, State.REVOKED])
def test_an_end_keeps_day_person_and_reason_and_changes_nothing_that_was_stated(
    issued: Certificate, cast: Cast, state: State
) -> None:
    ended = end(issued, state, cast)
    by = cast["signer of the company"] if state == State.SURRENDERED else cast["signer"]
    assert (ended.state, ended.ended_on, ended.ended_by) == (state, DAY, by)
    assert ended.end_reason
    for column in ("number", "content", "content_sha256", "issued_on", "verify_url", "project_code"):
        assert getattr(ended, column) == getattr(issued, column)
    assert not Certificate.objects.in_force().filter(pk=issued.pk).exists()


@pytest.mark.parametrize(
    ("state", "act"), list(product([State.REPLACED, State.REVOKED, State.SURRENDERED], ["give", "take"]))
)
def test_a_certificate_ends_once(issued: Certificate, cast: Cast, state: State, act: str) -> None:
    end(issued, state, cast)
    with pytest.raises(WrongState, match=str(issued.number)):
        end(issued, State.SURRENDERED if act == "give" else State.REVOKED, cast)
    assert Certificate.objects.get(pk=issued.pk).state == state


def test_a_certificate_that_was_never_issued_cannot_end(cast: Cast) -> None:
    prepared = Certificate.objects.get(case=walk("petition", Status.APPROVED, cast))
    with pytest.raises(WrongState), translation.override("en"):
        ending.surrender(prepared, on=DAY, by=None)


@pytest.mark.parametrize(("before", "after"), [pair for pair in product(ISSUED, State) if pair[0] != pair[1]])
def test_the_database_allows_exactly_the_three_ends_of_a_valid_certificate(
    issued: Certificate, cast: Cast, before: State, after: State
) -> None:
    end(issued, before, cast)
    row = Certificate.objects.filter(pk=issued.pk)
    day = {"ended_on": DAY} if after in (State.REVOKED, State.SURRENDERED) else {}
    if (before, after) in LEGAL:
        assert row.update(state=after, **day) == 1
        return
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        row.update(state=after, **day)
    assert row.get().state == before


@pytest.mark.parametrize("state", ISSUED)
@pytest.mark.parametrize(
    "told", [{"ended_on": date(2026, 1, 1)}, {"end_reason": "another"}, {"ended_by": "desk officer"}]
)
def test_how_it_ended_is_told_with_the_end_and_never_again(
    issued: Certificate, cast: Cast, state: State, told: dict[str, Any]
) -> None:
    end(issued, state, cast)
    change: dict[str, Any] = {name: cast[value] if name == "ended_by" else value for name, value in told.items()}
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        Certificate.objects.filter(pk=issued.pk).update(**change)


@pytest.mark.parametrize("state", [State.REVOKED, State.SURRENDERED])
def test_what_an_ended_certificate_states_stays_frozen(issued: Certificate, cast: Cast, state: State) -> None:
    end(issued, state, cast)
    changes: list[dict[str, Any]] = [{"content": {}}, {"number": "HP-2026-999999"}, {"issued_on": DAY}]
    for change in changes:
        with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
            Certificate.objects.filter(pk=issued.pk).update(**change)
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM certificates_certificate WHERE id = %s", [issued.pk])


def test_a_surrender_without_its_day_is_no_surrender(issued: Certificate) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.filter(pk=issued.pk).update(state=State.SURRENDERED)


@pytest.mark.parametrize("state", [State.REVOKED, State.SURRENDERED])
def test_number_and_file_are_answered_revoked_and_how(ready: Certificate, cast: Cast, state: State) -> None:
    genuine = file_of(ready)
    end(ready, state, cast)
    assert look_up(str(ready.number)).answer is Answer.REVOKED
    assert examine(genuine).answer is Answer.REVOKED
    api = APIClient(headers={"accept-language": "en"})
    body = api.get(f"/api/v1/certificates/{ready.number}/").json()
    assert (body["state"], body["ended_as"], body["revoked_on"]) == ("revoked", state.value, "2026-11-20")
    assert f"was {state.value} on 20 Nov 2026" in body["message"]


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (State.REVOKED, "This certificate was revoked on 20 Nov 2026."),
        (State.SURRENDERED, "This certificate was surrendered on 20 Nov 2026: the investor ended the project."),
    ],
)
def test_the_page_says_who_ended_it_and_nothing_of_the_reason(
    client: Client, issued: Certificate, cast: Cast, state: State, sentence: str
) -> None:
    reason = end(issued, state, cast).end_reason
    html = client.get(f"/verify/{issued.number}/", headers={"accept-language": "en"}).content.decode()
    assert sentence in html
    assert "verdict-danger" in html
    assert reason not in html


def test_the_case_page_names_the_end(client: Client, issued: Certificate, cast: Cast) -> None:
    end(issued, State.SURRENDERED, cast)
    client.force_login(cast["owner"])
    html = client.get(f"/cases/{issued.case.reference}/", headers={"accept-language": "en"}).content.decode()
    assert "Surrendered on" in html
