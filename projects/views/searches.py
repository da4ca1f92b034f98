"""Small searches that forms use: sector codes for anybody, and the echo under money fields."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from accounts.access import open_to
from accounts.folding import fold
from projects.models import Sector
from projects.money import Unclear, difference, echo, read_number

SUGGESTIONS: Final = 20


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
@open_to("anyone")
def money_echo(request: HttpRequest) -> JsonResponse:
    """What stands under a money field while it is typed in: the amount in words, or why it cannot be read."""
    typed, currency = request.GET.get("value", "")[:60], request.GET.get("currency", "USD")
    if currency not in ("VND", "USD"):
        return JsonResponse({"echo": "", "error": ""})
    try:
        read_number(typed, places=0 if currency == "VND" else 2, currency=currency)
    except Unclear as unclear:
        return JsonResponse({"echo": "", "error": str(unclear)})
    return JsonResponse({"echo": _with_difference(typed, currency, request.GET.get("was", "")), "error": ""})


def _with_difference(typed: str, currency: str, was: str) -> str:
    """The amount in words; where something stands in the certificate (`was`, a plain decimal), also the difference."""
    words = echo(typed, currency)
    try:
        value, before = read_number(typed, places=2, currency=currency), Decimal(was or "x")
    except (Unclear, InvalidOperation):
        return words
    change = difference(before, value, currency) if value is not None and before.is_finite() else ""
    return f"{change} · {words}" if change else words
