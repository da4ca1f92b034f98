"""How sure a line of law is, and who in office has confirmed it since."""

from __future__ import annotations

from typing import Final

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

CONFIRMED: Final = "confirmed"


class Confidence(models.TextChoices):
    """Whether the wording was read, is generally known, or is doubtful."""

    SEEN = "seen", _("Read in a source")
    GENERAL = "general", _("General knowledge, wording not checked")
    UNSURE = "unsure", _("Unsure")


class Confirmable(models.Model):
    """A line that an administrator confirms once the original text has been read."""

    confidence = models.CharField(_("how sure"), max_length=8, choices=Confidence.choices)
    confirmed_by = models.CharField(
        _("confirmed by"), max_length=200, blank=True, help_text=_("Who read the original text: name and office.")
    )
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)

    class Meta:
        abstract = True

    def clean(self) -> None:
        """A confirmation has both a name and a day; raises ValidationError."""
        super().clean()
        if bool(self.confirmed_by) != (self.confirmed_on is not None):
            raise ValidationError({"confirmed_by": _("A confirmation has a name and a day.")})

    @property
    def confirmed(self) -> bool:
        """Whether somebody in office has read the original."""
        return self.confirmed_on is not None

    @property
    def mark(self) -> str:
        """How sure it is in one word: confirmed, seen, general or unsure."""
        return CONFIRMED if self.confirmed else str(self.confidence)

    @property
    def sure(self) -> bool:
        """Whether figures of this line may be shown: its wording was read in a source, or confirmed since."""
        return self.confirmed or self.confidence == Confidence.SEEN
