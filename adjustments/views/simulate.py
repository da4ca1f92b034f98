"""The simulator's page: a question in the address, the answer below it; and the press that makes a draft of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Any, Final
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import ANYONE, INVESTOR, open_to
from accounts.models import User
from adjustments import asking, items
from adjustments.bars import bars
from adjustments.content import overlaid
from adjustments.forms.simulate import SimulateForm
from adjustments.models import Adjustment
from adjustments.parts import may_adjust
from adjustments.simulating import Line, Simulation, simulate
from adjustments.starting import Today, found_project, of_project, of_typed, own_projects
from adjustments.wording import contrasts, headline, in_order
from cases.calendar import ONE_DAY, local_date
from cases.drafting import create, editing
from cases.places import section_url
from projects.models import Zone
from projects.page_parts import Reader
from projects.shape import as_data, hydrated

KEY_LENGTH: Final = 64
NEW_LAW: Final = date(2026, 3, 1)
"""The first day of Law on Investment 143/2025/QH15, offered as a quick choice; the rules themselves are dated rows."""


@dataclass(frozen=True)
class Question:
    """What the address asks: the form, the project it names as it stands, and the zones to choose from."""

    form: SimulateForm
    today: Today | None
    zones: list[Zone]

    @property
    def on(self) -> date:
        """The day whose law is asked about."""
        found: date | None = self.form.cleaned_data.get("on")
        return found or local_date()

    def answer(self) -> Simulation | None:
        """The simulation; nothing while nothing is to change."""
        if not self.form.is_valid() or not self.form.wants_something:
            return None
        today = self.today or of_typed(asking.typed(self.form.given_today))
        return simulate(today, asking.wanted(self.form.given), self.on, zones=self.zones)


def question(data: QueryDict, user: Reader) -> Question:
    """Read an address."""
    code = data.get("project", "").strip()
    own, zones = own_projects(user), list(Zone.objects.order_by("code"))
    project = next((one for one in own if one.code == code.upper()), None) or (found_project(code) if code else None)
    today = of_project(project, user, own) if project else None
    form = SimulateForm(
        data, zones=zones, today=today, own=own,
        language=get_language() or "vi",
    )  # fmt: skip
    if code and project is None:
        form.add_error("project", _("The register has no project %(code)s.") % {"code": code})
    return Question(form, today, zones)


@open_to(ANYONE)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Ask and read; the address holds everything, so that it can be kept and passed on."""
    asked = question(request.GET, request.user)
    found = asked.answer()
    project = asked.today.project if asked.today else None
    wrong = asked.form.is_bound and not asked.form.is_valid()
    shown: dict[str, Any] = {
        "form": asked.form, "found": found, "today": asked.today, "project": project, "days": _days(request.GET),
        "asked": asked.form.is_bound and not wrong,
    }  # fmt: skip
    if found is not None:
        shown |= {
            "bars": bars(found), "sentence": headline(found), "others": list(contrasts(found)),
            "usd": in_order(_lines(found), "USD"), "vnd": in_order(_lines(found), "VND"),
            "may_draft": project is not None and may_adjust(project, request.user),
            "key": uuid4().hex, "query": request.GET.urlencode(),
        }  # fmt: skip
    return render(
        request, "adjustments/simulate.html", shown, status=HTTPStatus.BAD_REQUEST if wrong else HTTPStatus.OK
    )


def _lines(found: Simulation) -> tuple[Line, ...]:
    return (*found.totals, *found.parts, *found.investors, *found.phases)


def _days(data: QueryDict) -> list[tuple[date, str]]:
    """The last day of the earlier law and the first of the new one, each with the address that asks the same again."""
    found = []
    for day in (NEW_LAW - ONE_DAY, NEW_LAW):
        again = data.copy()
        again["on"] = day.isoformat()
        found.append((day, f"{reverse('simulate')}?{again.urlencode()}"))
    return found


@open_to(INVESTOR)
@require_POST
def draft(request: HttpRequest) -> HttpResponse:
    """Open an application with the simulated figures; the same key again leads to the same draft."""
    user = request.user
    asked = question(QueryDict(request.POST.get("query", "")), user)
    project = asked.today.project if asked.today else None
    if project is None or not isinstance(user, User) or project.organisation is None:
        raise Http404
    if not may_adjust(project, user):
        raise PermissionDenied(_("Your role in this company does not allow this, or the project has ended."))
    found = asked.answer()
    if found is None or found.changes_nothing:
        return redirect(f"{reverse('simulate')}?{request.POST.get('query', '')}")
    key = request.POST.get("key", "")[:KEY_LENGTH] or uuid4().hex
    case = create("adjustment", organisation=project.organisation, by=user, key=key)
    if not Adjustment.objects.get(case=case).intent:
        with editing(case, by=user) as locked:
            _write(Adjustment.objects.get(case=locked), found)
        messages.success(request, _("Your draft is open, with the figures you tried out. Please check them."))
    return redirect(section_url(case, "capital"))


def _write(adjustment: Adjustment, found: Simulation) -> None:
    if found.project is None:
        raise Http404
    items.start_from(adjustment, found.project)
    adjustment.intent = found.intent
    proposed = overlaid(adjustment.proposed, found.asked)
    items.write(adjustment, as_data(hydrated(proposed, adjustment.case)))
