"""Whole applications for incentives for the tests; projects are rows of the register, not walked."""

from __future__ import annotations

from typing import Any

from cases.models import Case
from incentives.api.application import ApplicationSerializer
from incentives.dossier.demo import golden_application
from incentives.models import IncentiveApplication


def incentive_data(**changes: Any) -> dict[str, Any]:
    """The dossier as a program sends it."""
    return golden_application() | changes


def complete_incentive(case: Case, **changes: Any) -> IncentiveApplication:
    """Fill a case's application so that nothing but its papers is missing."""
    return write(case, incentive_data(**changes))


def write(case: Case, data: dict[str, Any]) -> IncentiveApplication:
    """Write answers onto a case's application as a program does."""
    dossier = IncentiveApplication.objects.get(case=case)
    serializer = ApplicationSerializer(dossier, data=data, partial=True)
    serializer.is_valid(raise_exception=True)
    serializer.save()
    case._state.fields_cache.pop("incentive", None)
    return IncentiveApplication.objects.get(case=case)
