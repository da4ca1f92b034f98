"""Service levels in public: known histories give known figures, and no figure is about one case."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date, datetime
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from rest_framework.throttling import ScopedRateThrottle

from accounts import roles
from accounts.models import Organisation, User
from cases import transitions as verbs
from cases.calendar import load_calendar
from cases.models import CalendarDay, Case, Event, ProcedureVersion
from cases.service.figures import ALL, UNSETTLED, Counts, Measures, Settled, line, nearest_rank
from cases.service.months import Month
from cases.service.reading import Record, legal_times, read
from cases.states import Status
from cases.timekeeping import clock_of
from tests.cases.pages.visitors import text_of
from tests.walk import Cast, company, kinds, official, walk

pytestmark = pytest.mark.django_db
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
PAGE, API = "/service-levels/", "/api/v1/service-levels/"
NOW = datetime(2026, 11, 24, 10, tzinfo=HANOI)
FEB, MAR, OCT, NOV = (Month(2026, number) for number in (2, 3, 10, 11))
SECRET = "Nhà máy không được nêu tên"
TO = {
    "submit": Status.SUBMITTED, "accept": Status.ACCEPTED, "return_incomplete": Status.RETURNED,
    "request_supplement": Status.AWAITING_INVESTOR, "supplement": Status.ACCEPTED, "hold": Status.ON_HOLD,
    "resume": Status.ACCEPTED, "propose": Status.PROPOSED, "approve": Status.APPROVED, "refuse": Status.REFUSED,
    "issue": Status.ISSUED, "withdraw": Status.WITHDRAWN, "stop": Status.STOPPED,
}  # fmt: skip
_numbers = count(1)


@pytest.fixture(autouse=True)
def today() -> Iterable[None]:
    cache.clear()
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def officer() -> User:
    return official(roles.APPRAISER)


@pytest.fixture
def investor() -> Organisation:
    return company(SECRET)


def at(day: str, hour: int = 10) -> datetime:
    """An hour of a day of 2026 in Hai Phong, written 11-24."""
    month, number = day.split("-")
    return datetime(2026, int(month), int(number), hour, tzinfo=HANOI)


class Told:
    """Cases whose histories are written down: each move as (verb, day) or (verb, day, hour)."""

    def __init__(self, officer: User, investor: Organisation) -> None:
        self.officer, self.investor = officer, investor

    def __call__(self, *moves: tuple[Any, ...], code: str = "irc") -> Case:
        accepted = next((at(*move[1:]) for move in moves if move[0] == "accept"), None)
        version = accepted and ProcedureVersion.objects.filter(code=code, valid_from__lte=accepted).latest("valid_from")
        before = Status.DRAFT
        case = Case.objects.create(
            kind="petition", organisation=self.investor, created_by=self.officer, status=TO[moves[-1][0]],
            title=SECRET, submitted_at=at(*moves[0][1:]), procedure=version, version=len(moves) + 1,
            reference=f"HP-SL-{next(_numbers):05d}",
        )  # fmt: skip
        events = []
        for version_number, (verb, *moment) in enumerate(moves, 2):
            data = {"reason": "violation"} if verb == "hold" else {}
            events.append(Event(case=case, verb=verb, from_status=before, to_status=TO[verb], by=self.officer,
                                side="official", at=at(*moment), version=version_number, data=data))  # fmt: skip
            before = TO[verb]
        Event.objects.bulk_create(events)
        return case

    def simple(self, end: str, verb: str = "issue", *, start: str = "10-01", code: str = "irc") -> Case:
        return self(("submit", start), ("accept", start), (verb, end), code=code)


@pytest.fixture
def told(officer: User, investor: Organisation) -> Told:
    return Told(officer, investor)


@pytest.fixture
def reader() -> Client:
    return Client(headers={"accept-language": "en"})


def the_record(*months: Month) -> Record:
    return read(months, legal_times())


def only(month: Month) -> Settled:
    (case,) = the_record(month).decided[month]
    return case


# --- known answers ----------------------------------------------------------------------------------------------------
def test_days_are_counted_as_the_clock_counts_them_and_the_very_day_is_on_time(told: Told) -> None:
    told.simple("10-15")  # ten working days after Thursday 1 October: 15 October
    assert only(OCT) == Settled("irc", 10, 0, True)


def test_one_day_more_is_late(told: Told) -> None:
    told.simple("10-16")
    assert only(OCT) == Settled("irc", 11, 0, False)


def test_a_decision_on_the_day_off_after_the_last_day_is_late_though_it_used_no_day_more(told: Told) -> None:
    told.simple("10-17", start="10-02")  # due Friday 16 October, decided on Saturday
    assert only(OCT) == Settled("irc", 10, 0, False)


def test_a_supplement_stops_the_days_and_moves_the_due_day(told: Told) -> None:
    told(
        ("submit", "10-01"), ("accept", "10-01"), ("request_supplement", "10-06"), ("supplement", "10-13", 18),
        ("propose", "10-20"), ("approve", "10-21"), ("issue", "10-23"),
    )  # fmt: skip
    # used 2 and 5 October, then from 14 October, because the answer came after closing time: 14-16, 19-23
    assert only(OCT) == Settled("irc", 10, 6, True)


def test_a_hold_stops_the_days_and_a_late_refusal_is_a_late_decision(told: Told) -> None:
    told(("submit", "10-01"), ("accept", "10-01"), ("hold", "10-02"), ("resume", "10-05"), ("refuse", "10-19"))
    assert only(OCT) == Settled("irc", 11, 1, False)


def test_tet_is_nobodys_working_day(told: Told) -> None:
    told(("submit", "02-12"), ("accept", "02-12"), ("issue", "02-27"))
    assert only(FEB) == Settled("irc", 6, 0, True)  # 13 February, then 23-27; Tet is 16-20 February


def test_a_month_counts_what_happened_in_it_by_the_day_in_hai_phong(told: Told) -> None:
    told(("submit", "10-31", 23), ("withdraw", "11-02"))
    told(("submit", "10-01"), ("return_incomplete", "10-05"), ("submit", "11-03"), ("accept", "11-04"))
    told(("submit", "10-01"), ("accept", "10-02"), ("request_supplement", "10-05"), ("stop", "11-20"))
    told.simple("11-02", start="10-30")
    table = the_record(OCT, NOV)
    lines = {
        (code, month): line(code, month, table.counts, table.decided, today=NOV)
        for code in (ALL, "irc", UNSETTLED)
        for month in (OCT, NOV)
    }
    assert lines[ALL, OCT].counts == Counts(received=4, accepted=2)
    assert lines[ALL, NOV].counts == Counts(accepted=1, decided=1, withdrawn=1, stopped=1)
    assert lines["irc", OCT].counts == Counts(received=3, accepted=2)
    assert lines[UNSETTLED, NOV].counts == Counts(withdrawn=1)
    assert [lines[ALL, month].open_at_end for month in (OCT, NOV)] == [4, 1]
    assert (lines[ALL, OCT].over, lines[ALL, NOV].over) == (True, False)


def test_a_draft_given_up_was_never_received(told: Told) -> None:
    told(("withdraw", "11-02"))
    assert the_record(NOV).counts == {}


def test_a_holiday_entered_later_changes_what_is_kept(told: Told) -> None:
    told.simple("10-15")
    assert only(OCT).used == 10
    CalendarDay.objects.create(date=date(2026, 10, 7), kind="holiday", name_vi="Nghỉ", name_en="Day off")
    assert only(OCT).used == 9


# --- the honest clock's own figure ------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", kinds())
def test_every_kind_that_walked_to_a_refusal_reads_as_its_own_clock(kind: str) -> None:
    cast = Cast()
    case = walk(kind, Status.ACCEPTED, cast)
    with time_machine.travel(at("12-07"), tick=False):
        verbs.hold(case, by=cast["appraiser"], reason="violation")
    with time_machine.travel(at("12-09"), tick=False):
        verbs.resume(case, by=cast["appraiser"])
        propose = {"outcome": "refuse", "reasons": "Quy hoạch.", "clauses": "L143 33", "facts": "-"}
        verbs.propose(case, by=cast["appraiser"], **propose)
    with time_machine.travel(at("12-14"), tick=False):
        verbs.refuse(case, by=cast["signer"])
    own = clock_of(Case.objects.get(pk=case.pk), calendar=load_calendar(), now=at("12-14"))
    assert own.due_on
    assert case.procedure
    assert (own.phase, own.stopped) == ("ended", 2)
    assert only(Month(2026, 12)) == Settled(case.procedure.code, own.used, 2, date(2026, 12, 14) <= own.due_on)


def test_any_history_reads_as_its_own_clock(told: Told) -> None:
    histories = [
        told.simple("11-20"),
        told(("submit", "10-01"), ("accept", "10-03"), ("request_supplement", "10-05"), ("supplement", "10-25", 9),
             ("hold", "10-27"), ("resume", "11-03"), ("refuse", "11-10")),
        told(("submit", "10-01"), ("accept", "10-02", 18), ("hold", "10-02", 19), ("resume", "10-02", 20),
             ("issue", "11-04")),
    ]  # fmt: skip
    expected = []
    for case in histories:
        own = clock_of(Case.objects.get(pk=case.pk))
        assert own.due_on
        assert own.ended_on
        expected.append((own.used, own.stopped, own.ended_on <= own.due_on))
    assert [(one.used, one.stopped, one.on_time) for one in the_record(NOV).decided[NOV]] == expected
    assert len({used for used, _stopped, _on_time in expected}) == 3


# --- small numbers ----------------------------------------------------------------------------------------------------
def settled(*used: int, code: str = "irc") -> list[Settled]:
    return [Settled(code, days, days % 3, days <= 10) for days in used]


def measures(code: str, cases: list[Settled]) -> Measures | None:
    counts = {(one.procedure, OCT): Counts(decided=1) for one in cases}
    return line(code, OCT, counts, {OCT: cases}, today=NOV).measures


def test_four_decided_cases_tell_nothing_and_five_do() -> None:
    assert measures("irc", settled(3, 4, 5, 6)) is None
    assert measures("irc", settled(3, 4, 5, 6, 11)) == Measures(5, 11, 4, 80, 0 + 1 + 2 + 0 + 2, 1)


def test_a_total_that_would_give_a_small_procedure_away_is_hidden_too() -> None:
    many, few = settled(3, 4, 5, 6, 7), settled(9, 9, code="irc-special")
    assert measures("irc", many + few) is not None
    assert measures(ALL, many + few) is None
    assert measures(ALL, many + few + settled(1, 2, 3, code="irc-adjust")) is not None
    assert measures(ALL, many) is not None


def test_the_share_is_never_rounded_up_and_the_rank_is_a_value_that_occurred() -> None:
    found = measures("irc", settled(*[10] * 199, 11))
    assert found
    assert (found.on_time, found.on_time_share) == (199, 99)
    assert [nearest_rank(range(1, last + 1), 90) for last in (1, 5, 10, 11, 20)] == [1, 5, 9, 10, 18]


def test_the_page_says_too_few_and_tells_no_day(told: Told, reader: Client) -> None:
    for day in ("10-13", "10-14", "10-16", "10-19"):
        told.simple(day)
    hidden = text_of(reader.get(PAGE))
    assert hidden.count("too few") == 5 + 2 + 1  # five columns of October, two of the procedure, and what it means
    assert "Half of the decided cases" not in hidden
    told.simple("10-15")
    shown = text_of(reader.get(PAGE, {"procedure": "irc"}))
    assert "Half of the decided cases used 10 working days or fewer, nine of ten 12 or fewer." in shown
    assert "60%" in shown


# --- page, CSV, programs ----------------------------------------------------------------------------------------------
def test_anyone_reads_the_last_twelve_months_and_nothing_of_a_case(told: Told, reader: Client) -> None:
    cases = [told.simple(f"11-{day:02d}") for day in range(2, 9)]
    for answer in (reader.get(PAGE), reader.get(API)):
        assert answer.status_code == 200
        body = answer.content.decode()
        assert SECRET not in body
        assert not any(case.reference in body for case in cases)
    words = text_of(reader.get(PAGE))
    assert "not over yet" in words
    assert words.index("Nov 2026 not over yet") < words.index("Oct 2026 7")
    assert f'href="{PAGE}"' in reader.get("/").content.decode()


def test_a_question_that_cannot_be_read_is_answered_with_every_mistake_and_what_was_chosen(reader: Client) -> None:
    answer = reader.get(PAGE, {"from": "2026-13", "procedure": "no-such"})
    words = text_of(answer)
    assert answer.status_code == 422
    assert "There is a problem" in words
    assert "for example 2026-11" in words
    assert "no-such" in words
    assert reader.get(PAGE, {"from": "2026-11", "to": "2026-10", "format": "csv"}).status_code == 422
    refused = reader.get(API, {"from": "2026-11", "to": "2026-10"})
    assert refused.status_code == 400
    assert "The last month comes before the first." in refused.content.decode()


def test_the_csv_says_what_was_asked_as_of_when_and_how_many_rows(told: Told, reader: Client) -> None:
    for day in range(12, 17):
        told.simple(f"10-{day}")
    told.simple("10-20", code="irc-special")
    answer = reader.get(PAGE, {"from": "2026-09", "to": "2026-11", "format": "csv"})
    assert answer["Content-Disposition"] == 'attachment; filename="service-levels.csv"'
    assert answer.streaming
    body = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    rows = list(csv.reader(body.removeprefix("\ufeff").splitlines()))
    head, table = dict(rows[:6]), rows[7:]
    assert (head["Months"], head["Procedure"], head["Rows"]) == ("2026-09/2026-11", "All procedures", str(len(table)))
    assert head["As of"] == "2026-11-24T10:00:00+07:00"
    by_code = {row[2]: row for row in table}
    assert by_code["irc"][4:] == ["5", "5", "5", "9", "11", "4", "80", "0", "0", "0", "0", "0"]
    assert by_code["irc-special"][6:13] == ["1", "", "", "", "", "", ""]


def test_programs_get_the_figures_of_the_page(told: Told, reader: Client) -> None:
    for day in range(12, 17):
        told.simple(f"10-{day}")
    told.simple("10-20", code="irc-special")
    body = reader.get(API, {"from": "2026-01", "to": "2026-11", "procedure": "irc"}).json()
    assert (body["first_month"], body["last_month"], body["procedure"], body["rows"]) == (
        "2026-01",
        "2026-11",
        "irc",
        1,
    )
    assert body["lines"] == [{
        "month": "2026-10", "over": True, "procedure": "irc", "received": 5, "accepted": 5, "decided": 5,
        "withdrawn": 0, "stopped": 0, "open_at_end": 0,
        "measures": {"median_used": 9.0, "p90_used": 11, "on_time": 4, "on_time_share": 80, "stopped_days": 0,
                     "stopped_median": 0.0},
    }]  # fmt: skip
    special = reader.get(API, {"procedure": "irc-special"}).json()["lines"]
    assert [(one["decided"], one["measures"]) for one in special] == [(1, None)]


def test_programs_are_rate_limited(reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ScopedRateThrottle.THROTTLE_RATES, "public", "2/minute")
    assert [reader.get(API).status_code for _number in range(3)] == [200, 200, 429]


def test_two_hundred_cases_cost_the_questions_of_ten(told: Told, reader: Client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert reader.get(PAGE).status_code == 200
        return len(asked)

    for number in range(10):
        told.simple(f"{10 + number % 2}-{12 + number % 5}")
    cold, warm = cost(), cost()
    assert warm == cold - 1
    for number in range(190):
        told.simple(f"{10 + number % 2}-{12 + number % 5}", code=("irc", "irc-special")[number % 2])
    assert (cost(), cost()) == (cold, warm)
    assert cold <= 6
