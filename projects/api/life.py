"""The acts in the life of a project for programs: the same rules as on the pages. Views parse, call one act, answer."""

from __future__ import annotations

from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.access import open_to
from cases.api.views import key_of, person
from projects import life
from projects.life import Act
from projects.life_checks import Told
from projects.life_models import LifeNotice
from projects.register import Project

KEY = OpenApiParameter(
    "Idempotency-Key", str, OpenApiParameter.HEADER, description="Repeating a request with its key repeats its answer."
)


class LifeQuestion(serializers.Serializer[Any]):
    """What is stated about an act. Days are local dates."""

    decided_on = serializers.DateField()
    effective_on = serializers.DateField(
        help_text="First day of the suspension, first day of work, or the day on which project or certificate ends."
    )
    until = serializers.DateField(required=False, allow_null=True, default=None, help_text="Only for a suspension.")
    ground = serializers.CharField(max_length=40, help_text="A code that the law in force knows for this act.")
    reason = serializers.CharField(required=False, allow_blank=True, default="", max_length=4000)


class LifeAnswer(serializers.ModelSerializer[LifeNotice]):
    """The notice that was written, and where the project stands now."""

    project = serializers.CharField(source="project.code")
    state = serializers.CharField(source="project.state")
    event = serializers.IntegerField(source="event.seq", help_text="Number of the entry in the capital chain.")
    certificate = serializers.CharField(
        source="certificate.number", default=None, allow_null=True, help_text="The certificate that ended."
    )

    class Meta:
        model = LifeNotice
        fields = (
            "project", "state", "kind", "decided_on", "effective_on", "until", "ground", "clause", "reason", "side",
            "notice_due_on", "late", "inform_by", "certificate", "event", "recorded_at",
        )  # fmt: skip


ANSWERS: Any = {
    200: LifeAnswer,
    400: OpenApiResponse(description="Everything that is wrong with what was stated, by field."),
    403: OpenApiResponse(description="This person may not."),
    404: OpenApiResponse(description="No such project in the public register."),
    409: OpenApiResponse(description="Not from where the project stands, or something is in the way."),
}


class LifeMove(APIView):
    """One act."""

    permission_classes = (IsAuthenticated,)
    act: ClassVar[Act]

    def post(self, request: Request, code: str) -> Response:
        """Do it. 409 if the state forbids it, 403 if the person may not, 400 with everything that is wrong at once."""
        found = Project.objects.published().select_related("organisation")
        project: Project = get_object_or_404(found, code=code.upper())
        by, key = person(request), key_of(request)
        known = key and project.life_notices.filter(kind=self.act.kind, by=by, key=key).exists()
        if not known:
            self.act.ensure_possible(project, by)
        question = LifeQuestion(data=request.data)
        question.is_valid(raise_exception=True)
        notice = self.act(project, by=by, told=Told(**question.validated_data), key=key)
        return Response(LifeAnswer(notice).data)


@open_to("person")
@extend_schema_view(
    post=extend_schema(
        operation_id="projects_suspend", request=LifeQuestion, responses=ANSWERS, parameters=[KEY], tags=["projects"]
    )
)
class Suspend(LifeMove):
    """Report a suspension."""

    act = life.suspend


@open_to("person")
@extend_schema_view(
    post=extend_schema(
        operation_id="projects_resume", request=LifeQuestion, responses=ANSWERS, parameters=[KEY], tags=["projects"]
    )
)
class Resume(LifeMove):
    """Report the resumption."""

    act = life.resume


@open_to("person")
@extend_schema_view(
    post=extend_schema(
        operation_id="projects_terminate", request=LifeQuestion, responses=ANSWERS, parameters=[KEY], tags=["projects"]
    )
)
class Terminate(LifeMove):
    """Report the end of the project, or terminate it."""

    act = life.terminate


@open_to("person")
@extend_schema_view(
    post=extend_schema(
        operation_id="projects_revoke", request=LifeQuestion, responses=ANSWERS, parameters=[KEY], tags=["projects"]
    )
)
class Revoke(LifeMove):
    """Revoke the certificate."""

    act = life.revoke
