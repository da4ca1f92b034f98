"""The pages of a company's library: what is kept, adding to it, taking out, and reading a file."""

from __future__ import annotations

from collections import defaultdict
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import INVESTOR, open_to
from accounts.membership import organisations_of
from accounts.models import Organisation
from accounts.request import act_for
from cases.calendar import local_date
from cases.errors import Invalid, NotAllowed
from cases.library import keep, known_papers, may_keep, take_out
from cases.library_forms import LibraryForm
from cases.models import Attachment, LibraryPaper
from cases.views.door import here
from cases.views.papers import file_answer


@open_to(INVESTOR)
@require_http_methods(["GET", "HEAD", "POST"])
def library(request: HttpRequest, company: str) -> HttpResponse:
    """What the company keeps, and a form for whoever may add to it."""
    organisation = own_company(request, company)
    user = here(request).user
    if request.method != "POST":
        return _page(request, organisation, LibraryForm())
    form = LibraryForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, organisation, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    given = form.cleaned_data
    try:
        kept = keep(
            organisation, by=user, paper=given["paper"], upload=given["file"], title=given["title"],
            valid_until=given["valid_until"],
        )  # fmt: skip
    except NotAllowed as error:
        raise PermissionDenied(error.message) from error
    except Invalid as error:
        for field, sentences in error.errors.items():
            form.add_error(field, sentences)
        return _page(request, organisation, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, _("“%(name)s” is in the library.") % {"name": kept})
    return redirect("paper-library", key_of(organisation))


@xframe_options_sameorigin
@open_to(INVESTOR)
@require_safe
def library_paper(request: HttpRequest, company: str, pk: int) -> HttpResponseBase:
    """A file of the library, with the same protection as the papers of a case."""
    return file_answer(_found(request, company, pk))


@open_to(INVESTOR)
@require_http_methods(["GET", "HEAD", "POST"])
def library_paper_remove(request: HttpRequest, company: str, pk: int) -> HttpResponse:
    """Ask once, then take a paper out of the library."""
    found = _found(request, company, pk)
    user, place = here(request).user, redirect("paper-library", key_of(found.organisation))
    if found.removed_at is not None:
        return place
    if request.method != "POST":
        if not may_keep(user, found.organisation):
            return place
        shown = {"paper": found, "company": found.organisation, "key": key_of(found.organisation)}
        return render(request, "cases/library_remove.html", shown)
    try:
        take_out(found, by=user)
    except NotAllowed as error:
        raise PermissionDenied(error.message) from error
    messages.success(request, _("“%(name)s” was taken out of the library.") % {"name": found})
    return place


def own_company(request: HttpRequest, company: str) -> Organisation:
    """The company with this tax code or number, if the person belongs to it (404 otherwise); they act for it now."""
    number = Q(pk=int(company)) if company.isdecimal() and len(company) < 10 else Q()
    mine = organisations_of(here(request).user)
    found = get_object_or_404(mine.filter(Q(tax_code=company) | number))
    active = here(request).organisation
    if active is not None and active.pk != found.pk:
        act_for(request, found)
    return found


def key_of(organisation: Organisation) -> str:
    """How the company is named in addresses: its tax code, else its number."""
    return organisation.tax_code or str(organisation.pk)


def _found(request: HttpRequest, company: str, pk: int) -> LibraryPaper:
    organisation = own_company(request, company)
    papers = LibraryPaper.objects.visible_to(here(request).user).select_related("organisation")
    return get_object_or_404(papers, organisation=organisation, pk=pk)


def _page(request: HttpRequest, organisation: Organisation, form: LibraryForm, status: int = 200) -> HttpResponse:
    shown = {
        "company": organisation,
        "key": key_of(organisation),
        "papers": _rows(request, organisation),
        "may_keep": may_keep(here(request).user, organisation),
        "form": form,
    }
    return render(request, "cases/library.html", shown, status=status)


def _rows(request: HttpRequest, organisation: Organisation) -> list[dict[str, Any]]:
    """The papers in the law's order, the newest of a kind first; only that one is attached."""
    names, today = known_papers(), local_date()
    order = {code: position for position, code in enumerate(names)}
    kept = LibraryPaper.objects.visible_to(here(request).user).kept().filter(organisation=organisation)
    used = _cases_with(organisation)
    rows, current = [], set[str]()
    for paper in sorted(kept, key=lambda paper: (order.get(paper.paper, len(order)), paper.paper, -paper.pk)):
        state = "expired" if paper.expired(today) else "older" if paper.paper in current else "valid"
        if state == "valid":
            current.add(paper.paper)
        row = {"paper": paper, "name": names.get(paper.paper, paper.paper), "state": state}
        rows.append(row | {"cases": used[paper.paper, paper.sha256]})
    return rows


def _cases_with(organisation: Organisation) -> dict[tuple[str, str], list[str]]:
    """The company's cases in which a file counts, by paper and digest, newest first."""
    live = Attachment.objects.filter(case__organisation=organisation, removed_at__isnull=True, superseded_by=None)
    used: dict[tuple[str, str], list[str]] = defaultdict(list)
    for paper, digest, reference in live.order_by("-case_id").values_list("paper", "sha256", "case__reference"):
        used[paper, digest].append(reference)
    return used
