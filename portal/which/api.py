"""The questionnaire for programs: the next question, or the result. No sign-in, rate limited, nothing stored."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import ScopedRateThrottle
from rest_framework.views import APIView

from accounts.access import open_to
from portal.which.address import AT, ON, Asked, read
from portal.which.answer import Result, result
from portal.which.tree import Question, Walk, questions


class WhichChoice(serializers.Serializer[Any]):
    """A possible answer: give `code` for the question's own code."""

    code = serializers.CharField()
    text = serializers.CharField()


class WhichQuestion(serializers.Serializer[Any]):
    """The question that comes next."""

    code = serializers.CharField()
    text = serializers.CharField()
    help = serializers.CharField(allow_blank=True)
    choices = WhichChoice(many=True)


class WhichPaper(serializers.Serializer[Any]):
    """A paper; `need` is always, conditional, optional or printed; `needed` with the answers given here."""

    code = serializers.CharField()
    name = serializers.CharField()
    need = serializers.CharField()
    needed = serializers.BooleanField()
    clause = serializers.CharField()


class WhichResult(serializers.Serializer[Any]):
    """Where the answers lead; `procedure` is null where no dossier is filed, or none was in force (see `problem`)."""

    kind = serializers.CharField(help_text="registration, adjustment, incentive, life, verify or eligibility")
    procedure = serializers.CharField(allow_null=True)
    name = serializers.CharField(allow_blank=True)
    law = serializers.CharField(allow_blank=True)
    working_days = serializers.IntegerField(allow_null=True)
    completeness_days = serializers.IntegerField(allow_null=True)
    authority = serializers.CharField(allow_null=True)
    authority_name = serializers.CharField(allow_blank=True)
    legal_basis = serializers.ListField(child=serializers.CharField())
    papers = WhichPaper(many=True)
    first = serializers.ListField(child=serializers.CharField(), help_text="What has to be done before.")
    warnings = serializers.ListField(child=serializers.CharField())
    notes = serializers.ListField(child=serializers.CharField())
    notice_days = serializers.IntegerField(allow_null=True, help_text="To tell the authority of the end or the stop.")
    sure = serializers.BooleanField(help_text="False: to be confirmed by the authority.")
    problem = serializers.CharField(allow_blank=True)


class WhichAnswer(serializers.Serializer[Any]):
    """Either `question` or `result` is there; `answers` are those that count, in their order."""

    on = serializers.DateField()
    answers = serializers.DictField(child=serializers.CharField())
    question = WhichQuestion(allow_null=True)
    result = WhichResult(allow_null=True)


@open_to("anyone")
class WhichProcedure(APIView):
    """Which procedure a project needs: at most six questions."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (ScopedRateThrottle,)
    throttle_scope = "public"

    @extend_schema(
        operation_id="which_procedure",
        parameters=[
            OpenApiParameter(ON, date, description="The day whose law is asked about; today if left out."),
            *(OpenApiParameter(code, str, description=question.en) for code, question in questions().items()),
        ],
        responses=WhichAnswer,
    )
    def get(self, request: Request) -> Response:
        """The next question, or the result once the answers lead to the end."""
        asked = read(request.query_params)
        found = asked.walk()
        _check(request, asked, found)
        language = get_language() or "vi"
        question = found.question
        shown = {
            "on": asked.on, "answers": found.answers,
            "question": _question(question, found, asked.on, language) if question else None,
            "result": None if question else _result(result(found.given, asked.on), language),
        }  # fmt: skip
        return Response(WhichAnswer(shown).data)


def _check(request: Request, asked: Asked, found: Walk) -> None:
    """Refuse a day that cannot be read, a question that does not exist, an answer that is not open."""
    problems: dict[str, list[str]] = {
        name: [_("There is no such question.")] for name in request.query_params
        if (name not in questions() and name not in (ON, "format")) or name == AT
    }  # fmt: skip
    if asked.wrong_day:
        problems[ON] = [_("Give a day as YYYY-MM-DD.")]
    if found.wrong and found.question is not None:
        problems[found.question.code] = [_("This answer is not open here. Please choose one of these.")]
    if problems:
        raise serializers.ValidationError(problems)


def _question(question: Question, found: Walk, on: date, language: str) -> dict[str, Any]:
    choices = [{"code": one.code, "text": one.text(language, on)} for one in question.open_choices(found.given, on)]
    return {
        "code": question.code, "text": question.text(language), "help": question.help(language), "choices": choices,
    }  # fmt: skip


def _result(found: Result, language: str) -> dict[str, Any]:
    version, authority, life = found.version, found.authority, found.life
    return {
        "kind": found.kind, "procedure": version.code if version else None,
        "name": version.name(language) if version else "", "law": version.law if version else "",
        "working_days": version.working_days if version else None,
        "completeness_days": version.completeness_days if version else None,
        "authority": authority.code if authority else None,
        "authority_name": authority.name(language) if authority else "",
        "legal_basis": version.clauses if version else [], "papers": found.papers, "first": found.first,
        "warnings": found.warnings, "notes": found.notes,
        "notice_days": life.notice.working_days if life and life.notice else None,
        "sure": found.sure, "problem": found.problem,
    }  # fmt: skip
