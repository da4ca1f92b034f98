"""Error pages that are not dead ends. 403, 404 and 409 are ordinary pages; 400 and 500 rely on nothing at all."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from accounts.access import ANYONE, open_to


@open_to(ANYONE)
def bad_request(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    """400: the browser sent something nobody can read."""
    return HttpResponse(render_to_string("400.html"), status=HTTPStatus.BAD_REQUEST)


@open_to(ANYONE)
def server_error(request: HttpRequest) -> HttpResponse:
    """500: rendered without the request, so that a broken database or session cannot break this page too."""
    return HttpResponse(render_to_string("500.html"), status=HTTPStatus.INTERNAL_SERVER_ERROR)
