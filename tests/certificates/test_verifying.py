"""The public check tells the real file from every other: one changed byte anywhere is enough."""

from __future__ import annotations

import random
import zlib
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from certificates import issuing
from certificates.models import Certificate
from certificates.rendering import render
from certificates.states import State
from certificates.verifying import MAX_BYTES, Answer, TooLarge, examine, look_up
from tests.certificates.samples import paper

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

FLIPS = 300


def file_of(certificate: Certificate) -> bytes:
    """The document as the holder has it."""
    with certificate.pdf.open("rb") as stored:
        return bytes(stored.read())


def test_the_file_as_issued_is_valid(ready: Certificate) -> None:
    verdict = examine(file_of(ready))
    assert (verdict.answer, verdict.certificate, verdict.signed_at) == (Answer.VALID, ready, ready.signed_at)


def test_one_changed_byte_anywhere_is_altered(ready: Certificate) -> None:
    genuine = file_of(ready)
    chance = random.Random(20261124)
    edges = [0, 1, len(genuine) - 1, len(genuine) - 2]
    for position in edges + [chance.randrange(len(genuine)) for _flip in range(FLIPS)]:
        changed = bytearray(genuine)
        changed[position] ^= chance.randrange(1, 256)
        verdict = examine(bytes(changed))
        assert verdict.answer is Answer.ALTERED, position
        assert verdict.certificate == ready, position


def test_bytes_added_or_cut_off_are_altered(ready: Certificate) -> None:
    genuine = file_of(ready)
    for changed in (genuine + b"\n", genuine + b"%%EOF", genuine[:-1], genuine[: len(genuine) // 2], b"\n" + genuine):
        assert examine(changed).answer is Answer.ALTERED


def test_a_file_saved_again_by_a_viewer_is_altered(ready: Certificate) -> None:
    saved = BytesIO()
    writer = PdfWriter(clone_from=PdfReader(BytesIO(file_of(ready))))
    writer.compress_identical_objects()
    writer.write(saved)
    verdict = examine(saved.getvalue())
    assert (verdict.answer, verdict.certificate) == (Answer.ALTERED, ready)


def test_an_unsigned_forgery_with_a_real_number_is_altered(ready: Certificate) -> None:
    forged = render("certificate", paper(str(ready.number)))
    verdict = examine(forged)
    assert (verdict.answer, verdict.certificate) == (Answer.ALTERED, ready)


def test_our_signature_over_a_number_we_do_not_know_is_altered(ready: Certificate) -> None:
    number = str(ready.number).encode()
    other = file_of(ready).replace(number, b"HP-2019-999999")
    assert examine(other).answer is Answer.ALTERED


def test_a_number_inside_a_packed_stream_is_found(ready: Certificate) -> None:
    packed = zlib.compress(f"... {ready.number} ...".encode())
    verdict = examine(b"%PDF-1.7\n1 0 obj<<>>stream\r\n" + packed + b"\nendstream endobj")
    assert (verdict.answer, verdict.certificate) == (Answer.ALTERED, ready)


@pytest.mark.parametrize("state", [State.REPLACED, State.REVOKED])
def test_a_genuine_file_tells_that_it_is_no_longer_in_force(ready: Certificate, state: State) -> None:
    genuine = file_of(ready)
    Certificate.objects.filter(pk=ready.pk).update(state=state)
    assert examine(genuine).answer == state.value
    assert look_up(str(ready.number)).answer == state.value


def test_a_document_without_a_signature_that_holds_is_altered_even_if_the_row_agrees(
    issued: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever can write rows and files, but has no key, cannot make a forgery valid."""
    monkeypatch.setattr(issuing, "load_signer", lambda: Forger())
    assert issuing.produce(issued.pk)
    forged = Certificate.objects.get(pk=issued.pk)
    assert examine(file_of(forged)).answer is Answer.ALTERED


class Forger:
    """A signer that does not sign."""

    name, is_test = "TEST", True

    def sign(self, pdf: bytes, reason: str, at: datetime) -> bytes:
        return pdf + f"% {reason} {at}".encode()

    def trust_roots(self) -> list[Any]:
        return []


@pytest.mark.parametrize("other", [b"", b"x", b"%PDF-1.7\n", b"\x00" * 1000, b"stream\nendstream" * 3000])
def test_other_files_are_unknown(ready: Certificate, other: bytes) -> None:
    assert examine(other).answer is Answer.UNKNOWN


def test_a_file_larger_than_any_certificate_is_refused_before_it_is_read() -> None:
    with pytest.raises(TooLarge):
        examine(b"a" * (MAX_BYTES + 1))


@hypothesis_settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    head=st.sampled_from([b"", b"%PDF-1.7\n", b"%PDF-9.9\n", b"stream\n", b"xref\n0 1\n", b"HP-2026-000001 "]),
    body=st.lists(
        st.one_of(
            st.binary(max_size=200),
            st.sampled_from(
                [b"obj", b"endobj", b"stream\r\n", b"endstream", b"<<", b">>", b"/Type/Sig", b"startxref 9"]
            ),
            st.binary(max_size=80).map(lambda raw: b"stream\n" + zlib.compress(raw * 50) + b"\nendstream"),
        ),
        max_size=30,
    ),
)
def test_no_bytes_can_make_the_check_fail_or_say_valid(ready: Certificate, head: bytes, body: list[bytes]) -> None:
    assert examine(head + b"".join(body)).answer in (Answer.UNKNOWN, Answer.ALTERED)


def test_hostile_files_are_answered_quickly(ready: Certificate) -> None:
    bomb = zlib.compress(b"\0" * 200_000_000, 9)
    streams = b"stream\n" * 300_000
    for hostile in (b"stream\n" + bomb + b"endstream", streams, streams + b"endstream", b"HP-2026-123456" * 600_000):
        assert examine(hostile).answer is Answer.UNKNOWN
