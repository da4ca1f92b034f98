"""The states of a letter on its way, as officials and investors read them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """Where a letter is. `unconfirmed` is rare and honest: the worker died between the last line and the answer."""

    QUEUED = "queued", pgettext_lazy("letter", "Waiting to be sent")
    SENDING = "sending", pgettext_lazy("letter", "Being sent")
    SENT = "sent", pgettext_lazy("letter", "Sent")
    UNCONFIRMED = "unconfirmed", pgettext_lazy("letter", "Handed over, not confirmed")
    FAILED = "failed", pgettext_lazy("letter", "Failed, will be tried again")
    GIVEN_UP = "given_up", pgettext_lazy("letter", "Could not be delivered")


class Audience(models.TextChoices):
    """Which side a letter speaks to."""

    INVESTOR = "investor", _("Investor")
    OFFICIAL = "official", _("Office")


class Outcome(models.TextChoices):
    """How one attempt to send ended."""

    SENT = "sent", pgettext_lazy("letter", "Sent")
    REFUSED = "refused", _("Refused by the mail server")
    UNREACHABLE = "unreachable", _("The mail server could not be reached")
    LOST = "lost", _("The worker ended before the letter was handed over")
    UNCONFIRMED = "unconfirmed", _("The worker ended before the mail server answered")


ON_ITS_WAY = frozenset({State.QUEUED, State.SENDING, State.FAILED})
NEEDS_A_PERSON = frozenset({State.GIVEN_UP, State.UNCONFIRMED})
