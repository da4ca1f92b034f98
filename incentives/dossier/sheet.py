"""The application as people read it: page, desk, printed request and comparison alike.

The adjustment of a certificate stands beside what that certificate rests on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import models
from django.utils.text import capfirst

from cases.sheet import Part, Row, Table
from incentives.dossier.choices import ProjectType, Purpose
from incentives.dossier.outline import SECTIONS
from incentives.dossier.reading import rows
from projects.showing import label, value

if TYPE_CHECKING:
    from incentives.dossier.models import IncentiveApplication

EXPANSION: Final = frozenset({"capacity_before", "capacity_after", "assets_before_vnd", "assets_added_vnd"})
AMENDING: Final = frozenset({"amends", "change_reason", "nature_changed"})
EARLIER: Final = frozenset(SECTIONS["incentives"].fields[SECTIONS["incentives"].fields.index("earlier_law") :])


def parts(application: IncentiveApplication) -> list[Part]:
    """Every section with the answers that have a place."""
    earlier = application.amends.application if application.amends else None
    return [
        Part(key, outline.title, tuple(
            Row(name, label(application, name), shown(application, name), _before(earlier, name))
            for name in outline.fields if has_place(application, name)
        ), tuple(_table(application, earlier, name, columns) for name, columns in outline.lists))
        for key, outline in SECTIONS.items()
    ]  # fmt: skip


def has_place(application: IncentiveApplication, name: str) -> bool:
    """Whether the question is asked at all, by what was answered before."""
    if name in EXPANSION:
        return application.project_type == ProjectType.EXPANSION
    if name in AMENDING:
        return application.purpose == Purpose.AMEND
    if name in EARLIER:
        return bool(application.earlier_incentive)
    return name != "project_name" or application.project_id is None


def shown(application: IncentiveApplication, name: str) -> str:
    """The answer ready to read."""
    if name == "project" and application.project:
        return f"{application.project.name} ({application.project.code})"
    if name == "amends" and application.amends:
        return application.amends.number
    return value(application, name)


def _before(earlier: IncentiveApplication | None, name: str) -> str | None:
    return None if earlier is None or name in AMENDING or name == "purpose" else shown(earlier, name)


def _table(
    application: IncentiveApplication, earlier: IncentiveApplication | None, name: str, columns: tuple[str, ...]
) -> Table:
    lines, old = rows(application, name), rows(earlier, name) if earlier else None
    model: type[models.Model] = getattr(application, name).model
    used = [c for c in columns if any(cell(line, c) for line in (*lines, *(old or ())))] or list(columns[:1])
    cells = [tuple(tuple(cell(line, c) for c in used) for line in found or ()) for found in (lines, old)]
    caption = capfirst(str(model._meta.verbose_name_plural))
    return Table(name, caption, tuple(label(model, c) for c in used), cells[0], None if old is None else cells[1])


def cell(line: models.Model, column: str) -> str:
    """One cell; a line of the list with its code and version."""
    given = getattr(line, column)
    if column == "product":
        return f"{given.code} {given.name_here} ({given.list_version})" if given else ""
    return value(line, column)
