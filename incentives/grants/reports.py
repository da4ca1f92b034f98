"""The annual reports of a grant: what the enterprise states, and every filing of it, kept as it was filed.

A report belongs to the line of versions of a certificate (to its first one): an adjustment owes no second report.
"""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar, Final

from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from projects.columns import LARGEST_VND, Number, count, prose, vnd, yes_no

REVIEW: Final = "incentives.review_report"


class AnnualReport(models.Model):
    """The report on one year. Amounts in VND; an unanswered question is None or empty."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        FILED = "filed", _("Filed")
        CORRECTION = "correction", _("Correction asked for")
        ACCEPTED = "accepted", _("Accepted")

    grant = models.ForeignKey(
        "incentives.IncentiveGrant", on_delete=models.PROTECT, related_name="reports",
        verbose_name=_("first certificate"),
    )  # fmt: skip
    year = models.PositiveSmallIntegerField(_("year"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    version = models.PositiveIntegerField(default=0)
    # --- the year ---------------------------------------------------------------------------------------------------
    revenue_vnd = vnd(_("total revenue of the year (VND)"))
    products_revenue_vnd = vnd(_("of it, revenue of the approved products (VND)"))
    export_vnd = vnd(_("of it, exports (VND)"))
    income_vnd: models.DecimalField[Number, Decimal | None] = models.DecimalField(
        _("income of the year before losses carried forward (VND)"), max_digits=20, decimal_places=0, null=True,
        blank=True, help_text=_("A loss with a minus."),
        validators=[MinValueValidator(-LARGEST_VND), MaxValueValidator(LARGEST_VND)],
    )  # fmt: skip
    capital_implemented_vnd = vnd(_("investment capital implemented up to the end of the year (VND)"))
    employees = count(_("employees at the end of the year"))
    equipment = prose(_("main equipment in use, and what was added"))
    # --- what the incentives gave -----------------------------------------------------------------------------------
    relief_income_tax_vnd = vnd(_("corporate income tax relieved (VND)"))
    relief_import_duty_vnd = vnd(_("import duty relieved (VND)"))
    relief_land_rent_vnd = vnd(_("land rent relieved (VND)"))
    changes = prose(_("changes of product, capacity, technology, place or ownership in the year"))
    # --- the office's question --------------------------------------------------------------------------------------
    correction_reason = models.TextField(_("what is to be corrected"), blank=True)
    filed_at = models.DateTimeField(_("last filed at"), null=True, blank=True)
    created_at = models.DateTimeField(_("begun at"), default=timezone.now)

    class Meta:
        verbose_name = _("annual report on incentives")
        verbose_name_plural = _("annual reports on incentives")
        ordering = ("grant", "-year")
        permissions: ClassVar = [("review_report", _("Can accept annual reports or ask for their correction"))]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("grant", "year"), name="one_report_per_year"),
            models.CheckConstraint(
                condition=Q(state="draft", filed_at__isnull=True) | ~Q(state="draft") & Q(filed_at__isnull=False),
                name="filed_report_has_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="correction") | ~Q(correction_reason=""), name="correction_has_a_reason"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=("state", "filed_at"))]

    def __str__(self) -> str:
        return f"{self.grant_id} {self.year}"

    @property
    def is_open(self) -> bool:
        """Whether the enterprise may write it."""
        return self.state in OPEN_TO_WRITE


OPEN_TO_WRITE: Final = (AnnualReport.State.DRAFT, AnnualReport.State.CORRECTION)
HANDED_IN: Final = (AnnualReport.State.FILED, AnnualReport.State.CORRECTION, AnnualReport.State.ACCEPTED)
"""States in which the duty of the year is done; a correction is another matter."""
AMOUNTS: Final = (
    "revenue_vnd", "products_revenue_vnd", "export_vnd", "income_vnd", "capital_implemented_vnd", "employees",
    "relief_income_tax_vnd", "relief_import_duty_vnd", "relief_land_rent_vnd",
)  # fmt: skip
VALUES: Final = (*AMOUNTS, "equipment", "changes")
"""What a report states, besides the output and the conditions."""


class ReportedOutput(models.Model):
    """How much of an approved product was made."""

    report = models.ForeignKey(AnnualReport, on_delete=models.CASCADE, related_name="outputs")
    product = models.ForeignKey("incentives.ApprovedProduct", on_delete=models.PROTECT, related_name="+")
    output: models.DecimalField[Number, Decimal | None] = models.DecimalField(
        _("output of the year"), max_digits=20, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0)],
    )  # fmt: skip

    class Meta:
        verbose_name = _("output of a product")
        verbose_name_plural = _("output of products")
        ordering = ("report", "product")
        constraints: ClassVar = [models.UniqueConstraint(fields=("report", "product"), name="one_output_per_product")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.product_id}: {self.output}"


class ReportedCondition(models.Model):
    """Whether a condition of the certificate was still kept in the year."""

    report = models.ForeignKey(AnnualReport, on_delete=models.CASCADE, related_name="conditions")
    code = models.CharField(_("condition"), max_length=40)
    kept = yes_no(_("kept"))
    explanation = models.TextField(_("explanation"), blank=True, max_length=4000)

    class Meta:
        verbose_name = _("condition in a report")
        verbose_name_plural = _("conditions in reports")
        ordering = ("report", "id")
        constraints: ClassVar = [models.UniqueConstraint(fields=("report", "code"), name="one_answer_per_condition")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.code}: {self.kept}"


class ReportFiling(models.Model):
    """One filing of a report, as it was filed: never changed, never deleted (the database refuses it)."""

    report = models.ForeignKey(AnnualReport, on_delete=models.PROTECT, related_name="filings")
    number = models.PositiveSmallIntegerField(_("filing"))
    at = models.DateTimeField(_("filed at"), default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("filed by"))
    due_on = models.DateField(_("was due on"))
    late = models.BooleanField(_("late"), default=False)
    answers = models.TextField(_("answers the question"), blank=True)
    key = models.CharField(max_length=64, blank=True)
    data = models.JSONField(_("as filed"), encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = _("filing of an annual report")
        verbose_name_plural = _("filings of annual reports")
        ordering = ("report", "number")
        constraints: ClassVar = [models.UniqueConstraint(fields=("report", "number"), name="one_filing_per_number")]

    def __str__(self) -> str:
        return f"{self.report_id} #{self.number}"


class DutyReminder(models.Model):
    """That a step of the ladder was told: one row for each line, year and step, so that nobody is told twice."""

    grant = models.ForeignKey("incentives.IncentiveGrant", on_delete=models.PROTECT, related_name="reminders")
    year = models.PositiveSmallIntegerField(_("year"))
    step = models.CharField(_("step"), max_length=8)
    at = models.DateTimeField(_("told at"), default=timezone.now)

    class Meta:
        verbose_name = _("reminder of a report")
        verbose_name_plural = _("reminders of reports")
        ordering = ("grant", "year", "id")
        default_permissions = ("view",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("grant", "year", "step"), name="one_reminder_per_step")
        ]

    def __str__(self) -> str:
        return f"{self.grant_id} {self.year}: {self.step}"
