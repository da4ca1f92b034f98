"""Default deny: every address says who may open it, and every role finds exactly that."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import resolve

from accounts.access import admits, declaration
from accounts.models import User
from cases.models import Attachment, Case, Notice
from cases.states import Status
from tests.access.addresses import Address, addresses
from tests.walk import Cast, walk

pytestmark = pytest.mark.django_db

ROLES = (
    "anonymous", "owner", "preparer", "signer of the company", "observer", "consultant with an ended letter",
    "outsider", "desk officer", "appraiser", "signer", "statistician", "administrator",
)  # fmt: skip

# Behind these doors a role decides, too: who stands there without it reads why not (403).
OWNERS = {"owner", "outsider"}  # the outsider owns another company, and works on that
NARROWER: dict[str, set[str]] = {
    "organisation-new": {
        "owner", "preparer", "signer of the company", "observer", "consultant with an ended letter", "outsider",
    },
    "organisation-edit": OWNERS,
    "organisation-people": OWNERS,
    "organisation-invite": OWNERS,
    "member-roles": OWNERS,
    "member-letter": OWNERS,
}  # fmt: skip


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def case(cast: Cast) -> Case:
    """A case far enough that everything on its page exists."""
    return walk("petition", Status.AWAITING_INVESTOR, cast)


@pytest.fixture
def places(case: Case) -> list[Address]:
    return list(addresses(values(case)))


def values(case: Case) -> dict[str, str]:
    """Something real for every hole of an address."""
    paper = Attachment.objects.filter(case=case).first()
    notice = Notice.objects.filter(case=case).first()
    assert paper
    assert notice
    number = str(case.pk)
    return {
        "reference": case.reference, "kind": "petition", "key": "subject", "verb": "supplement", "pk": number,
        "id": str(paper.pk), "paper_id": str(paper.pk), "attachment_id": str(paper.pk), "notice_id": str(notice.pk),
        "object_id": number, "case_id": number, "organisation_id": str(case.organisation_id),
        "number": "HP-2026-000001",
        "token": "no-such-token", "code": "HP0001", "name": "no-such-mail.eml", "message_id": "1", "user_id": "1",
        "content_type_id": "1", "app_label": "cases", "slug": "petition", "membership_id": "1", "opinion_id": "1",
        "person": "1", "invitation": "1", "membership": "1", "company": str(case.organisation_id),
        "history_id": "1", "extra_context": "", "note_id": "1", "section": "subject", "invitation_id": "1",
        "year": "2026",
    }  # fmt: skip


def test_every_address_says_who_may_open_it(places: list[Address]) -> None:
    silent = [place.path for place in places if declaration(place.view, resolve(place.path)) is None]
    assert silent == []


@pytest.mark.parametrize("role", ROLES)
def test_a_role_finds_what_was_declared_for_it(role: str, cast: Cast, places: list[Address]) -> None:
    user: Any = AnonymousUser() if role == "anonymous" else cast[role]
    wrong = [problem for place in places for problem in _problems(place, user, role)]
    assert wrong == []


def _problems(place: Address, user: User | AnonymousUser, role: str) -> Iterator[str]:
    client = Client(raise_request_exception=False)
    if isinstance(user, User):
        client.force_login(user)
    answer = client.get(place.path)
    declared = declaration(place.view, resolve(place.path)) or frozenset()
    expected = _expected(declared, user, place)
    if place.name in NARROWER and role not in NARROWER[place.name] and admits(declared, user):
        expected = {302, 403, 404, 405}
    if answer.status_code not in expected:
        yield f"{place.path} answered {answer.status_code} instead of {sorted(expected)}"
    if answer.status_code == 302 and not isinstance(user, User) and not admits(declared, user):
        target = answer["Location"]
        if "/login/" not in target:
            yield f"{place.path} sent a stranger to {target}"


def _expected(declared: frozenset[str], user: User | AnonymousUser, place: Address) -> set[int]:
    if admits(declared, user):
        good = {200, 301, 302, 304, 400, 404, 405, 409, 410}
        # the admin asks its own permissions after the door; programs' addresses ask for a sign-in of their own
        return (
            good | ({403} if place.path.startswith("/admin/") else set()) | ({503} if "ready" in place.path else set())
        )
    if not isinstance(user, User):
        return {401} if place.path.startswith("/api/") else {302}
    return {403, 404}


def test_nobody_from_another_company_finds_anything_of_a_case(cast: Cast, case: Case, places: list[Address]) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(cast["outsider"])
    found = {
        place.path: client.get(place.path).status_code
        for place in places
        if case.reference in place.path and not place.path.startswith("/admin/")
    }
    assert len(found) > 10
    assert {path: code for path, code in found.items() if code not in (404, 405)} == {}


def test_a_statistician_and_an_administrator_see_no_draft_and_a_statistician_no_dossier(cast: Cast) -> None:
    draft = walk("petition", Status.DRAFT, cast)
    assert not Case.objects.visible_to(cast["administrator"]).filter(pk=draft.pk).exists()
    submitted = walk("petition", Status.SUBMITTED, cast)
    assert not Case.objects.visible_to(cast["statistician"]).filter(pk=submitted.pk).exists()
