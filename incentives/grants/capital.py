"""The capital of the project on the day of the grant and today, both read from its chain."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from incentives.grants.models import IncentiveGrant
from projects.models import CapitalEvent


@dataclass(frozen=True)
class CapitalSince:
    """Amounts of then and now, the entry the grant rests on, and the newest one."""

    event: CapitalEvent
    newest: CapitalEvent
    then_vnd: Decimal | None
    then_usd: Decimal | None
    now_vnd: Decimal | None
    now_usd: Decimal | None

    @property
    def changed(self) -> bool:
        """Whether the capital is another one since."""
        return (self.then_vnd, self.then_usd) != (self.now_vnd, self.now_usd)

    @property
    def moved(self) -> bool:
        """Whether the chain has grown since."""
        return self.newest.seq != self.event.seq


def capital_since(grant: IncentiveGrant) -> CapitalSince | None:
    """Both sums; None for a grant outside the register (3 queries)."""
    event = grant.capital_event
    if grant.project is None or event is None:
        return None
    every = grant.project.events.order_by()
    then = every.filter(seq__lte=event.seq).aggregate(vnd=Sum("total_vnd"), usd=Sum("total_usd"))
    now = every.aggregate(vnd=Sum("total_vnd"), usd=Sum("total_usd"))
    newest = every.order_by("-seq").first() or event
    return CapitalSince(event, newest, then["vnd"], then["usd"], now["vnd"], now["usd"])
