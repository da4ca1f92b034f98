"""Filters of the incentive check: the tone of a state, and how sure a line of law is."""

from __future__ import annotations

from typing import Final

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from incentives.confidence import Confidence, Confirmable
from incentives.eligibility.states import State

register = template.Library()

TONES: Final = {
    State.MET: "ok", State.NOT_MET: "danger", State.EVIDENCE_MISSING: "warn", State.OFFICER_DECIDES: "info",
}  # fmt: skip
VERDICTS: Final = {
    State.MET: ("ok", "check-circle"), State.NOT_MET: ("danger", "error"), State.EVIDENCE_MISSING: ("warn", "question"),
    State.OFFICER_DECIDES: ("info", "stamp"),
}  # fmt: skip
UNSURE: Final = _("To be confirmed by the authority")


@register.filter
def state_tone(state: State) -> str:
    """The tone of a condition's state."""
    return TONES[state]


@register.filter
def verdict_tone(state: State) -> str:
    """The tone of the whole answer."""
    return VERDICTS[state][0]


@register.filter
def verdict_icon(state: State) -> str:
    """The icon of the whole answer."""
    return VERDICTS[state][1]


@register.filter
def mark_label(line: Confirmable) -> str | Promise:
    """How sure the line is, in words; what is unsure is the authority's to confirm."""
    if line.confirmed:
        return _("Confirmed by the office")
    return UNSURE if line.confidence == Confidence.UNSURE else Confidence(line.confidence).label


@register.filter
def mark_tone(line: Confirmable) -> str:
    """The tone of how sure it is."""
    return "ok" if line.confirmed else "warn" if line.confidence == Confidence.UNSURE else "neutral"
