"""The whole answer: condition by condition, the two results, and what there is to get."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from incentives.confidence import Confidence
from incentives.eligibility.benefits import Benefit, Family, families
from incentives.eligibility.conditions import PRODUCT, Asked, judged
from incentives.eligibility.facts import Facts
from incentives.eligibility.finding import Found, find
from incentives.eligibility.states import State, all_of, any_of
from incentives.policies import CONDITIONS, PolicyRule
from incentives.products import SupportedProduct

EITHER = ("c1", "c2")
"""Tests of which one is enough (Decree 320/2025, article 18.2.c)."""


@dataclass(frozen=True)
class Condition:
    """A rule, what the answers say of it, and why."""

    rule: PolicyRule
    state: State
    why: str
    mark: str
    """How sure the rule (or the line of the list) is: seen, general, unsure, or confirmed by somebody in office."""


@dataclass(frozen=True)
class Answer:
    """What a product and a project may get under the law of a day, as far as the answers go."""

    on: date
    found: Found
    facts: Facts
    certificate_conditions: tuple[Condition, ...]
    tax_tests: tuple[Condition, ...]
    families: tuple[Family, ...]

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Those of the certificate, then the income-tax tests."""
        return self.certificate_conditions + self.tax_tests

    @property
    def benefits(self) -> tuple[Benefit, ...]:
        """The incentives that nothing rules out, family after family."""
        return tuple(benefit for family in self.families for benefit in family.benefits)

    @property
    def state(self) -> State:
        """Whether the certificate of incentives can be had."""
        return all_of(one.state for one in self.certificate_conditions)

    @property
    def income_tax(self) -> State:
        """Whether the income-tax incentive can be had: the certificate, c1 or c2, and the other tests."""
        return _income_tax(self.state, self.tax_tests)

    @property
    def sentence(self) -> str:
        """The answer in one sentence."""
        return sentence(self)


def answer(found: Found, facts: Facts, rules: Iterable[PolicyRule], on: date) -> Answer | None:
    """Judge product and answers by the rules of that day; None where no condition was law.

    A pure function: the same product, answers and rules always give the same answer, and nothing is read or written.
    """
    asked, known = Asked(found, facts, on), list(rules)
    conditions, tests = (_judge(asked, known, kind) for kind in CONDITIONS)
    if not conditions:
        return None
    state = all_of(one.state for one in conditions)
    possible = families(asked, known, certificate=state, income_tax=_income_tax(state, tests))
    return Answer(on, found, facts, conditions, tests, possible)


def ask(text: str, facts: Facts, on: date) -> Answer | None:
    """The answer by the catalogue as it is kept: two queries. None for a day before its first law."""
    rules = list(PolicyRule.objects.in_force(on).order_by("position"))
    return answer(find(text, SupportedProduct.objects.order_by("code", "valid_from"), on), facts, rules, on)


def _judge(asked: Asked, rules: Sequence[PolicyRule], kind: PolicyRule.Kind) -> tuple[Condition, ...]:
    return tuple(Condition(rule, *judged(asked, rule), _mark(asked, rule)) for rule in rules if rule.kind == kind)


def _mark(asked: Asked, rule: PolicyRule) -> str:
    """A line carried over from another list is as unsure as the question whether it was."""
    product = asked.found.product
    if rule.code != PRODUCT or product is None:
        return rule.mark
    return product.mark if product.confirmed or product.list_version == rule.version else str(Confidence.UNSURE)


def _income_tax(certificate: State, tests: Sequence[Condition]) -> State:
    either = any_of(one.state for one in tests if one.rule.code in EITHER)
    others = [one.state for one in tests if one.rule.code not in EITHER]
    return all_of([certificate, either, *others])


def sentence(found: Answer) -> str:
    """What a reader has to know first."""
    count = sum(one.state is found.state for one in found.certificate_conditions)
    names = ", ".join(one.rule.name for one in found.certificate_conditions if one.state is found.state)
    if found.state is State.MET:
        return _("By your answers, the conditions of the certificate of incentives are met.")
    if found.state is State.NOT_MET:
        return _("By your answers, this is not met for the certificate of incentives: %(names)s.") % {"names": names}
    if found.state is State.OFFICER_DECIDES:
        return ngettext(
            "Nothing you answered speaks against the certificate of incentives; the authority decides on %(count)s "
            "condition: %(names)s.",
            "Nothing you answered speaks against the certificate of incentives; the authority decides on %(count)s "
            "conditions: %(names)s.",
            count,
        ) % {"count": count, "names": names}
    return ngettext(
        "It is still open: evidence or an answer is missing for %(count)s condition: %(names)s.",
        "It is still open: evidence or an answer is missing for %(count)s conditions: %(names)s.",
        count,
    ) % {"count": count, "names": names}
