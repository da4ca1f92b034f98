"""The papers of a dossier: the checklist, uploading, taking over from the library, taking out, reading a file."""

from __future__ import annotations

from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import INVESTOR, open_to
from cases.checklist import Line, checklist
from cases.drafting import can_edit
from cases.errors import CaseError, Invalid, NotAllowed
from cases.kinds import kind_of
from cases.library import Offer, attach_and_keep, offers, take_over
from cases.models import Attachment, Case, LibraryPaper, Notice
from cases.notices import unanswered
from cases.places import PAPERS, section_url
from cases.states import Status
from cases.tasklist import PAPERS_LEAD, PAPERS_TITLE, after
from cases.uploads import attach, take_out
from cases.views.door import here, own_case, page_errors, refused

INLINE = frozenset({"application/pdf", "image/jpeg", "image/png"})
POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; object-src 'self'; "
    "frame-ancestors 'self'"
)
"""What a stored file may do in a browser: be looked at, in a frame of ours at most (a PDF is shown under it too)."""
ACCEPT = ".pdf,.jpg,.jpeg,.png,.xlsx,.docx"
MAX_MEGABYTES = settings.UPLOAD_MAX_BYTES // (1024 * 1024)


@open_to(INVESTOR)
@require_http_methods(["GET", "HEAD", "POST"])
def papers(request: HttpRequest, reference: str) -> HttpResponse:
    """The checklist by rule; POST adds one file to one paper and leaves the others alone."""
    case = own_case(request, reference)
    if request.method == "POST":
        return _upload(request, case)
    return _page(request, case)


@xframe_options_sameorigin
@open_to(INVESTOR, "cases.view_case")
@require_safe
def paper(request: HttpRequest, reference: str, pk: int) -> HttpResponseBase:
    """A file for whoever may see the case: never guessed at, never run, shown only where that is harmless."""
    case = get_object_or_404(Case.objects.visible_to(request.user), reference=reference.upper())
    return file_answer(get_object_or_404(Attachment, case=case, pk=pk))


def file_answer(stored: Attachment | LibraryPaper) -> FileResponse:
    """A stored file with what a browser may do with it. Raises Http404 if it is gone from the disk."""
    try:
        stream = stored.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    inline = stored.content_type in INLINE
    response = FileResponse(stream, as_attachment=not inline, filename=stored.name, content_type=stored.content_type)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cache-Control"] = "private, no-store"
    return response


@open_to(INVESTOR)
@require_http_methods(["GET", "HEAD", "POST"])
def paper_remove(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Ask once, then take a paper out of the dossier; its record stays."""
    case = own_case(request, reference)
    found = get_object_or_404(Attachment, case=case, pk=pk, removed_at__isnull=True)
    if request.method != "POST":
        if not can_edit(here(request).user, case):
            return redirect("case-papers", case.reference)
        return render(request, "cases/paper_remove.html", {"case": case, "paper": found})
    try:
        take_out(case, by=here(request).user, attachment=found)
    except CaseError as error:
        return refused(request, case, error)
    messages.success(request, _("“%(name)s” was taken out of the dossier.") % {"name": found.name})
    return redirect(reverse("case-papers", args=[case.reference]) + f"#paper-{found.paper}")


@open_to(INVESTOR)
@require_POST
def papers_from_library(request: HttpRequest, reference: str) -> HttpResponse:
    """Take one paper over from the company's library; without its code, every one that is needed and missing."""
    case = own_case(request, reference)
    code = request.POST.get("paper", "")
    try:
        added = take_over(case, by=here(request).user, papers=[code] if code else None)
    except Invalid as error:
        return _answer(request, case, code, error.message)
    except NotAllowed as error:
        return refused(request, case, error)
    except CaseError as error:
        return _answer(request, case, code, error.message, HTTPStatus.CONFLICT)
    if code:
        messages.success(request, _("“%(name)s” was attached from the library.") % {"name": added[0].name})
        return redirect(section_url(case, PAPERS, f"{PAPERS}.{code}"))
    _tell_how_many(request, len(added))
    return redirect("case-supplement", case.reference) if unanswered_now(case) else redirect(after(case, PAPERS))


def _tell_how_many(request: HttpRequest, number: int) -> None:
    if not number:
        messages.info(request, _("The library has nothing more for this application."))
        return
    words = ngettext(
        "%(count)s paper was attached from the library.", "%(count)s papers were attached from the library.", number
    )  # fmt: skip
    messages.success(request, words % {"count": number})


def _upload(request: HttpRequest, case: Case) -> HttpResponse:
    """One file for one paper. A page without script is led back to it; a script gets the paper's line again."""
    code = request.POST.get("paper", "")
    upload = request.FILES.get("file")
    try:
        if not isinstance(upload, UploadedFile):
            raise Invalid({"file": [_("Choose a file first.")]})
        put = attach_and_keep if "keep" in request.POST else attach
        added = put(case, by=here(request).user, paper=code, upload=upload)
    except Invalid as error:
        return _answer(request, case, code, error.message)
    except NotAllowed as error:
        return refused(request, case, error)
    except CaseError as error:
        return _answer(request, case, code, error.message, HTTPStatus.CONFLICT)
    if by_script(request):
        return _line(request, case, code)
    messages.success(request, _("“%(name)s” was added.") % {"name": added.name})
    return redirect(reverse("case-papers", args=[case.reference]) + f"#paper-{code}")


def by_script(request: HttpRequest) -> bool:
    """Whether upload.js asks, which wants one line of the checklist instead of the page."""
    return request.headers.get("X-Requested-With") == "upload"


def _answer(
    request: HttpRequest, case: Case, code: str, sentence: str, status: int = HTTPStatus.UNPROCESSABLE_ENTITY
) -> HttpResponse:
    if by_script(request):
        return _line(request, case, code, sentence, status)
    return _page(request, case, {code: sentence}, status)


def _line(request: HttpRequest, case: Case, code: str, sentence: str = "", status: int = 200) -> HttpResponse:
    """One paper of the checklist as a fragment."""
    line = next((line for line in checklist(case) if line.code == code), None)
    if line is None:
        return HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")
    shown = _shown(request, case)
    offer = _offers(case, [line]).get(code) if shown["may_edit"] else None
    shown |= {"line": line, "sentence": sentence, "offer": offer}
    return render(request, "cases/papers/line.html", shown, status=status)


def _page(request: HttpRequest, case: Case, sentences: dict[str, str] | None = None, status: int = 200) -> HttpResponse:
    lines = checklist(case)
    sentences = sentences or {}
    known = {line.code for line in lines}
    errors = [
        {"id": f"file-{code}" if code in known else "", "label": "", "message": sentence}
        for code, sentence in sentences.items()
    ]
    needed = [line for line in lines if line.required]
    position = len(kind_of(case.kind).sections) + 1
    shown = _shown(request, case)
    found = _offers(case, lines) if shown["may_edit"] else {}
    shown |= page_errors(errors) | {
        "groups": _groups(lines, sentences, found),
        "fitting": sum(offer.needed for offer in found.values()),
        "attached": sum(line.paper is not None for line in needed),
        "needed": len(needed),
        "number": position,
        "count": position,
        "title": PAPERS_TITLE,
        "lead": PAPERS_LEAD,
    }  # fmt: skip
    return render(request, "cases/papers.html", shown, status=status)


def _shown(request: HttpRequest, case: Case) -> dict[str, object]:
    notice = unanswered_now(case)
    asked = {pin["path"].removeprefix("papers."): pin["text"] for pin in notice.pins} if notice else {}
    return {
        "case": case,
        "may_edit": can_edit(here(request).user, case),
        "accept": ACCEPT,
        "megabytes": MAX_MEGABYTES,
        "max_bytes": str(settings.UPLOAD_MAX_BYTES),
        "answering": notice is not None,
        "asked": asked,
    }


def unanswered_now(case: Case) -> Notice | None:
    """The request the company is answering, if it is."""
    return unanswered(case) if case.status == Status.AWAITING_INVESTOR else None


def _offers(case: Case, lines: list[Line]) -> dict[str, Offer]:
    """What the library has for these papers, by code."""
    return {offer.code: offer for offer in offers(case, lines)}


def _groups(lines: list[Line], sentences: dict[str, str], found: dict[str, Offer]) -> list[dict[str, object]]:
    """The papers this dossier needs first, then those it may have: each with what went wrong and what could help."""
    needed: list[tuple[Line, str, Offer | None]] = []
    others: list[tuple[Line, str, Offer | None]] = []
    for line in lines:
        group = needed if line.required or line.paper or line.printed else others
        group.append((line, sentences.get(line.code, ""), found.get(line.code)))
    groups: list[dict[str, object]] = [
        {"key": "needed", "title": _("Papers this dossier needs"), "lines": needed},
        {"key": "others", "title": _("Papers you may add"), "lines": others},
    ]
    return [group for group in groups if group["lines"]]
