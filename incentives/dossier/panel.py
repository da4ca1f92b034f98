"""The box about site visits on the page of an application."""

from __future__ import annotations

from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models import Case
from cases.panels import Panel
from cases.states import Status
from incentives.dossier.models import IncentiveApplication
from incentives.dossier.visits import may_visit, visits_of

APPRAISED: Final = frozenset({Status.ACCEPTED, Status.AWAITING_INVESTOR, Status.ON_HOLD})


def visits_box(case: Case, user: User) -> dict[str, Any] | None:
    """Visits with what they found; the minutes and the button are the office's. Nothing before the appraisal."""
    if case.kind != "incentive" or case.accepted_at is None:
        return None
    application = case.dossier
    if not isinstance(application, IncentiveApplication):
        return None
    visits = visits_of(application)
    may = case.status in APPRAISED and may_visit.allows(user, case)
    if not visits and not may:
        return None
    return {
        "visits": visits, "for_official": user.is_staff, "open_visit": any(one.done_on is None for one in visits),
        "url": reverse("incentive-visit", args=[case.pk]) if may else "",
    }  # fmt: skip


PANEL: Final = Panel(
    key="visits", title=_("Site visit"), template="incentives/visits_panel.html", context=visits_box, order=30
)
