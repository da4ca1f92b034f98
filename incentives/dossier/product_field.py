"""Naming a line of the list: by code, by name in either language without accents, or picked from what is offered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cases.calendar import local_date
from incentives.eligibility.finding import find
from incentives.products import SupportedProduct

OPTIONS = "product-lines"
"""The id of the page's list of lines to pick from."""


def named(text: str) -> SupportedProduct | None:
    """The line meant; None for nothing. Raises ValidationError that says what the words may mean instead."""
    text = text.partition(" · ")[0].strip()
    if not text:
        return None
    code, _at, version = text.partition("@")
    exact = SupportedProduct.objects.filter(code__iexact=code.strip())
    if version:
        exact = exact.filter(list_version=version.strip())
    if product := exact.order_by("-valid_from").first():
        return product
    found = find(text, SupportedProduct.objects.order_by("code", "valid_from"), local_date())
    if found.product is not None:
        return found.product
    lines = "; ".join(f"{one.code} {one.name_here}" for one in found.matches or found.nearest)
    if found.matches:
        raise ValidationError(_("Several lines of the list fit “%(words)s”: %(lines)s.") % {
            "words": text, "lines": lines}, code="several")  # fmt: skip
    raise ValidationError(_("“%(words)s” is no line of the list. The nearest are: %(lines)s.") % {
        "words": text, "lines": lines}, code="unlisted")  # fmt: skip


def said(product: SupportedProduct) -> str:
    """How the field shows a line."""
    return f"{product.code} · {product.name_here} ({product.list_version})"


def options() -> list[str]:
    """Every line in force today, to pick from; one query."""
    return [said(product) for product in SupportedProduct.objects.in_force(local_date()).order_by("code", "valid_from")]


class ProductField(forms.CharField):
    """A line of the list as people name it."""

    def __init__(self, **kwargs: Any) -> None:
        box = forms.TextInput({"list": OPTIONS, "autocomplete": "off"})
        super().__init__(required=False, max_length=500, widget=box, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """A stored line as the field shows it; what was typed stays as it was typed."""
        return said(value) if isinstance(value, SupportedProduct) else value

    def clean(self, value: Any) -> Any:
        """The line, or None."""
        if isinstance(value, SupportedProduct):
            return value
        return named(str(super().clean(value) or ""))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether something else stands in the box."""
        return bool((self.prepare_value(initial) or "") != (data or ""))
