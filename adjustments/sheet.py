"""The certificate today beside what is asked for: the one shape behind page, desk, printed request, mail and paper."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from django.db import models
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from adjustments.outline import CONTENT, EARLIER, REASONS, REPORT, TITLES
from cases.sheet import Part, Row, Table
from projects.money import difference
from projects.outline import CONTRIBUTION, SECTIONS, WHO
from projects.shape import rows
from projects.showing import label, value

if TYPE_CHECKING:
    from adjustments.models import Adjustment
    from projects.models import Registration

COLUMNS: Final = {"investors": ("name", *CONTRIBUTION)}
"""In the capital's section the investors stand with what they contribute, in their own with who they are."""


def parts(adjustment: Adjustment) -> list[Part]:
    """What is asked first, then section by section what changes and what stays, then why and how far the project is."""
    found = [_base(adjustment)]
    if adjustment.project_id:
        reasons = {item.path: item.reason for item in adjustment.items.all() if item.reason}
        found += [_content(adjustment, key, reasons) for key in CONTENT]
    found.append(Part("change", TITLES["change"], tuple(_own(adjustment, REASONS))))
    found.append(Part("report", TITLES["report"], tuple(_own(adjustment, REPORT))))
    return found


def changed_parts(adjustment: Adjustment) -> list[Part]:
    """Only the sections in which something changes."""
    return [part for part in parts(adjustment) if part.changed]


def _base(adjustment: Adjustment) -> Part:
    project, base = adjustment.project, adjustment.base
    rows_: list[Row] = [
        Row("project", label(adjustment, "project"), f"{project.name} ({project.code})" if project else "")
    ]
    if project and base:
        words = {
            "number": base.certificate_number,
            "version": base.number,
            "day": date_format(base.effective_on, "DATE_FORMAT"),
        }
        stands = (
            _("%(number)s, first certificate of %(day)s") if not base.number
            else _("%(number)s, adjustment %(version)s of %(day)s")
        ) % words  # fmt: skip
        rows_.append(Row("base", label(adjustment, "base"), stands))
    elif project:
        rows_.append(
            Row("base", label(adjustment, "base"), _("A certificate that was not issued here: restate it whole."))
        )
        rows_ += _own(adjustment, EARLIER)
    return Part("base", TITLES["base"], tuple(rows_))


def _own(adjustment: Adjustment, names: tuple[str, ...]) -> Iterator[Row]:
    for name in names:
        yield Row(name, label(adjustment, name), value(adjustment, name))


def _content(adjustment: Adjustment, key: str, reasons: dict[str, str]) -> Part:
    before, after = adjustment.certified, adjustment.wanted
    answers = tuple(
        Row(
            name, label(after, name), value(after, name), value(before, name), _difference(before, after, name),
            reasons.get(name, ""),
        )
        for name in SECTIONS[key].fields
    )  # fmt: skip
    shown = tuple(row for row in answers if row.value or row.before)
    return Part(key, str(TITLES[key]), shown, tuple(_tables(before, after, key)))


def _tables(before: Registration, after: Registration, key: str) -> Iterator[Table]:
    lists: list[tuple[str, tuple[str, ...]]] = [(name, COLUMNS[name]) for name in COLUMNS if key == "capital"]
    lists += [(name, WHO if name == "investors" else columns) for name, columns in SECTIONS[key].lists]
    for name, columns in lists:
        yield _table(before, after, name, columns, transposed=name == "investors" and key == "investors")


def _table(
    before: Registration, after: Registration, name: str, columns: tuple[str, ...], *, transposed: bool
) -> Table:
    old, new = rows(before, name), rows(after, name)
    model: type[models.Model] = getattr(after, name).model
    caption = capfirst(str(model._meta.verbose_name_plural))
    used = [column for column in columns if any(value(line, column) for line in (*old, *new))] or list(columns[:1])
    cells = [tuple(tuple(value(line, column) for column in used) for line in lines) for lines in (new, old)]
    if not transposed:
        return Table(name, caption, tuple(label(model, column) for column in used), cells[0], cells[1])
    width = max(len(new), len(old))
    headers = ("", *(f"{capfirst(str(model._meta.verbose_name))} {number}" for number in range(1, width + 1)))
    turned = [_turned(model, used, lines, width) for lines in (new, old)]
    return Table(name, caption, headers, turned[0], turned[1])


def _turned(
    model: type[models.Model], used: list[str], lines: list[models.Model], width: int
) -> tuple[tuple[str, ...], ...]:
    """One line for each column: reads better where there are many columns and few rows."""
    filled = [*lines, *[None] * (width - len(lines))]
    return tuple((label(model, column), *(value(line, column) if line else "" for line in filled)) for column in used)


def _difference(before: Registration, after: Registration, name: str) -> str:
    """The signed change of a figure and its per cent; empty for words and for what stays."""
    old, new = getattr(before, name), getattr(after, name)
    if not isinstance(new, Decimal | int) or isinstance(new, bool) or old == new:
        return ""
    unit = name.rpartition("_")[2].upper()
    return difference(Decimal(old or 0), Decimal(new), unit if unit in ("VND", "USD") else "")
