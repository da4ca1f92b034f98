"""The plan of the registration dossier: which fields and lists each section holds, in the order of the paper form.

One source for the forms, the sheet, the API, the certificate's request and the place a finding points to. Names here
are model field names; a path is such a name ("total_capital_vnd") or reaches into a list ("investors.0.share_percent").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Outline:
    """A section: its name, its single fields, and its lists with the columns that belong here."""

    title: str | Promise
    fields: tuple[str, ...] = ()
    lists: tuple[tuple[str, tuple[str, ...]], ...] = ()


WHO: Final = (
    "kind", "name", "country", "address", "tax_code", "phone", "fax", "email", "website", "gender", "birth_on",
    "id_type", "id_number", "id_issued_on", "id_issued_by", "id_expires_on", "residence", "entity_type", "paper_type",
    "paper_number", "paper_first_on", "paper_changed_on", "paper_issuer", "foreign_share_percent", "foreign_members",
    "representative_name", "representative_gender", "representative_birth_on", "representative_country",
    "representative_id_number", "representative_id_expires_on", "representative_title", "representative_address",
    "representative_phone", "representative_email",
)  # fmt: skip
CONTRIBUTION: Final = (
    "contribution_vnd", "contribution_usd", "share_percent", "charter_share_percent", "contribution_method",
    "contribution_note", "contribution_by", "contribution_months",
)  # fmt: skip

SECTIONS: Final[dict[str, Outline]] = {
    "company": Outline(
        _("Company and filing"),
        (
            "applicant", "investment_form", "company_name", "company_name_en", "company_short_name", "company_type",
            "enterprise_code", "erc_first_on", "erc_agency", "company_first_project", "company_address",
            "company_phone", "company_email", "company_website", "company_representative",
            "company_representative_title", "charter_capital_vnd", "charter_capital_usd", "filed_by_agent",
            "agent_name", "agent_address", "agent_phone", "agent_email",
        ),
    ),
    "investors": Outline(_("Investors and contributions"), (), (("investors", (*WHO, *CONTRIBUTION)),)),
    "project": Outline(
        _("Project and objectives"),
        ("project_name", "project_name_en", "scale", "term_years", "term_from"),
        (
            ("objectives", ("description", "description_en", "vsic_edition", "vsic_code", "cpc_code", "main",
                            "market_access_condition")),
            ("products", ("name", "quantity", "unit", "phase")),
        ),
    ),
    "site": Outline(
        _("Site and land"),
        (
            "location", "zone", "lot", "ward", "address", "boundaries", "several_provinces", "office_in_zone",
            "land_area_m2", "built_area_m2", "floor_area_m2", "land_current_use", "land_source", "land_lessor",
            "site_lease_until", "state_land", "land_conversion", "site_cleared", "approval_features",
            "no_approval_features", "approval_number", "approval_on", "approval_authority", "special_procedure",
            "high_tech_criteria", "commitment_conditions", "commitment_assessment", "commitment_accepted",
            "impact_mitigation",
        ),
    ),
    "capital": Outline(
        _("Capital and schedule"),
        (
            "total_capital_vnd", "total_capital_usd", "exchange_rate", "rate_on", "rate_bank", "contributed_vnd",
            "contributed_usd", "mobilised_vnd", "mobilised_usd", "retained_vnd", "retained_usd", "land_cost_vnd",
            "construction_cost_vnd", "equipment_cost_vnd", "contingency_vnd", "working_capital_vnd",
            "deposit_reduction",
        ),
        (
            ("sources", ("kind", "name", "amount_vnd", "amount_usd", "available_by")),
            ("phases", ("name", "capital_vnd", "capital_usd", "capital_by", "construction_from", "construction_to",
                        "installation_to", "trial_on", "operation_on", "objectives_note")),
        ),
    ),
    "people": Outline(
        _("Labour, technology and environment"),
        (
            "workers_vietnamese", "workers_foreign", "technology_name", "technology_origin", "technology_process",
            "technology_list", "technology_opinion", "socio_economic_effect", "environment_needed",
            "environment_assessment",
        ),
        (
            ("equipment", ("name", "model", "origin", "made_in_year", "condition", "quantity", "value_usd")),
            ("labour", ("phase", "vietnamese", "foreign")),
        ),
    ),
    "incentives": Outline(
        _("Incentives asked for"),
        (
            "incentives_asked", "incentive_income_tax", "incentive_income_tax_basis", "incentive_import_duty",
            "incentive_import_duty_basis", "incentive_land_rent", "incentive_land_rent_basis", "special_incentive",
            "disbursed_in_time_vnd", "special_mechanisms",
        ),
    ),
}  # fmt: skip

FIELDS: Final = tuple(name for outline in SECTIONS.values() for name in outline.fields)


LISTS: Final = {name: columns for outline in SECTIONS.values() for name, columns in outline.lists}
_SECTION: Final = {
    name: key
    for key, outline in SECTIONS.items()
    for name in (*outline.fields, *(list_name for list_name, _columns in outline.lists))
}


def section_of(path: str) -> str:
    """The key of the section in which a path is answered; papers have their own."""
    head = path.partition(".")[0]
    return "papers" if head == "papers" else _SECTION[head]
