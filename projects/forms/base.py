"""What every section page does: fields and lists of one section, everything saved together, every error at once."""

from __future__ import annotations

import json
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.db import transaction
from django.http import QueryDict
from django.utils.text import capfirst

from cases.drafting import may_change
from projects.answers import clear_inapplicable, conditions, required_names
from projects.forms.layout import ListBlock, grid
from projects.forms.lines import Lines, lines
from projects.models import Registration
from projects.outline import SECTIONS
from projects.shape import rows


class DossierForm(forms.ModelForm[Registration]):
    """One section of the dossier (see cases.kinds.SectionForm).

    `groups` are the fields in the order of the page, each group with its legend; `key` names the section. A press on
    "Add another" (a submit button named add-<list>) is not a save: the page comes back with one row more.
    """

    key: ClassVar[str] = ""
    groups: ClassVar[tuple[tuple[Any, tuple[str, ...]], ...]] = ()

    def __init__(
        self, data: QueryDict | None = None, *, dossier: Registration, open_paths: frozenset[str] | None = None
    ) -> None:
        names = [name for name, _columns in SECTIONS[self.key].lists]
        self.adding = next((name for name in names if data is not None and f"add-{name}" in data), "")
        if data is not None and self.adding:
            data = _with_one_more(data, self.adding)
        super().__init__(data, instance=dossier)
        self.use_required_attribute = False
        self.lists: dict[str, Lines] = {
            name: lines(name, data, existing=rows(dossier, name) if dossier.pk else [], open_paths=open_paths)
            for name in names
        }
        for name, field in self.fields.items():
            field.disabled = not may_change(open_paths, name)
            self._mark(name, field)

    def _mark(self, name: str, field: forms.Field) -> None:
        """Say to readers and scripts what is needed for submission and when a question has a place."""
        if name in required_names():
            field.widget.attrs["aria-required"] = "true"
        if name in conditions():
            field.widget.attrs["data-when"] = json.dumps(conditions()[name])

    @property
    def helper(self) -> FormHelper:
        """How crispy lays the section out (the page brings the form tag and the buttons)."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        groups = [grid(self, legend, names) for legend, names in self.groups]
        helper.layout = Layout(*groups, *(ListBlock(name) for name in self.lists))
        return helper

    def is_valid(self) -> bool:
        """Whether everything typed can be read."""
        readable = [super().is_valid(), *(formset.is_valid() for formset in self.lists.values())]
        return all(readable) and not self.adding

    def save(self, commit: bool = True) -> Registration:
        """Write fields and lists, and empty the answers that no longer have a place."""
        with transaction.atomic():
            dossier = super().save()
            for name, formset in self.lists.items():
                formset.write(dossier, rows(dossier, name))
            dossier.__dict__.pop("_prefetched_objects_cache", None)
            clear_inapplicable(dossier)
        return dossier

    @property
    def error_list(self) -> list[tuple[str, str]]:
        """Every error as (id of the control, sentence), fields first, then the lists row by row."""
        found = _errors_of(self)
        for formset in self.lists.values():
            found += [("", str(error)) for error in formset.non_form_errors()]
            for number, form in enumerate(formset.forms, 1):
                where = f"{capfirst(formset.row_title)} {number}"
                found += [(element, f"{where}: {sentence}") for element, sentence in _errors_of(form)]
        return found


def _errors_of(form: forms.BaseForm) -> list[tuple[str, str]]:
    return [
        (form[name].auto_id, f"{form[name].label}: {error}") if name in form.fields else ("", str(error))
        for name, errors in form.errors.items()
        for error in errors
    ]


def _with_one_more(data: QueryDict, name: str) -> QueryDict:
    more = data.copy()
    total = more.get(f"{name}-TOTAL_FORMS", "0")
    more[f"{name}-TOTAL_FORMS"] = str(int(total) + 1 if total.isdigit() else 1)
    return more
