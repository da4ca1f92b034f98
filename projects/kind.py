"""Announces the registration of a project to the procedure."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cases.kinds import Kind, Section, register
from projects.api.serializers import RegistrationSerializer
from projects.forms import sections
from projects.models import Registration
from projects.outline import SECTIONS

LEADS = {
    "company": _("Who asks for the certificate, through which company, and who files."),
    "investors": _("Everyone who puts money or assets into the project, with papers and contribution."),
    "project": _("What the project is called, what it does, and for how long."),
    "site": _("Where it stands, how the land is held, and whether approval is needed first."),
    "capital": _("Total capital, where it comes from, what it is used for, and when."),
    "people": _("How many people, which technology, and what it does to the environment."),
    "incentives": _("Tax, import duty and land rent: what is asked for, and on what basis."),
}
FORMS = {
    "company": sections.CompanyForm,
    "investors": sections.InvestorsForm,
    "project": sections.ProjectForm,
    "site": sections.SiteForm,
    "capital": sections.CapitalForm,
    "people": sections.PeopleForm,
    "incentives": sections.IncentivesForm,
}

register(
    Kind(
        slug="registration",
        name=_("Registration of a new project"),
        lead=_("Ask for an investment registration certificate for a project that has none yet."),
        model=Registration,
        sections=tuple(
            Section(key, outline.title, LEADS[key], FORMS[key], "projects/section.html")
            for key, outline in SECTIONS.items()
        ),
        serializer=RegistrationSerializer,
        procedures=("irc", "irc-after-ipa", "irc-special"),
    )
)
