"""The pages of granted incentives: a company's list, and the page of a grant for its company and for officials."""

from __future__ import annotations

from typing import Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.access import INVESTOR, open_to
from accounts.request import act_for
from cases.calendar import local_date
from cases.views.door import company, here
from incentives.grants.models import READ, IncentiveGrant
from incentives.grants.page import GrantPage, grants_for, newest_first

ROWS: Final = 20


def own_grant(request: HttpRequest, number: str) -> IncentiveGrant:
    """The grant, if this person may see it (404 otherwise); from here on they act for its company."""
    grant: IncentiveGrant = get_object_or_404(grants_for(here(request).user), number=number.upper())
    active = here(request).organisation
    if active is not None and active.pk != grant.organisation_id:
        act_for(request, grant.organisation)
    return grant


@require_safe
@open_to(INVESTOR)
def grant_list(request: HttpRequest) -> HttpResponse:
    """The certificates of incentives of the company the person acts for."""
    grants = newest_first(IncentiveGrant.objects.of(company(request)).select_related("project"))
    page = Paginator(grants, ROWS).get_page(request.GET.get("page"))
    shown = {
        "grants": list(page), "count": page.paginator.count,
        "next": f"?page={page.next_page_number()}" if page.has_next() else None,
        "previous": f"?page={page.previous_page_number()}" if page.has_previous() else None,
    }  # fmt: skip
    return render(request, "incentives/grants/list.html", shown)


@require_safe
@open_to(INVESTOR, READ)
def grant_detail(request: HttpRequest, number: str) -> HttpResponse:
    """One grant: certificate, products, capital, tax schedule, duties, reports, inspections, history."""
    grant = own_grant(request, number)
    page = GrantPage(grant, here(request).user, local_date())
    return render(request, "incentives/grants/detail.html", {"grant": grant, "page": page})
