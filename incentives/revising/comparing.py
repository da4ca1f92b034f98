"""A draft beside the row it is about, field by field: what changes comes first."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import capfirst

from incentives.policies import PolicyRule
from incentives.revising.catalogue import Catalogue, faults_of
from incentives.revising.models import RuleDraft
from incentives.revising.rows import CONFIRMATION, CONTENT, IDENTITY, MODELS, Row, written


@dataclass(frozen=True)
class FieldLine:
    """One field before and after, as it is read."""

    name: str
    label: str | Promise
    before: str
    after: str

    @property
    def changed(self) -> bool:
        """Whether it is different."""
        return self.before != self.after


@dataclass(frozen=True)
class Comparison:
    """A draft with its fields, and what is wrong with it now."""

    draft: RuleDraft
    name: str
    changed: Sequence[FieldLine]
    same: Sequence[FieldLine]
    faults: Sequence[str]


def compare(draft: RuleDraft, kept: Catalogue) -> Comparison:
    """Every field of the row before and after; a draft that cannot be built is told by its faults alone."""
    faults = faults_of(draft, draft.revision, kept)
    try:
        done = written(draft, draft.revision.effective_on)
    except ValidationError:
        return Comparison(draft, draft.code, (), (), faults)
    before, after = draft.base, done.added or done.changed
    lines = [_line(name, before, after) for name in _names(draft)]
    changed, same = (
        [line for line in lines if line.changed],
        [line for line in lines if not line.changed and line.after],
    )
    return Comparison(draft, _name_of(after or before), changed, same, faults)


def _names(draft: RuleDraft) -> tuple[str, ...]:
    if draft.act == RuleDraft.Act.END:
        return ("valid_to",)
    if draft.act == RuleDraft.Act.CONFIRM:
        return CONFIRMATION
    return (*IDENTITY[draft.target], "valid_from", *CONTENT[draft.target])


def _name_of(row: Row | None) -> str:
    if row is None:
        return ""
    return row.name if isinstance(row, PolicyRule) else row.name_here


def _line(name: str, before: Row | None, after: Row | None) -> FieldLine:
    field = (MODELS["rule"] if isinstance(after or before, PolicyRule) else MODELS["product"])._meta.get_field(name)
    label = capfirst(str(getattr(field, "verbose_name", name)))
    return FieldLine(name, label, shown(before, name), shown(after, name))


def shown(row: Row | None, name: str) -> str:
    """A value as it is read: the words of a choice, a day in the reader's form, data as one entry per line."""
    if row is None:
        return ""
    field, value = row._meta.get_field(name), getattr(row, name)
    if isinstance(field, models.JSONField) and isinstance(value, dict):
        return "\n".join(f"{key}: {_plain(entry)}" for key, entry in sorted(value.items()))
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    if value is None or value == "":
        return ""
    if getattr(field, "choices", None):
        return str(getattr(row, f"get_{name}_display")())
    return str(value)


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
