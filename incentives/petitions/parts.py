"""What petitions put on a project's page: that the city has asked for something about it, and what came of it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from projects.models import Project
from projects.page_parts import EVERYBODY, PagePart, Reader, register


def petitions_box(project: Project, user: Reader) -> dict[str, Any] | None:
    """The petitions that were sent and name the project; nothing without one (1 query)."""
    del user
    rows = project.petitions.standing().exclude(petition__sent_to="").select_related("petition")
    named = list(rows.order_by("-petition__number"))
    return {"petitions": named} if named else None


def register_parts() -> None:
    """Called once, when the site starts."""
    register(
        PagePart("petitions", _("Petitions of the city"), "incentives/petitions/box.html", petitions_box, EVERYBODY, 55)
    )
