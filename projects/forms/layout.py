"""How a section page is laid out: groups of fields in two columns, amounts with their echo, lists under them."""

from __future__ import annotations

import json
from typing import Any

from crispy_forms.layout import Column, Field, Fieldset, Row
from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from projects.answers import conditions, required_names
from projects.fields import MoneyField


def grid(form: forms.BaseForm, legend: Any, names: tuple[str, ...]) -> Any:
    """A group of fields, wide ones over the whole line, with its legend if it has one."""
    columns = [Column(_field(form, name), css_class=_width(form.fields[name])) for name in names if name in form.fields]
    row = Row(*columns)
    return Fieldset(capfirst(str(legend)), row, template="projects/forms/group.html") if legend else row


def mark(field: forms.Field, path: str) -> None:
    """Say to readers and scripts what is needed for submission, and when a question has a place."""
    if path in required_names():
        field.widget.attrs["aria-required"] = "true"
    if path in conditions():
        field.widget.attrs["data-when"] = json.dumps(conditions()[path])


def _field(form: forms.BaseForm, name: str) -> Any:
    field = form.fields[name]
    if isinstance(field, MoneyField):
        return Field(name, template="projects/forms/money.html")
    if isinstance(field.widget, forms.CheckboxSelectMultiple):
        return Field(name, template="projects/forms/checkboxes.html")
    return Field(name)


def _width(field: forms.Field) -> str:
    wide = isinstance(field.widget, forms.Textarea | forms.CheckboxSelectMultiple)
    return "col-12" if wide else "col-md-6"


class ListBlock:
    """A crispy layout object that shows one of the form's lists."""

    def __init__(self, name: str) -> None:
        self.name = name

    def render(self, form: Any, _context: Any, _template_pack: str = "", **kwargs: Any) -> SafeString:
        """The rows, the empty row that JavaScript copies, and the button that works without it."""
        return render_to_string("projects/forms/list.html", {"lines": form.lists[self.name]})
