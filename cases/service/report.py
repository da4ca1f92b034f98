"""One answer for page, CSV and programs: what was asked, as of when, and every line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from cases.calendar import local_date
from cases.service.figures import ALL, Line, Span, line, span
from cases.service.form import MonthsForm, named
from cases.service.months import Month
from cases.service.reading import Record, legal_times, read


@dataclass(frozen=True)
class Report:
    """The answer; `chosen` has a line for each month asked for, newest first, of the procedure asked for."""

    form: MonthsForm
    as_of: datetime
    names: Mapping[str, str]
    months: Sequence[Month]
    record: Record

    @property
    def today(self) -> Month:
        """The month that is not over."""
        return Month.of(local_date(self.as_of))

    @property
    def codes(self) -> list[str]:
        """The procedures asked for, one by one."""
        return [self.form.chosen] if self.form.chosen != ALL else [code for code in self.names if code != ALL]

    @property
    def chosen(self) -> list[Line]:
        """The procedure asked for, or all together."""
        return [self._line(self.form.chosen, month) for month in self.months]

    @property
    def lines(self) -> list[Line]:
        """By month, newest first, and procedure; what saw nothing and has nothing open is left out."""
        every = (self._line(code, month) for month in self.months for code in self.codes)
        return [found for found in every if found.counts or found.open_at_end]

    @property
    def spans(self) -> list[Span]:
        """Each procedure over all months asked for; what saw nothing is left out."""
        every = (span(code, self.months, self.record.counts, self.record.decided) for code in self.codes)
        return [found for found in every if found.counts]

    @property
    def whole(self) -> Span:
        """The procedure asked for, or all together, over all months asked for."""
        return span(self.form.chosen, self.months, self.record.counts, self.record.decided)

    def _line(self, procedure: str, month: Month) -> Line:
        return line(procedure, month, self.record.counts, self.record.decided, today=self.today)


def report(asked: Mapping[str, Any]) -> Report:
    """Answer a question from an address; with a question that cannot be read there are no months (ask the form)."""
    now = timezone.now()
    versions = legal_times()
    by_code = {row.code: row for row in versions.values()}
    form = MonthsForm(asked, procedures=by_code, today=Month.of(local_date(now)))
    months = form.months if form.is_valid() else []
    return Report(form, now, dict(named(by_code)), months, read(months, versions) if months else Record({}, {}))
