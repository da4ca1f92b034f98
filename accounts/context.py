"""What every page knows about the organisation the person acts for."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from accounts.membership import authority_expired
from accounts.models import Membership, Organisation


def organisation(request: HttpRequest) -> dict[str, Any]:
    """Template variables: the active organisation, those one can switch to, own roles, and an ended letter."""
    active: Organisation | None = getattr(request, "organisation", None)
    memberships: list[Membership] = getattr(request, "memberships", [])
    if active is None:
        return {
            "organisation": None,
            "organisations": [],
            "organisation_roles": frozenset(),
            "authority_expired": False,
        }
    today = timezone.localdate()
    own = [row for row in memberships if row.organisation_id == active.pk]
    return {
        "organisation": active,
        "organisations": list({row.organisation_id: row.organisation for row in memberships}.values()),
        "organisation_roles": frozenset(row.role for row in own if row.in_force(today)),
        "authority_expired": authority_expired(own, today),
    }
