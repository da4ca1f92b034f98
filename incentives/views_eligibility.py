"""The incentive check: a question in the address, the answer above it. Open to anyone, nothing stored."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import ANYONE, open_to
from incentives.eligibility.answer import Answer, ask
from incentives.eligibility.form import CheckForm
from incentives.models import SupportedProduct
from incentives.petitions.matching import petitions_for


@require_safe
@open_to(ANYONE)
def check(request: HttpRequest) -> HttpResponse:
    """Ask and read; the address holds everything, so that it can be kept and passed on."""
    form = CheckForm(request.GET)
    found = _answer(form)
    wrong = form.is_bound and not form.is_valid()
    shown: dict[str, Any] = {
        "form": form, "found": found, "schedule_url": _schedule_url(),
        "choices": _choices(request, found),
        "petitions": petitions_for(found.found.text) if found and found.found.unlisted else [],
    }  # fmt: skip
    status = HTTPStatus.BAD_REQUEST if wrong else HTTPStatus.OK
    return render(request, "incentives/check.html", shown, status=status)


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


def _schedule_url() -> str:
    """The tax schedule's page, where there is one."""
    try:
        return reverse("tax-schedule")
    except NoReverseMatch:
        return ""
