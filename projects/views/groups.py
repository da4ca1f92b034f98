"""Groups of companies and what they hold, each project counted once."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from accounts.access import open_to
from cases.calendar import local_date
from projects.forms.days import DayForm
from projects.group_totals import capital_of, compared, over_time
from projects.groups import Group
from projects.step_line import Point, step_line

ROWS: Final = 50


@require_safe
@open_to("anyone")
def group_list(request: HttpRequest) -> HttpResponse:
    """The groups by name, 50 a page, each with what it holds now."""
    page = Paginator(Group.objects.order_by("name", "pk"), ROWS).get_page(request.GET.get("page"))
    groups = list(page)
    capital = capital_of(groups, local_date())
    shown = {
        "rows": [(group, capital[group.pk]) for group in groups],
        "count": page.paginator.count,
        "next": f"?page={page.next_page_number()}" if page.has_next() else None,
        "previous": f"?page={page.previous_page_number()}" if page.has_previous() else None,
    }
    return render(request, "projects/group_list.html", shown)


@require_safe
@open_to("anyone")
def group_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """What a group holds on a day, its total over time, and what others publish about it."""
    group = get_object_or_404(Group, slug=slug)
    form = DayForm(request.GET)
    if not form.is_valid():
        return render(request, "projects/group.html", {"group": group, "form": form}, status=HTTPStatus.BAD_REQUEST)
    today = local_date()
    day = form.cleaned_data["as_of"] or today
    capital = capital_of([group], day)[group.pk]
    moved = over_time(capital.held, day)
    points = [Point(step.event.effective_on, step.event.effective_precision, step.total) for step in moved]
    language = get_language() or "vi"
    shown = {
        "group": group,
        "form": form,
        "day": day,
        "asked": form.cleaned_data["as_of"],
        "note": group.note(language),
        "capital": capital,
        "moved": moved,
        "chart": step_line(points, "USD", min(day, today)),
        "compared": [(row, row.published.stated_by(language)) for row in compared(group.published.all(), moved)],
    }
    return render(request, "projects/group.html", shown)
