"""Template words of the look: figures and days, icons, status tags, the clock and the error summary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import template
from django.forms import BaseForm
from django.forms.formsets import BaseFormSet
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cases.clock import Pause
from portal import reading
from portal.signs import TONE_ICONS, Sign, sign_of

register = template.Library()

register.filter("amount", reading.amount)
register.filter("money", reading.money)
register.filter("short_money", reading.short_money)
register.filter("day", reading.day)
register.filter("moment", reading.moment)
register.filter("deadline", reading.deadline)
register.filter("machine_time", reading.machine_time)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of static/icons.svg; with a label it is an image with that name, without one it is decoration."""
    drawing = f"{static('icons.svg')}#{name}"
    if label:
        return format_html('<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>', label, drawing)
    return format_html('<svg class="icon" aria-hidden="true" focusable="false"><use href="{}"></use></svg>', drawing)


@register.filter
def sign(status: str) -> Sign:
    """The tone and icon of a status word, for includes/status_tag.html."""
    return sign_of(status)


@register.filter
def tone_icon(tone: str) -> str:
    """The icon that stands for a tone."""
    return TONE_ICONS.get(tone, "info")


@register.filter
def notice_tone(tone: str) -> str:
    """The tone of a notice; the levels of Django's messages are taken too."""
    return {"success": "ok", "warning": "warn", "error": "danger", "debug": "info"}.get(tone, tone or "info")


@register.inclusion_tag("includes/status_tag.html")
def status_tag(status: str, label: str) -> dict[str, str]:
    """A status as icon, text and colour."""
    return {"status": status, "label": label}


@register.inclusion_tag("includes/tag.html")
def tag(tone: str, label: str, icon: str = "") -> dict[str, str]:
    """Any other tag: tone is neutral, info, ok, warn or danger."""
    return {"tone": tone, "label": label, "icon": icon or TONE_ICONS.get(tone, "dot")}


@dataclass(frozen=True)
class FormError:
    """One line of the error summary: `id` is the control to go to (empty: the form as a whole)."""

    id: str
    label: str
    message: str


@register.simple_tag
def collect_errors(
    form: BaseForm | None = None,
    formsets: BaseFormSet[Any] | Iterable[BaseFormSet[Any]] | None = None,
    errors: Iterable[FormError | Mapping[str, str]] | None = None,
) -> list[FormError | Mapping[str, str]]:
    """Every error of a form, its formsets and the page itself, in the order of the page."""
    found: list[FormError | Mapping[str, str]] = list(errors or ())
    if form:
        found += _form_errors(form)
    for formset in _as_list(formsets):
        found += [FormError("", "", str(message)) for message in formset.non_form_errors()]
        for row in formset.forms:
            found += _form_errors(row)
    return found


def _as_list(formsets: Any) -> list[BaseFormSet[Any]]:
    if not formsets:
        return []
    return [formsets] if isinstance(formsets, BaseFormSet) else list(formsets)


def _form_errors(form: BaseForm) -> list[FormError]:
    """The form's own errors first, then field by field; the form is told, so that crispy does not say them twice."""
    form.summary_shown = True  # type: ignore[attr-defined]
    lines = [FormError("", "", str(message)) for message in form.non_field_errors()]
    for name in form.fields:
        bound = form[name]
        target = bound.id_for_label or f"div_{bound.auto_id}"
        lines += [FormError(target, str(bound.label).rstrip(".:?"), str(message)) for message in bound.errors]
    return lines


@register.filter
def clock_days(clock: Any) -> list[str]:
    """The legal days as cells to draw: used, then today, then left; past the end every further day is over."""
    used, total = max(int(clock.used), 0), int(clock.total)
    cells = ["used"] * min(used, total) + ["left"] * max(total - used, 0)
    return cells + ["over"] * min(max(used - total, 0), 10)


@register.filter
def clock_tone(clock: Any) -> str:
    """How the clock feels: stopped, danger when over, warn in the last two days, calm otherwise."""
    if clock.phase == "stopped":
        return "stopped"
    if clock.phase != "running":
        return str(clock.phase).replace("_", "-")
    if clock.left < 0:
        return "danger"
    return "warn" if clock.left <= 2 else "calm"


@register.filter
def stop_reason(reason: str) -> str:
    """Why the clock stands still, in words."""
    return str(Pause(reason).label) if reason in Pause.values else reason


@register.filter
def positive(value: int) -> int:
    """The size of a number, whatever its sign."""
    return abs(value)
