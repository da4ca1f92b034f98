"""What an official states about an inspection or a revocation. The domain checks it; here it only becomes values."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from cases.calendar import local_date
from cases.errors import Invalid
from incentives.grants.duties import grounds
from incentives.grants.inspecting import Planned, Recorded
from incentives.grants.inspections import Inspection
from incentives.grants.revoking import Told
from projects.fields import DayInput


def _words(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=8000, widget=forms.Textarea({"rows": 4}), required=False, **more)


class ActForm(forms.Form):
    """What all three have in common."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False

    def told(self) -> Any:
        """What was stated."""
        raise NotImplementedError

    def take_over(self, problem: Invalid) -> None:
        """The domain's refusals beside the fields they are about."""
        for name, sentences in problem.errors.items():
            for sentence in sentences:
                self.add_error(name if name in self.fields else None, sentence)


class PlanForm(ActForm):
    """An inspection to come."""

    kind = forms.ChoiceField(label=_("Kind of inspection"), choices=Inspection.Kind.choices)
    planned_on = forms.DateField(label=_("Planned for"), widget=DayInput)
    announced = forms.BooleanField(label=_("Announce it to the company now"), required=False)
    reason = _words(_("Reason and scope"), help_text=_("If it is announced, the company reads this."))

    def told(self) -> Planned:
        """The plan."""
        given = self.cleaned_data
        return Planned(given["kind"], given["planned_on"], given["announced"], given["reason"])


class RecordForm(ActForm):
    """What an inspection found."""

    done_on = forms.DateField(label=_("Carried out on"), widget=DayInput)
    found = forms.ChoiceField(label=_("Result"), choices=Inspection.Found.choices)
    years = forms.CharField(
        label=_("Years in which a condition was not kept"), required=False, max_length=200,
        help_text=_("Only for a breach, with commas between them."),
    )  # fmt: skip
    minutes = _words(_("Minutes"), help_text=_("What was inspected and found; the company reads this."))

    def clean_years(self) -> tuple[int, ...]:
        """The years."""
        words = [word for word in re.split(r"[,;\s]+", self.cleaned_data["years"].strip()) if word]
        for word in words:
            if not re.fullmatch(r"[12][0-9]{3}", word):
                raise forms.ValidationError(gettext("“%(year)s” is not a year such as 2027.") % {"year": word[:20]})
        return tuple(sorted({int(word) for word in words}))

    def told(self) -> Recorded:
        """The result."""
        given = self.cleaned_data
        return Recorded(given["done_on"], given["found"], given["years"], given["minutes"])


class RevokeForm(ActForm):
    """A revocation."""

    ground = forms.ChoiceField(label=_("Ground"))
    decided_on = forms.DateField(label=_("When was the revocation decided?"), widget=DayInput)
    effective_on = forms.DateField(label=_("Day from which the certificate has no effect"), widget=DayInput)
    reason = _words(_("Reason"), help_text=_("The company reads this in the letter."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "vi"
        found = [(one.code, f"{one.name(language)} ({one.clause(language)})") for one in grounds(local_date())]
        self.fields["ground"].choices = [("", _("Please choose")), *found]  # type: ignore[attr-defined]

    def told(self) -> Told:
        """The revocation."""
        given = self.cleaned_data
        return Told(given["ground"], given["decided_on"], given["effective_on"], given["reason"])
