"""The same lines as CSV: first what was asked, as of when and how many rows, then the rows."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.service.figures import FEWEST, Line
from cases.service.report import Report

MARK: Final = "\ufeff"
"""Tells a spreadsheet that the letters are UTF-8."""


class Echo:
    """What the csv module writes to; hands the line on instead of keeping it."""

    def write(self, line: str) -> str:
        """The line itself."""
        return line


def as_csv(found: Report) -> Iterator[str]:
    """A line for each month and procedure; figures as programs read them, empty where nothing is told."""
    writer = csv.writer(Echo())
    lines = found.lines
    yield MARK
    for pair in _head(found, len(lines)):
        yield writer.writerow(pair)
    yield writer.writerow([
        _("Month"), _("Month is over"), _("Procedure"), _("Name"), _("Received"), _("Accepted"), _("Decided"),
        _("Median (working days)"), _("90 % within (working days)"), _("On time"), _("On time (%)"),
        _("Days stopped"), _("Days stopped, median"), _("Withdrawn"), _("Stopped"), _("Open at the end of the month"),
    ])  # fmt: skip
    for line in lines:
        yield writer.writerow(_row(line, found.names[line.procedure]))


def _head(found: Report, rows: int) -> Iterator[tuple[str, str | int]]:
    first, last = found.months[-1], found.months[0]
    yield _("Service levels"), ""
    yield _("Months"), f"{first}/{last}"
    yield _("Procedure"), _safe(found.names[found.form.chosen])
    yield _("As of"), timezone.localtime(found.as_of).isoformat(timespec="seconds")
    yield _("Rows"), rows
    yield _("Empty cells"), _("Fewer than %(fewest)s cases were decided.") % {"fewest": FEWEST}


def _row(line: Line, name: str) -> list[str | int | float]:
    counts, told = line.counts, line.measures
    clocks: list[str | int | float] = [""] * 6
    if told:
        clocks = [told.median_used, told.p90_used, told.on_time, told.on_time_share, told.stopped_days,
                  told.stopped_median]  # fmt: skip
    return [
        str(line.month), _("yes") if line.over else _("no"), line.procedure, _safe(name), counts.received,
        counts.accepted, counts.decided, *clocks, counts.withdrawn, counts.stopped, line.open_at_end,
    ]  # fmt: skip


def _safe(text: str) -> str:
    """A name that a spreadsheet does not take for a formula."""
    return f"'{text}" if text[:1] in tuple("=+-@\t") else text
