"""How a certificate ends without a successor: given back by its investor, or taken back by the authority.

What it states stays as it was issued; only its state, the day, the person and the reason are added, once.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from cases.errors import WrongState
from certificates.models import Certificate
from certificates.states import State


def surrender(certificate: Certificate, *, on: date, by: User | None, reason: str = "") -> Certificate:
    """The investor ends the project and gives the certificate back. Raises WrongState when it is not in force."""
    return _end(certificate, State.SURRENDERED, on, by, reason)


def revoke(certificate: Certificate, *, on: date, by: User | None, reason: str) -> Certificate:
    """The authority takes the certificate back. Raises WrongState when it is not in force."""
    return _end(certificate, State.REVOKED, on, by, reason)


def _end(certificate: Certificate, state: State, on: date, by: User | None, reason: str) -> Certificate:
    with transaction.atomic():
        locked = Certificate.objects.select_for_update().get(pk=certificate.pk)
        if locked.state != State.VALID:
            raise WrongState(
                _("Certificate %(number)s is not in force, so it cannot end: its state is “%(state)s”.")
                % {"number": locked.number or "–", "state": locked.get_state_display()}
            )
        locked.state, locked.ended_on, locked.ended_by, locked.end_reason = state, on, by, reason
        locked.save(update_fields=["state", "ended_on", "ended_by", "end_reason"])
    return locked
