"""Announces the application for the certificate of incentives to the procedure."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cases.kinds import Kind, Section, SectionForm, register
from incentives.api.application import ApplicationSerializer
from incentives.dossier import forms
from incentives.dossier.models import IncentiveApplication
from incentives.dossier.outline import SECTIONS

LEADS = {
    "project": _("Which project of which enterprise, where it stands, and how large the enterprise is."),
    "products": _("What you make, each product with its line of the list of supporting-industry products."),
    "technology": _("How it is made, and with which equipment."),
    "readiness": _("The papers of the project, and when production and revenue begin."),
    "customers": _("The makers of finished products you supply, and what shows it."),
    "incentives": _("Tax, import duty, land rent and support: what you ask for, and what you enjoyed before."),
}
FORMS: dict[str, type[SectionForm]] = {
    "project": forms.ProjectForm,
    "products": forms.ProductsForm,
    "technology": forms.TechnologyForm,
    "readiness": forms.ReadinessForm,
    "customers": forms.CustomersForm,
    "incentives": forms.IncentivesForm,
}

register(
    Kind(
        slug="incentive",
        name=_("Incentives for supporting industry"),
        lead=_("Ask for the certificate of incentives for a project that makes supporting-industry products."),
        model=IncentiveApplication,
        sections=tuple(
            Section(key, outline.title, LEADS[key], FORMS[key], "incentives/section.html")
            for key, outline in SECTIONS.items()
        ),
        serializer=ApplicationSerializer,
        procedures=("coi", "coi-adjust"),
        number_series="HPUD",
    )
)
