"""Pages anybody may open: the heads of the capital chains day by day, and how to check them."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import open_to
from projects.models import ChainHead
from projects.views import wanted_day

DAYS: Final = 30


@open_to("anyone")
@require_safe
def chain_heads(request: HttpRequest) -> HttpResponse:
    """The head of every day that has one, newest first, 30 a page; pages are found by day, so none is slow."""
    before = wanted_day(request.GET.get("before", ""))
    heads = ChainHead.objects.filter(on__lt=before) if before else ChainHead.objects.all()
    found = list(heads.order_by("-on")[: DAYS + 1])
    shown = {
        "latest": ChainHead.objects.latest_kept() if before else next(iter(found), None),
        "heads": found[:DAYS],
        "next": f"?{urlencode({'before': found[DAYS - 1].on.isoformat()})}" if len(found) > DAYS else None,
        "previous": request.path if before else None,
    }
    return render(request, "projects/chain_heads.html", shown)


@open_to("anyone")
@require_safe
def chain_document(_request: HttpRequest) -> HttpResponse:
    """How the hashes are made and a program that checks them, as the text of docs/capital-chain.md."""
    text = (settings.BASE_DIR / "docs" / "capital-chain.md").read_text(encoding="utf-8")
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
