"""What was filed and found, year by year: incomes and failed years, for the schedule and for whoever asks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from incentives.grants.inspections import Inspection
from incentives.grants.reports import ReportFiling


@dataclass(frozen=True)
class FiledYear:
    """The last filing of a year: the income stated, and the conditions that were not kept."""

    year: int
    income_vnd: Decimal | None
    failed: tuple[str, ...]


def filed_years(line: int) -> list[FiledYear]:
    """By year; a report under correction counts as it was filed last (1 query)."""
    found: dict[int, FiledYear] = {}
    filings = ReportFiling.objects.filter(report__grant=line).order_by("report__year", "number")
    for year, data in filings.values_list("report__year", "data"):
        income = data["values"].get("income_vnd")
        found[year] = FiledYear(year, None if income is None else Decimal(income), failed_conditions(data))
    return list(found.values())


def failed_conditions(data: dict[str, list[dict[str, object]]]) -> tuple[str, ...]:
    """The codes of the conditions that a filing says were not kept."""
    return tuple(str(row["code"]) for row in data["conditions"] if row["kept"] is False)


def failed_years(filed: Iterable[FiledYear], inspections: Iterable[Inspection]) -> frozenset[int]:
    """Years in which a condition was not kept, as the enterprise reported or as an inspection found."""
    found = {one.year for one in filed if one.failed}
    for inspection in inspections:
        found.update(int(year) for year in inspection.breached_years)
    return frozenset(found)
