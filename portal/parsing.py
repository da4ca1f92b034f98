"""What comes in that nobody can read: refused as bad input before anything looks at it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import IO, Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.translation import gettext as _
from rest_framework import parsers
from rest_framework.exceptions import ParseError

from portal.errors import bad_request

NULL = ("\0", "%00")


class ReadableAddressMiddleware:
    """No text of ours has a null character, and the database takes none: an address with one asks for nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        asked = (request.path_info, request.META.get("QUERY_STRING", ""))
        if not any(null in text for text in asked for null in NULL):
            return self.get_response(request)
        return _problem() if request.path_info.startswith("/api/") else _page(request)


class JSONParser(parsers.JSONParser):
    """JSON that is nested without end, or holds half of a character, is bad input like any other."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """The data; raises ParseError."""
        try:
            data: dict[str, Any] = super().parse(stream, media_type, parser_context)
            json.dumps(data, ensure_ascii=False).encode()
        except RecursionError as error:
            raise ParseError(_("This JSON is nested too deeply.")) from error
        except UnicodeEncodeError as error:
            raise ParseError(_("This JSON contains half of a character.")) from error
        return data


def _page(request: HttpRequest) -> HttpResponse:
    return bad_request(request)


def _problem() -> JsonResponse:
    body = {"type": "about:blank", "title": "Bad input", "status": int(HTTPStatus.BAD_REQUEST), "code": "invalid",
            "detail": _("The address contains a null character.")}  # fmt: skip
    return JsonResponse(body, status=HTTPStatus.BAD_REQUEST, content_type="application/problem+json")
