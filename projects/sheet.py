"""The registration dossier as people read it: the one shape behind page, admin, mail, paper and comparison.

Only answers that have a place are shown; one that was emptied because it no longer applies shows nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db import models
from django.utils.text import capfirst

from cases.sheet import Part, Row, Table
from projects.answers import applies, table
from projects.outline import SECTIONS, Outline
from projects.shape import rows
from projects.showing import label, value

if TYPE_CHECKING:
    from projects.registration import Registration

TRANSPOSED = frozenset({"investors"})
"""Lists with many columns and few rows: one line for each column reads better."""


def parts(registration: Registration) -> list[Part]:
    """Every section with its answers."""
    closed = _closed(registration)
    return [
        Part(key, outline.title, tuple(_rows(registration, outline, closed)), tuple(_tables(registration, outline)))
        for key, outline in SECTIONS.items()
    ]


def _closed(registration: Registration) -> frozenset[str]:
    """Fields that have no place in this dossier."""
    return frozenset(a.path for a in table() if not a.list_name and applies(a, registration) is False)


def _rows(registration: Registration, outline: Outline, closed: frozenset[str]) -> Iterator[Row]:
    for name in outline.fields:
        if name not in closed:
            yield Row(name, label(registration, name), value(registration, name))


def _tables(registration: Registration, outline: Outline) -> Iterator[Table]:
    for name, columns in outline.lists:
        lines = rows(registration, name)
        model = getattr(registration, name).model
        caption = capfirst(str(model._meta.verbose_name_plural))
        shown = [column for column in columns if any(value(line, column) for line in lines)] or list(columns[:1])
        if name in TRANSPOSED:
            yield _transposed(registration, name, caption, shown, lines)
        else:
            cells = tuple(tuple(value(line, column) for column in shown) for line in lines)
            yield Table(name, caption, tuple(label(model, column) for column in shown), cells)


def _transposed(
    registration: Registration, name: str, caption: str, shown: list[str], lines: list[models.Model]
) -> Table:
    model = getattr(registration, name).model
    headers = ("", *(f"{capfirst(str(model._meta.verbose_name))} {number}" for number in range(1, len(lines) + 1)))
    cells = tuple((label(model, column), *(value(line, column) for line in lines)) for column in shown)
    return Table(name, caption, headers, cells if lines else ())
