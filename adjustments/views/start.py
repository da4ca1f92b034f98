"""Opening an application from a project: what is in force, what is open already, and what is asked for."""

from __future__ import annotations

from typing import Final
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import INVESTOR, open_to
from accounts.membership import organisations_of
from accounts.models import User
from adjustments import items
from adjustments.models import Adjustment
from adjustments.parts import may_adjust
from cases.drafting import create, editing
from cases.models import Case
from cases.places import section_url
from cases.states import ENDED
from projects.models import Project

FIRST_SECTION: Final = {"transfer": "investors", "other": "project"}
"""Where an application begins, by what is asked for; the capital for everything else."""


@open_to(INVESTOR)
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, code: str) -> HttpResponse:
    """Choose what is asked for; POST opens the draft, which starts from the certificate in force."""
    user = request.user
    if not isinstance(user, User):
        raise Http404
    own = Project.objects.filter(organisation__in=organisations_of(user))
    project = get_object_or_404(own.select_related("organisation"), code=code)
    if not may_adjust(project, user):
        raise PermissionDenied(_("Your role in this company does not allow this, or the project has ended."))
    intent, problem = request.POST.get("intent", Adjustment.Intent.INCREASE), ""
    if request.method == "POST":
        if intent in Adjustment.Intent.values:
            return redirect(_opened(project, user, intent, request.POST.get("key", "")[:64]))
        problem = _("Please choose what is asked for.")
    shown = {
        "project": project, "version": project.versions.newest(), "intents": Adjustment.Intent.choices,
        "chosen": intent, "problem": problem, "key": uuid4().hex, "running": _running(project),
    }  # fmt: skip
    return render(request, "adjustments/start.html", shown, status=422 if problem else 200)


def _opened(project: Project, user: User, intent: str, key: str) -> str:
    """The first page of the draft; the same key leads to the draft it opened."""
    if project.organisation is None:
        raise Http404
    case = create("adjustment", organisation=project.organisation, by=user, key=key)
    if not Adjustment.objects.get(case=case).intent:
        with editing(case, by=user) as locked:
            dossier = Adjustment.objects.get(case=locked)
            items.start_from(dossier, project)
            dossier.intent = intent
            dossier.save()
    return section_url(case, FIRST_SECTION.get(intent, "capital"))


def _running(project: Project) -> list[tuple[Case, bool]]:
    """Applications that are not over, newest first, and whether they can still be written."""
    cases = Case.objects.filter(adjustment__project=project).exclude(status__in=ENDED).order_by("-pk")[:5]
    return [(case, case.is_being_written) for case in cases]
