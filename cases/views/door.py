"""The way into every page of a case: finding it, and turning a domain refusal into an answer, once."""

from __future__ import annotations

import secrets
from http import HTTPStatus
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.models import Membership, Organisation, User
from accounts.request import PortalRequest, act_for
from cases.calendar import local_date
from cases.errors import CaseError, NotAllowed
from cases.findings import Finding
from cases.kinds import KINDS
from cases.models import Case, Event

KEY_LENGTH = 64
EVENTS = Prefetch("events", Event.objects.select_related("by", "notice"))
"""The history of a case with who made each move and the paper that went with it."""


def here(request: HttpRequest) -> PortalRequest:
    """The request as our middleware leaves it for signed-in people."""
    return cast(PortalRequest, request)


def company(request: HttpRequest) -> Organisation:
    """The company the person acts for. Raises PermissionDenied for somebody without one (an official)."""
    organisation = here(request).organisation
    if organisation is None:
        raise PermissionDenied
    return organisation


def own_case(request: HttpRequest, reference: str, *fetched: str | Prefetch[Any]) -> Case:
    """The case, if this person may see it (404 otherwise); from here on they act for its company.

    `fetched` are relations that the page reads more than once ("attachments", `EVENTS`).
    """
    found = Case.objects.visible_to(request.user).prefetch_related(*fetched)
    found = found.with_people().select_related("created_by", *KINDS)
    case: Case = get_object_or_404(found, reference=reference.upper())
    active = here(request).organisation
    if active is not None and active.pk != case.organisation_id:
        act_for(request, case.organisation)
    return case


def new_key() -> str:
    """An idempotency key for a form: the same page sent twice is one act."""
    return secrets.token_urlsafe(18)


def posted_key(request: HttpRequest) -> str:
    """The key a form brought back."""
    key = request.POST.get("key", "")[:KEY_LENGTH]
    return key if key.isprintable() else ""


def posted_version(request: HttpRequest) -> int | None:
    """The version of the case the page was made from."""
    version = request.POST.get("version", "")
    return int(version) if version.isascii() and version.isdigit() and len(version) < 10 else None


def refused(request: HttpRequest, case: Case, error: CaseError) -> HttpResponse:
    """A refusal as a page: 403 for a person who may not, 409 where the case stands elsewhere by now."""
    if isinstance(error, NotAllowed):
        raise PermissionDenied(error.message) from error
    shown = {"exception": error.message, "back_url": case.get_absolute_url()}
    return render(request, "409.html", shown, status=HTTPStatus.CONFLICT)


def told(request: HttpRequest, error: CaseError) -> None:
    """The same refusal as a sentence on the next page."""
    messages.warning(request, error.message)


def page_errors(sentences: list[dict[str, Any]]) -> dict[str, Any]:
    """The errors of a page for its title and its summary."""
    return {"errors": sentences, "page_errors": sentences}


def summary_of(findings: list[Finding]) -> list[dict[str, Any]]:
    """Findings as lines of the error summary, which leads to the same list with links to the fields."""
    return [{"id": "gaps", "label": "", "message": str(finding.message)} for finding in findings]


def signers_of(case: Case, user: User) -> list[User]:
    """Who can submit instead of this person, today."""
    rows = Membership.objects.in_force(local_date()).filter(organisation=case.organisation_id, role="signer")
    return [row.user for row in rows.exclude(user=user).select_related("user").order_by("user__full_name")[:5]]
