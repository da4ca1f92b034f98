"""The page of an annual report: to write and to file for the enterprise, to read and to judge for the office."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import INVESTOR, open_to
from cases.errors import CaseError, Invalid, NotAllowed
from cases.views.door import here, new_key, posted_key
from incentives.grants import reporting
from incentives.grants.calendar import due_day
from incentives.grants.models import READ, IncentiveGrant
from incentives.grants.report_form import ReportForm
from incentives.grants.report_view import read_filing
from incentives.grants.reports import REVIEW, AnnualReport
from incentives.grants.statements import conditions_of, prefilled, stated
from incentives.grants.views import own_grant

METHODS: Final = ["GET", "HEAD", "POST"]
UNPROCESSABLE: Final = HTTPStatus.UNPROCESSABLE_ENTITY


@open_to(INVESTOR, READ)
@require_http_methods(METHODS)
def report(request: HttpRequest, number: str, year: int) -> HttpResponse:
    """The report on a year: the form while the enterprise may write it, else what was filed."""
    grant = own_grant(request, number)
    user, found = here(request).user, reporting.report_of(grant, year)
    if request.method == "POST" and reporting.made_with(grant, year, user, posted_key(request)):
        return redirect("incentive-report", grant.number, year)  # the same page sent twice is one filing
    writing = reporting.may_write(user, grant) and (found is None or found.is_open)
    if not writing and request.method != "POST":
        if found is None or found.filed_at is None:
            raise Http404
        return read_page(request, grant, found)
    try:
        if not writing:
            reporting.ensure_writable(grant, year, found)
            raise PermissionDenied(_("Your role in this company does not allow this."))
        reporting.ensure_writable(grant, year, found)
        return _posted(request, grant, year, found) if request.method == "POST" else _blank(request, grant, year, found)
    except CaseError as problem:
        return refused(request, grant, problem)


@open_to(REVIEW)
@require_POST
def review(request: HttpRequest, number: str, year: int) -> HttpResponse:
    """Accept a report, or ask for its correction with a reason."""
    grant = own_grant(request, number)
    found = reporting.report_of(grant, year)
    if found is None or found.filed_at is None:
        raise Http404
    user, reason = here(request).user, request.POST.get("reason", "")
    try:
        if request.POST.get("action") == "accept":
            reporting.accept(grant, found, by=user)
            messages.success(request, _("The report on %(year)s is accepted.") % {"year": year})
        else:
            reporting.ask_correction(grant, found, by=user, reason=reason)
            messages.success(request, _("The company is asked to correct the report on %(year)s.") % {"year": year})
    except Invalid as problem:
        return read_page(request, grant, found, errors=problem, reason=reason)
    except CaseError as problem:
        return refused(request, grant, problem)
    return redirect("incentive-report", grant.number, year)


def refused(request: HttpRequest, grant: IncentiveGrant, problem: CaseError) -> HttpResponse:
    """403 for a person who may not, 409 where the grant or the report stands elsewhere, or the year is not over."""
    if isinstance(problem, NotAllowed):
        raise PermissionDenied(problem.message) from problem
    shown = {"exception": problem.message, "back_url": grant.get_absolute_url()}
    return render(request, "409.html", shown, status=HTTPStatus.CONFLICT)


# --- writing --------------------------------------------------------------------------------------------------------
def _form(
    request: HttpRequest, grant: IncentiveGrant, year: int, found: AnnualReport | None
) -> ReportForm:  # fmt: skip
    last = reporting.last_before(grant, year)
    return ReportForm(
        request.POST if request.method == "POST" else None,
        told=stated(found, grant) if found else prefilled(grant, last), products=reporting.products_of(grant),
        rules=conditions_of(grant), last=stated(last, grant) if last else None,
        may_file=reporting.may_file(here(request).user, grant),
    )  # fmt: skip


def _blank(request: HttpRequest, grant: IncentiveGrant, year: int, found: AnnualReport | None) -> HttpResponse:
    return _page(request, grant, year, found, _form(request, grant, year, found))


def _posted(request: HttpRequest, grant: IncentiveGrant, year: int, found: AnnualReport | None) -> HttpResponse:
    form, filing = _form(request, grant, year, found), request.POST.get("action") == "file"
    if not form.is_valid():
        if filing:
            form.show_gaps()
        return _page(request, grant, year, found, form, UNPROCESSABLE)
    if found is not None and request.POST.get("version") != str(found.version):
        form.add_error(None, _("Somebody saved this report meanwhile. Your entries are below: saving keeps yours."))
        return _page(request, grant, year, found, form, UNPROCESSABLE)
    user = here(request).user
    found = reporting.save(grant, year, form.told, by=user)
    if not filing:
        messages.success(request, _("The draft of the report on %(year)s is saved.") % {"year": year})
        return redirect(grant)
    try:
        done = reporting.file(
            grant, year, form.told, by=user, declared=bool(form.cleaned_data.get("declared")), key=posted_key(request)
        )
    except Invalid as problem:
        form.take_over(problem)
        return _page(request, grant, year, found, form, UNPROCESSABLE)
    words = {"year": year, "number": done.number}
    messages.success(request, _("The report on %(year)s is filed (filing %(number)s).") % words)
    return redirect("incentive-report", grant.number, year)


def _page(
    request: HttpRequest, grant: IncentiveGrant, year: int, found: AnnualReport | None, form: ReportForm,
    status: int = HTTPStatus.OK,
) -> HttpResponse:  # fmt: skip
    due_on = due_day(year)
    shown: dict[str, Any] = {
        "grant": grant, "year": str(year), "report": found, "form": form, "due_on": due_on,
        "version": found.version if found else 0, "key": posted_key(request) or new_key(),
        "may_file": reporting.may_file(here(request).user, grant), "prefilled": found is None and form.last is not None,
        "from_application": found is None and form.last is None,
    }  # fmt: skip
    return render(request, "incentives/grants/report_form.html", shown, status=status)


# --- reading --------------------------------------------------------------------------------------------------------
def read_page(
    request: HttpRequest, grant: IncentiveGrant, found: AnnualReport, *, errors: Invalid | None = None, reason: str = ""
) -> HttpResponse:
    """What was filed, filing by filing; officials judge it here."""
    filings = [read_filing(filing) for filing in found.filings.select_related("by").order_by("-number")]
    sentences = [sentence for those in errors.errors.values() for sentence in those] if errors else []
    shown = {
        "grant": grant, "year": str(found.year), "report": found, "filings": filings, "reason": reason,
        "problems": [{"id": "reason", "label": "", "message": sentence} for sentence in sentences],
        "may_review": reporting.may_review(here(request).user) and found.state == AnnualReport.State.FILED,
        "official": here(request).user.is_staff,
    }  # fmt: skip
    return render(request, "incentives/grants/report.html", shown, status=UNPROCESSABLE if errors else HTTPStatus.OK)
