"""Question and answer of the measures: import duty, land rent, deposit, credit, and the years of income tax."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cases.calendar import local_date
from incentives.api.tax_shape import Figure
from incentives.calculators import wording
from incentives.calculators.checking import HIGHEST_RATE, LARGEST, LONGEST_LEASE
from incentives.calculators.measure import Bound, Code, Kind, Measure, State
from incentives.calculators.question import HUNDRED, Area, Sector
from incentives.calculators.timeline import Timeline
from incentives.eligibility.facts import BY_NAME
from incentives.eligibility.finding import LONGEST
from incentives.tax.checking import EARLIEST, LATEST
from incentives.tax.law import codes
from projects.deposit import REDUCTIONS

ZERO: Final = Decimal(0)
PLACES: Final = 2
YEAR_ENDS: Final = (3, 6, 9, 12)


def _open(**more: Any) -> dict[str, Any]:
    """What every question has: it may stay open."""
    return {"required": False, "allow_null": True, "default": None, **more}


def _day(**more: Any) -> serializers.DateField:
    return serializers.DateField(**_open(**more))


def _year(**more: Any) -> serializers.IntegerField:
    return serializers.IntegerField(**_open(min_value=EARLIEST, max_value=LATEST, **more))


def _amount(**more: Any) -> serializers.DecimalField:
    return serializers.DecimalField(
        **_open(max_digits=20, decimal_places=PLACES, min_value=ZERO, max_value=LARGEST, **more)
    )


def _percent(most: Decimal = HUNDRED, **more: Any) -> serializers.DecimalField:
    return serializers.DecimalField(**_open(max_digits=7, decimal_places=3, min_value=ZERO, max_value=most, **more))


def _word(values: list[str], **more: Any) -> serializers.RegexField:
    """One of some words; a plain field, so that names of choices do not meet those of other questions."""
    return serializers.RegexField(
        f"^({'|'.join(values)})$", help_text=f"One of: {', '.join(values)}.",
        error_messages={"invalid": _("Choose one of: %(values)s.") % {"values": ", ".join(values)}}, **_open(**more),
    )  # fmt: skip


def _asked(name: str) -> serializers.RegexField:
    return _word([str(value) for value, _label in BY_NAME[name].choices])


class MeasuresQuestion(serializers.Serializer[Any]):
    """A project as far as it is known. Amounts in dong, rates in per cent; nothing but the day of asking is needed."""

    on = serializers.DateField(default=local_date, help_text="The day of asking; empty: today.")
    product = serializers.CharField(required=False, allow_blank=True, default="", max_length=LONGEST,
                                    help_text="A line of the list by its code or name.")  # fmt: skip
    place = _asked("place")
    state_land = serializers.BooleanField(**_open())
    area = _word([one.value for one in Area])
    sector = _word([one.value for one in Sector])
    size = _asked("size")
    project_type = _asked("project_type")
    high_tech = serializers.BooleanField(default=False)
    start_up = serializers.BooleanField(default=False)
    licensed_on = _day()
    lease_on = _day(help_text="Day of the lease decision, or of the contract with the developer of a park.")
    lease_years = serializers.IntegerField(**_open(min_value=1, max_value=LONGEST_LEASE))
    filed_on = _day(help_text="Day the relief from land rent is filed for; empty: with the lease.")
    relief_from = _day(help_text="Day from which relief from land rent is asked for; never before the filing.")
    assets_from = _day(help_text="Day of the first import of fixed assets; empty: with licence or lease.")
    trial_on = _day()
    production_on = _day(help_text="Day official production starts; trial production does not count.")
    operation_on = _day(help_text="Day the project starts to operate; empty: with official production.")
    year_end_month = serializers.IntegerField(**_open(help_text="Month the financial year ends with: 3, 6, 9 or 12."))
    rent = _amount(help_text="Of a year.")
    assets_value = _amount(help_text="Customs value of the fixed assets.")
    assets_rate = _percent(HIGHEST_RATE)
    eligible_percent = _percent()
    materials_value = _amount(help_text="Customs value of the materials of a year.")
    materials_rate = _percent(HIGHEST_RATE)
    resource_energy_percent = _percent()
    minerals = serializers.BooleanField(default=False)
    excise = serializers.BooleanField(default=False)
    level = serializers.CharField(default="A", max_length=20, help_text=f"One of {', '.join(codes())}.")
    certificate_year = _year()
    first_revenue_year = _year(help_text="Empty: the year of official production.")
    first_profit_year = _year(help_text="Empty: the first year with revenue.")
    profit = _amount(help_text="Of a year.")
    deposit_capital = _amount(help_text="Without land fees and works handed over to the State.")
    deposit_reduction = serializers.IntegerField(**_open(help_text="0, 25 or 50 per cent, as the authority says."))
    investment = _amount(help_text="Without working capital.")
    own_capital = _amount()
    market_rate = _percent()
    loan = _amount()
    collateral = _amount()
    value_chain = serializers.BooleanField(default=False)
    green = serializers.BooleanField(default=False)

    def to_internal_value(self, data: Any) -> Any:
        """A misspelt question would quietly stay open: it is refused, together with whatever else is wrong."""
        unknown = sorted(set(data) - set(self.fields)) if isinstance(data, dict) else []
        wrong: dict[str, Any] = {str(name): [_("There is no such question.")] for name in unknown}
        try:
            found = super().to_internal_value(data)
        except serializers.ValidationError as error:
            raise serializers.ValidationError({**error.detail, **wrong} if wrong else error.detail) from None  # type: ignore[dict-item]
        if wrong:
            raise serializers.ValidationError(wrong)
        return found

    def validate_year_end_month(self, month: int | None) -> int | None:
        """The end of a quarter."""
        if month is not None and month not in YEAR_ENDS:
            raise serializers.ValidationError(_("The financial year ends with month 3, 6, 9 or 12."))
        return month

    def validate_deposit_reduction(self, percent: int | None) -> int | None:
        """One of those the decree knows."""
        if percent is not None and percent not in REDUCTIONS:
            raise serializers.ValidationError(_("The reduction is 0, 25 or 50 per cent."))
        return percent


class MeasureSpan(serializers.Serializer[Any]):
    """From the first day to the last, both included."""

    first = serializers.DateField()
    last = serializers.DateField()


class MeasureAmount(serializers.Serializer[Any]):
    """Saved, out of what would be paid without the measure, in dong; exact, at least or at most."""

    saved = Figure()
    whole = Figure(allow_null=True)
    bound = serializers.CharField(help_text=f"One of: {', '.join(Bound)}.")
    yearly = serializers.BooleanField()


class MeasureFigure(serializers.Serializer[Any]):
    """Another figure, in dong or in per cent."""

    name = serializers.CharField()
    value = Figure()
    percent = serializers.BooleanField()


class MeasureRule(serializers.Serializer[Any]):
    """A rule behind it; marks: confirmed, seen, general, or unsure, which gives neither days nor amounts."""

    code = serializers.CharField()
    version = serializers.CharField()
    clause = serializers.CharField()
    mark = serializers.CharField()


class MeasureTask(serializers.Serializer[Any]):
    """What to file, by which day; null where the sentence says when."""

    kind = serializers.CharField(help_text=f"One of: {', '.join(Kind)}.")
    day = serializers.DateField(allow_null=True)
    sentence = serializers.CharField()


class MeasureAnswer(serializers.Serializer[Any]):
    """One measure."""

    code = serializers.CharField(help_text=f"One of: {', '.join(Code)}.")
    name = serializers.SerializerMethodField()
    state = serializers.CharField(help_text=f"One of: {', '.join(State)}.")
    span = MeasureSpan(allow_null=True)
    lost = MeasureSpan(allow_null=True, help_text="The time that a late filing loses.")
    amount = MeasureAmount(allow_null=True)
    figures = MeasureFigure(many=True)
    rules = MeasureRule(source="bases", many=True)
    notes = serializers.ListField(child=serializers.CharField())
    tasks = MeasureTask(many=True)
    missing = serializers.ListField(child=serializers.CharField(), help_text="Questions that it needs.")

    @extend_schema_field(serializers.CharField())
    def get_name(self, measure: Measure) -> str:
        """In the reader's language."""
        return str(wording.NAMES[measure.code])


class MeasuresAnswer(serializers.Serializer[Any]):
    """The measures in their order, the days to keep, and what all of it supposes."""

    fingerprint = serializers.CharField(source="asked.fingerprint", help_text="The same for the same answers.")
    measures = MeasureAnswer(many=True)
    milestones = MeasureTask(many=True)
    assumptions = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_assumptions(self, found: Timeline) -> list[str]:
        """Sentences in the reader's language."""
        return wording.assumptions(found)
