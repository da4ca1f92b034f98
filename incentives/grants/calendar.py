"""When reports and inspections of a grant are due: pure reckoning over dated rows and what is there already."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from incentives.grants import duties
from incentives.grants.duties import DutyRule
from incentives.grants.inspections import Inspection
from incentives.grants.models import IncentiveGrant
from incentives.grants.reports import HANDED_IN, AnnualReport

MONTHS: Final = 12


class Standing(StrEnum):
    """Where a duty stands."""

    DONE = "done"
    CORRECT = "correct"
    OVERDUE = "overdue"
    OPEN = "open"
    COMING = "coming"


URGENT: Final = (Standing.CORRECT, Standing.OVERDUE, Standing.OPEN)


@dataclass(frozen=True)
class ReportDuty:
    """The report on one year."""

    year: int
    due_on: date
    standing: Standing
    report: AnnualReport | None
    to_write: bool
    """Whether the enterprise can write it now; after the end only what the office asked to have corrected."""

    @property
    def label(self) -> str:
        """The year as people read it."""
        return str(self.year)


def due_day(year: int, rule: DutyRule | None = None) -> date | None:
    """The last day for the report on a year; None where no law of that spring asks for one."""
    if not date.min.year <= year < date.max.year:  # an address may name any year
        return None
    found = rule or duties.rule_named(duties.REPORT, date(year + 1, MONTHS, 31))
    if found is None or found.month_day is None:
        return None
    due = date.fromisoformat(f"{year + 1}-{found.month_day}")
    return due if found.in_force(due) else None


def first_year(grant: IncentiveGrant) -> int:
    """The first year to report on: that of the first certificate."""
    return grant.first_granted_on.year


def report_duties(grant: IncentiveGrant, reports: Iterable[AnnualReport], today: date) -> list[ReportDuty]:
    """Every report owed, from the first year to the one that runs, oldest first; none that came due after the end."""
    known: Mapping[int, AnnualReport] = {report.year: report for report in reports}
    found = []
    for year in range(first_year(grant), today.year + 1):
        due_on, report = due_day(year), known.get(year)
        if due_on is None or (grant.ended_on is not None and due_on > grant.ended_on and not _handed_in(report)):
            continue
        standing = standing_of(report, year, due_on, today)
        to_write = standing in URGENT and (grant.is_in_force or standing == Standing.CORRECT)
        found.append(ReportDuty(year, due_on, standing, report, to_write))
    return found


def standing_of(report: AnnualReport | None, year: int, due_on: date, today: date) -> Standing:
    """Where the report on a year stands today."""
    if report is not None and report.state == AnnualReport.State.CORRECTION:
        return Standing.CORRECT
    if _handed_in(report):
        return Standing.DONE
    if today.year <= year:
        return Standing.COMING
    return Standing.OVERDUE if today > due_on else Standing.OPEN


def _handed_in(report: AnnualReport | None) -> bool:
    return report is not None and report.state in HANDED_IN


def last_due_year(today: date) -> int:
    """The last year whose report is overdue today if nobody has filed it."""
    year = today.year - 1
    due_on = due_day(year)
    return year if due_on is not None and today > due_on else year - 1


def first_owed_year() -> int:
    """The first year on which any law asks for a report."""
    starts = [rule.valid_from for rule in duties.rules() if rule.code == duties.REPORT]
    start = min(starts)
    return start.year - 1 if due_day(start.year - 1) else start.year


def next_inspection(grant: IncentiveGrant, inspections: Iterable[Inspection], today: date) -> date | None:
    """The day of the next periodic inspection: counted from the last one carried out, else from the first grant."""
    rule = duties.rule_named(duties.INSPECTION, today)
    if rule is None or rule.months is None or not grant.is_in_force:
        return None
    done = [one.done_on for one in inspections if one.done_on]
    return months_later(max(done, default=grant.first_granted_on), rule.months)


def months_later(start: date, months: int) -> date:
    """The same day some months later, or the last one of a shorter month."""
    year, month = divmod(start.year * MONTHS + start.month - 1 + months, MONTHS)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
