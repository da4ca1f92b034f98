"""What is asked about a project: its place, its days, its amounts. Plain values; amounts in dong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256
from json import dumps
from typing import Any, Final

HUNDRED: Final = Decimal(100)
BILLION: Final = Decimal(10) ** 9


class Sector(StrEnum):
    """How the investment law favours the sector; supporting-industry products are a special one."""

    SPECIAL = "special"
    INCENTIVE = "incentive"
    NONE = "none"


class Area(StrEnum):
    """How the investment law favours the place."""

    ORDINARY = "ordinary"
    DIFFICULT = "difficult"
    ESPECIALLY_DIFFICULT = "especially_difficult"
    FREE_TRADE_ZONE = "ftz"


AREA_OF: Final = {
    "ftz": Area.FREE_TRADE_ZONE, "ez": Area.ESPECIALLY_DIFFICULT, "park": Area.DIFFICULT, "other": Area.ORDINARY,
}  # fmt: skip
"""An economic zone has the incentives of an especially difficult area, a park those of a difficult one (Decree 96/2026,
article 22.7)."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """A project as far as it is known; None is a question not answered.

    `on` is the day of asking, whose law counts where no other day does. `place`, `size` and `project_type` are answered
    as in the incentive check, `group` is the group of the product on the list. `lease_on` is the day of the State's
    lease decision, or of the contract with the developer of a park; `filed_on` that of the application for relief
    from land rent; `assets_from` that of the first import of fixed assets. Amounts in dong, rates in per cent; `rent`,
    `materials_value` and `profit` are those of one year.
    """

    on: date
    place: str | None = None
    state_land: bool | None = None
    area: Area | None = None
    sector: Sector = Sector.SPECIAL
    group: str | None = None
    size: str | None = None
    high_tech: bool = False
    start_up: bool = False
    project_type: str | None = None

    licensed_on: date | None = None
    lease_on: date | None = None
    lease_years: int | None = None
    filed_on: date | None = None
    relief_from: date | None = None
    assets_from: date | None = None
    trial_on: date | None = None
    production_on: date | None = None
    operation_on: date | None = None
    year_end_month: int = 12

    rent: Decimal | None = None
    assets_value: Decimal | None = None
    assets_rate: Decimal | None = None
    eligible_percent: Decimal = HUNDRED
    materials_value: Decimal | None = None
    materials_rate: Decimal | None = None
    resource_energy_percent: Decimal | None = None
    minerals: bool = False
    excise: bool = False

    level: str = "A"
    certificate_year: int | None = None
    first_revenue_year: int | None = None
    first_profit_year: int | None = None
    profit: Decimal | None = None

    deposit_capital: Decimal | None = None
    deposit_reduction: int = 0
    investment: Decimal | None = None
    own_capital: Decimal | None = None
    market_rate: Decimal | None = None
    loan: Decimal | None = None
    collateral: Decimal | None = None
    value_chain: bool = False
    green: bool = False

    @classmethod
    def of(cls, answers: Mapping[str, Any]) -> Question:
        """From checked answers by name; what is empty or of no question is left open."""
        known = {one.name: answers.get(one.name) for one in fields(cls)}
        given = {name: value for name, value in known.items() if value is not None and value != ""}
        for name, kind in (("area", Area), ("sector", Sector)):
            if name in given:
                given[name] = kind(given[name])
        return cls(**given)

    @property
    def land_area(self) -> Area | None:
        """The area that was named, else the one the place stands for."""
        return self.area or AREA_OF.get(self.place or "")

    @property
    def running(self) -> date | None:
        """The day the project starts to operate: that of official production, where no other day is given."""
        return self.operation_on or self.production_on

    @property
    def revenue_year(self) -> int | None:
        """The first year with revenue: that of official production, where no other year is given."""
        return self.first_revenue_year or (self.production_on.year if self.production_on else None)

    @property
    def fingerprint(self) -> str:
        """The same for the same answers: an estimate can be told from another one."""
        said = dumps(asdict(self), default=str, sort_keys=True)
        return sha256(said.encode()).hexdigest()[:16]
