"""Pages for the life of a project: each act is a form, a page that says what it will do, and the button that acts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from http import HTTPStatus
from typing import Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import INVESTOR, OFFICIAL, open_to
from cases.calendar import local_date
from cases.errors import CaseError, Invalid, NotAllowed
from cases.views.door import here, new_key, posted_key
from projects import life
from projects.life import Act, Foresight
from projects.life_forms import InformedForm, LifeForm
from projects.life_watch import running_suspensions, to_inform
from projects.page_parts import end_effects
from projects.register import Project

METHODS: Final = ["GET", "HEAD", "POST"]


def act_page(act: Act) -> Callable[..., HttpResponse]:
    """The page of an act. Posting shows what it will do; posting that with `step=act` does it, once."""
    audiences = (INVESTOR, act.permission) if act.for_investor else (act.permission,)

    @open_to(*audiences)
    @require_http_methods(METHODS)
    def page(request: HttpRequest, code: str) -> HttpResponse:
        project = _project(code)
        user = here(request).user
        side = life.side_of(user)
        if not act.allows(project, user):
            raise PermissionDenied(act.why_not(user))
        if request.method != "POST" or request.POST.get("step") == "change":
            typed = request.POST.dict() if request.method == "POST" else {"effective_on": _first_day(act)}
            try:
                act.ensure_possible(project, user)
            except CaseError as problem:
                return _refused(request, project, problem)
            return _form_page(request, project, act, LifeForm(act=act, side=side, initial=typed))
        form = LifeForm(request.POST, act=act, side=side)
        if not form.is_valid():
            return _form_page(request, project, act, form, HTTPStatus.UNPROCESSABLE_ENTITY)
        try:
            if request.POST.get("step") == "act":
                act(project, by=user, told=form.told(), key=posted_key(request))
                return _done(request, project)
            seen = act.foresee(project, by=user, told=form.told())
        except Invalid as problem:
            form.take_over(problem)
            return _form_page(request, project, act, form, HTTPStatus.UNPROCESSABLE_ENTITY)
        except CaseError as problem:
            return _refused(request, project, problem)
        return _preview_page(request, project, act, form, seen)

    page.__name__, page.__doc__ = act.name, f"The page of the act {act.name}."
    return page


suspend, resume, terminate, revoke = (act_page(act) for act in life.ACTS.values())


@open_to(life.RECORD)
@require_http_methods(METHODS)
def informed(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Write down that the other authorities were told of an act; afterwards the page says that it is written."""
    project = _project(code)
    notice = get_object_or_404(project.life_notices.with_what_is_shown(), pk=pk)
    if hasattr(notice, "informed"):
        messages.info(request, _("It was written down already that the others were informed."))
        return redirect(_box(project))
    form = InformedForm(request.POST or None, initial={"informed_on": local_date()})
    if request.method == "POST" and form.is_valid():
        try:
            life.record_informed(notice, by=here(request).user, **form.cleaned_data)
        except Invalid as problem:
            form.take_over(problem)
        except CaseError as problem:
            return _refused(request, project, problem)
        else:
            messages.success(request, _("Written down: the others were informed."))
            return redirect(_box(project))
    shown = {"project": project, "notice": notice, "form": form}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    return render(request, "projects/life/informed.html", shown, status=status)


@open_to(OFFICIAL)
@require_safe
def watch(request: HttpRequest) -> HttpResponse:
    """What officials have to watch: suspensions that end or exceed, and acts of which others are still to be told."""
    today = local_date()
    shown = {
        "today": today,
        "suspensions": running_suspensions(today),
        "waiting": to_inform(today),
        "may_record": request.user.has_perm(life.RECORD),
    }
    return render(request, "projects/life/watch.html", shown)


# --- the pages of an act --------------------------------------------------------------------------------------------
def _form_page(
    request: HttpRequest, project: Project, act: Act, form: LifeForm, status: int = HTTPStatus.OK
) -> HttpResponse:
    shown = {"project": project, "act": act, "title": _title(request, act), "form": form, "key": _key(request)}
    return render(request, "projects/life/form.html", shown, status=status)


def _preview_page(request: HttpRequest, project: Project, act: Act, form: LifeForm, seen: Foresight) -> HttpResponse:
    told = form.told()
    shown = {
        "project": project,
        "act": act,
        "title": _title(request, act),
        "form": form,
        "key": _key(request),
        "seen": seen,
        "told": told,
        "ground": seen.ground.name(get_language() or "vi"),
        "state_after": Project.State(seen.state_after).label,
        "ends": seen.state_after == Project.State.TERMINATED,
        "also": end_effects(project) if seen.state_after == Project.State.TERMINATED else [],
        "side": life.side_of(here(request).user),
    }
    return render(request, "projects/life/preview.html", shown)


def _title(request: HttpRequest, act: Act) -> str:
    """Officials end a project; investors report its end."""
    if act is life.terminate and here(request).user.is_staff:
        return _("Terminate the project")
    return str(act.label)


def _first_day(act: Act) -> date | None:
    """The day that is most often right; a suspension has none."""
    return None if act is life.suspend else local_date()


def _done(request: HttpRequest, project: Project) -> HttpResponse:
    sentence = _("Done. The project now stands at “%(state)s”.") % {"state": project.get_state_display()}
    messages.success(request, sentence)
    return redirect(_box(project))


def _refused(request: HttpRequest, project: Project, problem: CaseError) -> HttpResponse:
    """403 for a person who may not, 409 where the project stands elsewhere or something is in the way."""
    if isinstance(problem, NotAllowed):
        raise PermissionDenied(problem.message) from problem
    shown = {"exception": problem.message, "back_url": project.get_absolute_url()}
    return render(request, "409.html", shown, status=HTTPStatus.CONFLICT)


def _project(code: str) -> Project:
    found = Project.objects.published().select_related("organisation")
    project: Project = get_object_or_404(found, code=code.upper())
    return project


def _box(project: Project) -> str:
    return f"{reverse('project-detail', args=[project.code])}#life"


def _key(request: HttpRequest) -> str:
    return posted_key(request) or new_key()
