"""Projects of the city from public sources, as entries of the register marked "taken over": for the demo and the tests.

`projects/data/projects.csv` and `adjustments.csv` come from the press and from company pages; every entry keeps its
source and note. Only capital stated with a certificate ("registered") opens a chain. Where the steps of a project are
known, the chain has them one by one. A series that begins after the first certificate opens with what its first total
leaves; a difference between two totals that no reported change explains is an increase or decrease of its own, whose
day is not known. Both say so in their note, and stand on the day from which the step after them counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db import transaction

from cases.models import Authority
from projects.chain import Capital, append
from projects.models import Project, Sector, Zone
from projects.reference import read
from projects.routing import FINANCE, HEZA

MILLION: Final = Decimal(1_000_000)
BILLION: Final = Decimal(1_000_000_000)
LICENSED: Final = frozenset({"operating", "licensed", "under_construction"})


@dataclass(frozen=True)
class Step:
    """One known step of a project's capital, in USD (VND only where that is all the source gives)."""

    kind: str
    change: Decimal
    on: date | None
    precision: str
    note: str
    source: str
    currency: str = "usd"


def load_register() -> dict[str, int]:
    """Enter the licensed projects that are not there yet, with their chains; returns how many rows were added."""
    zones = {zone.code: zone for zone in Zone.objects.all()}
    sectors = {sector.code: sector for sector in Sector.objects.filter(edition="2025", level=2)}
    authorities = {authority.code: authority for authority in Authority.objects.all()}
    known = set(Project.objects.filter(imported=True).values_list("name", flat=True))
    history = _history()
    added = {"projects": 0, "capital events": 0}
    for row in read("projects.csv"):
        if row["status"] not in LICENSED or row["project_name"] in known:
            continue
        with transaction.atomic():
            project = Project.objects.create(**_facts(row, zones, sectors, authorities))
            added["projects"] += 1
            added["capital events"] += _write_chain(project, row, history[row["project_name"]])
    return added


def _facts(
    row: dict[str, str], zones: dict[str, Zone], sectors: dict[str, Sector], authorities: dict[str, Authority]
) -> dict[str, Any]:
    zone = zones.get(row["zone_code"])
    first, precision = exact(row["first_licence_date"])
    return {
        "name": row["project_name"],
        "name_en": row["project_name"],
        "investors": row["investor"],
        "country": row["country"],
        "zone": zone,
        "sector": sectors.get(row["vsic_division"]),
        "activity": row["sector"][:300],
        "authority": authorities.get(HEZA if zone else FINANCE),
        "state": Project.State.ACTIVE,
        "first_issued_on": first,
        "first_issued_precision": precision,
        "imported": True,
        "source_url": row["source_url"],
        "source_note": row["note"],
    }


def exact(text: str) -> tuple[date | None, str]:
    """A date of a source and how exact it is: 2016-04-15, 2013-09 or 2016; nothing for an empty cell."""
    if not text:
        return None, Project.Precision.DAY
    parts = [int(part) for part in text.split("-")]
    precision = (Project.Precision.YEAR, Project.Precision.MONTH, Project.Precision.DAY)[len(parts) - 1]
    return date(*[*parts, 1, 1][:3]), precision


def _history() -> dict[str, list[dict[str, str]]]:
    """The certificate steps of each project in the order of the dataset; rumours and requests are left out."""
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in read("adjustments.csv"):
        if row["kind"] in ("first_certificate", "increase", "decrease") and row["basis"] != "single_source":
            found[row["project_name"]].append(row)
    return found


def _write_chain(project: Project, row: dict[str, str], history: list[dict[str, str]]) -> int:
    steps = list(_steps(history)) or list(_opening(row))
    for step in steps:
        capital = Capital(**{f"total_{step.currency}": step.change})
        append(
            project, step.kind, capital=capital, effective_on=step.on, by=None,
            effective_precision=step.precision, imported=True, note=step.note, source_url=step.source,
        )  # fmt: skip
    return len(steps)


def _opening(row: dict[str, str]) -> Iterator[Step]:
    """One opening entry with the capital registered as the source states it, not later than the day it speaks of."""
    if row["capital_basis"] != "registered":
        return
    amount = Decimal(row["registered_capital_usd"] or 0) or Decimal(row["registered_capital_vnd_bn"] or 0) * BILLION
    if not amount:
        return
    stated = row["capital_as_of"] or row["source_date"]
    on, precision = exact(stated)
    if stated != row["first_licence_date"]:
        on, precision = (_last_day(stated) if on else None), Project.Precision.LATEST
    currency = "usd" if row["registered_capital_usd"] else "vnd"
    yield Step("issue", amount, on, precision, row["note"], row["source_url"], currency)


def _steps(history: list[dict[str, str]]) -> Iterator[Step]:
    """The chain of a project as far as its steps and totals are known; nothing if a step has no amount at all."""
    changes = [_change(history, index) for index in range(len(history))]
    before = _opening_total(history, changes)
    if before is None or before <= 0 or None in changes[1:]:
        return
    for index, row in enumerate(history):
        on, precision = _day(history, index)
        if not index:
            if row["kind"] == "first_certificate":
                yield Step("issue", before, on, precision, row["note"], row["source_url"])
                continue
            yield Step("issue", before, on, Project.Precision.LATEST, _derived_note(row, before), row["source_url"])
        change = changes[index] or Decimal(0)
        total = Decimal(row["total_after_usd"]) if row["total_after_usd"] else before + change
        gap = total - change - before
        if gap:
            note = _gap_note(before, before + gap)
            yield Step(_direction(gap), gap, on, Project.Precision.LATEST, note, row["source_url"])
        yield Step(_direction(change), change, on, precision, row["note"], row["source_url"])
        before = total


def _opening_total(history: list[dict[str, str]], changes: list[Decimal | None]) -> Decimal | None:
    """The capital of the first certificate, or what the total after the first known step leaves without its change."""
    if not history:
        return None
    if history[0]["kind"] == "first_certificate":
        return _total_after(history, 0)
    total, change = history[0]["total_after_usd"], changes[0]
    return Decimal(total) - change if total and change is not None else None


def _change(history: list[dict[str, str]], index: int) -> Decimal | None:
    """By how much a step changes the capital: as stated, or the difference of the totals after and before it."""
    row = history[index]
    if row["change_usd"]:
        return Decimal(row["change_usd"])
    after, before = _total_after(history, index), _total_after(history, index - 1) if index else None
    return None if after is None or before is None else after - before


def _direction(change: Decimal) -> str:
    return "increase" if change > 0 else "decrease"


def _derived_note(row: dict[str, str], opening: Decimal) -> str:
    total, change = Decimal(row["total_after_usd"]), Decimal(row["change_usd"])
    return (
        f"Derived, no source states it: the total after the next step is USD {total:,.0f}; less its change of "
        f"{change:,.0f} it leaves {opening:,.0f}. The first certificate itself and its day are not known; it is not "
        "later than that step."
    )


def _gap_note(before: Decimal, after: Decimal) -> str:
    return (
        f"Not reported: before the next step the total is USD {after:,.0f}, after the last one known it was "
        f"{before:,.0f}. One step or several on days that are not known, not later than the next step, or a figure "
        "that its source rounded."
    )


def _total_after(history: list[dict[str, str]], index: int) -> Decimal | None:
    """The total after a step: as stated, or what the next step's total leaves when its change is taken off."""
    row = history[index]
    if row["total_after_usd"]:
        return Decimal(row["total_after_usd"])
    if index + 1 < len(history):
        after = history[index + 1]
        if after["total_after_usd"] and after["change_usd"]:
            return Decimal(after["total_after_usd"]) - Decimal(after["change_usd"])
    return None


def _day(history: list[dict[str, str]], index: int) -> tuple[date | None, str]:
    """The day of a step; where no source tells it, not later than the step after it."""
    on, precision = exact(history[index]["date"])
    if on is None and index + 1 < len(history):
        on, precision = exact(history[index + 1]["date"])[0], Project.Precision.LATEST
    return on, precision


def _last_day(text: str) -> date:
    """The last day a date of a source can mean: 2018 is 31 December 2018."""
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        return date(*parts)
    year, month = parts[0], parts[1] if len(parts) == 2 else 12
    return date.fromordinal(date(year + month // 12, month % 12 + 1, 1).toordinal() - 1)
