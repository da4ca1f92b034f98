"""The public page of service levels: months and procedure in the address, as page and as CSV."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.access import ANYONE, open_to
from cases.service.bars import bars
from cases.service.export import as_csv
from cases.service.figures import FEWEST
from cases.service.report import Report, report


@open_to(ANYONE)
@require_safe
def service_levels(request: HttpRequest) -> HttpResponseBase:
    """Anyone may read how long the office takes; nothing on the page is about one case."""
    found = report(request.GET.dict())
    if found.months and request.GET.get("format") == "csv":
        answer = StreamingHttpResponse(as_csv(found), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = 'attachment; filename="service-levels.csv"'
        return answer
    status = HTTPStatus.OK if found.months else HTTPStatus.UNPROCESSABLE_ENTITY
    page: HttpResponse = render(request, "cases/service_levels.html", _shown(found), status=status)
    return page


def _shown(found: Report) -> dict[str, Any]:
    if not found.months:
        return {"form": found.form, "fewest": FEWEST}
    asked = {"from": str(found.months[-1]), "to": str(found.months[0])}
    chosen, code = found.chosen, found.form.chosen
    return {
        "form": found.form, "fewest": FEWEST, "as_of": found.as_of, "lines": chosen, "bars": bars(chosen),
        "whole": found.whole, "name": found.names[code], "chosen": code,
        "first": found.months[-1].first_day, "last": found.months[0].first_day,
        "spans": [
            (one, found.names[one.procedure], _address(procedure=one.procedure, **asked)) for one in found.spans
        ] if not code else [],
        "all_url": _address(**asked), "csv_url": _address(procedure=code, format="csv", **asked),
    }  # fmt: skip


def _address(**asked: str) -> str:
    return f"{reverse('service-levels')}?{urlencode({name: value for name, value in asked.items() if value})}"
