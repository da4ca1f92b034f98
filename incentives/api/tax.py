"""The tax schedule for programs. No sign-in, rate limited, nothing stored."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import ScopedRateThrottle
from rest_framework.views import APIView

from accounts.access import open_to
from incentives.api.tax_shape import TaxAnswer, TaxQuestion
from incentives.tax.case import Case, Expansion, Mode, Used
from incentives.tax.checking import problems, usable_level
from incentives.tax.schedule import schedule


@open_to("anyone")
class TaxSchedule(APIView):
    """Reckon the corporate income tax of a project year by year, with an incentive and without it."""

    authentication_classes = ()
    permission_classes = [AllowAny]
    throttle_classes = [ScopedRateThrottle]
    throttle_scope = "public"

    @extend_schema(operation_id="incentives_tax_schedule", request=TaxQuestion, responses=TaxAnswer)
    def post(self, request: Request) -> Response:
        """An estimate from the figures given, with the assumptions and rules behind it; tax is self-assessed."""
        question = TaxQuestion(data=request.data)
        question.is_valid(raise_exception=True)
        asked = question.validated_data
        case, licensed_on = case_of(asked), asked.get("licensed_on")
        wrong = problems(case, asked["level"], licensed_on)
        if wrong:
            raise serializers.ValidationError({name: [sentence] for name, sentence in wrong.items()})
        return Response(TaxAnswer(schedule(case, usable_level(asked["level"], licensed_on))).data)


def case_of(asked: Mapping[str, Any]) -> Case:
    """The question as the engine reads it."""
    expansion = asked.get("expansion")
    return Case(
        certificate_year=asked["certificate_year"], first_revenue_year=asked["first_revenue_year"],
        income=asked["income"], until=asked.get("until"), standard_rate=Decimal(asked["standard_rate"]),
        first_year_months=asked["first_year_months"], defer_first_period=asked["defer_first_period"],
        used=Used(**asked.get("already_used") or {}), failed_years=frozenset(asked["failed_years"]),
        share_percent=asked["revenue_share_percent"],
        expansion=Expansion(**expansion | {"mode": Mode(expansion["mode"])}) if expansion else None,
    )  # fmt: skip
