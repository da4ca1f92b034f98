"""Language, active organisation, second factor, and who may open what: in this order, on every request."""

from __future__ import annotations

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.middleware import get_user
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from accounts.access import INVESTOR, admits, declaration
from accounts.authentication import token_credentials
from accounts.models import Membership, User
from accounts.request import ORGANISATION_KEY, is_api

logger = logging.getLogger(__name__)
GetResponse = Callable[[HttpRequest], HttpResponseBase]

# What an official without a second factor may still open: the way to get one, and the way out.
WITHOUT_SECOND_FACTOR: Final = frozenset(
    {
        "mfa_activate_totp",
        "mfa_index",
        "account_logout",
        "account_reauthenticate",
        "account_email",
        "account_email_verification_sent",
        "set_language",
    }
)


class LanguageMiddleware:
    """The person's own language, else the cookie of the language menu, else what the browser asks, else Vietnamese."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer in the reader's language."""
        person = get_user(request)
        language = person.language if isinstance(person, User) else translation.get_language_from_request(request)
        if not translation.check_for_language(language):
            language = settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
        response = self.get_response(request)
        patch_vary_headers(response, ("Accept-Language",))
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response


class OrganisationMiddleware:
    """Sets `request.memberships` and `request.organisation`: the one chosen, else the first by name, else None."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Find whom the person acts for; a company no longer theirs is dropped."""
        person = request.user
        rows: list[Membership] = []
        if isinstance(person, User) and not person.is_staff:
            rows = list(person.memberships.select_related("organisation").order_by("organisation__name", "role"))
        organisations = {row.organisation_id: row.organisation for row in rows}
        chosen = request.session.get(ORGANISATION_KEY) if rows else None
        active = organisations.get(chosen) if chosen else None
        request.memberships = rows  # type: ignore[attr-defined]
        request.organisation = active or next(iter(organisations.values()), None)  # type: ignore[attr-defined]
        return self.get_response(request)


class SecondFactorMiddleware:
    """An official works only with a second factor; without one, every page leads to making it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on; the check needs to know the view."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Lead to `mfa_activate_totp`; a program gets 403."""
        if not settings.SECOND_FACTOR_FOR_OFFICIALS:
            return None
        person = person_of(request)
        if not isinstance(person, User) or not person.is_staff or is_mfa_enabled(person):
            return None
        if request.resolver_match and request.resolver_match.view_name in WITHOUT_SECOND_FACTOR:
            return None
        if is_api(request):
            return problem(HTTPStatus.FORBIDDEN, _("Officials need a second factor: sign in on the site to set it up."))
        return redirect("mfa_activate_totp")


class AccessMiddleware:
    """Default deny: a view is opened only to those it is declared for; an undeclared one to nobody."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on; the check needs to know the view."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Refuse (403), ask to sign in, lead a person without a company to making one, or let pass."""
        audiences = declaration(view, request.resolver_match)
        if audiences is None:
            logger.error("No one said who may open %s (%s.%s)", request.path, view.__module__, view)
            return refused(request)
        person = person_of(request)
        if admits(audiences, person):
            return None
        if not person.is_authenticated:
            return sign_in_first(request)
        if INVESTOR in audiences and not person.is_staff and not is_api(request):
            return redirect("organisation-new")
        return refused(request)


def person_of(request: HttpRequest) -> User | AnonymousUser:
    """The person of the session, or for a program the person of its token."""
    if not request.user.is_authenticated and is_api(request):
        credentials = token_credentials(request)
        request.token_credentials = credentials  # type: ignore[attr-defined]
        if credentials:
            return credentials[0]
    return request.user


def refused(request: HttpRequest) -> HttpResponseBase:
    """403 as a page or as problem details."""
    words = _("You may not open this page.")
    if is_api(request):
        return problem(HTTPStatus.FORBIDDEN, words)
    raise PermissionDenied(words)


def sign_in_first(request: HttpRequest) -> HttpResponseBase:
    """The sign-in page, with the way back; a program gets 401, a page fragment is replaced as a whole."""
    if is_api(request):
        answer = problem(HTTPStatus.UNAUTHORIZED, _("Sign in, or send a valid token."))
        answer.headers["WWW-Authenticate"] = "Token"
        return answer
    if request.headers.get("HX-Request"):
        page = request.headers.get("HX-Current-URL", "/")
        return HttpResponse(headers={"HX-Redirect": redirect_to_login(page, settings.LOGIN_URL).url})
    return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)


def problem(status: HTTPStatus, detail: str) -> HttpResponse:
    """Problem details (RFC 9457), as the API's own errors are."""
    body = {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": detail}
    return JsonResponse(body, status=status, content_type="application/problem+json")
