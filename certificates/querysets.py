"""Every read of certificates that is used twice."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from cases.models import Case
from certificates.states import DocumentState, State

if TYPE_CHECKING:
    from certificates.models import Certificate  # noqa: F401 (named in the base class, a plain string to the linter)

ABANDONED_AFTER = timedelta(minutes=10)  # twice the longest a task may run


class CertificateQuerySet(models.QuerySet["Certificate"]):
    """Reads of certificates."""

    def visible_to(self, user: Any) -> CertificateQuerySet:
        """The certificates of the cases a person may see."""
        return self.filter(case__in=Case.objects.visible_to(user))

    def issued(self) -> CertificateQuerySet:
        """With a number: what the public may ask about."""
        return self.exclude(state=State.PREPARED)

    def in_force(self) -> CertificateQuerySet:
        """Neither replaced nor revoked."""
        return self.filter(state=State.VALID)

    def to_render(self, now: datetime) -> CertificateQuerySet:
        """Issued ones whose PDF nobody is making: new, due for another try, or left by a worker that died."""
        return self.issued().filter(
            Q(document_state=DocumentState.WAITING)
            | Q(document_state=DocumentState.FAILED, next_try_at__lte=now)
            | Q(document_state=DocumentState.RENDERING, claimed_at__lte=now - ABANDONED_AFTER)
        )
