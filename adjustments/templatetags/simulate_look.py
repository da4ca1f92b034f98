"""Filters of the simulator's page: signed differences, and what a rule does and how sure it is."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.utils.functional import Promise

from adjustments.rules.law import Fired
from adjustments.simulating import Line
from adjustments.wording import EFFECTS, MARKS
from projects.money import figure, money, signed

register = template.Library()


@register.filter
def difference(line: Line) -> str:
    """The signed difference in the line's currency; empty where nothing is known."""
    value = line.difference
    if value is None:
        return ""
    if not value:
        return "0"
    sign = "+" if value > 0 else "−"
    share = f" ({signed(line.percent)} %)" if line.percent is not None else ""
    return f"{sign}{figure(abs(value))}{share}"


@register.filter
def signed_dong(value: Decimal) -> str:
    """A signed amount of dong."""
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{money(abs(value), 'VND')}"


@register.filter
def direction(line: Line) -> str:
    """up, down, or nothing: how the table colours it."""
    value = line.difference or 0
    return "up" if value > 0 else "down" if value < 0 else ""


@register.filter
def effect(rule: Fired) -> str | Promise:
    """What the rule does, in words."""
    return EFFECTS[rule.rule.effect][0]


@register.filter
def effect_tone(rule: Fired) -> str:
    """The tone of what it does."""
    return EFFECTS[rule.rule.effect][1]


@register.filter
def doubt(rule: Fired) -> str | Promise:
    """How sure the rule is, where there is doubt."""
    return MARKS.get(rule.rule.mark, "")
