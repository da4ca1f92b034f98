"""The states of a case, each with two names: the official's and the investor's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from cases.models import Case


class Status(models.TextChoices):
    """Where a case stands, as officials call it."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted, completeness to check")
    RETURNED = "returned", _("Returned as incomplete")
    ACCEPTED = "accepted", _("Accepted, under appraisal")
    AWAITING_INVESTOR = "awaiting_investor", _("Waiting for the investor")
    ON_HOLD = "on_hold", _("Clock on hold")
    PROPOSED = "proposed", _("Waiting for signature")
    APPROVED = "approved", _("Approved, certificate to issue")
    REFUSED = "refused", _("Refused")
    ISSUED = "issued", _("Certificate issued")
    WITHDRAWN = "withdrawn", _("Withdrawn by the investor")
    STOPPED = "stopped", _("Processing stopped")


class PublicStatus(models.TextChoices):
    """Where a case stands, as the investor reads it on every page, mail and paper."""

    DRAFT = "draft", pgettext_lazy("investor", "Draft")
    SUBMITTED = "submitted", pgettext_lazy("investor", "Received, being checked")
    ACCEPTED = "accepted", pgettext_lazy("investor", "In process")
    QUERY = "query", pgettext_lazy("investor", "You must answer")
    ANSWERED = "answered", pgettext_lazy("investor", "Answered, back with the office")
    OPINION = "opinion", pgettext_lazy("investor", "Asking other offices")
    DECIDED_YES = "decided_yes", pgettext_lazy("investor", "Approved")
    ISSUED = "issued", pgettext_lazy("investor", "Certificate issued")
    DECIDED_NO = "decided_no", pgettext_lazy("investor", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("investor", "Withdrawn")
    STOPPED = "stopped", pgettext_lazy("investor", "Processing stopped")


EDITABLE = frozenset({Status.DRAFT, Status.RETURNED})
WITH_THE_OFFICE = frozenset({Status.SUBMITTED, Status.ACCEPTED, Status.ON_HOLD, Status.PROPOSED, Status.APPROVED})
WITH_THE_INVESTOR = frozenset({Status.DRAFT, Status.RETURNED, Status.AWAITING_INVESTOR})
ENDED = frozenset({Status.REFUSED, Status.ISSUED, Status.WITHDRAWN, Status.STOPPED})
OPEN = frozenset(Status) - ENDED - {Status.DRAFT}

_PUBLIC: dict[str, PublicStatus] = {
    Status.DRAFT: PublicStatus.DRAFT,
    Status.SUBMITTED: PublicStatus.SUBMITTED,
    Status.RETURNED: PublicStatus.QUERY,
    Status.AWAITING_INVESTOR: PublicStatus.QUERY,
    Status.ON_HOLD: PublicStatus.ACCEPTED,
    Status.PROPOSED: PublicStatus.ACCEPTED,
    Status.APPROVED: PublicStatus.DECIDED_YES,
    Status.ISSUED: PublicStatus.ISSUED,
    Status.REFUSED: PublicStatus.DECIDED_NO,
    Status.WITHDRAWN: PublicStatus.WITHDRAWN,
    Status.STOPPED: PublicStatus.STOPPED,
}


def public_status(case: Case) -> PublicStatus:
    """The investor's name for where the case stands; in process, it also tells what the office is doing."""
    if case.status != Status.ACCEPTED:
        return _PUBLIC[case.status]
    if case.answered_at:
        return PublicStatus.ANSWERED
    return PublicStatus.OPINION if case.open_opinions else PublicStatus.ACCEPTED
