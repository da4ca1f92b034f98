"""What the answers mean so far, in the words of the dossiers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol


class Meaning(Protocol):
    """What a choice stands for."""

    @property
    def kind(self) -> str: ...
    @property
    def note(self) -> str: ...
    @property
    def sets(self) -> Mapping[str, Any]: ...
    @property
    def after(self) -> Mapping[str, Any]: ...
    @property
    def said(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True)
class Given:
    """`kind` of outcome, answers of the dossier, what differs after a change, what else was said, notes to show."""

    kind: str = ""
    sets: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    said: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def with_choice(self, choice: Meaning) -> Given:
        """With one more answer."""
        return replace(
            self,
            kind=choice.kind or self.kind,
            sets={**self.sets, **choice.sets},
            after={**self.after, **choice.after},
            said={**self.said, **choice.said},
            notes=(*self.notes, choice.note) if choice.note else self.notes,
        )
