"""The timeline's page: a question in the address; the answer as drawing, table and CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import ANYONE, open_to
from incentives.calculators import wording
from incentives.calculators.drawing import drawing
from incentives.calculators.form import TimelineForm
from incentives.calculators.law import law_kept
from incentives.calculators.measure import Measure
from incentives.calculators.question import Question
from incentives.calculators.timeline import Timeline, timeline_for
from incentives.views_tax import MARK, Line

CHECKED: Final = ("product", "place", "state_land", "size", "project_type", "on")
"""Answers that the incentive check asks for too."""
TAXED: Final = ("level", "certificate_year", "profit", "licensed_on")
"""Answers that the tax schedule asks for too."""


@dataclass(frozen=True)
class Row:
    """A measure as people read it."""

    measure: Measure
    name: str | Promise
    tone: str
    state: str | Promise
    saved: str
    whole: str
    figures: tuple[str, ...]


@open_to(ANYONE)
@require_safe
def timeline(request: HttpRequest) -> HttpResponseBase:
    """Ask and read; the address holds everything, so that it can be kept and passed on."""
    form = TimelineForm(request.GET)
    wrong = form.is_bound and not form.is_valid()
    found = timeline_for(form.question, law_kept()) if form.question else None
    if found is not None and request.GET.get("format") == "csv":
        return _as_csv(found)
    context: dict[str, Any] = {
        "form": form, "found": found, "check_url": _carried("incentives-check", request.GET, CHECKED),
        "tax_url": _carried("tax-schedule", request.GET, TAXED),
    }  # fmt: skip
    if found is not None:
        context |= {
            "sentence": wording.headline(found), "drawing": drawing(found),
            "rows": [_row(one) for one in found.answered], "open": _open(found, form),
            "assumptions": wording.assumptions(found), "csv_url": _csv_address(request.GET),
            "tax_url": _tax_address(found.asked, request.GET), "years": found.years,
        }  # fmt: skip
    status = HTTPStatus.BAD_REQUEST if wrong else HTTPStatus.OK
    answer: HttpResponse = render(request, "incentives/calculators/timeline.html", context, status=status)
    return answer


def _row(measure: Measure) -> Row:
    tone, state = wording.state_of(measure)
    amount = measure.amount
    whole = amount.whole if amount else None
    return Row(
        measure, wording.NAMES[measure.code], tone, state, wording.saved(amount),
        "–" if whole is None else wording.billions(whole), tuple(wording.figure_words(one) for one in measure.figures),
    )  # fmt: skip


def _open(found: Timeline, form: TimelineForm) -> list[tuple[str | Promise, list[tuple[str, str]]]]:
    """The measures that wait for an answer, each with the questions, which lead to their fields."""
    return [
        (
            wording.NAMES[one.code],
            [(str(form[name].id_for_label), str(form.fields[name].label)) for name in one.missing],
        )
        for one in found.open
    ]


def _carried(page: str, asked: QueryDict, names: tuple[str, ...]) -> str:
    """Another page with the answers it asks for too."""
    return _address(page, _typed(asked, names))


def _typed(asked: QueryDict, names: tuple[str, ...]) -> dict[str, str]:
    return {name: str(asked[name]) for name in names if asked.get(name)}


def _tax_address(asked: Question, typed: QueryDict) -> str:
    """The tax schedule of the same years: complete where a profit was given."""
    if not typed.get("profit"):
        return _carried("tax-schedule", typed, ("level",))
    carried = _typed(typed, TAXED)
    begins = asked.revenue_year
    if begins is not None:
        carried["first_revenue_year"] = str(begins)
        carried.setdefault("certificate_year", str(min(begins, asked.on.year)))
        if asked.first_profit_year and asked.first_profit_year > begins:
            carried["lines"] = f"{begins}-{asked.first_profit_year - 1}: 0"
    return _address("tax-schedule", carried)


def _address(page: str, query: Mapping[str, str]) -> str:
    return f"{reverse(page)}?{urlencode(query)}" if query else reverse(page)


def _csv_address(asked: QueryDict) -> str:
    query = asked.copy()
    query["format"] = "csv"
    return f"{reverse('incentives-timeline')}?{query.urlencode()}"


def _as_csv(found: Timeline) -> StreamingHttpResponse:
    """A line for each measure, then one for each day to keep; figures and days as programs read them."""
    answer = StreamingHttpResponse(_lines(found), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="incentives-timeline.csv"'
    return answer


def _lines(found: Timeline) -> Iterator[str]:
    writer = csv.writer(Line())
    yield MARK
    yield writer.writerow([
        _("Measure"), _("State"), _("From"), _("Until"), _("Saved (dong)"), _("Without it (dong)"), _("Amount is"),
        _("Legal basis"), _("How sure"), _("Note"),
    ])  # fmt: skip
    for one in found.measures:
        amount = one.amount
        yield writer.writerow([
            wording.NAMES[one.code], wording.state_of(one)[1], one.span.first if one.span else "",
            one.span.last if one.span else "", format(amount.saved, "f") if amount else "",
            format(amount.whole, "f") if amount and amount.whole is not None else "", wording.kind_of(amount),
            "; ".join(basis.clause for basis in one.bases), "; ".join(basis.mark for basis in one.bases),
            " ".join((*(wording.figure_words(figure) for figure in one.figures), *one.notes)),
        ])  # fmt: skip
    for task in found.milestones:
        yield writer.writerow([task.sentence, "", task.day or "", "", "", "", "", "", "", ""])
