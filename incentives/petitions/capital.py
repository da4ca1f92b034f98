"""The capital behind a petition: always the sum of the chain of its projects, as of a day, never a figure kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from projects.models import CapitalEvent


@dataclass(frozen=True)
class Behind:
    """How many projects, and their capital. What is stated in USD is summed in USD, the rest in VND; none converted."""

    projects: int
    usd: Decimal | None
    only_vnd: Decimal | None
    without: int
    """Projects whose chain states no capital up to that day."""


Amounts = tuple[Decimal | None, Decimal | None]


def capital_of(projects: Iterable[int], on: date) -> dict[int, Amounts]:
    """USD and VND of each project (by number) as its chain adds up to on that day (1 query); absent without a chain."""
    events = CapitalEvent.objects.filter(project__in=list(projects), effective_on__lte=on).order_by()
    sums = events.values("project").annotate(usd=Sum("total_usd"), vnd=Sum("total_vnd"))
    return {row["project"]: (row["usd"], row["vnd"]) for row in sums}


def behind(projects: Iterable[int], capital: dict[int, Amounts]) -> Behind:
    """The totals over these projects."""
    amounts = [capital.get(number, (None, None)) for number in projects]
    return Behind(
        len(amounts), _sum(usd for usd, _vnd in amounts), _sum(vnd for usd, vnd in amounts if usd is None),
        sum(usd is None and vnd is None for usd, vnd in amounts),
    )  # fmt: skip


def _sum(values: Iterable[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known else None
