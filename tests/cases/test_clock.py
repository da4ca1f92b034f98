"""The honest clock: pure, recomputed, the same for both sides."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.calendar import Calendar
from cases.clock import Clock, Mark, closing_time, effective_day, reckon

pytestmark = pytest.mark.embedded

NAMES = ("Nghỉ", "Day off")
CALENDAR = Calendar(
    years=frozenset(range(2025, 2029)),
    off={date(2026, 11, 24): NAMES, date(2026, 9, 1): NAMES, date(2026, 9, 2): NAMES, date(2026, 8, 31): NAMES},
    makeup={date(2026, 8, 22): NAMES},
)
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def clock(*marks: Mark, today: date, total: int = 10) -> Clock:
    return reckon(marks, total=total, calendar=CALENDAR, today=today)


def test_before_acceptance_nothing_runs() -> None:
    result = clock(today=date(2026, 11, 20))
    assert (result.phase, result.used, result.left, result.due_on) == ("not_started", 0, 10, None)


def test_the_day_of_acceptance_is_not_counted() -> None:
    result = clock(Mark("start", date(2026, 11, 20)), today=date(2026, 11, 20))
    assert (result.used, result.left, result.due_on) == (0, 10, date(2026, 12, 7))


def test_used_and_left_add_up_to_the_legal_time() -> None:
    result = clock(Mark("start", date(2026, 11, 20)), today=date(2026, 11, 30))
    assert (result.used, result.left, result.phase) == (5, 5, "running")


def test_a_pause_stops_the_clock_from_its_day_until_the_day_before_the_answer() -> None:
    marks = (
        Mark("start", date(2026, 11, 2)),
        Mark("pause", date(2026, 11, 12), "supplement"),
        Mark("resume", date(2026, 11, 17)),
    )
    result = clock(*marks, today=date(2026, 11, 18))
    assert result.stopped == 3  # 12, 13 and 16 November
    assert result.used == 9  # 3-6, 9-11, 17, 18 November
    assert result.due_on == date(2026, 11, 19)


def test_while_stopped_there_is_no_due_day() -> None:
    marks = (Mark("start", date(2026, 11, 2)), Mark("pause", date(2026, 11, 12), "supplement"))
    result = clock(*marks, today=date(2026, 11, 18))
    assert (result.phase, result.due_on, result.used, result.stopped) == ("stopped", None, 7, 5)
    assert result.stops[-1].reason == "supplement"


def test_late_shows_as_days_below_zero() -> None:
    result = clock(Mark("start", date(2026, 10, 1)), today=date(2026, 10, 20))
    assert (result.left, result.overdue) == (-3, True)


def test_after_the_end_the_clock_stands_for_good() -> None:
    marks = (Mark("start", date(2026, 11, 2)), Mark("end", date(2026, 11, 6)))
    assert clock(*marks, today=date(2026, 11, 10)).used == clock(*marks, today=date(2027, 3, 1)).used == 4


def test_an_answer_after_closing_time_counts_from_the_next_working_day() -> None:
    late_friday = datetime(2026, 11, 20, 17, 5, tzinfo=HANOI)
    assert effective_day(late_friday, CALENDAR, 17) == date(2026, 11, 23)
    assert effective_day(late_friday - timedelta(minutes=10), CALENDAR, 17) == date(2026, 11, 20)


def test_the_hour_is_hanoi_time_whatever_the_server_thinks() -> None:
    utc_evening = datetime(2026, 11, 19, 23, 30, tzinfo=ZoneInfo("UTC"))  # 06:30 on the 20th in Hai Phong
    assert effective_day(utc_evening, CALENDAR, 17) == date(2026, 11, 20)
    assert closing_time(date(2026, 12, 2), 17).astimezone(HANOI).hour == 17


days = st.integers(min_value=0, max_value=400).map(lambda offset: date(2026, 1, 1) + timedelta(days=offset))


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Mark], date]:
    """A start, then pauses and answers in order of time, and a day to look at the clock."""
    moments = sorted(draw(st.lists(days, min_size=1, max_size=9)))
    kinds = ["start", *(("pause", "resume")[number % 2] for number in range(len(moments) - 1))]
    marks = [Mark(kind, day, "supplement") for kind, day in zip(kinds, moments, strict=True)]
    return marks, moments[-1] + timedelta(days=draw(st.integers(0, 60)))


@given(histories())
def test_every_working_day_after_the_start_is_either_used_or_stopped(history: tuple[list[Mark], date]) -> None:
    marks, today = history
    result = clock(*marks, today=today)
    covered = sum(
        CALENDAR.is_working(marks[0].on + timedelta(days=n)) for n in range(1, (today - marks[0].on).days + 1)
    )
    on_first_day = sum(
        CALENDAR.is_working(stop.since) for stop in result.stops
        if stop.since == marks[0].on and (stop.until is None or stop.until > stop.since)
    )  # fmt: skip
    assert result.used + result.stopped - on_first_day == covered
    assert result.left == result.total - result.used


@given(histories(), st.integers(1, 30))
def test_looking_later_never_gives_back_time(history: tuple[list[Mark], date], later: int) -> None:
    marks, today = history
    assert clock(*marks, today=today + timedelta(days=later)).used >= clock(*marks, today=today).used


@given(histories(), days)
def test_a_holiday_added_later_never_makes_the_due_day_earlier(history: tuple[list[Mark], date], off: date) -> None:
    marks, today = history
    changed = Calendar(CALENDAR.years, CALENDAR.off | {off: NAMES}, CALENDAR.makeup)
    before = reckon(marks, total=10, calendar=CALENDAR, today=today).due_on
    after = reckon(marks, total=10, calendar=changed, today=today).due_on
    assert (before is None) or (after is None) or after >= before


@given(histories())
def test_the_due_day_is_the_day_on_which_the_legal_time_is_used_up(history: tuple[list[Mark], date]) -> None:
    marks, today = history
    due = clock(*marks, today=today).due_on
    if due is not None and due <= today:
        assert clock(*marks, today=due).used >= 10
        assert clock(*marks, today=due - timedelta(days=1)).used < 10


def test_a_pause_that_begins_after_the_time_is_up_does_not_move_the_due_day() -> None:
    marks = (
        Mark("start", date(2026, 1, 1)),
        Mark("pause", date(2026, 1, 19), "supplement"),
        Mark("resume", date(2026, 12, 29)),
    )
    assert clock(*marks, today=date(2026, 12, 30)).due_on == date(2026, 1, 15)
