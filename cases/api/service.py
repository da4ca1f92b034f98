"""Service levels for programs: no sign-in, rate limited, the same figures as the page."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import ScopedRateThrottle
from rest_framework.views import APIView

from accounts.access import ANYONE, open_to
from cases.service.figures import FEWEST, Line
from cases.service.report import Report, report


class ServiceMeasures(serializers.Serializer[Any]):
    """From the clocks of the decided cases; days are working days."""

    median_used = serializers.FloatField()
    p90_used = serializers.IntegerField(help_text="Nearest rank: at least 90 % of the cases took no longer.")
    on_time = serializers.IntegerField(help_text="Decided on the legal day or before.")
    on_time_share = serializers.IntegerField(help_text="In whole per cent, never rounded up.")
    stopped_days = serializers.IntegerField()
    stopped_median = serializers.FloatField()


class ServiceLine(serializers.Serializer[Any]):
    """A month of a procedure."""

    month = serializers.CharField()
    over = serializers.BooleanField(help_text="False for the month that is still running.")
    procedure = serializers.CharField(help_text="“unsettled” for cases that were not accepted.")
    received = serializers.IntegerField(help_text="Submitted for the first time.")
    accepted = serializers.IntegerField()
    decided = serializers.IntegerField(help_text="Certificate issued, or refused.")
    withdrawn = serializers.IntegerField()
    stopped = serializers.IntegerField()
    open_at_end = serializers.IntegerField()
    measures = ServiceMeasures(
        allow_null=True, help_text=f"Null where fewer than {FEWEST} cases were decided: no figure is about one case."
    )


class ServiceAnswer(serializers.Serializer[Any]):
    """What was asked, as of when, and every line."""

    first_month = serializers.CharField()
    last_month = serializers.CharField()
    procedure = serializers.CharField(allow_blank=True)
    as_of = serializers.DateTimeField()
    rows = serializers.IntegerField()
    lines = ServiceLine(many=True)


@open_to(ANYONE)
class ServiceLevels(APIView):
    """What the office received and decided, and how long it took, by month and procedure."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (ScopedRateThrottle,)
    throttle_scope = "public"

    @extend_schema(
        operation_id="service_levels",
        parameters=[
            OpenApiParameter("from", str, description="First month, as 2026-01; eleven months before this one."),
            OpenApiParameter("to", str, description="Last month, as 2026-11; this month if left out."),
            OpenApiParameter("procedure", str, description="A procedure's code, or “unsettled”; all if left out."),
        ],
        responses=ServiceAnswer,
    )
    def get(self, request: Request) -> Response:
        """The lines, newest month first."""
        found = report(request.query_params.dict())
        if not found.months:
            raise ValidationError(
                {name: [str(sentence) for sentence in sentences] for name, sentences in found.form.errors.items()}
            )
        return Response(ServiceAnswer(_body(found)).data)


def _body(found: Report) -> dict[str, Any]:
    lines = [_line(line) for line in found.lines]
    return {
        "first_month": str(found.months[-1]), "last_month": str(found.months[0]), "procedure": found.form.chosen,
        "as_of": found.as_of, "rows": len(lines), "lines": lines,
    }  # fmt: skip


def _line(line: Line) -> dict[str, Any]:
    counts = {name: getattr(line.counts, name) for name in ("received", "accepted", "decided", "withdrawn", "stopped")}
    return counts | {
        "month": str(line.month), "over": line.over, "procedure": line.procedure, "open_at_end": line.open_at_end,
        "measures": line.measures,
    }  # fmt: skip
