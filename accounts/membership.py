"""What a person may do for an organisation on a given day.

Reading follows membership; acting follows the roles in force. An authority letter that has ended therefore takes
away every role of a consultant but not the sight of the organisation's cases.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts.models import Membership, Organisation, User


def roles_of(user: User | AnonymousUser, organisation: Organisation, on: date) -> frozenset[str]:
    """The roles (`Membership.Role` values) in which the person may act for the organisation that day."""
    if not isinstance(user, User) or not user.is_active:
        return frozenset()
    rows = Membership.objects.filter(user=user, organisation=organisation)
    return frozenset(row.role for row in rows if row.in_force(on))


def organisations_of(user: User | AnonymousUser) -> QuerySet[Organisation]:
    """The organisations whose papers the person may read, by name; those under an ended letter included."""
    if not isinstance(user, User):
        return Organisation.objects.none()
    return Organisation.objects.filter(memberships__user=user).distinct()


def authority_expired(memberships: Iterable[Membership], on: date) -> bool:
    """Whether a person's rows in ONE organisation are all without force that day: may read, may not act."""
    rows = list(memberships)
    return bool(rows) and not any(row.in_force(on) for row in rows)


def people_in(organisations: Iterable[int], roles: Iterable[str], on: date) -> dict[int, list[User]]:
    """Who may act that day for these organisations (by number) in one of the roles, each person once (1 query)."""
    rows = Membership.objects.in_force(on).filter(organisation__in=set(organisations), role__in=list(roles))
    rows = rows.filter(user__is_active=True, user__is_staff=False).select_related("user")
    found: dict[int, dict[int, User]] = defaultdict(dict)
    for row in rows.order_by("organisation", "user", "pk"):
        found[row.organisation_id].setdefault(row.user_id, row.user)
    return {number: list(people.values()) for number, people in found.items()}
