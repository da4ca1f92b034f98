"""Public tools for programs: no sign-in, rate limited."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils.translation import get_language
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import ScopedRateThrottle
from rest_framework.views import APIView

from accounts.access import open_to
from cases.calendar import load_calendar


class DueQuestion(serializers.Serializer[Any]):
    """From which day, how many working days."""

    start = serializers.DateField()
    working_days = serializers.IntegerField(min_value=0, max_value=400)


class SkippedDay(serializers.Serializer[Any]):
    """A weekday that did not count, and why."""

    date = serializers.DateField()
    why = serializers.CharField()


class DueAnswer(serializers.Serializer[Any]):
    """The day on which the time ends."""

    due_on = serializers.DateField()
    skipped = SkippedDay(many=True)


@open_to("anyone")
class DueDay(APIView):
    """Count working days by the calendar the office uses."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (ScopedRateThrottle,)
    throttle_scope = "public"

    @extend_schema(
        operation_id="calendar_due",
        parameters=[
            OpenApiParameter("start", date, required=True, description="The first day, which is not counted."),
            OpenApiParameter("working_days", int, required=True),
        ],
        responses=DueAnswer,
    )
    def get(self, request: Request) -> Response:
        """Name the day, and the public holidays that were skipped on the way."""
        question = DueQuestion(data=request.query_params)
        question.is_valid(raise_exception=True)
        start: date = question.validated_data["start"]
        calendar = load_calendar()
        due = calendar.add_working_days(start, question.validated_data["working_days"])
        vietnamese = (get_language() or "vi").startswith("vi")
        skipped = [
            {"date": day, "why": names[0] if vietnamese else names[1]}
            for day, names in calendar.skipped(start, due - timedelta(days=1))
        ]
        return Response(DueAnswer({"due_on": due, "skipped": skipped}).data)
