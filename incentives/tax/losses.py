"""Losses carried forward: in full and without a gap, the oldest first, for a few periods after the loss."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from incentives.tax.case import ZERO


@dataclass(frozen=True)
class Carried:
    """A year's income, the losses of earlier years set against it, and what is left to tax."""

    year: int
    income: Decimal
    used: Decimal
    taxable: Decimal


def carry_forward(incomes: Iterable[tuple[int, Decimal]], *, years: int) -> Iterator[Carried]:
    """Go through consecutive years; a loss serves the `years` periods after its own and is then lost.

    A year whose income would be exempt uses them up all the same.
    """
    open_losses: list[tuple[int, Decimal]] = []
    for year, income in incomes:
        left, income_left = [], max(income, ZERO)
        for lost_in, amount in open_losses:
            if year - lost_in > years:
                continue
            taken = min(amount, income_left)
            income_left -= taken
            if amount > taken:
                left.append((lost_in, amount - taken))
        if income < 0:
            left.append((year, -income))
        open_losses = left
        yield Carried(year, income, max(income, ZERO) - income_left, income_left)
