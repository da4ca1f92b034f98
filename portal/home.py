"""The front page: what one can do here, what the city counts, how long the law gives each office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.access import ANYONE, open_to
from cases.procedures import ProcedureVersion
from portal.context import address


@dataclass(frozen=True)
class CityFigures:
    """Published totals; they disagree with each other, so each set carries its day, scope and source."""

    projects: int
    capital_usd: Decimal
    machinery_share: Decimal
    as_of: date
    scope: str | Promise
    source: str | Promise


# Source: the city's summary of industry 2019-2023 (figures of the economic zone authority, to the end of 2023).
CITY: Final = CityFigures(
    projects=933,
    capital_usd=Decimal("28900000000"),
    machinery_share=Decimal("22.3"),
    as_of=date(2023, 12, 31),
    scope=_("Foreign-invested projects in force in Hai Phong, city limits before July 2025"),
    source=_("Hai Phong Economic Zone Authority"),
)


@dataclass(frozen=True)
class LegalTime:
    """How many working days the law gives for one procedure."""

    name: str
    working_days: int
    completeness_days: int
    clauses: tuple[str, ...]


def legal_times(on: date) -> list[LegalTime]:
    """The procedures in force that day, as the register of procedures has them; the quickest first."""
    in_force = ProcedureVersion.objects.filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on)
    language = get_language() or ""
    return [
        LegalTime(row.name(language), row.working_days, row.completeness_days, tuple(row.clauses))
        for row in in_force.order_by("working_days", "code")
    ]


@open_to(ANYONE)
@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """The front page; an investor who is signed in starts at the overview of their own cases."""
    if request.user.is_authenticated and not request.user.is_staff and (dashboard := address("dashboard")):
        return redirect(dashboard)
    times = legal_times(timezone.localdate())
    slowest_check = max((row.completeness_days for row in times), default=None)
    return render(request, "home.html", {"city": CITY, "legal_times": times, "completeness_days": slowest_check})
