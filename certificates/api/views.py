"""The public check for programs, and the signed PDF of a case."""

from __future__ import annotations

from dataclasses import asdict
from http import HTTPStatus
from typing import Any, Final

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import APIException
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import MultiPartParser
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.access import open_to
from certificates.answers import Words, facts_of, words_for_file, words_for_number
from certificates.documents import certificate_file
from certificates.limits import VerifyThrottle
from certificates.models import Certificate
from certificates.states import ENDED_EARLY
from certificates.verifying import MAX_BYTES, Answer, Verdict, examine, look_up

TOO_MANY: Final = OpenApiResponse(description="Asked too often; Retry-After says how many seconds to wait.")
NO_FILE: Final = OpenApiResponse(description="No file, an empty one, or one larger than 10 MB.")
NOT_YOURS: Final = OpenApiResponse(description="No such case, not yours, or no certificate yet.")
NOT_YET: Final = OpenApiResponse(description="The document is being prepared; Retry-After says when to ask again.")


class VerdictSerializer(serializers.Serializer[Any]):
    """The answer of the public check. Without a known certificate only `state`, `message` and `meaning` are filled."""

    state = serializers.ChoiceField(choices=[(answer.value, answer.value) for answer in Answer])
    message = serializers.CharField(help_text="The answer as a sentence, in the language asked for.")
    meaning = serializers.CharField()
    number = serializers.CharField(allow_null=True)
    title = serializers.CharField(allow_null=True)
    project = serializers.CharField(allow_null=True)
    project_code = serializers.CharField(allow_null=True)
    version = serializers.IntegerField(allow_null=True, help_text="0: first certificate; N: Nth adjustment.")
    issued_on = serializers.DateField(allow_null=True)
    authority = serializers.CharField(allow_null=True)
    replaced_by = serializers.CharField(allow_null=True)
    replaced_on = serializers.DateField(allow_null=True)
    revoked_on = serializers.DateField(allow_null=True, help_text="The day on which it ended, whoever ended it.")
    ended_as = serializers.ChoiceField(
        choices=[(state.value, state.value) for state in ENDED_EARLY],
        allow_null=True,
        help_text="How a revoked one ended: revoked by the authority, or surrendered by the investor.",
    )
    test_authority = serializers.BooleanField(
        allow_null=True, help_text="True: signed by a test authority, without legal effect."
    )
    signed_at = serializers.DateTimeField(allow_null=True, help_text="Only for a genuine file.")


class CertificateFileSerializer(serializers.Serializer[Any]):
    """The file to check."""

    file = serializers.FileField(help_text="The PDF as received, up to 10 MB.")

    def validate_file(self, file: Any) -> Any:
        """No certificate is larger than the limit."""
        if file.size > MAX_BYTES:
            raise serializers.ValidationError(_("The file is larger than 10 MB: no certificate is that large."))
        return file


class BeingPrepared(APIException):
    """The certificate is issued and its document on its way."""

    status_code = HTTPStatus.CONFLICT
    default_code = "being_prepared"
    wait = 5  # seconds, sent as Retry-After

    def __init__(self) -> None:
        super().__init__(_("The certificate is being prepared. Please try again in a moment."))


class AnyAccept(BaseContentNegotiation):
    """Take whatever the client says it accepts: the answer is a PDF, and errors are JSON."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        """The first parser."""
        return next(iter(parsers), None)

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:  # noqa: ARG002
        """The first renderer."""
        return renderers[0], renderers[0].media_type


@open_to("anyone")
class CertificateView(APIView):
    """The state of a certificate number; an unknown number is an answer, not an error."""

    permission_classes = [AllowAny]
    throttle_classes = [VerifyThrottle]

    @extend_schema(
        operation_id="certificates_retrieve",
        responses={200: VerdictSerializer, 429: TOO_MANY},
        tags=["certificates"],
        auth=[],
    )
    def get(self, request: Request, number: str) -> Response:
        """Whether the certificate is valid, replaced, revoked or unknown."""
        verdict = look_up(number)
        return Response(verdict_data(verdict, words_for_number(verdict, number)))


@open_to("anyone")
class CertificateVerifyView(APIView):
    """Check a certificate's PDF."""

    permission_classes = [AllowAny]
    throttle_classes = [VerifyThrottle]
    parser_classes = [MultiPartParser]

    @extend_schema(
        operation_id="certificates_verify",
        request={"multipart/form-data": CertificateFileSerializer},
        responses={200: VerdictSerializer, 400: NO_FILE, 429: TOO_MANY},
        tags=["certificates"],
        auth=[],
    )
    def post(self, request: Request) -> Response:
        """Whether the file is the one that was issued, byte for byte, and whether it is still in force."""
        asked = CertificateFileSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        verdict = examine(asked.validated_data["file"].read())
        return Response(verdict_data(verdict, words_for_file(verdict)))


@open_to("person")
class CaseCertificateView(APIView):
    """The signed PDF of a case."""

    content_negotiation_class = AnyAccept

    @extend_schema(
        operation_id="cases_certificate_pdf",
        responses={(200, "application/pdf"): OpenApiTypes.BINARY, 404: NOT_YOURS, 409: NOT_YET},
        tags=["certificates"],
    )
    def get(self, request: Request, reference: str) -> HttpResponseBase:
        """The PDF; 409 with Retry-After while it is being prepared; 404 if there is none or the case is not yours."""
        certificate = get_object_or_404(
            Certificate.objects.visible_to(request.user).issued(), case__reference=reference
        )
        if not certificate.is_ready:
            raise BeingPrepared
        return certificate_file(certificate)


def verdict_data(verdict: Verdict, words: Words) -> dict[str, Any]:
    """The answer as JSON."""
    known = asdict(facts_of(verdict.certificate)) if verdict.certificate else {}
    said = {"state": words.state, "message": words.sentence, "meaning": words.meaning, "signed_at": verdict.signed_at}
    blank = dict.fromkeys(VerdictSerializer().fields)
    return dict(VerdictSerializer(blank | known | said).data)
