"""What bad input gets: everything wrong at once, in the reader's language, with the right code."""

from __future__ import annotations

from typing import Any

import pytest
from rest_framework.authtoken.models import Token
from rest_framework.test import APIClient

from accounts.models import User
from cases.models import Case
from cases.states import Status
from cases.transitions import request_supplement
from tests.walk import Cast, draft, walk

pytestmark = pytest.mark.django_db


def ask(user: User | None, method: str, path: str, body: Any = None, language: str = "en") -> Any:
    """One request of a program; the answer."""
    client = APIClient(HTTP_ACCEPT_LANGUAGE=language)
    if user:
        user.language = language
        user.save()
        token, _created = Token.objects.get_or_create(user=user)
        client.credentials(HTTP_ACCEPT_LANGUAGE=language, HTTP_AUTHORIZATION=f"Token {token.key}")
    return getattr(client, method)(f"/api/v1/{path}", body, format="json")


def test_without_a_token_a_program_gets_401_as_a_problem() -> None:
    answer = ask(None, "get", "cases/")
    assert answer.status_code == 401
    assert answer["Content-Type"].startswith("application/problem+json")


def test_another_companys_case_is_not_found() -> None:
    cast = Cast()
    case = draft("petition", cast)
    for method, path in (
        ("get", ""),
        ("patch", ""),
        ("get", "precheck/"),
        ("post", "submit/"),
        ("post", "attachments/"),
    ):
        assert ask(cast["outsider"], method, f"cases/{case.reference}/{path}", {}).status_code == 404


def test_an_illegal_move_is_a_conflict_with_a_sentence() -> None:
    cast = Cast()
    case = walk("petition", Status.SUBMITTED, cast)
    answer = ask(cast["appraiser"], "post", f"cases/{case.reference}/propose/", {})
    assert answer.status_code == 409
    assert "Submitted, completeness to check" in answer.json()["detail"]


def test_a_move_of_somebody_else_is_forbidden() -> None:
    cast = Cast()
    case = walk("petition", Status.SUBMITTED, cast)
    assert ask(cast["appraiser"], "post", f"cases/{case.reference}/accept/").status_code == 403


def test_a_stale_version_gets_the_current_one() -> None:
    cast = Cast()
    case = draft("petition", cast)
    body = {"version": case.version - 1, "dossier": {"subject": "Khác"}}
    answer = ask(cast["preparer"], "patch", f"cases/{case.reference}/", body)
    assert (answer.status_code, answer.json()["version"]) == (409, case.version)
    assert Case.objects.get(pk=case.pk).petition.subject != "Khác"


def test_a_dossier_with_gaps_is_refused_with_all_of_them() -> None:
    cast = Cast()
    case = draft("petition", cast)
    ask(cast["preparer"], "patch", f"cases/{case.reference}/",
        {"version": case.version, "dossier": {"subject": "", "amount": None}})  # fmt: skip
    answer = ask(cast["signer of the company"], "post", f"cases/{case.reference}/submit/", {"declared": True})
    assert answer.status_code == 400
    assert set(answer.json()["errors"]) == {"subject", "amount"}


def test_bad_values_are_named_field_by_field() -> None:
    cast = Cast()
    case = draft("petition", cast)
    body = {"version": case.version, "dossier": {"amount": "many", "in_zone": "perhaps"}}
    answer = ask(cast["preparer"], "patch", f"cases/{case.reference}/", body)
    assert answer.status_code == 400
    assert set(answer.json()["errors"]) == {"amount", "in_zone"}


@pytest.mark.parametrize(("language", "word"), [("vi", "xác nhận"), ("en", "confirm")])
def test_a_refusal_is_in_the_readers_language(language: str, word: str) -> None:
    cast = Cast()
    case = draft("petition", cast)
    answer = ask(cast["signer of the company"], "post", f"cases/{case.reference}/submit/", {}, language)
    assert word in answer.json()["errors"]["declared"][0]


def test_an_answer_that_leaves_a_pinned_point_as_it_was_is_refused_unless_it_explains() -> None:
    cast = Cast()
    case = walk("petition", Status.ACCEPTED, cast)
    request_supplement(case, by=cast["appraiser"], pins=[{"path": "subject", "text": "Nói rõ hơn."}])
    path = f"cases/{case.reference}/supplement/"
    answer = ask(cast["signer of the company"], "post", path, {})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["subject"])
    assert ask(cast["signer of the company"], "post", path, {"answer": "It is right as it is."}).status_code == 200


def test_an_unknown_kind_or_company_says_so() -> None:
    cast = Cast()
    wanted = {"kind": "wedding", "organisation": str(cast.organisation.pk)}
    assert "wedding" in ask(cast["preparer"], "post", "cases/", wanted).json()["errors"]["kind"][0]
    wanted = {"kind": "petition", "organisation": "0200000000"}
    assert "organisation" in ask(cast["preparer"], "post", "cases/", wanted).json()["errors"]


def test_the_calendar_tool_answers_as_promised() -> None:
    answer = ask(None, "get", "calendar/due/?start=2026-11-20&working_days=7")
    assert answer.json() == {
        "due_on": "2026-12-02",
        "skipped": [{"date": "2026-11-24", "why": "Viet Nam Culture Day"}],
    }
    assert set(ask(None, "get", "calendar/due/?start=soon").json()["errors"]) == {"start", "working_days"}
