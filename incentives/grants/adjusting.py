"""Asking for an adjustment: a draft that begins with everything the certificate in force rests on."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.models import User
from cases.drafting import create, editing
from cases.errors import WrongState
from cases.models import Case
from cases.states import ENDED
from incentives.dossier.choices import Purpose
from incentives.dossier.models import IncentiveApplication
from incentives.dossier.starting import start_amending
from incentives.grants.models import IncentiveGrant


def running(grant: IncentiveGrant) -> Case | None:
    """The newest application for the adjustment of this certificate that is not over."""
    open_ones = IncentiveApplication.objects.filter(amends=grant).exclude(case__status__in=ENDED)
    found = open_ones.select_related("case").order_by("-pk").first()
    return found.case if found else None


def adjust(grant: IncentiveGrant, *, by: User, key: str) -> Case:
    """Open the draft; the same key leads to the draft it opened. Raises WrongState, NotAllowed."""
    if not grant.is_in_force:
        raise WrongState(
            _("Certificate %(number)s is no longer in force: it cannot be adjusted.") % {"number": grant.number}
        )
    case = create("incentive", organisation=grant.organisation, by=by, key=key)
    if IncentiveApplication.objects.get(case=case).purpose != Purpose.AMEND:
        with editing(case, by=by) as locked:
            start_amending(IncentiveApplication.objects.get(case=locked), grant)
    return case
