"""Boxes and actions that other apps put on a project's page without `projects` knowing them.

An app registers from its `AppConfig.ready`:

    register(PagePart("life", _("Suspension and end"), "projects/life/box.html", life_box, order=45))
    register_action(Action("adjust", _("Change the capital"), adjust_address, may_adjust, primary=True))
    register_case_lookup("adjustment__project")
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils.functional import Promise

from accounts.models import User
from projects.register import Project

ANYONE: Final = "anyone"
MEMBER: Final = "member"
OFFICIAL: Final = "official"
INSIDERS: Final = frozenset({MEMBER, OFFICIAL})
EVERYBODY: Final = frozenset({ANYONE, MEMBER, OFFICIAL})

Reader = User | AnonymousUser


@dataclass(frozen=True)
class PagePart:
    """A section of the page: `context(project, user)` fills `template`, or returns None to leave the section out.

    `audiences`: who sees it, of "anyone" (strangers to the project), "member" (of its organisation), "official".
    `context` and `template` are asked only for a person who belongs to one of them.
    """

    key: str
    title: str | Promise
    template: str
    context: Callable[[Project, Reader], dict[str, Any] | None]
    audiences: frozenset[str] = INSIDERS
    order: int = 50


@dataclass(frozen=True)
class Action:
    """A button of the page's head: it is there only for whom `allowed(project, user)` says yes; `primary` is the one
    red button of the page.
    """

    key: str
    label: str | Promise
    url: Callable[[Project], str]
    allowed: Callable[[Project, Reader], bool]
    primary: bool = False
    order: int = 50


PARTS: list[PagePart] = []
ACTIONS: list[Action] = []
END_EFFECTS: list[Callable[[Project], Sequence[str]]] = []
CASE_LOOKUPS: list[str] = ["opened_project", "project_version__project"]


def register(part: PagePart) -> None:
    """Add a section; called from an app's `ready`."""
    if part.key not in {known.key for known in PARTS}:
        PARTS.append(part)


def register_action(action: Action) -> None:
    """Add a button; called from an app's `ready`."""
    if action.key not in {known.key for known in ACTIONS}:
        ACTIONS.append(action)
        ACTIONS.sort(key=lambda known: known.order)


def register_case_lookup(lookup: str) -> None:
    """Name the way from a case to its project ("adjustment__project"), so that the page lists such cases too."""
    if lookup not in CASE_LOOKUPS:
        CASE_LOOKUPS.append(lookup)


def register_end_effect(effect: Callable[[Project], Sequence[str]]) -> None:
    """Name what else ends with a project, in sentences for whoever is about to end it."""
    if effect not in END_EFFECTS:
        END_EFFECTS.append(effect)


def end_effects(project: Project) -> list[str]:
    """Everything that ends with the project, as other apps have named it."""
    return [sentence for effect in END_EFFECTS for sentence in effect(project)]


def cases_of(project: Project) -> Q:
    """The condition on cases that belong to a project, in whatever way an app has named."""
    found = Q()
    for lookup in CASE_LOOKUPS:
        found |= Q(**{lookup: project})
    return found


def actions_for(project: Project, user: Reader) -> list[tuple[Action, str]]:
    """The buttons this person may press, each with its address."""
    if not user.is_authenticated:
        return []
    return [(action, action.url(project)) for action in ACTIONS if action.allowed(project, user)]
