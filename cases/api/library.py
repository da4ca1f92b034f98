"""Taking papers over from the company's library, for programs."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.access import open_to
from cases.api.serializers import AttachmentSerializer
from cases.api.views import find, person
from cases.library import take_over


class TakeOverSerializer(serializers.Serializer[Any]):
    """Which papers to attach; left out: all that the library has and the dossier needs and does not have."""

    papers = serializers.ListField(child=serializers.CharField(max_length=12), required=False, allow_empty=False)


@open_to("person")
class CaseLibraryPapers(APIView):
    """The company's library, as a source of papers for a case."""

    @extend_schema(
        operation_id="cases_attach_from_library",
        request=TakeOverSerializer,
        responses={200: AttachmentSerializer(many=True), 201: AttachmentSerializer(many=True)},
    )
    def post(self, request: Request, reference: str) -> Response:
        """Attach papers from the company's library: all of them or none. 200 if there was nothing to attach."""
        case = find(request, reference)
        wanted = TakeOverSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        attached = take_over(case, by=person(request), papers=wanted.validated_data.get("papers"))
        code = status.HTTP_201_CREATED if attached else status.HTTP_200_OK
        return Response(AttachmentSerializer(attached, many=True).data, status=code)
