"""Where a project stands and what it does: zones of the city, and the two editions of the list of economic sectors."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.folding import fold
from accounts.models import WebAddressField


class Zone(models.Model):
    """An industrial park, economic zone or free-trade zone (dataset of zones, each row with its source)."""

    class Kind(models.TextChoices):
        ECONOMIC_ZONE = "EZ", _("Economic zone")
        FREE_TRADE_ZONE = "FTZ", _("Free-trade zone")
        INDUSTRIAL_PARK = "IP", _("Industrial park")
        EXPORT_PROCESSING = "EPZ", _("Export-processing zone")
        HIGH_TECH = "HTP", _("High-tech park")
        DIGITAL = "DTZ", _("Concentrated digital-technology zone")

    class Inside(models.TextChoices):
        YES = "yes", _("Inside an economic zone")
        NO = "no", _("Outside the economic zones")
        UNKNOWN = "", _("Not established")

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        APPROVED = "approved", _("Approved")
        ESTABLISHED = "established", _("Established")
        LICENSED = "licensed", _("Licensed")
        UNDER_CONSTRUCTION = "under_construction", _("Under construction")
        OPERATING = "operating", _("Operating")

    code = models.CharField(_("code"), max_length=20, unique=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("part of")
    )
    kind = models.CharField(_("kind of zone"), max_length=4, choices=Kind.choices)
    name_vi = models.CharField(_("name in Vietnamese"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    place = models.CharField(_("ward, commune or former district"), max_length=300, blank=True)
    former_province = models.CharField(_("former province"), max_length=60, blank=True)
    area_ha = models.DecimalField(_("area (ha)"), max_digits=10, decimal_places=2, null=True, blank=True)
    established_year = models.PositiveSmallIntegerField(_("established in"), null=True, blank=True)
    developer = models.CharField(_("developer"), max_length=300, blank=True)
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    coordinates_basis = models.CharField(_("basis of the coordinates"), max_length=60, blank=True)
    inside_ez = models.CharField(_("economic zone"), max_length=3, choices=Inside.choices, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=State.choices, default=State.OPERATING)
    note = models.TextField(_("note"), blank=True)
    source_url = WebAddressField(_("source"), max_length=500, blank=True)
    source_date = models.CharField(_("date of the source"), max_length=10, blank=True)
    search_text = models.TextField(editable=False, blank=True)

    history = HistoricalRecords(excluded_fields=["search_text"])

    class Meta:
        verbose_name = _("zone")
        verbose_name_plural = _("zones")
        ordering = ("code",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(area_ha__isnull=True) | Q(area_ha__gt=0), name="zone_has_area"),
        ]

    def __str__(self) -> str:
        return f"{self.name_en} ({self.code})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the search text in step with the names."""
        self.search_text = self.folded()
        super().save(*args, **kwargs)

    def folded(self) -> str:
        """What search looks through."""
        return fold(f"{self.code} {self.name_vi} {self.name_en} {self.place}")

    def name(self, language: str) -> str:
        """The zone's name in the reader's language (Vietnamese or English)."""
        return self.name_vi if language == "vi" else self.name_en

    @property
    def in_economic_zone(self) -> bool | None:
        """Whether it lies in (or is) an economic zone; None where no source says so. A free-trade zone does."""
        if self.kind in (self.Kind.ECONOMIC_ZONE, self.Kind.FREE_TRADE_ZONE):
            return True
        return {"yes": True, "no": False}.get(self.inside_ez)


class Sector(models.Model):
    """A line of the Vietnam Standard Industrial Classification: edition 2018 (Decision 27/2018) or 2025 (36/2025)."""

    class Edition(models.TextChoices):
        VSIC_2018 = "2018", _("VSIC 2018")
        VSIC_2025 = "2025", _("VSIC 2025")

    edition = models.CharField(_("edition"), max_length=4, choices=Edition.choices)
    code = models.CharField(_("code"), max_length=6)
    level = models.PositiveSmallIntegerField(_("level"))
    parent_code = models.CharField(_("code of the group above"), max_length=6, blank=True)
    name_vi = models.CharField(_("name in Vietnamese"), max_length=400)
    name_en = models.CharField(_("name in English"), max_length=400, blank=True)
    confidence = models.CharField(_("how sure"), max_length=40, blank=True)
    source_url = models.CharField(_("source"), max_length=400, blank=True)
    search_text = models.TextField(editable=False, blank=True)

    history = HistoricalRecords(excluded_fields=["search_text"])

    class Meta:
        verbose_name = _("economic sector")
        verbose_name_plural = _("economic sectors")
        ordering = ("edition", "code")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("edition", "code"), name="one_sector_per_code"),
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=5), name="sector_level_1_to_5"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name_vi}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the search text in step with the names."""
        self.search_text = self.folded()
        super().save(*args, **kwargs)

    def folded(self) -> str:
        """What search looks through."""
        return fold(f"{self.code} {self.name_vi} {self.name_en}")

    def name(self, language: str) -> str:
        """The sector's name in the reader's language (Vietnamese where there is no English one)."""
        return self.name_vi if language == "vi" else self.name_en or self.name_vi


class SectorConversion(models.Model):
    """A row of the conversion table from the 2018 to the 2025 edition; one code may lead to several."""

    from_code = models.CharField(_("code of 2018"), max_length=6, db_index=True)
    to_code = models.CharField(_("code of 2025"), max_length=6)
    note = models.CharField(_("note"), max_length=200, blank=True)
    source_url = models.CharField(_("source"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("sector conversion")
        verbose_name_plural = _("sector conversions")
        ordering = ("from_code", "to_code")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("from_code", "to_code"), name="one_conversion_per_pair"),
        ]

    def __str__(self) -> str:
        return f"{self.from_code} → {self.to_code}"
