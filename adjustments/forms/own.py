"""The sections with the adjustment's own answers: which project, why, and how far the project is."""

from __future__ import annotations

from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from adjustments import items
from adjustments.granting import latest_of, stale_sentence
from adjustments.models import Adjustment
from adjustments.outline import EARLIER, REASONS, REPORT
from cases.drafting import may_change
from cases.models import Dossier
from projects.fields import field_for
from projects.forms import sections as registration
from projects.forms.layout import grid
from projects.models import Project

Errors = list[tuple[str, str]]


def adjustment_of(dossier: Dossier) -> Adjustment:
    """The dossier, which these pages know to be an adjustment."""
    if not isinstance(dossier, Adjustment):
        raise TypeError("these pages are for adjustments")
    return dossier


class OwnForm(forms.ModelForm[Adjustment]):
    """A section with the adjustment's own answers."""

    groups: ClassVar[registration.Groups] = ()

    def __init__(
        self, data: QueryDict | None = None, *, dossier: Dossier, open_paths: frozenset[str] | None = None
    ) -> None:
        super().__init__(data, instance=adjustment_of(dossier))
        self.use_required_attribute = False
        for name, field in self.fields.items():
            field.disabled = not may_change(open_paths, name)

    @property
    def inner(self) -> OwnForm:
        """The form with the fields."""
        return self

    @property
    def helper(self) -> FormHelper:
        """How crispy lays the section out."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.layout = Layout(*(grid(self, legend, names) for legend, names in self.groups))
        return helper

    def save(self, commit: bool = True) -> None:  # type: ignore[override]  # the procedure asks for no answer
        """Keep the answers, and let the items say how the law treats them now."""
        del commit
        adjustment = super().save()
        adjustment.forget()
        items.restate(adjustment)

    @property
    def error_list(self) -> Errors:
        """Every error as (id of the control, sentence)."""
        return [
            (self[name].auto_id, f"{self[name].label}: {error}") if name in self.fields else ("", str(error))
            for name, errors in self.errors.items()
            for error in errors
        ]


class BaseForm(OwnForm):
    """Which project, and from which certificate the application starts."""

    groups: ClassVar = (
        ("", ("project", "take_newer")),
        (_("The certificate in force, which was not issued here"), EARLIER),
    )
    project = forms.ModelChoiceField(Project.objects.none(), required=False, label=_("Project"))
    take_newer = forms.BooleanField(required=False, label=_("Go on from the certificate in force now"))

    class Meta:
        model = Adjustment
        fields = ("project", *EARLIER)
        formfield_callback = field_for

    def __init__(
        self, data: QueryDict | None = None, *, dossier: Dossier, open_paths: frozenset[str] | None = None
    ) -> None:
        adjustment = adjustment_of(dossier)
        self.started_with = adjustment.project
        super().__init__(data, dossier=dossier, open_paths=open_paths)
        adjustable = items.adjustable(adjustment)
        known = Project.objects.filter(pk__in=[project.pk for project in adjustable])
        self.fields["project"].queryset = known  # type: ignore[attr-defined]  # it is a choice of models
        if not adjustable:
            nothing = _now("The company has no licensed project whose certificate could change.")
            self.fields["project"].help_text = nothing
        if adjustment.base is not None or adjustment.project is None:
            for name in EARLIER:
                del self.fields[name]
        latest = latest_of(adjustment)
        if latest is None or latest == adjustment.base:
            del self.fields["take_newer"]
        else:
            self.fields["take_newer"].help_text = stale_sentence(adjustment.base, latest)

    def clean(self) -> dict[str, Any]:
        """A project is not exchanged once something was entered for it."""
        found = super().clean() or self.cleaned_data
        chosen, first = found.get("project"), self.started_with
        if chosen and first and chosen != first and items.something_entered(self.instance):
            self.add_error("project", items.other_project_sentence(first, chosen))
        return found

    def _post_clean(self) -> None:
        """Answers are taken over in `save`, the project with the content it brings."""

    def save(self, commit: bool = True) -> None:  # type: ignore[override]
        """Start from the project chosen, or go on from its newer certificate."""
        del commit
        adjustment, chosen = self.instance, self.cleaned_data.get("project")
        if chosen and chosen != adjustment.project:
            items.start_from(adjustment, chosen)
        else:  # what was typed of an earlier certificate is about the project that stood on the page
            for name in EARLIER:
                if name in self.cleaned_data:
                    setattr(adjustment, name, self.cleaned_data[name])
        adjustment.save()
        if self.cleaned_data.get("take_newer"):
            items.take_newer_base(adjustment)


class ReasonForm(OwnForm):
    """What is asked for, why, and who decided it."""

    groups: ClassVar = (
        ("", ("intent", "reason")),
        (_("The investor's decision"), ("decision_number", "decision_on", "decision_by")),
        (_("What decides how long it takes"), (
            "address_remapped", "late_handover", "operation_started", "schedule_exception",
        )),
    )  # fmt: skip

    class Meta:
        model = Adjustment
        fields = REASONS
        formfield_callback = field_for


class ReportForm(OwnForm):
    """The report on the implementation so far."""

    groups: ClassVar = (
        ("", ("report_on", "report_progress")),
        (_("Capital paid in"), (
            "disbursed_contributed_vnd", "disbursed_contributed_usd", "disbursed_mobilised_vnd",
        )),
        (_("Last full year"), (
            "report_workers", "report_revenue_vnd", "report_export_usd", "report_profit_vnd", "report_taxes_vnd",
        )),
        ("", ("report_problems", "supervision_report_filed")),
    )  # fmt: skip

    class Meta:
        model = Adjustment
        fields = REPORT
        formfield_callback = field_for
