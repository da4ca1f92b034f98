"""What the law of a day makes of a change: dated rules with their clauses, read from `adjustments/data/rules.json`.

A row names its trigger (a small function below), the limits that trigger compares with, and what follows. The law moved
three times in two years, so nothing here asks for a date: a row is in force or it is not.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.utils.translation import get_language

from adjustments.content import Item
from adjustments.rules.change import ADDRESSES, NAMES, Change
from projects.deposit import deposit
from projects.money import figure, money, signed

DATA: Final = Path(__file__).parent.parent / "data"
HECTARE: Final = Decimal(10_000)
SLOWEST: Final = ("fast", "standard", "special", "approval")
"""Rule classes from the quickest to the one that needs most."""


@dataclass(frozen=True)
class Rule:
    """A dated row: `effect` is class (how long the adjustment takes), approval (first), warn or info."""

    code: str
    valid_from: date
    valid_to: date | None
    trigger: str
    effect: str
    rule_class: str
    clause: str
    text_vi: str
    text_en: str
    mark: str
    limits: dict[str, str] = field(default_factory=dict)
    paths: tuple[str, ...] = ()

    def in_force(self, on: date) -> bool:
        """Whether the row is law on that day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def limit(self, name: str) -> Decimal:
        """A figure of the rule."""
        return Decimal(self.limits[name])


@dataclass(frozen=True)
class Fired:
    """A rule that applies to a change, with the figures that make it apply."""

    rule: Rule
    figures: dict[str, str]

    @property
    def sentence(self) -> str:
        """What follows and why, in the reader's language."""
        return (self.rule.text_vi if get_language() == "vi" else self.rule.text_en) % self.figures


@cache
def rules() -> tuple[Rule, ...]:
    """Every row, whatever its dates."""
    return tuple(_rule(row) for row in json.loads((DATA / "rules.json").read_text()))


def _rule(row: dict[str, Any]) -> Rule:
    dates = {name: date.fromisoformat(row[name]) if row.get(name) else None for name in ("valid_from", "valid_to")}
    return Rule(**row | dates | {"paths": tuple(row.get("paths", ()))})


def fired(change: Change, on: date) -> list[Fired]:
    """The rules that apply under the law of that day, in the order of the table."""
    found = ((rule, TRIGGERS[rule.trigger](change, rule, on)) for rule in rules() if rule.in_force(on))
    return [Fired(rule, figures) for rule, figures in found if figures is not None]


def needs_approval(fired_rules: Iterable[Fired]) -> list[Fired]:
    """The rules that want an in-principle approval (or its adjustment) first."""
    return [one for one in fired_rules if one.rule.effect == "approval"]


def rule_class(change: Change, fired_rules: Iterable[Fired]) -> str:
    """The class of the slowest item: it sets the days of the whole dossier."""
    classes = {one.rule.rule_class for one in fired_rules if one.rule.rule_class}
    return max(classes or {"standard"}, key=SLOWEST.index)


def class_of(item: Item, change: Change, fired_rules: list[Fired]) -> tuple[str, str]:
    """How the law treats one item: its class and the clause."""
    for one in needs_approval(fired_rules):
        if item.name in one.rule.paths:
            return "approval", one.rule.clause
    if change.special:
        return "special", _clause(fired_rules, "special")
    kind = "fast" if is_fast(item, change) else "standard"
    return kind, _clause(fired_rules, kind)


def _clause(fired_rules: Iterable[Fired], kind: str) -> str:
    return next((one.rule.clause for one in fired_rules if one.rule.rule_class == kind), "")


def is_fast(item: Item, change: Change) -> bool:
    """Names, addresses rewritten after a rearrangement, and days moved because land came late: 3 working days."""
    if item.name in NAMES or (item.name == "investors" and item.column == "name" and change.renamed_only):
        return True
    if change.remapped and (item.name in ADDRESSES or item.column == "address"):
        return True
    return change.late_handover and item.name in ("phases", "term_from")


# --- triggers: figures if the rule applies, None if not -------------------------------------------------------------
Figures = dict[str, str]
Trigger = Callable[[Change, Rule, date], Figures | None]


def _any_fast(change: Change, _rule: Rule, _on: date) -> Figures | None:
    return {} if not change.special and any(is_fast(item, change) for item in change.items) else None


def _any_standard(change: Change, _rule: Rule, _on: date) -> Figures | None:
    return {} if not change.special and any(not is_fast(item, change) for item in change.items) else None


def _special(change: Change, _rule: Rule, _on: date) -> Figures | None:
    return {} if change.special and change.items else None


def _approved_capital(change: Change, rule: Rule, _on: date) -> Figures | None:
    percent = change.percent
    if not change.approved or percent is None or abs(percent) < rule.limit("percent"):
        return None
    return {"percent": signed(percent), "limit": figure(rule.limit("percent"))}


def _approved_area(change: Change, rule: Rule, _on: date) -> Figures | None:
    percent = change.area_percent
    hectares = change.area / HECTARE
    over = (percent is not None and abs(percent) > rule.limit("percent")) or abs(hectares) > rule.limit("hectares")
    if not (change.approved and change.before.state_land and change.area and over):
        return None
    return {"percent": signed(percent or Decimal(0)), "hectares": signed(hectares)}


def _approved_move(change: Change, _rule: Rule, _on: date) -> Figures | None:
    return {} if change.approved and change.moved else None


def _approved_schedule(change: Change, rule: Rule, _on: date) -> Figures | None:
    months = change.months_later
    if not change.approved or months <= rule.limit("months"):
        return None
    return {"months": figure(round(months)), "limit": figure(rule.limit("months"))}


def _schedule_no_exception(change: Change, rule: Rule, on: date) -> Figures | None:
    percent = change.percent or Decimal(0)
    excused = change.exception not in ("", "none")
    if change.exception == "capital_20":
        excused = percent >= rule.limit("percent")
    found = _approved_schedule(change, rule, on)
    return None if excused or found is None else found | {"percent": signed(percent)}


def _approved_term(change: Change, _rule: Rule, _on: date) -> Figures | None:
    if not change.approved or not {"term_years", "term_from"} & change.names:
        return None
    return {"before": str(change.before.term_years or "–"), "after": str(change.after.term_years or "–")}


def _approved_investor(change: Change, _rule: Rule, _on: date) -> Figures | None:
    if not change.approved or change.operating or not change.new_investors:
        return None
    return {"names": "; ".join(change.new_investors)}


def _approved_objective(change: Change, _rule: Rule, _on: date) -> Figures | None:
    return {"codes": ", ".join(change.new_objectives)} if change.approved and change.new_objectives else None


def _becomes_approval(change: Change, _rule: Rule, on: date) -> Figures | None:
    cases = change.new_approval_cases(on)
    language = get_language() or "vi"
    return {"cases": "; ".join(f"{case.name(language)} ({case.article})" for case in cases)} if cases else None


def _increase(change: Change, _rule: Rule, _on: date) -> Figures | None:
    return _amount(change) if change.difference > 0 else None


def _decrease(change: Change, _rule: Rule, _on: date) -> Figures | None:
    return _amount(change) if change.difference < 0 else None


def _deposit(change: Change, _rule: Rule, _on: date) -> Figures | None:
    """The deposit on the capital without land costs, before any reduction: what is to be added or given back."""
    before, after = change.before, change.after
    subject = (after.state_land or after.land_conversion) and after.land_source not in ("auction", "transfer")
    if not subject or before.total_capital_vnd is None or after.total_capital_vnd is None:
        return None
    old, new = (
        deposit(max((content.total_capital_vnd or Decimal(0)) - (content.land_cost_vnd or Decimal(0)), Decimal(0)))
        for content in (before, after)
    )
    if old.amount == new.amount:
        return None
    words = {"before": money(old.amount, "VND"), "after": money(new.amount, "VND")}
    return words | {"difference": money(new.amount - old.amount, "VND")}


def _new_lines(change: Change, _rule: Rule, _on: date) -> Figures | None:
    return {"codes": ", ".join(change.new_objectives)} if change.new_objectives else None


def _anything(change: Change, _rule: Rule, _on: date) -> Figures | None:
    return {} if change.items else None


def _restated(change: Change, _rule: Rule, _on: date) -> Figures | None:
    return {} if change.restated else None


def _amount(change: Change) -> Figures:
    unit = change.currency.upper()
    percent = change.percent
    return {
        "difference": money(abs(change.difference), unit),
        "total": money(change.total(change.after), unit),
        "percent": signed(percent) if percent is not None else "–",
    }


TRIGGERS: Final[dict[str, Trigger]] = {
    "any_fast": _any_fast,
    "any_standard": _any_standard,
    "special": _special,
    "approved_capital": _approved_capital,
    "approved_area": _approved_area,
    "approved_move": _approved_move,
    "approved_schedule": _approved_schedule,
    "schedule_no_exception": _schedule_no_exception,
    "approved_term": _approved_term,
    "approved_investor": _approved_investor,
    "approved_objective": _approved_objective,
    "becomes_approval": _becomes_approval,
    "increase": _increase,
    "decrease": _decrease,
    "deposit": _deposit,
    "new_lines": _new_lines,
    "anything": _anything,
    "restated": _restated,
}


def law_of(on: date) -> Iterator[Rule]:
    """The rows in force on a day."""
    return (rule for rule in rules() if rule.in_force(on))
