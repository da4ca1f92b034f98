"""What an official says of a site visit."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from incentives.dossier.visits import SiteVisit
from projects.fields import DayInput


class PlanForm(forms.Form):
    """The day of the visit."""

    planned_on = forms.DateField(label=_("Day of the visit"), widget=DayInput({"class": "form-control"}))


class RecordForm(forms.Form):
    """What was found."""

    done_on = forms.DateField(label=_("Carried out on"), widget=DayInput({"class": "form-control"}))
    found = forms.ChoiceField(label=_("What was found"), choices=SiteVisit.Found.choices, widget=forms.RadioSelect)
    minutes = forms.CharField(
        label=_("Minutes"), required=False, max_length=8000,
        widget=forms.Textarea({"rows": 5, "class": "form-control"}),
    )  # fmt: skip
