"""Where an investor starts: what needs them, what is on its way, and the list of everything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, DateTimeField, OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.access import INVESTOR, open_to
from accounts.models import Membership, Organisation
from cases.calendar import local_date
from cases.home_boxes import boxes_for
from cases.kinds import KINDS
from cases.models import Case, Notice
from cases.querysets import CaseQuerySet
from cases.states import ENDED, OPEN, WITH_THE_INVESTOR, Status
from cases.views.door import company, here

ROWS = 20
PAGE = 25
ASKED = WITH_THE_INVESTOR - {Status.DRAFT}


@dataclass(frozen=True)
class Shelf:
    """A group of cases by whose turn it is."""

    key: str
    title: str | Promise
    empty: str | Promise
    statuses: frozenset[Status]
    rows: int


SHELVES = (
    Shelf("action", _("Needs your action"), _("Nothing waits for you."), frozenset(ASKED), ROWS),
    Shelf("process", _("In process"), _("Nothing is with the office."), frozenset(OPEN - ASKED), ROWS),
    Shelf("drafts", _("Drafts"), _("No draft is open."), frozenset({Status.DRAFT}), 8),
    Shelf("certificates", _("Certificates"), _("No certificate has been issued yet."), frozenset({Status.ISSUED}), 8),
)
OVER = Shelf("over", _("Refused, withdrawn, stopped"), "", frozenset(ENDED - {Status.ISSUED}), 0)


@open_to(INVESTOR)
@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """What needs the person first; then what is in process, drafts and certificates (one query each)."""
    organisation = company(request)
    cases = with_deadline(Case.objects.visible_to(request.user).of_organisation(organisation.pk))
    shelves = [(shelf, *_shelf_rows(cases, shelf)) for shelf in SHELVES]
    shown = {
        "shelves": shelves,
        "nothing": not any(rows for _shelf, rows, _more in shelves),
        "boxes": boxes_for(organisation),
        "may_start": may_start(request, organisation),
        "elsewhere": _elsewhere(request, organisation),
        "kinds": KINDS,
    }
    return render(request, "cases/dashboard.html", shown)


@open_to(INVESTOR)
@require_safe
def case_list(request: HttpRequest) -> HttpResponse:
    """Every case of the company, newest first, searched and filtered; the state is in the address."""
    organisation = company(request)
    cases = with_deadline(Case.objects.visible_to(request.user).of_organisation(organisation.pk))
    words, chosen = request.GET.get("q", "").strip()[:100], request.GET.get("show", "")
    shelves = {shelf.key: shelf for shelf in (*SHELVES, OVER)}
    if words:
        cases = cases.matching(words)
    if chosen in shelves:
        cases = cases.filter(status__in=shelves[chosen].statuses)
    rows, previous, following = keyset_page(request, cases)
    shown = {
        "rows": rows, "previous": previous, "next": following, "q": words, "show": chosen, "kinds": KINDS,
        "shelves": shelves.values(), "chips": _chips(words, shelves.get(chosen)),
        "may_start": may_start(request, organisation), "back": request.get_full_path(),
    }  # fmt: skip
    return render(request, "cases/list.html", shown)


def may_start(request: HttpRequest, organisation: Organisation) -> bool:
    """Whether the person may open applications for the company today (no query: the memberships are there)."""
    today = local_date()
    own = [row for row in here(request).memberships if row.organisation_id == organisation.pk and row.in_force(today)]
    return bool({row.role for row in own} - {Membership.Role.OBSERVER})


def with_deadline(cases: CaseQuerySet) -> CaseQuerySet:
    """With the moment by which the investor has to answer, where the office asked for something."""
    asked = Notice.objects.filter(case=OuterRef("pk"), deadline_at__isnull=False, answered_by__isnull=True)
    return cases.annotate(
        answer_by=Subquery(asked.order_by("-pk").values("deadline_at")[:1], output_field=DateTimeField())
    )


def keyset_page(
    request: HttpRequest, cases: CaseQuerySet, size: int = PAGE
) -> tuple[list[Case], str | None, str | None]:
    """One page of a list by newest first, with the addresses of the pages before and after (no count, no offset)."""
    before, after = _number(request, "before"), _number(request, "after")
    if after is not None:
        rows = list(cases.filter(pk__gt=after).order_by("pk")[: size + 1])
        more, rows = len(rows) > size, rows[:size][::-1]
        return (
            rows,
            _link(request, after=rows[0].pk) if more else None,
            _link(request, before=rows[-1].pk) if rows else None,
        )
    rows = list((cases.filter(pk__lt=before) if before is not None else cases).order_by("-pk")[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    previous = _link(request, after=rows[0].pk) if rows and before is not None else None
    return rows, previous, _link(request, before=rows[-1].pk) if more else None


def _shelf_rows(cases: CaseQuerySet, shelf: Shelf) -> tuple[list[Case], bool]:
    order = ("answer_by", "-pk") if shelf.key == "action" else ("due_on", "-pk") if shelf.key == "process" else ("-pk",)
    rows = list(cases.filter(status__in=shelf.statuses).order_by(*order)[: shelf.rows + 1])
    return rows[: shelf.rows], len(rows) > shelf.rows


def _elsewhere(request: HttpRequest, organisation: Organisation) -> list[tuple[str, int]]:
    """The person's other companies in which something waits for them."""
    if len({row.organisation_id for row in here(request).memberships}) < 2:
        return []
    waiting = Case.objects.visible_to(request.user).awaiting_investor().exclude(organisation=organisation)
    counted: Any = waiting.values_list("organisation__name").annotate(number=Count("pk")).order_by("organisation__name")
    return list(counted[:10])


def _chips(words: str, shelf: Shelf | None) -> list[dict[str, Any]]:
    """What is filtered now, each with the address that takes it away."""
    address = reverse("case-list")
    chips: list[dict[str, Any]] = []
    if words:
        chips.append({"label": words, "url": address + (f"?show={shelf.key}" if shelf else "")})
    if shelf:
        chips.append({"label": shelf.title, "url": address + (f"?{urlencode({'q': words})}" if words else "")})
    return chips


def _number(request: HttpRequest, name: str) -> int | None:
    value = request.GET.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 19 else None


def _link(request: HttpRequest, **place: int) -> str:
    kept = {name: request.GET[name] for name in ("q", "show") if request.GET.get(name)}
    return f"?{urlencode(kept | place)}"
