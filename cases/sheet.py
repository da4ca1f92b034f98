"""A dossier as people read it: one shape behind the page, the admin, the mail, the PDF and the comparison.

A dossier that changes something says for each answer what stood before (`before`); all readers then show both side by
side, what changed first.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from django.utils.functional import Promise

Cells = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Row:
    """One answer: `path` names the field (for links, pins and comparison), `value` is ready to read.

    `before` is what stood before (None: there was nothing to compare with), `difference` the signed change of a figure,
    `note` why it changes, `earlier` what the submission before this one said.
    """

    path: str
    label: str | Promise
    value: str
    before: str | None = None
    difference: str = ""
    note: str = ""
    earlier: str = ""

    @property
    def changed(self) -> bool:
        """Whether the answer differs from what stood before."""
        return self.before is not None and self.before != self.value


@dataclass(frozen=True)
class Table:
    """A list of answers with the same columns, for example the investors; `path` names the list.

    `before` are the rows that stood before, with the same columns; None if there was nothing to compare with.
    """

    path: str
    caption: str | Promise
    headers: tuple[str | Promise, ...]
    rows: Cells
    before: Cells | None = None
    note: str = ""

    @property
    def changed(self) -> bool:
        """Whether the list differs from what stood before."""
        return self.before is not None and self.before != self.rows

    @property
    def narrowed(self) -> Table:
        """The list with its first column and those in which something differs; whole where rows came or went."""
        if self.before is None or len(self.before) != len(self.rows) or not self.changed:
            return self
        columns = range(len(self.headers))
        differs = [
            column for column in columns
            if not column or any(now[column] != old[column] for now, old in zip(self.rows, self.before, strict=True))
        ]  # fmt: skip
        now, old = (tuple(tuple(cells[c] for c in differs) for cells in lines) for lines in (self.rows, self.before))
        return replace(self, headers=tuple(self.headers[c] for c in differs), rows=now, before=old)

    @property
    def pairs(self) -> list[tuple[list[tuple[str, str]], bool]]:
        """The rows cell by cell as (now, before where it differs), and whether the row is new; for equal lengths."""
        older = self.before if self.before is not None else self.rows
        found = []
        for number, cells in enumerate(self.rows):
            old = older[number] if number < len(older) else None
            shown = [(cell, old[index] if old and old[index] != cell else "") for index, cell in enumerate(cells)]
            found.append((shown, old is None))
        return found

    @property
    def gone(self) -> Cells:
        """The rows that stood before at places the list no longer has."""
        return (self.before or ())[len(self.rows) :]


@dataclass(frozen=True)
class Part:
    """A section of the dossier with its answers."""

    key: str
    title: str | Promise
    rows: tuple[Row, ...] = ()
    tables: tuple[Table, ...] = field(default=())

    @property
    def compared(self) -> bool:
        """Whether the part stands beside what was before."""
        return any(row.before is not None for row in self.rows) or any(t.before is not None for t in self.tables)

    @property
    def changed_rows(self) -> list[Row]:
        """The answers that differ."""
        return [row for row in self.rows if row.changed]

    @property
    def same_rows(self) -> list[Row]:
        """The answers that stay."""
        return [row for row in self.rows if not row.changed]

    @property
    def changed(self) -> int:
        """How many answers and lists differ."""
        return len(self.changed_rows) + sum(table.changed for table in self.tables)
