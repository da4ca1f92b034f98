"""Whether an enterprise is small: staff, and revenue or capital of the year before (Decree 80/2021, article 5)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from incentives.dossier.models import IncentiveApplication

BILLION: Final = Decimal(1_000_000_000)
SME: Final = "sme"
LARGE: Final = "large"
MOST_STAFF: Final = 200
MOST_REVENUE: Final = 200 * BILLION
MOST_CAPITAL: Final = 100 * BILLION


def size_of(application: IncentiveApplication) -> str:
    """ "sme", "large", or empty while the answers do not tell.

    Medium-sized in industry: at most 200 insured staff, and revenue up to VND 200 billion or capital up to 100 billion.
    """
    staff, revenue, capital = application.insured_staff, application.revenue_vnd, application.capital_vnd
    if staff is None:
        return ""
    if staff > MOST_STAFF:
        return LARGE
    if (revenue is not None and revenue <= MOST_REVENUE) or (capital is not None and capital <= MOST_CAPITAL):
        return SME
    return "" if revenue is None or capital is None else LARGE
