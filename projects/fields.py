"""Form fields for figures, written the way readers write them (rules of reading: projects.money)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse_lazy
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from projects.columns import LEAST_RATE
from projects.money import Unclear, echo, editable, read_number

ANSWERS: Final = [
    ("", _("Not answered yet")),
    ("true", _("Yes")),
    ("false", _("No")),
]


class NumberField(forms.Field):
    """A figure with at most `places` decimals; accepts points and commas and refuses what has two readings.

    `smallest` and `largest` only help to choose between two readings; limits are validators.
    """

    widget = forms.TextInput
    currency = ""

    def __init__(
        self, *, places: int = 0, smallest: Decimal | None = None, largest: Decimal | None = None, **kwargs: Any
    ) -> None:
        self.places, self.smallest, self.largest = places, smallest, largest
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Decimal | None:
        """The figure; raises ValidationError with the sentence that says what to write instead."""
        if value in self.empty_values:
            return None
        if isinstance(value, Decimal | int):
            return Decimal(value)
        try:
            return read_number(
                str(value), places=self.places, currency=self.currency, smallest=self.smallest, largest=self.largest
            )
        except Unclear as unclear:
            raise ValidationError(str(unclear), code="unclear") from None

    def prepare_value(self, value: Any) -> Any:
        """A stored figure in the reader's form; what was typed stays as it was typed."""
        if isinstance(value, Decimal | int):
            return editable(value, self.places, currency=self.currency, smallest=self.smallest, largest=self.largest)
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another figure was typed, however it is written."""
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """A keyboard with figures on small screens."""
        return {**super().widget_attrs(widget), "inputmode": "decimal", "autocomplete": "off"}


class MoneyField(NumberField):
    """An amount of money; its bound field can say the amount in short form and in words."""

    def __init__(self, *, currency: str, **kwargs: Any) -> None:
        self.currency = currency
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """What static/js/money.js needs to keep the echo in step with the typing."""
        return {**super().widget_attrs(widget), "data-currency": self.currency, "data-echo": reverse_lazy("money-echo")}

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> BoundMoney:
        """A bound field with an echo."""
        return BoundMoney(form, self, field_name)


class BoundMoney(forms.BoundField):
    """A money field in a form."""

    @property
    def echo(self) -> str:
        """The amount in short form and in words; empty for nothing or for what cannot be read."""
        value = self.value()
        if value is None or value == "":
            return ""
        return echo(str(value), getattr(self.field, "currency", ""))


class CountField(NumberField):
    """A whole number: people, years, pieces."""

    def clean(self, value: Any) -> int | None:
        """The number as an int."""
        cleaned = super().clean(value)
        return None if cleaned is None else int(cleaned)


class YearField(CountField):
    """A year: four digits, never grouped."""

    def prepare_value(self, value: Any) -> Any:
        """The year as it is spoken."""
        return str(int(value)) if isinstance(value, Decimal | int) else value


class AnswerField(forms.TypedChoiceField):
    """A yes/no question that may stay unanswered."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=ANSWERS, coerce=lambda value: value == "true", empty_value=None, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Python's truth as the option's value."""
        return {True: "true", False: "false", None: ""}.get(value, value)

    def to_python(self, value: Any) -> Any:
        """A closed field is cleaned with the stored answer itself, not with an option's value."""
        return super().to_python(self.prepare_value(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare answers, not spellings."""
        return bool(self.prepare_value(initial) != (data or ""))


class DayInput(forms.DateInput):
    """The browser's own date field."""

    input_type = "date"

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__(dict(attrs or {}), format="%Y-%m-%d")


def field_for(column: models.Field[Any, Any], **kwargs: Any) -> forms.Field | None:
    """The form field of a model field: figures, questions and dates are ours, the rest Django's own."""
    shared: dict[str, Any] = {"label": capfirst(column.verbose_name), "help_text": column.help_text, "required": False}
    if isinstance(column, models.DecimalField):
        return _figure(column, shared)
    if isinstance(column, models.BooleanField) and column.null:
        return AnswerField(**shared)
    if isinstance(column, models.IntegerField) and not column.choices:
        kind = YearField if (column.name or "").endswith("_year") else CountField
        return kind(validators=column.validators, **shared)
    if isinstance(column, models.DateField):
        return forms.DateField(widget=DayInput, **shared)
    if isinstance(column, models.TextField):
        kwargs = {"widget": forms.Textarea({"rows": 3})} | kwargs
    field = column.formfield(**kwargs)
    if isinstance(field, forms.ChoiceField) and not isinstance(column, models.BooleanField):
        field.required = False
    return field


def _figure(column: models.DecimalField[Any, Any], shared: dict[str, Any]) -> NumberField:
    places, name = column.decimal_places, column.name
    if name.endswith(("_vnd", "_usd")):
        return MoneyField(places=places, currency=name[-3:].upper(), validators=column.validators, **shared)
    limits: dict[str, Decimal] = {}
    validators = list(column.validators)
    if name.endswith("_percent"):
        limits = {"largest": Decimal(100)}
    elif name == "exchange_rate":
        limits = {"smallest": Decimal(1000)}
        validators.append(MinValueValidator(LEAST_RATE))
    return NumberField(places=places, validators=validators, **limits, **shared)
