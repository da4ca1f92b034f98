"""What an adjusted certificate changes, item by item from what to what, in both languages: for every kind alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from django.utils import translation

from cases.sheet import Part, Table
from certificates.content import Clause, Row, text


def changed_clauses(parts: Callable[[], Sequence[Part]]) -> Iterator[Clause]:
    """One clause for each part with a change; `parts` gives the compared parts in the active language."""
    with translation.override("vi"):
        vietnamese = [part for part in parts() if part.changed]
    with translation.override("en"):
        english = [part for part in parts() if part.changed]
    for vi, en in zip(vietnamese, english, strict=True):
        yield {"label": text(str(vi.title), str(en.title)), "rows": list(_rows(vi, en))}


def _rows(vi: Part, en: Part) -> Iterator[Row]:
    for one, other in zip(vi.changed_rows, en.changed_rows, strict=True):
        yield {
            "label": text(str(one.label), str(other.label)),
            "value": text(_from_to(one.before, one.value), _from_to(other.before, other.value)),
        }
    for one_list, other_list in zip(vi.tables, en.tables, strict=True):
        if one_list.changed and _same_rows(one_list):
            yield from _cells(one_list.narrowed, other_list.narrowed)
        elif one_list.changed:
            yield {
                "label": text(str(one_list.caption), str(other_list.caption)),
                "value": text("thay đổi như nội dung chứng nhận dưới đây", "changed as stated below"),
            }


def _same_rows(table: Table) -> bool:
    """Whether no row came or went, so that each change can be told cell by cell."""
    return table.before is not None and len(table.before) == len(table.rows) and bool(table.headers[0])


def _cells(vi: Table, en: Table) -> Iterator[Row]:
    for number, cells in enumerate(vi.rows):
        old, other, other_old = (vi.before or ())[number], en.rows[number], (en.before or ())[number]
        for column in range(1, len(cells)):
            if cells[column] != old[column]:
                yield {
                    "label": text(f"{cells[0]}: {vi.headers[column]}", f"{other[0]}: {en.headers[column]}"),
                    "value": text(_from_to(old[column], cells[column]), _from_to(other_old[column], other[column])),
                }


def _from_to(before: str | None, after: str) -> str:
    return f"{before or '–'} → {after or '–'}"
