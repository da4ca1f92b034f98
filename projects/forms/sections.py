"""The sections of a registration, in the order of the task list."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db import models
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cases.models import Dossier
from projects.fields import field_for
from projects.forms.base import DossierForm
from projects.models import Registration, Zone
from projects.outline import SECTIONS
from projects.routing import features

Groups = tuple[tuple[Any, tuple[str, ...]], ...]


class ZoneField(forms.ModelChoiceField[Zone]):
    """A zone by its code, shown with its name in the reader's language."""

    def label_from_instance(self, obj: Zone) -> str:
        """The zone's name and code."""
        return f"{obj.name(get_language() or 'vi')} ({obj.code})"


def _choices() -> list[tuple[str, str]]:
    language = get_language() or "vi"
    return [(code, feature.name(language)) for code, feature in features().items()]


def site_field(column: models.Field[Any, Any], **kwargs: Any) -> forms.Field | None:
    """The fields of the site section: zones by code, and the cases of article 24 as boxes to tick."""
    if column.name == "zone":
        return ZoneField(Zone.objects.all(), to_field_name="code", required=False, label=_("Zone"))
    if column.name == "approval_features":
        return forms.MultipleChoiceField(
            choices=_choices,
            required=False,
            widget=forms.CheckboxSelectMultiple({"class": "form-check-input"}),
            label=_("Which of these apply?"),
        )
    return field_for(column, **kwargs)


class CompanyForm(DossierForm):
    """Who asks, through which company, and who files."""

    key = "company"
    groups: ClassVar[Groups] = (
        ("", ("applicant", "investment_form")),
        (_("The company that carries out the project"), (
            "company_name", "company_name_en", "company_short_name", "company_type", "enterprise_code", "erc_first_on",
            "erc_agency", "company_first_project", "company_address", "company_phone", "company_email",
            "company_website", "company_representative", "company_representative_title", "charter_capital_vnd",
            "charter_capital_usd",
        )),
        (_("Who files"), ("filed_by_agent", "agent_name", "agent_address", "agent_phone", "agent_email")),
    )  # fmt: skip

    class Meta:
        model = Registration
        fields = SECTIONS["company"].fields
        formfield_callback = field_for


class InvestorsForm(DossierForm):
    """The investors and what each contributes."""

    key = "investors"

    class Meta:
        model = Registration
        fields = SECTIONS["investors"].fields


class ProjectForm(DossierForm):
    """Name, objectives, scale and term."""

    key = "project"
    groups: ClassVar[Groups] = (("", ("project_name", "project_name_en", "term_years", "term_from", "scale")),)

    class Meta:
        model = Registration
        fields = SECTIONS["project"].fields
        formfield_callback = field_for


class SiteForm(DossierForm):
    """Where the project stands, how the land is held, and which procedure that leads to."""

    key = "site"
    groups: ClassVar[Groups] = (
        (_("Place"), (
            "location", "zone", "lot", "ward", "address", "several_provinces", "office_in_zone", "boundaries",
        )),
        (_("Land and buildings"), (
            "land_area_m2", "built_area_m2", "floor_area_m2", "land_current_use", "land_source", "land_lessor",
            "site_lease_until", "state_land", "land_conversion", "site_cleared",
        )),
        (_("In-principle approval"), (
            "approval_features", "no_approval_features", "approval_number", "approval_on", "approval_authority",
        )),
        (_("Special investment procedure"), (
            "special_procedure", "high_tech_criteria", "commitment_conditions", "commitment_assessment",
            "impact_mitigation", "commitment_accepted",
        )),
    )  # fmt: skip

    class Meta:
        model = Registration
        fields = SECTIONS["site"].fields
        formfield_callback = site_field

    def __init__(
        self, data: QueryDict | None = None, *, dossier: Dossier, open_paths: frozenset[str] | None = None
    ) -> None:
        super().__init__(data, dossier=dossier, open_paths=open_paths)
        self.initial["zone"] = self.instance.zone  # by code, as its options are


class CapitalForm(DossierForm):
    """The capital, its sources and use, and the phases."""

    key = "capital"
    groups: ClassVar[Groups] = (
        (_("Total and exchange rate"), (
            "total_capital_vnd", "total_capital_usd", "exchange_rate", "rate_on", "rate_bank",
        )),
        (_("Where it comes from"), (
            "contributed_vnd", "contributed_usd", "mobilised_vnd", "mobilised_usd", "retained_vnd", "retained_usd",
        )),
        (_("What it is used for"), (
            "land_cost_vnd", "construction_cost_vnd", "equipment_cost_vnd", "contingency_vnd", "working_capital_vnd",
            "deposit_reduction",
        )),
    )  # fmt: skip

    class Meta:
        model = Registration
        fields = SECTIONS["capital"].fields
        formfield_callback = field_for


class PeopleForm(DossierForm):
    """Labour, technology and environment."""

    key = "people"
    groups: ClassVar[Groups] = (
        (_("Labour"), ("workers_vietnamese", "workers_foreign")),
        (_("Technology"), (
            "technology_name", "technology_origin", "technology_process", "technology_list", "technology_opinion",
        )),
        (_("Effects"), ("socio_economic_effect", "environment_needed", "environment_assessment")),
    )  # fmt: skip

    class Meta:
        model = Registration
        fields = SECTIONS["people"].fields
        formfield_callback = field_for


class IncentivesForm(DossierForm):
    """What incentives the investor asks for."""

    key = "incentives"
    groups: ClassVar[Groups] = (
        ("", ("incentives_asked",)),
        (_("Corporate income tax"), ("incentive_income_tax", "incentive_income_tax_basis")),
        (_("Import duty"), ("incentive_import_duty", "incentive_import_duty_basis")),
        (_("Land rent"), ("incentive_land_rent", "incentive_land_rent_basis")),
        (_("Special incentives and mechanisms"), ("special_incentive", "disbursed_in_time_vnd", "special_mechanisms")),
    )

    class Meta:
        model = Registration
        fields = SECTIONS["incentives"].fields
        formfield_callback = field_for
