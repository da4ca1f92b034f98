"""Projects of the city from public sources, as entries of the register marked "taken over": for the demo and the tests.

`projects/data/projects.csv` and `adjustments.csv` come from the press and from company pages; every entry keeps its
source and note. Only capital stated with a certificate ("registered") opens a chain. Where the steps of a project are
known with their totals, the chain has them one by one; a difference between two totals that the reported change does
not explain is an entry of its own, a correction that says so.
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
        currency = "usd" if row["registered_capital_usd"] or history else "vnd"
        append(
            project, step.kind, capital=Capital(**{f"total_{currency}": step.change}), effective_on=step.on, by=None,
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
    yield Step("issue", amount, on, precision, row["note"], row["source_url"])


def _steps(history: list[dict[str, str]]) -> Iterator[Step]:
    """The chain of a project whose every step is known with its total; nothing if one is not."""
    totals = [_total_after(history, index) for index in range(len(history))]
    if not history or history[0]["kind"] != "first_certificate" or None in totals:
        return
    before = Decimal(0)
    for index, row in enumerate(history):
        total = totals[index] or Decimal(0)
        on, precision = _day(history, index)
        reported = Decimal(row["change_usd"]) if row["change_usd"] and index else total - before
        kind = "issue" if not index else row["kind"]
        yield Step(kind, reported, on, precision, row["note"], row["source_url"])
        if before + reported != total:
            note = f"The total stated after this step is {total:.0f} USD; the steps explain {before + reported:.0f}."
            yield Step("correction", total - before - reported, on, precision, note, row["source_url"])
        before = total


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
