"""The certificate of a project as of a day, for programs: the same answer as the page, with the same rights."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.access import open_to
from projects.as_of import AsOf, sentences
from projects.forms.days import AsOfForm
from projects.project_page import find, may_read_certificates
from projects.views.as_of import address, answer_to


class CertificateAsOf(serializers.Serializer[Any]):
    """The last certificate up to that day and how the project stood; null before the first one, and after its end
    `state` and `in_force_until` say that it is over; `explanation` says it in words.
    """

    project = serializers.CharField()
    as_of = serializers.DateField()
    known_at = serializers.DateField(allow_null=True)
    version = serializers.IntegerField(allow_null=True, help_text="0: first certificate, N: its Nth adjustment.")
    number = serializers.CharField(allow_null=True)
    effective_on = serializers.DateField(allow_null=True)
    in_force_until = serializers.DateField(allow_null=True, help_text="Null: no later version is known.")
    recorded_at = serializers.DateTimeField(allow_null=True)
    state = serializers.CharField(help_text="Of the project on that day.")
    capital_usd = serializers.DecimalField(max_digits=20, decimal_places=2, allow_null=True)
    capital_vnd = serializers.DecimalField(max_digits=20, decimal_places=0, allow_null=True)
    content = serializers.JSONField(allow_null=True)
    content_sha256 = serializers.CharField(allow_null=True)
    pdf = serializers.CharField(allow_null=True, help_text="Address of the PDF as it was issued.")
    pdf_sha256 = serializers.CharField(allow_null=True)
    explanation = serializers.ListField(child=serializers.CharField())


@open_to("person")
class ProjectCertificate(APIView):
    """The certificate in force on a day, as far as it was known here at the end of another."""

    permission_classes = [IsAuthenticated]

    @extend_schema(
        operation_id="project_certificate",
        parameters=[
            OpenApiParameter("as_of", date, description="In force on that day; today if not given."),
            OpenApiParameter("known_at", date, description="As known here at the end of that day; now if not given."),
        ],
        responses=CertificateAsOf,
    )
    def get(self, request: Request, code: str) -> Response:
        """Version, content, state and capital of that day, and where the PDF is."""
        project = find(code)
        if not may_read_certificates(project, request.user):
            raise Http404
        form = AsOfForm(request.query_params)
        if not form.is_valid():
            raise serializers.ValidationError(
                {name: [str(error) for error in errors] for name, errors in form.errors.items()}
            )
        return Response(CertificateAsOf(_told(answer_to(project, form))).data)


def _told(answer: AsOf) -> dict[str, Any]:
    version, document = answer.version, answer.document
    return {
        "project": answer.project.code,
        "as_of": answer.day,
        "known_at": answer.known_on,
        "version": version.number if version else None,
        "number": version.certificate_number if version else None,
        "effective_on": version.effective_on if version else None,
        "in_force_until": answer.turn.until if answer.turn else None,
        "recorded_at": timezone.localtime(version.recorded_at) if version else None,
        "state": answer.state,
        "capital_usd": answer.capital.usd,
        "capital_vnd": answer.capital.vnd,
        "content": version.data if version else None,
        "content_sha256": version.data_sha256 if version else None,
        "pdf": address("project-certificate-pdf", answer, answer.day) if document else None,
        "pdf_sha256": document.pdf_sha256 if document else None,
        "explanation": sentences(answer),
    }
