"""A request as our middleware leaves it: a person, their memberships, the organisation they act for."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest

from accounts.models import Membership, Organisation, User

ORGANISATION_KEY: Final = "organisation"


class PortalRequest(HttpRequest):
    """For annotations of views open to signed-in people only: there `user` is never anonymous."""

    user: User
    organisation: Organisation | None
    memberships: list[Membership]
    token_credentials: tuple[User, Any] | None


def is_api(request: HttpRequest) -> bool:
    """Whether the caller is a program, which gets problem details and never a redirect."""
    return request.path.startswith("/api/")


def act_for(request: HttpRequest, organisation: Organisation) -> None:
    """Make it the active organisation, for this request and the following ones."""
    request.session[ORGANISATION_KEY] = organisation.pk
    request.organisation = organisation  # type: ignore[attr-defined]
