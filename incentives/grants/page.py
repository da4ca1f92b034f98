"""Everything the page of a grant shows, read in a fixed number of queries however old the grant is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

from django.db.models import F, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import get_language

from accounts.models import User
from cases.views.door import new_key
from incentives.grants import reporting
from incentives.grants.acting import may
from incentives.grants.calendar import ReportDuty, next_inspection, report_duties
from incentives.grants.capital import CapitalSince, capital_since
from incentives.grants.duties import DutyRule
from incentives.grants.duties import duties as duties_on
from incentives.grants.filed import FiledYear, failed_years, filed_years
from incentives.grants.inspections import INSPECT, Inspection
from incentives.grants.models import ApprovedProduct, GrantEvent, IncentiveGrant
from incentives.grants.reports import AnnualReport
from incentives.grants.revoking import REVOKE
from incentives.grants.taxing import Taxed, taxed
from incentives.tax import wording
from incentives.tax.bars import Bars, bars
from incentives.tax.schedule import Year

AROUND: Final = (
    "case__certificate", "case__incentive", "case__authority", "organisation", "project__zone", "capital_event",
    "replaces",
)  # fmt: skip


def grants_for(user: User) -> QuerySet[IncentiveGrant]:
    """The grants a person may see, with what their pages read."""
    return IncentiveGrant.objects.visible_to(user).select_related(*AROUND)


@dataclass(frozen=True)
class TaxRow:
    """A year as people read it; amounts in billions of dong."""

    year: str
    income: str
    taxable_income: str
    rate: str
    relief: str | Promise
    tax: str
    tax_without: str
    saved: str
    failed: bool


class GrantPage:
    """The page for one reader."""

    def __init__(self, grant: IncentiveGrant, user: User, today: date) -> None:
        self.grant, self.user, self.today = grant, user, today
        self.official = user.is_staff

    # --- what it is -------------------------------------------------------------------------------------------------
    @property
    def certificate(self) -> Any:
        """The certificate behind it; it says whether its PDF can be had."""
        return getattr(self.grant.case, "certificate", None)

    @cached_property
    def products(self) -> list[tuple[ApprovedProduct, str]]:
        """Approved products with the words of their line of the list."""
        rows = self.grant.products.select_related("product")
        return [(row, row.product.name(get_language() or "vi")) for row in rows]

    @cached_property
    def successor(self) -> IncentiveGrant | None:
        """The version that replaced this one."""
        if self.grant.state != IncentiveGrant.State.REPLACED:
            return None
        return IncentiveGrant.objects.filter(replaces=self.grant).first()

    @cached_property
    def capital(self) -> CapitalSince | None:
        """Then and now."""
        return capital_since(self.grant)

    # --- duties -----------------------------------------------------------------------------------------------------
    @cached_property
    def reports(self) -> list[AnnualReport]:
        """Every report of the line."""
        return list(AnnualReport.objects.filter(grant=self.grant.line_id).order_by("-year"))

    @cached_property
    def inspections(self) -> list[Inspection]:
        """Every inspection of the line; one that nobody announced is not shown to the enterprise before it is done."""
        return list(Inspection.objects.filter(grant=self.grant.line_id).select_related("planned_by", "recorded_by"))

    @cached_property
    def shown_inspections(self) -> list[Inspection]:
        """Those this reader may know of."""
        return [one for one in self.inspections if self.official or one.announced or one.done_on]

    @cached_property
    def duties(self) -> list[ReportDuty]:
        """Reports owed, the newest year first; none on a version that was replaced."""
        if self.grant.state == IncentiveGrant.State.REPLACED:
            return []
        return report_duties(self.grant, self.reports, self.today)[::-1]

    @cached_property
    def to_write(self) -> ReportDuty | None:
        """The report to write first: the oldest one that waits."""
        return next((duty for duty in reversed(self.duties) if duty.to_write), None)

    @property
    def inspection_due(self) -> date | None:
        """The day of the next periodic inspection."""
        return next_inspection(self.grant, self.inspections, self.today)

    @property
    def rules(self) -> list[DutyRule]:
        """The duties as the law says them."""
        return duties_on(self.today)

    # --- tax --------------------------------------------------------------------------------------------------------
    @cached_property
    def filed(self) -> list[FiledYear]:
        """What was filed, year by year."""
        return filed_years(self.grant.line_id)

    @cached_property
    def failed(self) -> frozenset[int]:
        """Years in which a condition was not kept."""
        return failed_years(self.filed, self.inspections)

    @cached_property
    def taxed(self) -> Taxed:
        """The schedule, or why there is none."""
        return taxed(self.grant, self.filed, self.failed)

    @property
    def tax_rows(self) -> list[TaxRow]:
        """The schedule as a table."""
        found = self.taxed.schedule
        return [_row(year) for year in found.years] if found else []

    @cached_property
    def tax_bars(self) -> Bars | None:
        """The schedule as a drawing."""
        return bars(self.taxed.schedule) if self.taxed.schedule else None

    @property
    def headline(self) -> str:
        """The saving in one sentence."""
        return wording.headline(self.taxed.schedule) if self.taxed.schedule else ""

    @property
    def level(self) -> str | Promise:
        """The level of the schedule in words."""
        return wording.LEVELS[self.taxed.schedule.level.code] if self.taxed.schedule else ""

    @property
    def failed_words(self) -> str:
        """The failed years as people read them."""
        return ", ".join(str(year) for year in sorted(self.failed))

    @property
    def most(self) -> str:
        """The amount at the top line of the drawing."""
        return wording.shown(self.tax_bars.most) if self.tax_bars else ""

    @property
    def totals(self) -> dict[str, str]:
        """The sums of the schedule."""
        found = self.taxed.schedule
        names = ("total", "total_without", "saved")
        return {name: wording.shown(getattr(found, name)) for name in names} if found else {}

    # --- history and buttons ----------------------------------------------------------------------------------------
    @cached_property
    def events(self) -> list[GrantEvent]:
        """Everything that happened to the line of versions, newest first; unannounced plans only for officials."""
        line = Q(grant=self.grant.line_id) | Q(grant__first=self.grant.line_id)
        found = GrantEvent.objects.filter(line).select_related("by", "grant").order_by("-pk")
        return [one for one in found if self.official or one.data.get("announced", True)]

    @cached_property
    def may_write(self) -> bool:
        """Whether this reader may write reports."""
        return reporting.may_write(self.user, self.grant)

    @property
    def key(self) -> str:
        """An idempotency key for the button that opens an adjustment."""
        return new_key()

    @cached_property
    def open_inspection(self) -> Inspection | None:
        """The inspection whose result is missing."""
        return next((one for one in self.inspections if one.done_on is None), None)

    @property
    def may_inspect(self) -> bool:
        """Whether this official plans an inspection, or records the one that is planned, now."""
        waits = self.grant.is_in_force or self.open_inspection is not None
        return waits and self.successor is None and may(self.user, INSPECT)

    @property
    def may_revoke(self) -> bool:
        """Whether this official may revoke it now."""
        return self.grant.is_in_force and may(self.user, REVOKE)

    @property
    def office_acts(self) -> bool:
        """Whether the office's buttons are shown."""
        return self.official


def _row(year: Year) -> TaxRow:
    return TaxRow(
        year=str(year.year), income=wording.shown(year.income), taxable_income=wording.shown(year.taxable_income),
        rate=wording.shown(year.rate), relief=wording.RELIEFS[year.relief], tax=wording.shown(year.tax),
        tax_without=wording.shown(year.tax_without), saved=wording.shown(year.saved), failed=year.failed,
    )  # fmt: skip


def newest_first(grants: QuerySet[IncentiveGrant]) -> QuerySet[IncentiveGrant]:
    """Those in force first, then the ended ones, the newest of each on top."""
    return grants.order_by(F("ended_on").desc(nulls_first=True), "-pk")
