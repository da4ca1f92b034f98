"""How projects, zones and their capital read in templates."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from projects.models import CapitalEvent, ChainHead, Project
from projects.money import money

register = template.Library()


@register.filter
def project_name(project: Project) -> str:
    """The project's name in the reader's language, as far as there is one."""
    english = get_language() != "vi" and project.name_en
    return project.name_en if english else project.name


@register.filter
def in_my_language(thing: Any) -> str:
    """The name of a zone, sector or authority in the reader's language; nothing for nothing."""
    return str(thing.name(get_language() or "vi")) if thing else ""


@register.filter
def as_known(entry: Project | CapitalEvent) -> str:
    """The first certificate of a project or the day of an event, as exactly as it is known."""
    if isinstance(entry, Project):
        day, precision = entry.first_issued_on, entry.first_issued_precision
    else:
        day, precision = entry.effective_on, entry.effective_precision
    if day is None:
        return ""
    if precision == Project.Precision.YEAR:
        return str(day.year)
    if precision == Project.Precision.MONTH:
        return date_format(day, "YEAR_MONTH_FORMAT")
    shown = date_format(day, "DATE_FORMAT")
    return _("by %(day)s") % {"day": shown} if precision == Project.Precision.LATEST else shown


@register.filter
def tone(state: str) -> str:
    """How the state of a project is coloured."""
    return {"active": "ok", "suspended": "warn"}.get(state, "neutral")


@register.filter
def capital(project: Project) -> str:
    """The capital of an annotated project (see ProjectQuerySet.with_capital)."""
    return amounts(getattr(project, "capital_usd", None), getattr(project, "capital_vnd", None))


@register.filter
def change(event: CapitalEvent) -> str:
    """What an event changes, with its sign where it is no first certificate."""
    value, currency = (event.total_usd, "USD") if event.total_usd is not None else (event.total_vnd, "VND")
    if value is None or not value:
        return ""
    sign = "+" if value > 0 and event.kind != CapitalEvent.Kind.ISSUE else ""
    return f"{sign}{money(value, currency)}"


@register.simple_tag
def amounts(usd: Decimal | None, vnd: Decimal | None) -> str:
    """An amount in USD, or in VND where only that is known."""
    if usd is not None:
        return money(usd, "USD")
    return money(vnd, "VND") if vnd is not None else ""


@register.simple_tag
def latest_head() -> ChainHead | None:
    """The last head of the capital chains that was kept; nothing before the first."""
    return ChainHead.objects.latest_kept()
