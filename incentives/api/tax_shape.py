"""Question and answer of the tax schedule."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from incentives.tax import wording
from incentives.tax.case import HUNDRED, MONTHS, ZERO, Mode
from incentives.tax.checking import EARLIEST, LATEST, MOST_YEARS, STANDARD_RATES
from incentives.tax.law import codes
from incentives.tax.schedule import Relief, Schedule
from incentives.tax.windows import Span

DIGITS: Final = 24
PLACES: Final = 9


def _year(**more: Any) -> serializers.IntegerField:
    return serializers.IntegerField(min_value=EARLIEST, max_value=LATEST, **more)


def _amount(**more: Any) -> serializers.DecimalField:
    return serializers.DecimalField(max_digits=DIGITS, decimal_places=PLACES, **more)


@extend_schema_field({"type": "string", "format": "decimal"})
class Figure(serializers.Field[Decimal, Any, str, Decimal]):
    """A figure as text, without zeros that say nothing."""

    def to_representation(self, value: Decimal) -> str:
        """Never an exponent."""
        return format(value.normalize() if value else ZERO, "f")


class IncomeField(serializers.DictField):
    """The income of years; whatever is wrong with it is said in one sentence."""

    child = _amount()

    def to_internal_value(self, data: Any) -> dict[int, Decimal]:
        """Years with their income."""
        if not isinstance(data, Mapping) or not data:
            raise serializers.ValidationError(_('Give the income of at least one year, as in {"2027": "100"}.'))
        if len(data) > MOST_YEARS:
            raise serializers.ValidationError(_("Give at most %(years)s years.") % {"years": MOST_YEARS})
        return dict(sorted(self._pair(str(year), amount) for year, amount in data.items()))

    def _pair(self, year: str, amount: Any) -> tuple[int, Decimal]:
        if not (year.isascii() and year.isdigit() and EARLIEST <= int(year[:5]) <= LATEST and len(year) == 4):
            raise serializers.ValidationError(_("“%(year)s” is not a year such as 2027.") % {"year": year[:20]})
        try:
            return int(year), self.child.run_validation(amount)
        except serializers.ValidationError:
            raise serializers.ValidationError(
                _("The income of %(year)s is not an amount such as 100 or -12.5.") % {"year": year}
            ) from None


class UsedYears(serializers.Serializer[Any]):
    """Years already applied to the same income under an earlier incentive."""

    rate = serializers.IntegerField(min_value=0, max_value=MOST_YEARS, default=0)
    exempt = serializers.IntegerField(min_value=0, max_value=MOST_YEARS, default=0)
    half = serializers.IntegerField(min_value=0, max_value=MOST_YEARS, default=0)


class ExpansionQuestion(serializers.Serializer[Any]):
    """An expansion; without assets the income given is that of the expansion alone."""

    mode = serializers.ChoiceField(choices=[mode.value for mode in Mode])
    assets_total = _amount(min_value=Decimal("0.000000001"), required=False, allow_null=True, default=None)
    assets_expansion = _amount(min_value=ZERO, required=False, allow_null=True, default=None)
    disbursed_year = _year(required=False, allow_null=True, default=None)


class TaxQuestion(serializers.Serializer[Any]):
    """Years are tax periods; amounts are in any one unit."""

    certificate_year = _year(help_text="The period in which the certificate of incentives is issued.")
    first_revenue_year = _year(help_text="The first period with revenue of the project.")
    income = IncomeField(
        help_text="Income before losses carried forward, by year; a year left out repeats the one before it."
    )
    until = _year(required=False, allow_null=True, default=None)
    level = serializers.CharField(default="A", max_length=20, help_text=f"One of {', '.join(codes())}.")
    licensed_on = serializers.DateField(
        required=False, allow_null=True, default=None, help_text="Day of the licence: its law applies. Empty: today's."
    )
    standard_rate = serializers.DecimalField(max_digits=5, decimal_places=2, default=Decimal(20))
    first_year_months = serializers.IntegerField(min_value=1, max_value=MONTHS, default=MONTHS)
    defer_first_period = serializers.BooleanField(
        default=False, help_text="Whether it was registered with the tax office to start with the next period."
    )
    already_used = UsedYears(required=False, allow_null=True, default=None)
    failed_years = serializers.ListField(child=_year(), default=list, max_length=MOST_YEARS)
    revenue_share_percent = _amount(min_value=ZERO, max_value=HUNDRED, default=HUNDRED)
    expansion = ExpansionQuestion(required=False, allow_null=True, default=None)

    def validate_standard_rate(self, rate: Decimal) -> Decimal:
        """One of the standard rates of the law."""
        if rate not in STANDARD_RATES:
            raise serializers.ValidationError(_("The standard rate is 20, 17 or 15 per cent."))
        return rate


class TaxYear(serializers.Serializer[Any]):
    """A tax period; `rate` in per cent applies to income with the incentive."""

    year = serializers.IntegerField()
    income = Figure()
    loss_used = Figure()
    taxable_income = Figure()
    rate = Figure()
    relief = serializers.ChoiceField(choices=[relief.value for relief in Relief])
    tax = Figure()
    tax_without = Figure()
    failed = serializers.BooleanField()


class TaxRule(serializers.Serializer[Any]):
    """A rule behind the answer; marks: S read in a source, G general knowledge, U to be confirmed by the authority."""

    code = serializers.CharField()
    version = serializers.CharField()
    legal_basis = serializers.CharField()
    mark = serializers.CharField()


class TaxSpan(serializers.Serializer[Any]):
    """Consecutive years."""

    first = serializers.IntegerField()
    last = serializers.IntegerField()


class TaxAnswer(serializers.Serializer[Any]):
    """The years, what they add up to, what was supposed, and the rules."""

    level = serializers.CharField(source="level.code")
    years = TaxYear(many=True)
    total = Figure()
    total_without = Figure()
    saved = Figure()
    windows = serializers.SerializerMethodField()
    assumptions = serializers.SerializerMethodField()
    rules = TaxRule(many=True)

    @extend_schema_field(serializers.DictField(child=TaxSpan(allow_null=True)))
    def get_windows(self, found: Schedule) -> dict[str, Any]:
        """The years at the rate, exempt and at half; null where there are none."""
        windows = found.windows
        spans: dict[str, Span] = {"rate": windows.rate, "exempt": windows.exempt, "half": windows.half}
        return {name: {"first": span.first, "last": span.last} if span else None for name, span in spans.items()}

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_assumptions(self, found: Schedule) -> list[str]:
        """Sentences in the reader's language."""
        return wording.assumptions(found)
