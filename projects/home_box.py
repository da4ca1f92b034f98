"""The company's licensed projects on its home."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from cases.home_boxes import HomeBox
from projects.register import Project
from projects.versions import ProjectVersion

ROWS: Final = 50


def company_projects(organisation: Organisation) -> dict[str, Any] | None:
    """The projects with their capital and the number of their certificate, in one query."""
    newest = ProjectVersion.objects.filter(project=OuterRef("pk")).order_by("-number")
    number = Subquery(newest.values("certificate_number")[:1])
    found = Project.objects.published().filter(organisation=organisation).with_places().with_capital()
    rows = list(found.annotate(certificate=number).order_by("-pk")[: ROWS + 1])
    return {"rows": rows[:ROWS], "more": len(rows) > ROWS} if rows else None


BOX: Final = HomeBox("projects", _("Projects"), "projects/home_box.html", company_projects, order=10)
