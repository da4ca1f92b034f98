"""The schedule's form: everything in the address, nothing stored. Amounts in billions of dong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, Final

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.core.validators import BaseValidator, MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from incentives.tax.case import HUNDRED, MONTHS, ZERO, Case, Expansion, Mode, Used
from incentives.tax.checking import EARLIEST, LATEST, MOST_YEARS, STANDARD_RATES, problems, usable_level
from incentives.tax.profit import LARGEST, LineUnclear, incomes, read_lines, read_signed
from incentives.tax.schedule import Schedule, schedule
from incentives.tax.wording import LEVELS, PLACES
from projects.fields import DayInput, NumberField
from projects.forms.layout import grid
from projects.money import Unclear

USUAL: Final = "A"
NEEDED: Final = ("certificate_year", "first_revenue_year", "profit")
BASICS: Final = ("level", "standard_rate", "certificate_year", "first_revenue_year", "until")
PROFIT: Final = ("profit", "lines")
SPECIAL: Final = (
    "licensed_on", "revenue_share_percent", "first_year_months", "defer_first_period", "failed_years",
    "used_rate", "used_exempt", "used_half",
)  # fmt: skip
EXPANSION: Final = ("mode", "disbursed_year", "assets_total", "assets_expansion")
FIELDS_OF: Final = {"income": "lines"} | {f"expansion.{name}": name for name in EXPANSION}
"""Where the page asks what the checks call by another name."""


class SignedField(NumberField):
    """A figure that may be negative: a loss."""

    def to_python(self, value: Any) -> Decimal | None:
        """The figure; raises ValidationError with the sentence that says what to write instead."""
        if value in self.empty_values:
            return None
        try:
            return read_signed(str(value), places=self.places)
        except Unclear as unclear:
            raise forms.ValidationError(str(unclear), code="unclear") from None


class LinesField(forms.CharField):
    """Years that differ from the usual profit, a line each."""

    widget = forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocomplete": "off"})

    def clean(self, value: Any) -> Any:
        """The lines as years and amounts."""
        try:
            return read_lines(super().clean(value), places=PLACES, years=range(EARLIEST, LATEST + 1))
        except LineUnclear as unclear:
            raise forms.ValidationError(str(unclear), code="unclear") from None


class YearsField(forms.CharField):
    """Years with commas between them."""

    def clean(self, value: Any) -> Any:
        """The years."""
        words = re.split(r"[,;\s]+", super().clean(value).strip())
        for word in filter(None, words):
            if not re.fullmatch(r"[12][0-9]{3}", word):
                raise forms.ValidationError(_now("“%(year)s” is not a year such as 2027.") % {"year": word[:20]})
        return frozenset(int(word) for word in words if word)


def _year(label: Any, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=EARLIEST, max_value=LATEST, **more)


def _count(label: Any, most: int = MOST_YEARS, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=most, required=False, **more)


def _between(least: Decimal, most: Decimal) -> list[BaseValidator]:
    return [MinValueValidator(least), MaxValueValidator(most)]


def _amount(label: Any, **more: Any) -> NumberField:
    return NumberField(label=label, places=PLACES, validators=_between(ZERO, LARGEST), required=False, **more)


class TaxForm(forms.Form):
    """Level, years, profit; and folded away, what few need."""

    level = forms.ChoiceField(label=_("Level of incentive"), choices=list(LEVELS.items()), initial=USUAL,
                              required=False)  # fmt: skip
    standard_rate = forms.ChoiceField(
        label=_("Standard rate"), required=False,
        choices=[
            ("20", _("20 %: the usual")), ("17", _("17 %: revenue of the year before 3 to 50 billion dong")),
            ("15", _("15 %: revenue of the year before at most 3 billion dong")),
        ],
    )  # fmt: skip
    certificate_year = _year(_("Year of the certificate of incentives"))
    first_revenue_year = _year(_("First year with revenue"))
    until = _year(_("Last year of the schedule"), required=False, help_text=_("Empty: the years of the incentive."))
    profit = SignedField(label=_("Profit of a year (billion dong)"), places=PLACES, validators=[],
                         help_text=_("Income before losses carried forward."))  # fmt: skip
    lines = LinesField(
        label=_("Years that differ"), required=False, max_length=4000,
        help_text=_("One a line, a loss with a minus: “2027: -60”, “2028-2030: 50”, “2031+: 150” from then on."),
    )  # fmt: skip
    licensed_on = forms.DateField(label=_("Day of the licence"), required=False, widget=DayInput,
                                  help_text=_("Empty: today's law."))  # fmt: skip
    revenue_share_percent = NumberField(
        label=_("Share of the incentive activity in the revenue (%)"), places=PLACES, required=False, largest=HUNDRED,
        validators=_between(ZERO, HUNDRED),
        help_text=_("Only without separate accounts."),
    )  # fmt: skip
    first_year_months = forms.IntegerField(label=_("Months of the first period"), min_value=1, max_value=MONTHS,
                                           required=False)  # fmt: skip
    defer_first_period = forms.BooleanField(
        label=_("Registered with the tax office: the incentive starts with the next period"), required=False
    )
    failed_years = YearsField(label=_("Years in which a condition fails"), required=False, max_length=600,
                              help_text=_("With commas between them."))  # fmt: skip
    used_rate = _count(_("Years used before: at the preferential rate"))
    used_exempt = _count(_("Years used before: exempt"))
    used_half = _count(_("Years used before: at half"))
    mode = forms.ChoiceField(
        label=_("Expansion"), required=False,
        choices=[
            ("", _("No expansion")), (Mode.WITHIN_TERM, _("while the base project is in its incentive term")),
            (Mode.AFTER_TERM, _("after the incentive term of the base project")),
        ],
    )  # fmt: skip
    disbursed_year = _year(_("Year in which its capital is fully disbursed"), required=False)
    assets_total = _amount(_("Fixed assets of the whole project (billion dong)"),
                           help_text=_("Empty: the income of the expansion is booked separately."))  # fmt: skip
    assets_expansion = _amount(_("Fixed assets of the expansion (billion dong)"))

    def __init__(self, data: Any) -> None:
        asked = data if data and any(data.get(name) for name in NEEDED) else None
        super().__init__(asked, auto_id="id_%s")
        self.use_required_attribute = False
        if data and data.get("level") in LEVELS:
            self.fields["level"].initial = data["level"]
        self.schedule: Schedule | None = None

    def clean_level(self) -> str:
        """The level asked for, or the one most ask for."""
        return self.cleaned_data["level"] or USUAL

    def clean(self) -> dict[str, Any]:
        """Reckon the schedule, or say beside each field what stands against it."""
        found = super().clean() or self.cleaned_data
        if self.errors:
            return found
        case, licensed_on = self._case(found), found.get("licensed_on")
        wrong = problems(case, found["level"], licensed_on)
        for name, sentence in wrong.items():
            self.add_error(FIELDS_OF.get(name, name), sentence)
        if not wrong:
            self.schedule = schedule(case, usable_level(found["level"], licensed_on))
        return found

    @property
    def law_of(self) -> date | None:
        """The day whose law is asked about."""
        found: date | None = self.cleaned_data.get("licensed_on")
        return found

    def _case(self, asked: dict[str, Any]) -> Case:
        expansion = self._expansion(asked)
        begins: int = asked["first_revenue_year"]
        if expansion is not None and expansion.mode == Mode.AFTER_TERM:
            begins = expansion.disbursed_year or begins
        share = asked.get("revenue_share_percent")
        return Case(
            certificate_year=asked["certificate_year"], first_revenue_year=asked["first_revenue_year"],
            income=incomes(asked["profit"], asked.get("lines") or (), begins), until=asked.get("until"),
            standard_rate=Decimal(asked["standard_rate"] or STANDARD_RATES[0]),
            first_year_months=asked.get("first_year_months") or MONTHS,
            defer_first_period=asked["defer_first_period"],
            used=Used(*(asked.get(name) or 0 for name in ("used_rate", "used_exempt", "used_half"))),
            failed_years=asked.get("failed_years") or frozenset(),
            share_percent=HUNDRED if share is None else share, expansion=expansion,
        )  # fmt: skip

    def _expansion(self, asked: dict[str, Any]) -> Expansion | None:
        if not asked.get("mode"):
            return None
        return Expansion(Mode(asked["mode"]), asked.get("disbursed_year"), asked.get("assets_total"),
                         asked.get("assets_expansion"))  # fmt: skip

    # --- showing ----------------------------------------------------------------------------------------------------
    @property
    def helper(self) -> FormHelper:
        """How crispy lays the form out: the usual first, what few need folded away."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.layout = Layout(
            grid(self, _now("Level and years"), BASICS), grid(self, _now("Profit or loss"), PROFIT), *self._folds()
        )
        return helper

    def _folds(self) -> Iterator[Any]:
        for title, names in ((_now("Special cases"), SPECIAL), (_now("Expansion"), EXPANSION)):
            used = any(self.data.get(name) for name in names) or any(name in self.errors for name in names)
            block = grid(self, "", names)
            yield Fieldset(title, block, template="incentives/tax_schedule_fold.html", css_class="open" if used else "")
