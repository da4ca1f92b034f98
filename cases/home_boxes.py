"""Lists that other apps put on an investor's home without `cases` knowing them (the company's projects, ...)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from accounts.models import Organisation


@dataclass(frozen=True)
class HomeBox:
    """A list: `context(organisation)` fills `template`, or returns None to leave the list out."""

    key: str
    title: str | Promise
    template: str
    context: Callable[[Organisation], dict[str, Any] | None]
    order: int = 50


BOXES: list[HomeBox] = []


def register(box: HomeBox) -> None:
    """Add a list; called from an app's `ready`."""
    if box.key not in {known.key for known in BOXES}:
        BOXES.append(box)
        BOXES.sort(key=lambda known: known.order)


def boxes_for(organisation: Organisation) -> list[tuple[HomeBox, dict[str, Any]]]:
    """The lists of this company, with their contents."""
    filled = ((box, box.context(organisation)) for box in BOXES)
    return [(box, context) for box, context in filled if context is not None]
