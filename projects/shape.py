"""The registration dossier as plain data: the shape the API reads and writes, and the copy frozen with a submission.

Decimals are strings, dates ISO, zones and countries their codes; lists keep the investor's order.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import prefetch_related_objects
from django_countries.fields import Country

from cases.models import Case
from projects.outline import FIELDS, LISTS

if TYPE_CHECKING:
    from projects.registration import Registration


def rows(registration: Registration, name: str) -> list[Any]:
    """The rows of one list; the first call fetches all lists of the dossier at once, one query each."""
    if name not in getattr(registration, "_prefetched_objects_cache", {}):
        prefetch_related_objects([registration], *LISTS)
    return list(getattr(registration, name).all())


def as_data(registration: Registration) -> dict[str, Any]:
    """The whole dossier."""
    data = {name: plain(registration, name) for name in FIELDS}
    for name, columns in LISTS.items():
        data[name] = [{column: plain(row, column) for column in columns} for row in rows(registration, name)]
    return data


def hydrated(data: dict[str, Any], case: Case) -> Registration:
    """A registration that is in no table, from its data: sheet, rules and certificate read it like any other.

    It belongs to `case`, whatever that case is of; answers `data` does not have stay empty. Never save it.
    """
    registration: Registration = apps.get_model("projects", "Registration")(case=case)
    zones = _zones_named(data)
    for name in FIELDS:
        _put(registration, name, data.get(name), zones)
    for name, columns in LISTS.items():
        lines = []
        for position, values in enumerate(data.get(name) or []):
            line = getattr(registration, name).model(registration_id=case.pk, position=position)
            for column in columns:
                _put(line, column, values.get(column), zones)
            lines.append(line)
        put_rows(registration, name, lines)
    return registration


def put_rows(registration: Registration, name: str, lines: list[Any]) -> None:
    """Let a list of the dossier consist of these rows, in memory only."""
    fetched = getattr(registration, name).get_queryset()
    fetched._result_cache, fetched._prefetch_done = lines, True
    registration.__dict__.setdefault("_prefetched_objects_cache", {})[name] = fetched


def _zones_named(data: dict[str, Any]) -> dict[str, models.Model]:
    code = data.get("zone")
    return {zone.code: zone for zone in apps.get_model("projects", "Zone").objects.filter(code=code)} if code else {}


def _put(instance: models.Model, name: str, given: Any, zones: dict[str, models.Model]) -> None:
    """Set one answer from its plain form; an empty one stays what the model starts with."""
    field = instance._meta.get_field(name)
    if isinstance(field, models.ForeignKey):
        setattr(instance, name, zones.get(given))
    elif given is not None:
        setattr(instance, name, field.to_python(given))  # type: ignore[union-attr]  # a column, never a relation back


def plain(instance: models.Model, name: str) -> Any:
    """One answer in its plain form: decimals as strings, dates ISO, codes instead of objects."""
    value = getattr(instance, name)
    if isinstance(value, Decimal):
        places = getattr(instance._meta.get_field(name), "decimal_places", 0)
        return f"{value:.{places}f}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Country):
        return value.code or ""
    if isinstance(value, models.Model):
        return getattr(value, "code")  # noqa: B009 (a zone)
    return list(value) if isinstance(value, list) else value


def blank() -> dict[str, Any]:
    """The shape with nothing answered."""
    return as_data(hydrated({}, Case(pk=0)))


def applied(registration: Registration, values: dict[str, Any]) -> Registration:
    """The registration with these answers, in memory only; lists are given whole, as dictionaries of their columns."""
    for name, value in values.items():
        if name in LISTS:
            model = getattr(registration, name).model
            lines = [
                model(registration_id=registration.pk, position=position, **line) for position, line in enumerate(value)
            ]
            put_rows(registration, name, lines)
        else:
            setattr(registration, name, value)
    return registration
