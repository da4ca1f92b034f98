"""The working-day calendar: Monday to Friday, less public holidays, plus make-up working days.

Days are dated data an administrator edits (Labour Code 2019, article 112, and the yearly decisions of the Prime
Minister); a year nobody entered is a loud error, never a guess.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from cases.errors import CalendarMissing

ONE_DAY = timedelta(days=1)


class CalendarYear(models.Model):
    """A year whose days off have been entered, with how sure that is."""

    class Basis(models.TextChoices):
        OFFICIAL = "official", _("Announced")
        COMPUTED = "computed", _("Computed, not yet announced")

    year = models.PositiveSmallIntegerField(_("year"), primary_key=True)
    basis = models.CharField(_("basis"), max_length=10, choices=Basis.choices)
    source = models.TextField(_("source"), blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("calendar year")
        verbose_name_plural = _("calendar years")
        ordering = ("-year",)

    def __str__(self) -> str:
        return f"{self.year} ({self.get_basis_display()})"


class CalendarDay(models.Model):
    """A weekday on which offices are closed, or a weekend day on which they work."""

    class Kind(models.TextChoices):
        HOLIDAY = "holiday", _("Day off")
        MAKEUP_WORKDAY = "makeup_workday", _("Make-up working day")

    date = models.DateField(_("date"), unique=True)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    name_vi = models.CharField(_("name in Vietnamese"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120)
    source = models.CharField(_("source"), max_length=255, blank=True)
    mark = models.CharField(_("how sure"), max_length=2, default="S2")
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("calendar day")
        verbose_name_plural = _("calendar days")
        ordering = ("-date",)

    def __str__(self) -> str:
        return f"{self.date}: {self.name_en}"

    def name(self, language: str) -> str:
        """The day's name in the reader's language (Vietnamese or English)."""
        return self.name_vi if language == "vi" else self.name_en


@dataclass(frozen=True)
class Calendar:
    """An immutable calendar to count with. `years` are those entered; `off` and `makeup` map dates to names."""

    years: frozenset[int]
    off: dict[date, tuple[str, str]] = field(default_factory=dict)
    makeup: dict[date, tuple[str, str]] = field(default_factory=dict)

    def is_working(self, day: date) -> bool:
        """Whether offices are open. Raises CalendarMissing for a year nobody entered."""
        if day.year not in self.years:
            raise CalendarMissing(day.year)
        return day in self.makeup or (day.weekday() < 5 and day not in self.off)

    def next_working(self, day: date) -> date:
        """The day itself if offices are open, else the first day after it on which they are."""
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def add_working_days(self, start: date, count: int) -> date:
        """The `count`-th working day after `start`; the first day is not counted (Civil Code 2015, article 147)."""
        day = start
        for _number in range(count):
            day = self.next_working(day + ONE_DAY)
        return day

    def working_days(self, after: date, until: date) -> int:
        """How many working days lie after `after`, up to and including `until` (0 if none)."""
        day, count = after + ONE_DAY, 0
        while day <= until:
            count += self.is_working(day)
            day += ONE_DAY
        return count

    def skipped(self, start: date, end: date) -> list[tuple[date, tuple[str, str]]]:
        """The weekdays after `start` up to `end` that were not counted, each with its names (vi, en)."""
        return [(day, names) for day, names in sorted(self.off.items()) if start < day <= end and day.weekday() < 5]


def load_calendar() -> Calendar:
    """The calendar as it stands now (2 queries)."""
    off: dict[date, tuple[str, str]] = {}
    makeup: dict[date, tuple[str, str]] = {}
    for entry in CalendarDay.objects.all():
        target = makeup if entry.kind == CalendarDay.Kind.MAKEUP_WORKDAY else off
        target[entry.date] = (entry.name_vi, entry.name_en)
    return Calendar(frozenset(CalendarYear.objects.values_list("year", flat=True)), off, makeup)


def local_date(moment: datetime | None = None) -> date:
    """The date in Hai Phong at a moment (now, if none is given)."""
    return timezone.localdate(moment)
