"""The acts around a grant: an adjustment for the enterprise; inspections and revocation for the office.

An act of the office is a form, a page that says what it will do, and the button that does it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import INVESTOR, open_to
from cases.calendar import local_date
from cases.errors import CaseError, Invalid
from cases.places import section_url
from cases.views.door import here, new_key, posted_key
from incentives.grants import adjusting, inspecting, revoking
from incentives.grants.act_forms import ActForm, PlanForm, RecordForm, RevokeForm
from incentives.grants.acting import Preview, ensure_in_force
from incentives.grants.inspections import INSPECT
from incentives.grants.models import IncentiveGrant
from incentives.grants.views import own_grant
from incentives.grants.views_report import refused

METHODS: Final = ["GET", "HEAD", "POST"]


@require_POST
@open_to(INVESTOR)
def adjust(request: HttpRequest, number: str) -> HttpResponse:
    """Open the draft of an adjustment; one that is open already is shown instead of a second one."""
    grant = own_grant(request, number)
    known = adjusting.running(grant)
    if known is not None:
        messages.info(request, _("An adjustment of this certificate is open already."))
        return redirect(known)
    try:
        case = adjusting.adjust(grant, by=here(request).user, key=posted_key(request))
    except CaseError as problem:
        return refused(request, grant, problem)
    return redirect(section_url(case, "project"))


@dataclass(frozen=True)
class OfficeAct:
    """One act of the office: its form, what it will do, and how it is done."""

    name: str
    title: str | Promise
    permission: str
    ensure: Callable[[IncentiveGrant], object]
    form: type[ActForm]
    foresee: Callable[..., Preview]
    do: Callable[..., Any]
    done: str | Promise
    danger: bool = False


PLAN: Final = OfficeAct(
    "inspect", gettext_lazy("Plan an inspection"), INSPECT, inspecting.ensure_plannable,
    PlanForm, inspecting.foresee_plan, inspecting.plan,
    gettext_lazy("The inspection is planned."),
)  # fmt: skip
RECORD: Final = OfficeAct(
    "inspected", gettext_lazy("Record the result of the inspection"), INSPECT,
    inspecting.ensure_recordable, RecordForm, inspecting.foresee_record, inspecting.record,
    gettext_lazy("The result is recorded."),
)  # fmt: skip
REVOKE: Final = OfficeAct(
    "revoke", gettext_lazy("Revoke the certificate of incentives"), revoking.REVOKE, ensure_in_force, RevokeForm,
    revoking.foresee, revoking.revoke, gettext_lazy("The certificate of incentives is revoked."), danger=True,
)  # fmt: skip


def act_page(act: OfficeAct) -> Callable[..., HttpResponse]:
    """The page of an act. Posting shows what it will do; posting that with `step=act` does it, once."""

    @open_to(act.permission)
    @require_http_methods(METHODS)
    def page(request: HttpRequest, number: str) -> HttpResponse:
        grant, user = own_grant(request, number), here(request).user
        if request.method != "POST" or request.POST.get("step") == "change":
            today = local_date()
            blank = {"decided_on": today, "effective_on": today, "done_on": today, "announced": True}
            typed = request.POST.dict() if request.method == "POST" else blank
            try:
                act.ensure(grant)
            except CaseError as problem:
                return refused(request, grant, problem)
            return _form_page(request, grant, act, act.form(initial=typed))
        form = act.form(request.POST)
        if not form.is_valid():
            return _form_page(request, grant, act, form, HTTPStatus.UNPROCESSABLE_ENTITY)
        try:
            if request.POST.get("step") == "act":
                act.do(grant, form.told(), by=user, key=posted_key(request))
                messages.success(request, str(act.done))
                return redirect(grant)
            seen = act.foresee(grant, form.told(), by=user)
        except Invalid as problem:
            form.take_over(problem)
            return _form_page(request, grant, act, form, HTTPStatus.UNPROCESSABLE_ENTITY)
        except CaseError as problem:
            return refused(request, grant, problem)
        return _preview_page(request, grant, act, form, seen)

    page.__name__, page.__doc__ = act.name, f"The page of the act {act.name}."
    return page


plan, record, revoke = act_page(PLAN), act_page(RECORD), act_page(REVOKE)


def _form_page(
    request: HttpRequest, grant: IncentiveGrant, act: OfficeAct, form: ActForm, status: int = HTTPStatus.OK
) -> HttpResponse:
    shown = {"grant": grant, "act": act, "form": form, "key": posted_key(request) or new_key()}
    return render(request, "incentives/grants/act_form.html", shown, status=status)


def _preview_page(
    request: HttpRequest, grant: IncentiveGrant, act: OfficeAct, form: ActForm, seen: Preview
) -> HttpResponse:
    stated = [(field.label, _said(field)) for field in form]
    shown = {
        "grant": grant, "act": act, "form": form, "key": posted_key(request) or new_key(), "seen": seen,
        "stated": [(label, said) for label, said in stated if said],
    }  # fmt: skip
    return render(request, "incentives/grants/act_preview.html", shown)


def _said(field: Any) -> str:
    """What was stated in a field, in words."""
    value = field.value()
    choices = dict(getattr(field.field, "choices", ()))
    if choices:
        return str(choices.get(value, value))
    cleaned = field.form.cleaned_data.get(field.name)
    if isinstance(cleaned, bool):
        return _("Yes") if cleaned else _("No")
    return str(value or "")
