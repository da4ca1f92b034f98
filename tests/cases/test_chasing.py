"""Whoever is awaited is told at half of the time, at four fifths and on the last day: each step once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.template import TemplateSyntaxError

from accounts import roles
from accounts.models import User
from cases import transitions as verbs
from cases.calendar import CalendarDay
from cases.chasing import CHAINS, Chase, chase, steps
from cases.models import Case, Chaser, ProcedureVersion
from cases.restating import restate_due_dates
from cases.states import Status
from cases.tasks import chase_deadlines
from notifications import chaser_letters
from notifications.models import Message
from tests.notifications.words import check_words
from tests.parallel import at_once
from tests.walk import Cast, official, walk

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
MONDAY = datetime(2026, 10, 5, 9, 0, tzinfo=HANOI)
"""October 2026 has no holiday: the 2nd of September is over, the New Year far."""


def ticks(first: date, last: date) -> Iterator[datetime]:
    """The scheduler's two runs on each day."""
    for number in range((last - first).days + 1):
        for hour in (7, 13):
            yield datetime.combine(
                first + timedelta(days=number), datetime.min.time().replace(hour=hour, minute=40), HANOI
            )


def run(first: date, last: date) -> None:
    """Let the scheduler run from one day to another."""
    for tick in ticks(first, last):
        with time_machine.travel(tick, tick=False):
            chase_deadlines()


def told(case: Case) -> list[tuple[str, int]]:
    """The steps told of a case, with the day."""
    rows = Chaser.objects.filter(case=case).order_by("pk")
    return [(f"{row.told_at.astimezone(HANOI):%m-%d}", row.step) for row in rows]


def letters(case: Case, chain: str = "") -> list[Message]:
    """The letters of chasers of a case."""
    return list(Message.objects.filter(case=case, template__startswith=f"chaser-{chain}").order_by("pk"))


@pytest.fixture(autouse=True)
def _ten_working_days(db: None) -> None:
    """The petition's procedure gets the days of a registration."""
    del db
    ProcedureVersion.objects.filter(code="petition").update(working_days=10, completeness_days=5, answer_days=30)


@pytest.mark.django_db
def test_a_month_of_ticks_replayed_twice_tells_every_step_exactly_once() -> None:
    with time_machine.travel(MONDAY, tick=False):
        cast = Cast()
        awaited = walk("petition", Status.AWAITING_INVESTOR, cast)
        office = walk("petition", Status.ACCEPTED, cast)
        desk = walk("petition", Status.SUBMITTED, cast)
        second_desk_officer = official(roles.DESK_OFFICER)
        returned = walk("petition", Status.RETURNED, cast)
        Case.objects.filter(pk=desk.pk).update(officer=None)
    for _replay in range(2):
        run(date(2026, 10, 5), date(2026, 11, 5))
    assert told(awaited) == told(returned) == [("10-20", 50), ("10-29", 80), ("11-04", 100)]
    assert told(office) == [("10-12", 50), ("10-15", 80), ("10-19", 100)]
    assert told(desk) == [("10-08", 50), ("10-09", 80), ("10-12", 100)]
    every = Message.objects.filter(template__startswith="chaser-")
    readers = Counter((letter.person_id, letter.case_id, letter.created_at.date()) for letter in every)
    assert set(readers.values()) == {1}
    assert {letter.person for letter in letters(office)} == {cast["desk officer"]}
    assert {letter.person for letter in letters(desk)} == {cast["desk officer"], second_desk_officer}
    members = {cast[name] for name in ("owner", "preparer", "signer of the company", "observer")}
    assert {letter.person for letter in letters(awaited)} == members
    assert len(letters(awaited)) == 3 * len(members)


@pytest.mark.django_db
def test_an_answer_in_between_ends_its_chain_and_the_legal_clock_goes_on_where_it_stood() -> None:
    with time_machine.travel(MONDAY, tick=False):
        cast = Cast()
        case = walk("petition", Status.ACCEPTED, cast)
    run(date(2026, 10, 6), date(2026, 10, 12))
    with time_machine.travel(datetime(2026, 10, 13, 9, tzinfo=HANOI), tick=False):
        verbs.request_supplement(case, by=cast["appraiser"], reasons="Bổ sung.", deadline_on=date(2026, 10, 23))
    run(date(2026, 10, 13), date(2026, 10, 18))
    with time_machine.travel(datetime(2026, 10, 19, 9, tzinfo=HANOI), tick=False):
        verbs.supplement(Case.objects.get(pk=case.pk), by=cast["signer of the company"], answer="Đã bổ sung.")
    run(date(2026, 10, 19), date(2026, 11, 8))
    assert told(case) == [("10-12", 50), ("10-18", 50), ("10-21", 80), ("10-23", 100)]
    assert {letter.template for letter in letters(case)} == {"chaser-appraisal", "chaser-answer"}
    with time_machine.travel(datetime(2026, 11, 9, 9, tzinfo=HANOI), tick=False):
        verbs.withdraw(Case.objects.get(pk=case.pk), by=cast["signer of the company"])
    before = Message.objects.filter(template__startswith="chaser-").count()
    run(date(2026, 11, 10), date(2026, 11, 12))
    assert Message.objects.filter(template__startswith="chaser-").count() == before


@pytest.mark.django_db
def test_a_day_off_entered_later_moves_the_steps_that_are_still_to_come() -> None:
    with time_machine.travel(MONDAY, tick=False):
        case = walk("petition", Status.ACCEPTED, Cast())
    run(date(2026, 10, 6), date(2026, 10, 13))
    with time_machine.travel(datetime(2026, 10, 13, 15, tzinfo=HANOI), tick=False):
        CalendarDay.objects.create(
            date=date(2026, 10, 14), kind=CalendarDay.Kind.HOLIDAY, name_vi="Bão", name_en="Typhoon"
        )
        assert case.reference in restate_due_dates(why="Typhoon").moved
    run(date(2026, 10, 14), date(2026, 10, 30))
    assert told(case) == [("10-12", 50), ("10-16", 80), ("10-20", 100)]


@pytest.mark.django_db
def test_a_new_officer_gets_the_next_step_and_none_that_was_told_before() -> None:
    with time_machine.travel(MONDAY, tick=False):
        cast = Cast()
        case = walk("petition", Status.ACCEPTED, cast)
    run(date(2026, 10, 6), date(2026, 10, 13))
    with time_machine.travel(datetime(2026, 10, 13, 15, tzinfo=HANOI), tick=False):
        verbs.assign(Case.objects.get(pk=case.pk), by=cast["administrator"], officer=cast["appraiser"])
    run(date(2026, 10, 13), date(2026, 10, 16))
    assert told(case) == [("10-12", 50), ("10-15", 80)]
    assert [letter.person for letter in letters(case)] == [cast["desk officer"], cast["appraiser"]]


@pytest.mark.django_db
def test_after_days_without_a_run_only_the_step_that_is_due_goes_out() -> None:
    with time_machine.travel(MONDAY, tick=False):
        case = walk("petition", Status.ACCEPTED, Cast())
        long_late = walk("petition", Status.SUBMITTED, Cast())
    run(date(2026, 10, 20), date(2026, 10, 21))
    assert told(case) == [("10-20", 100)]  # one day late, and the letter says so
    assert told(long_late) == []  # eight days late: the queue shows it, no letter does
    assert "17:00" in letters(case)[0].subject


@pytest.mark.django_db
def test_a_letter_that_cannot_be_written_leaves_the_step_untold_and_holds_up_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with time_machine.travel(MONDAY, tick=False):
        broken, sound = (walk("petition", Status.ACCEPTED, Cast()) for _number in range(2))
    write = chaser_letters.write

    def fail_for_one(found: Chase) -> list[Message]:
        if found.case.pk == broken.pk:
            raise TemplateSyntaxError("a template that is broken")
        return write(found)

    monkeypatch.setattr(chaser_letters, "write", fail_for_one)
    run(date(2026, 10, 12), date(2026, 10, 12))
    assert (told(broken), told(sound)) == ([], [("10-12", 50)])
    monkeypatch.undo()
    run(date(2026, 10, 13), date(2026, 10, 13))
    assert (told(broken), told(sound)) == ([("10-13", 50)], [("10-12", 50)])


@pytest.mark.django_db
def test_the_database_refuses_a_second_row_and_any_change_of_one() -> None:
    with time_machine.travel(MONDAY, tick=False):
        case = walk("petition", Status.ACCEPTED, Cast())
    run(date(2026, 10, 12), date(2026, 10, 12))
    row = Chaser.objects.get(case=case)
    again = Chaser(case=case, event=row.event, step=row.step, deadline_at=row.deadline_at)
    with pytest.raises(DatabaseError, match="one_chaser_per_step"), transaction.atomic():
        again.save()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Chaser.objects.filter(pk=row.pk).update(step=99)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    ("state", "last"),
    [(Status.AWAITING_INVESTOR, 4), (Status.RETURNED, 4), (Status.SUBMITTED, 12), (Status.ACCEPTED, 19)],
)
def test_every_letter_says_what_to_do_by_when_in_text_and_in_html(state: Status, last: int, language: str) -> None:
    with time_machine.travel(MONDAY, tick=False):
        cast = Cast()
        case = walk("petition", state, cast)
        User.objects.update(language=language)
    month = 11 if last == 4 else 10
    end = date(2026, month, last)
    for day in (date(2026, 10, 8 if last == 12 else 21 if last == 4 else 12), end):
        run(day, day)
    found = letters(case)
    assert len({letter.subject for letter in found}) == 2
    for letter in found:
        assert letter.language == language
        check_words(letter, case.reference, case.title)


@pytest.mark.django_db(transaction=True)
def test_two_schedulers_at_the_same_moment_tell_a_step_once() -> None:
    with time_machine.travel(MONDAY, tick=False):
        case = walk("petition", Status.ACCEPTED, Cast())
    tick = datetime(2026, 10, 12, 7, 40, tzinfo=HANOI)
    assert sum(at_once(lambda _number: chase(tick), 4)) == 1
    assert len(letters(case)) == 1


def test_each_chain_has_its_three_dated_steps() -> None:
    ladder = {chain: [step.percent for step in steps() if step.chain == chain] for chain in CHAINS}
    assert ladder == {chain: [50, 80, 100] for chain in CHAINS}
