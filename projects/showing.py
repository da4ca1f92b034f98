"""Labels and values of answers as people read them, in the active language: page, paper, mail and admin alike."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django_countries.fields import Country

from projects.money import figure, money
from projects.routing import features
from projects.zones import Zone


def label(model: type[models.Model] | models.Model, name: str) -> str:
    """The label of a field, with a capital letter."""
    return capfirst(str(getattr(model._meta.get_field(name), "verbose_name", name)))


def value(instance: models.Model, name: str) -> str:
    """The answer ready to read; empty if there is none."""
    given = getattr(instance, name)
    if given is None or given == "" or given == []:
        return ""
    field = instance._meta.get_field(name)
    if getattr(field, "choices", None) and not isinstance(given, Country):
        return str(getattr(instance, f"get_{name}_display")())
    return _plain(given, name)


def _plain(given: Any, name: str) -> str:
    if isinstance(given, bool):
        return _("Yes") if given else _("No")
    if isinstance(given, Decimal | int):
        return _figure(given, name)
    if isinstance(given, date):
        return date_format(given, "DATE_FORMAT")
    if isinstance(given, Country):
        return str(given.name) if given.code else ""
    language = get_language() or "vi"
    if isinstance(given, Zone):
        return given.name(language)
    if isinstance(given, list):
        return "; ".join(features()[code].name(language) for code in given if code in features())
    return str(given)


def _figure(given: Decimal | int, name: str) -> str:
    for currency in ("vnd", "usd"):
        if name.endswith(f"_{currency}"):
            return money(given, currency.upper())
    if name.endswith("_percent"):
        return f"{figure(given)} %"
    if name.endswith("_m2"):
        return f"{figure(given)} m²"
    return str(given) if name.endswith("_year") else figure(given)
