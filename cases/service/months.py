"""A calendar month in Hai Phong, as people ask for it and as a range of moments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from django.utils import timezone

WRITTEN: Final = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, order=True)
class Month:
    """A month of a year; reads as 2026-11."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    @classmethod
    def of(cls, day: date) -> Month:
        """The month a day lies in."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Month | None:
        """Read 2026-11; None for anything else."""
        found = WRITTEN.fullmatch(text.strip())
        return cls(int(found[1]), int(found[2])) if found and int(found[1]) else None

    @property
    def first_day(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def begins(self) -> datetime:
        """Its first moment in Hai Phong."""
        return timezone.make_aware(datetime.combine(self.first_day, time.min))

    def after(self, count: int = 1) -> Month:
        """The month so many later (earlier, if negative)."""
        year, number = divmod(self.year * 12 + self.number - 1 + count, 12)
        return Month(year, number + 1)


def between(first: Month, last: Month) -> Iterator[Month]:
    """Every month from the first to the last, both included."""
    while first <= last:
        yield first
        first = first.after()
