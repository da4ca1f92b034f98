"""What granted incentives put elsewhere: duties due next on a company's home, certificates on a project's page."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import Organisation
from cases.calendar import local_date
from cases.home_boxes import HomeBox
from cases.home_boxes import register as register_box
from cases.panels import register as register_panel
from incentives.dossier.rivals import waits_for_issue
from incentives.grants.calendar import ReportDuty, Standing, report_duties
from incentives.grants.models import IncentiveGrant
from incentives.grants.panel import PANEL
from incentives.grants.reports import AnnualReport
from projects.life import OBSTACLES
from projects.models import Project
from projects.page_parts import PagePart, Reader, register, register_end_effect

ROWS: Final = 5
GRANTS: Final = 200
"""Grants of one company whose duties its home looks through; its list has them all."""


@dataclass(frozen=True)
class NextDuty:
    """A grant and the report that is due next for it."""

    grant: IncentiveGrant
    duty: ReportDuty


def duties_box(organisation: Organisation) -> dict[str, Any] | None:
    """The reports due next, the most urgent first; nothing without a grant in force (at most 2 queries)."""
    grants = list(IncentiveGrant.objects.of(organisation).in_force().order_by("-pk")[:GRANTS])
    if not grants:
        return None
    today, reports = local_date(), defaultdict(list)
    for report in AnnualReport.objects.filter(grant__in=[grant.line_id for grant in grants]):
        reports[report.grant_id].append(report)
    found = []
    for grant in grants:
        duties = report_duties(grant, reports[grant.line_id], today)
        found += [NextDuty(grant, duty) for duty in duties if duty.standing != Standing.DONE]
    found.sort(key=lambda one: (not one.duty.to_write, one.duty.due_on, one.grant.pk))
    return {"rows": found[:ROWS], "more": len(found) > ROWS}


def certificates_part(project: Project, user: Reader) -> dict[str, Any] | None:
    """The certificates of incentives of a project, the newest first; nothing without one (1 query)."""
    del user
    rows = list(project.incentive_grants.prefetch_related("products__product").order_by("-pk"))
    return {"grants": rows} if rows else None


def end_with(project: Project) -> list[str]:
    """That the certificates of incentives in force end with the project (1 query)."""
    numbers = list(project.incentive_grants.in_force().order_by("pk").values_list("number", flat=True))
    words = {"count": len(numbers), "numbers": ", ".join(numbers)}
    return [ngettext(
        "With the project ends its certificate of incentives: %(numbers)s.",
        "With the project end its %(count)s certificates of incentives: %(numbers)s.", len(numbers),
    ) % words] if numbers else []  # fmt: skip


BOX: Final = HomeBox("incentives", _("Duties for your incentives"), "incentives/grants/home_box.html", duties_box, 5)
PART: Final = PagePart(
    "incentives", _("Certificates of incentives"), "incentives/grants/part.html", certificates_part, order=42
)


def register_grants() -> None:
    """Called once, when the site starts."""
    register_box(BOX)
    register_panel(PANEL)
    register(PART)
    register_end_effect(end_with)
    if waits_for_issue not in OBSTACLES:
        OBSTACLES.append(waits_for_issue)
