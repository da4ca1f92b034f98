"""Where past cases come from: each kind of case registers a source, and a replay reads it chunk by chunk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

from django.utils.functional import Promise

from incentives.eligibility.facts import Facts


@dataclass(frozen=True)
class PastCase:
    """A case as it was asked: product, answers, day, and what came of it then."""

    pk: int
    """Grows from case to case: a chunk goes on after the last one of the chunk before."""
    reference: str
    label: str
    product_text: str
    facts: Facts
    on: date
    outcome: str
    """The state of its case; empty where there is none."""
    url: str = ""


class Source(Protocol):
    """Past cases of one kind, in the order of their keys."""

    key: str
    label: str | Promise
    real: bool
    """Whether these are cases of people; a revision is replayed over them before it is published."""

    def count(self) -> int:
        """How many there are."""

    def chunk(self, after_pk: int, size: int) -> Sequence[PastCase]:
        """The next ones, at most `size`; none at the end."""


SOURCES: Final[dict[str, Source]] = {}


def register_source(source: Source) -> None:
    """Offer the cases of a source for replays; the same key again replaces it."""
    SOURCES[source.key] = source


def needed_source() -> Source:
    """The cases a revision must have been replayed over: real ones as soon as there are any, generated ones before."""
    return next((one for one in SOURCES.values() if one.real and one.count()), SOURCES["generated"])
