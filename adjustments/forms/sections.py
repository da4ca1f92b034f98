"""The sections with the certificate's content: the registration's own pages over what it is to become."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from crispy_forms.helper import FormHelper
from django import forms
from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext as _now

from adjustments import items
from adjustments.forms.own import Errors, adjustment_of
from adjustments.outline import CONTENT
from cases.findings import Finding
from cases.models import Dossier
from cases.sheet import Part
from projects.fields import MoneyField, field_for
from projects.forms import sections as registration
from projects.forms.base import DossierForm
from projects.forms.lines import LineForm
from projects.models import Registration, RegistrationInvestor
from projects.outline import CONTRIBUTION
from projects.shape import as_data, plain, rows
from projects.showing import value

SILENT: Final = frozenset({"DELETE", "vsic_edition"})


# --- the certificate's content --------------------------------------------------------------------------------------
class ContentForm:
    """One section of the certificate: the registration's own form over the content as it is to become."""

    page: ClassVar[type[DossierForm]]

    def __init__(
        self, data: QueryDict | None = None, *, dossier: Dossier, open_paths: frozenset[str] | None = None
    ) -> None:
        self.adjustment = adjustment_of(dossier)
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
