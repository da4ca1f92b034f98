"""The answers that several measures give in the same way: something is missing, ruled out, or not settled."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from incentives.calculators.law import Rule
from incentives.calculators.measure import Code, Measure, State
from incentives.calculators.question import Question

FIELD_OF: Final = {"running": "production_on"}
"""The question to answer where a value may come from several."""


def shown(day: date) -> str:
    """A day the way the reader writes it."""
    return date_format(day, "DATE_FORMAT")


def missing(code: Code, asked: Question, *names: str) -> Measure | None:
    """The measure with the questions that it needs and that are still open; None where all are answered."""
    still_open = tuple(FIELD_OF.get(name, name) for name in names if getattr(asked, name) is None)
    return Measure(code, State.MISSING, missing=still_open) if still_open else None


def ruled_out(code: Code, sentence: str, rule: Rule | None = None) -> Measure:
    """The measure is not for this project, and why."""
    return Measure(code, State.RULED_OUT, notes=(sentence,), bases=(rule,) if rule else ())


def no_law(code: Code, day: date) -> Measure:
    """The catalogue has no row of the day that counts."""
    return ruled_out(code, _("This portal keeps no rule on it for %(day)s, the day that counts.") % {"day": shown(day)})


def unsure(code: Code, rule: Rule) -> Measure:
    """Nobody has confirmed the figures of the rule: neither a time nor an amount."""
    sentence = _("How long and how much is to be confirmed by the authority: no amount is reckoned.")
    return Measure(code, State.UNSURE, notes=(sentence,), bases=(rule,))


def product_of(value: Decimal | None, rate: Decimal | None) -> Decimal | None:
    """A value at a rate in per cent; None as long as one of them is not given."""
    return None if value is None or rate is None else value * rate / 100
