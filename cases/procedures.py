"""Procedures as dated data: how many working days, on what legal basis, with which papers and forms.

The law moved three times in 2025-2026, so a version is chosen by the day a dossier became valid and then pinned to it.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from cases.errors import ProcedureMissing


class Authority(models.Model):
    """An office that receives and decides dossiers (cơ quan đăng ký đầu tư)."""

    code = models.CharField(_("code"), max_length=12, unique=True)
    name_vi = models.CharField(_("name in Vietnamese"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    parent_vi = models.CharField(_("superior body in Vietnamese"), max_length=200, blank=True)
    parent_en = models.CharField(_("superior body in English"), max_length=200, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    phone = models.CharField(_("phone"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    dossier_code_prefix = models.CharField(
        _("dossier code prefix"), max_length=40, help_text=_("The part before the date, for example 000.00.12.H24.")
    )
    mark = models.CharField(_("how sure"), max_length=2, default="G")
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("authority")
        verbose_name_plural = _("authorities")
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name_en

    def name(self, language: str) -> str:
        """The office's name in the reader's language."""
        return self.name_vi if language == "vi" else self.name_en


class ProcedureVersion(models.Model):
    """One procedure under one version of the law. Days are working days from the valid dossier."""

    code = models.CharField(_("procedure"), max_length=40)
    kind = models.CharField(_("kind of dossier"), max_length=40)
    law = models.CharField(_("law version"), max_length=40, help_text=_("For example L143/D96."))
    name_vi = models.CharField(_("name in Vietnamese"), max_length=255)
    name_en = models.CharField(_("name in English"), max_length=255)
    valid_from = models.DateField(_("in force from"))
    valid_to = models.DateField(_("in force until"), null=True, blank=True)
    working_days = models.PositiveSmallIntegerField(_("legal working days"))
    completeness_days = models.PositiveSmallIntegerField(_("working days to check completeness"), default=5)
    appraisal_days = models.PositiveSmallIntegerField(
        _("working days to appraise"),
        null=True,
        blank=True,
        help_text=_("Where the law names this step; counted from the valid dossier, within the legal working days."),
    )
    answer_days = models.PositiveSmallIntegerField(
        _("days the investor gets to answer"),
        default=30,
        help_text=_("Calendar days; the officer may set another day."),
    )
    cutoff_hour = models.PositiveSmallIntegerField(
        _("office closes at (hour)"), default=17, help_text=_("What arrives later counts from the next working day.")
    )
    legal_basis = models.TextField(_("legal basis in English"), help_text=_("One provision per line."))
    legal_basis_vi = models.TextField(
        _("legal basis in Vietnamese"), blank=True, help_text=_("One provision per line; official papers print these.")
    )
    form_code = models.CharField(_("request form"), max_length=20, blank=True)
    result_form = models.CharField(_("result form"), max_length=20, blank=True)
    mark = models.CharField(_("how sure"), max_length=2, default="S")
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("procedure version")
        verbose_name_plural = _("procedure versions")
        ordering = ("code", "-valid_from")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("code", "valid_from"), name="one_version_per_start"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from")),
                name="version_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.law}"

    def name(self, language: str) -> str:
        """The procedure's name in the reader's language."""
        return self.name_vi if language == "vi" else self.name_en

    @property
    def clauses(self) -> list[str]:
        """The legal basis in the reader's language, one provision each."""
        return self.provisions(get_language() or "vi")

    def provisions(self, language: str) -> list[str]:
        """The legal basis in that language; in English where nobody has entered the Vietnamese words."""
        words = (self.legal_basis_vi if language == "vi" else "") or self.legal_basis
        return [line.strip() for line in words.splitlines() if line.strip()]


class PaperRule(models.Model):
    """A paper the law lists for a procedure; no other paper may be asked for (Decree 96/2026, article 6(1b))."""

    class Need(models.TextChoices):
        ALWAYS = "always", _("Always")
        CONDITIONAL = "conditional", _("When the dossier's answers call for it")
        OPTIONAL = "optional", _("If any")
        PRINTED = "printed", _("Printed by the portal from your answers")

    procedure = models.CharField(_("procedure"), max_length=40)
    code = models.CharField(_("code"), max_length=12)
    name_vi = models.CharField(_("name in Vietnamese"), max_length=255)
    name_en = models.CharField(_("name in English"), max_length=255)
    need = models.CharField(_("needed"), max_length=12, choices=Need.choices)
    clause = models.CharField(_("clause"), max_length=80)
    position = models.PositiveSmallIntegerField(_("position"))
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("paper of a procedure")
        verbose_name_plural = _("papers of procedures")
        ordering = ("procedure", "position")
        constraints: ClassVar = [models.UniqueConstraint(fields=("procedure", "code"), name="one_rule_per_paper")]

    def __str__(self) -> str:
        return f"{self.code}) {self.name_en}"

    def name(self, language: str) -> str:
        """The paper's name in the reader's language."""
        return self.name_vi if language == "vi" else self.name_en


def version_in_force(code: str, on: date) -> ProcedureVersion:
    """The version of a procedure in force that day. Raises ProcedureMissing if there is none."""
    found = (
        ProcedureVersion.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), code=code, valid_from__lte=on)
        .order_by("-valid_from")
        .first()
    )
    if found is None:
        raise ProcedureMissing(
            _now("No version of the procedure %(code)s is in force on %(day)s.") % {"code": code, "day": on.isoformat()}
        )
    return found
