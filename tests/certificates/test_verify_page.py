"""The public check as a page: an answer in words first, nothing personal, without JavaScript, not for hammering."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from certificates.limits import VerifyThrottle
from certificates.models import Certificate
from certificates.seal import public_key_pem
from certificates.states import State
from tests.certificates.test_verifying import file_of
from tests.walk import Cast

pytestmark = [pytest.mark.django_db]


def page(client: Client, address: str, language: str = "en") -> Any:
    """The page in a language, as a visitor without an account gets it."""
    return client.get(address, headers={"accept-language": language})


def upload(client: Client, content: bytes) -> Any:
    """Hand in a file."""
    file = SimpleUploadedFile("certificate.pdf", content, content_type="application/pdf")
    return client.post("/verify/", {"file": file}, headers={"accept-language": "en"})


def test_anyone_may_open_the_page_and_it_asks_for_a_number_or_a_file(client: Client) -> None:
    answer = page(client, "/verify/")
    html = answer.content.decode()
    assert answer.status_code == 200
    assert 'name="number"' in html and 'type="file"' in html and "<script>" not in html
    assert "no-store" in answer["Cache-Control"]


def test_a_number_is_answered_with_what_it_certifies_and_nothing_personal(client: Client, issued: Certificate) -> None:
    html = page(client, f"/verify/?number=+{str(issued.number).lower()}+").content.decode()
    assert "This certificate is valid." in html
    for fact in (str(issued.number), "4312567890", issued.case.title, "Hai Phong Economic Zone Authority"):
        assert fact in html
    assert "Signed by the test authority" in html
    for personal in (issued.case.organisation.name, "Kim Min-su", str(issued.content["signer"]["name"])):
        assert personal not in html


@pytest.mark.parametrize(
    ("state", "sentence"),
    [(State.REVOKED, "This certificate was revoked on"), (State.REPLACED, "This certificate was replaced by")],
)
def test_a_certificate_out_of_force_is_told(client: Client, issued: Certificate, state: State, sentence: str) -> None:
    Certificate.objects.filter(pk=issued.pk).update(state=state)
    assert sentence in page(client, f"/verify/{issued.number}/").content.decode()


def test_an_unknown_number_is_an_answer_and_not_an_error(client: Client) -> None:
    answer = page(client, "/verify/HP-2019-000123/")
    assert answer.status_code == 200
    assert "No certificate with the number HP-2019-000123 has been issued here." in answer.content.decode()


def test_a_prepared_certificate_is_not_known_to_the_public(client: Client, cast: Cast) -> None:
    assert "has been issued here" in page(client, "/verify/None/").content.decode()
    assert "has been issued here" in page(client, "/verify/?number=%28%29").content.decode()


def test_the_code_leads_to_the_answer_and_a_changed_seal_is_told(client: Client, issued: Certificate) -> None:
    address = issued.verify_url.split("/verify/", 1)[1]
    assert "This certificate is valid." in page(client, f"/verify/{address}").content.decode()
    seal = address.split("s=")[1]
    forged = f"/verify/{issued.number}/?s={'A' * len(seal)}"
    assert "The QR code does not belong to this certificate." in page(client, forged).content.decode()


def test_the_file_itself_is_checked_and_one_changed_byte_is_told(client: Client, ready: Certificate) -> None:
    genuine = file_of(ready)
    assert "This certificate is valid." in upload(client, genuine).content.decode()
    changed = genuine.replace(b"%%EOF", b"%%EOf", 1)
    html = upload(client, changed).content.decode()
    assert "This file has been altered" in html and "What was really issued under the number" in html
    assert "This file is not a certificate issued here." in upload(client, b"%PDF-1.7 something").content.decode()


def test_no_file_an_empty_file_and_no_number_are_told_beside_the_field(client: Client) -> None:
    for answer, sentence in (
        (client.post("/verify/", headers={"accept-language": "en"}), "Choose the PDF of the certificate."),
        (upload(client, b""), "The file is empty."),
        (page(client, "/verify/?number="), "Enter the number of the certificate."),
    ):
        html = answer.content.decode()
        assert answer.status_code == 400
        assert html.count(sentence) == 2, "in the summary and beside the field"
        assert "There is a problem" in html


def test_an_oversized_file_is_refused_with_a_sentence(client: Client) -> None:
    answer = upload(client, b"a" * (10 * 1024 * 1024 + 1))
    assert (answer.status_code, "larger than 10 MB" in answer.content.decode()) == (400, True)


def test_the_page_speaks_vietnamese_to_a_vietnamese_reader(client: Client, issued: Certificate) -> None:
    html = page(client, f"/verify/{issued.number}/", "vi").content.decode()
    with translation.override("vi"):
        assert translation.gettext("This certificate is valid.") in html
    assert "Ban Quản lý Khu kinh tế Hải Phòng" in html


def test_the_key_of_the_seal_is_published(client: Client) -> None:
    answer = client.get("/verify/key/")
    assert answer.content.decode() == public_key_pem()
    assert answer["Content-Type"] == "application/x-pem-file"


def test_too_many_checks_are_told_to_wait_and_the_empty_page_stays_open(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(VerifyThrottle, "rate", "3/min", raising=False)
    codes = [page(client, f"/verify/HP-2026-00000{n}/").status_code for n in range(4)]
    assert codes == [200, 200, 200, 429]
    answer = upload(client, b"x")
    assert answer.status_code == 429 and 1 <= int(answer["Retry-After"]) <= 60
    assert "Too many checks" in answer.content.decode()
    assert page(client, "/verify/").status_code == 200


def test_without_its_counter_the_check_stays_open(client: Client, settings: Any, issued: Certificate) -> None:
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
    }
    assert page(client, f"/verify/{issued.number}/").status_code == 200


# --- the papers of a case -------------------------------------------------------------------------------------------
def test_the_signed_pdf_is_served_to_those_who_may_see_the_case_only(
    client: Client, cast: Cast, ready: Certificate
) -> None:
    address = f"/cases/{ready.case.reference}/certificate.pdf"
    assert client.get(address).status_code == 302
    answers = {}
    for role in ("owner", "preparer", "desk officer", "signer", "outsider", "statistician"):
        client.force_login(cast[role])
        answers[role] = client.get(address).status_code
    assert answers == {
        "owner": 200, "preparer": 200, "desk officer": 200, "signer": 200, "outsider": 404, "statistician": 404,
    }  # fmt: skip
    client.force_login(cast["owner"])
    answer = client.get(address)
    assert b"".join(answer.streaming_content) == file_of(ready)  # type: ignore[attr-defined]
    assert answer["Content-Disposition"] == f'inline; filename="{ready.number}.pdf"'


def test_while_it_is_being_prepared_the_box_says_so_and_then_offers_the_file(
    client: Client, cast: Cast, issued: Certificate
) -> None:
    box = f"/cases/{issued.case.reference}/certificate/"
    client.force_login(cast["owner"])
    html = client.get(box, headers={"hx-request": "true", "accept-language": "en"}).content.decode()
    assert 'hx-trigger="every 2s"' in html and "certificate.pdf" not in html
    assert client.get(f"/cases/{issued.case.reference}/certificate.pdf").status_code == 302
    assert client.get(box).status_code == 302, "without htmx, the whole page"


def test_a_document_the_storage_has_lost_is_not_found(client: Client, cast: Cast, ready: Certificate) -> None:
    ready.pdf.storage.delete(ready.pdf.name)
    client.force_login(cast["owner"])
    assert client.get(f"/cases/{ready.case.reference}/certificate.pdf").status_code == 404
