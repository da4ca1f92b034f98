"""What the life of a project adds to its page: the box with its history, and the buttons of the acts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.calendar import local_date
from projects import life
from projects.life import Act
from projects.life_watch import box
from projects.page_parts import EVERYBODY, Action, PagePart, Reader, register, register_action
from projects.register import Project


def life_box(project: Project, user: Reader) -> dict[str, Any] | None:
    """The box as it stands today."""
    return box(project, local_date(), user)


def _way_to(act: Act) -> Callable[[Project], str]:
    return lambda project: reverse(f"project-{act.name}", args=[project.code])


def _open_to_side(act: Act, *, official: bool) -> Callable[[Project, Reader], bool]:
    def allowed(project: Project, user: Reader) -> bool:
        return isinstance(user, User) and user.is_staff == official and act.possible(project, user)

    return allowed


def register_all() -> None:
    """Called when the site starts."""
    register(PagePart("life", _("Project life"), "projects/life/box.html", life_box, EVERYBODY, 45))
    for act, order in ((life.suspend, 60), (life.resume, 61)):
        register_action(Action(act.name, act.label, _way_to(act), act.possible, order=order))
    register_action(
        Action(
            "terminate", life.terminate.label, _way_to(life.terminate), _open_to_side(life.terminate, official=False),
            order=62,
        )
    )  # fmt: skip
    register_action(
        Action(
            "terminate-by-office", _("Terminate the project"), _way_to(life.terminate),
            _open_to_side(life.terminate, official=True), order=63,
        )
    )  # fmt: skip
    register_action(Action("revoke", life.revoke.label, _way_to(life.revoke), life.revoke.possible, order=64))
