"""How the page of a project, a certificate as of a day and a group read in templates."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.template import Context
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cases.kinds import KINDS
from cases.models import Case
from cases.states import PublicStatus, Status
from projects.duties import Duty
from projects.models import Project
from projects.money import figure, money
from projects.page_parts import OFFICIAL
from projects.project_page import Section
from projects.templatetags.projects_look import tone

register = template.Library()


@register.simple_tag(takes_context=True)
def include_part(context: Context, section: Section) -> SafeString:
    """A section of the project's page with its own contents, rendered inside the page's context."""
    engine = context.template.engine  # type: ignore[union-attr]  # a page that is being rendered has a template
    with context.push(**section.context):
        return engine.get_template(section.template).render(context)


@register.filter
def percent_figure(value: Decimal) -> str:
    """A share: 95 %."""
    return f"{figure(value)} %"


@register.filter
def signed_percent(value: Decimal) -> str:
    """A change: +30.1 % or −5 %."""
    return f"{'+' if value > 0 else ''}{figure(value)} %"


@register.filter
def signed_usd(value: Decimal) -> str:
    """A difference in USD with its sign."""
    return f"{'+' if value > 0 else ''}{money(value, 'USD')}"


@register.filter
def status_for(case: Case, side: str) -> Status | PublicStatus:
    """Where a case stands, in the words of the reader's side."""
    return Status(case.status) if side == OFFICIAL else case.public_status


@register.filter
def kind_name(slug: str) -> str:
    """The name of a kind of application."""
    return str(KINDS[slug].name) if slug in KINDS else slug


@register.filter
def content_in_my_language(duty: Duty) -> str:
    """What a report says, in the reader's language."""
    return duty.content(get_language() or "vi")


@register.simple_tag
def chain_links(project: Project) -> list[tuple[str, str]]:
    """Where the chain can be had and how it is checked, as far as there are such addresses."""
    wanted = (
        ("project-chain", (project.code,), _("Download the chain")),
        ("chain-document", (), _("How to check it yourself")),
    )
    found = []
    for name, holes, label in wanted:
        try:
            found.append((reverse(name, args=holes), label))
        except NoReverseMatch:
            continue
    return found


@register.inclusion_tag("includes/tag.html")
def state_tag(state: str) -> dict[str, str]:
    """The state of a project on a day, as text and colour."""
    return {"tone": tone(state), "label": str(Project.State(state).label), "icon": "dot"}
