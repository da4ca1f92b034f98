"""The registration dossier as plain data: the shape the API reads and writes, and the copy frozen with a submission.

Decimals are strings, dates ISO, zones and countries their codes; lists keep the investor's order.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import prefetch_related_objects
from django_countries.fields import Country

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
    data = {name: _plain(registration, name) for name in FIELDS}
    for name, columns in LISTS.items():
        data[name] = [{column: _plain(row, column) for column in columns} for row in rows(registration, name)]
    return data


def _plain(instance: models.Model, name: str) -> Any:
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
