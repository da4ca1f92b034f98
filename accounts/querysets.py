"""Reads of memberships that are used twice."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from accounts.models import Membership


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Who holds which role."""

    def in_force(self, on: date) -> MembershipQuerySet:
        """Roles in which a person may act that day: a consultant's only while the letter is valid."""
        return self.filter(models.Q(is_consultant=False) | models.Q(authority_until__gte=on))

    def owners(self) -> MembershipQuerySet:
        """The Owners who can still sign in."""
        return self.filter(role="owner", user__is_active=True)

    def an_owner(self) -> Membership | None:
        """The longest-standing Owner, whom a stranger may be sent to; None in an organisation without one."""
        return self.owners().select_related("user").order_by("created_at", "pk").first()
