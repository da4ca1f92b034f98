"""The sections of an adjustment: the certificate's own pages over its content, and the answers about the change."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from adjustments import items
from adjustments.granting import latest_of, stale_sentence
from adjustments.models import Adjustment
from adjustments.outline import CONTENT, EARLIER, REASONS, REPORT
from cases.drafting import may_change
from cases.findings import Finding
from cases.models import Dossier
from cases.sheet import Part
from projects.fields import MoneyField, field_for
from projects.forms import sections as registration
from projects.forms.base import DossierForm
from projects.forms.layout import grid
from projects.forms.lines import LineForm
from projects.models import Project, Registration, RegistrationInvestor
from projects.outline import CONTRIBUTION
from projects.shape import as_data, plain, rows
from projects.showing import value

Errors = list[tuple[str, str]]
SILENT: Final = frozenset({"DELETE", "vsic_edition"})


def _ours(dossier: Dossier) -> Adjustment:
    if not isinstance(dossier, Adjustment):
        raise TypeError("these pages are for adjustments")
    return dossier


# --- the certificate's content --------------------------------------------------------------------------------------
class ContentForm:
    """One section of the certificate: the registration's own form over the content as it is to become."""

    page: ClassVar[type[DossierForm]]

    def __init__(
        self, data: QueryDict | None = None, *, dossier: Dossier, open_paths: frozenset[str] | None = None
    ) -> None:
        self.adjustment = _ours(dossier)
        self.without_project = self.adjustment.project_id is None
        self.form = self.page(data, dossier=self.adjustment.wanted, open_paths=open_paths)
        if self.adjustment.base is not None:
            _say_certified(self.form, self.adjustment.certified)

    @property
    def helper(self) -> FormHelper:
        """How crispy lays the section out."""
        return self.form.helper

    @property
    def inner(self) -> DossierForm:
        """The form with the fields."""
        return self.form

    @property
    def today(self) -> Part | None:
        """What the certificate says of this section, to stand beside it."""
        found = (part for part in self.adjustment.sheet() if part.key == self.page.key and part.key in CONTENT)
        return next(found, None)

    def is_valid(self) -> bool:
        """Whether there is a project, and everything typed can be read."""
        return self.form.is_valid() and not self.without_project

    def save(self) -> None:
        """Keep the content with what was typed."""
        items.write(self.adjustment, self.adjustment.proposed | as_data(self.form.typed()))

    def show_findings(self, findings: list[Finding]) -> None:
        """Put the words of the pre-check beside the fields."""
        self.form.show_findings(findings)

    @property
    def error_list(self) -> Errors:
        """Every error as (id of the control, sentence)."""
        first = [("", _now("Please choose the project first, under “Which project”."))]
        return [*(first if self.without_project and self.form.is_bound else []), *self.form.error_list]


def _say_certified(form: DossierForm, certified: Registration) -> None:
    """Under each field of figures, days and short words, what the certificate says today."""
    _hints(form, certified)
    for name, formset in form.lists.items():
        for line, row in zip(formset.forms, rows(certified, name), strict=False):
            _hints(line, row)


def _hints(form: forms.BaseForm, certified: models.Model) -> None:
    for name, field in form.fields.items():
        wide = isinstance(field.widget, forms.Textarea | forms.CheckboxSelectMultiple)
        if name in SILENT or wide or not hasattr(certified, name):
            continue
        if isinstance(field, MoneyField) and getattr(certified, name) is not None:
            field.widget.attrs["data-was"] = plain(certified, name)
        field.help_text = _now("In the certificate: %(value)s") % {"value": value(certified, name) or "–"}


class ContributionLine(LineForm):
    """What an investor contributes; who it is stands in the investors' section."""

    class Meta:
        model = RegistrationInvestor
        fields = ("name", *CONTRIBUTION)
        formfield_callback = field_for

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].disabled = True


class CapitalPage(registration.CapitalForm):
    """Capital, contributions, sources and phases on one page."""

    partial_lists: ClassVar = {"investors": ContributionLine}


class CapitalForm(ContentForm):
    """The capital."""

    page = CapitalPage


class InvestorsForm(ContentForm):
    """Who the investors are."""

    page = registration.InvestorsForm


class ProjectForm(ContentForm):
    """Name, objectives, scale, term."""

    page = registration.ProjectForm


class SiteForm(ContentForm):
    """Place, land and approval."""

    page = registration.SiteForm


class CompanyForm(ContentForm):
    """The company."""

    page = registration.CompanyForm


class IncentivesForm(ContentForm):
    """Incentives."""

    page = registration.IncentivesForm


# --- what belongs to the change itself ------------------------------------------------------------------------------
class OwnForm(forms.ModelForm[Adjustment]):
    """A section with the adjustment's own answers."""

    groups: ClassVar[registration.Groups] = ()

    def __init__(
        self, data: QueryDict | None = None, *, dossier: Dossier, open_paths: frozenset[str] | None = None
    ) -> None:
        super().__init__(data, instance=_ours(dossier))
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
        adjustment = _ours(dossier)
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
