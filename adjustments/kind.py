"""Announces the adjustment of a licensed project to the procedure."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from adjustments.api.serializers import AdjustmentSerializer
from adjustments.forms import own, sections
from adjustments.models import Adjustment
from adjustments.outline import TITLES
from adjustments.procedure import APPROVED, BY_CLASS
from cases.kinds import Kind, Section, SectionForm, register

LEADS = {
    "base": _("The project, and the certificate the application starts from."),
    "capital": _("Total, parts, each investor's contribution, sources and phases: type only what changes."),
    "investors": _("Who the investors are: names, papers, representatives, who comes and who goes."),
    "project": _("Name, objectives, products, scale and term."),
    "site": _("Place, land, and the in-principle approval where there is one."),
    "company": _("The company that carries out the project."),
    "incentives": _("What the certificate says about incentives."),
    "change": _("What is asked for, why, and who decided it."),
    "report": _("How far the project is, and what has been paid in."),
}
FORMS: dict[str, type[SectionForm]] = {
    "base": own.BaseForm,
    "capital": sections.CapitalForm,
    "investors": sections.InvestorsForm,
    "project": sections.ProjectForm,
    "site": sections.SiteForm,
    "company": sections.CompanyForm,
    "incentives": sections.IncentivesForm,
    "change": own.ReasonForm,
    "report": own.ReportForm,
}

register(
    Kind(
        slug="adjustment",
        name=_("Adjustment of a licensed project"),
        lead=_("Change the certificate of a project you have: capital first, then anything else it says."),
        model=Adjustment,
        sections=tuple(
            Section(key, title, LEADS[key], FORMS[key], "adjustments/section.html") for key, title in TITLES.items()
        ),
        serializer=AdjustmentSerializer,
        procedures=(*BY_CLASS.values(), APPROVED),
    )
)
