"""The certificate of a project as of any day, and the PDF that was issued then."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import open_to
from cases.calendar import local_date
from cases.sheet import Part
from certificates.documents import certificate_file
from projects import sheet
from projects.as_of import AsOf, as_of, sentences
from projects.forms.days import AsOfForm
from projects.models import Project, ProjectVersion
from projects.project_page import find, may_read_certificates
from projects.shape import hydrated


def readable_project(request: HttpRequest, code: str) -> Project:
    """The project, if this person may read its certificates (404 otherwise)."""
    project = find(code)
    if not may_read_certificates(project, request.user):
        raise Http404
    return project


def answer_to(project: Project, form: AsOfForm) -> AsOf:
    """What the two days of a valid form ask for."""
    return as_of(project, form.day or local_date(), form.known_on)


@require_safe
@open_to("person")
def project_certificate(request: HttpRequest, code: str) -> HttpResponse:
    """The content that was in force on `as_of`, as far as it was known here at the end of `known_at`."""
    project = readable_project(request, code)
    form = AsOfForm(request.GET)
    if not form.is_valid():
        shown = {"project": project, "form": form}
        return render(request, "projects/certificate_as_of.html", shown, status=HTTPStatus.BAD_REQUEST)
    answer = answer_to(project, form)
    return render(request, "projects/certificate_as_of.html", {"project": project, "form": form} | _shown(answer))


def _shown(answer: AsOf) -> dict[str, Any]:
    return {
        "answer": answer,
        "sentences": sentences(answer),
        "parts": _content(answer),
        "pdf_url": address("project-certificate-pdf", answer, answer.day) if answer.document else "",
        "earlier_url": _link(answer, answer.earlier),
        "later_url": _link(answer, answer.later),
        "today_url": reverse("project-certificate", args=[answer.project.code]),
    }


def _content(answer: AsOf) -> list[Part]:
    """The whole content of the version, as people read it (a version without a case is read as that of the first)."""
    case = answer.version and (answer.version.case or answer.project.case)
    return sheet.parts(hydrated(answer.version.data, case)) if answer.version and case else []


def _link(answer: AsOf, version: ProjectVersion | None) -> str:
    return address("project-certificate", answer, version.effective_on) if version else ""


def address(name: str, answer: AsOf, day: Any) -> str:
    """The same question for another day."""
    asked = {"as_of": day.isoformat()} | ({"known_at": answer.known_on.isoformat()} if answer.known_on else {})
    return f"{reverse(name, args=[answer.project.code])}?{urlencode(asked)}"


@require_safe
@open_to("person")
def project_certificate_pdf(request: HttpRequest, code: str) -> HttpResponseBase:
    """The PDF as it was issued, byte for byte; 404 where none was in force or none is kept."""
    project = readable_project(request, code)
    form = AsOfForm(request.GET)
    page = f"{reverse('project-certificate', args=[project.code])}?{request.GET.urlencode()}"
    if not form.is_valid():
        return redirect(page)
    answer = answer_to(project, form)
    if answer.document:
        return certificate_file(answer.document)
    if answer.certificate is None:
        raise Http404
    messages.info(request, _("The certificate is being prepared. Please try again in a moment."))
    return redirect(page)
