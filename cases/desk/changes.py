"""What changed between two submissions: the frozen copies of the dossier compared, answer by answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from cases.desk.figures import figure
from cases.models import Attachment, Dossier, Event
from cases.places import Place, place_at


@dataclass(frozen=True)
class Change:
    """One answer that is different now; `path` is the sheet's, `detail` the place inside a list."""

    path: str
    label: str | Promise
    detail: str
    before: str
    after: str


@dataclass(frozen=True)
class Comparison:
    """The last two submissions: the event that brought the newer copy, what is different in it, the new papers."""

    event: Event
    changes: tuple[Change, ...]
    papers: tuple[Attachment, ...] = ()

    @property
    def answer(self) -> str:
        """What the investor wrote with it."""
        return str(self.event.data.get("answer", ""))

    @property
    def paths(self) -> frozenset[str]:
        """The sheet's paths that changed."""
        return frozenset(change.path for change in self.changes)

    def before(self, path: str) -> str:
        """What an answer said before; empty for a list, whose rows have a line each."""
        found = [change for change in self.changes if change.path == path]
        return found[0].before if len(found) == 1 and not found[0].detail else ""


def compare_submissions(
    events: Iterable[Event], places: Mapping[str, Place], dossier: Dossier, papers: Iterable[Attachment]
) -> Comparison | None:
    """The last submission against the one before it; None while there is only one."""
    handed_in = [event for event in events if "dossier" in event.data]
    if len(handed_in) < 2:
        return None
    older, newer = (dict(flat(event.data["dossier"])) for event in handed_in[-2:])
    paths = [*newer, *(path for path in older if path not in newer)]
    different = [path for path in paths if older.get(path) != newer.get(path)]
    changes = (_change(path, older.get(path), newer.get(path), places, dossier) for path in different)
    before, last = handed_in[-2:]
    return Comparison(
        last,
        tuple(change for change in changes if change.before != change.after),
        tuple(paper for paper in papers if before.at < paper.uploaded_at <= last.at and paper.removed_at is None),
    )


def flat(data: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every leaf of nested JSON with its dotted path; a list of plain values is one leaf."""
    if isinstance(data, dict):
        for name, value in data.items():
            yield from flat(value, f"{path}.{name}" if path else str(name))
    elif isinstance(data, list) and any(isinstance(item, dict) for item in data):
        for number, item in enumerate(data):
            yield from flat(item, f"{path}.{number}")
    else:
        yield path, data


def _change(path: str, before: Any, after: Any, places: Mapping[str, Place], dossier: Dossier) -> Change:
    place = place_at(dict(places), path)
    field = _field_at(dossier, path)
    where = place.path if place else path
    inside = path.removeprefix(where).strip(".")
    detail = ""
    if inside:
        number, _dot, name = inside.partition(".")
        detail = f"{int(number) + 1}: {_name_of(field, name)}" if number.isdigit() else _name_of(field, inside)
    label = place.label if place else _name_of(field, path)
    return Change(where, label, detail, _words(before, field), _words(after, field))


def _field_at(dossier: Dossier, path: str) -> models.Field[Any, Any] | None:
    """The model field behind a path: the dossier's own, or one of a list's rows (`investors.0.name`)."""
    parts = path.split(".")
    model: Any = type(dossier)
    if len(parts) > 1:
        rows = getattr(dossier, parts[0], None)
        model = getattr(rows, "model", None)
    try:
        field = model._meta.get_field(parts[-1]) if model else None
    except FieldDoesNotExist:
        return None
    return field if isinstance(field, models.Field) else None


def _name_of(field: models.Field[Any, Any] | None, name: str) -> str:
    return str(field.verbose_name) if field is not None else name


def _words(value: Any, field: models.Field[Any, Any] | None) -> str:
    """A frozen value as a person reads it."""
    if value is None or value in ("", []):
        return "–"
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return ", ".join(_words(item, field) for item in value)
    choices = dict(field.flatchoices) if field is not None and field.choices else {}
    if value in choices:
        return str(choices[value])
    return figure(value) if isinstance(field, models.DecimalField | models.IntegerField) else str(value)
