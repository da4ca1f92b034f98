"""What a person states about the life of a project. The domain checks it as a whole; here it only becomes values."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cases.calendar import local_date
from cases.errors import Invalid
from projects.fields import DayInput
from projects.life import Act
from projects.life_checks import Told
from projects.life_models import LifeNotice
from projects.life_rules import grounds

Kind = LifeNotice.Kind
DECIDED = {
    Kind.SUSPENSION: _("When was the suspension decided?"),
    Kind.RESUMPTION: _("When was the resumption decided?"),
    Kind.TERMINATION: _("When was the end decided?"),
    Kind.REVOCATION: _("When was the revocation decided?"),
}
EFFECTIVE = {
    Kind.SUSPENSION: _("First day of the suspension"),
    Kind.RESUMPTION: _("First day on which the project works again"),
    Kind.TERMINATION: _("Day on which the project ends"),
    Kind.REVOCATION: _("Day from which the certificate has no effect"),
}


class LifeForm(forms.Form):
    """One act: days, ground, reason; a suspension also says its last day."""

    decided_on = forms.DateField(widget=DayInput)
    effective_on = forms.DateField(widget=DayInput)
    until = forms.DateField(label=_("Last day of the suspension"), widget=DayInput)
    ground = forms.ChoiceField(label=_("Ground"))
    reason = forms.CharField(label=_("Reason"), max_length=4000, widget=forms.Textarea({"rows": 4}))

    def __init__(self, *args: Any, act: Act, side: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decided_on"].label = DECIDED[act.kind]
        self.fields["effective_on"].label = EFFECTIVE[act.kind]
        if act.kind != Kind.SUSPENSION:
            del self.fields["until"]
        self.fields["reason"].required = act.kind != Kind.RESUMPTION
        language = get_language() or "vi"
        found: list[tuple[str, Any]] = [
            (one.code, f"{one.name(language)} ({one.clause})") for one in grounds(act.kind, side, local_date())
        ]
        ground = self.fields["ground"]
        if len(found) == 1:
            ground.widget, ground.initial = forms.HiddenInput(), found[0][0]
            ground.required = False
        else:
            found = [("", _("Please choose")), *found]
        ground.choices = found  # type: ignore[attr-defined]

    def told(self) -> Told:
        """What was stated."""
        given = self.cleaned_data
        ground = given["ground"] or self.fields["ground"].initial
        return Told(given["decided_on"], given["effective_on"], ground, given["reason"], given.get("until"))

    def take_over(self, problem: Invalid) -> None:
        """The domain's refusals beside the fields they are about."""
        for name, sentences in problem.errors.items():
            for sentence in sentences:
                self.add_error(name if name in self.fields else None, sentence)


class InformedForm(forms.Form):
    """When the other authorities were told, and which."""

    informed_on = forms.DateField(label=_("When were they informed?"), widget=DayInput)
    offices = forms.CharField(
        label=_("Who was informed"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("For example the tax office, customs, the business register, the land office."),
    )

    def take_over(self, problem: Invalid) -> None:
        """The domain's refusals beside the fields they are about."""
        for name, sentences in problem.errors.items():
            for sentence in sentences:
                self.add_error(name if name in self.fields else None, sentence)
