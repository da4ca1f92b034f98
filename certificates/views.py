"""The public check, and the papers of a case as PDF."""

from __future__ import annotations

import logging
from functools import wraps
from typing import Any, Protocol

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import open_to
from cases.models import Case, Notice
from certificates.answers import facts_of, words_for_file, words_for_number
from certificates.documents import certificate_file, pdf_answer
from certificates.forms import FileForm, NumberForm
from certificates.limits import retry_after
from certificates.models import Certificate
from certificates.panel import panel_context
from certificates.request import request_pdf
from certificates.seal import public_key_pem
from certificates.slips import slip_pdf
from certificates.verifying import Verdict, examine, look_up

logger = logging.getLogger(__name__)


class View(Protocol):
    """A page."""

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase: ...


def limited(view: View) -> View:
    """Answer 429 with Retry-After to an address that asks too often; an empty page costs nothing."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        asks = request.method == "POST" or kwargs or "number" in request.GET
        seconds = retry_after(request) if asks else 0
        if not seconds:
            return view(request, *args, **kwargs)
        answer = render(request, "certificates/too_many.html", {"seconds": seconds}, status=429)
        answer.headers["Retry-After"] = str(seconds)
        return answer

    return asked


@open_to("anyone")
@require_http_methods(["GET", "HEAD", "POST"])
@limited
def verify(request: HttpRequest) -> HttpResponse:
    """The public check: by number (`?number=`) or by the PDF itself (POST)."""
    if request.method == "POST":
        return _by_file(request)
    if "number" not in request.GET:
        return _page(request)
    form = NumberForm(request.GET)
    if not form.is_valid():
        return _page(request, number_form=form, status=400)
    number = form.cleaned_data["number"]
    return _by_number(request, look_up(number), number, form)


@open_to("anyone")
@require_GET
@limited
def verify_number(request: HttpRequest, number: str) -> HttpResponse:
    """The public check of one number, where the QR code leads: its seal (`?s=`) is checked too."""
    verdict = look_up(number, request.GET.get("s", ""))
    return _by_number(request, verdict, number, NumberForm(initial={"number": number}))


def _by_number(request: HttpRequest, verdict: Verdict, number: str, form: NumberForm) -> HttpResponse:
    return _page(request, verdict=verdict, words=words_for_number(verdict, number), number_form=form)


def _by_file(request: HttpRequest) -> HttpResponse:
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, file_form=form, status=400)
    verdict = examine(form.cleaned_data["file"].read())
    return _page(request, verdict=verdict, words=words_for_file(verdict), by_file=True)


def _page(request: HttpRequest, *, status: int = 200, **context: Any) -> HttpResponse:
    verdict: Verdict | None = context.get("verdict")
    found = verdict.certificate if verdict else None
    forms = {"number_form": NumberForm(), "file_form": FileForm()}
    page = render(
        request,
        "certificates/verify.html",
        forms | context | {"facts": facts_of(found) if found else None},
        status=status,
    )
    add_never_cache_headers(page)
    return page


@open_to("anyone")
@require_GET
def verify_key(request: HttpRequest) -> HttpResponse:
    """The public key (Ed25519, PEM) that checks the seal in a QR code without asking us."""
    return HttpResponse(public_key_pem(), content_type="application/x-pem-file")


@open_to("person")
@require_GET
def case_certificate(request: HttpRequest, reference: str) -> HttpResponseBase:
    """The signed PDF, for those who may see the case."""
    certificate = get_object_or_404(Certificate.objects.visible_to(request.user).issued(), case__reference=reference)
    if not certificate.is_ready:
        messages.info(request, _("The certificate is being prepared. Please try again in a moment."))
        return redirect(certificate.case)
    return certificate_file(certificate)


@open_to("person")
@require_GET
def certificate_box(request: HttpRequest, reference: str) -> HttpResponseBase:
    """The certificate's box alone, for the page that waits for its document; without htmx, the whole case page."""
    case = get_object_or_404(Case.objects.visible_to(request.user), reference=reference)
    if not request.headers.get("HX-Request"):
        return redirect(case)
    context = panel_context(case, request.user)
    if context is None:
        raise Http404
    return render(request, "certificates/panel.html", context)


@open_to("person")
@require_GET
def case_request(request: HttpRequest, reference: str) -> FileResponse:
    """The request as paper, printed from the answers, for those who may see the case."""
    case = get_object_or_404(Case.objects.visible_to(request.user), reference=reference)
    return pdf_answer(request_pdf(case), f"{case.reference}-request.pdf")


@open_to("person")
@require_GET
def notice_pdf(request: HttpRequest, reference: str, pk: int) -> FileResponse:
    """The slip of a notice, for those who may see the case."""
    case = get_object_or_404(Case.objects.visible_to(request.user), reference=reference)
    notice = get_object_or_404(Notice.objects.select_related("case__authority", "event__by"), case=case, pk=pk)
    return pdf_answer(slip_pdf(notice), f"{case.reference}-{notice.kind}-{notice.pk}.pdf")
