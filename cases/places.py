"""Where an answer of the dossier stands: the section, the element of the page, the label and the value of a path.

Findings, pins and differences name answers by path; pages, mails and the admin find the way through here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise

from cases.findings import Finding
from cases.models import Case
from cases.sheet import Part

PAPERS = "papers"
"""The section every kind has: the papers of the procedure."""


@dataclass(frozen=True)
class Place:
    """An answer: its path, the section's key and title, its label and what it says now ("" for a list)."""

    path: str
    section: str
    section_title: str | Promise
    label: str | Promise
    value: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def element_id(path: str) -> str:
    """The id of the control for a path: `investors.0.name` is `id_investors-0-name`, as Django's forms name it."""
    return "id_" + path.replace(".", "-")


def section_url(case: Case, section: str, path: str = "") -> str:
    """The page of a section, down to the control of a path."""
    if section == PAPERS:
        code = path.removeprefix("papers.")
        return reverse("case-papers", args=[case.reference]) + (f"#paper-{code}" if path else "")
    return reverse("case-section", args=[case.reference, section]) + (f"#{element_id(path)}" if path else "")


def finding_url(case: Case, finding: Finding) -> str:
    """Where a finding is mended; empty if it belongs to no section."""
    return section_url(case, finding.section, finding.path) if finding.section else ""


def places_of(parts: Iterable[Part]) -> dict[str, Place]:
    """Every answer of a sheet by its path, in the order of the sheet."""
    found: dict[str, Place] = {}
    for part in parts:
        for row in part.rows:
            found[row.path] = Place(row.path, part.key, part.title, row.label, str(row.value))
        for table in part.tables:
            found[table.path] = Place(table.path, part.key, part.title, table.caption, rows=table.rows)
    return found


def place_at(places: dict[str, Place], path: str) -> Place | None:
    """The place of a path; a field inside a list is found with its list."""
    while path:
        if path in places:
            return places[path]
        path = path.rpartition(".")[0]
    return None
