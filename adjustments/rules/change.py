"""A change of a licensed project as the rules read it: the two contents, and figures reckoned from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

from adjustments.content import Item
from projects.models import Registration
from projects.routing import approval_cases
from projects.shape import rows

ZERO: Final = Decimal(0)
PARTS: Final = ("contributed", "mobilised", "retained")
WHO_NAMES: Final = frozenset({"name"})
NAMES: Final = frozenset({"project_name", "project_name_en", "company_name", "company_name_en", "company_short_name"})
PLACE: Final = frozenset({"location", "zone", "several_provinces", "office_in_zone", "lot", "address", "ward"})
ADDRESSES: Final = frozenset({"ward", "address", "lot", "company_address"})
DAYS: Final = ("capital_by", "construction_from", "construction_to", "installation_to", "trial_on", "operation_on")
MONTH: Final = Decimal("30.4375")


@dataclass(frozen=True)
class Change:
    """`before` and `after` are read like registrations; `items` is what differs; the rest is what the investor says."""

    before: Registration
    after: Registration
    items: Sequence[Item]
    remapped: bool = False
    late_handover: bool = False
    operating: bool | None = None
    exception: str = ""
    restated: bool = False

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of answers and lists that differ."""
        return frozenset(item.name for item in self.items)

    @property
    def approved(self) -> bool:
        """Whether the project had an in-principle approval."""
        return bool(self.before.approval_number)

    @property
    def special(self) -> bool:
        """Whether the certificate came by the special procedure."""
        return bool(self.before.special_procedure)

    # --- capital ----------------------------------------------------------------------------------------------------
    @property
    def in_usd(self) -> bool:
        """Whether both contents state the total in USD."""
        return self.before.total_capital_usd is not None and self.after.total_capital_usd is not None

    @property
    def currency(self) -> str:
        """The currency in which the totals are compared."""
        return "usd" if self.in_usd else "vnd"

    def total(self, content: Registration) -> Decimal:
        """The total capital of one of the contents, in `currency`."""
        found: Decimal | None = getattr(content, f"total_capital_{self.currency}")
        return found if found is not None else ZERO

    @property
    def difference(self) -> Decimal:
        """The change of the total, signed, in `currency`."""
        return self.total(self.after) - self.total(self.before)

    @property
    def percent(self) -> Decimal | None:
        """The change of the total in per cent of what is certified; None where nothing is."""
        base = self.total(self.before)
        return self.difference / base * 100 if base else None

    @cached_property
    def capital_changed(self) -> bool:
        """Whether total or parts change, in either currency."""
        names = {f"{part}_{currency}" for part in (*PARTS, "total_capital") for currency in ("vnd", "usd")}
        return bool(names & self.names)

    # --- land, place, time ------------------------------------------------------------------------------------------
    @property
    def area(self) -> Decimal:
        """The change of the land area in m², signed."""
        before, after = (content.land_area_m2 or ZERO for content in (self.before, self.after))
        return after - before

    @property
    def area_percent(self) -> Decimal | None:
        """The change of the land area in per cent."""
        base = self.before.land_area_m2
        return self.area / base * 100 if base else None

    @property
    def moved(self) -> bool:
        """Whether the place itself changes, not only how it is written after a rearrangement."""
        return bool(PLACE & self.names) and not self.remapped

    @cached_property
    def completion(self) -> tuple[date | None, date | None]:
        """When the last phase is to operate: before and after."""
        return _last(rows(self.before, "phases")), _last(rows(self.after, "phases"))

    @property
    def months_later(self) -> Decimal:
        """By how many months the last phase operates later; 0 or less if it does not."""
        before, after = self.completion
        return Decimal((after - before).days) / MONTH if before and after else ZERO

    # --- who and what -----------------------------------------------------------------------------------------------
    @cached_property
    def new_investors(self) -> list[str]:
        """Names of investors that were not there, beyond renamings (as many rows as before, other name only)."""
        if self.renamed_only:
            return []
        known = {_key(row) for row in rows(self.before, "investors")}
        return [row.name for row in rows(self.after, "investors") if _key(row) not in known]

    @cached_property
    def renamed_only(self) -> bool:
        """Whether the investors' particulars differ by nothing but their names."""
        found = [item for item in self.items if item.name == "investors"]
        return bool(found) and all(item.column in WHO_NAMES and item.path != "investors" for item in found)

    @cached_property
    def new_objectives(self) -> list[str]:
        """VSIC codes of objectives that were not there."""
        known = {(line.vsic_edition, line.vsic_code) for line in rows(self.before, "objectives")}
        found = rows(self.after, "objectives")
        return [line.vsic_code for line in found if (line.vsic_edition, line.vsic_code) not in known]

    def new_approval_cases(self, on: date) -> list[Any]:
        """Cases of in-principle approval that apply to what is asked and did not apply before."""
        known = {case.code for case in approval_cases(self.before, on)}
        return [case for case in approval_cases(self.after, on) if case.code not in known]


def _key(investor: Any) -> tuple[str, str]:
    return (investor.paper_number or investor.id_number, investor.name)


def _last(phases: Sequence[Any]) -> date | None:
    return max((phase.operation_on for phase in phases if phase.operation_on), default=None)
