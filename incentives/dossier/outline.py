"""The plan of the application for the certificate of incentives: which section holds which answers.

One source for forms, sheet, API, pre-check and paper. A path is a field's name or reaches into a list
("goods.0.product").
"""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from projects.outline import Outline

GOODS: Final = (
    "product", "name", "hs_code", "capacity", "unit", "high_technology", "made_in_vietnam", "standard",
    "standard_issuer", "standard_on", "standard_until",
)  # fmt: skip
BUYERS: Final = ("name", "country", "evidence", "number", "signed_on", "until", "supplied")

SECTIONS: Final[dict[str, Outline]] = {
    "project": Outline(
        _("Project and enterprise"),
        (
            "purpose", "amends", "change_reason", "nature_changed", "project", "project_name", "licence_number",
            "licensed_on", "place", "state_land", "project_type", "capacity_before", "capacity_after",
            "assets_before_vnd", "assets_added_vnd", "insured_staff", "revenue_vnd", "capital_vnd", "affiliate",
            "large_group",
        ),
    ),
    "products": Outline(_("Supporting-industry products"), (), (("goods", GOODS),)),
    "technology": Outline(
        _("Technology and equipment"),
        ("new_equipment", "process", "equipment", "equipment_vnd", "equipment_year"),
    ),
    "readiness": Outline(
        _("Readiness of the project"),
        (
            "registration_held", "brief_held", "environment_paper", "environment_number", "environment_on",
            "production_on", "first_revenue_year", "first_year_months", "excise", "resource_share_percent",
        ),
    ),
    "customers": Outline(_("Makers of finished products supplied"), (), (("buyers", BUYERS),)),
    "incentives": Outline(
        _("Incentives asked for"),
        (
            "asks_income_tax", "tax_level", "defer_first_period", "yearly_income_vnd", "asks_import_duty",
            "asks_land_rent", "asks_credit", "asks_research", "asks_people", "earlier_incentive", "earlier_law",
            "earlier_from_year", "rate_years_scheduled", "rate_years_used", "exempt_years_scheduled",
            "exempt_years_used", "half_years_scheduled", "half_years_used",
        ),
    ),
}  # fmt: skip

FIELDS: Final = tuple(name for outline in SECTIONS.values() for name in outline.fields)
LISTS: Final[dict[str, tuple[str, ...]]] = {
    name: columns for outline in SECTIONS.values() for name, columns in outline.lists
}
_SECTION_OF: Final = {
    name: key for key, outline in SECTIONS.items() for name in (*outline.fields, *(name for name, _c in outline.lists))
}


def section_of(path: str) -> str:
    """The section in which a path is answered; the papers have their own."""
    head = path.partition(".")[0]
    return head if head == "papers" else _SECTION_OF.get(head, "project")
