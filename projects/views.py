"""Pages anybody may open: the register, a project, the search for sector codes; and the echo under money fields."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from django.core.cache import cache
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.dateparse import parse_date
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from django_countries import countries

from accounts.access import open_to
from accounts.folding import fold
from projects.chain import REPORT_KEY
from projects.models import CapitalEvent, Project, Sector, Zone
from projects.money import Unclear, echo, read_number
from projects.querysets import ProjectQuerySet

ROWS: Final = 50
SUGGESTIONS: Final = 20
FILTERS: Final = ("search", "zone", "sector", "country", "as_of")


def wanted_day(text: str) -> date | None:
    """A day from an address; nothing for anything else."""
    try:
        return parse_date(text)
    except ValueError:
        return None


def chosen_projects(asked: Mapping[str, str]) -> ProjectQuerySet:
    """The public register narrowed down by an address: search, zone, sector, country, as_of; with capital."""
    projects: ProjectQuerySet = Project.objects.published()
    day = wanted_day(asked.get("as_of", ""))
    if asked.get("search"):
        projects = projects.matching(asked["search"])
    if asked.get("zone"):
        projects = projects.in_zone(asked["zone"])
    if asked.get("sector"):
        projects = projects.in_sector(asked["sector"])
    if asked.get("country"):
        projects = projects.from_country(asked["country"])
    if day:
        projects = projects.as_of(day)
    return projects.with_capital(day)


@require_safe
@open_to("anyone")
def project_list(request: HttpRequest) -> HttpResponse:
    """The public register, 50 projects a page, newest entry first; pages are found by key, so none is slow."""
    asked = {name: request.GET.get(name, "") for name in FILTERS}
    rows, older, newer = _page(chosen_projects(asked).with_places(), request.GET)
    language = get_language() or "vi"
    kept = {name: value for name, value in asked.items() if value}
    shown = {
        "projects": rows,
        "asked": asked,
        "as_of": wanted_day(asked["as_of"]),
        "zones": _zones(language),
        "countries": _countries(),
        "next": f"?{urlencode(kept | {'before': older})}" if older else None,
        "previous": f"?{urlencode(kept | {'after': newer})}" if newer else None,
        "chips": [
            {"label": value, "url": f"?{urlencode({key: kept[key] for key in kept if key != name})}"}
            for name, value in kept.items()
        ],
        "chain": cache.get(REPORT_KEY),
    }
    return render(request, "projects/project_list.html", shown)


def _page(projects: ProjectQuerySet, asked: Mapping[str, str]) -> tuple[list[Project], int | None, int | None]:
    """One page by key: its rows, the number before which older ones follow, the one after which newer ones do."""
    after, before = asked.get("after", ""), asked.get("before", "")
    if after.isdecimal():
        found = list(projects.filter(pk__gt=int(after)).order_by("pk")[: ROWS + 1])
        rows = found[:ROWS][::-1]
        return rows, rows[-1].pk if rows else None, rows[0].pk if len(found) > ROWS else None
    if before.isdecimal():
        projects = projects.filter(pk__lt=int(before))
    found = list(projects.order_by("-pk")[: ROWS + 1])
    rows = found[:ROWS]
    newer = rows[0].pk if rows and before.isdecimal() else None
    return rows, rows[-1].pk if len(found) > ROWS else None, newer


def _zones(language: str) -> list[tuple[str, str]]:
    """The zones that have projects, by name."""
    used = Project.objects.published().filter(zone__isnull=False).values("zone")
    return [(zone.code, zone.name(language)) for zone in Zone.objects.filter(pk__in=used)]


def _countries() -> list[tuple[str, str]]:
    """The countries that have projects, by name."""
    codes = Project.objects.published().exclude(country="").values_list("country", flat=True).order_by().distinct()
    return sorted(((str(code), str(countries.name(str(code)))) for code in codes), key=lambda pair: fold(pair[1]))


@require_safe
@open_to("anyone")
def project_detail(request: HttpRequest, code: str) -> HttpResponse:
    """A project of the public register: what it is, where, and its capital step by step."""
    projects: ProjectQuerySet = Project.objects.published().with_places().with_capital()
    project = get_object_or_404(projects.select_related("authority", "group_parent"), code=code)
    events: QuerySet[CapitalEvent] = project.events.order_by("seq")
    shown = {"project": project, "steps": list(_steps(events)), "language": get_language() or "vi"}
    return render(request, "projects/project_detail.html", shown)


def _steps(events: QuerySet[CapitalEvent]) -> list[dict[str, Any]]:
    """Each event with the totals after it."""
    steps: list[dict[str, Any]] = []
    usd = vnd = None
    for event in events:
        usd = event.total_usd if usd is None else usd + (event.total_usd or 0)
        vnd = event.total_vnd if vnd is None else vnd + (event.total_vnd or 0)
        steps.append({"event": event, "usd": usd, "vnd": vnd})
    return steps


@require_safe
@open_to("anyone")
def sector_search(request: HttpRequest) -> HttpResponse:
    """Find a VSIC code by words or digits; JSON for scripts, a fragment for htmx, else a page."""
    words, edition = request.GET.get("q", "").strip(), request.GET.get("edition", Sector.Edition.VSIC_2025)
    language = get_language() or "vi"
    found = _sectors(words, edition) if words else []
    if request.GET.get("format") == "json":
        return JsonResponse({"sectors": [{"code": line.code, "name": line.name(language)} for line in found]})
    shown = {
        "words": words, "edition": edition, "editions": Sector.Edition.choices,
        "found": [(line, line.name(language)) for line in found],
    }  # fmt: skip
    fragment = request.headers.get("HX-Request") == "true"
    return render(request, "projects/sector_rows.html" if fragment else "projects/sector_search.html", shown)


def _sectors(words: str, edition: str) -> list[Sector]:
    """The first lines with four digits that contain every word."""
    sectors = Sector.objects.filter(edition=edition, level=4)
    for word in fold(words).split()[:8]:
        sectors = sectors.filter(search_text__contains=word)
    return list(sectors[:SUGGESTIONS])


@require_safe
@open_to("person")
def money_echo(request: HttpRequest) -> JsonResponse:
    """What stands under a money field while it is typed in: the amount in words, or why it cannot be read."""
    typed, currency = request.GET.get("value", "")[:60], request.GET.get("currency", "USD")
    if currency not in ("VND", "USD"):
        return JsonResponse({"echo": "", "error": ""})
    try:
        read_number(typed, places=0 if currency == "VND" else 2, currency=currency)
    except Unclear as unclear:
        return JsonResponse({"echo": "", "error": str(unclear)})
    return JsonResponse({"echo": echo(typed, currency), "error": ""})
