"""From approval to the signed document: frozen content, the issue, and a document that is made for certain."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from cases import transitions as verbs
from cases.calendar import local_date
from cases.errors import Invalid
from cases.models import Case
from cases.states import Status
from certificates import issuing
from certificates.content import digest
from certificates.models import Certificate, Counter
from certificates.querysets import ABANDONED_AFTER
from certificates.rendering import RenderError
from certificates.states import DocumentState, State
from certificates.tasks import render_certificate, sweep_certificates
from certificates.verifying import Answer, examine
from tests.certificates.reading import codes_of, text_of
from tests.fixtures.waiting import eventually
from tests.walk import Cast, walk

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def of(case: Case) -> Certificate:
    """The certificate as the database has it now."""
    return Certificate.objects.get(case=case)


# --- approval -------------------------------------------------------------------------------------------------------
def test_approval_prepares_a_certificate_without_number_or_day(cast: Cast) -> None:
    certificate = of(walk("petition", Status.APPROVED, cast))
    assert (certificate.state, certificate.number, certificate.issued_on) == (State.PREPARED, None, None)
    assert certificate.content["agency"]["name"]["vi"] == "Ban Quản lý Khu kinh tế Hải Phòng"
    assert certificate.content["signer"]["name"] == str(cast["signer"])
    assert Counter.objects.count() == 0


def test_what_changes_after_the_approval_does_not_reach_the_certificate(cast: Cast) -> None:
    case = walk("petition", Status.APPROVED, cast)
    case.petition.subject = "Something nobody approved"
    case.petition.save()
    verbs.issue(case, by=cast["desk officer"], project_code="4312567890")
    assert "nobody approved" not in str(of(case).content)


def test_a_certificate_that_could_not_be_printed_stops_the_approval(cast: Cast) -> None:
    case = walk("petition", Status.PROPOSED, cast)
    case.petition.subject = "Kiến nghị 😀"
    case.petition.save()
    with pytest.raises(Invalid, match="😀") as refusal:
        verbs.approve(case, by=cast["signer"])
    assert set(refusal.value.errors) == {"certificate"}
    assert Case.objects.get(pk=case.pk).status == Status.PROPOSED
    assert not Certificate.objects.exists()


# --- issue ----------------------------------------------------------------------------------------------------------
def test_the_issue_gives_number_day_and_project_code_and_lets_the_dossier_take_effect(issued: Certificate) -> None:
    today = local_date()
    assert issued.number == f"HP-{today.year}-000001"
    assert (issued.state, issued.issued_on, issued.project_code) == (State.VALID, today, "4312567890")
    assert issued.content["number"] == issued.number and issued.content["project_code"] == "4312567890"
    assert issued.content_sha256 == digest(issued.content)
    assert issued.case.petition.effective_number == issued.number
    assert issued.is_test and issued.document_state == DocumentState.WAITING


def test_an_issue_that_fails_gives_its_number_back(cast: Cast) -> None:
    case = walk("petition", Status.APPROVED, cast)
    failing = Failing(case)
    with pytest.raises(RuntimeError), transaction.atomic():
        failing.issue(cast)
    assert (of(case).state, of(case).number) == (State.PREPARED, None)
    verbs.issue(case, by=cast["desk officer"], project_code="4312567890")
    assert str(of(case).number).endswith("-000001")


class Failing:
    """A case whose project code the register cannot take: its dossier refuses to take effect."""

    def __init__(self, case: Case) -> None:
        self.case = case

    def issue(self, cast: Cast) -> None:
        model = type(self.case.petition)
        kept = model.take_effect

        def refuse(*_args: Any, **_kwargs: Any) -> None:
            raise RuntimeError("the register is closed")

        model.take_effect = refuse
        try:
            verbs.issue(self.case, by=cast["desk officer"], project_code="4312567890")
        finally:
            model.take_effect = kept


def test_numbers_begin_again_each_year(cast: Cast) -> None:
    first = of(walk("petition", Status.ISSUED, cast))
    case = walk("petition", Status.APPROVED, cast)
    with time_machine.travel(timezone.now().replace(year=first.created_at.year + 1), tick=False):
        verbs.issue(case, by=cast["desk officer"], project_code="4312567890")
    assert of(case).number == f"HP-{first.created_at.year + 1}-000001"


# --- frozen ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "change",
    [
        {"number": "HP-2026-000777"},
        {"content": {}},
        {"content_sha256": "0" * 64},
        {"project_code": "0000000001"},
        {"version": 3},
        {"issued_on": "2020-01-01"},
        {"verify_url": "https://elsewhere.example/"},
        {"is_test": False},
    ],
)
def test_the_database_refuses_to_change_what_an_issued_certificate_states(
    issued: Certificate, change: dict[str, Any]
) -> None:
    stated = Certificate.objects.filter(pk=issued.pk).values()
    before = stated.get()
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        Certificate.objects.filter(pk=issued.pk).update(**change)
    assert stated.get() == before


def test_the_database_refuses_to_delete_a_certificate_or_to_exchange_its_document(ready: Certificate) -> None:
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM certificates_certificate WHERE id = %s", [ready.pk])
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        Certificate.objects.filter(pk=ready.pk).update(pdf_sha256="0" * 64)


def test_the_database_knows_no_issued_certificate_without_number(cast: Cast) -> None:
    case = walk("petition", Status.APPROVED, cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.filter(case=case).update(state=State.VALID)


# --- replacing ------------------------------------------------------------------------------------------------------
def test_an_adjustment_replaces_the_earlier_certificate_and_lists_it(cast: Cast) -> None:
    first = of(walk("petition", Status.ISSUED, cast))
    case = walk("petition", Status.APPROVED, cast)
    prepared = of(case)
    prepared.content["replaces"] = first.number
    prepared.save()
    verbs.issue(case, by=cast["desk officer"], project_code=first.project_code)
    second, first = of(case), of(first.case)
    assert (first.state, first.replaced_by, second.version) == (State.REPLACED, second, 1)
    assert second.content["history"] == [
        {"version": 0, "issued_on": f"{first.issued_on:%Y-%m-%d}", "number": first.number}
    ]
    assert issuing.produce(second.pk)
    assert "Chứng nhận điều chỉnh lần thứ 1" in text_of(file_of(second))


def test_two_adjustments_cannot_replace_the_same_certificate(cast: Cast) -> None:
    first = of(walk("petition", Status.ISSUED, cast))
    cases = [walk("petition", Status.APPROVED, cast) for _adjustment in range(2)]
    for case in cases:
        prepared = of(case)
        prepared.content["replaces"] = first.number
        prepared.save()
    verbs.issue(cases[0], by=cast["desk officer"], project_code="4312567890")
    with pytest.raises(Invalid, match=str(first.number)):
        verbs.issue(cases[1], by=cast["desk officer"], project_code="4312567890")
    assert of(cases[1]).state == State.PREPARED


# --- the document ---------------------------------------------------------------------------------------------------
def file_of(certificate: Certificate) -> bytes:
    """The stored document."""
    with Certificate.objects.get(pk=certificate.pk).pdf.open("rb") as stored:
        return bytes(stored.read())


def test_the_document_is_stored_under_its_year_and_number_and_is_genuine(ready: Certificate) -> None:
    assert ready.pdf.name == f"certificates/{local_date().year}/{ready.number}.pdf"
    assert (ready.document_state, ready.attempts, ready.document_error) == (DocumentState.READY, 1, "")
    pdf = file_of(ready)
    assert examine(pdf).answer is Answer.VALID
    assert str(ready.number) in text_of(pdf)
    assert codes_of(pdf) == [ready.verify_url]


def test_making_the_document_twice_makes_it_once(issued: Certificate) -> None:
    assert issuing.produce(issued.pk)
    made = file_of(issued)
    assert not issuing.produce(issued.pk)
    render_certificate(issued.pk)
    assert file_of(issued) == made
    assert of(issued.case).attempts == 1


def test_a_failure_is_written_down_and_tried_again_later_each_time_after_a_longer_wait(
    issued: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: Any, **_kwargs: Any) -> bytes:
        raise OSError("No space left on device")

    with monkeypatch.context() as full_disk:
        full_disk.setattr(issuing.default_storage, "save", broken)
        waits = []
        for _attempt in range(3):
            now = timezone.now()
            with time_machine.travel(of(issued.case).next_try_at or now, tick=False):
                assert not issuing.produce(issued.pk)
                failed = of(issued.case)
                waits.append(failed.next_try_at - timezone.now())
        assert waits == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]
        assert (failed.document_state, failed.attempts) == (DocumentState.FAILED, 3)
        assert failed.document_error == "OSError: No space left on device"
        assert not issuing.produce(issued.pk), "it is not time yet"
    with time_machine.travel(failed.next_try_at, tick=False):
        assert list(Certificate.objects.to_render(timezone.now())) == [issued]
        assert issuing.produce(issued.pk)
    assert (of(issued.case).document_state, of(issued.case).document_error) == (DocumentState.READY, "")


def test_a_document_left_by_a_dead_worker_is_made_by_the_next_one(issued: Certificate) -> None:
    now = timezone.now()
    Certificate.objects.filter(pk=issued.pk).update(document_state=DocumentState.RENDERING, claimed_at=now, attempts=1)
    half = Path(settings.MEDIA_ROOT) / "certificates" / str(now.year) / f"{issued.number}.pdf"
    half.parent.mkdir(parents=True, exist_ok=True)
    half.write_bytes(b"%PDF-1.7 and then the power went")
    assert not issuing.produce(issued.pk), "someone is making it"
    with time_machine.travel(now + ABANDONED_AFTER, tick=False):
        assert issuing.produce(issued.pk)
    assert [path.name for path in half.parent.glob(f"{issued.number}*")] == [half.name]
    assert examine(half.read_bytes()).answer is Answer.VALID


def test_a_certificate_issued_under_another_signer_is_not_signed_by_this_one(
    issued: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    signer = issuing.load_signer()
    monkeypatch.setattr(signer, "is_test", False)
    with pytest.raises(RenderError, match="signer"):
        issuing.signed_pdf(issued, signer, timezone.now())


def test_the_same_content_is_printed_the_same_however_often(issued: Certificate) -> None:
    signer = Plain()
    once = issuing.signed_pdf(issued, signer, timezone.now())
    again = issuing.signed_pdf(of(issued.case), signer, timezone.now() + timedelta(days=400))
    assert once == again


class Plain:
    """A test signer that leaves the file as it is."""

    name, is_test = "TEST", True

    def sign(self, pdf: bytes, reason: str, at: Any) -> bytes:
        assert reason and at
        return BytesIO(pdf).getvalue()

    def trust_roots(self) -> list[Any]:
        return []


@pytest.mark.django_db(transaction=True)
def test_a_worker_makes_the_document_after_the_commit(celery_worker: Any) -> None:
    assert celery_worker.alive
    case = walk("petition", Status.ISSUED, Cast())
    eventually(lambda: of(case).is_ready, what="a document")
    assert examine(file_of(of(case))).answer is Answer.VALID


@pytest.mark.django_db(transaction=True)
def test_the_sweep_finds_what_the_broker_lost(celery_worker: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def broker_away(_certificate_id: int) -> None:
        raise ConnectionError("broker away")

    assert celery_worker.alive
    with monkeypatch.context() as patch:
        patch.setattr(issuing, "enqueue", broker_away)
        case = walk("petition", Status.ISSUED, Cast())
    assert of(case).document_state == DocumentState.WAITING
    sweep_certificates()
    eventually(lambda: of(case).is_ready, what="a document")
