"""The page of a project: one page for everyone who may see it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import open_to
from projects.page_parts import actions_for
from projects.project_page import find, head_of, sections_for


@require_safe
@open_to("anyone")
def project_detail(request: HttpRequest, code: str) -> HttpResponse:
    """What it is, its capital step by step, its certificates; for its company and officials also what is theirs."""
    project = find(code)
    shown = {
        "project": project,
        "head": head_of(project),
        "sections": sections_for(project, request.user),
        "actions": actions_for(project, request.user),
    }
    return render(request, "projects/project_detail.html", shown)
