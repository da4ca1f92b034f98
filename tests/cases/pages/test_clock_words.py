"""The clock in words: the same numbers for both sides, whole sentences, always with the hour."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from cases.calendar import Calendar
from cases.clock import Mark, reckon
from cases.clock_words import case_sentence, clock_sentence
from cases.states import Status
from tests.walk import Cast, walk

pytestmark = pytest.mark.embedded
OPEN = Calendar(frozenset({2026}))
START = Mark("start", date(2026, 11, 2))


def words(*marks: Mark, today: date, side: str = "investor", total: int = 10) -> str:
    clock = reckon([START, *marks], total=total, calendar=OPEN, today=today)
    with override("en"):
        return clock_sentence(clock, side=side, today=today)


def test_the_sentence_of_the_promise() -> None:
    pause = Mark("pause", date(2026, 11, 11), "supplement")
    assert words(pause, today=date(2026, 11, 13)) == "Day 6 of 10. Stopped 3 days: waiting for you since 11 Nov."


def test_the_officer_reads_the_same_numbers() -> None:
    pause = Mark("pause", date(2026, 11, 11), "explanation")
    sentence = words(pause, today=date(2026, 11, 13), side="official")
    assert sentence == "Day 6 of 10. Stopped 3 days: waiting for the investor since 11 Nov."


@pytest.mark.parametrize(
    ("reason", "why"),
    [
        ("violation", "an administrative violation is being handled since 11 Nov"),
        ("paper_match", "waiting for the paper set since 11 Nov"),
    ],
)
def test_a_pause_that_does_not_lie_with_the_investor_says_so_to_both(reason: str, why: str) -> None:
    for side in ("investor", "official"):
        assert why in words(Mark("pause", date(2026, 11, 11), reason), today=date(2026, 11, 13), side=side)


def test_a_pause_on_a_day_off_holds_no_days_yet() -> None:
    pause = Mark("pause", date(2026, 11, 14), "supplement")
    assert words(pause, today=date(2026, 11, 15)) == "Day 9 of 10. Stopped: waiting for you since 14 Nov."


def test_a_running_clock_says_the_deadline_with_its_hour() -> None:
    sentence = words(today=date(2026, 11, 4))
    assert sentence == "Day 2 of 10. The result is due by 17:00 on 16 Nov 2026 (Hanoi time)."


def test_days_that_stood_still_are_told_and_move_the_deadline() -> None:
    marks = (Mark("pause", date(2026, 11, 4), "supplement"), Mark("resume", date(2026, 11, 6)))
    assert words(*marks, today=date(2026, 11, 9)) == (
        "Day 3 of 10. Stopped 2 days in all. The result is due by 17:00 on 18 Nov 2026 (Hanoi time)."
    )


def test_a_second_pause_tells_the_first_one_too() -> None:
    marks = (
        Mark("pause", date(2026, 11, 4), "supplement"), Mark("resume", date(2026, 11, 6)),
        Mark("pause", date(2026, 11, 10), "explanation"),
    )  # fmt: skip
    assert words(*marks, today=date(2026, 11, 10)) == (
        "Day 3 of 10. Stopped 1 day: waiting for you since 10 Nov. Stopped 2 days before."
    )


def test_being_late_is_said_in_days() -> None:
    assert words(today=date(2026, 11, 17)).startswith("Day 11 of 10: 1 working day late.")


def test_the_end_is_said_with_its_day() -> None:
    assert words(Mark("end", date(2026, 11, 10)), today=date(2026, 12, 1)) == "Ended on day 6 of 10."


def test_the_first_day_has_not_begun() -> None:
    assert words(today=START.on).startswith("The clock of 10 working days starts on the next working day.")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "beginning"),
    [
        (Status.DRAFT, "The clock has not started"),
        (Status.RETURNED, "The clock has not started"),
        (Status.SUBMITTED, "The office says by 17:00 on "),
        (Status.ACCEPTED, "The clock of 3 working days starts"),
        (Status.AWAITING_INVESTOR, "Day 0 of 3. Stopped"),
        (Status.ON_HOLD, "Day 0 of 3. Stopped"),
        (Status.ISSUED, "Ended on day 0 of 3."),
        (Status.WITHDRAWN, "The clock never started."),
    ],
)
def test_every_state_has_its_sentence_for_both_sides(cast: Cast, state: Status, beginning: str) -> None:
    case = walk("petition", state, cast)
    with override("en"):
        for side in ("investor", "official"):
            assert case_sentence(case, side=side).startswith(beginning)


def test_another_year_is_written_out() -> None:
    pause = Mark("pause", date(2026, 11, 11), "supplement")
    clock = reckon([START, pause], total=10, calendar=OPEN, today=date(2026, 11, 13))
    with override("en"):
        assert "since 11 Nov 2026." in clock_sentence(clock, side="investor", today=date(2027, 1, 4))


def test_a_reader_in_seoul_and_a_server_in_utc_read_the_hour_of_hai_phong() -> None:
    clock = reckon([START], total=10, calendar=OPEN, today=date(2026, 11, 4))
    assert clock.due_at == datetime(2026, 11, 16, 17, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
