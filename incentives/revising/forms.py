"""What is typed about a revision and its drafts; the model's own rules say what is wrong, all of it at once."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.calendar import local_date
from incentives.eligibility.states import State
from incentives.models import PolicyRule, RuleDraft, RuleReplayLine, RuleRevision, SupportedProduct
from incentives.revising.rows import as_json, check, fields_of, starting_row, written
from projects.fields import DayInput

LONG = ("text_vi", "text_en", "note", "why", "scope", "limits")
DAYS = ("valid_to", "confirmed_on", "effective_on")
ANSWERS = ("before", "after", "tax_before", "tax_after")


def _widgets(names: tuple[str, ...]) -> dict[str, type[forms.Widget] | forms.Widget]:
    days: dict[str, type[forms.Widget] | forms.Widget] = {name: DayInput() for name in names if name in DAYS}
    return days | {name: forms.Textarea({"rows": 4}) for name in names if name in LONG}


class RevisionForm(forms.ModelForm[RuleRevision]):
    """Title, reason, source and day."""

    class Meta:
        model = RuleRevision
        fields = ("title", "why", "source", "effective_on")
        widgets = {"why": forms.Textarea({"rows": 4}), "effective_on": DayInput()}

    use_required_attribute = False

    def clean_effective_on(self) -> date:
        """Today or later: no rule changes backwards."""
        day: date = self.cleaned_data["effective_on"]
        if day < local_date():
            raise ValidationError(_("Choose today or a later day: no rule changes backwards."))
        return day


def draft_form(draft: RuleDraft, data: Any = None) -> forms.ModelForm[PolicyRule] | forms.ModelForm[SupportedProduct]:
    """The form for the fields that this draft proposes, filled with what it says (a copy of its row when it is new).

    A row is ended without a field: then the form is empty and valid.
    """
    names = fields_of(draft.act, draft.target)
    model: Any = PolicyRule if draft.target == RuleDraft.Target.RULE else SupportedProduct
    if draft._state.adding and not draft.row:
        draft.row = starting_row(draft)
    done = written(draft, draft.revision.effective_on)
    made: Any = forms.modelform_factory(model, fields=names, widgets=_widgets(names))
    form = made(data, instance=done.added or done.changed)
    form.use_required_attribute = False
    return form  # type: ignore[no-any-return]


def row_typed(form: forms.ModelForm[Any], draft: RuleDraft) -> dict[str, Any]:
    """What was typed, as a draft keeps it."""
    return as_json(form.instance, fields_of(draft.act, draft.target))


def add_faults(form: forms.ModelForm[Any], problem: ValidationError) -> None:
    """Put each fault beside its field, or on top where the form has no such field; nothing is said twice."""
    found = problem.error_dict if hasattr(problem, "error_dict") else {"__all__": problem.error_list}
    for name, errors in found.items():
        place = name if name in form.fields else None
        if place is not None and place in form.errors:
            continue
        for error in errors:
            if place is not None or not {str(word) for word in error.messages} <= set(form.non_field_errors()):
                form.add_error(place, error)


def faults_too(form: forms.ModelForm[Any], draft: RuleDraft) -> None:
    """For a form that is wrong already: say what is wrong beyond its own fields as well."""
    try:
        draft.row = row_typed(form, draft)
        check(draft, draft.revision)
    except ValidationError as problem:
        add_faults(form, problem)


class LinesForm(forms.Form):
    """Which lines of a replay are shown."""

    weight = forms.ChoiceField(
        label=_("How it differs"), required=False, choices=[("", _("All")), *RuleReplayLine.Weight.choices]
    )
    before = forms.ChoiceField(label=_("Certificate before"), required=False)
    after = forms.ChoiceField(label=_("Certificate after"), required=False)
    tax_before = forms.ChoiceField(label=_("Income tax before"), required=False)
    tax_after = forms.ChoiceField(label=_("Income tax after"), required=False)
    code = forms.ChoiceField(label=_("Because of"), required=False)
    q = forms.CharField(label=_("Case"), required=False, max_length=40, widget=forms.TextInput({"type": "search"}))

    def __init__(self, data: Any, codes: dict[str, str]) -> None:
        super().__init__(data, auto_id="lines-%s")
        for name in (*ANSWERS, "code"):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", _("All")), *(codes.items() if name == "code" else State.choices)]

    def conditions(self) -> dict[str, str]:
        """As a filter of the lines; a value that is none counts as not given."""
        self.is_valid()
        typed: dict[str, str] = {name: value for name, value in self.cleaned_data.items() if value}
        found: dict[str, str] = {name: typed[name] for name in ("weight", *ANSWERS) if name in typed}
        if "code" in typed:
            found["codes__contains"] = f",{typed['code']},"
        if "q" in typed:
            found["reference__istartswith"] = typed["q"].strip()
        return found
