"""What each family of incentives would give: names and clauses, figures only where somebody is sure of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from incentives.eligibility.conditions import Asked
from incentives.eligibility.facts import BY_NAME, Question
from incentives.eligibility.states import State
from incentives.policies import CONDITIONS, PolicyRule


@dataclass(frozen=True)
class Benefit:
    """An incentive that nothing rules out, and the questions on which it still depends."""

    rule: PolicyRule
    open_questions: tuple[Question, ...]


@dataclass(frozen=True)
class Family:
    """The incentives of one kind."""

    kind: PolicyRule.Kind
    benefits: tuple[Benefit, ...]


def families(asked: Asked, rules: Iterable[PolicyRule], *, certificate: State, income_tax: State) -> tuple[Family, ...]:
    """What remains possible, by kind, in the order of the kinds."""
    blocked = {
        PolicyRule.Needs.NOTHING.value: False,
        PolicyRule.Needs.CERTIFICATE.value: certificate is State.NOT_MET,
        PolicyRule.Needs.INCOME_TAX.value: income_tax is State.NOT_MET,
    }
    found: dict[str, list[Benefit]] = {}
    for rule in rules:
        if rule.kind in CONDITIONS or blocked[rule.needs]:
            continue
        unanswered = _unanswered(rule, asked)
        if unanswered is not None:
            found.setdefault(rule.kind, []).append(Benefit(rule, unanswered))
    return tuple(Family(kind, tuple(found[kind])) for kind in PolicyRule.Kind if kind in found)


def _unanswered(rule: PolicyRule, asked: Asked) -> tuple[Question, ...] | None:
    """The questions of the rule's scope that are open; None where an answer rules it out."""
    unanswered = []
    for name, allowed in rule.scope.items():
        if name == "group":
            product = asked.found.product
            if product is None or product.group not in allowed:
                return None
            continue
        value = getattr(asked.facts, name)
        if value is None:
            unanswered.append(BY_NAME[name])
        elif value not in allowed:
            return None
    return tuple(unanswered)
