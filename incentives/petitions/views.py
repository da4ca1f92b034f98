"""The city's petitions for everybody: a list, and a page for each. In words and look never an entitlement."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.access import ANYONE, open_to
from cases.calendar import local_date
from incentives.petitions.capital import behind, capital_of
from incentives.petitions.models import Petition, PetitionEvent
from projects.forms.days import DayForm
from projects.models import Project

ROWS: Final = 20
PROJECTS: Final = 100
"""Projects named on a page; the totals are over all."""


@require_safe
@open_to(ANYONE)
def petition_list(request: HttpRequest) -> HttpResponse:
    """Every petition that was sent, the newest number first; search minds no accents (2 queries)."""
    words, state = request.GET.get("q", "").strip(), request.GET.get("state", "")
    found = Petition.objects.public().matching(words).order_by("-pk")
    states = [(value, label) for value, label in Petition.State.choices if value != Petition.State.DRAFTED]
    if state in dict(states):
        found = found.filter(state=state)
    page = Paginator(found.with_counts(), ROWS).get_page(request.GET.get("page"))
    kept = {name: value for name, value in (("q", words), ("state", state)) if value}
    shown = {
        "words": words, "state": state, "states": states, "petitions": list(page), "count": page.paginator.count,
        "next": _page(kept, page.next_page_number()) if page.has_next() else None,
        "previous": _page(kept, page.previous_page_number()) if page.has_previous() else None,
    }  # fmt: skip
    return render(request, "incentives/petitions/list.html", shown)


@require_safe
@open_to(ANYONE)
def petition_detail(request: HttpRequest, number: str) -> HttpResponse:
    """One petition: what is asked, today's treatment beside it, evidence, projects and capital, and what came of it."""
    petition = get_object_or_404(Petition.objects.public(), number=number.upper())
    form = DayForm(request.GET)
    wrong = not form.is_valid()
    on = (None if wrong else form.cleaned_data["as_of"]) or local_date()
    status = HTTPStatus.BAD_REQUEST if wrong else HTTPStatus.OK
    return render(
        request, "incentives/petitions/detail.html", _shown(petition, on, request.GET) | {"form": form}, status=status
    )


def _shown(petition: Petition, on: date, asked: QueryDict) -> dict[str, Any]:
    """At most 8 queries, however many projects it names."""
    rows = list(petition.affected.standing().select_related("project__zone", "project__sector").order_by("project"))
    rows = [row for row in rows if row.project.state != Project.State.APPROVED]  # not in the public register yet
    capital = capital_of([row.project_id for row in rows], on)
    page = Paginator(rows, PROJECTS).get_page(asked.get("page"))
    kept = {name: value for name, value in asked.dict().items() if name == "as_of" and isinstance(value, str)}
    return {
        "petition": petition, "day": on, "listed": list(petition.listed.all()),
        "adopted_by": list(petition.adopted_by.all()) if petition.list_version else [],
        "evidence": list(petition.evidence.all()), "eligible": [row for row in rows if row.eligible_on],
        "projects": [(row, *capital.get(row.project_id, (None, None))) for row in page],
        "behind": behind([row.project_id for row in rows], capital),
        "next": _page(kept, page.next_page_number()) if page.has_next() else None,
        "previous": _page(kept, page.previous_page_number()) if page.has_previous() else None,
        "steps": petition.events.exclude(verb__in=INTERNAL),
    }  # fmt: skip


INTERNAL: Final = (PetitionEvent.Verb.EDITED, PetitionEvent.Verb.EVIDENCE)
"""Steps that only officials read: what a draft said before."""


def _page(kept: dict[str, str], number: int) -> str:
    return f"?{urlencode(kept | {'page': str(number)})}"
