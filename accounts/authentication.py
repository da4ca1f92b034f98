"""API tokens: read once for a request, by the access check as well as by the API itself."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from rest_framework.authentication import TokenAuthentication as BaseTokenAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts.models import User


class TokenAuthentication(BaseTokenAuthentication):
    """`Authorization: Token ...`; takes over what the middleware has already looked up."""

    def authenticate(self, request: Request) -> tuple[User, Any] | None:
        """The person and the token, or None when the header is absent. Raises AuthenticationFailed."""
        known: tuple[User, Any] | None = getattr(request, "token_credentials", None)
        return known or super().authenticate(request)


def token_credentials(request: HttpRequest) -> tuple[User, Any] | None:
    """The person and token of the request's header; None without a header or with a bad one."""
    if "HTTP_AUTHORIZATION" not in request.META:
        return None
    try:
        return TokenAuthentication().authenticate(Request(request))
    except AuthenticationFailed:
        return None
