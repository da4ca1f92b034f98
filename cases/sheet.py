"""A dossier as people read it: one shape behind the page, the admin, the mail, the PDF and the comparison."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.functional import Promise


@dataclass(frozen=True)
class Row:
    """One answer: `path` names the field (for links, pins and comparison), `value` is ready to read."""

    path: str
    label: str | Promise
    value: str


@dataclass(frozen=True)
class Table:
    """A list of answers with the same columns, for example the investors; `path` names the list."""

    path: str
    caption: str | Promise
    headers: tuple[str | Promise, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Part:
    """A section of the dossier with its answers."""

    key: str
    title: str | Promise
    rows: tuple[Row, ...] = ()
    tables: tuple[Table, ...] = field(default=())
