"""The box on the page of an application that has led to a certificate of incentives."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models import Case
from cases.panels import Panel
from incentives.grants.models import IncentiveGrant


def contents(case: Case, user: User) -> dict[str, Any] | None:
    """The grant; nothing for other kinds, or before the issue (1 query for applications that are issued)."""
    if case.kind != "incentive" or case.status != "issued":
        return None
    grant = IncentiveGrant.objects.visible_to(user).filter(case=case).first()
    return {"grant": grant} if grant else None


PANEL: Final = Panel(
    key="incentives", title=_("Incentives granted"), template="incentives/grants/panel.html", context=contents, order=15
)
