"""Deposit and credit: amounts by the capital, with no time of their own.

The deposit is reckoned where registrations reckon it (projects.deposit). Credit: Decree 32/2017 with its amendments,
Decree 111/2015 article 12.2, Decree 80/2021 articles 26 and 27.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from incentives.calculators.law import Basis, Lawbook, Rule
from incentives.calculators.measure import Amount, Bound, Code, Figure, Kind, Measure, State, Task
from incentives.calculators.outcomes import no_law, product_of, ruled_out, unsure
from incentives.calculators.question import HUNDRED, Question
from incentives.calculators.spans import rounded
from projects.deposit import deposit

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


def state_credit(asked: Question, law: Lawbook) -> Measure:
    """The loan of the Vietnam Development Bank: its ceiling, the own capital it needs, its lowest rate."""
    code = Code.CREDIT_STATE
    if asked.investment is None:
        return Measure(code, State.MISSING, missing=("investment",))
    rule = law.on(code, asked.on)
    if rule is None:
        return no_law(code, asked.on)
    most, own = _share(asked.investment, rule, "loan_percent"), _share(asked.investment, rule, "own_percent")
    if most is None or own is None:
        return unsure(code, rule)
    if asked.own_capital is not None:
        if asked.own_capital < own:
            return ruled_out(
                code, _("The own capital is below %(percent)s %% of the investment.") % _percent(rule, "own_percent"),
                rule,
            )  # fmt: skip
        most = min(most, asked.investment - asked.own_capital)
    floor = rule.limit("rate_percent")
    figures = [Figure("loan_most", most), Figure("own_least", own)]
    amount = None
    if asked.market_rate is not None and floor is not None:
        figures.append(Figure("rate_least", asked.market_rate * floor / HUNDRED, percent=True))
        lent = min(most, asked.loan) if asked.loan is not None else most
        amount = Amount(rounded(lent * asked.market_rate / 100 * max(HUNDRED - floor, Decimal(0)) / 100),
                        rounded(lent * asked.market_rate / 100), Bound.MOST, yearly=True)  # fmt: skip
    notes = [_("The investment is meant without working capital. The bank decides; its rate may be above the lowest "
               "one.")]  # fmt: skip
    if asked.loan is not None and asked.loan > most:
        notes.append(_("The loan asked for is above the ceiling; it is reckoned with the ceiling."))
    return Measure(code, State.APPLIES, amount=amount, figures=tuple(figures), bases=(rule,), notes=tuple(notes))


def guarantee(asked: Question, law: Lawbook) -> Measure:
    """A guaranteed loan: its ceiling, if collateral and own capital are enough."""
    code = Code.CREDIT_GUARANTEE
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
        return ruled_out(
            code, _("The own capital is below %(percent)s %% of the investment.") % _percent(rule, "own_percent"), rule
        )
    cover = _share(asked.loan, rule, "collateral_percent") if asked.loan is not None else None
    if cover is not None and asked.collateral is not None and asked.collateral < cover:
        return ruled_out(
            code, _("The collateral is below %(percent)s %% of the loan.") % _percent(rule, "collateral_percent"), rule
        )
    figures = [Figure("loan_most", most), Figure("own_least", own)]
    if cover is not None:
        figures.append(Figure("collateral_least", cover))
    notes = (_("Supposed: no tax arrears and no bad debt."),)
    return Measure(code, State.APPLIES, figures=tuple(figures), bases=(rule,), notes=notes)


def interest(asked: Question, law: Lawbook) -> Measure:
    """Interest support on a loan: one support for one project at a time, the best that somebody is sure of."""
    code = Code.CREDIT_INTEREST
    wanted = [name for name, asks in (("credit-chain", asked.value_chain), ("credit-green", asked.green)) if asks]
    if asked.loan is None or not wanted:
        return Measure(code, State.MISSING, missing=tuple(_interest_needs(asked, wanted)))
    rules = [rule for rule in (law.on(name, asked.on) for name in wanted) if rule is not None]
    if not rules:
        return no_law(code, asked.on)
    meant = [rule for rule in rules if asked.size is None or rule.allows("size", asked.size)]
    if not meant:
        return ruled_out(code, _("Only for small and medium-sized enterprises."), rules[0])
    sure = [rule for rule in meant if rule.limit("points") is not None]
    if not sure:
        return unsure(code, meant[0])
    best = max(sure, key=lambda rule: rule.limit("points") or Decimal(0))
    points = best.limit("points") or Decimal(0)
    saved = rounded(asked.loan * points / 100)
    whole = product_of(asked.loan, asked.market_rate)
    paid = None if whole is None else rounded(whole)
    notes = [
        _("Paid after the investment, for one project at a time and never together with another interest support.")
    ]
    if len(meant) > 1:
        notes.append(_("Two supports were asked for: only the one named here is reckoned."))
    amount = Amount(saved if paid is None else min(saved, paid), paid, yearly=True)
    return Measure(
        code, State.APPLIES, amount=amount,
        figures=(Figure("points", points, percent=True),), bases=(best,), notes=tuple(notes),
    )  # fmt: skip


def _interest_needs(asked: Question, wanted: list[str]) -> list[str]:
    return [*(["loan"] if asked.loan is None else []), *([] if wanted else ["value_chain"])]


def _share(amount: Decimal, rule: Rule, name: str) -> Decimal | None:
    """A share of an amount that the rule names, to the dong."""
    percent = rule.limit(name)
    return None if percent is None else rounded(amount * percent / 100)


def _percent(rule: Rule, name: str) -> dict[str, object]:
    return {"percent": (rule.limit(name) or Decimal(0)).normalize()}
