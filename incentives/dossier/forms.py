"""The section pages of an application for the certificate of incentives."""

from __future__ import annotations

import json
from typing import Any, ClassVar, Final

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.db import models, transaction
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from cases.drafting import may_change
from cases.findings import Finding
from cases.models import Dossier
from incentives.dossier import starting
from incentives.dossier.checks import OF_A_BUYER, OF_A_GOOD, REQUIRED
from incentives.dossier.models import Buyer, Good, IncentiveApplication
from incentives.dossier.outline import BUYERS, GOODS, SECTIONS
from incentives.dossier.product_field import OPTIONS, ProductField, options
from incentives.dossier.reading import rows
from incentives.dossier.sheet import AMENDING, EARLIER, EXPANSION
from incentives.grants.models import IncentiveGrant
from projects.fields import field_for
from projects.forms.base import errors_of, with_one_more
from projects.forms.layout import ListBlock, grid
from projects.forms.lines import LineForm, Lines, lines
from projects.models import Project

Groups = tuple[tuple[Any, tuple[str, ...]], ...]
_AFTER: Final[tuple[tuple[frozenset[str], dict[str, list[Any]]], ...]] = (
    (EXPANSION, {"project_type": ["expansion"]}),
    (AMENDING, {"purpose": ["amend"]}),
    (EARLIER, {"earlier_incentive": [True]}),
    (frozenset({"tax_level", "defer_first_period", "yearly_income_vnd"}), {"asks_income_tax": [True]}),
    (frozenset({"project_name"}), {"project": [""]}),
    (frozenset({"environment_number", "environment_on"}),
     {"environment_paper": ["assessment", "licence", "registration"]}),
)  # fmt: skip
WHEN: Final = {name: [answers] for names, answers in _AFTER for name in names}
"""Questions that are asked only after certain answers; scripts hide the others, nothing typed is lost."""


OF_A_STANDARD: Final = ("standard", "standard_issuer", "standard_on", "standard_until")


def application_of(dossier: Dossier) -> IncentiveApplication:
    """The dossier, which these pages know to be an application for incentives."""
    if not isinstance(dossier, IncentiveApplication):
        raise TypeError("these pages are for applications for incentives")
    return dossier


def field_of(column: models.Field[Any, Any], **kwargs: Any) -> forms.Field | None:
    """The field of a column: a line of the list is named, everything else as in the other dossiers."""
    if column.name == "product":
        return ProductField(label=capfirst(column.verbose_name))
    return field_for(column, **kwargs)


class GoodLine(LineForm):
    """A product applied for."""

    required_here: ClassVar = ("product", *OF_A_GOOD)

    class Meta:
        model = Good
        fields = GOODS
        formfield_callback = field_of

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _mark_required(self, self.required_here)
        for name in OF_A_STANDARD:
            self.fields[name].widget.attrs["data-when"] = json.dumps([{".made_in_vietnam": ["certified"]}])


class BuyerLine(LineForm):
    """A maker of finished products that is supplied."""

    class Meta:
        model = Buyer
        fields = BUYERS
        formfield_callback = field_for

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _mark_required(self, OF_A_BUYER)


LINES: Final[dict[str, type[LineForm]]] = {"goods": GoodLine, "buyers": BuyerLine}


def _mark_required(form: forms.BaseForm, names: tuple[str, ...]) -> None:
    for name in names:
        if name in form.fields:
            form.fields[name].widget.attrs["aria-required"] = "true"


class SectionForm(forms.ModelForm[IncentiveApplication]):
    """One section: its fields in groups, then its lists; everything saved together, every error at once."""

    key: ClassVar[str] = ""
    groups: ClassVar[Groups] = ()

    def __init__(
        self, data: QueryDict | None = None, *, dossier: Dossier, open_paths: frozenset[str] | None = None
    ) -> None:
        application = application_of(dossier)
        names = [name for name, _columns in SECTIONS[self.key].lists]
        self.adding = next((name for name in names if data is not None and f"add-{name}" in data), "")
        if data is not None and self.adding:
            data = with_one_more(data, self.adding)
        super().__init__(data, instance=application)
        self.use_required_attribute = False
        self.lists: dict[str, Lines] = {
            name: lines(name, data, existing=rows(application, name), open_paths=open_paths, form=LINES[name],
                        owner="application")
            for name in names
        }  # fmt: skip
        for name, field in self.fields.items():
            field.disabled = not may_change(open_paths, name)
            if name in WHEN:
                field.widget.attrs["data-when"] = json.dumps(WHEN[name])
        _mark_required(self, (*REQUIRED, "new_equipment"))

    @property
    def helper(self) -> FormHelper:
        """How crispy lays the section out."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        groups = [grid(self, legend, names) for legend, names in self.groups]
        helper.layout = Layout(*groups, *(ListBlock(name) for name in self.lists))
        return helper

    def is_valid(self) -> bool:
        """Whether everything typed can be read."""
        readable = [super().is_valid(), *(formset.is_valid() for formset in self.lists.values() if formset.is_bound)]
        return all(readable) and not self.adding

    def save(self, commit: bool = True) -> None:  # type: ignore[override]  # the procedure asks for no answer
        """Write fields and lists."""
        del commit
        with transaction.atomic():
            application = super().save()
            for name, formset in self.lists.items():
                if formset.is_bound:
                    formset.write(application, rows(application, name))
            application.__dict__.pop("_prefetched_objects_cache", None)

    def show_findings(self, findings: list[Finding]) -> None:
        """Put the words of the pre-check beside the fields they are about, those in lists as well."""
        for finding in findings:
            name, _dot, rest = finding.path.partition(".")
            number, _dot, column = rest.partition(".")
            form: forms.BaseForm = self
            if name in self.lists and number.isdecimal() and int(number) < len(self.lists[name].forms):
                form, name = self.lists[name].forms[int(number)], column
            if name in form.fields:
                form.errors.setdefault(name, form.error_class()).append(str(finding.message))

    @property
    def error_list(self) -> list[tuple[str, str]]:
        """Every error as (id of the control, sentence), fields first, then the lists row by row."""
        found = errors_of(self)
        for formset in self.lists.values():
            found += [("", str(error)) for error in formset.non_form_errors()]
            for number, form in enumerate(formset.forms, 1):
                where = f"{capfirst(formset.row_title)} {number}"
                found += [(element, f"{where}: {sentence}") for element, sentence in errors_of(form)]
        return found


class ProjectForm(SectionForm):
    """Project and enterprise; an adjustment names its certificate first."""

    key = "project"
    groups: ClassVar[Groups] = (
        ("", ("purpose", "amends", "change_reason", "nature_changed")),
        ("", ("project", "project_name", "licence_number", "licensed_on", "place", "state_land", "project_type")),
        (_("For an expansion"), ("capacity_before", "capacity_after", "assets_before_vnd", "assets_added_vnd")),
        (_("Size of the enterprise"), ("insured_staff", "revenue_vnd", "capital_vnd", "affiliate", "large_group")),
    )
    project = forms.ModelChoiceField(
        Project.objects.none(), required=False, label=_("Project of the register"),
        empty_label=_("Not in the register, or not yet"),
    )  # fmt: skip
    amends = forms.ModelChoiceField(
        IncentiveGrant.objects.none(), required=False, label=_("Certificate of incentives to adjust")
    )

    class Meta:
        model = IncentiveApplication
        fields = SECTIONS["project"].fields
        formfield_callback = field_for

    def __init__(
        self, data: QueryDict | None = None, *, dossier: Dossier, open_paths: frozenset[str] | None = None
    ) -> None:
        application = application_of(dossier)
        self.started_with = (application.project, application.amends)
        super().__init__(data, dossier=dossier, open_paths=open_paths)
        own = [project.pk for project in starting.projects_of(application)]
        grants = IncentiveGrant.objects.in_force().of(application.case.organisation_id)
        known = Project.objects.filter(pk__in=[*own, application.project_id])
        self.fields["project"].queryset = known  # type: ignore[attr-defined]  # it is a choice of models
        if application.amends is None and not grants:
            for name in ("purpose", *AMENDING):
                del self.fields[name]
        else:
            kept = IncentiveGrant.objects.filter(pk__in=[*(grant.pk for grant in grants), application.amends_id])
            self.fields["amends"].queryset = kept  # type: ignore[attr-defined]
            self.fields["amends"].widget.attrs["data-when"] = json.dumps(WHEN["amends"])

    def save(self, commit: bool = True) -> None:  # type: ignore[override]
        """A project chosen brings what the register knows; a certificate chosen brings what it rests on."""
        project, grant = self.started_with
        application = self.instance
        if not starting.may_bring(application):
            super().save(commit)
            return
        if application.amends is not None and application.amends != grant:
            asked = (application.change_reason, application.nature_changed)
            starting.start_amending(application, application.amends)
            application.change_reason, application.nature_changed = asked
            application.save()
            return
        if application.project is not None and application.project != project:
            starting.start_from(application, application.project)
        super().save(commit)


class ProductsForm(SectionForm):
    """The products, each with its line of the list."""

    key = "products"
    options_id = OPTIONS

    class Meta:
        model = IncentiveApplication
        fields: ClassVar[tuple[str, ...]] = ()

    @property
    def options(self) -> list[str]:
        """The lines to pick from."""
        return options()


class TechnologyForm(SectionForm):
    """Process and equipment."""

    key = "technology"
    groups: ClassVar[Groups] = (("", SECTIONS["technology"].fields),)

    class Meta:
        model = IncentiveApplication
        fields = SECTIONS["technology"].fields
        formfield_callback = field_for


class ReadinessForm(SectionForm):
    """Papers held, and when production and revenue begin."""

    key = "readiness"
    groups: ClassVar[Groups] = (
        (_("Papers of the project"), (
            "registration_held", "brief_held", "environment_paper", "environment_number", "environment_on",
        )),
        (_("Production and revenue"), (
            "production_on", "first_revenue_year", "first_year_months", "excise", "resource_share_percent",
        )),
    )  # fmt: skip

    class Meta:
        model = IncentiveApplication
        fields = SECTIONS["readiness"].fields
        formfield_callback = field_for


class CustomersForm(SectionForm):
    """Who is supplied, and what shows it."""

    key = "customers"

    class Meta:
        model = IncentiveApplication
        fields: ClassVar[tuple[str, ...]] = ()


class IncentivesForm(SectionForm):
    """What is asked for, and what was enjoyed before."""

    key = "incentives"
    groups: ClassVar[Groups] = (
        (_("Which incentives do you ask for?"), (
            "asks_income_tax", "asks_import_duty", "asks_land_rent", "asks_credit", "asks_research", "asks_people",
        )),
        (_("Income tax"), ("tax_level", "defer_first_period", "yearly_income_vnd")),
        (_("Incentives enjoyed before"), ("earlier_incentive", *(
            name for name in SECTIONS["incentives"].fields if name in EARLIER
        ))),
    )  # fmt: skip

    class Meta:
        model = IncentiveApplication
        fields = SECTIONS["incentives"].fields
        formfield_callback = field_for
