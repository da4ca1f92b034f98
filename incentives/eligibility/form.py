"""The questions as a form in the address: nothing is required, nothing is stored."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cases.calendar import local_date
from incentives.eligibility.facts import QUESTIONS, Facts, Question
from incentives.eligibility.finding import LONGEST
from projects.fields import DayInput

OPEN: Final = ("", _("Not answered yet"))
TRUTH: Final = {"true": True, "false": False}


class Radios(forms.RadioSelect):
    """Radio buttons to which an error summary can lead: to the first of them."""

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """The first button stands for the whole question."""
        return super().id_for_label(id_, "0" if index is None else index)


class RadioField(forms.TypedChoiceField):
    """One question; the first choice leaves it open."""

    def __init__(self, question: Question) -> None:
        self.question = question
        choices = [(str(value).lower(), label) for value, label in question.choices]
        words: dict[str, Any] = {"label": question.label, "help_text": question.help}
        super().__init__(
            **words, choices=[OPEN, *choices], required=False,
            widget=Radios, coerce=self._read, empty_value=None,
        )  # fmt: skip

    def _read(self, value: str) -> bool | str:
        return TRUTH[value] if self.question.yes_or_no else value


class CheckForm(forms.Form):
    """Product, answers, and the day whose law is asked about."""

    product = forms.CharField(
        label=_("Product: its name in Vietnamese or English, or its code"), required=False, max_length=LONGEST,
        help_text=_("Accents do not matter."),
    )  # fmt: skip
    on = forms.DateField(label=_("Law of the day"), required=False, widget=DayInput({"class": "form-control"}))

    def __init__(self, data: QueryDict) -> None:
        asked = data if any(value for key, value in data.items() if key != "on") or data.get("on") else None
        super().__init__(asked, auto_id="id_%s")
        self.use_required_attribute = False
        self.fields["on"].initial = local_date
        for question in QUESTIONS:
            self.fields[question.name] = RadioField(question)

    @property
    def day(self) -> date:
        """The day that was typed; today where there is none or it cannot be read."""
        found: date | None = getattr(self, "cleaned_data", {}).get("on")
        return found or local_date()

    @property
    def facts(self) -> Facts:
        """What was answered."""
        answers: dict[str, Any] = self.cleaned_data
        return Facts.of(answers)

    def questions(self, *, core: bool) -> list[forms.BoundField]:
        """The bound questions that decide the certificate and the income tax, or the others."""
        return [self[question.name] for question in QUESTIONS if question.core is core]

    @property
    def core(self) -> list[forms.BoundField]:
        """Asked first."""
        return self.questions(core=True)

    @property
    def more(self) -> list[forms.BoundField]:
        """Asked below, for the other incentives."""
        return self.questions(core=False)

    @property
    def more_answered(self) -> bool:
        """Whether the fold with the others should stand open."""
        return self.is_bound and any(self.data.get(field.name) for field in self.more)
