"""The API's way in: a token for an e-mail address, a password and, where the account has one, the second factor."""

from __future__ import annotations

from typing import Any, cast

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.core.exceptions import ValidationError as DjangoValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.authtoken.models import Token
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied, Throttled, ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import ScopedRateThrottle
from rest_framework.views import APIView

from accounts.access import ANYONE, open_to
from accounts.models import User


class CredentialsSerializer(serializers.Serializer[Any]):
    """What a program shows to get a token."""

    email = serializers.EmailField()
    password = serializers.CharField(trim_whitespace=False, style={"input_type": "password"})
    code = serializers.CharField(
        required=False,
        allow_blank=True,
        help_text=gettext_lazy(
            "Code of the authenticator app, or a recovery code, for an account with a second factor."
        ),
    )


class TokenSerializer(serializers.Serializer[Any]):
    """The token, for the header `Authorization: Token ...`."""

    token = serializers.CharField()


@open_to(ANYONE)
class TokenView(APIView):
    """Exchange e-mail address, password and second factor for the account's token."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (ScopedRateThrottle,)
    throttle_scope = "token"

    def get_authenticate_header(self, request: Request) -> str:
        """Wrong credentials are 401, and 401 names the scheme."""
        return "Token"

    @extend_schema(
        operation_id="auth_token",
        tags=["auth"],
        auth=[],
        request=CredentialsSerializer,
        responses={
            200: TokenSerializer,
            400: OpenApiResponse(description="A field is missing, or the second factor is (field `code`)."),
            401: OpenApiResponse(description="The address or the password is not correct."),
            403: OpenApiResponse(description="An official without a second factor."),
            429: OpenApiResponse(description="Too many attempts."),
        },
    )
    def post(self, request: Request) -> Response:
        """Give the token; the same account always gets the same one until its owner ends it."""
        given = CredentialsSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        with context.request_context(request._request):
            person = self._person(request, given.validated_data["email"], given.validated_data["password"])
            self._check_second_factor(person, given.validated_data.get("code", ""))
        token, _created = Token.objects.get_or_create(user=person)
        return Response({"token": token.key})

    def _person(self, request: Request, email: str, password: str) -> User:
        """Whoever the credentials belong to. Raises AuthenticationFailed, in the same words for every reason."""
        try:
            person = get_adapter().authenticate(request._request, email=email.lower(), password=password)
        except DjangoValidationError as limit:
            raise Throttled(detail=" ".join(limit.messages)) from limit
        known = isinstance(person, User) and person.is_active
        if not known or not EmailAddress.objects.filter(user=person, verified=True).exists():
            raise AuthenticationFailed(_("The e-mail address or the password is not correct."))
        return cast(User, person)

    def _check_second_factor(self, person: User, code: str) -> None:
        """Raises ValidationError on `code`, PermissionDenied for an official who has not set it up."""
        if not is_mfa_enabled(person):
            if person.is_staff and settings.SECOND_FACTOR_FOR_OFFICIALS:
                raise PermissionDenied(_("Officials need a second factor: sign in on the site to set it up."))
            return
        if not code:
            raise ValidationError({"code": [_("This account needs the code of its second factor.")]}, "required")
        form = AuthenticateForm(user=person, data={"code": code})
        if not form.is_valid():
            raise ValidationError({"code": [str(error) for error in form.errors.get("code", [])]}, "invalid")
        form.authenticator.record_usage()
