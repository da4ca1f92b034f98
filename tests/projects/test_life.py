"""The life of a licensed project: who may do what from where, the legal days, and what each act writes."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import translation

from cases import transitions as verbs
from cases.calendar import load_calendar
from cases.errors import Invalid, NotAllowed, WrongState
from certificates.models import Certificate
from projects import life, life_checks, suspension
from projects.chain import Capital, append, totals, verify
from projects.life_models import LifeInformed, LifeNotice
from projects.life_rules import Limit, due, grounds, last_allowed, suspension_limit
from projects.models import CapitalEvent, Project
from projects.suspension import standing
from tests.projects.lives import in_state, licensed, on, told
from tests.walk import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

DAY = date(2026, 6, 15)
STATES = ("approved", "active", "suspended", "terminated")
SOURCES = {
    "suspend": {"active"}, "resume": {"suspended"}, "terminate": {"active", "suspended"},
    "revoke": {"active", "suspended"},
}  # fmt: skip
ALLOWED = {
    "suspend": {"signer of the company", "desk officer", "signer"},
    "resume": {"signer of the company", "desk officer", "signer"},
    "terminate": {"signer of the company", "signer"},
    "revoke": {"signer"},
}
AFTER = {"suspend": "suspended", "resume": "active", "terminate": "terminated", "revoke": "terminated"}


@pytest.fixture
def cast(db: None) -> Cast:
    """Everybody; the consultant's letter ended the day before DAY."""
    with on(DAY):
        return Cast()


@pytest.fixture
def project(cast: Cast) -> Project:
    """Active, with a certificate of 2 April 2026."""
    return licensed(cast)


def ground_for(act: str, official: bool) -> str:
    """A ground that fits the side."""
    return told(act, DAY).ground if not official or act != "terminate" else "no_site"


# --- who, from where ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("act", "state"), list(product(SOURCES, STATES)))
def test_every_act_from_every_state_by_everybody(act: str, state: str, cast: Cast) -> None:
    project = in_state(state, cast)
    verb, events = life.ACTS[act], project.events.count()
    for role, person in cast.people.items():
        with on(DAY), transaction.atomic():
            possible = verb.possible(project, person)
            facts = told(act, DAY, ground=ground_for(act, person.is_staff))
            if state not in SOURCES[act]:
                with pytest.raises(WrongState):
                    verb(project, by=person, told=facts)
                assert not possible, role
            elif role not in ALLOWED[act]:
                with pytest.raises(NotAllowed):
                    verb(project, by=person, told=facts)
                assert not possible, role
            else:
                notice = verb(project, by=person, told=facts)
                assert possible, role
                assert (notice.by, notice.side) == (person, "official" if person.is_staff else "investor")
                assert Project.objects.get(pk=project.pk).state == project.state == AFTER[act]
                assert notice.event.seq == events + 1
                assert verify(Project.objects.filter(pk=project.pk)).ok
                transaction.set_rollback(True)
        project.refresh_from_db()
        assert (project.state, project.events.count()) == (state, events), role


def test_nobody_acts_for_a_project_without_company_but_officials(cast: Cast, project: Project) -> None:
    Project.objects.filter(pk=project.pk).update(organisation=None)
    project = Project.objects.get(pk=project.pk)
    assert not life.terminate.possible(project, cast["signer of the company"])
    assert life.terminate.possible(project, cast["signer"])


# --- what an act writes ---------------------------------------------------------------------------------------------
def test_a_suspension_moves_no_capital_and_leaves_the_certificate(cast: Cast, project: Project) -> None:
    before = totals(project)
    with on(DAY):
        notice = life.suspend(project, by=cast["signer of the company"], told=told("suspend", DAY))
    assert totals(project) == before
    assert notice.event.kind == CapitalEvent.Kind.SUSPENSION
    assert (notice.until, notice.certificate, notice.clause) == (date(2026, 6, 28), None, "D96 65")
    assert Certificate.objects.get(case=project.case).state == "valid"


@pytest.mark.parametrize(
    ("act", "role", "ground", "ends_as"),
    [
        ("terminate", "signer of the company", "own_decision", "surrendered"),
        ("terminate", "signer of the company", "end_of_term", "surrendered"),
        ("terminate", "signer", "own_decision", "surrendered"),
        ("terminate", "signer", "stopped_unreachable", "revoked"),
        ("revoke", "signer", "forged_dossier", "revoked"),
    ],
)
def test_an_end_takes_all_capital_out_and_ends_the_certificate(
    act: str, role: str, ground: str, ends_as: str, cast: Cast, project: Project
) -> None:
    assert (totals(project)["total_usd"] or 0) > 0
    with on(DAY):
        notice = life.ACTS[act](project, by=cast[role], told=told(act, DAY, ground=ground, reason="Đã bán nhà máy."))
    certificate = Certificate.objects.get(case=project.case)
    assert (certificate.state, certificate.ended_on, certificate.ended_by) == (ends_as, DAY, cast[role])
    assert certificate.end_reason == "Đã bán nhà máy."
    assert notice.certificate == certificate
    assert {name for name, value in totals(project).items() if value} == set()
    event = notice.event
    assert (event.kind, event.certificate_number, event.actor) == ("termination", certificate.number, cast[role])
    assert verify().ok


def test_an_end_is_foreseen_as_it_then_happens(cast: Cast, project: Project) -> None:
    by = cast["signer of the company"]
    with on(DAY):
        seen = life.terminate.foresee(project, by=by, told=told("terminate", DAY))
        assert (project.events.count(), project.life_notices.count()) == (1, 0), "foreseeing writes nothing"
        notice = life.terminate(project, by=by, told=told("terminate", DAY))
    assert seen.capital_before == tuple(getattr(project.events.get(seq=1), f"total_{name}") for name in ("vnd", "usd"))
    assert seen.capital_after == (Decimal(0), Decimal(0))
    assert seen.certificate == notice.certificate
    assert Certificate.objects.get(case=project.case).state == seen.certificate_after == "surrendered"
    assert (seen.notice_due_on, seen.late, seen.inform_by) == (notice.notice_due_on, notice.late, notice.inform_by)


def test_if_the_certificate_cannot_end_nothing_happened(
    cast: Cast, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise WrongState("no")

    monkeypatch.setattr("projects.life.ending.surrender", fail)
    with on(DAY), pytest.raises(WrongState):
        life.terminate(project, by=cast["signer of the company"], told=told("terminate", DAY))
    project.refresh_from_db()
    assert (project.state, project.events.count(), project.life_notices.count()) == ("active", 1, 0)


def test_a_project_taken_over_without_certificate_ends_too(cast: Cast) -> None:
    project = Project.objects.create(name="LG Display", state="active", imported=True)
    facts = told("terminate", DAY, ground="dissolved")
    with on(DAY), translation.override("en"), pytest.raises(WrongState, match="first certificate"):
        life.terminate(project, by=cast["signer"], told=facts)  # no source states a capital that could end
    append(project, "issue", capital=Capital(total_usd=Decimal(650_000_000)), effective_on=date(2016, 4, 15), by=None)
    with on(DAY):
        notice = life.terminate(project, by=cast["signer"], told=facts)
    assert notice.certificate is None
    assert totals(project)["total_usd"] == 0
    assert Project.objects.get(pk=project.pk).state == "terminated"


def test_the_same_request_twice_is_one_act(cast: Cast, project: Project) -> None:
    by = cast["signer of the company"]
    with on(DAY):
        first = life.suspend(project, by=by, told=told("suspend", DAY), key="k")
        again = life.suspend(project, by=by, told=told("suspend", DAY), key="k")
        with pytest.raises(WrongState):
            life.suspend(project, by=by, told=told("suspend", DAY), key="another")
    assert (first, project.events.count()) == (again, 2)


@pytest.mark.parametrize("table", ["projects_lifenotice", "projects_lifeinformed"])
def test_notices_are_never_changed_or_deleted(table: str, cast: Cast, project: Project) -> None:
    with on(DAY):
        notice = life.suspend(project, by=cast["signer of the company"], told=told("suspend", DAY))
        life.record_informed(notice, by=cast["desk officer"], informed_on=DAY, offices="Thuế, Hải quan")
    for change in (f"DELETE FROM {table}", f"UPDATE {table} SET late = NOT late"):
        with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)


# --- refusals name the figure ---------------------------------------------------------------------------------------
def suspended_for(project: Project, by: Any, start: date, days: int) -> None:
    """A suspension that lasted so many days and is over."""
    end = start + timedelta(days=days)
    with on(start):
        life.suspend(project, by=by, told=told("suspend", start, until=end - timedelta(days=1)))
    with on(end):
        life.resume(project, by=by, told=told("resume", end))


def test_twelve_months_in_all_are_counted_over_every_suspension(cast: Cast, project: Project) -> None:
    by = cast["signer of the company"]
    suspended_for(project, by, date(2026, 4, 10), 214)
    start = date(2027, 1, 24)
    with on(start), translation.override("en"), pytest.raises(Invalid) as refused:
        life.suspend(project, by=by, told=told("suspend", start, until=date(2027, 6, 25)))
    assert refused.value.errors == {
        "until": [
            "The project has been suspended for 214 days already; 12 months in all are allowed (D96 65), so at most "
            "until 23/06/2027."
        ]
    }
    with on(start):
        life.suspend(project, by=by, told=told("suspend", start, until=date(2027, 6, 23)))
    assert Project.objects.get(pk=project.pk).state == "suspended"


def test_a_first_suspension_of_more_than_twelve_months_is_refused_with_the_last_day(
    cast: Cast, project: Project
) -> None:
    with on(DAY), translation.override("en"), pytest.raises(Invalid, match="at most until 14/06/2027"):
        life.suspend(
            project, by=cast["signer of the company"], told=told("suspend", DAY, until=date(2027, 6, 15))
        )  # fmt: skip


def test_when_all_is_used_up_there_is_no_other_suspension(cast: Cast, project: Project) -> None:
    by, start, back = cast["signer of the company"], date(2026, 4, 10), date(2027, 4, 11)
    with on(start):
        life.suspend(project, by=by, told=told("suspend", start, until=date(2026, 6, 1)))
    with on(back), translation.override("en"):
        seen = life.resume.foresee(project, by=by, told=told("resume", back))
        assert "12 months allowed ended on 09/04/2027" in seen.warnings[0]
        life.resume(project, by=by, told=told("resume", back))
    again = date(2027, 6, 1)
    with on(again), translation.override("en"), pytest.raises(Invalid) as refused:
        life.suspend(project, by=by, told=told("suspend", again, until=again))
    assert refused.value.errors["until"] == [
        "The project has been suspended for 366 days already; 12 months in all are allowed (D96 65), so it cannot be "
        "suspended again."
    ]


def test_a_limit_that_is_not_sure_warns_and_does_not_block(
    cast: Cast, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (life_checks, suspension):
        monkeypatch.setattr(module, "suspension_limit", lambda _on: Limit(12, "D96 65", "U"))
    facts = told("suspend", DAY, until=date(2027, 12, 31))
    with on(DAY), translation.override("en"):
        seen = life.suspend.foresee(project, by=cast["signer of the company"], told=facts)
    assert [warning for warning in seen.warnings if "at most until 14/06/2027" in warning]


def test_everything_wrong_is_said_at_once(cast: Cast, project: Project) -> None:
    facts = told(
        "suspend", DAY, decided_on=DAY + timedelta(days=1), effective_on=date(2026, 4, 1), until=date(2026, 3, 1),
        ground="no_site", reason=" ",
    )  # fmt: skip
    with on(DAY), pytest.raises(Invalid) as refused:
        life.suspend(project, by=cast["signer of the company"], told=facts)
    assert set(refused.value.errors) == {"decided_on", "effective_on", "until", "ground", "reason"}
    assert "02/04/2026" in refused.value.errors["effective_on"][0]


@pytest.mark.parametrize("act", ["terminate", "revoke"])
def test_an_end_cannot_be_announced_for_a_later_day(act: str, cast: Cast, project: Project) -> None:
    with on(DAY), pytest.raises(Invalid) as refused:
        life.ACTS[act](
            project, by=cast["signer"], told=told(act, DAY, effective_on=DAY + timedelta(days=1), ground="no_site")
        )
    assert set(refused.value.errors) == {"effective_on"}


def test_a_suspension_may_be_announced_and_called_off_before_it_begins(cast: Cast, project: Project) -> None:
    by, start = cast["signer of the company"], DAY + timedelta(days=20)
    with on(DAY):
        life.suspend(project, by=by, told=told("suspend", DAY, effective_on=start, until=start + timedelta(days=9)))
        with pytest.raises(Invalid):
            life.resume(project, by=by, told=told("resume", DAY))
        life.resume(project, by=by, told=told("resume", DAY, effective_on=start))
    assert standing(project.life_notices.order_by("pk"), DAY + timedelta(days=60)).used == 0


def test_a_project_resumes_earlier_than_announced_and_only_those_days_count(cast: Cast, project: Project) -> None:
    by = cast["signer of the company"]
    with on(DAY):
        life.suspend(project, by=by, told=told("suspend", DAY, until=DAY + timedelta(days=99)))
    back = DAY + timedelta(days=30)
    with on(back):
        stands = standing(project.life_notices.order_by("pk"), back)
        assert (stands.used, stands.last_on) == (31, date(2027, 6, 14)), "today is a day of the suspension still"
        life.resume(project, by=by, told=told("resume", back))
    assert standing(project.life_notices.order_by("pk"), back + timedelta(days=300)).used == 30


@pytest.mark.parametrize("act", ["terminate", "revoke"])
def test_an_open_application_stands_in_the_way_of_an_end(
    act: str, cast: Cast, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = project.case
    assert case
    with translation.override("en"):
        assert life.open_application(project) is None
        monkeypatch.setattr(life, "OPEN", {"issued"})  # as if the case of the project were still under way
        with on(DAY), pytest.raises(WrongState, match=str(case.dossier_code)):
            life.ACTS[act](project, by=cast["signer"], told=told(act, DAY, ground="no_site"))
    monkeypatch.undo()
    monkeypatch.setattr(life, "OBSTACLES", [*life.OBSTACLES, lambda _project: "A loan is open."])
    with on(DAY), pytest.raises(WrongState, match=r"A loan is open\."):
        life.ACTS[act](project, by=cast["signer"], told=told(act, DAY, ground="no_site"))
    assert Project.objects.get(pk=project.pk).state == "active"


def test_a_case_under_way_is_known_by_the_lookups_of_the_page(cast: Cast) -> None:
    project = in_state("approved", cast)
    assert project.case
    assert life.open_application(project), "its certificate is still to be issued"
    with on(date(2026, 4, 3)):
        verbs.issue(project.case, by=cast["desk officer"], project_code="4312567890")
    assert life.open_application(project) is None


# --- the legal days -------------------------------------------------------------------------------------------------
VECTORS = [  # the first column is not counted; 3, 5 and 15 working days later
    (date(2026, 4, 24), date(2026, 5, 4), date(2026, 5, 6), date(2026, 5, 20)),
    (date(2026, 11, 20), date(2026, 11, 26), date(2026, 11, 30), date(2026, 12, 14)),
    (date(2026, 11, 25), date(2026, 11, 30), date(2026, 12, 2), date(2026, 12, 16)),
    (date(2026, 12, 28), date(2026, 12, 31), date(2027, 1, 5), date(2027, 1, 19)),
]


@pytest.mark.parametrize(("start", "three", "five", "fifteen"), VECTORS)
def test_the_legal_days_fall_on_the_calendar_of_the_procedures(
    start: date, three: date, five: date, fifteen: date
) -> None:
    calendar = load_calendar()
    assert due("inform", "suspension", start, calendar) == three
    assert due("inform", "termination", start, calendar) == three
    assert due("notice", "suspension", start, calendar) == five
    assert due("notice", "termination", start, calendar) == fifteen
    assert due("notice", "resumption", start, calendar) is None


@pytest.mark.parametrize(
    ("act", "decided", "last"),
    [("suspend", date(2026, 4, 24), date(2026, 5, 6)), ("terminate", date(2026, 11, 20), date(2026, 12, 14))],
)
def test_a_notice_is_late_from_the_day_after_the_last_one(
    act: str, decided: date, last: date, cast: Cast, project: Project
) -> None:
    for day, late in ((last, False), (last + timedelta(days=1), True)):
        facts = told(act, day, decided_on=decided, effective_on=decided, until=day if act == "suspend" else None)
        with on(day), transaction.atomic():
            notice = life.ACTS[act](project, by=cast["signer of the company"], told=facts)
            assert (notice.notice_due_on, notice.late) == (last, late)
            transaction.set_rollback(True)


def test_after_the_end_of_the_term_the_days_run_from_the_end(cast: Cast, project: Project) -> None:
    facts = told("terminate", DAY, ground="end_of_term", decided_on=date(2026, 5, 4), effective_on=date(2026, 6, 12))
    with on(DAY):
        notice = life.terminate(project, by=cast["signer of the company"], told=facts)
    assert (notice.notice_due_on, notice.late) == (date(2026, 7, 3), False)


def test_the_office_has_no_notice_to_give_but_has_to_inform(cast: Cast, project: Project) -> None:
    with on(DAY):
        notice = life.revoke(project, by=cast["signer"], told=told("revoke", DAY, decided_on=date(2026, 4, 10)))
    assert (notice.notice_due_on, notice.late, notice.inform_by) == (None, False, date(2026, 6, 18))


def test_before_the_decree_no_day_was_counted_here() -> None:
    assert due("notice", "suspension", date(2026, 3, 30), load_calendar()) is None
    assert suspension_limit(date(2026, 3, 30)) is None
    assert grounds("termination", "official", date(2026, 2, 28)) == []


@pytest.mark.parametrize(
    ("start", "used", "last"),
    [
        (date(2026, 6, 15), 0, date(2027, 6, 14)),
        (date(2027, 3, 1), 0, date(2028, 2, 29)),
        (date(2028, 2, 29), 0, date(2029, 2, 27)),
        (date(2026, 12, 31), 100, date(2027, 9, 21)),
    ],
)
def test_twelve_months_end_on_the_day_before_the_same_date(start: date, used: int, last: date) -> None:
    limit = suspension_limit(date(2026, 6, 1))
    assert limit
    assert last_allowed(start, used, limit) == last


# --- informing the others -------------------------------------------------------------------------------------------
def test_that_others_were_informed_is_a_row_of_its_own_and_told_once(cast: Cast, project: Project) -> None:
    with on(DAY):
        notice = life.suspend(project, by=cast["signer of the company"], told=told("suspend", DAY))
    assert list(LifeNotice.objects.to_inform()) == [notice]
    assert notice.inform_by == date(2026, 6, 18)
    with on(date(2026, 6, 19)):
        assert notice.inform_overdue(date(2026, 6, 19))
        with pytest.raises(Invalid) as refused:
            life.record_informed(notice, by=cast["desk officer"], informed_on=date(2026, 6, 14), offices=" ")
        assert set(refused.value.errors) == {"informed_on", "offices"}
        row = life.record_informed(
            notice, by=cast["desk officer"], informed_on=date(2026, 6, 19), offices="Thuế thành phố, Hải quan"
        )
        assert row.late
        with pytest.raises(WrongState):
            life.record_informed(notice, by=cast["signer"], informed_on=date(2026, 6, 19), offices="Thuế")
    assert LifeInformed.objects.get() == row
    assert not LifeNotice.objects.to_inform().exists()


@pytest.mark.parametrize("role", [
    "owner", "preparer", "signer of the company", "observer", "consultant with an ended letter", "outsider",
    "desk officer", "appraiser", "signer", "statistician", "administrator",
])  # fmt: skip
def test_who_may_write_down_that_others_were_informed(role: str, cast: Cast, project: Project) -> None:
    with on(DAY):
        notice = life.suspend(project, by=cast["signer of the company"], told=told("suspend", DAY))
        if role in ("desk officer", "signer"):
            assert life.record_informed(notice, by=cast[role], informed_on=DAY, offices="Thuế").by == cast[role]
            return
        with pytest.raises(NotAllowed):
            life.record_informed(notice, by=cast[role], informed_on=DAY, offices="Thuế")
    assert not LifeInformed.objects.exists()
