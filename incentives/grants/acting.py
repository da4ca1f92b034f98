"""What the acts of the office have in common: who may, what is said beforehand, and doing a thing only once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from cases.errors import NotAllowed, WrongState
from incentives.grants.models import GrantEvent, IncentiveGrant


@dataclass(frozen=True)
class Preview:
    """What an act will do: item, before, after; sentences about what follows; and what to think about."""

    rows: list[tuple[str, str, str]]
    follows: list[str]
    warnings: list[str] = field(default_factory=list)


def may(user: User, permission: str) -> bool:
    """Whether this official has the right."""
    return user.is_active and user.is_staff and user.has_perm(permission)


def ensure_may(user: User, permission: str) -> None:
    """Refuse everybody else. Raises NotAllowed."""
    if not may(user, permission):
        raise NotAllowed(_("Your role in the office does not include this step."))


def ensure_in_force(grant: IncentiveGrant) -> None:
    """Refuse a certificate that has ended. Raises WrongState."""
    if not grant.is_in_force:
        words = {"number": grant.number, "state": grant.get_state_display()}
        raise WrongState(_("Certificate %(number)s stands at “%(state)s”: nothing more is done to it.") % words)


def done_with(grant: IncentiveGrant, kind: str, by: User, key: str) -> GrantEvent | None:
    """The event that this person's earlier request with the same key made."""
    return grant.events.filter(kind=kind, by=by, data__key=key).first() if key else None


@contextmanager
def locked(grant: IncentiveGrant) -> Iterator[IncentiveGrant]:
    """The grant as it is now, with its line locked against other acts."""
    with transaction.atomic():
        IncentiveGrant.objects.select_for_update().get(pk=grant.line_id)
        around = ("organisation", "project", "case__authority")
        yield IncentiveGrant.objects.select_for_update(of=("self",)).select_related(*around).get(pk=grant.pk)
