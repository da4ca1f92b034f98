"""The incentive check: a question in the address, the answer above it. Open to anyone, nothing stored."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import ANYONE, INVESTOR, open_to
from accounts.models import User
from cases.drafting import create, editing
from cases.places import section_url
from cases.views.door import company, here, new_key, posted_key
from cases.views.home import may_start
from incentives.dossier.models import IncentiveApplication
from incentives.dossier.starting import take_over
from incentives.eligibility.answer import Answer, ask
from incentives.eligibility.form import CheckForm
from incentives.eligibility.states import State
from incentives.models import SupportedProduct
from incentives.petitions.matching import petitions_for

OTHERWISE: Final = {"ez": "B", "ftz": "FTZ"}
"""The level of income tax that the place gives where the product gives none."""


@require_safe
@open_to(ANYONE)
def check(request: HttpRequest) -> HttpResponse:
    """Ask and read; the address holds everything, so that it can be kept and passed on."""
    form = CheckForm(request.GET)
    found = _answer(form)
    wrong = form.is_bound and not form.is_valid()
    shown: dict[str, Any] = {
        "form": form, "found": found, "schedule_url": _schedule_url(found),
        "choices": _choices(request, found),
        "petitions": petitions_for(found.found.text) if found and found.found.unlisted else [],
        "query": request.GET.urlencode(), "key": new_key(), "may_draft": _may_draft(request),
    }  # fmt: skip
    status = HTTPStatus.BAD_REQUEST if wrong else HTTPStatus.OK
    return render(request, "incentives/check.html", shown, status=status)


@require_POST
@open_to(INVESTOR)
def draft(request: HttpRequest) -> HttpResponse:
    """Open an application with what was answered; the same key again leads to the same draft."""
    user, organisation = request.user, company(request)
    form = CheckForm(QueryDict(request.POST.get("query", "")))
    found = _answer(form)
    if not isinstance(user, User) or found is None:
        return redirect(f"{reverse('incentives-check')}?{request.POST.get('query', '')}")
    if not _may_draft(request):
        raise PermissionDenied(_("You may not open applications for this company."))
    case = create("incentive", organisation=organisation, by=user, key=posted_key(request) or new_key())
    with editing(case, by=user) as locked:
        application = IncentiveApplication.objects.get(case=locked)
        if not application.goods.exists() and case.version == 1:
            take_over(application, found.facts, found.found.product)
            messages.success(request, _("Your draft is open, with the answers you gave. Please check them."))
    return redirect(section_url(case, "project"))


def _may_draft(request: HttpRequest) -> bool:
    """Whether the reader acts for a company and may open applications for it."""
    if not isinstance(request.user, User) or request.user.is_staff:
        return False
    organisation = here(request).organisation
    return organisation is not None and may_start(request, organisation)


def _answer(form: CheckForm) -> Answer | None:
    if not form.is_valid():
        return None
    found = ask(form.cleaned_data["product"], form.facts, form.day)
    if found is None:
        form.add_error("on", _("This portal keeps no law of that day."))
    return found


def _choices(request: HttpRequest, found: Answer | None) -> list[tuple[SupportedProduct, str]]:
    """The lines to choose from, or the nearest ones, each with the address that asks the same of it."""
    if found is None:
        return []
    addresses = []
    for product in found.found.matches or found.found.nearest:
        again = request.GET.copy()
        again["product"] = product.code
        addresses.append((product, f"{reverse('incentives-check')}?{again.urlencode()}"))
    return addresses


def _schedule_url(found: Answer | None) -> str:
    """The tax schedule at the level the answers lead to, for a yearly profit of 100 that the reader then changes."""
    if found is None or (found.found.product is None and found.found.matches):
        return reverse("tax-schedule")
    level = "A" if found.income_tax is not State.NOT_MET else OTHERWISE.get(found.facts.place or "", "C")
    begun = {"level": level, "certificate_year": found.on.year, "first_revenue_year": found.on.year + 1, "profit": 100}
    return f"{reverse('tax-schedule')}?{urlencode(begun)}"
