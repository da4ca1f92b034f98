"""The income tax of a grant year by year: the engine's schedule, fed by the application and by what was reported."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from incentives.grants.filed import FiledYear
from incentives.grants.models import IncentiveGrant
from incentives.tax.case import MONTHS, ZERO, Case, Used
from incentives.tax.checking import problems, usable_level
from incentives.tax.schedule import Schedule, schedule

if TYPE_CHECKING:
    from incentives.dossier.models import IncentiveApplication

BILLION: Final = Decimal(10) ** 9
STANDARD: Final = Decimal(20)


@dataclass(frozen=True)
class Taxed:
    """The schedule, or the sentence that says why there is none."""

    schedule: Schedule | None
    why_not: str = ""


def taxed(grant: IncentiveGrant, filed: Iterable[FiledYear], failed: frozenset[int]) -> Taxed:
    """Reckon it from the day of the first certificate of the line: an adjustment starts no clock anew."""
    application = grant.application
    if not application.asks_income_tax or not application.tax_level:
        return Taxed(None, _("The application asked for no income-tax level, so there is no schedule."))
    if application.first_revenue_year is None:
        return Taxed(None, _("The first year with revenue is not known, so there is no schedule."))
    income = incomes(application, filed)
    if not income:
        return Taxed(None, _("No income was stated, neither in the application nor in a report: there is no schedule."))
    case = _case(grant, application, income, failed)
    wrong = problems(case, application.tax_level, application.licensed_on)
    if wrong:
        return Taxed(None, " ".join(wrong.values()))
    return Taxed(schedule(case, usable_level(application.tax_level, application.licensed_on)))


def incomes(application: IncentiveApplication, filed: Iterable[FiledYear]) -> dict[int, Decimal]:
    """Income by year in billions: as reported; other years as the application expects, else the last one reported."""
    usual = None if application.yearly_income_vnd is None else application.yearly_income_vnd / BILLION
    begins = application.first_revenue_year or 0
    found = {begins: usual} if usual is not None else {}
    reported = {one.year: one.income_vnd / BILLION for one in filed if one.income_vnd is not None}
    for year in sorted(reported):
        found[year] = reported[year]
        if year + 1 in reported:
            continue
        if year + 1 < begins:
            found[year + 1] = ZERO
        elif usual is not None:
            found[year + 1] = usual
    return found


def _case(
    grant: IncentiveGrant, application: IncentiveApplication, income: dict[int, Decimal], failed: frozenset[int]
) -> Case:
    first = grant.first_granted_on.year
    months = application.first_year_months or MONTHS
    used = Used(
        rate=application.rate_years_used or 0, exempt=application.exempt_years_used or 0,
        half=application.half_years_used or 0,
    ) if application.earlier_incentive else Used()  # fmt: skip
    return Case(
        certificate_year=first, first_revenue_year=application.first_revenue_year or first, income=income,
        standard_rate=STANDARD, first_year_months=months,
        defer_first_period=bool(application.defer_first_period) and months < MONTHS, used=used, failed_years=failed,
    )  # fmt: skip
