"""Pages of a long list by key instead of by number: any page costs the same, and nothing is ever counted.

An order is a row of keys that together are unique, all rising or all falling; a page begins after (or ends before)
the keys of one row. Both databases answer `(a, b, c) > (x, y, z)` from an index on those keys.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db.models import BooleanField, F, Field, Func, OrderBy, Value
from django.db.models.expressions import Combinable
from django.utils.functional import Promise

from cases.querysets import CaseQuerySet

SEPARATOR: Final = "~"


class Row(Func):
    """`(a, b, c)`: several values compared as one."""

    template = "(%(expressions)s)"
    output_field = BooleanField()  # a row has no type of its own; only its comparison does


class Beyond(Func):
    """`row > row`, or `<`, by `arg_joiner`."""

    template = "%(expressions)s"
    output_field = BooleanField()


@dataclass(frozen=True)
class Key:
    """One key of an order: the column it is selected as, how it is worked out, and how it reads as text."""

    name: str
    expression: Combinable
    field: Field[Any, Any]


@dataclass(frozen=True)
class Order:
    """A way to sort the list; `falling` sorts every key from the largest down."""

    name: str
    label: str | Promise
    keys: tuple[Key, ...]
    falling: bool = False

    def annotate(self, cases: CaseQuerySet) -> CaseQuerySet:
        """The cases with their keys as columns."""
        return cases.annotate(**{key.name: key.expression for key in self.keys})

    def sorted(self, cases: CaseQuerySet, *, backwards: bool = False) -> CaseQuerySet:
        """Annotated cases in this order, or in the opposite one."""
        down = self.falling != backwards
        return cases.order_by(*(OrderBy(F(key.name), descending=down) for key in self.keys))

    def beyond(self, cases: CaseQuerySet, cursor: Sequence[Any], *, backwards: bool = False) -> CaseQuerySet:
        """Annotated cases after (or before) the cursor, nearest first."""
        sign = " < " if self.falling != backwards else " > "
        names = [F(key.name) for key in self.keys]
        values = [Value(value, output_field=key.field) for key, value in zip(self.keys, cursor, strict=True)]
        return self.sorted(cases.filter(Beyond(Row(*names), Row(*values), arg_joiner=sign)), backwards=backwards)

    def write(self, row: dict[str, Any]) -> str:
        """A row's cursor as it stands in an address."""
        return SEPARATOR.join(str(row[key.name]) for key in self.keys)

    def read(self, text: str) -> tuple[Any, ...] | None:
        """A cursor from an address; None when somebody wrote something else there."""
        parts = text.split(SEPARATOR)
        if len(parts) != len(self.keys):
            return None
        try:
            values = tuple(key.field.to_python(part) for key, part in zip(self.keys, parts, strict=True))
        except (ValidationError, ValueError):
            return None
        return None if None in values else values


@dataclass(frozen=True)
class Page:
    """The rows of a page, and the cursors of its neighbours ("" where there is none)."""

    rows: list[dict[str, Any]]
    previous: str
    next: str


def page_of(
    cases: CaseQuerySet, order: Order, columns: Sequence[str], *, after: str = "", before: str = "", size: int
) -> Page:
    """One page in one query. An unreadable cursor leads to the first page."""
    cases = order.annotate(cases)
    cursor = order.read(before or after)
    backwards = bool(before) and cursor is not None
    wanted = order.sorted(cases) if cursor is None else order.beyond(cases, cursor, backwards=backwards)
    rows = list(wanted.values(*columns, *(key.name for key in order.keys))[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    first, last = (order.write(rows[0]), order.write(rows[-1])) if rows else ("", "")
    has_previous = more if backwards else cursor is not None
    has_next = more or backwards
    return Page(rows, first if has_previous else "", last if has_next else "")


def neighbour(cases: CaseQuerySet, order: Order, cursor: Sequence[Any], *, backwards: bool) -> int | None:
    """The primary key of the row next to a place in the list."""
    return order.beyond(order.annotate(cases), cursor, backwards=backwards).values_list("pk", flat=True).first()
