"""What adjustments put on a project's page: the button that opens an application, and the project's applications."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.membership import roles_of
from accounts.models import User
from cases.calendar import local_date
from projects.models import Project
from projects.page_parts import Action, Reader, register_action, register_case_lookup
from projects.register import LICENSED


def register_parts() -> None:
    """Called once, when the site starts."""
    register_action(Action("adjust", _("Change the certificate"), _address, may_adjust, primary=True, order=10))
    register_case_lookup("adjustment__project")


def may_adjust(project: Project, user: Reader) -> bool:
    """Whether the person may open an application for this project today."""
    if not isinstance(user, User) or user.is_staff or project.organisation is None:
        return False
    if project.state not in LICENSED:
        return False
    return bool(roles_of(user, project.organisation, local_date()) & {"owner", "preparer", "signer"})


def _address(project: Project) -> str:
    return reverse("adjust", args=[project.code])
