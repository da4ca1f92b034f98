"""Answering a request of the office: each point with what it asked, what the dossier said then and says now."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.dateparse import parse_date
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from cases.checklist import Line, checklist, paper_places
from cases.models import Case, Dossier, Notice
from cases.places import PAPERS, Place, place_at, places_of, section_url
from cases.tasklist import PAPERS_TITLE

UNKNOWN = object()


@dataclass(frozen=True)
class Point:
    """One pin: `text` is the office's sentence; `before` is None where the earlier answer is a list or not known."""

    path: str
    text: str
    label: str | Promise
    section: str
    url: str
    before: str | None
    now: str
    answered: bool


def points_of(case: Case, notice: Notice, places: dict[str, Place], lines: list[Line]) -> list[Point]:
    """The pins of a request, in the order the office wrote them (1 query: the submission the request was about)."""
    asked_about = _submitted_before(case, notice)
    now = case.dossier.as_data()
    papers = {line.path: line for line in lines}
    return [
        _paper_point(case, notice, pin, papers[pin["path"]])
        if pin["path"] in papers
        else _point(case, pin, place_at(places, pin["path"]), asked_about, now)
        for pin in notice.pins
    ]


def points_asked(case: Case, notice: Notice) -> list[Point]:
    """The pins of a request with what the dossier says there now, for whoever does not hold its places already."""
    lines = checklist(case)
    places = places_of(case.dossier.sheet()) | paper_places(lines, str(PAPERS_TITLE))
    return points_of(case, notice, places, lines)


def unanswered_points(points: list[Point], explanation: str) -> list[Point]:
    """The points that stop the answer from being sent: nothing was changed there, and no explanation is given."""
    return [] if explanation.strip() else [point for point in points if not point.answered]


def _submitted_before(case: Case, notice: Notice) -> dict[str, Any]:
    """The dossier as it was when the office asked."""
    handed_in = case.events.filter(verb__in=("submit", "supplement"), pk__lt=notice.event_id).last()
    data: dict[str, Any] = handed_in.data.get("dossier", {}) if handed_in else {}
    return data


def _point(case: Case, pin: dict[str, str], place: Place | None, then: dict[str, Any], now: dict[str, Any]) -> Point:
    path = pin["path"]
    before, after = _at(then, path), _at(now, path)
    section = place.section if place else ""
    shown = place.value if place and place.path == path else ""
    return Point(
        path=path,
        text=pin["text"],
        label=place.label if place else path,
        section=section,
        url=section_url(case, section, path) if section else "",
        before=_said_then(case.dossier, path, before, after, shown),
        now=shown,
        answered=before is not UNKNOWN and before != after,
    )


def _paper_point(case: Case, notice: Notice, pin: dict[str, str], line: Line) -> Point:
    older = line.older[0].name if line.older else ""
    newer = bool(line.paper and line.paper.uploaded_at > notice.created_at)
    return Point(
        path=pin["path"],
        text=pin["text"],
        label=line.name,
        section=PAPERS,
        url=section_url(case, PAPERS, pin["path"]),
        before=older if newer else line.paper.name if line.paper else "",
        now=line.paper.name if line.paper else "",
        answered=newer,
    )


def _at(data: Any, path: str) -> Any:
    """The value at a path of the dossier's data, or UNKNOWN."""
    for step in path.split("."):
        if isinstance(data, dict) and step in data:
            data = data[step]
        elif isinstance(data, list) and step.isdigit() and int(step) < len(data):
            data = data[int(step)]
        else:
            return UNKNOWN
    return data


def _said_then(dossier: Dossier, path: str, before: Any, after: Any, shown: str) -> str | None:
    """An earlier value as people read it, in the manner in which the sheet shows today's; None for lists."""
    if before is UNKNOWN or isinstance(before, list | dict):
        return None
    if before == after:
        return shown
    field = _field(dossier, path)
    if before is None or before == "":
        return ""
    if isinstance(before, bool):
        return _("Yes") if before else _("No")
    if field is not None and field.choices:
        return str(dict(field.flatchoices).get(before, before))
    if isinstance(field, models.DateField) and (day := parse_date(str(before))):
        return date_format(day, "DATE_FORMAT")
    figure, todays = _figure(before), _figure(after)
    return shown.replace(todays, figure) if figure and todays and todays in shown else str(before)


def _field(dossier: Dossier, path: str) -> models.Field[Any, Any] | None:
    """The dossier's own column of a path; None for a path into a list."""
    try:
        field = dossier._meta.get_field(path)
    except FieldDoesNotExist:
        return None
    return field if isinstance(field, models.Field) else None


def _figure(value: Any) -> str:
    """A frozen number with the reader's separators; empty if it is no number."""
    try:
        number = Decimal(str(value)).normalize()
    except InvalidOperation:
        return ""
    exponent = number.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return number_format(number, decimal_pos=places, use_l10n=True, force_grouping=True)
