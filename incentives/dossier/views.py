"""The page on which an official plans a site visit or writes down what it found."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import open_to
from accounts.models import User
from cases.calendar import local_date
from cases.errors import CaseError, Invalid
from cases.models import Case
from cases.views.door import here
from incentives.dossier import visits
from incentives.dossier.models import IncentiveApplication
from incentives.dossier.visit_forms import PlanForm, RecordForm


@open_to(visits.APPRAISE)
@require_http_methods(["GET", "HEAD", "POST"])
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan the visit, or record the one that is planned; then back to the case."""
    known = Case.objects.visible_to(request.user).filter(kind="incentive").select_related("incentive")
    case = get_object_or_404(known, pk=pk)
    application = IncentiveApplication.objects.get(case=case)
    planned = application.visits.filter(done_on=None).first()
    kind = RecordForm if planned else PlanForm
    first = {"done_on": planned.planned_on if planned else None}
    form = kind(request.POST) if request.method == "POST" else kind(initial=first)
    status, problem = HTTPStatus.OK, ""
    if request.method == "POST" and form.is_valid():
        try:
            _do(application, form, here(request).user)
        except Invalid as wrong:
            for name, sentences in wrong.errors.items():
                form.add_error(name, sentences)
        except CaseError as refused:
            problem, status = refused.message, HTTPStatus.CONFLICT
        else:
            messages.success(request, _("The visit is recorded.") if planned else _("The visit is planned."))
            return redirect(desk_address(case))
    if form.errors:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    shown = {"case": case, "form": form, "planned": planned, "problem": problem, "back": desk_address(case),
             "page_errors": form.errors}  # fmt: skip
    return render(request, "incentives/visit.html", shown, status=status)


def _do(application: IncentiveApplication, form: PlanForm | RecordForm, by: User) -> None:
    given, today = form.cleaned_data, local_date()
    if isinstance(form, PlanForm):
        visits.plan(application, by=by, on=given["planned_on"], today=today)
        return
    visits.record(application, by=by, on=given["done_on"], found=given["found"], minutes=given["minutes"], today=today)


def desk_address(case: Case) -> str:
    """The case's page on the desk."""
    return reverse("admin:cases_case_change", args=[case.pk])
