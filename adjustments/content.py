"""The content of a certificate and what is to become of it: what differs, item by item.

Content has the shape of `projects.shape.as_data`; a path is a name ("total_capital_usd") or reaches into a list whose
rows stayed the same in number ("investors.0.contribution_usd"). A list that gained or lost rows is one item.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from adjustments.outline import CONTENT, CONTENT_NAMES
from projects.outline import SECTIONS

Content = dict[str, Any]


@dataclass(frozen=True)
class Item:
    """One answer that is to change, as plain data."""

    path: str
    before: Any
    after: Any

    @property
    def name(self) -> str:
        """The answer's or list's own name."""
        return self.path.partition(".")[0]

    @property
    def column(self) -> str:
        """The last name of the path: the column inside a list."""
        return self.path.rpartition(".")[2]


def _ordered() -> tuple[str, ...]:
    names: list[str] = []
    for key in CONTENT:
        names += [*SECTIONS[key].fields, *(name for name, _columns in SECTIONS[key].lists)]
    return tuple(names)


ORDER = _ordered()


def changes(before: Content, after: Content) -> list[Item]:
    """Every difference, in the order of the sections."""
    return [item for name in ORDER for item in _of(name, before.get(name), after.get(name))]


def changed_content(before: Content, after: Content) -> Content:
    """The answers that differ, whole lists included: what has to be said to come from one to the other."""
    return {name: after.get(name) for name in ORDER if not _same(before.get(name), after.get(name))}


def overlaid(content: Content, changed: Content) -> Content:
    """The content with these answers instead."""
    return content | {name: value for name, value in changed.items() if name in CONTENT_NAMES}


def _of(name: str, before: Any, after: Any) -> Iterator[Item]:
    if _same(before, after):
        return
    if _are_rows(before) and _are_rows(after) and len(before) == len(after):
        for number, (old, new) in enumerate(zip(before, after, strict=True)):
            for column in new:
                if not _same(old.get(column), new[column]):
                    yield Item(f"{name}.{number}.{column}", old.get(column), new[column])
        return
    yield Item(name, before, after)


def _are_rows(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _same(before: Any, after: Any) -> bool:
    """Whether two answers say the same; nothing is nothing, however it is written."""
    return before == after or (before in (None, "", []) and after in (None, "", []))
