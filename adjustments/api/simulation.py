"""The simulator's question and answer for programs."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from adjustments.starting import OUTSIDE
from adjustments.structure import AMOUNTS
from adjustments.wanting import unknown_codes, unknown_place
from cases.calendar import local_date
from projects.api.serializers import list_of
from projects.columns import LARGEST_USD, LARGEST_VND

EXCEPTIONS = ("none", "force_majeure", "late_land", "authority", "planning", "objective", "capital_20")


def amount(name: str) -> serializers.DecimalField:
    """An amount of money that may be left out: USD with cents, VND whole."""
    places, largest = (2, LARGEST_USD) if name.endswith("usd") else (0, LARGEST_VND)
    return serializers.DecimalField(
        max_digits=20, decimal_places=places, min_value=Decimal(0), max_value=largest, required=False, allow_null=True
    )


def yes_no() -> serializers.BooleanField:
    """A question that may stay unanswered."""
    return serializers.BooleanField(required=False, allow_null=True, default=None)


class Structured(serializers.Serializer[Any]):
    """Totals and parts in both currencies, and what the rules look at beside the capital."""

    land_area_m2 = serializers.DecimalField(
        max_digits=14, decimal_places=2, min_value=Decimal(0), required=False, allow_null=True
    )
    completion_on = serializers.DateField(required=False, allow_null=True, help_text="The last phase operates from.")
    term_years = serializers.IntegerField(min_value=1, max_value=200, required=False, allow_null=True)
    place = serializers.CharField(
        required=False, allow_blank=True, help_text=f"Code of a zone, or “{OUTSIDE}” for outside the zones."
    )

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """The amounts by name, then the rest."""
        return {name: amount(name) for name in AMOUNTS} | super().get_fields()

    def validate_place(self, place: str) -> str:
        """A zone of the city, or outside."""
        if problem := unknown_place(place):
            raise serializers.ValidationError(problem)
        return place


class InvestorAmounts(serializers.Serializer[Any]):
    """An investor, by name, and the contribution."""

    name = serializers.CharField(max_length=255)
    contribution_usd = amount("usd")
    contribution_vnd = amount("vnd")


class PhaseAmounts(serializers.Serializer[Any]):
    """A phase, by its number in the certificate from 1, and its capital."""

    number = serializers.IntegerField(min_value=1, max_value=100)
    capital_usd = amount("usd")
    capital_vnd = amount("vnd")


class SimulationToday(Structured):
    """The project as it stands, where no project of the register is named."""

    exchange_rate = serializers.DecimalField(
        max_digits=12, decimal_places=4, min_value=Decimal(1), required=False, allow_null=True
    )
    investors = list_of(InvestorAmounts())


class SimulationQuestion(Structured):
    """A project of the register (or `today`), what is to change, and the day whose law is asked about."""

    project = serializers.CharField(required=False, allow_null=True, allow_blank=True, max_length=12)
    on = serializers.DateField(default=local_date)
    today = SimulationToday(required=False, allow_null=True)
    investors = list_of(InvestorAmounts())
    phases = list_of(PhaseAmounts())
    objectives = serializers.ListField(
        child=serializers.RegexField(r"^\d{4}$"), required=False, max_length=20,
        help_text="VSIC 2025 codes of new objectives, four digits.",
    )  # fmt: skip
    approved = yes_no()
    special_procedure = yes_no()
    state_land = yes_no()
    operating = yes_no()
    schedule_exception = serializers.CharField(
        required=False, allow_blank=True, help_text="Ground for a later completion: " + ", ".join(EXCEPTIONS) + "."
    )
    paid_in_usd = amount("usd")
    paid_in_vnd = amount("vnd")

    def validate_objectives(self, codes: list[str]) -> list[str]:
        """Codes of the list of sectors."""
        if problem := unknown_codes(codes):
            raise serializers.ValidationError(problem)
        return codes

    def validate_schedule_exception(self, ground: str) -> str:
        """One of the grounds of article 33(4), or none."""
        if ground and ground not in EXCEPTIONS:
            raise serializers.ValidationError(_("“%(word)s” is not one of the choices.") % {"word": ground})
        return ground

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Without a project, today's capital has to be there."""
        if not attrs.get("project") and not any((attrs.get("today") or {}).get(name) is not None for name in AMOUNTS):
            raise serializers.ValidationError({"today": [_("Name a project, or say what its capital is today.")]})
        return attrs


class SimulationLine(serializers.Serializer[Any]):
    """An amount before and after, with the signed difference and its per cent."""

    path = serializers.CharField()
    name = serializers.CharField(source="label")
    currency = serializers.CharField()
    before = serializers.CharField(allow_null=True)
    after = serializers.CharField(allow_null=True)
    difference = serializers.CharField(allow_null=True)
    percent = serializers.DecimalField(max_digits=40, decimal_places=2, allow_null=True)


class SimulationFact(serializers.Serializer[Any]):
    """Another answer that changes, as people read it."""

    path = serializers.CharField()
    name = serializers.CharField(source="label")
    before = serializers.CharField(allow_blank=True)
    after = serializers.CharField(allow_blank=True)


class SimulationRule(serializers.Serializer[Any]):
    """A rule that applies, with its figures, its clause, how sure it is, and when it was law."""

    code = serializers.CharField(source="rule.code")
    effect = serializers.CharField(source="rule.effect")
    sentence = serializers.CharField()
    clause = serializers.CharField(source="rule.clause")
    mark = serializers.CharField(source="rule.mark")
    valid_from = serializers.DateField(source="rule.valid_from")
    valid_to = serializers.DateField(source="rule.valid_to", allow_null=True)


class SimulationProcedure(serializers.Serializer[Any]):
    """The procedure under one version of the law."""

    code = serializers.CharField()
    law = serializers.CharField()
    name = serializers.SerializerMethodField()
    working_days = serializers.IntegerField()
    completeness_days = serializers.IntegerField()
    legal_basis = serializers.ListField(child=serializers.CharField(), source="clauses")

    def get_name(self, procedure: Any) -> str:
        """In the reader's language."""
        return str(procedure.name(get_language() or "vi"))


class SimulationLaw(serializers.Serializer[Any]):
    """What another law version makes of the same change."""

    valid_from = serializers.DateField()
    valid_to = serializers.DateField(allow_null=True)
    legal_working_days = serializers.IntegerField(source="working_days", allow_null=True)
    procedure = SimulationProcedure(allow_null=True)
    rules = SimulationRule(many=True)


class SimulationPaper(serializers.Serializer[Any]):
    """A paper of the procedure."""

    code = serializers.CharField()
    name = serializers.CharField()
    need = serializers.CharField()
    needed = serializers.BooleanField()
    printed = serializers.BooleanField()
    clause = serializers.CharField()


class SimulationDeposit(serializers.Serializer[Any]):
    """The deposit in VND, before any reduction."""

    before_vnd = serializers.DecimalField(max_digits=20, decimal_places=0, source="before")
    after_vnd = serializers.DecimalField(max_digits=20, decimal_places=0, source="after")
    difference_vnd = serializers.DecimalField(max_digits=20, decimal_places=0, source="difference")
    clause = serializers.CharField()


class SimulationAuthority(serializers.Serializer[Any]):
    """The office that receives and decides."""

    code = serializers.CharField()
    name = serializers.SerializerMethodField()

    def get_name(self, authority: Any) -> str:
        """In the reader's language."""
        return str(authority.name(get_language() or "vi"))


class SimulationAnswer(serializers.Serializer[Any]):
    """What the change would lead to. `known_from`: certificate, register (public figures only) or typed."""

    project = serializers.CharField(source="project.code", default=None, allow_null=True)
    known_from = serializers.CharField(source="source")
    on = serializers.DateField()
    totals = SimulationLine(many=True)
    structure = SimulationLine(many=True, source="parts")
    investors = SimulationLine(many=True)
    phases = SimulationLine(many=True)
    other_changes = SimulationFact(many=True, source="facts")
    rule_class = serializers.CharField(source="law.rule_class", allow_blank=True)
    approval_first = serializers.SerializerMethodField()
    procedure = SimulationProcedure(source="law.procedure", allow_null=True)
    legal_working_days = serializers.IntegerField(source="law.working_days", allow_null=True)
    due_on = serializers.DateField(allow_null=True)
    authority = SimulationAuthority(allow_null=True)
    rules = SimulationRule(many=True, source="law.rules")
    earlier_law = SimulationLaw(source="earlier", allow_null=True)
    later_law = SimulationLaw(source="later", allow_null=True)
    papers = SimulationPaper(many=True)
    deposit = SimulationDeposit(allow_null=True)
    incentives = SimulationRule(many=True)
    assumptions = serializers.ListField(child=serializers.CharField(), source="notes")
    problems = serializers.ListField(child=serializers.CharField())

    @extend_schema_field(bool)
    def get_approval_first(self, simulation: Any) -> bool:
        """Whether the in-principle approval has to be adjusted first."""
        return bool(simulation.law.approval_first)
