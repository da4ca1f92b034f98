"""Verifying the capital chains: every event in one pass, in memory that does not grow, the first fault named.

The events come as plain values from one ordered query, with their project's row beside them: one statement sees one
state of the database, so an event that is written during the check cannot look like a fault.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from django.core.cache import cache
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from projects.altered import altered_field
from projects.chain_form import COLUMNS, SORTED, content_of, digest
from projects.chain_heads import ChainHead
from projects.register import Project

CACHE_KEY: Final = "chain:verified"
REPORT_KEY: Final = "chain:report"
SEQ: Final = SORTED.index("seq")
PREVIOUS: Final = SORTED.index("prev_hash")
HEAD: Final = ("pk", "code", "chain_length", "chain_head")
ROWS_AT_ONCE: Final = 2000
NAMED: Final = 20  # to find the field costs some 100,000 hashes an event: done for the first broken chains only


@dataclass(frozen=True)
class Fault:
    """The first thing wrong with a project's chain: which row, which field, and why."""

    project: str
    seq: int
    field: str
    why: str

    def __str__(self) -> str:
        return f"{self.project} event {self.seq}, {self.field}: {self.why}"


@dataclass(frozen=True)
class Report:
    """What a verification found; `head` is one hash over the heads of all chains that have begun."""

    projects: int
    events: int
    faults: tuple[Fault, ...]
    head: str
    at: datetime

    @property
    def ok(self) -> bool:
        """Whether every chain holds."""
        return not self.faults


def verify(projects: Iterable[Project] | QuerySet[Project] | None = None) -> Report:
    """Check the chains (all, if none are named): at most one fault a project, the first wrong row and field."""
    at = timezone.now()
    faults: list[Fault] = []
    events, count, heads = 0, 0, hashlib.sha256()
    with transaction.atomic():  # a cursor inside a transaction is read as it goes; outside, all would be copied first
        for (pk, code, length, head), rows in groupby(_rows(projects), key=itemgetter(0, 1, 2, 3)):
            check = _Chain(str(code), guess=len(faults) < NAMED)
            for row in rows:
                if row[-1] is not None:  # None: a project without an event
                    check.take(row[len(HEAD) : -1], row[-1])
            fault = check.end(length, head)
            faults += [fault] if fault else []
            events, count = events + check.count, count + 1
            if head:
                heads.update(f"{pk}:{head}\n".encode())
    return Report(count, events, tuple(faults), heads.hexdigest(), at)


def _rows(projects: Iterable[Project] | QuerySet[Project] | None) -> Iterator[tuple[Any, ...]]:
    """Every event with its project's row, in the order of projects and numbers, through one cursor of the server."""
    chosen: QuerySet[Project] = Project.objects.all()
    if isinstance(projects, QuerySet):
        chosen = projects
    elif projects is not None:
        chosen = Project.objects.filter(pk__in=[project.pk for project in projects])
    columns = (*HEAD, *(f"events__{column}" for column in (*COLUMNS, "hash")))
    return chosen.order_by("pk", "events__seq").values_list(*columns).iterator(chunk_size=ROWS_AT_ONCE)


class _Chain:
    """One project's chain as it passes by: the number and hash of the event before, and the first fault."""

    def __init__(self, name: str, *, guess: bool) -> None:
        self.name, self.guess = name, guess
        self.count, self.previous = 0, ""
        self.fault: Fault | None = None

    def take(self, values: tuple[Any, ...], stated: str) -> None:
        """The next event; after the first fault the rest is only counted."""
        self.count += 1
        if self.fault is None:
            self.fault = self._wrong(values, stated)
            self.previous = stated

    def _wrong(self, values: tuple[Any, ...], stated: str) -> Fault | None:
        seq = values[SEQ]
        if seq != self.count:
            return Fault(self.name, self.count, "seq", f"is missing: the next event has the number {seq}")
        if values[PREVIOUS] != self.previous:
            return Fault(self.name, seq, "prev_hash", "is not the hash of the event before")
        content = content_of(values)
        if digest(content) == stated:
            return None
        field = altered_field(content, stated) if self.guess else "hash"
        return Fault(self.name, seq, field, "does not fit the hash written with the event")

    def end(self, length: int, head: str) -> Fault | None:
        """The fault of the whole chain: the first one found, or that its end is not the end that was written."""
        if self.fault is None and (self.count, self.previous) != (length, head):
            return Fault(self.name, self.count + 1, "chain_head", f"{length} events were written")
        return self.fault


def remember(report: Report) -> None:
    """Keep an outcome of all chains: as the day's head, if it is the day's first, and in the cache, where
    `chain:verified` is "ok" or names what is broken (for /readyz) and `chain:report` is {at, ok, events, head}.
    """
    ChainHead.objects.keep(head=report.head, projects=report.projects, events=report.events, ok=report.ok, at=report.at)
    outcome = {"at": report.at, "ok": report.ok, "events": report.events, "head": report.head}
    found = "ok" if report.ok else "; ".join(str(fault) for fault in report.faults[:5])
    cache.set_many({CACHE_KEY: found, REPORT_KEY: outcome}, timeout=None)
