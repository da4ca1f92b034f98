"""One form per verb: the page, the admin and the API all ask the same one.

`form.details()` are the keyword arguments of the verb.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.clock import Pause
from cases.models import Case, Opinion


class PinsWidget(forms.MultiWidget):
    """Reads pins from repeated `<name>_path` and `<name>_text` inputs, or from a JSON list."""

    template_name = "cases/widgets/pins.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"path": forms.HiddenInput, "text": forms.Textarea}, attrs)

    def decompress(self, value: Any) -> list[Any]:
        """Nothing to take apart: the value is a list of pins already."""
        return [value, None]

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:  # noqa: ARG002
        """The pins as a list of {"path", "text"}; blank texts are left out."""
        if isinstance(data, MultiValueDict):
            pairs = zip(data.getlist(f"{name}_path"), data.getlist(f"{name}_text"), strict=False)
            pins = [{"path": path.strip(), "text": text.strip()} for path, text in pairs if text.strip()]
            raw = data.get(name, "")
            return pins or (raw if raw else [])
        return data.get(name, [])


class PinsField(forms.Field):
    """What the investor must mend: fields and papers of the dossier, each with a sentence."""

    widget = PinsWidget

    def to_python(self, value: Any) -> list[dict[str, str]]:
        """A list of {"path", "text"}; anything else is refused."""
        if isinstance(value, str):
            try:
                value = json.loads(value or "[]")
            except ValueError:
                value = None
        if not isinstance(value, list) or not all(
            isinstance(pin, dict) and str(pin.get("path", "")).strip() and str(pin.get("text", "")).strip()
            for pin in value
        ):
            raise forms.ValidationError(_now("Each point needs the field it is about and a sentence."))
        return [{"path": str(pin["path"]), "text": str(pin["text"])} for pin in value]


class OfficialField(forms.ModelChoiceField[User]):
    """An active official, shown with name and address."""

    def __init__(self, **kwargs: Any) -> None:
        officials = User.objects.filter(is_staff=True, is_active=True).order_by("full_name", "email")
        super().__init__(officials, to_field_name="email", **kwargs)

    def label_from_instance(self, obj: User) -> str:
        """The official's name and address."""
        return f"{obj.full_name} ({obj.email})" if obj.full_name else obj.email


class VerbForm(forms.Form):
    """What a verb wants to know, besides who asks and which version they saw."""

    danger = False
    """Whether the page shows the move as one that ends the case."""

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        self.case = case
        super().__init__(*args, **kwargs)

    def details(self) -> dict[str, Any]:
        """The keyword arguments of the verb."""
        return dict(self.cleaned_data)


def _text(label: Any, *, required: bool = False, rows: int = 3, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, required=required, help_text=help_text, max_length=8000, widget=forms.Textarea({"rows": rows})
    )


class SubmitForm(VerbForm):
    """The declaration under the dossier."""

    declared = forms.BooleanField(
        label=_(
            "I declare that what is stated is true, that I will obey the law of Viet Nam, and that the investor bears "
            "all costs and risks if the dossier is refused."
        ),
        error_messages={"required": _("Please confirm the declaration before you submit.")},
    )


class WithdrawForm(VerbForm):
    """Why the application is taken back."""

    danger = True
    reason = _text(_("Why do you withdraw? (The office reads this.)"))


class AcceptForm(VerbForm):
    """Nothing more to say: the dossier is complete."""


class AskForm(VerbForm):
    """What the investor must mend, and until when."""

    reasons = _text(_("What is missing or unclear"), rows=5)
    pins = PinsField(label=_("Points pinned to fields and papers"), required=False)
    deadline_on = forms.DateField(
        label=_("Answer by (17:00)"), required=False, widget=forms.DateInput({"type": "date"}),
        help_text=_("Leave empty for the usual time of this procedure."),
    )  # fmt: skip


class AssignForm(VerbForm):
    """Who takes the case."""

    officer = OfficialField(label=_("Official"))
    note = _text(_("Note"))


class SupplementForm(VerbForm):
    """The investor's words with the answer."""

    answer = _text(_("Your explanation to the office"), rows=5)


class HoldForm(VerbForm):
    """Why the clock stops."""

    reason = forms.ChoiceField(
        label=_("Why the clock stops"),
        choices=[(str(reason), reason.label) for reason in (Pause.VIOLATION, Pause.PAPER_MATCH)],
    )
    note = _text(_("Note"))


class ResumeForm(VerbForm):
    """The clock goes on."""

    note = _text(_("Note"))


class AskOpinionForm(VerbForm):
    """Which office, what, and until when."""

    office = forms.CharField(label=_("Office to ask"), max_length=200)
    question = _text(_("Question"), required=True)
    due_on = forms.DateField(label=_("Answer due on"), widget=forms.DateInput({"type": "date"}))


class GiveOpinionForm(VerbForm):
    """What the other office said."""

    opinion = forms.ModelChoiceField(Opinion.objects.none(), label=_("Opinion"))
    stance = forms.ChoiceField(label=_("Stance"), choices=Opinion.Stance.choices)
    answer = _text(_("Answer"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opinion"] = forms.ModelChoiceField(self.case.opinions.filter(stance=""), label=_("Opinion"))

    def details(self) -> dict[str, Any]:
        """The opinion by its number."""
        return self.cleaned_data | {"opinion": self.cleaned_data["opinion"].pk}


class ProposeForm(VerbForm):
    """The proposed decision with what it rests on."""

    outcome = forms.ChoiceField(
        label=_("Proposal"), choices=[("approve", _("Approve")), ("refuse", _("Refuse"))], widget=forms.RadioSelect
    )
    reasons = _text(_("Reasons"), rows=4)
    clauses = _text(_("Legal basis"), help_text=_("One provision per line."))
    facts = _text(_("Facts relied on"))

    def clean(self) -> dict[str, Any]:
        """A refusal needs reasons and a legal basis."""
        data = super().clean() or self.cleaned_data
        if data.get("outcome") == "refuse":
            if not data.get("reasons", "").strip():
                self.add_error("reasons", _now("A refusal needs its reasons."))
            if not data.get("clauses", "").strip():
                self.add_error("clauses", _now("A refusal needs its legal basis."))
        return data


class ApproveForm(VerbForm):
    """The signer's note, if any."""

    note = _text(_("Note"))


class RefuseForm(VerbForm):
    """The refusal; left empty, the proposal's words are used."""

    danger = True
    reasons = _text(_("Reasons"), rows=4, help_text=_("Leave empty to use the proposal's reasons."))
    clauses = _text(_("Legal basis"), help_text=_("Leave empty to use the proposal's legal basis."))


class SendBackForm(VerbForm):
    """What has to be done again."""

    reasons = forms.CharField(
        label=_("What has to be done again"), max_length=8000, widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("Please say what has to be done again.")},
    )  # fmt: skip


class StopForm(VerbForm):
    """Why processing stops."""

    danger = True
    reasons = _text(_("Reasons"), required=True, rows=4)
    clauses = _text(_("Legal basis"))


class IssueForm(VerbForm):
    """The code that the national investment system returned."""

    project_code = forms.CharField(
        label=_("Project code from the national system"), max_length=40,
        help_text=_("10 digits are expected; older projects may carry their certificate number."),
        error_messages={"required": _("Please enter the project code that the national system returned.")},
    )  # fmt: skip


VERB_FORMS: dict[str, type[VerbForm]] = {
    "submit": SubmitForm,
    "withdraw": WithdrawForm,
    "accept": AcceptForm,
    "return_incomplete": AskForm,
    "assign": AssignForm,
    "request_supplement": AskForm,
    "request_explanation": AskForm,
    "supplement": SupplementForm,
    "hold": HoldForm,
    "resume": ResumeForm,
    "ask_opinion": AskOpinionForm,
    "give_opinion": GiveOpinionForm,
    "propose": ProposeForm,
    "approve": ApproveForm,
    "refuse": RefuseForm,
    "send_back": SendBackForm,
    "stop": StopForm,
    "issue": IssueForm,
}
