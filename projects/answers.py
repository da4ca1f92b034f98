"""Which answers apply to a dossier and which must be there before submission: a table of data read once.

`projects/data/answers.json` has one row per path ("investors.*.birth_on" for every investor): `stage` names the moment
from which it is required, `when` lists alternatives, each a set of answers that must all hold (".kind" is an answer of
the same row). A question nobody answered decides nothing: what hangs on it neither is required nor is cleared.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.db import models

from projects.outline import LISTS
from projects.shape import rows

if TYPE_CHECKING:
    from projects.registration import Registration

DATA: Final = Path(__file__).parent / "data"
SUBMIT: Final = "submit"


@dataclass(frozen=True)
class Answer:
    """One row of the table."""

    path: str
    stage: str = ""
    when: tuple[dict[str, list[Any]], ...] = ()

    @property
    def list_name(self) -> str:
        """The list the path reaches into; empty for a single field or a list as a whole."""
        return self.path.partition(".*.")[0] if ".*." in self.path else ""

    @property
    def column(self) -> str:
        """The field's own name."""
        return self.path.rpartition(".")[2]


@cache
def table() -> tuple[Answer, ...]:
    """The whole table, in the order of the form."""
    raw = json.loads((DATA / "answers.json").read_text())
    return tuple(Answer(row["path"], row.get("stage", ""), tuple(row.get("when", ()))) for row in raw)


@cache
def _by_path() -> dict[str, Answer]:
    return {answer.path: answer for answer in table()}


@cache
def required_names() -> frozenset[str]:
    """Paths required at submission whatever else is answered (for the marks beside the labels)."""
    return frozenset(answer.path for answer in table() if answer.stage == SUBMIT and not answer.when)


@cache
def conditions() -> dict[str, tuple[dict[str, list[Any]], ...]]:
    """The conditions of each conditional path."""
    return {answer.path: answer.when for answer in table() if answer.when}


def applies(answer: Answer, registration: models.Model, row: models.Model | None = None) -> bool | None:
    """Whether the answer has a place in this dossier; None while the question it hangs on is open."""
    if not answer.when:
        return True
    verdicts = [_all_hold(alternative, registration, row) for alternative in answer.when]
    if True in verdicts:
        return True
    return None if None in verdicts else False


def _all_hold(alternative: dict[str, list[Any]], registration: models.Model, row: models.Model | None) -> bool | None:
    open_question = False
    for name, wanted in alternative.items():
        given = getattr(row, name[1:]) if name.startswith(".") else getattr(registration, name)
        if is_empty(given):
            asked = None if name.startswith(".") else _by_path().get(name)
            if asked and applies(asked, registration) is False:
                return False
            open_question = True
        elif given not in wanted:
            return False
    return None if open_question else True


def is_empty(value: Any) -> bool:
    """Whether a field has not been answered (0 and No are answers)."""
    return value is None or value == "" or value == [] or (hasattr(value, "code") and not value.code)


def missing(registration: Registration) -> Iterator[tuple[Answer, str, models.Model | None]]:
    """Every required answer that is not there: the table's row, its path, and the list row it belongs to."""
    for answer in table():
        if answer.stage != SUBMIT:
            continue
        if answer.path in LISTS:
            if not rows(registration, answer.path):
                yield answer, answer.path, None
        elif answer.list_name:
            for index, row in enumerate(rows(registration, answer.list_name)):
                if applies(answer, registration, row) and is_empty(getattr(row, answer.column)):
                    yield answer, f"{answer.list_name}.{index}.{answer.column}", row
        elif applies(answer, registration) and is_empty(getattr(registration, answer.path)):
            yield answer, answer.path, None


def clear_inapplicable(registration: Registration) -> None:
    """Empty the answers that no longer apply, so that page, paper, mail and API never show a stale one. Saves."""
    for instance, changed in inapplicable(registration):
        instance.save(update_fields=changed)


def inapplicable(registration: Registration) -> Iterator[tuple[models.Model, list[str]]]:
    """Empty the answers that no longer apply in memory; the dossier or row, and the names that were emptied."""
    changed = [
        answer.path
        for answer in table()
        if not answer.list_name and _clear(registration, answer, applies(answer, registration))
    ]
    if changed:
        yield registration, changed
    for name in LISTS:
        for row in rows(registration, name):
            cleared = [
                a.column for a in table() if a.list_name == name and _clear(row, a, applies(a, registration, row))
            ]
            if cleared:
                yield row, cleared


def _clear(instance: models.Model, answer: Answer, applicable: bool | None) -> bool:
    """Empty one answer that has no place any more; whether there was anything to empty."""
    if applicable is not False or answer.path in LISTS or is_empty(getattr(instance, answer.column)):
        return False
    field = instance._meta.get_field(answer.column)
    setattr(instance, answer.column, None if getattr(field, "null", False) else "")
    return True
