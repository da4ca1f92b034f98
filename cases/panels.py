"""Boxes that other apps put on a case's page without `cases` knowing them (the certificate, the messages, ...)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from accounts.models import User
from cases.models import Case


@dataclass(frozen=True)
class Panel:
    """A box: `context(case, user)` fills `template`, or returns None to leave the box out."""

    key: str
    title: str | Promise
    template: str
    context: Callable[[Case, User], dict[str, Any] | None]
    audiences: frozenset[str] = frozenset({"investor", "official"})
    order: int = 50


PANELS: list[Panel] = []


def register(panel: Panel) -> None:
    """Add a box; called from an app's `ready`."""
    if panel.key not in {known.key for known in PANELS}:
        PANELS.append(panel)
        PANELS.sort(key=lambda known: known.order)


def panels_for(case: Case, user: User) -> list[tuple[Panel, dict[str, Any]]]:
    """The boxes of this case that this person may see, with their contents."""
    side = "official" if user.is_staff else "investor"
    filled = ((panel, panel.context(case, user)) for panel in PANELS if side in panel.audiences)
    return [(panel, context) for panel, context in filled if context is not None]
