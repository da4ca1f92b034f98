"""One section, one page: showing it, saving it, and two people in it at once."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import INVESTOR, open_to
from accounts.models import User
from cases import merging
from cases.answering import points_of
from cases.calendar import local_date
from cases.checklist import checklist
from cases.drafting import can_edit, editing, open_paths
from cases.errors import CaseError
from cases.findings import Finding
from cases.kinds import Section, SectionForm, kind_of
from cases.models import Case
from cases.notices import unanswered
from cases.places import PAPERS, element_id, place_at, places_of, section_url
from cases.states import Status
from cases.tasklist import PAPERS_TITLE, after
from cases.views.door import here, own_case, page_errors, posted_version, refused

CHECK = "check"
"""The value of ?from= for somebody who came from checking all answers and goes back there."""


@open_to(INVESTOR)
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Show one section; POST saves it and goes on, or comes back to the task list."""
    case = own_case(request, reference)
    topic = topic_of(case, key)
    user = here(request).user
    if not can_edit(user, case):
        return _closed(request, case, user)
    if request.method == "POST":
        return _save(request, case, topic)
    paths = open_paths(case)
    form = topic.form(dossier=case.dossier, open_paths=paths)
    return _page(request, case, topic, form, check="check" in request.GET)


@open_to(INVESTOR)
@require_safe
def change(request: HttpRequest, reference: str) -> HttpResponse:
    """A Change link: to the field or paper it is about, and after saving a field back to the same line."""
    case = own_case(request, reference)
    path = request.GET.get("at", "")
    if path.startswith(f"{PAPERS}."):
        return redirect(section_url(case, PAPERS, path))
    place = place_at(places_of(case.dossier.sheet()), path)
    if place is None:
        return redirect(case)
    address, _hash, anchor = section_url(case, place.section, path).partition("#")
    query = QueryDict(mutable=True)
    query.update({"from": CHECK, "at": path})
    return redirect(f"{address}?{query.urlencode()}#{anchor}")


def topic_of(case: Case, key: str) -> Section:
    topic = kind_of(case.kind).section(key)
    if topic is None:
        raise Http404
    return topic


def _closed(request: HttpRequest, case: Case, user: User) -> HttpResponse:
    """The section cannot be changed: the case page says how things stand."""
    if open_paths(case) != frozenset():
        messages.info(request, _("You can read this application, but not change it."))
    elif not user.is_staff:
        messages.info(request, _("The dossier cannot be changed while the office has it."))
    return redirect(case)


def _save(request: HttpRequest, case: Case, topic: Section) -> HttpResponse:
    chosen = frozenset(
        name.removeprefix("choose.")
        for name, value in request.POST.items()
        if name.startswith("choose.") and value == "theirs"
    )
    try:
        with editing(case, by=here(request).user) as locked:
            saved = merging.write(
                topic, locked, request.POST,
                seen=seen_by(request, locked), open_paths=open_paths(locked), theirs_chosen=chosen,
            )  # fmt: skip
    except merging.Unreadable as error:
        return _page(request, case, topic, error.form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except merging.Conflict as error:
        return _conflict(request, case, topic, error)
    except CaseError as error:
        return refused(request, case, error)
    if saved.kept_theirs:
        messages.info(request, _("Somebody else changed other answers of this section meanwhile: both were kept."))
    return _go_on(request, case, topic)


def _go_on(request: HttpRequest, case: Case, topic: Section) -> HttpResponse:
    """Where saving leads: home, back to the line one came from, the next point, or the next section."""
    if request.POST.get("action") == "later":
        messages.success(request, _("“%(section)s” is saved.") % {"section": topic.title})
        return redirect(case)
    if case.status == Status.AWAITING_INVESTOR:
        return redirect(_next_point(case, topic))
    origin, path = request.POST.get("from", ""), request.POST.get("at", "")
    if any(finding.blocks and finding.section == topic.key for finding in case.dossier.findings(local_date())):
        messages.success(request, _("“%(section)s” is saved, but not complete yet.") % {"section": topic.title})
        query = QueryDict(mutable=True)
        query.update({"check": "1"} | ({"from": origin, "at": path} if origin else {}))
        return redirect(f"{section_url(case, topic.key)}?{query.urlencode()}")
    if origin == CHECK:
        return redirect(f"{reverse('case-submit', args=[case.reference])}#row-{path}")
    return redirect(after(case, topic.key))


def _next_point(case: Case, topic: Section) -> str:
    """The next section with an unanswered point, else the answer page."""
    notice = unanswered(case)
    answer = reverse("case-supplement", args=[case.reference])
    if notice is None:
        return answer
    points = points_of(case, notice, places_of(case.dossier.sheet()), checklist(case))
    waiting = [point for point in points if not point.answered and point.url and point.section != topic.key]
    return waiting[0].url if waiting else answer


def seen_by(request: HttpRequest, locked: Case) -> merging.Seen | None:
    """What the page was made from; None if nothing at all has changed since."""
    resolving = "resolve" in request.POST
    if posted_version(request) == locked.version and not resolving:
        return None
    seen = merging.unpack(request.POST.get("seen", ""))
    undecided = [path for path in request.POST.getlist("asked") if f"choose.{path}" not in request.POST]
    return {path: digest for path, digest in seen.items() if path not in undecided}


def _page(
    request: HttpRequest, case: Case, topic: Section, form: SectionForm, *, check: bool = False, status: int = 200
) -> HttpResponse:
    errors = [{"id": element, "label": "", "message": sentence} for element, sentence in form.error_list]
    if check:
        gaps = [f for f in case.dossier.findings(local_date()) if f.blocks and f.section == topic.key]
        errors += [{"id": element_id(gap.path), "label": "", "message": str(gap.message)} for gap in gaps]
        say_beside_fields(form, gaps)
    notice = unanswered(case) if case.status == Status.AWAITING_INVESTOR else None
    keys = [known.key for known in kind_of(case.kind).sections]
    shown: dict[str, Any] = page_errors(errors) | {
        "case": case,
        "section": topic,
        "form": form,
        "number": keys.index(topic.key) + 1,
        "count": len(keys) + 1,
        "papers_title": PAPERS_TITLE,
        "seen": request.POST.get("seen") or merging.pack(merging.look(case.dossier, topic)),
        "version": str(posted_version(request) or case.version),
        "origin": request.POST.get("from", request.GET.get("from", "")),
        "at": request.POST.get("at", request.GET.get("at", "")),
        "pins": _pins(case, topic, notice.pins) if notice else [],
        "answering": notice is not None,
    }
    return render(request, topic.template, shown, status=status)


def _pins(case: Case, topic: Section, pins: list[dict[str, str]]) -> list[dict[str, Any]]:
    """What the office asked about fields of this section."""
    places = places_of(case.dossier.sheet())
    found = ((pin, place_at(places, pin["path"])) for pin in pins)
    return [
        {"text": pin["text"], "label": place.label, "id": element_id(pin["path"])}
        for pin, place in found
        if place and place.section == topic.key
    ]


def say_beside_fields(form: SectionForm, gaps: list[Finding]) -> None:
    """Put the pre-check's words beside the fields of a plain form; a form with lists may do it by `show_findings`."""
    tell = getattr(form, "show_findings", None)
    if tell is not None:
        tell(gaps)
        return
    fields, errors = getattr(form, "fields", {}), getattr(form, "errors", None)
    for gap in gaps:
        if errors is not None and gap.path in fields:
            errors.setdefault(gap.path, form.error_class()).append(str(gap.message))  # type: ignore[attr-defined]


def _conflict(request: HttpRequest, case: Case, topic: Section, conflict: merging.Conflict) -> HttpResponse:
    """Both versions of each answer, to choose from; everything typed is carried along."""
    carried = [
        (name, value)
        for name in request.POST
        if name not in merging.OWN_FIELDS and not name.startswith("choose.")
        for value in request.POST.getlist(name)
    ]
    shown = {
        "case": case, "section": topic, "differences": conflict.differences, "carried": carried,
        "seen": merging.pack(conflict.seen), "version": str(Case.objects.get(pk=case.pk).version),
        "origin": request.POST.get("from", ""), "at": request.POST.get("at", ""),
        "action": request.POST.get("action", ""),
    }  # fmt: skip
    return render(request, "cases/conflict.html", shown, status=HTTPStatus.CONFLICT)
