"""Where the answers lead: which procedure, which authority, which papers, and whether in-principle approval is needed.

Law on Investment 143/2025/QH15, articles 24-28; Decree 96/2026, articles 32, 36, 39, 42, 46.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Final

from projects.answers import DATA
from projects.zones import Zone

if TYPE_CHECKING:
    from projects.registration import Registration

HEZA: Final = "HEZA"
FINANCE: Final = "DOF"
SPECIAL_ZONES: Final = frozenset({"IP", "EPZ", "HTP", "DTZ", "FTZ", "EZ"})


@dataclass(frozen=True)
class Feature:
    """A case of article 24 that calls for in-principle approval; `approver` is chair, pm or na (National Assembly)."""

    code: str
    article: str
    approver: str
    special_excluded: str
    only_foreign: bool
    valid_from: str
    name_vi: str
    name_en: str
    mark: str

    def name(self, language: str) -> str:
        """The case in the reader's language."""
        return self.name_vi if language == "vi" else self.name_en


@cache
def features() -> dict[str, Feature]:
    """The cases of article 24 by code."""
    rows = json.loads((DATA / "approval_features.json").read_text())
    return {row["code"]: Feature(**row) for row in rows}


STATE_LAND: Final = Feature(
    "state_land", "24(8)", "chair", "", False, "2026-03-01",
    "Nhà nước giao đất, cho thuê đất không qua đấu giá, đấu thầu hoặc chuyển mục đích sử dụng đất",
    "State land without auction or bidding, or conversion of land use", "S",
)  # fmt: skip


def approval_cases(registration: Registration, on: date | None = None) -> list[Feature]:
    """The cases of article 24 that the answers name; with `on`, only those in force that day."""
    named = [features()[code] for code in registration.approval_features if code in features()]
    if registration.state_land or registration.land_conversion:
        named.insert(0, STATE_LAND)
    foreign = registration.applicant != "domestic"
    return [
        case
        for case in named
        if (foreign or not case.only_foreign) and (on is None or date.fromisoformat(case.valid_from) <= on)
    ]


def approver(registration: Registration, cases: list[Feature]) -> str:
    """Who gives the in-principle approval: na, pm, board or chair (law 143/2025, article 25).

    For a Chair's case inside a zone the management board itself decides (article 25(4)).
    """
    found = {case.approver for case in cases}
    if "na" in found:
        return "na"
    if "pm" in found:
        return "pm"
    return "board" if in_zone(registration) else "chair"


def in_zone(registration: Registration) -> bool:
    """Whether the project counts as standing in a zone; over several provinces its executive office decides."""
    if registration.several_provinces:
        return bool(registration.office_in_zone)
    return registration.location == "zone"


def special_refusals(registration: Registration, on: date | None = None) -> list[Feature]:
    """The cases that keep the project out of the special procedure where it stands (article 28)."""
    kind = registration.zone.kind if registration.zone else ""
    inside = registration.zone.in_economic_zone if registration.zone else False
    economic = kind in (Zone.Kind.ECONOMIC_ZONE, Zone.Kind.FREE_TRADE_ZONE) or bool(inside)
    return [
        case
        for case in approval_cases(registration, on)
        if case.special_excluded == "anywhere" or (case.special_excluded == "ez_ftz" and economic)
    ]


def special_is_open(registration: Registration, on: date | None = None) -> bool:
    """Whether the special procedure may be chosen: a listed zone, and none of the excluded cases."""
    zone = registration.zone
    if registration.location != "zone" or zone is None or zone.kind not in SPECIAL_ZONES:
        return False
    if zone.kind == Zone.Kind.HIGH_TECH and not registration.high_tech_criteria:
        return False
    return not special_refusals(registration, on)


def procedure_code(registration: Registration) -> str:
    """The procedure the answers lead to: irc-special, irc-after-ipa or irc."""
    if registration.special_procedure and special_is_open(registration):
        return "irc-special"
    if approval_cases(registration) and registration.approval_number:
        return "irc-after-ipa"
    return "irc"


def authority_code(registration: Registration) -> str:
    """The registration agency (law 143/2025, article 27): the management board in zones, else Finance."""
    return HEZA if in_zone(registration) else FINANCE


def required_papers(registration: Registration) -> frozenset[str]:
    """Conditional papers: dd land or lease, e technology, g BCC contract, uq power of attorney."""
    wanted = {
        "dd": registration.state_land is False,
        "e": bool(registration.technology_opinion) or registration.technology_list == "restricted",
        "g": registration.investment_form == "bcc",
        "uq": bool(registration.filed_by_agent),
    }
    return frozenset(code for code, needed in wanted.items() if needed)
