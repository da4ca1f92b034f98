"""Granted incentives for programs: the list, one whole, and filing its annual report."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.generics import ListAPIView
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.access import open_to
from cases.api.pages import KeyPages
from cases.api.views import KEY, key_of, person
from cases.calendar import local_date
from incentives.api.grants_shape import GrantDetail, GrantRow, ReportAnswer, ReportQuestion, statement_from
from incentives.grants import reporting
from incentives.grants.models import IncentiveGrant
from incentives.grants.page import GrantPage, grants_for
from incentives.grants.statements import conditions_of


class GrantPages(KeyPages):
    """Newest first."""

    page_size = 50


def find(request: Request, number: str) -> IncentiveGrant:
    """The grant, if this person may see it (404 otherwise)."""
    grant: IncentiveGrant = get_object_or_404(grants_for(person(request)), number=number.upper())
    return grant


@open_to("person")
class GrantList(ListAPIView[IncentiveGrant]):
    """Certificates of incentives: of their companies for investors, all for officials."""

    permission_classes = (IsAuthenticated,)
    pagination_class = GrantPages
    serializer_class = GrantRow

    def get_queryset(self) -> QuerySet[IncentiveGrant]:
        """What the reader may see."""
        return IncentiveGrant.objects.visible_to(person(self.request)).select_related("project")

    @extend_schema(operation_id="incentives_grants_list", tags=["incentives"])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List them, newest first."""
        return super().get(request, *args, **kwargs)


@open_to("person")
class GrantRead(APIView):
    """One certificate of incentives."""

    permission_classes = (IsAuthenticated,)

    @extend_schema(operation_id="incentives_grants_read", responses=GrantDetail, tags=["incentives"])
    def get(self, request: Request, number: str) -> Response:
        """State, products, duties with their days, reports, and the income tax by year."""
        grant = find(request, number)
        page = GrantPage(grant, person(request), local_date())
        context = {"page": page, "conditions": conditions_of(grant)}
        return Response(GrantDetail(grant, context=context).data)


@open_to("person")
class GrantReports(APIView):
    """The annual reports of a certificate."""

    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="incentives_reports_file", request=ReportQuestion, parameters=[KEY], tags=["incentives"],
        responses={
            201: ReportAnswer,
            400: OpenApiResponse(description="Everything that is wrong with what was stated, by field."),
            403: OpenApiResponse(description="This person may not file reports for the company."),
            404: OpenApiResponse(description="No such certificate of a company of this person."),
            409: OpenApiResponse(description="The report is filed already, or the certificate is no longer in force."),
        },
    )  # fmt: skip
    def post(self, request: Request, number: str) -> Response:
        """File the report on a year, or its correction where the office asked for one."""
        grant, by, key = find(request, number), person(request), key_of(request)
        question = ReportQuestion(data=request.data)
        question.is_valid(raise_exception=True)
        given = question.validated_data
        filing = reporting.file(grant, given["year"], statement_from(given), by=by, declared=given["declared"], key=key)
        return Response(ReportAnswer(filing).data, status=status.HTTP_201_CREATED)
