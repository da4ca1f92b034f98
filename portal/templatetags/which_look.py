"""Filters of the questionnaire's result: its headline, and names in the reader's language."""

from __future__ import annotations

from typing import Protocol

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.which.answer import Result
from projects.models import LifeNotice

register = template.Library()


class Named(Protocol):
    """Anything of the reference data with a name in both languages."""

    def name(self, language: str) -> str: ...


@register.filter
def in_words(row: Named | None) -> str:
    """The name in the reader's language."""
    return row.name(get_language() or "vi") if row else ""


@register.filter
def headline(found: Result) -> str:
    """The procedure's name, or what to do where no dossier is filed."""
    if found.version:
        return in_words(found.version)
    if found.life:
        return str(LifeNotice.Kind(found.life.act).label)
    if found.kind == "verify":
        return _("No procedure: check the certificate")
    if found.kind == "eligibility":
        return _("First see which incentives the product can get")
    return _("No procedure of that day")
