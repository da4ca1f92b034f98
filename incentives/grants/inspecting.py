"""Inspections: planned, announced where that is told, and recorded with what was found.

The law knows an inspection every two years, or without notice; at most one a year, about which officials are warned.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from accounts.models import User
from cases.calendar import local_date
from cases.errors import Invalid, WrongState
from incentives.grants import duties, news
from incentives.grants.acting import Preview, done_with, ensure_in_force, ensure_may, locked
from incentives.grants.calendar import first_year
from incentives.grants.inspections import INSPECT, Inspection
from incentives.grants.models import GrantEvent, IncentiveGrant, note

State = IncentiveGrant.State


@dataclass(frozen=True)
class Planned:
    """What is stated about an inspection to come."""

    kind: str
    planned_on: date
    announced: bool
    reason: str


@dataclass(frozen=True)
class Recorded:
    """What an inspection found."""

    done_on: date
    found: str
    years: tuple[int, ...]
    minutes: str


def open_one(grant: IncentiveGrant) -> Inspection | None:
    """The inspection of the line that has no result yet."""
    return Inspection.objects.filter(grant=grant.line_id, done_on__isnull=True).first()


def ensure_plannable(grant: IncentiveGrant) -> None:
    """Refuse a certificate that has ended, and a second inspection before the first has its result."""
    ensure_in_force(grant)
    if open_one(grant) is not None:
        raise WrongState(_("An inspection of this certificate is planned already: record its result first."))


def ensure_recordable(grant: IncentiveGrant) -> Inspection:
    """The inspection that is planned. Raises WrongState where there is none."""
    inspection = open_one(grant)
    if inspection is None:
        raise WrongState(_("No inspection of this certificate is planned."))
    return inspection


# --- planning -------------------------------------------------------------------------------------------------------
def foresee_plan(grant: IncentiveGrant, told: Planned, *, by: User) -> Preview:
    """What planning will do. Raises NotAllowed, WrongState, Invalid."""
    ensure_may(by, INSPECT)
    ensure_plannable(grant)
    if told.planned_on < local_date():
        raise Invalid({"planned_on": [_("This day is over.")]})
    after = State.INSPECTED.label if told.announced else grant.get_state_display()
    rows = [(_("State of the certificate"), str(grant.get_state_display()), str(after))]
    follows = [
        _("The company is told of the inspection by letter now.")
        if told.announced
        else _("The company is told nothing before the result is recorded.")
    ]
    return Preview(rows, follows, cap_warnings(grant, told.planned_on.year))


def plan(grant: IncentiveGrant, told: Planned, *, by: User, key: str = "") -> Inspection:
    """Plan it; the grant is under inspection once the company is told, so that its state gives no secret away."""
    with locked(grant) as row:
        if done_with(row, GrantEvent.Kind.PLANNED, by, key) and (known := open_one(row)):
            return known
        foresee_plan(row, told, by=by)
        made = Inspection.objects.create(
            grant_id=row.line_id, kind=told.kind, planned_on=told.planned_on, announced=told.announced,
            reason=told.reason.strip(), planned_by=by,
        )  # fmt: skip
        if told.announced:
            _stands(row, State.INSPECTED)
        data: dict[str, object] = {"planned_on": told.planned_on, "announced": told.announced, "key": key}
        event = note(row, GrantEvent.Kind.PLANNED, on=local_date(), by=by, reason=told.reason.strip(), data=data)
        if told.announced:
            news.tell(row, news.INSPECTION, event=event, on=told.planned_on, reason=told.reason.strip())
    return made


def cap_warnings(grant: IncentiveGrant, year: int) -> list[str]:
    """A warning where the year has its inspection already; whether the law was read is said with it."""
    rule = duties.rule_named(duties.ONE_A_YEAR, date(year, 12, 31))
    if rule is None or rule.most is None:
        return []
    count = Inspection.objects.filter(grant=grant.line_id, done_on__year=year).count()
    if count < rule.most:
        return []
    words = {"year": str(year), "count": count, "clause": rule.said("clause", get_language() or "vi")}
    return [ngettext(
        "The certificate was inspected %(count)s time in %(year)s already: %(clause)s allows one a year, except where "
        "there are clear signs of a breach. The source of this is a report on the resolution, not its text.",
        "The certificate was inspected %(count)s times in %(year)s already: %(clause)s allows one a year, except where "
        "there are clear signs of a breach. The source of this is a report on the resolution, not its text.", count,
    ) % words]  # fmt: skip


# --- recording ------------------------------------------------------------------------------------------------------
def foresee_record(grant: IncentiveGrant, told: Recorded, *, by: User) -> Preview:
    """What recording will do. Raises NotAllowed, WrongState (no inspection is open), Invalid."""
    ensure_may(by, INSPECT)
    inspection = ensure_recordable(grant)
    problems = _problems(grant, told)
    if problems:
        raise Invalid(problems)
    after = State.GRANTED.label if grant.state == State.INSPECTED else grant.get_state_display()
    rows = [
        (_("State of the certificate"), str(grant.get_state_display()), str(after)),
        (_("Inspection"), _("planned for %(day)s") % {"day": _day(inspection.planned_on)},
         str(Inspection.Found(told.found).label)),
    ]  # fmt: skip
    follows = [_("The company reads the result in a letter and on the page of the certificate.")]
    if told.years:
        words = {"years": _years(told.years)}
        follows.append(_("A condition counts as not kept in %(years)s: the schedule shows the standard rate for it, "
                         "and the years of the incentive go on.") % words)  # fmt: skip
        follows.append(_("What a breach means for taxes already relieved is decided by the tax authority."))
    return Preview(rows, follows)


def record(grant: IncentiveGrant, told: Recorded, *, by: User, key: str = "") -> Inspection:
    """Write down the result; a breach makes the years it names failed years."""
    with locked(grant) as row:
        if done_with(row, GrantEvent.Kind.INSPECTED, by, key):
            return Inspection.objects.filter(grant=row.line_id, recorded_by=by).latest("recorded_at")
        foresee_record(row, told, by=by)
        inspection = Inspection.objects.get(grant=row.line_id, done_on__isnull=True)
        inspection.done_on, inspection.found, inspection.minutes = told.done_on, told.found, told.minutes.strip()
        inspection.breached_years, inspection.recorded_by = sorted(told.years), by
        inspection.recorded_at = timezone.now()
        inspection.save()
        if row.state == State.INSPECTED:
            _stands(row, State.GRANTED)
        data: dict[str, object] = {"found": told.found, "years": sorted(told.years), "key": key}
        minutes = told.minutes.strip()
        event = note(row, GrantEvent.Kind.INSPECTED, on=told.done_on, by=by, reason=minutes, data=data)
        for year in sorted(told.years):
            breach: dict[str, object] = {"year": year, "source": "inspection"}
            note(row, GrantEvent.Kind.BREACHED, on=told.done_on, by=by, data=breach)
        years = tuple(sorted(told.years))
        news.tell(row, news.INSPECTED, event=event, on=told.done_on, years=years, reason=minutes)
    return inspection


def _problems(grant: IncentiveGrant, told: Recorded) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    today = local_date()
    if told.done_on > today:
        found["done_on"] = [_("This day lies in the future.")]
    elif told.done_on < grant.first_granted_on:
        found["done_on"] = [_("The first certificate is of a later day.")]
    if not told.minutes.strip():
        found["minutes"] = [_("Please write down what was inspected and found.")]
    if told.found == Inspection.Found.BREACH and not told.years:
        found["years"] = [_("Please name the years in which a condition was not kept.")]
    elif told.found != Inspection.Found.BREACH and told.years:
        found["years"] = [_("Years are named only where a breach was found.")]
    wrong = [year for year in told.years if not first_year(grant) <= year <= today.year]
    if wrong:
        words = {"years": _years(wrong), "first": str(first_year(grant)), "last": str(today.year)}
        found["years"] = [_("%(years)s: the years lie between %(first)s and %(last)s.") % words]
    return found


def _stands(grant: IncentiveGrant, state: str) -> None:
    grant.state = state
    grant.save(update_fields=["state"])


def _years(years: Sequence[int]) -> str:
    return ", ".join(str(year) for year in sorted(years))


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
