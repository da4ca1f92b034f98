"""One measure of support for one project: from when, until when, how much, by which rule, and what to file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from incentives.calculators.law import Basis
from incentives.calculators.spans import Span


class Code(StrEnum):
    """The measures in the order in which they are drawn."""

    TAX_RATE = "tax-rate"
    TAX_EXEMPT = "tax-exempt"
    TAX_HALF = "tax-half"
    DUTY_ASSETS = "duty-assets"
    DUTY_MATERIALS = "duty-materials"
    DUTY_AUTO = "duty-auto"
    LAND_BUILDING = "land-building"
    LAND_RELIEF = "land-relief"
    LAND_CUT = "land-cut"
    DEPOSIT = "deposit"
    CREDIT_STATE = "credit-state"
    CREDIT_GUARANTEE = "credit-guarantee"
    CREDIT_INTEREST = "credit-interest"


class State(StrEnum):
    """What can be said of a measure."""

    APPLIES = "applies"
    LOST = "lost"
    UNSURE = "unsure"
    RULED_OUT = "ruled_out"
    MISSING = "missing"


class Bound(StrEnum):
    """Whether an amount is meant exactly."""

    EXACT = "exact"
    LEAST = "least"
    MOST = "most"


class Kind(StrEnum):
    """What a day on the timeline is."""

    LEASE = "lease"
    FILING = "filing"
    TRIAL = "trial"
    OPERATION = "operation"
    PRODUCTION = "production"
    STOCK = "stock"
    CERTIFICATE_REPORT = "certificate_report"
    DUTY_REPORT = "duty_report"
    RENT_NOTICE = "rent_notice"
    REFUND = "refund"
    OTHER = "other"


@dataclass(frozen=True)
class Task:
    """What to file or to pay, and by which day (None: a day that the sentence names)."""

    kind: Kind
    day: date | None
    sentence: str


@dataclass(frozen=True)
class Amount:
    """What a measure saves in dong, out of what would be paid without it (None: not known).

    `yearly` if both are of one year.
    """

    saved: Decimal
    whole: Decimal | None
    bound: Bound = Bound.EXACT
    yearly: bool = False


@dataclass(frozen=True)
class Figure:
    """Another figure that a measure comes to: an amount in dong or a rate in per cent."""

    name: str
    value: Decimal
    percent: bool = False


@dataclass(frozen=True)
class Measure:
    """The answer for one measure. `lost` is the time that a late filing loses; `missing` are questions still open."""

    code: Code
    state: State
    span: Span | None = None
    lost: Span | None = None
    amount: Amount | None = None
    figures: tuple[Figure, ...] = ()
    bases: tuple[Basis, ...] = ()
    notes: tuple[str, ...] = ()
    tasks: tuple[Task, ...] = ()
    missing: tuple[str, ...] = ()
