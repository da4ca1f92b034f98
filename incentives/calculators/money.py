"""Deposit and credit: amounts by the capital, with no time of their own.

The deposit is reckoned where registrations reckon it (projects.deposit). Credit: Decree 32/2017 with its amendments,
Decree 111/2015 article 12.2, Decree 80/2021 articles 26 and 27.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from incentives.calculators.law import Basis, Lawbook, Rule
from incentives.calculators.measure import Amount, Bound, Code, Figure, Kind, Measure, State, Task
from incentives.calculators.outcomes import no_law, product_of, ruled_out, unsure
from incentives.calculators.question import HUNDRED, Question
from incentives.calculators.spans import rounded
from projects.deposit import deposit
from projects.money import figure

ZERO: Final = Decimal(0)
DEPOSIT_LAW: Final = "L143/2025+D96/2026"


def security(asked: Question) -> Measure:
    """The deposit for a project on State land, with the reduction that staff confirmed."""
    code = Code.DEPOSIT
    if asked.state_land is False:
        return ruled_out(code, _("Only where the State leases the land: the tenant of a park gives no deposit."))
    if asked.deposit_capital is None:
        return Measure(code, State.MISSING, missing=("deposit_capital",))
    found = deposit(asked.deposit_capital, asked.deposit_reduction)
    basis = Basis(code, DEPOSIT_LAW, "; ".join(found.legal_basis), "seen")
    notes = [_("Capital without land fees and without works handed over to the State, by slices.")]
    if found.reduction_percent:
        notes.append(_("Whether the reduction applies, above all in zones, is confirmed by the authority."))
    give = Task(Kind.OTHER, None, _("Deposit it, or give a bank guarantee, before the land is leased. Half comes back "
                                    "with the land decision and the building permit, the rest with the acceptance of "
                                    "the works."))  # fmt: skip
    return Measure(
        code, State.APPLIES, amount=Amount(found.before - found.amount, found.before), notes=tuple(notes),
        tasks=(give,), figures=(Figure("deposit_due", found.amount),), bases=(basis,),
    )  # fmt: skip


@dataclass(frozen=True)
class Ceiling:
    """What a rule lets be lent, and the own capital it asks for."""

    rule: Rule
    most: Decimal
    own: Decimal

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Both as figures of a measure."""
        return Figure("loan_most", self.most), Figure("own_least", self.own)


def state_credit(asked: Question, law: Lawbook) -> Measure:
    """The loan of the Vietnam Development Bank: its ceiling, the own capital it needs, its lowest rate."""
    found = _ceiling(Code.CREDIT_STATE, asked, law)
    if isinstance(found, Measure):
        return found
    most = found.most if asked.own_capital is None else min(found.most, (asked.investment or ZERO) - asked.own_capital)
    found = replace(found, most=most)
    notes = [_("The investment is meant without working capital. The bank decides; its rate may be above the lowest "
               "one.")]  # fmt: skip
    if asked.loan is not None and asked.loan > most:
        notes.append(_("The loan asked for is above the ceiling; it is reckoned with the ceiling."))
    floor, amount, figures = found.rule.limit("rate_percent"), None, list(found.figures)
    if asked.market_rate is not None and floor is not None:
        figures.append(Figure("rate_least", asked.market_rate * floor / HUNDRED, percent=True))
        cost = (most if asked.loan is None else min(most, asked.loan)) * asked.market_rate / HUNDRED
        saved = cost * max(HUNDRED - floor, ZERO) / HUNDRED
        amount = Amount(rounded(saved), rounded(cost), Bound.MOST, yearly=True)
    return Measure(Code.CREDIT_STATE, State.APPLIES, amount=amount, figures=tuple(figures), bases=(found.rule,),
                   notes=tuple(notes))  # fmt: skip


def guarantee(asked: Question, law: Lawbook) -> Measure:
    """A guaranteed loan: its ceiling, if collateral and own capital are enough."""
    code = Code.CREDIT_GUARANTEE
    found = _ceiling(code, asked, law)
    if isinstance(found, Measure):
        return found
    rule, figures = found.rule, list(found.figures)
    cover = None if asked.loan is None else _share(asked.loan, rule, "collateral_percent")
    if cover is not None:
        if asked.collateral is not None and asked.collateral < cover:
            words = _percent(rule, "collateral_percent")
            return ruled_out(code, _("The collateral is below %(percent)s %% of the loan.") % words, rule)
        figures.append(Figure("collateral_least", cover))
    notes = (_("Supposed: no tax arrears and no bad debt."),)
    return Measure(code, State.APPLIES, figures=tuple(figures), bases=(rule,), notes=notes)


def _ceiling(code: Code, asked: Question, law: Lawbook) -> Ceiling | Measure:
    """What may be lent; or why nothing can be said of it."""
    if asked.investment is None:
        return Measure(code, State.MISSING, missing=("investment",))
    rule = law.on(code, asked.on)
    if rule is None:
        return no_law(code, asked.on)
    most, own = _share(asked.investment, rule, "loan_percent"), _share(asked.investment, rule, "own_percent")
    if most is None or own is None:
        return unsure(code, rule)
    if asked.size is not None and not rule.allows("size", asked.size):
        return ruled_out(code, _("Only for small and medium-sized enterprises."), rule)
    if asked.own_capital is not None and asked.own_capital < own:
        words = _percent(rule, "own_percent")
        return ruled_out(code, _("The own capital is below %(percent)s %% of the investment.") % words, rule)
    return Ceiling(rule, most, own)


def interest(asked: Question, law: Lawbook) -> Measure:
    """Interest support on a loan: one support for one project at a time, the best that somebody is sure of."""
    code = Code.CREDIT_INTEREST
    wanted = [name for name, asks in (("credit-chain", asked.value_chain), ("credit-green", asked.green)) if asks]
    if asked.loan is None or not wanted:
        return Measure(code, State.MISSING, missing=tuple(_interest_needs(asked, wanted)))
    rules = [rule for rule in (law.on(name, asked.on) for name in wanted) if rule is not None]
    meant = [rule for rule in rules if asked.size is None or rule.allows("size", asked.size)]
    if not meant:
        return ruled_out(code, _("Only for small and medium-sized enterprises."), rules[0]) if rules else no_law(
            code, asked.on)  # fmt: skip
    best = max(meant, key=lambda rule: rule.limit("points") or ZERO)
    points = best.limit("points")
    if points is None:
        return unsure(code, best)
    notes = [
        _("Paid after the investment, for one project at a time and never together with another interest support.")
    ]
    if len(meant) > 1:
        notes.append(_("Two supports were asked for: only the one named here is reckoned."))
    return Measure(code, State.APPLIES, amount=_support(asked, points), bases=(best,), notes=tuple(notes),
                   figures=(Figure("points", points, percent=True),))  # fmt: skip


def _support(asked: Question, points: Decimal) -> Amount:
    """Of a year; never more than the interest, where its rate is known."""
    saved, cost = product_of(asked.loan, points) or ZERO, product_of(asked.loan, asked.market_rate)
    return Amount(rounded(saved if cost is None else min(saved, cost)), None if cost is None else rounded(cost),
                  yearly=True)  # fmt: skip


def _interest_needs(asked: Question, wanted: list[str]) -> list[str]:
    return [*(["loan"] if asked.loan is None else []), *([] if wanted else ["value_chain"])]


def _share(amount: Decimal, rule: Rule, name: str) -> Decimal | None:
    """A share of an amount that the rule names, to the dong."""
    percent = rule.limit(name)
    return None if percent is None else rounded(amount * percent / 100)


def _percent(rule: Rule, name: str) -> dict[str, str]:
    return {"percent": figure(rule.limit(name) or ZERO)}
