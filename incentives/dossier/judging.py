"""What the law of a day says of an application: the eligibility engine, asked once for each product."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from incentives.dossier.reading import facts_of, rows, text_of
from incentives.eligibility.answer import Answer, Condition, answer
from incentives.eligibility.facts import Facts
from incentives.eligibility.finding import Found
from incentives.policies import PolicyRule

if TYPE_CHECKING:
    from incentives.dossier.models import Good, IncentiveApplication

OF_A_PRODUCT: Final = frozenset({"product", "standard", "c1", "c2"})
"""Conditions that are about one product; the others are about the project."""


@dataclass(frozen=True)
class Judged:
    """The answer for one product; `good` None where no product is named yet."""

    number: int
    good: Good | None
    answer: Answer


@dataclass(frozen=True)
class Point:
    """One condition with the path of the answer it rests on; `number` counts the products from 0, None: the project."""

    condition: Condition
    number: int | None
    good: Good | None


def judge(application: IncentiveApplication, on: date) -> list[Judged]:
    """The answer for every product under the law of that day; one query. Empty before there was any law."""
    rules = list(PolicyRule.objects.in_force(on).order_by("position"))
    goods: list[Good | None] = list(rows(application, "goods")) or [None]
    found = []
    for number, good in enumerate(goods):
        asked = Found(text_of(good), product=good.product) if good else Found("")
        judged = answer(asked, facts_of(application, good) if good else _project_facts(application), rules, on)
        if judged is not None:
            found.append(Judged(number, good, judged))
    return found


def points(judged: list[Judged]) -> Iterator[Point]:
    """Condition by condition: those of the project once, those of a product for each product."""
    for one in judged:
        for condition in one.answer.conditions:
            particular = condition.rule.code in OF_A_PRODUCT
            if particular or one is judged[0]:
                yield Point(condition, one.number if particular else None, one.good if particular else None)


def _project_facts(application: IncentiveApplication) -> Facts:
    return facts_of(application, None)
