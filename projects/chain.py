"""The capital chain: append an event, and verify that nobody changed one (docs/capital-chain.md).

Every event carries the SHA-256 of its own canonical JSON, which contains the hash of the event before it; the project
keeps the number of its events and the hash of the last one, so that a missing tail is seen as well.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final

from django.core.cache import cache
from django.db import transaction
from django.db.models import QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from projects.register import CapitalEvent, Project

CACHE_KEY: Final = "chain:verified"
REPORT_KEY: Final = "chain:report"
PARTS: Final = ("contributed", "mobilised", "retained")
WHOLE_DONG: Final = tuple(f"{part}_vnd" for part in (*PARTS, "total"))
CENTS: Final = tuple(f"{part}_usd" for part in (*PARTS, "total"))
TEXTS: Final = ("kind", "effective_precision", "certificate_number", "note", "source_url", "prev_hash")
HASHED: Final = (
    "project", "seq", "kind", "effective_on", "effective_precision", "recorded_at", *WHOLE_DONG, *CENTS, "rate",
    "rate_on", "certificate_number", "actor", "imported", "note", "source_url", "prev_hash",
)  # fmt: skip
NO_CAPITAL: Final = frozenset({"transfer", "suspension", "resumption"})


class ChainRefused(ValueError):
    """An event that cannot follow the chain as it stands; the message is a whole sentence."""


@dataclass(frozen=True)
class Capital:
    """Amounts of one event, as changes: contributed, mobilised, retained and total, in VND and USD."""

    contributed_vnd: Decimal | None = None
    contributed_usd: Decimal | None = None
    mobilised_vnd: Decimal | None = None
    mobilised_usd: Decimal | None = None
    retained_vnd: Decimal | None = None
    retained_usd: Decimal | None = None
    total_vnd: Decimal | None = None
    total_usd: Decimal | None = None

    def amounts(self) -> dict[str, Decimal | None]:
        """The amounts by column, as exact as the columns are; a total nobody stated is the sum of its parts."""
        found = {name: _rounded(name, getattr(self, name)) for name in (*WHOLE_DONG, *CENTS)}
        for currency in ("vnd", "usd"):
            parts = [value for part in PARTS if (value := found[f"{part}_{currency}"]) is not None]
            if found[f"total_{currency}"] is None and len(parts) == len(PARTS):
                found[f"total_{currency}"] = sum(parts, Decimal(0))
        return found


def _rounded(name: str, value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(Decimal(1) if name in WHOLE_DONG else Decimal("0.01"))


NOTHING: Final = Capital(**dict.fromkeys((*WHOLE_DONG, *CENTS), Decimal(0)))


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
    """What a verification found; `head` is one hash over the heads of all chains."""

    projects: int
    events: int
    faults: tuple[Fault, ...]
    head: str
    at: datetime

    @property
    def ok(self) -> bool:
        """Whether every chain holds."""
        return not self.faults


# --- writing --------------------------------------------------------------------------------------------------------
def append(
    project: Project,
    kind: str,
    *,
    capital: Capital = NOTHING,
    effective_on: date | None,
    by: User | None,
    certificate_number: str = "",
    recorded_at: datetime | None = None,
    **details: Any,
) -> CapitalEvent:
    """Add an event to the end of a project's chain. Raises ChainRefused when it cannot follow what is there.

    `details` are further columns: rate, rate_on, note, source_url, imported, effective_precision.
    """
    with transaction.atomic():
        locked = Project.objects.select_for_update().get(pk=project.pk)
        if kind == CapitalEvent.Kind.TERMINATION:
            capital = _all_of(locked)
        amounts = _checked(locked, kind, capital)
        event = CapitalEvent(
            project=locked, seq=locked.chain_length + 1, kind=kind, effective_on=effective_on, actor=by,
            recorded_at=recorded_at or timezone.now(), certificate_number=certificate_number,
            prev_hash=locked.chain_head, **amounts, **details,
        )  # fmt: skip
        event.hash = digest(canonical(event))
        event.save(force_insert=True)
        locked.chain_length, locked.chain_head = event.seq, event.hash
        Project.objects.filter(pk=locked.pk).update(chain_length=event.seq, chain_head=event.hash)
    project.chain_length, project.chain_head = event.seq, event.hash
    return event


def _checked(project: Project, kind: str, capital: Capital) -> dict[str, Decimal | None]:
    amounts = capital.amounts()
    if kind not in CapitalEvent.Kind.values:
        raise ChainRefused(_("“%(kind)s” is no kind of capital event.") % {"kind": kind})
    if (kind == CapitalEvent.Kind.ISSUE) != (project.chain_length == 0):
        raise ChainRefused(_("A chain begins with the first certificate, and has only one."))
    if kind in NO_CAPITAL and any(amounts.values()):
        raise ChainRefused(_("This kind of event does not change the capital."))
    change = amounts["total_usd"] if amounts["total_usd"] is not None else amounts["total_vnd"]
    if kind == CapitalEvent.Kind.INCREASE and (change is None or change <= 0):
        raise ChainRefused(_("An increase adds capital."))
    if kind == CapitalEvent.Kind.DECREASE and (change is None or change >= 0):
        raise ChainRefused(_("A decrease takes capital away."))
    for currency in ("vnd", "usd"):
        before, now = totals(project)[f"total_{currency}"], amounts[f"total_{currency}"]
        if (before or 0) + (now or 0) < 0:
            raise ChainRefused(_("The capital of a project cannot fall below 0."))
    return amounts


def _all_of(project: Project) -> Capital:
    """What takes the whole registered capital out of the register."""
    return Capital(**{name: None if value is None else -value for name, value in totals(project).items()})


def totals(project: Project, as_of: date | None = None) -> dict[str, Decimal | None]:
    """The project's capital as the chain adds up to, by column; None where no event states it."""
    events = project.events.all() if as_of is None else project.events.filter(effective_on__lte=as_of)
    return events.order_by().aggregate(**{name: Sum(name) for name in (*WHOLE_DONG, *CENTS)})


# --- the canonical form ---------------------------------------------------------------------------------------------
def canonical(event: CapitalEvent) -> dict[str, Any]:
    """What is hashed: fixed keys, amounts and dates as text in one form each, missing values as null."""
    return {name: _fixed(event, name) for name in HASHED}


def _fixed(event: CapitalEvent, name: str) -> Any:
    if name in ("project", "actor"):
        return getattr(event, f"{name}_id")
    value = getattr(event, name)
    if value is None or name in TEXTS:
        return value
    if name in WHOLE_DONG:
        return f"{value:.0f}"
    if name in CENTS:
        return f"{value:.2f}"
    if name == "rate":
        return f"{value:.4f}"
    if name == "recorded_at":
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return value.isoformat() if isinstance(value, date) else value


def digest(content: dict[str, Any]) -> str:
    """SHA-256 over the JSON with sorted keys, no spaces, UTF-8."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


# --- verifying ------------------------------------------------------------------------------------------------------
def verify(projects: Iterable[Project] | QuerySet[Project] | None = None) -> Report:
    """Check the chains (all, if none are named): at most one fault a project, the first wrong row and field."""
    chosen = Project.objects.all() if projects is None else projects
    if isinstance(chosen, QuerySet):
        chosen = chosen.order_by("pk").only("pk", "code", "chain_length", "chain_head").iterator(chunk_size=500)
    events, count, faults, heads = 0, 0, [], hashlib.sha256()
    for batch in _batches(chosen, 500):
        by_project: dict[int, list[CapitalEvent]] = {project.pk: [] for project in batch}
        for event in CapitalEvent.objects.filter(project__in=by_project).order_by("project_id", "seq"):
            by_project[event.project_id].append(event)
        for project in batch:
            chain = by_project[project.pk]
            events, count = events + len(chain), count + 1
            faults += list(_first_fault(project, chain))
            heads.update(f"{project.pk}:{project.chain_head}\n".encode())
    return Report(count, events, tuple(faults), heads.hexdigest(), timezone.now())


def remember(report: Report) -> None:
    """Keep an outcome in the cache: `chain:verified` is "ok" or names what is broken (for /readyz), `chain:report` is
    {at, ok, events, head} (for the public pages).
    """
    outcome = {"at": report.at, "ok": report.ok, "events": report.events, "head": report.head}
    found = "ok" if report.ok else "; ".join(str(fault) for fault in report.faults[:5])
    cache.set_many({CACHE_KEY: found, REPORT_KEY: outcome}, timeout=None)


def _batches(items: Iterable[Project], size: int) -> Iterator[list[Project]]:
    batch: list[Project] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _first_fault(project: Project, chain: list[CapitalEvent]) -> Iterator[Fault]:
    name, previous = str(project.code), ""
    for expected, event in enumerate(chain, 1):
        if event.seq != expected:
            yield Fault(name, expected, "seq", f"is missing: the next event has the number {event.seq}")
            return
        content = canonical(event)
        if event.prev_hash != previous:
            yield Fault(name, event.seq, "prev_hash", "is not the hash of the event before")
            return
        if digest(content) != event.hash:
            field = altered_field(content, event.hash)
            yield Fault(name, event.seq, field, "does not fit the hash written with the event")
            return
        previous = event.hash
    if (len(chain), previous) != (project.chain_length, project.chain_head):
        yield Fault(name, len(chain) + 1, "chain_head", f"{project.chain_length} events were written")


def altered_field(content: dict[str, Any], expected: str) -> str:
    """The field in which one changed character explains the broken hash; "hash" when no such field is found.

    Every single character of every value is tried: a changed digit is named, whatever else it says.
    """
    for name, value in content.items():
        if value is None or isinstance(value, bool):
            candidates: Iterable[Any] = (None,) if value is None else (not value,)
        else:
            candidates = _one_character_away(value)
        if any(digest(content | {name: candidate}) == expected for candidate in candidates):
            return name
    return "hash"


def _one_character_away(value: Any) -> Iterator[Any]:
    text = str(value)
    if len(text) > 80:  # notes: not figures, and far too many variants
        return
    alphabet = "0123456789abcdef-." if text[:1].isdigit() or text[:1] == "-" else "0123456789"
    for index, letter in enumerate(text):
        for other in alphabet:
            if other != letter:
                changed = text[:index] + other + text[index + 1 :]
                yield int(changed) if isinstance(value, int) and changed.lstrip("-").isdigit() else changed
    if text[:1] == "-":
        yield text[1:]
    else:
        yield f"-{text}"
