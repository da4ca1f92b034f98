"""Reference data: administrators change it, every change has a history, and deadlines follow the calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from cases import transitions as verbs
from cases.calendar import load_calendar
from cases.models import Authority, CalendarDay, CalendarYear, Case, PaperRule, ProcedureVersion
from cases.restating import restate_due_dates
from cases.states import Status
from cases.timekeeping import due_on
from tests.cases.desk.pages import page, text_of
from tests.walk import Cast, walk

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
SignIn = Callable[[User], Client]
MODELS = (Authority, CalendarDay, CalendarYear, PaperRule, ProcedureVersion)


def address(model: type, place: str = "") -> str:
    return f"/admin/cases/{model.__name__.lower()}/{place}"


def first_row(model: type) -> object:
    """A row of reference data; the authorities and the calendar are loaded for the whole suite."""
    return model.objects.first()  # type: ignore[attr-defined]


def between(case: Case) -> date:
    """A working day on which the clock of this case still runs."""
    calendar = load_calendar()
    day = calendar.add_working_days(timezone.localdate(), 1)
    assert case.due_on
    assert day <= case.due_on
    return day


@pytest.mark.parametrize("model", MODELS)
def test_administrators_read_lists_rows_and_their_history(cast: Cast, sit_down: SignIn, model: type) -> None:
    row = first_row(model)
    client = sit_down(cast["administrator"])
    for place in ("", f"{row.pk}/change/", f"{row.pk}/history/"):  # type: ignore[attr-defined]
        assert client.get(address(model, place)).status_code == 200


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("role", ["desk officer", "appraiser", "signer", "statistician"])
def test_nobody_else_does(cast: Cast, sit_down: SignIn, model: type, role: str) -> None:
    assert sit_down(cast[role]).get(address(model)).status_code == 403


@pytest.mark.parametrize("model", MODELS)
def test_nothing_is_deleted_not_even_by_an_operator(cast: Cast, sit_down: SignIn, model: type) -> None:
    row = first_row(model)
    client = sit_down(User.objects.create_superuser("operator@office.example", "a-long-password"))
    assert client.post(address(model, f"{row.pk}/delete/"), {"post": "yes"}).status_code == 403  # type: ignore[attr-defined]
    client.post(address(model), {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"})  # type: ignore[attr-defined]
    assert model.objects.filter(pk=row.pk).exists()  # type: ignore[attr-defined]


def test_a_day_off_that_is_entered_later_moves_the_deadline_and_writes_it_down(cast: Cast, sit_down: SignIn) -> None:
    case, ended = walk("petition", Status.ACCEPTED, cast), walk("petition", Status.ISSUED, cast)
    before, version, day = case.due_on, case.version, between(case)
    answer = sit_down(cast["administrator"]).post(
        address(CalendarDay, "add/"),
        {"date": day.isoformat(), "kind": "holiday", "name_vi": "Nghỉ bão", "name_en": "Typhoon", "source": "Công điện",
         "mark": "S2"},
    )  # fmt: skip
    assert answer.status_code == 302, text_of(answer)
    case.refresh_from_db()
    assert before
    assert case.due_on == load_calendar().add_working_days(before, 1)
    assert case.version == version + 1
    event = case.events.last()
    assert event
    assert (event.verb, event.side, event.by) == ("restate_due", "system", cast["administrator"])
    assert event.data["from"] == before.isoformat()
    assert event.data["to"] == case.due_on.isoformat()
    assert "Nghỉ bão" in event.data["why"]
    assert not ended.events.filter(verb="restate_due").exists()
    assert CalendarDay.history.filter(date=day).count() == 1


def test_changing_only_a_name_moves_nothing(cast: Cast, sit_down: SignIn) -> None:
    case = walk("petition", Status.ACCEPTED, cast)
    entry = CalendarDay.objects.earliest("date")
    data = {"date": entry.date.isoformat(), "kind": entry.kind, "name_vi": "Tên khác", "name_en": entry.name_en,
            "source": entry.source, "mark": entry.mark}  # fmt: skip
    assert sit_down(cast["administrator"]).post(address(CalendarDay, f"{entry.pk}/change/"), data).status_code == 302
    assert not case.events.filter(verb="restate_due").exists()


def test_whoever_had_the_case_open_is_told_that_the_deadline_moved(cast: Cast, sit_down: SignIn) -> None:
    case = walk("petition", Status.ACCEPTED, cast)
    client = sit_down(cast["appraiser"])
    seen = case.version
    CalendarDay.objects.create(date=between(case), kind="holiday", name_vi="Nghỉ", name_en="Off")
    restate_due_dates(why="Nghỉ")
    answer = client.post(page(case, "hold"), {"version": seen, "key": "k", "reason": "violation"})
    assert answer.status_code == 409
    assert [event.verb for event, _what in answer.context["since"]] == ["restate_due"]


@pytest.mark.parametrize("status", sorted(Status))
def test_after_a_recount_every_deadline_is_what_the_clock_says(cast: Cast, status: Status) -> None:
    case = walk("petition", status, cast)
    CalendarDay.objects.create(
        date=load_calendar().add_working_days(timezone.localdate(), 1), kind="holiday", name_vi="Nghỉ", name_en="Off"
    )
    restate_due_dates(why="Nghỉ")
    case = Case.objects.get(pk=case.pk)
    assert case.due_on == due_on(case, load_calendar())


def test_a_case_that_cannot_be_reckoned_keeps_its_day_and_is_named(cast: Cast) -> None:
    case = walk("petition", Status.ACCEPTED, cast)
    CalendarYear.objects.filter(year__gte=timezone.localdate().year).delete()
    done = restate_due_dates(why="Năm bị xóa")
    assert done.unreckoned == [case.reference]
    assert Case.objects.get(pk=case.pk).due_on == case.due_on


def test_a_recount_of_many_cases_reads_them_in_chunks(cast: Cast, django_assert_max_num_queries: object) -> None:
    for _number in range(6):
        walk("petition", Status.ACCEPTED, cast)
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        restate_due_dates(why="Không đổi")


def test_an_answer_after_the_recount_counts_on_the_new_calendar(cast: Cast) -> None:
    case = walk("petition", Status.AWAITING_INVESTOR, cast)
    CalendarDay.objects.create(
        date=load_calendar().add_working_days(timezone.localdate(), 2), kind="holiday", name_vi="Nghỉ", name_en="Off"
    )
    restate_due_dates(why="Nghỉ")
    verbs.supplement(case, by=cast["signer of the company"])
    assert case.due_on == due_on(Case.objects.get(pk=case.pk), load_calendar())
    assert case.due_on > timezone.localdate() + timedelta(days=2)  # type: ignore[operator]
