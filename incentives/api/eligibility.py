"""The incentive check for programs. No sign-in, rate limited, nothing stored."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import ScopedRateThrottle
from rest_framework.views import APIView

from accounts.access import open_to
from cases.calendar import local_date
from incentives.eligibility.answer import Answer, Condition, ask
from incentives.eligibility.benefits import Benefit
from incentives.eligibility.facts import BY_NAME, QUESTIONS, Facts, Question
from incentives.eligibility.finding import LONGEST
from incentives.eligibility.states import State
from incentives.models import Petition, PolicyRule
from incentives.petitions.matching import petitions_for

STATES = f"One of: {', '.join(State.values)}."


def _field(question: Question) -> serializers.Field[Any, Any, Any, Any]:
    if question.yes_or_no:
        return serializers.BooleanField(required=False, allow_null=True)
    values = [str(value) for value, _label in question.choices]
    return serializers.RegexField(
        f"^({'|'.join(values)})?$", required=False, allow_null=True, allow_blank=True,
        help_text=f"One of: {', '.join(values)}.",
        error_messages={"invalid": _choose_among(values)},
    )  # fmt: skip


def _choose_among(values: list[str]) -> str:
    return _("Choose one of: %(values)s.") % {"values": ", ".join(values)}


class EligibilityFacts(serializers.Serializer[Any]):
    """The answers; what is not known is left out, and never speaks against the project."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """One field a question."""
        return {question.name: _field(question) for question in QUESTIONS}

    def to_internal_value(self, data: Any) -> Any:
        """A misspelt question would quietly stay open: it is refused."""
        unknown = sorted(set(data) - set(BY_NAME)) if isinstance(data, dict) else []
        if unknown:
            raise serializers.ValidationError({str(name): [_("There is no such question.")] for name in unknown})
        return super().to_internal_value(data)


class EligibilityQuestion(serializers.Serializer[Any]):
    """A line of the list by its code, or a product in words; the answers; the day whose law is asked about."""

    product = serializers.CharField(required=False, allow_blank=True, default="", max_length=LONGEST)
    facts = EligibilityFacts(required=False)
    on = serializers.DateField(default=local_date)


class EligibilityProduct(serializers.Serializer[Any]):
    """A line of the list of supported products."""

    code = serializers.CharField()
    list_version = serializers.CharField()
    group = serializers.CharField()
    name = serializers.CharField(source="name_here")


class EligibilityCondition(serializers.Serializer[Any]):
    """A condition, its state and why; `mark` says how sure it is: seen, general, unsure or confirmed."""

    code = serializers.CharField(source="rule.code")
    part = serializers.SerializerMethodField()
    name = serializers.CharField(source="rule.name")
    state = serializers.CharField(help_text=STATES)
    clause = serializers.CharField(source="rule.clause")
    version = serializers.CharField(source="rule.version")
    valid_from = serializers.DateField(source="rule.valid_from")
    valid_to = serializers.DateField(source="rule.valid_to", allow_null=True)
    why = serializers.CharField()
    mark = serializers.CharField()

    @extend_schema_field(str)
    def get_part(self, condition: Condition) -> str:
        """certificate or income_tax."""
        tax = condition.rule.kind == PolicyRule.Kind.INCOME_TAX_TEST
        return "income_tax" if tax else "certificate"


class EligibilityIncentive(serializers.Serializer[Any]):
    """An incentive that nothing rules out; `amount` is empty as long as nobody is sure of it."""

    code = serializers.CharField(source="rule.code")
    kind = serializers.CharField(source="rule.kind")
    name = serializers.CharField(source="rule.name")
    clause = serializers.CharField(source="rule.clause")
    version = serializers.CharField(source="rule.version")
    text = serializers.CharField(source="rule.text")
    amount = serializers.CharField(source="rule.amount", allow_blank=True)
    mark = serializers.CharField(source="rule.mark")
    needs = serializers.CharField(source="rule.needs")
    stack_group = serializers.CharField(source="rule.stack_group", allow_blank=True)
    choose = serializers.CharField(source="rule.choose")
    clock_basis = serializers.CharField(source="rule.clock_basis")
    decided_by = serializers.CharField(source="rule.decided_by")
    open_questions = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_open_questions(self, benefit: Benefit) -> list[str]:
        """The questions it still depends on, by name."""
        return [question.name for question in benefit.open_questions]


class EligibilityPetition(serializers.Serializer[Any]):
    """A petition of the city about a product that is not on the list. It gives no right to any incentive."""

    number = serializers.CharField()
    name = serializers.CharField(source="name_here")
    url = serializers.SerializerMethodField()

    @extend_schema_field(serializers.URLField())
    def get_url(self, petition: Petition) -> str:
        """The petition's page."""
        path, request = petition.get_absolute_url(), self.context.get("request")
        return str(request.build_absolute_uri(path)) if request else path


class EligibilityAnswer(serializers.Serializer[Any]):
    """`answer` is about the certificate of incentives, `income_tax` about the incentive that builds on it."""

    answer = serializers.CharField(help_text=STATES, source="state")
    income_tax = serializers.CharField(help_text=STATES)
    sentence = serializers.CharField()
    on = serializers.DateField()
    product = EligibilityProduct(source="found.product", allow_null=True)
    matches = EligibilityProduct(source="found.matches", many=True)
    nearest = EligibilityProduct(source="found.nearest", many=True)
    petitions = serializers.SerializerMethodField()
    conditions = EligibilityCondition(many=True)
    incentives = EligibilityIncentive(many=True, source="benefits")

    @extend_schema_field(EligibilityPetition(many=True))
    def get_petitions(self, answer: Answer) -> list[dict[str, Any]]:
        """For a product that is not on the list: what the city has asked for in these words. It gives no right."""
        found = petitions_for(answer.found.text) if answer.found.unlisted else []
        shown: list[dict[str, Any]] = [EligibilityPetition(one, context=self.context).data for one in found]
        return shown


@open_to("anyone")
class Eligibility(APIView):
    """Which conditions of the incentives a product and a project meet under the law of a day."""

    authentication_classes = ()
    permission_classes = [AllowAny]
    throttle_classes = [ScopedRateThrottle]
    throttle_scope = "public"

    @extend_schema(operation_id="incentives_eligibility", request=EligibilityQuestion, responses=EligibilityAnswer)
    def post(self, request: Request) -> Response:
        """Condition by condition with clause and version. A question left open is never a condition not met."""
        question = EligibilityQuestion(data=request.data)
        question.is_valid(raise_exception=True)
        asked: dict[str, Any] = question.validated_data
        on: date = asked["on"]
        found = ask(asked["product"], Facts.of(asked.get("facts") or {}), on)
        if found is None:
            raise serializers.ValidationError({"on": [_("This portal keeps no law of that day.")]})
        return Response(EligibilityAnswer(found, context={"request": request}).data)
