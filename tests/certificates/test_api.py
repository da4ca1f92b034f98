"""The public check for programs, and the signed PDF of a case."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from cases.states import Status
from certificates.limits import VerifyThrottle
from certificates.models import Certificate
from certificates.states import State
from tests.certificates.test_verifying import file_of
from tests.walk import Cast, walk

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def api() -> APIClient:
    """A program that reads English."""
    return APIClient(headers={"accept-language": "en"})


def check(api: APIClient, content: bytes) -> Any:
    """Hand in a file."""
    file = SimpleUploadedFile("certificate.pdf", content, content_type="application/pdf")
    return api.post("/api/v1/certificates/verify/", {"file": file}, format="multipart")


def test_a_number_is_answered_with_its_state_and_nothing_personal(api: APIClient, issued: Certificate) -> None:
    answer = api.get(f"/api/v1/certificates/{issued.number}/")
    assert answer.status_code == 200
    assert answer.json() == {
        "state": "valid",
        "message": "This certificate is valid.",
        "meaning": "It was issued here and is in force today; nothing has replaced or revoked it.",
        "number": issued.number,
        "title": "APPROVAL OF A PETITION",
        "project": issued.case.title,
        "project_code": "4312567890",
        "version": 0,
        "issued_on": f"{issued.issued_on:%Y-%m-%d}",
        "authority": "Hai Phong Economic Zone Authority",
        "replaced_by": None,
        "replaced_on": None,
        "revoked_on": None,
        "ended_as": None,
        "test_authority": True,
        "signed_at": None,
    }


def test_an_unknown_number_is_answered_and_not_a_404(api: APIClient) -> None:
    answer = api.get("/api/v1/certificates/HP-2019-000001/")
    assert (answer.status_code, answer.json()["state"], answer.json()["number"]) == (200, "unknown", None)


def test_a_replaced_certificate_names_its_successor(api: APIClient, cast: Cast, issued: Certificate) -> None:
    other = Certificate.objects.get(case=walk("petition", Status.APPROVED, cast))
    other.replaces = issued
    other.save()
    Certificate.objects.filter(pk=issued.pk).update(state=State.REPLACED)
    body = api.get(f"/api/v1/certificates/{issued.number}/").json()
    assert body["state"] == "replaced"


def test_files_are_answered_valid_altered_or_unknown(api: APIClient, ready: Certificate) -> None:
    genuine = file_of(ready)
    valid = check(api, genuine).json()
    assert (valid["state"], valid["number"], bool(valid["signed_at"])) == ("valid", ready.number, True)
    altered = check(api, genuine[:-1] + b"!").json()
    assert (altered["state"], altered["number"], altered["signed_at"]) == ("altered", ready.number, None)
    assert check(api, b"nothing").json()["state"] == "unknown"


def test_bad_uploads_are_problem_details(api: APIClient) -> None:
    missing = api.post("/api/v1/certificates/verify/", {}, format="multipart")
    assert missing.status_code == 400 and missing["Content-Type"] == "application/problem+json"
    assert "file" in missing.json()["errors"]
    assert api.post("/api/v1/certificates/verify/", {"file": "text"}, format="json").status_code == 415
    assert check(api, b"a" * (10 * 1024 * 1024 + 1)).status_code == 400


def test_hammering_is_answered_429_with_the_seconds_to_wait(api: APIClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(VerifyThrottle, "rate", "2/min", raising=False)
    codes = [api.get("/api/v1/certificates/HP-2026-000001/").status_code for _ask in range(3)]
    assert codes == [200, 200, 429]
    answer = api.get("/api/v1/certificates/HP-2026-000001/")
    assert answer["Content-Type"] == "application/problem+json" and 1 <= int(answer["Retry-After"]) <= 60


@pytest.mark.parametrize("accept", ["*/*", "application/pdf", "application/json", "text/html"])
def test_the_signed_pdf_is_given_whatever_the_program_says_it_accepts(
    api: APIClient, cast: Cast, ready: Certificate, accept: str
) -> None:
    api.force_login(cast["owner"])
    answer = api.get(f"/api/v1/cases/{ready.case.reference}/certificate.pdf", headers={"accept": accept})
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert b"".join(answer.streaming_content) == file_of(ready)  # type: ignore[attr-defined]


def test_the_pdf_of_a_case_is_for_its_people_only(api: APIClient, cast: Cast, issued: Certificate) -> None:
    address = f"/api/v1/cases/{issued.case.reference}/certificate.pdf"
    assert api.get(address).status_code == 401
    api.force_login(cast["outsider"])
    assert api.get(address).status_code == 404
    api.force_login(cast["owner"])
    waiting = api.get(address)
    assert (waiting.status_code, waiting["Retry-After"]) == (409, "5")
    assert waiting["Content-Type"] == "application/problem+json"
