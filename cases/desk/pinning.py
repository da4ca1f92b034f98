"""The points of a request to the investor, each pinned to an answer, a list or a paper of the dossier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.http import QueryDict
from django.utils.functional import Promise

from cases.desk.case_file import CaseFile
from cases.desk.case_page import papers_of
from cases.models import Attachment
from cases.places import Place

FEWEST_ROWS: Final = 5
"""Rows a page offers without JavaScript; with it, empty ones are folded away and more can be added."""


@dataclass(frozen=True)
class PinRow:
    """A row of the form: what is pinned, and what is wrong with it."""

    path: str = ""
    text: str = ""


def typed_pins(data: QueryDict) -> list[PinRow]:
    """What was typed, so that nothing is lost when the page comes back."""
    pairs = zip(data.getlist("pins_path"), data.getlist("pins_text"), strict=False)
    return _padded([PinRow(path, text) for path, text in pairs if path.strip() or text.strip()])


def first_pins(file: CaseFile, wanted: list[str]) -> list[PinRow]:
    """The rows of a fresh page: what was ticked on the form, and every paper refused with its reason."""
    refused = [
        PinRow(line.path, line.paper.review_reason)
        for line in papers_of(file)
        if line.paper and line.paper.review == Attachment.Review.REFUSED
    ]
    ticked = [PinRow(path) for path in dict.fromkeys(wanted) if path not in {row.path for row in refused}]
    return _padded([*ticked, *refused])


def options(places: Mapping[str, Place]) -> dict[str | Promise, list[Place]]:
    """Everything that can be pinned, by section."""
    groups: dict[str | Promise, list[Place]] = {}
    for place in places.values():
        groups.setdefault(place.section_title, []).append(place)
    return groups


def _padded(rows: list[PinRow]) -> list[PinRow]:
    return [*rows, *[PinRow()] * max(FEWEST_ROWS - len(rows), 1)]
