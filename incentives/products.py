"""Products of supporting industry that the State gives priority to, as the decrees list them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.folding import fold
from incentives import confidence
from incentives.confidence import Confirmable
from incentives.querysets import SupportedProductQuerySet


class SupportedProduct(Confirmable):
    """A line of one version of the list of supporting-industry products (Decree 111/2015, amended by Decree 205/2025).

    The Appendix of Decree 205/2025 has not been read: lines of the version L2015 stay open until an administrator has
    confirmed or ended each of them.
    """

    class Group(models.TextChoices):
        TEXTILE_GARMENT = "TEXTILE_GARMENT", _("Textiles and garments")
        LEATHER_FOOTWEAR = "LEATHER_FOOTWEAR", _("Leather and footwear")
        ELECTRONICS = "ELECTRONICS", _("Electronics")
        AUTOMOBILE = "AUTOMOBILE", _("Automobiles")
        MECHANICAL = "MECHANICAL", _("Mechanical engineering")
        HIGH_TECH = "HIGH_TECH", _("High technology")

    Confidence = confidence.Confidence

    code = models.CharField(_("code"), max_length=20)
    list_version = models.CharField(_("version of the list"), max_length=10, default="L2015")
    group = models.CharField(_("group"), max_length=20, choices=Group.choices)
    name_vi = models.CharField(_("name in Vietnamese"), max_length=400)
    name_en = models.CharField(_("name in English"), max_length=400)
    decree = models.CharField(_("decree"), max_length=60)
    valid_from = models.DateField(_("in force from"))
    valid_to = models.DateField(_("in force until"), null=True, blank=True)
    note = models.TextField(_("source and note"), blank=True)
    search_text = models.TextField(editable=False, blank=True)

    history = HistoricalRecords(excluded_fields=["search_text"])
    objects = SupportedProductQuerySet.as_manager()

    class Meta:
        verbose_name = _("supported product")
        verbose_name_plural = _("supported products")
        ordering = ("code", "valid_from")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("code", "list_version"), name="one_product_per_list_version"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="product_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name_en}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the search text in step with the names."""
        self.search_text = self.folded()
        super().save(*args, **kwargs)

    def folded(self) -> str:
        """What search looks through."""
        return fold(f"{self.code} {self.name_vi} {self.name_en}")

    def name(self, language: str) -> str:
        """The product's name in the reader's language."""
        return self.name_vi if language == "vi" else self.name_en

    @property
    def name_here(self) -> str:
        """The product's name in the reader's language."""
        return self.name(get_language() or "vi")
