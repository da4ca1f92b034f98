"""The deposit that secures a project on State land (ký quỹ bảo đảm thực hiện dự án), by slices of its capital.

Law on Investment 143/2025/QH15, article 30; Decree 96/2026, articles 26 and 27. Capital here is without land fees and
without works handed over to the State. Whether a zone as such lowers the rate is a matter of reading (article 27(4)
against 22(7)): staff confirm the reduction, nothing here derives it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

BILLION: Final = Decimal(10) ** 9
SLICES: Final = (
    (Decimal(0), 300 * BILLION, Decimal(3)),
    (300 * BILLION, 1000 * BILLION, Decimal(2)),
    (1000 * BILLION, None, Decimal(1)),
)
REDUCTIONS: Final = (0, 25, 50)
LEGAL_BASIS: Final = (
    "Law on Investment 143/2025/QH15, art. 30",
    "Decree 96/2026/NĐ-CP, art. 26, 27(3)",
)
REDUCTION_BASIS: Final = "Decree 96/2026/NĐ-CP, art. 27(4)"


@dataclass(frozen=True)
class Slice:
    """A part of the capital and the deposit on it, in VND; `up_to` None is the open end."""

    above: Decimal
    up_to: Decimal | None
    percent: Decimal
    capital: Decimal
    amount: Decimal


@dataclass(frozen=True)
class Deposit:
    """The deposit in whole dong: `before` the reduction, and the `amount` after it."""

    capital: Decimal
    reduction_percent: int
    slices: tuple[Slice, ...]
    before: Decimal
    amount: Decimal
    legal_basis: tuple[str, ...]


def deposit(capital_vnd: Decimal, reduction_percent: int = 0) -> Deposit:
    """3 % up to 300 billion dong, 2 % from there to 1,000 billion, 1 % above; then 25 % or 50 % less where it applies.

    Raises ValueError for negative capital or a reduction the decree does not know.
    """
    if capital_vnd < 0:
        raise ValueError("capital is 0 or more")
    if reduction_percent not in REDUCTIONS:
        raise ValueError("the reduction is 0, 25 or 50 percent")
    slices = tuple(_slices(capital_vnd))
    before = sum((part.amount for part in slices), Decimal(0))
    amount = before * (100 - reduction_percent) / 100
    basis = (*LEGAL_BASIS, REDUCTION_BASIS) if reduction_percent else LEGAL_BASIS
    return Deposit(capital_vnd, reduction_percent, slices, _dong(before), _dong(amount), basis)


def _slices(capital: Decimal) -> Iterator[Slice]:
    for above, up_to, percent in SLICES:
        part = max((capital if up_to is None else min(capital, up_to)) - above, Decimal(0))
        if part:
            yield Slice(above, up_to, percent, part, part * percent / 100)


def _dong(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal(1), rounding=ROUND_HALF_UP)
