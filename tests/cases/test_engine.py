"""The engine under every verb: one transaction, one event, one signal, and nobody decides twice."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, transaction

from cases import transitions as verbs
from cases.errors import Incomplete, Invalid, Stale, WrongState
from cases.models import Case, Event
from cases.signals import case_moved
from cases.states import Status
from tests.parallel import at_once
from tests.walk import Cast, draft, walk


@pytest.mark.django_db
@pytest.mark.embedded
def test_a_listener_that_fails_undoes_the_move() -> None:
    cast = Cast()
    case = walk("petition", Status.SUBMITTED, cast)

    def refuse_to_listen(**_kwargs: Any) -> None:
        raise RuntimeError("the letter could not be written")

    case_moved.connect(refuse_to_listen)
    try:
        with pytest.raises(RuntimeError), transaction.atomic():
            verbs.accept(case, by=cast["desk officer"])
    finally:
        case_moved.disconnect(refuse_to_listen)
    kept = Case.objects.get(pk=case.pk)
    assert (kept.status, kept.version) == (Status.SUBMITTED, case.version)
    assert kept.events.count() == 1


@pytest.mark.django_db
@pytest.mark.embedded
def test_a_stale_version_is_refused_with_the_current_one() -> None:
    cast = Cast()
    case = walk("petition", Status.SUBMITTED, cast)
    with pytest.raises(Stale) as refusal:
        verbs.accept(case, by=cast["desk officer"], version=case.version - 1)
    assert refusal.value.current == case.version


@pytest.mark.django_db
@pytest.mark.embedded
def test_the_same_request_twice_is_answered_by_the_same_event() -> None:
    cast = Cast()
    case = draft("petition", cast)
    first = verbs.submit(case, by=cast["signer of the company"], key="k1", declared=True)
    second = verbs.submit(case, by=cast["signer of the company"], key="k1", declared=True)
    assert first == second
    assert case.events.count() == 1


@pytest.mark.django_db
@pytest.mark.embedded
def test_an_incomplete_dossier_is_refused_with_every_gap_at_once() -> None:
    cast = Cast()
    case = walk("petition", Status.DRAFT, cast)
    case.petition.subject, case.petition.amount = "", None
    case.petition.save()
    case.attachments.all().delete()
    with pytest.raises(Incomplete) as refusal:
        verbs.submit(case, by=cast["signer of the company"], declared=True)
    assert {finding.path for finding in refusal.value.findings} == {"subject", "amount", "papers.a"}


@pytest.mark.django_db
@pytest.mark.embedded
def test_a_second_supplement_request_is_refused_and_an_explanation_offered() -> None:
    cast = Cast()
    case = walk("petition", Status.AWAITING_INVESTOR, cast)
    verbs.supplement(case, by=cast["signer of the company"])
    with pytest.raises(Invalid, match=r"explanation|giải trình"):
        verbs.request_supplement(case, by=cast["appraiser"], reasons="Thêm.")
    verbs.request_explanation(case, by=cast["appraiser"], reasons="Giải trình thêm.")
    assert case.status == Status.AWAITING_INVESTOR


@pytest.mark.django_db
@pytest.mark.embedded
def test_processing_stops_only_after_the_investors_deadline() -> None:
    cast = Cast()
    case = walk("petition", Status.AWAITING_INVESTOR, cast)
    with pytest.raises(Invalid, match="17:00"):
        verbs.stop(case, by=cast["appraiser"], reasons="Quá hạn.")


@pytest.mark.django_db
@pytest.mark.embedded
@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_refuses_to_change_or_delete_an_event(change: str) -> None:
    cast = Cast()
    case = walk("petition", Status.SUBMITTED, cast)
    events = Event.objects.filter(case=case)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        events.update(verb="other") if change == "update" else events._raw_delete(events.db)
    assert events.get().verb == "submit"


@pytest.mark.django_db(transaction=True)
def test_fifty_submissions_of_one_draft_at_once_make_one_case_and_fifty_same_answers() -> None:
    cast = Cast()
    case = draft("petition", cast)

    def submit(_number: int) -> int:
        mine = Case.objects.get(pk=case.pk)
        return verbs.submit(mine, by=cast["signer of the company"], key="one form", declared=True).pk

    answers = at_once(submit, 50)
    submitted = Case.objects.get(pk=case.pk)
    assert answers == [submitted.events.get().pk] * 50
    assert submitted.dossier_code
    assert submitted.notices.count() == 1


@pytest.mark.django_db(transaction=True)
def test_fifty_different_submissions_of_one_draft_at_once_make_one_event() -> None:
    cast = Cast()
    case = draft("petition", cast)

    def submit(number: int) -> int:
        mine = Case.objects.get(pk=case.pk)
        return verbs.submit(mine, by=cast["signer of the company"], key=f"tab {number}", declared=True).pk

    answers = at_once(submit, 50)
    assert sum(isinstance(answer, int) for answer in answers) == 1
    assert sum(isinstance(answer, WrongState) for answer in answers) == 49
    assert Case.objects.get(pk=case.pk).events.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_officials_deciding_at_once_one_wins_and_one_reads_why_not() -> None:
    cast = Cast()
    case = walk("petition", Status.PROPOSED, cast)
    moves = [
        lambda mine: verbs.approve(mine, by=cast["signer"], version=case.version),
        lambda mine: verbs.send_back(mine, by=cast["signer"], version=case.version, reasons="Làm lại."),
    ]
    answers = at_once(lambda number: moves[number](Case.objects.get(pk=case.pk)), 2)
    refusals = [answer for answer in answers if isinstance(answer, WrongState)]
    assert len(refusals) == 1
    assert refusals[0].message
    assert Case.objects.get(pk=case.pk).status in (Status.APPROVED, Status.ACCEPTED)


@pytest.mark.django_db(transaction=True)
def test_dossier_codes_of_a_day_run_on_without_gap_or_repeat() -> None:
    cast = Cast()
    cases = [draft("petition", cast) for _number in range(12)]
    at_once(lambda number: verbs.submit(cases[number], by=cast["signer of the company"], declared=True), 12)
    codes = sorted(Case.objects.values_list("dossier_code", flat=True))
    assert [int(str(code)[-4:]) for code in codes] == list(range(1, 13))
