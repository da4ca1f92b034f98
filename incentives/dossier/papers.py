"""Which papers the answers call for (evidence of Circular 55/2015 and of the four conditions of Decree 205/2025)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incentives.dossier.choices import EnvironmentPaper, Made
from incentives.dossier.reading import rows

if TYPE_CHECKING:
    from incentives.dossier.models import IncentiveApplication


def required(application: IncentiveApplication) -> frozenset[str]:
    """Conditional papers: the environmental paper, the certificate of a standard, what shows supply and equipment."""
    wanted = {
        "env": application.environment_paper != EnvironmentPaper.EXEMPT,
        "std_cert": any(good.made_in_vietnam == Made.CERTIFIED for good in rows(application, "goods")),
        "supply_evid": bool(rows(application, "buyers")),
        "equip_evid": bool(application.new_equipment),
    }
    return frozenset(code for code, needed in wanted.items() if needed)
