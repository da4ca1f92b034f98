"""Where a change leads: the procedure of its slowest item, and the papers that what changes calls for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from django.utils import timezone

from adjustments.rules.change import ADDRESSES, NAMES, Change
from adjustments.rules.law import fired, needs_approval, rule_class

if TYPE_CHECKING:
    from adjustments.models import Adjustment

STANDARD: Final = "irc-adjust"
BY_CLASS: Final = {"fast": "irc-adjust-fast", "standard": STANDARD, "special": "irc-adjust-special"}
COMPANY_NAMES: Final = frozenset(name for name in NAMES if name.startswith("company_"))
APPROVED: Final = "irc-adjust-approved"


def law_day(adjustment: Adjustment) -> date:
    """The day whose law applies: a dossier keeps the law of the day it was handed in."""
    moment = adjustment.case.submitted_at or timezone.now()
    return timezone.localtime(moment).date()


def procedure_code(adjustment: Adjustment) -> str:
    """The procedure of the slowest item under the law of the dossier's day."""
    return procedure_of(adjustment.change, law_day(adjustment)) if adjustment.changed else STANDARD


def procedure_of(change: Change, on: date) -> str:
    """The procedure a change leads to under the law of a day."""
    applying = fired(change, on)
    if change.special:
        return BY_CLASS["special"]
    return APPROVED if needs_approval(applying) else BY_CLASS[rule_class(change, applying)]


def required_papers(adjustment: Adjustment) -> frozenset[str]:
    """Conditional papers: c money, b who, dd land, e technology, dc4 transfer contract."""
    return papers_for(adjustment.change, transfer=adjustment.intent == "transfer")


def papers_for(change: Change, *, transfer: bool) -> frozenset[str]:
    """The papers that a change calls for."""
    investors = [item for item in change.items if item.name == "investors"]
    who = any(item.path == "investors" or item.column in ("name", "paper_number", "id_number") for item in investors)
    wanted = {
        "c": change.difference > 0,
        "b": who or bool(COMPANY_NAMES & change.names),
        "dd": bool({"land_area_m2", "land_source", "zone", "location"} & change.names)
        or (bool(ADDRESSES & change.names) and not change.remapped),
        "e": "objectives" in change.names and bool(change.after.technology_opinion),
        "dc4": transfer,
    }
    return frozenset(code for code, needed in wanted.items() if needed)
