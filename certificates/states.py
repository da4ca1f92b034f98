"""Where a certificate and its document stand."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """The certificate itself."""

    PREPARED = "prepared", _("Prepared, not issued yet")
    VALID = "valid", _("Valid")
    REPLACED = "replaced", _("Replaced")
    REVOKED = "revoked", _("Revoked")
    SURRENDERED = "surrendered", _("Surrendered")


ENDED_EARLY = (State.REVOKED, State.SURRENDERED)
"""Without a successor: taken back by the authority, or given back when the investor ended the project."""


class DocumentState(models.TextChoices):
    """Its PDF."""

    WAITING = "waiting", _("Waiting to be prepared")
    RENDERING = "rendering", _("Being prepared")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Failed, will be tried again")
