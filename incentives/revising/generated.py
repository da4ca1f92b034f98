"""Ten thousand cases that nobody asked: always the same, so that two replays can be compared.

Product, answers and day of each are drawn from a fingerprint of its number. Most name a line of the list by code or
name, some a product that is on no list; every answer is left open now and then, as people do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from hashlib import blake2b
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from incentives.eligibility.facts import QUESTIONS, Facts
from incentives.products import SupportedProduct
from incentives.revising.past import PastCase

SEED: Final = "hai-phong-1"
MANY: Final = 10_000
FIRST_DAY: Final = date(2016, 1, 1)
DAYS: Final = 3980
"""Until November 2026."""
UNLISTED: Final = ("Bê tông tươi", "Rice noodles", "Xi măng", "Office furniture", "Bia hơi", "Gạch ốp lát")


class Draw:
    """A row of numbers that depends on nothing but its name."""

    def __init__(self, name: str) -> None:
        self.number = int.from_bytes(blake2b(name.encode(), digest_size=32).digest())

    def below(self, limit: int) -> int:
        """The next number from 0 up to, not including, the limit."""
        self.number, found = divmod(self.number, limit)
        return found

    def of(self, choices: Sequence[Any]) -> Any:
        """One of them."""
        return choices[self.below(len(choices))]


def facts_of(draw: Draw) -> Facts:
    """Answers; one in eight is left open."""
    answers = {
        question.name: None if draw.below(8) == 0 else draw.of([value for value, _label in question.choices])
        for question in QUESTIONS
    }
    return Facts.of(answers)


@dataclass
class Generated:
    """The source of generated cases."""

    many: int = MANY
    key: str = "generated"
    label: str | Promise = field(default=_("10,000 generated cases (nobody's, always the same)"))
    real: bool = False

    def count(self) -> int:
        """A fixed number."""
        return self.many

    def chunk(self, after_pk: int, size: int) -> Sequence[PastCase]:
        """Cases by their number, beginning with 1."""
        rows = SupportedProduct.objects.order_by("code", "valid_from").values_list("code", "name_vi", "name_en")
        names = [list(row) for row in rows]
        last = min(after_pk + size, self.many)
        return [self.case(number, names) for number in range(after_pk + 1, last + 1)]

    def case(self, number: int, names: Sequence[Sequence[str]]) -> PastCase:
        """The case of a number."""
        draw = Draw(f"{SEED}:{number}")
        listed = bool(names) and draw.below(20) != 0
        text = str(draw.of(draw.of(names)) if listed else draw.of(UNLISTED))
        facts = facts_of(draw)
        return PastCase(
            pk=number, reference=f"DEMO-{number:05}", label=text, product_text=text, facts=facts,
            on=FIRST_DAY + timedelta(days=draw.below(DAYS)), outcome="", url=check_url(text, facts),
        )  # fmt: skip


def check_url(text: str, facts: Facts) -> str:
    """The public check, filled in with these answers."""
    answers = {
        question.name: str(getattr(facts, question.name)).lower()
        if question.yes_or_no
        else getattr(facts, question.name)
        for question in QUESTIONS
        if getattr(facts, question.name) is not None
    }
    return f"{_check()}?{urlencode({'product': text, **answers})}"


@cache
def _check() -> str:
    return reverse("incentives-check")
