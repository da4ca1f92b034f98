"""What can be said of a condition, and of several together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Never "not met" for want of an answer: that is missing evidence."""

    MET = "met", _("Met")
    NOT_MET = "not_met", _("Not met")
    EVIDENCE_MISSING = "evidence_missing", _("Evidence missing")
    OFFICER_DECIDES = "officer_decides", _("The authority decides")


_ALL: Final = (State.NOT_MET, State.EVIDENCE_MISSING, State.OFFICER_DECIDES, State.MET)
_ANY: Final = (State.MET, State.EVIDENCE_MISSING, State.OFFICER_DECIDES, State.NOT_MET)


def all_of(states: Iterable[State]) -> State:
    """The state of conditions that must all be met; met when there is none."""
    return _first(_ALL, states) or State.MET


def any_of(states: Iterable[State]) -> State:
    """The state of conditions of which one is enough; not met when there is none."""
    return _first(_ANY, states) or State.NOT_MET


def _first(order: tuple[State, ...], states: Iterable[State]) -> State | None:
    found = set(states)
    return next((state for state in order if state in found), None)
