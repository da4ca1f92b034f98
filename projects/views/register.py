"""The public register: its projects, searched and filtered, a page at a time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final
from urllib.parse import urlencode

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from django_countries import countries

from accounts.access import open_to
from accounts.folding import fold
from projects.chain import REPORT_KEY
from projects.models import Project, Zone
from projects.querysets import ProjectQuerySet

ROWS: Final = 50
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
    after, before = _key(asked.get("after", "")), _key(asked.get("before", ""))
    if after is not None:
        found = list(projects.filter(pk__gt=after).order_by("pk")[: ROWS + 1])
        rows = found[:ROWS][::-1]
        return rows, rows[-1].pk if rows else None, rows[0].pk if len(found) > ROWS else None
    if before is not None:
        projects = projects.filter(pk__lt=before)
    found = list(projects.order_by("-pk")[: ROWS + 1])
    rows = found[:ROWS]
    newer = rows[0].pk if rows and before is not None else None
    return rows, rows[-1].pk if len(found) > ROWS else None, newer


def _key(text: str) -> int | None:
    """The number of an entry from an address; nothing for anything else."""
    return int(text) if text.isdecimal() and len(text) < 19 else None


def _zones(language: str) -> list[tuple[str, str]]:
    """The zones that have projects, by name."""
    used = Project.objects.published().filter(zone__isnull=False).values("zone")
    return [(zone.code, zone.name(language)) for zone in Zone.objects.filter(pk__in=used)]


def _countries() -> list[tuple[str, str]]:
    """The countries that have projects, by name."""
    codes = Project.objects.published().exclude(country="").values_list("country", flat=True).order_by().distinct()
    return sorted(((str(code), str(countries.name(str(code)))) for code in codes), key=lambda pair: fold(pair[1]))
