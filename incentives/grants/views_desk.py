"""What officials have to look after: overdue reports, reports to review, inspections that are due or planned."""

from __future__ import annotations

from typing import Any, Final

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import open_to
from cases.calendar import local_date
from incentives.grants import overdue
from incentives.grants.models import READ

ROWS: Final = 50
SHOWS: Final = ("overdue", "review", "due", "planned")


@require_safe
@open_to(READ)
def duties(request: HttpRequest) -> HttpResponse:
    """Four lists, one at a time; each with the number of what waits."""
    today = local_date()
    lists: dict[str, QuerySet[Any]] = {
        "overdue": overdue.overdue(today), "review": overdue.to_review(), "due": overdue.inspections_due(today),
        "planned": overdue.open_inspections(),
    }  # fmt: skip
    asked = request.GET.get("show", "")
    show = asked if asked in lists else SHOWS[0]
    page = Paginator(lists[show], ROWS).get_page(request.GET.get("page"))
    shown = {
        "today": today, "show": show, "counts": {name: found.count() for name, found in lists.items()},
        "rows": list(page),
        "next": f"?show={show}&page={page.next_page_number()}" if page.has_next() else None,
        "previous": f"?show={show}&page={page.previous_page_number()}" if page.has_previous() else None,
    }  # fmt: skip
    return render(request, "incentives/grants/duties_desk.html", shown)
