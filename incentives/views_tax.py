"""The tax schedule's page: a question in the address; the answer as page and as CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import ANYONE, open_to
from incentives.tax import catalogue, wording
from incentives.tax.bars import bars
from incentives.tax.form import TaxForm
from incentives.tax.schedule import Schedule, Year, compare
from incentives.tax.wording import shown

MARK: Final = "\ufeff"
"""Tells a spreadsheet that the letters are UTF-8."""


@dataclass(frozen=True)
class Row:
    """A year as people read it."""

    year: str
    income: str
    loss_used: str
    taxable_income: str
    rate: str
    relief: str | Promise
    tax: str
    tax_without: str
    saved: str
    failed: bool


@dataclass(frozen=True)
class Rival:
    """Another level over the same years."""

    name: str | Promise
    total: str
    saved: str
    url: str
    chosen: bool
    best: bool


class Line:
    """What the csv module writes to; hands the line on instead of keeping it."""

    def write(self, line: str) -> str:
        """The line itself."""
        return line


@open_to(ANYONE)
@require_safe
def tax_schedule(request: HttpRequest) -> HttpResponseBase:
    """Ask and read; the address holds everything, so that it can be kept and passed on."""
    form = TaxForm(request.GET)
    wrong = form.is_bound and not form.is_valid()
    found = form.schedule
    if found is not None and request.GET.get("format") == "csv":
        return _as_csv(found)
    context: dict[str, Any] = {"form": form, "found": found}
    if found is not None:
        context |= {
            "sentence": wording.headline(found), "rows": [_row(year) for year in found.years], "bars": bars(found),
            "most": shown(max(max(year.tax, year.tax_without) for year in found.years)),
            "totals": {name: shown(getattr(found, name)) for name in ("total", "total_without", "saved")},
            "rivals": _rivals(found, request.GET, form.law_of), "assumptions": wording.assumptions(found),
            "csv_url": _address(request.GET, format="csv"), "level": wording.LEVELS[found.level.code],
            "first": str(found.years[0].year), "last": str(found.years[-1].year),
        }  # fmt: skip
    status = HTTPStatus.BAD_REQUEST if wrong else HTTPStatus.OK
    answer: HttpResponse = render(request, "incentives/tax_schedule.html", context, status=status)
    return answer


def _row(year: Year) -> Row:
    return Row(
        year=str(year.year), income=shown(year.income), loss_used=shown(year.loss_used),
        taxable_income=shown(year.taxable_income), rate=shown(year.rate), relief=wording.RELIEFS[year.relief],
        tax=shown(year.tax), tax_without=shown(year.tax_without), saved=shown(year.saved), failed=year.failed,
    )  # fmt: skip


def _rivals(found: Schedule, asked: QueryDict, licensed_on: date | None) -> list[Rival]:
    """Every level of the law over the same years; the one that pays least is named."""
    others = compare(found, catalogue.comparable(licensed_on))
    least = min(other.total for other in others)
    return [
        Rival(
            wording.LEVELS[other.level.code], shown(other.total), shown(other.saved),
            _address(asked, level=other.level.code, until=str(found.years[-1].year)),
            other.level.code == found.level.code, other.total == least and other.saved > 0,
        )
        for other in others
    ]  # fmt: skip


def _address(asked: QueryDict, **changed: str) -> str:
    query = asked.copy()
    query.pop("format", None)
    for name, value in changed.items():
        query[name] = value
    return f"{reverse('tax-schedule')}?{query.urlencode()}"


def _as_csv(found: Schedule) -> StreamingHttpResponse:
    """A line for each year, figures as programs read them."""
    answer = StreamingHttpResponse(_lines(found), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="tax-schedule.csv"'
    return answer


def _lines(found: Schedule) -> Iterator[str]:
    writer = csv.writer(Line())
    yield MARK
    yield writer.writerow([
        _("Year"), _("Income"), _("Loss used"), _("Taxable income"), _("Rate (%)"), _("Relief"), _("Tax"),
        _("Tax without the incentive"), _("Tax saved"),
    ])  # fmt: skip
    for year in found.years:
        yield writer.writerow([
            year.year, _plain(year.income), _plain(year.loss_used), _plain(year.taxable_income), _plain(year.rate),
            wording.RELIEFS[year.relief], _plain(year.tax), _plain(year.tax_without), _plain(year.saved),
        ])  # fmt: skip


def _plain(amount: Decimal) -> str:
    return format(amount.normalize(), "f") if amount else "0"
