"""The form of an annual report: figures, output, conditions; everything may stay empty in a draft."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Final

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Field, Fieldset, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.errors import Invalid
from incentives.grants.models import ApprovedProduct
from incentives.grants.reports import AMOUNTS, VALUES, AnnualReport, ReportedOutput
from incentives.grants.statements import Answer, Statement, gaps
from incentives.policies import PolicyRule
from projects.fields import AnswerField, MoneyField, NumberField, field_for
from projects.forms.layout import grid
from projects.money import figure

MINUS: Final = "-−–"
OUTPUT, KEPT, WHY = "output_", "kept_", "why_"
PREFIXES: Final = {"outputs.": OUTPUT, "conditions.": KEPT, "explanations.": WHY}
"""What the domain calls the fields of rows, and what the form calls them."""
YEAR: Final = ("revenue_vnd", "products_revenue_vnd", "export_vnd", "income_vnd")
MEANS: Final = ("capital_implemented_vnd", "employees", "equipment")
RELIEFS: Final = ("relief_income_tax_vnd", "relief_import_duty_vnd", "relief_land_rent_vnd")


class LossField(MoneyField):
    """An amount that may be a loss, written with a minus."""

    def to_python(self, value: Any) -> Decimal | None:
        """The amount; raises ValidationError with the sentence that says what to write instead."""
        text = value.strip() if isinstance(value, str) else value
        if isinstance(text, str) and text[:1] in MINUS and text:
            amount = super().to_python(text[1:])
            if amount is None:
                raise ValidationError(gettext("“%(typed)s” is not a figure: write digits only.") % {"typed": text})
            return -amount
        return super().to_python(text)

    def prepare_value(self, value: Any) -> Any:
        """A stored loss with its minus."""
        if isinstance(value, Decimal | int) and value < 0:
            return f"-{super().prepare_value(-value)}"
        return super().prepare_value(value)


class ReportForm(forms.Form):
    """One year's report. Rows of products and conditions are fields of their own, named by their number or code."""

    declared = forms.BooleanField(
        label=_("I declare that these statements are true and that I answer for them before the law."), required=False
    )

    def __init__(
        self,
        data: Any,
        *,
        told: Statement,
        products: Mapping[int, ApprovedProduct],
        rules: Iterable[PolicyRule],
        last: Statement | None = None,
        may_file: bool = True,
    ) -> None:
        super().__init__(data, auto_id="id_%s")
        self.use_required_attribute = False
        self.products, self.rules, self.last = products, list(rules), last
        for name in VALUES:
            self.fields[name] = _field(name)
            self.initial[name] = told.values.get(name)
        for number, product in products.items():
            self._add_output(number, product, told)
        for rule in self.rules:
            self._add_condition(rule, told.conditions.get(rule.code, Answer()))
        if last is not None:
            self._show_last(last)
        if not may_file:
            del self.fields["declared"]

    def _add_output(self, number: int, product: ApprovedProduct, told: Statement) -> None:
        words = {"product": product.name, "unit": product.unit or gettext("unit")}
        label = gettext("Output of %(product)s (%(unit)s)") % words
        limits = ReportedOutput._meta.get_field("output").validators
        self.fields[f"{OUTPUT}{number}"] = NumberField(label=label, places=2, required=False, validators=limits)
        self.initial[f"{OUTPUT}{number}"] = told.outputs.get(number)

    def _add_condition(self, rule: PolicyRule, answer: Answer) -> None:
        label = gettext("Was this condition kept: %(condition)s?") % {"condition": rule.name}
        self.fields[f"{KEPT}{rule.code}"] = AnswerField(label=label, help_text=rule.text, required=False)
        words = gettext("If it was not kept: what, since when, and what is done about it (%(condition)s)")
        self.fields[f"{WHY}{rule.code}"] = forms.CharField(
            label=words % {"condition": rule.name}, required=False, max_length=4000,
            widget=forms.Textarea({"rows": 2, "data-when": json.dumps([{f"{KEPT}{rule.code}": ["false"]}])}),
        )  # fmt: skip
        self.initial.update({f"{KEPT}{rule.code}": answer.kept, f"{WHY}{rule.code}": answer.explanation})

    def _show_last(self, last: Statement) -> None:
        known: dict[str, Any] = {name: last.values.get(name) for name in AMOUNTS}
        known.update({f"{OUTPUT}{number}": output for number, output in last.outputs.items()})
        for name, value in known.items():
            if value is not None and name in self.fields:
                field = self.fields[name]
                hint = gettext("Last year: %(figure)s.") % {"figure": figure(value)}
                field.help_text = f"{field.help_text} {hint}".strip()

    # --- what was typed ---------------------------------------------------------------------------------------------
    @property
    def told(self) -> Statement:
        """The statement as far as it can be read."""
        given = self.cleaned_data
        return Statement(
            {name: given[name] for name in VALUES if name in given},
            {number: given[f"{OUTPUT}{number}"] for number in self.products if f"{OUTPUT}{number}" in given},
            {
                rule.code: Answer(given.get(f"{KEPT}{rule.code}"), given.get(f"{WHY}{rule.code}", ""))
                for rule in self.rules
            },
        )

    def show_gaps(self) -> None:
        """Beside each field what is still missing for a filing, where what was typed can be read."""
        problems = dict(gaps(self.told, self.products, [rule.code for rule in self.rules]))
        if not self.cleaned_data.get("declared"):
            problems["declared"] = gettext("Please declare that the statements are true.")
        self.take_over(Invalid({name: [sentence] for name, sentence in problems.items()}))

    def take_over(self, problem: Invalid) -> None:
        """The domain's refusals beside the fields they are about; a field that cannot be read keeps its own."""
        unreadable = set(self.errors)
        for path, sentences in problem.errors.items():
            name = _form_name(path)
            if name in unreadable:
                continue
            for sentence in sentences:
                self.add_error(name if name in self.fields else None, sentence)

    # --- showing ----------------------------------------------------------------------------------------------------
    @property
    def helper(self) -> FormHelper:
        """How crispy lays the form out."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        conditions = tuple(f"{prefix}{rule.code}" for rule in self.rules for prefix in (KEPT, WHY))
        outputs = tuple(f"{OUTPUT}{number}" for number in self.products)
        helper.layout = Layout(
            grid(self, gettext("Revenue and income"), YEAR),
            grid(self, gettext("Output of the approved products"), outputs),
            grid(self, gettext("Capital, people, equipment"), MEANS),
            grid(self, gettext("What the incentives gave in the year"), RELIEFS),
            grid(self, gettext("Conditions of the certificate"), conditions),
            grid(self, gettext("Changes"), ("changes",)),
            *([self._declaration()] if "declared" in self.fields else []),
        )
        return helper

    def _declaration(self) -> Fieldset:
        whole = Row(Column(Field("declared"), css_class="col-12"))
        return Fieldset(gettext("Declaration"), whole, template="projects/forms/group.html")


def _field(name: str) -> forms.Field:
    column: Any = AnnualReport._meta.get_field(name)
    if name == "income_vnd":
        return LossField(
            label=capfirst(str(column.verbose_name)), help_text=str(column.help_text), places=0, currency="VND",
            validators=column.validators, required=False,
        )  # fmt: skip
    field = field_for(column)
    if field is None:
        raise TypeError(f"no field for {name}")
    return field


def _form_name(path: str) -> str:
    for prefix, own in PREFIXES.items():
        if path.startswith(prefix):
            return own + path.removeprefix(prefix)
    return path
