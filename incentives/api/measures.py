"""Import duty, land rent, deposit, credit and tax years for programs. No sign-in, rate limited, nothing stored."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import ScopedRateThrottle
from rest_framework.views import APIView

from accounts.access import open_to
from incentives.api.measures_shape import MeasuresAnswer, MeasuresQuestion
from incentives.calculators.checking import problems
from incentives.calculators.law import law_kept
from incentives.calculators.product import ProductUnclear, group_of
from incentives.calculators.question import Question
from incentives.calculators.timeline import timeline_for


@open_to("anyone")
class Measures(APIView):
    """Reckon from when to when a project has which support, and what it saves; an estimate."""

    authentication_classes = ()
    permission_classes = [AllowAny]
    throttle_classes = [ScopedRateThrottle]
    throttle_scope = "public"

    @extend_schema(operation_id="incentives_measures", request=MeasuresQuestion, responses=MeasuresAnswer)
    def post(self, request: Request) -> Response:
        """The measures with their own days, by the rules of the day that counts for each; what is missing is named."""
        question = MeasuresQuestion(data=request.data)
        question.is_valid(raise_exception=True)
        answers, wrong, group = question.validated_data, {}, None
        try:
            group = group_of(answers["product"], answers["on"])
        except ProductUnclear as unclear:
            wrong["product"] = [str(unclear)]
        asked = Question.of(answers | {"group": group})
        wrong |= {name: [sentence] for name, sentence in problems(asked).items()}
        if wrong:
            raise serializers.ValidationError(wrong)
        return Response(MeasuresAnswer(timeline_for(asked, law_kept())).data)
