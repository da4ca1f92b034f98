"""The states of a letter on its way, as officials and investors read them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a letter is. `unconfirmed` is rare and honest: the worker died between the last line and the answer."""

    QUEUED = "queued", _("Waiting to be sent")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    UNCONFIRMED = "unconfirmed", _("Handed over, not confirmed")
    FAILED = "failed", _("Not sent yet, will be tried again")
    GIVEN_UP = "given_up", _("Could not be delivered")


class Audience(models.TextChoices):
    """Which side a letter speaks to."""

    INVESTOR = "investor", _("Investor")
    OFFICIAL = "official", _("Office")


class Outcome(models.TextChoices):
    """How one attempt to send ended."""

    SENT = "sent", _("Sent")
    REFUSED = "refused", _("Refused by the mail server")
    UNREACHABLE = "unreachable", _("The mail server could not be reached")
    LOST = "lost", _("The worker ended before the letter was handed over")
    UNCONFIRMED = "unconfirmed", _("The worker ended before the mail server answered")


ON_ITS_WAY = frozenset({State.QUEUED, State.SENDING, State.FAILED})
NEEDS_A_PERSON = frozenset({State.GIVEN_UP, State.UNCONFIRMED})
