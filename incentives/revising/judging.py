"""Judging a case by two laws, and saying what makes the difference. Nothing here reads or writes the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.utils import translation

from incentives.eligibility.answer import Answer, Condition, answer
from incentives.eligibility.conditions import Asked, judged
from incentives.eligibility.finding import Found, find
from incentives.policies import PolicyRule
from incentives.products import SupportedProduct
from incentives.revising.models import RuleReplayLine
from incentives.revising.past import PastCase

LANGUAGES: Final = ("vi", "en")
MOST_TEXTS: Final = 20_000
GIVEN: Final = "given"
"""A benefit has no state: it is given by the answer, or is not there."""


@dataclass
class Law:
    """Rules and products as they are law on one day; looks up each product text once."""

    rules: Sequence[PolicyRule]
    products: Sequence[SupportedProduct]
    on: date
    _found: dict[str, Found] = field(default_factory=dict)

    @classmethod
    def of(cls, rules: Iterable[PolicyRule], products: Iterable[SupportedProduct], on: date) -> Law:
        """The rules in force that day, in their order, and the whole list, whose lines carry their own days."""
        in_force = [one for one in rules if one.valid_from <= on and (one.valid_to is None or one.valid_to >= on)]
        in_force.sort(key=lambda one: (one.position, one.kind, one.code))
        return cls(in_force, sorted(products, key=lambda one: (one.code, one.valid_from)), on)

    def judge(self, case: PastCase) -> Answer | None:
        """The answer to this case; None where no condition is law."""
        return answer(self.find(case.product_text), case.facts, self.rules, self.on)

    def find(self, text: str) -> Found:
        """The line of the list that a text means; looked for once."""
        found = self._found.get(text)
        if found is None:
            if len(self._found) >= MOST_TEXTS:
                self._found.clear()
            found = self._found[text] = find(text, self.products, self.on)
        return found

    def with_rules(self, rules: Law) -> Law:
        """These products and what was found among them, under the rules of another law of the same day."""
        return Law(rules.rules, self.products, self.on, self._found)


@dataclass(frozen=True)
class Verdict:
    """An answer reduced to what can differ, in no language."""

    certificate: str
    tax: str
    conditions: dict[str, str]
    benefits: dict[str, tuple[str, str]]

    @classmethod
    def of(cls, given: Answer | None) -> Verdict:
        """The states by the codes of the rules, and the figures of what can be had."""
        if given is None:
            return cls("", "", {}, {})
        conditions = {one.rule.code: one.state.value for one in given.conditions}
        benefits = {one.rule.code: figures(one.rule) for one in given.benefits}
        return cls(given.state.value, given.income_tax.value, conditions, benefits)


def figures(rule: PolicyRule) -> tuple[str, str]:
    """What may be shown of a rule's figures, in both languages."""
    return (rule.amount_vi, rule.amount_en) if rule.sure else ("", "")


def difference(case: PastCase, old: Law, new: Law) -> RuleReplayLine | None:
    """The line of a replay for this case, unsaved; None where both laws answer alike."""
    with translation.override(LANGUAGES[0]):
        pair = old.judge(case), new.judge(case)
    before, after = (Verdict.of(one) for one in pair)
    if before == after:
        return None
    changes = _conditions(before, after, pair) + _benefits(before, after, pair)
    return RuleReplayLine(
        case_key=case.pk, reference=case.reference, label=case.label[:400], product_text=case.product_text[:400],
        asked_on=case.on, outcome=case.outcome[:40], url=case.url[:1000], weight=_weight(before, after),
        before=before.certificate, after=after.certificate, tax_before=before.tax, tax_after=after.tax,
        codes=_codes(change["code"] for change in changes), changes=changes,
    )  # fmt: skip


Pair = tuple[Answer | None, Answer | None]


def _weight(before: Verdict, after: Verdict) -> str:
    if (before.certificate, before.tax) != (after.certificate, after.tax):
        return RuleReplayLine.Weight.DECISION
    return RuleReplayLine.Weight.BENEFIT if before.conditions == after.conditions else RuleReplayLine.Weight.CONDITION


def _codes(codes: Iterable[str]) -> str:
    """In commas on both sides, so that a code can be looked for as a whole."""
    return f",{','.join(dict.fromkeys(codes))},"[:1000]


def _differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    return [code for code in dict.fromkeys([*before, *after]) if before.get(code) != after.get(code)]


def _conditions(before: Verdict, after: Verdict, pair: Pair) -> list[dict[str, Any]]:
    """The conditions that differ, with the reason each law gives, in every language."""
    changes = []
    for code in _differing(before.conditions, after.conditions):
        found = [_condition(given, code) for given in pair]
        was, now = (_reasons(given, one) for given, one in zip(pair, found, strict=True))
        states = {"before": before.conditions.get(code, ""), "after": after.conditions.get(code, "")}
        name = _name(one.rule for one in reversed(found) if one is not None)
        changes.append({"code": code, "part": "condition", **states, "name": name, "was": was, "now": now})
    return changes


def _reasons(given: Answer | None, one: Condition | None) -> dict[str, str]:
    """Why a law says so of a condition: asked again for each further language, the condition alone."""
    if given is None or one is None:
        return dict.fromkeys(LANGUAGES, "")
    reasons = {LANGUAGES[0]: one.why}
    for language in LANGUAGES[1:]:
        with translation.override(language):
            reasons[language] = judged(Asked(given.found, given.facts, given.on), one.rule)[1]
    return reasons


def _benefits(before: Verdict, after: Verdict, pair: Pair) -> list[dict[str, Any]]:
    """The incentives that come, go, or have other figures."""
    changes = []
    for code in _differing(before.benefits, after.benefits):
        states = {"before": GIVEN if code in before.benefits else "", "after": GIVEN if code in after.benefits else ""}
        was, now = (dict(zip(LANGUAGES, side.benefits.get(code, ("", "")), strict=True)) for side in (before, after))
        rules = (one.rule for given in reversed(pair) if given for one in given.benefits if one.rule.code == code)
        changes.append({"code": code, "part": "benefit", **states, "name": _name(rules), "was": was, "now": now})
    return changes


def _name(rules: Iterable[PolicyRule]) -> dict[str, str]:
    """The name of the newer of two rules of one code."""
    rule = next(iter(rules))
    return {"vi": rule.name_vi, "en": rule.name_en}


def _condition(given: Answer | None, code: str) -> Condition | None:
    return next((one for one in given.conditions if one.rule.code == code), None) if given else None
