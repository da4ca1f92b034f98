"""Amounts of capital: what one event changes, and what a chain of them adds up to, in VND and USD."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.db.models import Sum

from projects.register import Project

PARTS: Final = ("contributed", "mobilised", "retained")
CURRENCIES: Final = ("vnd", "usd")
WHOLE_DONG: Final = tuple(f"{part}_vnd" for part in (*PARTS, "total"))
CENTS: Final = tuple(f"{part}_usd" for part in (*PARTS, "total"))
AMOUNTS: Final = (*WHOLE_DONG, *CENTS)


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
        found = {name: _rounded(name, getattr(self, name)) for name in AMOUNTS}
        for currency in CURRENCIES:
            parts = [value for part in PARTS if (value := found[f"{part}_{currency}"]) is not None]
            if found[f"total_{currency}"] is None and len(parts) == len(PARTS):
                found[f"total_{currency}"] = sum(parts, Decimal(0))
        return found


def _rounded(name: str, value: Decimal | None) -> Decimal | None:
    if value is None:
        return None
    # + 0: a database knows no "-0.00", and the hash is made of what the database gives back
    return value.quantize(Decimal(1) if name in WHOLE_DONG else Decimal("0.01")) + 0


NOTHING: Final = Capital(**dict.fromkeys(AMOUNTS, Decimal(0)))


def totals(project: Project, as_of: date | None = None) -> dict[str, Decimal | None]:
    """The project's capital as the chain adds up to, by column; None where no event states it."""
    events = project.events.all() if as_of is None else project.events.filter(effective_on__lte=as_of)
    return events.order_by().aggregate(**{name: Sum(name) for name in AMOUNTS})
