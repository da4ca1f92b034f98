"""Working days, as the law counts them (Civil Code 2015, articles 147-148; Labour Code 2019, article 112)."""

from __future__ import annotations

from datetime import date

import pytest

from cases.calendar import Calendar, CalendarDay, load_calendar
from cases.errors import CalendarMissing

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

VECTORS = [
    ("2026-02-10", 7, "2026-02-26"),
    ("2026-02-10", 10, "2026-03-03"),
    ("2026-04-24", 7, "2026-05-08"),
    ("2026-11-20", 7, "2026-12-02"),
    ("2026-11-20", 10, "2026-12-07"),
    ("2026-11-20", 15, "2026-12-14"),
    ("2026-11-25", 7, "2026-12-04"),
    ("2026-11-25", 10, "2026-12-09"),
    ("2026-12-28", 7, "2027-01-07"),
]


@pytest.mark.parametrize(("start", "count", "due"), VECTORS)
def test_a_deadline_skips_weekends_holidays_and_the_first_day(start: str, count: int, due: str) -> None:
    assert load_calendar().add_working_days(date.fromisoformat(start), count) == date.fromisoformat(due)


@pytest.mark.parametrize(("start", "count", "due"), VECTORS)
def test_counting_back_gives_the_days_that_were_added(start: str, count: int, due: str) -> None:
    assert load_calendar().working_days(date.fromisoformat(start), date.fromisoformat(due)) == count


def test_a_make_up_saturday_is_a_working_day() -> None:
    calendar = load_calendar()
    assert calendar.is_working(date(2026, 8, 22))
    assert not calendar.is_working(date(2026, 8, 31))
    assert not calendar.is_working(date(2026, 8, 29))


def test_today_is_the_new_culture_day_and_named_as_the_reason() -> None:
    skipped = load_calendar().skipped(date(2026, 11, 20), date(2026, 12, 2))
    assert skipped == [(date(2026, 11, 24), ("Ngày Văn hóa Việt Nam", "Viet Nam Culture Day"))]


def test_a_year_nobody_entered_is_a_loud_error() -> None:
    with pytest.raises(CalendarMissing, match="2028"):
        load_calendar().add_working_days(date(2027, 12, 28), 10)


def test_a_day_an_administrator_adds_moves_the_deadline() -> None:
    before = load_calendar().add_working_days(date(2026, 12, 7), 3)
    CalendarDay.objects.create(date=date(2026, 12, 9), kind="holiday", name_vi="Nghỉ bão", name_en="Storm day")
    assert before == date(2026, 12, 10)
    assert load_calendar().add_working_days(date(2026, 12, 7), 3) == date(2026, 12, 11)


def test_an_empty_period_holds_no_working_day() -> None:
    calendar = Calendar(frozenset({2026}))
    assert calendar.working_days(date(2026, 5, 5), date(2026, 5, 5)) == 0
    assert calendar.working_days(date(2026, 5, 6), date(2026, 5, 5)) == 0
