"""What every section page does: fields and lists of one section, everything saved together, every error at once."""

from __future__ import annotations

from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.db import transaction
from django.http import QueryDict
from django.utils.text import capfirst

from cases.drafting import may_change
from cases.findings import Finding
from cases.models import Dossier
from projects.answers import clear_inapplicable, inapplicable
from projects.forms.layout import ListBlock, grid, mark
from projects.forms.lines import LineForm, Lines, lines
from projects.models import Registration
from projects.outline import SECTIONS
from projects.shape import put_rows, rows


class DossierForm(forms.ModelForm[Registration]):
    """One section of the dossier (see cases.kinds.SectionForm).

    `groups` are the fields in the order of the page, each group with its legend; `key` names the section. A press on
    "Add another" (a submit button named add-<list>) is not a save: the page comes back with one row more.
    """

    key: ClassVar[str] = ""
    partial_lists: ClassVar[dict[str, type[LineForm]]] = {}
    """Lists of another section of which this page shows some columns; their rows neither come nor go here."""

    groups: ClassVar[tuple[tuple[Any, tuple[str, ...]], ...]] = ()

    def __init__(
        self, data: QueryDict | None = None, *, dossier: Dossier, open_paths: frozenset[str] | None = None
    ) -> None:
        if not isinstance(dossier, Registration):
            raise TypeError("these pages are for registrations")
        names = [*self.partial_lists, *(name for name, _columns in SECTIONS[self.key].lists)]
        self.adding = next((name for name in names if data is not None and f"add-{name}" in data), "")
        if data is not None and self.adding:
            data = with_one_more(data, self.adding)
        super().__init__(data, instance=dossier)
        self.use_required_attribute = False
        self.lists: dict[str, Lines] = {
            name: lines(
                name, data, existing=rows(dossier, name) if dossier.pk else [], open_paths=open_paths,
                form=self.partial_lists.get(name), partial=name in self.partial_lists,
            )
            for name in names
        }  # fmt: skip
        for name, field in self.fields.items():
            field.disabled = not may_change(open_paths, name)
            mark(field, name)

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
        readable = [super().is_valid(), *(formset.is_valid() for formset in self.lists.values() if formset.is_bound)]
        return all(readable) and not self.adding

    def save(self, commit: bool = True) -> None:  # type: ignore[override]  # the procedure asks for no answer
        """Write fields and lists, and empty the answers that no longer have a place."""
        del commit
        with transaction.atomic():
            dossier = super().save()
            for name, formset in self.lists.items():
                if not formset.is_bound:
                    continue
                formset.write(dossier, rows(dossier, name))
            dossier.__dict__.pop("_prefetched_objects_cache", None)
            clear_inapplicable(dossier)

    def typed(self) -> Registration:
        """The dossier with everything typed, in memory only; for a valid form over a dossier that is in no table."""
        dossier = self.instance
        for name, formset in self.lists.items():
            if formset.is_bound:
                kept, _gone = formset.typed(dossier, rows(dossier, name))
                put_rows(dossier, name, kept)
        for _emptied in inapplicable(dossier):
            pass
        return dossier

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


def errors_of(form: forms.BaseForm) -> list[tuple[str, str]]:
    """Every error of one form as (id of the control, sentence)."""
    return [
        (form[name].auto_id, f"{form[name].label}: {error}") if name in form.fields else ("", str(error))
        for name, errors in form.errors.items()
        for error in errors
    ]


def with_one_more(data: QueryDict, name: str) -> QueryDict:
    """What was sent, with one row more in a list."""
    more = data.copy()
    total = more.get(f"{name}-TOTAL_FORMS", "0")
    more[f"{name}-TOTAL_FORMS"] = str(int(total) + 1 if total.isdecimal() and len(total) < 5 else 1)
    return more
