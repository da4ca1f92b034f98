"""Errors of the API as problem details (RFC 9457); the one place where domain words become status codes."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import status
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

from cases.errors import CaseError, Incomplete, Invalid, NotAllowed, Stale, WrongState

STATUS: dict[type[CaseError], int] = {
    WrongState: status.HTTP_409_CONFLICT,
    Stale: status.HTTP_409_CONFLICT,
    NotAllowed: status.HTTP_403_FORBIDDEN,
}


def problem_details(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: every refusal as application/problem+json."""
    if isinstance(error, CaseError):
        return _answer(_of_case_error(error))
    answered = exception_handler(error, context)
    if answered is None:
        return None
    body: dict[str, Any] = {"type": "about:blank", "status": answered.status_code}
    if isinstance(error, ValidationError):
        body |= {"code": "invalid", "title": "Bad input", "errors": flat(error.detail)}
        body["detail"] = " ".join(sentence for sentences in body["errors"].values() for sentence in sentences)
    else:
        body |= {"code": _code(error), "title": answered.status_text, "detail": _detail(error, answered)}
    return _answer(body, dict(answered.headers))


def flat(detail: Any, path: str = "") -> dict[str, list[str]]:
    """Nested field errors as {"investors.0.share_percent": [sentences]}."""
    if isinstance(detail, dict):
        pairs = [(f"{path}.{name}" if path else str(name), value) for name, value in detail.items()]
    elif isinstance(detail, list) and any(isinstance(item, (dict, list)) for item in detail):
        pairs = [(f"{path}.{number}" if path else str(number), value) for number, value in enumerate(detail) if value]
    else:
        sentences = detail if isinstance(detail, list) else [detail]
        return {path or "__all__": [str(sentence) for sentence in sentences]}
    return {name: sentences for key, value in pairs for name, sentences in flat(value, key).items()}


def _of_case_error(error: CaseError) -> dict[str, Any]:
    code = STATUS.get(type(error), status.HTTP_400_BAD_REQUEST)
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": "Refused",
        "status": code,
        "code": error.code,
        "detail": error.message,
    }
    if isinstance(error, Stale):
        body["version"] = error.current
    if isinstance(error, Invalid):
        body["errors"] = error.errors
    if isinstance(error, Incomplete):
        body["errors"] = {}
        for finding in error.findings:
            body["errors"].setdefault(finding.path or finding.section, []).append(str(finding.message))
    return body


def _code(error: Exception) -> str:
    if isinstance(error, Http404):
        return "not_found"
    if isinstance(error, PermissionDenied):
        return "not_allowed"
    return str(getattr(error, "default_code", "error"))


def _detail(error: Exception, answered: Response) -> str:
    if isinstance(error, APIException):
        return str(error.detail)
    data = answered.data
    return str(data.get("detail", "")) if isinstance(data, dict) else str(data)


def _answer(body: dict[str, Any], headers: dict[str, str] | None = None) -> Response:
    kept = {
        name: value for name, value in (headers or {}).items() if name.lower() in {"retry-after", "www-authenticate"}
    }
    return Response(body, status=body["status"], headers=kept, content_type="application/problem+json")
