"""The capital chain: append an event to a project's history (docs/capital-chain.md).

Every event carries the SHA-256 of its own canonical JSON, which contains the hash of the event before it; the project
keeps the number of its events and the hash of the last one, so that a missing tail is seen as well. What may follow is
said in `chain_rules`, the canonical form in `chain_form`, the verification in `chain_check`.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from projects.capital import NOTHING, PARTS, Capital, totals
from projects.chain_check import CACHE_KEY, REPORT_KEY, Fault, Report, remember, verify
from projects.chain_form import HASHED, canonical, digest
from projects.chain_rules import ChainRefused, check
from projects.register import CapitalEvent, Project

__all__ = [
    "CACHE_KEY",
    "HASHED",
    "NOTHING",
    "PARTS",
    "REPORT_KEY",
    "Capital",
    "ChainRefused",
    "Fault",
    "Report",
    "append",
    "canonical",
    "digest",
    "remember",
    "totals",
    "verify",
]


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
        before = totals(locked)
        if kind == CapitalEvent.Kind.TERMINATION:  # takes out whatever is left
            capital = Capital(**{name: None if value is None else -value for name, value in before.items()})
        amounts = capital.amounts()
        if locked.chain_length:
            amounts = _unstated_stays_unstated(amounts, before)
        check(kind, amounts, before=before, first=locked.chain_length == 0)
        event = CapitalEvent(
            project=locked, seq=locked.chain_length + 1, kind=kind, effective_on=effective_on, actor=by,
            recorded_at=recorded_at or timezone.now(), certificate_number=certificate_number,
            prev_hash=locked.chain_head, **amounts, **details,
        )  # fmt: skip
        event.hash = digest(canonical(event))
        event.save(force_insert=True)
        Project.objects.filter(pk=locked.pk).update(chain_length=event.seq, chain_head=event.hash)
    project.chain_length, project.chain_head = event.seq, event.hash
    return event


def _unstated_stays_unstated(
    amounts: dict[str, Decimal | None], before: dict[str, Decimal | None]
) -> dict[str, Decimal | None]:
    """A change of 0 in what no event has stated says nothing: it would make an unknown amount look known."""
    return {name: None if not value and before[name] is None else value for name, value in amounts.items()}
