"""Filters of the incentive check: the tone of a state, and how sure a line of law is."""

from __future__ import annotations

from typing import Final

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from incentives.confidence import CONFIRMED, Confidence
from incentives.eligibility.states import State

register = template.Library()

TONES: Final = {
    State.MET: "ok", State.NOT_MET: "danger", State.EVIDENCE_MISSING: "warn", State.OFFICER_DECIDES: "info",
}  # fmt: skip
VERDICTS: Final = {
    State.MET: ("ok", "check-circle"), State.NOT_MET: ("danger", "error"), State.EVIDENCE_MISSING: ("warn", "question"),
    State.OFFICER_DECIDES: ("info", "stamp"),
}  # fmt: skip
MARKS: Final[dict[str, str | Promise]] = {
    CONFIRMED: _("Confirmed by the office"),
    str(Confidence.UNSURE): _("To be confirmed by the authority"),
}


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
def mark_label(mark: str) -> str | Promise:
    """How sure a line is, in words; what is unsure is the authority's to confirm."""
    return MARKS.get(mark) or Confidence(mark).label


@register.filter
def mark_tone(mark: str) -> str:
    """The tone of how sure it is."""
    return {CONFIRMED: "ok", str(Confidence.UNSURE): "warn"}.get(mark, "neutral")
