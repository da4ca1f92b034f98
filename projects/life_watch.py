"""What has to be watched in the life of projects: for the box on a project's page and for the officials' list."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import get_language

from projects.life_models import LifeNotice
from projects.life_rules import ground_named
from projects.page_parts import Reader
from projects.register import Project
from projects.suspension import Standing, standing

SHOWN: Final = 100


@dataclass(frozen=True)
class Line:
    """One notice as it is read: with its ground in words, and whether informing the others is overdue."""

    notice: LifeNotice
    ground: str
    overdue: bool
    tone: str


@dataclass(frozen=True)
class Watched:
    """A running suspension with the days used."""

    notice: LifeNotice
    standing: Standing
    over_announced: bool
    over_limit: bool


@dataclass(frozen=True)
class Some:
    """The first rows of a list, and how many there are in all."""

    rows: list[Any]
    count: int


TONES: Final = {"suspension": "warn", "resumption": "ok", "termination": "neutral", "revocation": "danger"}


def line_of(notice: LifeNotice, today: date) -> Line:
    """A notice for the reader's language."""
    ground = ground_named(notice.ground)
    words = ground.name(get_language() or "vi") if ground else notice.ground
    return Line(notice, words, notice.inform_overdue(today), TONES[notice.kind])


def running_suspensions(today: date) -> Some:
    """The suspensions that run, the one announced to end first on top (3 queries, however many there are)."""
    running = LifeNotice.objects.running()
    rows = list(running.select_related("project")[:SHOWN])
    told: dict[int, list[LifeNotice]] = defaultdict(list)
    for notice in LifeNotice.objects.filter(project__in=[row.project_id for row in rows]).order_by("pk"):
        told[notice.project_id].append(notice)
    watched = []
    for row in rows:
        stands = standing(told[row.project_id], today)
        watched.append(Watched(row, stands, stands.over_announced(today), stands.over_limit(today)))
    return Some(watched, len(rows) if len(rows) < SHOWN else running.count())


def to_inform(today: date) -> Some:
    """The acts of which the other authorities are still to be told, the most urgent first (at most 2 queries)."""
    waiting = LifeNotice.objects.to_inform()
    rows = [line_of(notice, today) for notice in waiting.select_related("project", "informed")[:SHOWN]]
    return Some(rows, len(rows) if len(rows) < SHOWN else waiting.count())


def box(project: Project, today: date, user: Reader) -> dict[str, Any] | None:
    """What the box on the project's page shows; nothing before the first act (1 query)."""
    notices = list(project.life_notices.with_what_is_shown().order_by("pk"))
    if not notices:
        return None
    stands = standing(notices, today)
    return {
        "project": project,
        "lines": [line_of(notice, today) for notice in reversed(notices)],
        "standing": stands,
        "over_announced": stands.over_announced(today),
        "over_limit": stands.over_limit(today),
        "may_record": bool(getattr(user, "is_staff", False)) and user.has_perm("projects.record_life"),
    }
