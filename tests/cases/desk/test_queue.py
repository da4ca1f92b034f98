"""The queue: what stands where, what each filter shows, and that every view lives in its address."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import User
from cases import transitions as verbs
from cases.calendar import Calendar, load_calendar
from cases.desk.days import days_until, in_words
from cases.desk.filters import Filters
from cases.desk.keyset import page_of
from cases.desk.orders import ORDERS
from cases.models import Case
from cases.states import Status
from tests.cases.desk.pages import queue, references, text_of
from tests.walk import Cast, company, walk

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
MONDAY = datetime(2026, 11, 16, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture
def monday() -> time_machine.Coordinates:
    """A Monday morning that can be moved; the calendar has a holiday on Tuesday of the week after."""
    with time_machine.travel(MONDAY, tick=True) as clock:
        yield clock


def line_of(answer: object, case: Case) -> object:
    return next(line for line in answer.context["queue"].lines if line.reference == case.reference)  # type: ignore[attr-defined]


@pytest.mark.embedded
def test_a_row_says_everything_an_official_sorts_by(cast: Cast, sit_down: SignIn) -> None:
    case = walk("petition", Status.ACCEPTED, cast)
    words = text_of(sit_down(cast["appraiser"]).get(queue()))
    for wanted in (case.reference, case.dossier_code, case.organisation.name, case.title, "Petition", "1.250.000"):
        assert wanted in words
    assert str(cast["desk officer"]) in words


@pytest.mark.embedded
def test_what_the_investor_has_answered_comes_first_then_the_nearest_deadline(
    cast: Cast, sit_down: SignIn, monday: time_machine.Coordinates
) -> None:
    late = walk("petition", Status.ACCEPTED, cast)
    monday.shift(timedelta(days=1))
    waiting, answered, later = (walk("petition", Status.ACCEPTED, cast) for _case in range(3))
    for case in (waiting, answered):
        verbs.request_supplement(case, by=cast["appraiser"], reasons="Bổ sung.")
    verbs.supplement(answered, by=cast["signer of the company"])
    done = walk("petition", Status.ISSUED, cast)
    answer = sit_down(cast["appraiser"]).get(queue(status="all"))
    assert references(answer) == [case.reference for case in (answered, late, later, waiting, done)]
    assert line_of(answer, answered).answered  # type: ignore[attr-defined]


@pytest.mark.embedded
def test_days_left_run_on_working_days_and_say_when_the_clock_stands_still(
    cast: Cast, sit_down: SignIn, monday: time_machine.Coordinates
) -> None:
    running, stopping = walk("petition", Status.ACCEPTED, cast), walk("petition", Status.ACCEPTED, cast)
    monday.shift(timedelta(days=1))
    verbs.request_supplement(stopping, by=cast["appraiser"], reasons="Bổ sung.")
    total = running.procedure.working_days if running.procedure else 0

    def days(case: Case) -> tuple[str, str]:
        found = line_of(sit_down(cast["appraiser"]).get(queue()), case).days  # type: ignore[attr-defined]
        return found.text, found.tone

    cast["appraiser"].language = "en"
    cast["appraiser"].save()
    assert days(running) == (f"{total - 1} days left", "warn")
    assert days(stopping) == (f"stopped, {total} left", "stopped")
    monday.move_to(datetime.combine(running.due_on, MONDAY.timetz()))  # type: ignore[arg-type]
    assert days(running) == ("due today", "warn")
    monday.shift(timedelta(days=1))
    assert days(running)[1] == "danger"
    assert "overdue" in days(running)[0]


@pytest.mark.parametrize(
    ("today", "due", "left"),
    [
        ("2026-11-20", "2026-11-27", 4),  # Tuesday the 24th is a day off
        ("2026-11-23", "2026-11-25", 1),
        ("2026-11-25", "2026-11-25", 0),
        ("2026-11-26", "2026-11-25", -1),
        ("2026-11-28", "2026-11-27", -1),  # a Saturday: no working day has passed, yet it is late
        ("2026-12-31", "2028-01-05", None),  # nobody entered that year
    ],
)
def test_days_are_counted_as_the_clock_counts_them(today: str, due: str, left: int | None) -> None:
    calendar = Calendar(frozenset({2026, 2027}), {date(2026, 11, 24): ("Ngày Văn hóa", "Culture Day")})
    assert days_until(date.fromisoformat(due), calendar, date.fromisoformat(today)) == left
    assert in_words(left).text


@pytest.mark.embedded
def test_each_view_shows_what_its_name_says(cast: Cast, sit_down: SignIn) -> None:
    submitted = walk("petition", Status.SUBMITTED, cast)
    accepted = walk("petition", Status.ACCEPTED, cast)
    proposed = walk("petition", Status.PROPOSED, cast)
    issued = walk("petition", Status.ISSUED, cast)
    verbs.assign(accepted, by=cast["desk officer"], officer=cast["signer"])
    Case.objects.filter(pk=accepted.pk).update(due_on=timezone.localdate() - timedelta(days=3))
    client = sit_down(cast["signer"])

    def shows(**choices: str) -> set[str]:
        return set(references(client.get(queue(**choices))))

    def refs(*cases: Case) -> set[str]:
        return {case.reference for case in cases}

    assert shows() == refs(submitted, accepted, proposed)
    assert shows(status="all") == refs(submitted, accepted, proposed, issued)
    assert shows(status="ended") == refs(issued)
    assert shows(status="submitted") == refs(submitted)
    assert shows(whose="mine") == refs(accepted)
    assert shows(whose="unassigned") == refs(submitted)
    assert shows(whose="signature") == refs(proposed)
    assert shows(due="overdue") == refs(accepted)
    assert shows(due="today") == set()
    assert shows(kind="petition", authority="HEZA") == refs(submitted, accepted, proposed)
    assert shows(authority="DOF") == set()
    assert shows(whose="mine", due="soon") == set()


@pytest.mark.embedded
def test_nobody_is_asked_to_sign_what_they_proposed(cast: Cast, sit_down: SignIn) -> None:
    case = walk("petition", Status.PROPOSED, cast)
    Case.objects.filter(pk=case.pk).update(proposed_by=cast["signer"])
    assert references(sit_down(cast["signer"]).get(queue(whose="signature"))) == []


@pytest.mark.embedded
@pytest.mark.parametrize(
    "words", ["Công ty Đình Vũ", "cong ty dinh vu", "CÔNG TY ĐÌNH", "Co\u0302ng ty \u0110i\u0300nh Vu\u0303", "vu dinh"]
)
def test_search_minds_neither_accents_nor_case_nor_how_the_marks_were_typed(
    cast: Cast, sit_down: SignIn, words: str
) -> None:
    cast.organisation.name = "Công ty TNHH Đình Vũ"
    cast.organisation.save()
    wanted = walk("petition", Status.SUBMITTED, cast)
    other = Cast(organisation=company("Tràng Duệ"))
    walk("petition", Status.SUBMITTED, other)
    assert references(sit_down(cast["desk officer"]).get(queue(q=words))) == [wanted.reference]


@pytest.mark.embedded
def test_a_search_looks_among_the_done_as_well_unless_told_otherwise(cast: Cast, sit_down: SignIn) -> None:
    issued = walk("petition", Status.ISSUED, cast)
    client = sit_down(cast["desk officer"])
    assert references(client.get(queue(q=issued.reference.lower()))) == [issued.reference]
    assert references(client.get(queue(q=issued.dossier_code))) == [issued.reference]
    assert references(client.get(queue(q=issued.reference, status="open"))) == []
    assert references(client.get(queue(q="100%_"))) == []


@pytest.mark.embedded
def test_a_view_survives_nonsense_in_its_address(cast: Cast, sit_down: SignIn) -> None:
    case = walk("petition", Status.SUBMITTED, cast)
    client = sit_down(cast["desk officer"])
    for choices in ({"status": "no-such"}, {"sort": "x", "after": "1~2~3~4"}, {"due": "'"}, {"before": "a~b~c"}):
        assert references(client.get(queue(**choices))) == [case.reference]


@pytest.mark.parametrize("name", ORDERS)
def test_pages_forwards_and_backwards_meet_every_case_once(cast: Cast, name: str) -> None:
    first = walk("petition", Status.ACCEPTED, cast)
    rows = [
        Case(kind="petition", reference=f"T-{number}", organisation=cast.organisation, created_by=first.created_by,
             status=status, submitted_at=MONDAY - timedelta(hours=number // 3), title=f"Dự án {number}",
             due_on=MONDAY.date() + timedelta(days=number % 3) if number % 4 else None,
             answered_at=MONDAY if number % 5 == 0 else None, amount_usd=Decimal(number % 6) if number % 7 else None)
        for number, status in enumerate([Status.ACCEPTED, Status.SUBMITTED, Status.ISSUED, Status.REFUSED] * 8)
    ]  # fmt: skip
    Case.objects.bulk_create(rows)
    order, everything = ORDERS[name], Case.objects.all()
    forwards, page = list[int](), page_of(everything, order, ["pk"], size=5)
    last = page
    while True:
        forwards += [row["pk"] for row in page.rows]
        last = page
        if not page.next:
            break
        page = page_of(everything, order, ["pk"], after=page.next, size=5)
    assert forwards == list(order.sorted(order.annotate(everything)).values_list("pk", flat=True))
    assert len(forwards) == len(set(forwards)) == 33
    backwards = [row["pk"] for row in last.rows]
    while last.previous:
        last = page_of(everything, order, ["pk"], before=last.previous, size=5)
        backwards = [row["pk"] for row in last.rows] + backwards
    assert backwards == forwards


@pytest.mark.embedded
def test_choices_in_a_link_keep_each_other(cast: Cast, sit_down: SignIn) -> None:
    answer = sit_down(cast["signer"]).get(queue(q="vũ", kind="petition", due="overdue"))
    shown = answer.context["queue"]
    mine = shown.views()[0][0]
    assert Filters.read(dict(pair.split("=") for pair in mine.url.removeprefix("?").split("&"))).whose == "mine"
    assert {"kind=petition", "due=overdue"} < set(mine.url.removeprefix("?").split("&"))
    chips = {chip["label"]: chip["url"] for chip in shown.chips()}
    assert "q=" not in chips["“vũ”"]
    assert "kind=petition" in chips["“vũ”"]
    assert ("due", "overdue") in shown.kept


@pytest.mark.embedded
@pytest.mark.parametrize("role", ["statistician", "owner"])
def test_who_has_no_business_with_cases_does_not_see_the_queue(cast: Cast, sit_down: SignIn, role: str) -> None:
    assert sit_down(cast[role]).get(queue()).status_code in (302, 403)


@pytest.mark.embedded
def test_drafts_are_nobodys_business_but_the_investors(cast: Cast, sit_down: SignIn) -> None:
    draft = walk("petition", Status.DRAFT, cast)
    client = sit_down(cast["administrator"])
    assert references(client.get(queue(status="all"))) == []
    assert client.get(f"/admin/cases/case/{draft.pk}/change/").status_code == 404


@pytest.mark.embedded
def test_a_year_nobody_entered_does_not_break_the_list(cast: Cast, sit_down: SignIn) -> None:
    case = walk("petition", Status.ACCEPTED, cast)
    Case.objects.filter(pk=case.pk).update(due_on=date(max(load_calendar().years) + 2, 1, 5))
    assert sit_down(cast["appraiser"]).get(queue()).status_code == 200
