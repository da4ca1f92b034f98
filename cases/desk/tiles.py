"""The landing of the desk: what needs somebody today, in one query over the open cases."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.calendar import local_date
from cases.desk.filters import Filters, to_sign
from cases.models import Case
from cases.states import Status


@dataclass(frozen=True)
class Tile:
    """A figure that leads to its list; tone: danger or warn when it is more than nothing, else calm."""

    key: str
    label: str | Promise
    figure: int
    url: str
    tone: str


def tiles_for(user: User) -> list[Tile]:
    """What waits on this person's desk; the tiles of steps they may not take are left out (one query)."""
    today = local_date()
    wanted = {
        "overdue": (_("Overdue"), Q(due_on__lt=today), Filters(due="overdue"), "danger"),
        "today": (_("Due today"), Q(due_on=today), Filters(due="today"), "warn"),
        "answered": (
            _("Answered by the investor"),
            Q(status=Status.ACCEPTED, answered_at__isnull=False),
            Filters(answered="1"),
            "info",
        ),
        "signature": (_("For my signature"), to_sign(user), Filters(whose="signature"), "info"),
        "mine": (_("Mine"), Q(officer=user), Filters(whose="mine"), "calm"),
        "unassigned": (_("Unassigned"), Q(officer__isnull=True), Filters(whose="unassigned"), "calm"),
    }
    if not user.has_perm("cases.decide_case"):
        del wanted["signature"]
    figures = (
        Case.objects.visible_to(user)
        .still_open()
        .aggregate(**{key: Count("pk", filter=condition) for key, (_label, condition, _view, _tone) in wanted.items()})
    )
    queue = reverse("admin:cases_case_changelist")
    return [
        Tile(key, label, figures[key], f"{queue}?{view.query()}", tone if figures[key] else "calm")
        for key, (label, _condition, view, tone) in wanted.items()
    ]
