"""What was told or decided about the life of a project: suspension, resumption, end. Rows are only ever added."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from certificates.models import Certificate
from projects.register import CapitalEvent, Project


class LifeNoticeQuerySet(models.QuerySet["LifeNotice"]):
    """Reads of notices."""

    def with_what_is_shown(self) -> LifeNoticeQuerySet:
        """With person, certificate and whether others were informed, in one query."""
        return self.select_related("by", "certificate", "informed")

    def running(self) -> LifeNoticeQuerySet:
        """Suspensions that nothing has ended yet, the one that ends first before the others."""
        later = LifeNotice.objects.filter(project=OuterRef("project"), pk__gt=OuterRef("pk"))
        return self.filter(~Exists(later), kind=LifeNotice.Kind.SUSPENSION).order_by("until", "pk")

    def to_inform(self) -> LifeNoticeQuerySet:
        """Those of which nobody has written down yet that the other authorities know, the most urgent first."""
        return self.filter(inform_by__isnull=False, informed__isnull=True).order_by("inform_by", "pk")


class LifeNotice(models.Model):
    """One act: who told or decided it, on what ground, from when. It belongs to one event of the capital chain."""

    class Kind(models.TextChoices):
        SUSPENSION = "suspension", _("Suspension")
        RESUMPTION = "resumption", _("Resumption")
        TERMINATION = "termination", _("Termination")
        REVOCATION = "revocation", _("Revocation of the certificate")

    class Side(models.TextChoices):
        INVESTOR = "investor", _("Investor")
        OFFICIAL = "official", _("Authority")

    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, related_name="life_notices", verbose_name=_("project")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    decided_on = models.DateField(_("decided on"))
    effective_on = models.DateField(_("effective from"))
    until = models.DateField(_("last day of the suspension"), null=True, blank=True)
    ground = models.CharField(_("ground"), max_length=40)
    clause = models.CharField(_("clause"), max_length=80)
    reason = models.TextField(_("reason"), blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    side = models.CharField(_("side"), max_length=8, choices=Side.choices)
    recorded_at = models.DateTimeField(_("recorded at"))
    notice_due_on = models.DateField(_("notice due by"), null=True, blank=True)
    late = models.BooleanField(_("after the legal days"), default=False)
    inform_by = models.DateField(_("inform others by"), null=True, blank=True)
    certificate = models.ForeignKey(
        Certificate, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("certificate that ended"),
    )  # fmt: skip
    event = models.OneToOneField(
        CapitalEvent, on_delete=models.PROTECT, related_name="life_notice", verbose_name=_("entry of the chain")
    )
    key = models.CharField(max_length=64, blank=True, editable=False)

    objects = LifeNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice about a project")
        verbose_name_plural = _("notices about projects")
        ordering = ("project", "id")
        permissions: ClassVar = [
            ("end_project", _("Can terminate a project and revoke its certificate")),
            ("record_life", _("Can record suspension and resumption, and that others were informed")),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=["suspension", "resumption", "termination", "revocation"]), name="known_life_kind"
            ),
            models.CheckConstraint(condition=Q(side__in=["investor", "official"]), name="known_life_side"),
            models.CheckConstraint(
                condition=Q(kind="suspension", until__gte=F("effective_on"))
                | (~Q(kind="suspension") & Q(until__isnull=True)),
                name="only_a_suspension_has_an_end",
            ),
            models.CheckConstraint(condition=~Q(clause="") & ~Q(ground=""), name="life_has_ground_and_clause"),
            models.UniqueConstraint(
                fields=("project", "kind", "by", "key"), condition=~Q(key=""), name="one_life_notice_per_key"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.kind} {self.effective_on}"

    def inform_overdue(self, today: date) -> bool:
        """Whether the other authorities should have been informed by now, and nobody wrote down that they were."""
        return self.inform_by is not None and self.inform_by < today and not hasattr(self, "informed")


class LifeInformed(models.Model):
    """That the agency told the other authorities of an act: when, whom, and who wrote it down."""

    notice = models.OneToOneField(
        LifeNotice, on_delete=models.PROTECT, related_name="informed", verbose_name=_("notice")
    )
    informed_on = models.DateField(_("informed on"))
    offices = models.CharField(_("who was informed"), max_length=500)
    late = models.BooleanField(_("after the legal days"), default=False)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    recorded_at = models.DateTimeField(_("recorded at"))

    class Meta:
        verbose_name = _("information of other authorities")
        verbose_name_plural = _("information of other authorities")
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(offices=""), name="informed_names_offices")]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.informed_on}"
