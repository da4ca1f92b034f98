"""The golden journey through the API only: from a draft to a verified certificate, for every kind of dossier."""

from __future__ import annotations

from typing import Any

import pytest
from rest_framework.authtoken.models import Token
from rest_framework.test import APIClient

from accounts.models import User
from cases.models import Case
from cases.precheck import is_required, paper_rules
from certificates.models import Certificate
from certificates.tasks import render_certificate
from tests.walk import Cast, data_of, kinds, pdf

pytestmark = pytest.mark.django_db


class Program:
    """A program of one person, with a token, that remembers the case it works on."""

    def __init__(self, user: User) -> None:
        token, _created = Token.objects.get_or_create(user=user)
        self.client = APIClient(HTTP_ACCEPT_LANGUAGE="en", HTTP_AUTHORIZATION=f"Token {token.key}")

    def get(self, path: str, code: int = 200) -> Any:
        answer = self.client.get(f"/api/v1/{path}")
        assert answer.status_code == code, answer.content
        return answer.json()

    def post(self, path: str, body: Any = None, code: int = 200, form: str = "json", **headers: str) -> Any:
        answer = self.client.post(f"/api/v1/{path}", body or {}, format=form, headers=headers)
        assert answer.status_code == code, answer.content
        return answer.json()


@pytest.mark.parametrize("kind", kinds())
def test_from_draft_to_a_verified_certificate(kind: str, django_capture_on_commit_callbacks: Any) -> None:
    cast = Cast()
    preparer, signer = Program(cast["preparer"]), Program(cast["signer of the company"])
    desk, appraiser, chief = Program(cast["desk officer"]), Program(cast["appraiser"]), Program(cast["signer"])

    body = {"kind": kind, "organisation": str(cast.organisation.pk), "dossier": data_of(kind)}
    case = preparer.post("cases/", body, 201, **{"Idempotency-Key": "one draft"})
    again = preparer.post("cases/", body, 201, **{"Idempotency-Key": "one draft"})
    assert again["reference"] == case["reference"]
    reference = case["reference"]
    attach_papers(preparer, Case.objects.get(reference=reference))
    assert preparer.get(f"cases/{reference}/precheck/")["can_submit"]

    with django_capture_on_commit_callbacks(execute=False):
        case = signer.post(f"cases/{reference}/submit/", {"declared": True}, **{"Idempotency-Key": "one form"})
        same = signer.post(f"cases/{reference}/submit/", {"declared": True}, **{"Idempotency-Key": "one form"})
        assert (case["status"], case["version"]) == (same["status"], same["version"])
        assert case["public_status"] == "submitted"
        case = desk.post(f"cases/{reference}/accept/")
        assert case["clock"]["running"]
        case = appraiser.post(f"cases/{reference}/request_supplement/", {"reasons": "Bổ sung."})
        assert (case["public_status"], case["clock"]["running"], case["clock"]["due_on"]) == ("query", False, None)
        case = signer.post(f"cases/{reference}/supplement/", {"answer": "Done."})
        assert case["public_status"] == "answered"
        appraiser.post(f"cases/{reference}/propose/", {"outcome": "approve", "reasons": "Phù hợp quy hoạch."})
        chief.post(f"cases/{reference}/approve/")
        case = desk.post(f"cases/{reference}/issue/", {"project_code": "4312567890"})
    assert case["status"] == "issued"
    number = case["certificate"]["number"]

    render_certificate(Certificate.objects.get(number=number).pk)
    answer = signer.client.get(f"/api/v1/cases/{reference}/certificate.pdf")
    document = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert document.startswith(b"%PDF-")

    anyone = APIClient()
    state = anyone.get(f"/api/v1/certificates/{number}/").json()
    assert (state["state"], state["number"]) == ("valid", number)
    verdict = check(anyone, document)
    assert (verdict["state"], verdict["number"]) == ("valid", number)
    middle = len(document) // 2
    spoilt = document[:middle] + bytes([document[middle] ^ 1]) + document[middle + 1 :]
    assert check(anyone, spoilt)["state"] == "altered"


def attach_papers(program: Program, case: Case) -> None:
    """Every paper this dossier needs."""
    called_for = case.dossier.required_papers()
    for rule in paper_rules(case):
        if is_required(rule, called_for):
            body = {"paper": rule.code, "file": pdf(f"{rule.code}.pdf")}
            paper = program.post(f"cases/{case.reference}/attachments/", body, 201, form="multipart")
            assert len(paper["sha256"]) == 64


def check(client: APIClient, document: bytes) -> Any:
    """What the public check says of a file."""
    upload = pdf("certificate.pdf")
    upload.file.seek(0)
    upload.file.truncate()
    upload.file.write(document)
    upload.size = len(document)
    upload.seek(0)
    return client.post("/api/v1/certificates/verify/", {"file": upload}, format="multipart").json()
