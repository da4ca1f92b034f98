"""The timeline's form: everything in the address, nothing stored. Amounts in billions of dong."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.core.validators import BaseValidator, MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cases.calendar import local_date
from incentives.calculators.checking import HIGHEST_RATE, LARGEST, LONGEST_LEASE, problems
from incentives.calculators.product import ProductUnclear, group_of
from incentives.calculators.question import BILLION, HUNDRED, Area, Question, Sector
from incentives.eligibility.facts import BY_NAME
from incentives.eligibility.finding import LONGEST
from incentives.tax.checking import EARLIEST, LATEST
from incentives.tax.wording import LEVELS, PLACES
from projects.deposit import REDUCTIONS
from projects.fields import AnswerField, DayInput, NumberField
from projects.forms.layout import grid

NEEDED: Final = ("lease_on", "production_on", "first_revenue_year", "assets_from", "deposit_capital", "investment",
                 "loan")  # fmt: skip
"""One of them is enough to answer something."""
SITE: Final = ("product", "place", "state_land", "size")
DAYS: Final = ("lease_on", "filed_on", "production_on", "certificate_year")
AMOUNTS: Final = ("rent", "profit", "assets_value", "assets_rate", "materials_value", "materials_rate")
TAX: Final = ("level", "first_revenue_year", "first_profit_year", "licensed_on")
CREDIT: Final = ("deposit_capital", "deposit_reduction", "investment", "own_capital", "loan", "collateral",
                 "market_rate", "value_chain", "green")  # fmt: skip
SPECIAL: Final = (
    "sector", "area", "project_type", "operation_on", "trial_on", "assets_from", "lease_years", "relief_from",
    "eligible_percent", "resource_energy_percent", "year_end_month", "on", "high_tech", "start_up", "minerals",
    "excise",
)  # fmt: skip
USUAL: Final = {"level": "A", "deposit_reduction": "0", "sector": Sector.SPECIAL.value, "year_end_month": "12"}
"""Answers that a form sends although nobody chose them."""
MONEY: Final = ("rent", "profit", "assets_value", "materials_value", "deposit_capital", "investment", "own_capital",
                "loan", "collateral")  # fmt: skip


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=DayInput, **more)


def _year(label: Any, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=EARLIEST, max_value=LATEST, required=False, **more)


def _between(most: Decimal) -> list[BaseValidator]:
    return [MinValueValidator(Decimal(0)), MaxValueValidator(most)]


def _amount(label: Any, **more: Any) -> NumberField:
    return NumberField(label=label, places=PLACES, validators=_between(LARGEST / BILLION), required=False, **more)


def _percent(label: Any, most: Decimal = HUNDRED, **more: Any) -> NumberField:
    return NumberField(label=label, places=PLACES, largest=most, validators=_between(most), required=False, **more)


def _choice(label: Any, choices: Any, empty: Any = None, **more: Any) -> forms.ChoiceField:
    first = [] if empty is None else [("", empty)]
    return forms.ChoiceField(label=label, choices=[*first, *choices], required=False, **more)


def _asked(name: str) -> forms.ChoiceField:
    """A question of the incentive check, asked in the same words."""
    question = BY_NAME[name]
    return _choice(question.label, question.choices, _("Not answered yet"), help_text=question.help)


class TimelineForm(forms.Form):
    """Place, days and amounts; what few need is folded away. Nothing is required."""

    product = forms.CharField(label=_("Product: its name in Vietnamese or English, or its code"), required=False,
                              max_length=LONGEST, help_text=_("Empty: any supporting-industry product."))  # fmt: skip
    place = _asked("place")
    state_land = AnswerField(label=BY_NAME["state_land"].label, help_text=BY_NAME["state_land"].help, required=False)
    size = _asked("size")

    lease_on = _day(_("Day of the lease decision, or of the contract with the developer"))
    filed_on = _day(_("Day the relief from land rent is filed for"),
                    help_text=_("Empty: with the lease, in time. Later, the months before it are lost."))  # fmt: skip
    production_on = _day(_("Day official production starts"), help_text=_("Trial production does not count."))
    certificate_year = _year(_("Year of the certificate of incentives"))

    rent = _amount(_("Land rent of a year (billion dong)"))
    profit = _amount(_("Profit of a year (billion dong)"))
    assets_value = _amount(_("Customs value of the fixed assets (billion dong)"))
    assets_rate = _percent(_("Rate of duty on them (%)"), HIGHEST_RATE, help_text=_("On average, from the tariff."))
    materials_value = _amount(_("Customs value of the materials of a year (billion dong)"))
    materials_rate = _percent(_("Rate of duty on the materials (%)"), HIGHEST_RATE,
                              help_text=_("On average, from the tariff."))  # fmt: skip

    level = _choice(_("Level of incentive"), list(LEVELS.items()), initial="A")
    first_revenue_year = _year(_("First year with revenue"), help_text=_("Empty: that of official production."))
    first_profit_year = _year(_("First year with income"), help_text=_("Empty: that of the first revenue."))
    licensed_on = _day(_("Day of the licence"), help_text=_("Empty: today's law."))

    deposit_capital = _amount(_("Capital that the deposit is reckoned from (billion dong)"),
                              help_text=_("Without land fees and works handed over to the State."))  # fmt: skip
    deposit_reduction = _choice(
        _("Reduction of the deposit"), [(str(one), f"{one} %") for one in REDUCTIONS],
        help_text=_("As the authority confirmed it."),
    )  # fmt: skip
    investment = _amount(_("Investment without working capital (billion dong)"))
    own_capital = _amount(_("Own capital in it (billion dong)"))
    loan = _amount(_("Loan (billion dong)"))
    collateral = _amount(_("Collateral (billion dong)"))
    market_rate = _percent(_("Average yearly rate of commercial loans (%)"))
    value_chain = forms.BooleanField(label=_("Interest support asked for: enterprise in a value chain"), required=False)
    green = forms.BooleanField(label=_("Interest support asked for: green, circular or ESG project"), required=False)

    sector = _choice(_("How the investment law favours the sector"), [
        (Sector.SPECIAL, _("Special sector, as supporting-industry products")),
        (Sector.INCENTIVE, _("Incentive sector")), (Sector.NONE, _("Not at all")),
    ])  # fmt: skip
    area = _choice(_("How the investment law favours the place"), [
        (Area.ORDINARY, _("Not at all")), (Area.DIFFICULT, _("Difficult area")),
        (Area.ESPECIALLY_DIFFICULT, _("Especially difficult area")), (Area.FREE_TRADE_ZONE, _("Free-trade zone")),
    ], _("As the place above"))  # fmt: skip
    project_type = _asked("project_type")
    operation_on = _day(_("Day the project starts to operate"), help_text=_("Empty: with official production."))
    trial_on = _day(_("Day trial production starts"))
    assets_from = _day(_("Day of the first import of fixed assets"), help_text=_("Empty: with licence or lease."))
    lease_years = forms.IntegerField(
        label=_("Years of the lease"), min_value=1, max_value=LONGEST_LEASE, required=False
    )
    relief_from = _day(_("Day from which relief from land rent is asked for"), help_text=_("Empty: from the filing."))
    eligible_percent = _percent(_("Share of the fixed assets that the eligible part takes (%)"))
    resource_energy_percent = _percent(_("Share of resources and energy in the cost of the product (%)"))
    year_end_month = _choice(
        _("End of the financial year"),
        [("12", _("31 December")), ("3", _("31 March")), ("6", _("30 June")), ("9", _("30 September"))],
    )  # fmt: skip
    on = _day(_("Law of the day"))
    high_tech = forms.BooleanField(label=_("High-technology enterprise"), required=False)
    start_up = forms.BooleanField(label=_("Innovative start-up"), required=False)
    minerals = forms.BooleanField(label=_("The product is a mineral"), required=False)
    excise = forms.BooleanField(label=_("The product is under excise tax"), required=False)

    def __init__(self, data: Any) -> None:
        asked = data if data and any(data.get(name) for name in NEEDED) else None
        super().__init__(asked, auto_id="id_%s")
        self.use_required_attribute = False
        if asked is None and data:  # a link from another page may bring answers without asking yet
            self.initial = {name: data[name] for name in self.fields if data.get(name)}
        self.question: Question | None = None

    def clean(self) -> dict[str, Any]:
        """The question, or beside each field what stands against it."""
        found = super().clean() or self.cleaned_data
        if self.errors:
            self._check_product(found)
            return found
        asked = Question.of(self._answers(found) | {"group": self._check_product(found)})
        wrong = problems(asked)
        for name, sentence in wrong.items():
            self.add_error(name, sentence)
        if not self.errors:
            self.question = asked
        return found

    def _check_product(self, found: dict[str, Any]) -> str | None:
        try:
            return group_of(found.get("product") or "", found.get("on") or local_date())
        except ProductUnclear as unclear:
            self.add_error("product", str(unclear))
            return None

    def _answers(self, found: dict[str, Any]) -> dict[str, Any]:
        answers = dict(found) | {"on": found.get("on") or local_date()}
        for name in MONEY:
            if answers.get(name) is not None:
                answers[name] *= BILLION
        for name in ("deposit_reduction", "year_end_month"):
            answers[name] = int(answers[name]) if answers.get(name) else None
        return answers

    # --- showing ----------------------------------------------------------------------------------------------------
    @property
    def helper(self) -> FormHelper:
        """How crispy lays the form out: the usual first, what few need folded away."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.layout = Layout(
            grid(self, _now("Product and place"), SITE), grid(self, _now("Days"), DAYS),
            grid(self, _now("Amounts, as far as they are known"), AMOUNTS), *self._folds(),
        )  # fmt: skip
        return helper

    def _folds(self) -> Iterator[Any]:
        for title, names in ((_now("Income tax"), TAX), (_now("Deposit and credit"), CREDIT),
                             (_now("Special cases"), SPECIAL)):  # fmt: skip
            used = any(self.data.get(name) not in (None, "", USUAL.get(name)) for name in names)
            used = used or any(name in self.errors for name in names)
            yield Fieldset(title, grid(self, "", names), template="incentives/tax_schedule_fold.html",
                           css_class="open" if used else "")  # fmt: skip
