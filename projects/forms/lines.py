"""The lists on a section page: rows of a form that can be added and removed, with and without JavaScript."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.db import models
from django.forms.formsets import BaseFormSet, formset_factory
from django.http import QueryDict
from django.urls import reverse_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cases.drafting import may_change
from projects.columns import MOST_ROWS
from projects.fields import field_for
from projects.forms.layout import grid, mark
from projects.models import (
    Equipment,
    LabourPhase,
    MobilisedSource,
    Objective,
    Phase,
    Product,
    RegistrationInvestor,
    Sector,
)
from projects.outline import LISTS


class LineForm(forms.ModelForm[Any]):
    """One row of a list. `open_paths` closes the columns the office did not ask about."""

    groups: tuple[tuple[Any, tuple[str, ...]], ...] = ()

    def __init__(self, *args: Any, list_name: str, open_paths: frozenset[str] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        number = str(self.prefix or "").rpartition("-")[2]
        for name, field in self.fields.items():
            field.disabled = not may_change(open_paths, f"{list_name}.{number}.{name}")
            mark(field, f"{list_name}.*.{name}")

    @property
    def helper(self) -> FormHelper:
        """How crispy lays the row out."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        groups = self.groups or (("", tuple(name for name in self.fields if name != "DELETE")),)
        helper.layout = Layout(*(grid(self, legend, names) for legend, names in groups))
        return helper


class InvestorLine(LineForm):
    """An investor."""

    groups = (
        ("", ("kind", "name", "country", "address", "tax_code", "phone", "fax", "email", "website")),
        (_("If the investor is an individual"), (
            "gender", "birth_on", "id_type", "id_number", "id_issued_on", "id_issued_by", "id_expires_on", "residence",
        )),
        (_("If the investor is an organisation"), (
            "entity_type", "paper_type", "paper_number", "paper_first_on", "paper_changed_on", "paper_issuer",
            "foreign_share_percent", "foreign_members", "representative_name", "representative_title",
            "representative_gender", "representative_birth_on", "representative_country", "representative_id_number",
            "representative_id_expires_on", "representative_address", "representative_phone", "representative_email",
        )),
        (_("What the investor contributes"), (
            "contribution_vnd", "contribution_usd", "share_percent", "charter_share_percent", "contribution_method",
            "contribution_note", "contribution_by", "contribution_months",
        )),
    )  # fmt: skip

    class Meta:
        model = RegistrationInvestor
        fields = LISTS["investors"]
        formfield_callback = field_for


class ObjectiveLine(LineForm):
    """A line of business."""

    class Meta:
        model = Objective
        fields = LISTS["objectives"]
        formfield_callback = field_for

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["vsic_code"].widget.attrs |= {
            "list": "sector-codes",
            "inputmode": "numeric",
            "data-sectors": reverse_lazy("sector-search"),
        }

    def clean(self) -> dict[str, Any]:
        """The code must exist in the edition it is taken from."""
        data = super().clean() or self.cleaned_data
        edition, code = data.get("vsic_edition") or Sector.Edition.VSIC_2025, data.get("vsic_code")
        if code and not Sector.objects.filter(edition=edition, code=code).exists():
            sentence = _now("VSIC %(edition)s has no code %(code)s.") % {"edition": edition, "code": code}
            self.add_error("vsic_code", sentence)
        return data


class ProductLine(LineForm):
    """A product or service."""

    class Meta:
        model = Product
        fields = LISTS["products"]
        formfield_callback = field_for


class SourceLine(LineForm):
    """A source of mobilised capital."""

    class Meta:
        model = MobilisedSource
        fields = LISTS["sources"]
        formfield_callback = field_for


class PhaseLine(LineForm):
    """A phase."""

    class Meta:
        model = Phase
        fields = LISTS["phases"]
        formfield_callback = field_for


class EquipmentLine(LineForm):
    """A main machine."""

    class Meta:
        model = Equipment
        fields = LISTS["equipment"]
        formfield_callback = field_for


class LabourLine(LineForm):
    """Workers in a phase."""

    class Meta:
        model = LabourPhase
        fields = LISTS["labour"]
        formfield_callback = field_for


LINES: dict[str, type[LineForm]] = {
    "investors": InvestorLine,
    "objectives": ObjectiveLine,
    "products": ProductLine,
    "sources": SourceLine,
    "phases": PhaseLine,
    "equipment": EquipmentLine,
    "labour": LabourLine,
}


class Lines(BaseFormSet[Any]):
    """One list on the page. `name` is the list's name and prefix; `fixed` means rows may not come or go.

    `owner` is the field by which a row names its dossier.
    """

    name: str
    model: type[models.Model]
    fixed: bool
    owner: str

    def add_fields(self, form: Any, index: int | None) -> None:
        """The box that takes a row out looks like the other boxes."""
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].widget.attrs["class"] = "form-check-input"

    @property
    def title(self) -> str:
        """What the rows are called."""
        return str(self.model._meta.verbose_name_plural)

    @property
    def row_title(self) -> str:
        """What one row is called."""
        return str(self.model._meta.verbose_name)

    def typed(self, owner: models.Model, existing: list[Any]) -> tuple[list[models.Model], list[models.Model]]:
        """The rows as they are to become, in the order of the page, and those taken out; in memory only.

        A stored row of which the page said nothing stays: somebody else may have added it meanwhile.
        """
        kept: list[models.Model] = []
        gone: list[models.Model] = []
        for index, form in enumerate(self.forms):
            stored = existing[index] if index < len(existing) else None
            if not self.fixed and form.cleaned_data.get("DELETE"):
                gone += [stored] if stored is not None else []
                continue
            if stored is None and (self.fixed or not form.has_changed()):
                continue
            row = stored or self.model(**{self.owner: owner})
            for name in form._meta.fields:
                setattr(row, name, form.cleaned_data.get(name, getattr(row, name)))
            kept.append(row)
        kept += existing[len(self.forms) :]
        for position, row in enumerate(kept):
            setattr(row, "position", position)  # noqa: B010 (rows of several models)
        return kept, gone

    def write(self, owner: models.Model, existing: list[Any]) -> None:
        """Bring the stored rows in step with what was typed, in the order of the page."""
        kept, gone = self.typed(owner, existing)
        for row in gone:
            row.delete()
        for row in kept:
            row.save()


def lines(
    name: str,
    data: QueryDict | None,
    *,
    existing: list[Any],
    open_paths: frozenset[str] | None,
    form: type[LineForm] | None = None,
    partial: bool = False,
    owner: str = "registration",
) -> Lines:
    """The list as a formset: stored rows, and one empty row where there is none yet.

    A request that says nothing of the list leaves it as it is. `partial`: `form` shows some columns only; rows then
    stay.
    """
    fixed = partial or not may_change(open_paths, name)
    form = form or LINES[name]
    factory = formset_factory(
        form, formset=Lines, extra=0 if existing or fixed else 1, can_delete=not fixed, absolute_max=MOST_ROWS,
        max_num=MOST_ROWS,
    )  # fmt: skip
    columns = [column for column in (form._meta.fields or ()) if column != "DELETE"]
    initial = [{column: getattr(row, column) for column in columns} for row in existing]
    given = data if data is not None and f"{name}-TOTAL_FORMS" in data else None
    formset = factory(given, prefix=name, initial=initial, form_kwargs={"list_name": name, "open_paths": open_paths})
    if not isinstance(formset, Lines):
        raise TypeError("the factory makes formsets of the class it was given")
    formset.name, formset.model, formset.fixed, formset.owner = name, form._meta.model, fixed, owner
    return formset
