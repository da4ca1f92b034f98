"""The acts around an annual report: begin, write, file; the office accepts it or asks for a correction.

Every act locks the line of the certificate, so that a year has one report however often it is sent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.membership import roles_of
from accounts.models import User
from cases.calendar import local_date
from cases.errors import Invalid, NotAllowed, WrongState
from incentives.grants import news
from incentives.grants.calendar import due_day, first_year
from incentives.grants.filed import failed_conditions
from incentives.grants.models import ApprovedProduct, GrantEvent, IncentiveGrant, note
from incentives.grants.reports import HANDED_IN, REVIEW, AnnualReport, ReportFiling
from incentives.grants.statements import Statement, conditions_of, gaps, snapshot, statement_of, strangers, write

State = AnnualReport.State
WRITERS: Final = frozenset({"owner", "preparer", "signer"})
MOST_NAMED: Final = 10
SIGNERS: Final = frozenset({"owner", "signer"})


# --- who may --------------------------------------------------------------------------------------------------------
def may_write(user: User, grant: IncentiveGrant) -> bool:
    """Whether this person may write reports for the enterprise today."""
    return not user.is_staff and bool(roles_of(user, grant.organisation, local_date()) & WRITERS)


def may_file(user: User, grant: IncentiveGrant) -> bool:
    """Whether this person may declare and file them."""
    return not user.is_staff and bool(roles_of(user, grant.organisation, local_date()) & SIGNERS)


def may_review(user: User) -> bool:
    """Whether this official accepts reports and asks for corrections."""
    return user.is_active and user.is_staff and user.has_perm(REVIEW)


# --- the enterprise -------------------------------------------------------------------------------------------------
def report_of(grant: IncentiveGrant, year: int) -> AnnualReport | None:
    """The report on a year, whichever version of the certificate was in force when it was begun."""
    return AnnualReport.objects.filter(grant=grant.line_id, year=year).first()


def last_before(grant: IncentiveGrant, year: int) -> AnnualReport | None:
    """The newest report on an earlier year that was handed in."""
    known = AnnualReport.objects.filter(grant=grant.line_id, year__lt=year, state__in=HANDED_IN)
    return known.order_by("-year").first()


def save(grant: IncentiveGrant, year: int, told: Statement, *, by: User) -> AnnualReport:
    """Keep what was written so far. Raises NotAllowed, WrongState, Invalid (for a year that has no report)."""
    with _writing(grant, year, by, WRITERS) as report:
        write(report, told)
    return report


def file(
    grant: IncentiveGrant, year: int, told: Statement, *, by: User, declared: bool, key: str = "",
    at: datetime | None = None,
) -> ReportFiling:  # fmt: skip
    """File the report. The same key again answers with the filing it made.

    Raises NotAllowed, WrongState (no longer in force, filed already), Invalid with everything that is wrong at once.
    """
    with transaction.atomic():
        _lock(grant)
        known = made_with(grant, year, by, key)
        if known is not None:
            return known
        with _writing(grant, year, by, SIGNERS) as report:
            products, codes = products_of(grant), [rule.code for rule in conditions_of(grant)]
            if names := strangers(told, products, codes):
                raise Invalid({"rows": [_("The certificate knows nothing of %(names)s.") % {
                    "names": ", ".join(names[:MOST_NAMED])}]})  # fmt: skip
            write(report, told)
            whole = statement_of(report).only(products, codes)
            problems = dict(gaps(whole, products, codes))
            if not declared:
                problems["declared"] = _("Please declare that the statements are true.")
            if problems:
                raise Invalid({name: [sentence] for name, sentence in problems.items()})
            return _filed(grant, report, whole, products, by, key, at or timezone.now())


def products_of(grant: IncentiveGrant) -> dict[int, ApprovedProduct]:
    """The approved products by number (1 query)."""
    return {product.pk: product for product in grant.products.select_related("product")}


def made_with(grant: IncentiveGrant, year: int, by: User, key: str) -> ReportFiling | None:
    """The filing that this person made with a key."""
    if not key:
        return None
    return ReportFiling.objects.filter(report__grant=grant.line_id, report__year=year, by=by, key=key).first()


@contextmanager
def _writing(grant: IncentiveGrant, year: int, by: User, roles: frozenset[str]) -> Iterator[AnnualReport]:
    """The report of a year, open and locked; a new one begins here."""
    if by.is_staff or not roles_of(by, grant.organisation, local_date()) & roles:
        raise NotAllowed(_("Your role in this company does not allow this, or your authority letter has expired."))
    with transaction.atomic():
        _lock(grant)
        report = report_of(grant, year)
        ensure_writable(grant, year, report)
        yield report or AnnualReport(grant_id=grant.line_id, year=year)


def _lock(grant: IncentiveGrant) -> None:
    """Keep everybody else from the line until the transaction ends."""
    IncentiveGrant.objects.select_for_update().get(pk=grant.line_id)


def ensure_writable(grant: IncentiveGrant, year: int, report: AnnualReport | None, today: date | None = None) -> None:
    """Refuse what cannot be written: raises WrongState or Invalid."""
    correcting = report is not None and report.state == State.CORRECTION
    if report is not None and not report.is_open:
        raise WrongState(_("The report on %(year)s has been filed already.") % {"year": year})
    if not grant.is_in_force and not correcting:
        raise WrongState(
            _("Certificate %(number)s is no longer in force: no report is filed for it.") % {"number": grant.number}
        )
    if year < first_year(grant) or due_day(year) is None:
        raise Invalid({"year": [_("No report is owed on %(year)s.") % {"year": year}]})
    if year >= (today or local_date()).year:
        raise Invalid({"year": [_("The year %(year)s is not over yet.") % {"year": year}]})


def _filed(
    grant: IncentiveGrant, report: AnnualReport, told: Statement, products: Mapping[int, ApprovedProduct], by: User,
    key: str, at: datetime,
) -> ReportFiling:  # fmt: skip
    before = report.filings.order_by("-number").first()
    today, due_on = local_date(at), due_day(report.year) or local_date(at)
    filing = ReportFiling.objects.create(
        report=report, number=before.number + 1 if before else 1, at=at, by=by, due_on=due_on,
        late=before is None and today > due_on, answers=report.correction_reason, key=key,
        data=snapshot(told, products),
    )  # fmt: skip
    report.state, report.filed_at, report.correction_reason = State.FILED, at, ""
    report.save(update_fields=["state", "filed_at", "correction_reason"])
    event = note(grant, GrantEvent.Kind.REPORTED, on=today, by=by, data=_facts(report, filing))
    news.tell(grant, news.REPORTED, event=event, on=today, year=report.year)
    _note_breach(grant, report, before, told, by, today)
    return filing


def _facts(report: AnnualReport, filing: ReportFiling) -> dict[str, Any]:
    return {"year": report.year, "filing": filing.number, "late": filing.late}


def _note_breach(
    grant: IncentiveGrant, report: AnnualReport, before: ReportFiling | None, told: Statement, by: User, on: date
) -> None:
    """A condition not kept makes a failed year; a correction may take that back."""
    earlier = failed_conditions(before.data) if before else ()
    data: dict[str, object] = {"year": report.year, "conditions": list(told.failed), "source": "report"}
    if told.failed and set(told.failed) != set(earlier):
        words = "; ".join(filter(None, (told.conditions[code].explanation.strip() for code in told.failed)))
        note(grant, GrantEvent.Kind.BREACHED, on=on, by=by, reason=words, data=data)
    elif earlier and not told.failed:
        note(grant, GrantEvent.Kind.RESTORED, on=on, by=by, data=data)


# --- the office -----------------------------------------------------------------------------------------------------
def ask_correction(grant: IncentiveGrant, report: AnnualReport, *, by: User, reason: str) -> AnnualReport:
    """Send a filed report back with a reason, and tell the enterprise. Raises NotAllowed, WrongState, Invalid."""
    with _reviewing(report, by) as locked:
        if not reason.strip():
            raise Invalid({"reason": [_("Please say what is to be corrected.")]})
        locked.state, locked.correction_reason = State.CORRECTION, reason.strip()
        locked.save(update_fields=["state", "correction_reason"])
        event = note(
            grant, GrantEvent.Kind.CORRECTION, on=local_date(), by=by, reason=reason.strip(), data={"year": locked.year}
        )
        news.tell(grant, news.CORRECTION, event=event, year=locked.year, reason=reason.strip())
    return locked


def accept(grant: IncentiveGrant, report: AnnualReport, *, by: User) -> AnnualReport:
    """Accept a filed report. Raises NotAllowed, WrongState."""
    with _reviewing(report, by) as locked:
        locked.state = State.ACCEPTED
        locked.save(update_fields=["state"])
        note(grant, GrantEvent.Kind.ACCEPTED, on=local_date(), by=by, data={"year": locked.year})
    return locked


@contextmanager
def _reviewing(report: AnnualReport, by: User) -> Iterator[AnnualReport]:
    if not may_review(by):
        raise NotAllowed(_("Your role in the office does not include this step."))
    with transaction.atomic():
        locked = AnnualReport.objects.select_for_update().get(pk=report.pk)
        if locked.state != State.FILED:
            raise WrongState(
                _("The report on %(year)s stands at “%(state)s”.")
                % {"year": locked.year, "state": locked.get_state_display()}
            )
        yield locked
