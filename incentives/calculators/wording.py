"""The measures in words: names, states, what an amount is, and what all of them suppose."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from incentives.calculators.measure import Amount, Bound, Code, Figure, Measure, State
from incentives.calculators.outcomes import shown
from incentives.calculators.question import BILLION
from incentives.calculators.timeline import Timeline
from projects.money import figure

Words = str | Promise
PLACES: Final = 3
NAMES: Final[dict[Code, Words]] = {
    Code.TAX_RATE: _("Income tax: preferential rate"),
    Code.TAX_EXEMPT: _("Income tax: exempt"),
    Code.TAX_HALF: _("Income tax: half"),
    Code.DUTY_ASSETS: _("Import duty: fixed assets"),
    Code.DUTY_MATERIALS: _("Import duty: materials"),
    Code.DUTY_AUTO: _("Import duty: programme for car parts"),
    Code.LAND_BUILDING: _("Land rent: while building"),
    Code.LAND_RELIEF: _("Land rent: after building"),
    Code.LAND_CUT: _("Land rent: sub-lease in a park"),
    Code.DEPOSIT: _("Deposit"),
    Code.CREDIT_STATE: _("State investment credit"),
    Code.CREDIT_GUARANTEE: _("Guaranteed loan"),
    Code.CREDIT_INTEREST: _("Interest support"),
}
STATES: Final[dict[State, tuple[str, Words]]] = {
    State.APPLIES: ("ok", _("Can be had")),
    State.LOST: ("danger", _("Lost by late filing")),
    State.UNSURE: ("warn", _("To be confirmed by the authority")),
    State.RULED_OUT: ("neutral", _("Not for this project")),
    State.MISSING: ("info", _("Answer missing")),
}
GIVEN: Final[tuple[str, Words]] = ("info", _("To be given"))
FIGURES: Final[dict[str, Words]] = {
    "deposit_due": _("Deposit to be given: %(figure)s"),
    "loan_most": _("Loan at most: %(figure)s"),
    "own_least": _("Own capital at least: %(figure)s"),
    "rate_least": _("Rate at least: %(figure)s %% a year"),
    "collateral_least": _("Collateral at least: %(figure)s"),
    "points": _("Support: %(figure)s %% of the loan a year"),
}


def billions(amount: Decimal) -> str:
    """An amount in dong as people read it: in billions, to the million."""
    return figure(round(amount / BILLION, PLACES) or Decimal(0))


def saved(amount: Amount | None) -> str:
    """What a measure saves, in billions of dong; a dash where nothing can be said."""
    if amount is None:
        return "–"
    words = {"amount": billions(amount.saved)}
    if amount.yearly:
        return (_now("at most %(amount)s a year") if amount.bound is Bound.MOST else _now("%(amount)s a year")) % words
    if amount.bound is Bound.EXACT:
        return words["amount"]
    return (_now("at least %(amount)s") if amount.bound is Bound.LEAST else _now("at most %(amount)s")) % words


def state_of(measure: Measure) -> tuple[str, Words]:
    """The tone of a measure and its state; a deposit is nothing one has, but something one gives."""
    if measure.code is Code.DEPOSIT and measure.state is State.APPLIES:
        return GIVEN
    return STATES[measure.state]


def kind_of(amount: Amount | None) -> str:
    """How an amount is meant, for a file whose figures stand alone."""
    if amount is None:
        return ""
    words = {Bound.EXACT: _now("exact"), Bound.LEAST: _now("at least"), Bound.MOST: _now("at most")}[amount.bound]
    return _now("%(words)s, for a year") % {"words": words} if amount.yearly else words


def figure_words(one: Figure) -> str:
    """Another figure of a measure, amounts in billions of dong."""
    words = figure(one.value) if one.percent else billions(one.value)
    return str(FIGURES[one.name]) % {"figure": words}


def headline(found: Timeline) -> str:
    """What a reader has to know first."""
    had = [one for one in found.measures if one.state is State.APPLIES and one.code is not Code.DEPOSIT]
    ends = max((one.span.last for one in had if one.span), default=None)
    if not had:
        return _now("By these answers no support can be reckoned: see below what is missing or not settled.")
    if ends is None:
        return ngettext(
            "By these answers %(count)s measure can be had.",
            "By these answers %(count)s measures can be had.",
            len(had),
        ) % {"count": len(had)}
    return ngettext(
        "By these answers %(count)s measure can be had; its time ends on %(day)s.",
        "By these answers %(count)s measures can be had; the longest time ends on %(day)s.",
        len(had),
    ) % {"count": len(had), "day": shown(ends)}


def assumptions(found: Timeline) -> list[str]:
    """Whole sentences, the most important first."""
    return list(_assumptions(found))


def _assumptions(found: Timeline) -> Iterator[str]:
    yield _now("This is an estimate. Tax is self-assessed; customs, the tax authority and the bank decide on the rest.")
    yield _now("The project is supposed to hold the certificate of incentives and to meet the conditions all the time.")
    yield _now("Income tax, import duty and land rent stand beside each other; each has its own clock.")
    yield _now("Each measure takes the law of the day that counts for it: import, filing, licence or tax period.")
    if any(one.amount and not one.amount.yearly for one in found.measures):
        yield _now("Yearly amounts are supposed to stay the same; parts of a year are reckoned by days.")
    if any(one.state is State.UNSURE for one in found.measures):
        yield _now("What is to be confirmed by the authority has neither dates nor amounts here.")
    if _at_once(found, Code.DUTY_MATERIALS, Code.DUTY_AUTO):
        yield _now("The relief on materials and the programme for car parts are never had for the same import.")


def _at_once(found: Timeline, *codes: Code) -> bool:
    measures: list[Measure | None] = [found.measure(code) for code in codes]
    return all(one is not None and one.state is State.APPLIES for one in measures)
