"""The simulator for programs: what a change of a project would lead to. No sign-in, rate limited."""

from __future__ import annotations

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import ScopedRateThrottle
from rest_framework.views import APIView

from accounts.access import open_to
from adjustments.api.simulation import SimulationAnswer, SimulationQuestion
from adjustments.asking import Given, typed, wanted
from adjustments.simulating import simulate
from adjustments.starting import Today, found_project, of_project, of_typed


@open_to("anyone")
class Simulate(APIView):
    """Simulate a change of a project's certificate; nothing is stored."""

    permission_classes = [AllowAny]
    throttle_classes = [ScopedRateThrottle]
    throttle_scope = "public"

    @extend_schema(operation_id="adjustments_simulate", request=SimulationQuestion, responses=SimulationAnswer)
    def post(self, request: Request) -> Response:
        """Structure before and after, the rules of that day and of the neighbouring law, procedure, papers and days.

        Without a sign-in a project's public figures are used; for its own company and for officials the certificate.
        """
        question = SimulationQuestion(data=request.data)
        question.is_valid(raise_exception=True)
        asked = question.validated_data
        found = simulate(_today(request, asked), wanted(asked), asked["on"])
        return Response(SimulationAnswer(found).data)


def _today(request: Request, asked: Given) -> Today:
    code = asked.get("project")
    if not code:
        return of_typed(typed(asked.get("today") or {}))
    project = found_project(code)
    if project is None:
        raise serializers.ValidationError({"project": [_("The register has no project %(code)s.") % {"code": code}]})
    return of_project(project, request.user)
