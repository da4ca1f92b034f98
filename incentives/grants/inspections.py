"""Inspections of a grant: planned and recorded by officials. A breach that one finds names the years."""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User

INSPECT: Final = "incentives.inspect_grant"


class Inspection(models.Model):
    """One inspection; open until its result is recorded. It belongs to the line of versions of the certificate."""

    class Kind(models.TextChoices):
        PERIODIC = "periodic", _("Periodic")
        AD_HOC = "ad_hoc", _("Ad hoc")

    class Found(models.TextChoices):
        KEPT = "kept", _("Conditions kept")
        BREACH = "breach", _("Breach")

    grant = models.ForeignKey(
        "incentives.IncentiveGrant", on_delete=models.PROTECT, related_name="inspections",
        verbose_name=_("first certificate"),
    )  # fmt: skip
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.PERIODIC)
    planned_on = models.DateField(_("planned for"))
    announced = models.BooleanField(_("announced to the enterprise"), default=True)
    reason = models.TextField(_("reason and scope"), blank=True)
    planned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("planned by"))
    planned_at = models.DateTimeField(_("planned at"), default=timezone.now)
    done_on = models.DateField(_("carried out on"), null=True, blank=True)
    found = models.CharField(_("found"), max_length=6, choices=Found.choices, blank=True)
    breached_years = models.JSONField(_("years in which a condition was not kept"), default=list, blank=True)
    minutes = models.TextField(_("minutes"), blank=True)
    recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("recorded by")
    )
    recorded_at = models.DateTimeField(_("recorded at"), null=True, blank=True)

    class Meta:
        verbose_name = _("inspection of incentives")
        verbose_name_plural = _("inspections of incentives")
        ordering = ("grant", "-planned_on", "-id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("grant",), condition=Q(done_on__isnull=True), name="one_open_inspection_per_grant"
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True, found="", recorded_by__isnull=True, recorded_at__isnull=True)
                | Q(done_on__isnull=False, recorded_by__isnull=False, recorded_at__isnull=False) & ~Q(found=""),
                name="inspection_has_its_result_or_none",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.grant_id} {self.planned_on}"
