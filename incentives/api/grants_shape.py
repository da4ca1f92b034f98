"""Granted incentives and their annual reports, as programs read and send them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar, Final

from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from incentives.api.tax_shape import TaxYear
from incentives.grants.calendar import ReportDuty, Standing
from incentives.grants.models import ApprovedProduct, IncentiveGrant
from incentives.grants.page import GrantPage
from incentives.grants.reports import VALUES, AnnualReport, ReportFiling
from incentives.grants.statements import Answer, Statement
from projects.columns import LARGEST_VND, MOST_ROWS


def _amount(**more: Any) -> serializers.DecimalField:
    limits: dict[str, Any] = {"min_value": Decimal(0), "max_value": LARGEST_VND} | more
    return serializers.DecimalField(max_digits=20, decimal_places=0, **limits)


# --- reading --------------------------------------------------------------------------------------------------------
ROW: Final = (
    "number", "version", "state", "project", "project_name", "list_version", "granted_on", "first_granted_on",
    "ended_on",
)  # fmt: skip


class GrantRow(serializers.ModelSerializer[IncentiveGrant]):
    """A certificate of incentives in a list; `version` counts its adjustments."""

    project = serializers.CharField(source="project.code", default=None, allow_null=True)

    class Meta:
        model = IncentiveGrant
        fields: ClassVar = [*ROW]
        read_only_fields: ClassVar = [*ROW]


class GrantProduct(serializers.ModelSerializer[ApprovedProduct]):
    """An approved product; `id` names it in a report."""

    code = serializers.CharField(source="product.code")
    list_version = serializers.CharField(source="product.list_version")

    class Meta:
        model = ApprovedProduct
        fields: ClassVar = ["id", "code", "list_version", "name", "capacity", "unit"]
        read_only_fields: ClassVar = fields


class GrantCondition(serializers.Serializer[Any]):
    """A condition that every report answers."""

    code = serializers.CharField()
    name = serializers.CharField()


class GrantDuty(serializers.Serializer[ReportDuty]):
    """The report on one year: by when, and where it stands."""

    year = serializers.IntegerField()
    due_on = serializers.DateField()
    standing = serializers.ChoiceField(choices=[standing.value for standing in Standing])


class GrantReport(serializers.ModelSerializer[AnnualReport]):
    """A report that was handed in; `correction_reason` says what the office wants to have corrected."""

    class Meta:
        model = AnnualReport
        fields: ClassVar = ["year", "state", "filed_at", "correction_reason"]
        read_only_fields: ClassVar = fields


class GrantSchedule(serializers.Serializer[Any]):
    """The income tax by year in billions of dong, an estimate; without one `why_not` is a sentence."""

    level = serializers.CharField(allow_null=True)
    years = TaxYear(many=True)
    why_not = serializers.CharField(allow_blank=True)


class GrantDetail(GrantRow):
    """A certificate of incentives whole."""

    law = serializers.CharField()
    products = serializers.SerializerMethodField()
    conditions = serializers.SerializerMethodField()
    duties = serializers.SerializerMethodField()
    next_inspection_on = serializers.SerializerMethodField()
    reports = serializers.SerializerMethodField()
    failed_years = serializers.SerializerMethodField()
    schedule = serializers.SerializerMethodField()

    class Meta(GrantRow.Meta):
        fields: ClassVar = [
            *ROW, "law", "products", "conditions", "duties", "next_inspection_on", "reports", "failed_years",
            "schedule",
        ]  # fmt: skip
        read_only_fields: ClassVar = fields

    @property
    def page(self) -> GrantPage:
        """What the page of the grant shows."""
        found: GrantPage = self.context["page"]
        return found

    @extend_schema_field(GrantProduct(many=True))
    def get_products(self, _grant: IncentiveGrant) -> Any:
        """The approved products."""
        return GrantProduct([row for row, _line in self.page.products], many=True).data

    @extend_schema_field(GrantCondition(many=True))
    def get_conditions(self, _grant: IncentiveGrant) -> Any:
        """The conditions of the certificate, in the reader's language."""
        language = get_language() or "vi"
        rules = self.context["conditions"]
        return [{"code": rule.code, "name": rule.name_vi if language == "vi" else rule.name_en} for rule in rules]

    @extend_schema_field(GrantDuty(many=True))
    def get_duties(self, _grant: IncentiveGrant) -> Any:
        """Reports owed, the newest year first."""
        return [dict(GrantDuty(duty).data) for duty in self.page.duties]

    @extend_schema_field(serializers.DateField(allow_null=True))
    def get_next_inspection_on(self, _grant: IncentiveGrant) -> Any:
        """About when the next periodic inspection is due."""
        return self.page.inspection_due

    @extend_schema_field(GrantReport(many=True))
    def get_reports(self, _grant: IncentiveGrant) -> Any:
        """Reports that were handed in."""
        return GrantReport([report for report in self.page.reports if report.filed_at], many=True).data

    @extend_schema_field(serializers.ListField(child=serializers.IntegerField()))
    def get_failed_years(self, _grant: IncentiveGrant) -> list[int]:
        """Years in which a condition was not kept."""
        return sorted(self.page.failed)

    @extend_schema_field(GrantSchedule)
    def get_schedule(self, _grant: IncentiveGrant) -> Any:
        """The income tax by year."""
        found = self.page.taxed
        level = found.schedule.level.code if found.schedule else None
        years = found.schedule.years if found.schedule else ()
        return GrantSchedule({"level": level, "years": years, "why_not": found.why_not}).data


# --- filing ---------------------------------------------------------------------------------------------------------
class OutputQuestion(serializers.Serializer[Any]):
    """How much of a product was made."""

    product = serializers.IntegerField(help_text="The `id` of an approved product of this certificate.")
    output = serializers.DecimalField(max_digits=20, decimal_places=2, min_value=Decimal(0))


class ConditionQuestion(serializers.Serializer[Any]):
    """Whether a condition was kept; if not, the explanation says what, since when, and what is done about it."""

    code = serializers.CharField(max_length=40)
    kept = serializers.BooleanField()
    explanation = serializers.CharField(required=False, allow_blank=True, default="", max_length=4000)


class ReportQuestion(serializers.Serializer[Any]):
    """An annual report. Amounts in whole dong; every amount is stated, 0 where there was nothing."""

    year = serializers.IntegerField(min_value=2015, max_value=2200)
    declared = serializers.BooleanField(help_text="That the statements are true.")
    revenue_vnd = _amount()
    products_revenue_vnd = _amount()
    export_vnd = _amount()
    income_vnd = _amount(min_value=-LARGEST_VND, help_text="Before losses carried forward; a loss is negative.")
    capital_implemented_vnd = _amount(help_text="Up to the end of the year.")
    employees = serializers.IntegerField(min_value=0, max_value=10**6)
    relief_income_tax_vnd = _amount()
    relief_import_duty_vnd = _amount()
    relief_land_rent_vnd = _amount()
    equipment = serializers.CharField(required=False, allow_blank=True, default="", max_length=8000)
    changes = serializers.CharField(required=False, allow_blank=True, default="", max_length=8000)
    outputs = serializers.ListField(child=OutputQuestion(), max_length=MOST_ROWS)
    conditions = serializers.ListField(child=ConditionQuestion(), max_length=MOST_ROWS)


class ReportAnswer(serializers.ModelSerializer[ReportFiling]):
    """The filing as it is kept."""

    year = serializers.IntegerField(source="report.year")
    state = serializers.CharField(source="report.state")

    class Meta:
        model = ReportFiling
        fields: ClassVar = ["year", "state", "number", "at", "due_on", "late", "data"]
        read_only_fields: ClassVar = fields


def statement_from(given: Mapping[str, Any]) -> Statement:
    """The report as the domain reads it."""
    return Statement(
        {name: given[name] for name in VALUES},
        {row["product"]: row["output"] for row in given["outputs"]},
        {row["code"]: Answer(row["kept"], row["explanation"]) for row in given["conditions"]},
    )
