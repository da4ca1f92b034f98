"""Public tools for programs: the deposit calculator and the register. No sign-in, rate limited."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import ScopedRateThrottle
from rest_framework.views import APIView

from accounts.access import open_to
from cases.api.pages import KeyPages
from projects.deposit import REDUCTIONS, deposit
from projects.models import Project
from projects.querysets import ProjectQuerySet
from projects.views import chosen_projects, wanted_day


class DepositQuestion(serializers.Serializer[Any]):
    """The capital without land fees and works handed over, and the reduction staff confirmed."""

    capital_vnd = serializers.DecimalField(max_digits=20, decimal_places=0, min_value=Decimal(0))
    reduction_percent = serializers.ChoiceField(choices=REDUCTIONS, default=0)


class DepositSlice(serializers.Serializer[Any]):
    """A slice of the capital and the deposit on it, in VND."""

    above = serializers.DecimalField(max_digits=20, decimal_places=0)
    up_to = serializers.DecimalField(max_digits=20, decimal_places=0, allow_null=True)
    percent = serializers.DecimalField(max_digits=5, decimal_places=2)
    capital_vnd = serializers.DecimalField(max_digits=20, decimal_places=0, source="capital")
    deposit_vnd = serializers.DecimalField(max_digits=22, decimal_places=2, source="amount")


class DepositAnswer(serializers.Serializer[Any]):
    """The deposit in whole dong, after the reduction, slice by slice."""

    deposit_vnd = serializers.DecimalField(max_digits=20, decimal_places=0, source="amount")
    before_reduction_vnd = serializers.DecimalField(max_digits=20, decimal_places=0, source="before")
    reduction_percent = serializers.IntegerField()
    slices = DepositSlice(many=True)
    legal_basis = serializers.ListField(child=serializers.CharField())


@open_to("anyone")
class DepositTool(APIView):
    """Reckon the deposit that secures a project on State land."""

    authentication_classes = ()
    permission_classes = [AllowAny]
    throttle_classes = [ScopedRateThrottle]
    throttle_scope = "public"

    @extend_schema(operation_id="deposit", request=DepositQuestion, responses=DepositAnswer)
    def post(self, request: Request) -> Response:
        """3 % up to 300 billion dong, 2 % to 1,000 billion, 1 % above; less a confirmed reduction of 25 or 50 %."""
        question = DepositQuestion(data=request.data)
        question.is_valid(raise_exception=True)
        asked = question.validated_data
        return Response(DepositAnswer(deposit(asked["capital_vnd"], int(asked["reduction_percent"]))).data)


class ProjectRow(serializers.ModelSerializer[Project]):
    """A project of the public register; nothing personal, capital as the chain adds up to (on `as_of`, if given)."""

    zone = serializers.CharField(source="zone.code", default=None, allow_null=True)
    sector = serializers.CharField(source="sector.code", default=None, allow_null=True)
    country = serializers.CharField(source="country.code", allow_blank=True)
    capital_usd = serializers.DecimalField(max_digits=20, decimal_places=2, allow_null=True)
    capital_vnd = serializers.DecimalField(max_digits=20, decimal_places=0, allow_null=True)
    first_issued = serializers.CharField()

    class Meta:
        model = Project
        fields = (
            "code", "national_code", "name", "name_en", "investors", "country", "zone", "sector", "activity", "state",
            "first_issued", "capital_usd", "capital_vnd", "imported", "source_url",
        )  # fmt: skip


class ProjectPages(KeyPages):
    """Newest entry first; the cursor keeps its place while projects come in."""

    page_size = 50


@open_to("anyone")
class ProjectList(ListAPIView[Project]):
    """The public register."""

    authentication_classes = ()
    permission_classes = [AllowAny]
    throttle_classes = [ScopedRateThrottle]
    throttle_scope = "public"
    pagination_class = ProjectPages
    serializer_class = ProjectRow

    def get_queryset(self) -> ProjectQuerySet:
        """The projects asked for, with what a row shows."""
        asked = self.request.query_params
        if asked.get("as_of") and wanted_day(asked["as_of"]) is None:
            raise serializers.ValidationError({"as_of": [_("This is not a date: write it as 2026-11-24.")]})
        return chosen_projects(asked).with_places()

    @extend_schema(
        operation_id="projects_list",
        parameters=[
            OpenApiParameter(
                "search", str, description="Words of name, code, investor or zone; accents do not matter."
            ),
            OpenApiParameter("zone", str, description="Code of a zone; its parts are included."),
            OpenApiParameter("sector", str, description="VSIC code of any level."),
            OpenApiParameter("country", str, description="ISO code of the main investor's country."),
            OpenApiParameter("as_of", date, description="Projects and capital as of that day."),
        ],
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List the projects."""
        return super().get(request, *args, **kwargs)
