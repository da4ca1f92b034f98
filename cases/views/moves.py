"""The investor's moves: checking the answers and submitting, answering a request, and every other verb."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import INVESTOR, open_to
from accounts.models import Membership, User
from cases import transitions
from cases.answering import points_of, unanswered_points
from cases.calendar import local_date
from cases.checklist import checklist, paper_places
from cases.drafting import can_edit
from cases.engine import VERBS, Transition
from cases.errors import CaseError, Incomplete, Invalid, Stale, WrongState
from cases.findings import Finding, blocking
from cases.forms import VERB_FORMS, VerbForm
from cases.kinds import kind_of
from cases.models import Case, Notice
from cases.notices import unanswered
from cases.places import finding_url, places_of
from cases.precheck import precheck
from cases.states import EDITABLE, Status
from cases.tasklist import PAPERS_TITLE
from cases.views.case import slip_url
from cases.views.door import here, new_key, own_case, page_errors, posted_key, posted_version, refused, told

VERB_METHODS = ["GET", "HEAD", "POST"]


@open_to(INVESTOR)
@require_http_methods(VERB_METHODS)
def submit(request: HttpRequest, reference: str) -> HttpResponse:
    """Check all answers, declare, submit. The same page sent again, or sent fifty times, is one submission."""
    case = own_case(request, reference)
    if request.method != "POST":
        return _check_answers(request, case) if case.status in EDITABLE else redirect(case)
    form = VERB_FORMS["submit"](request.POST, case=case)
    if not form.is_valid() and case.status in EDITABLE:
        return _check_answers(request, case, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        transitions.submit(
            case, by=here(request).user, version=posted_version(request), key=posted_key(request), declared=form.is_valid()
        )
    except Incomplete as error:
        return _check_answers(request, case, form, HTTPStatus.UNPROCESSABLE_ENTITY, error.findings)
    except Stale as error:
        told(request, error)
        return redirect("case-submit", case.reference)
    except WrongState as error:
        return _already(request, case, error)
    except CaseError as error:
        return refused(request, case, error)
    return redirect("case-receipt", case.reference)


@open_to(INVESTOR)
@require_http_methods(VERB_METHODS)
def supplement(request: HttpRequest, reference: str) -> HttpResponse:
    """Answer the office: its points with before and after, the papers, words, Send."""
    case = own_case(request, reference)
    notice = unanswered(case) if case.status == Status.AWAITING_INVESTOR else None
    if notice is None and request.method != "POST":
        return redirect(case)
    form = VERB_FORMS["supplement"](request.POST or None, case=case)
    if request.method != "POST":
        return _answer_page(request, case, notice, form)
    if form.is_valid() and notice is not None:
        waiting = unanswered_points(_points(case, notice), form.details().get("answer", ""))
        if waiting:
            errors = [{"id": f"point-{point.path}", "label": "", "message": _(
                "Nothing has changed yet at “%(point)s”: change it, or explain below why not."
            ) % {"point": point.label}} for point in waiting]  # fmt: skip
            return _answer_page(request, case, notice, form, errors)
    try:
        details = form.details() if form.is_valid() else {}
        transitions.supplement(
            case, by=here(request).user, version=posted_version(request), key=posted_key(request), **details
        )
    except Incomplete as error:
        return _answer_page(request, case, notice, form, _lines(error.findings), error.findings)
    except Invalid as error:
        return _answer_page(request, case, notice, form, _sentences(error))
    except Stale as error:
        return _answer_page(request, case, notice, form, [{"id": "", "label": "", "message": error.message}])
    except CaseError as error:
        return refused(request, case, error)
    messages.success(request, _("Your answer is with the office. The clock goes on."))
    return redirect(case)


def move(verb: Transition) -> Callable[..., HttpResponse]:
    """The page of an investor's verb that needs no page of its own: its form, and one button that says its name."""

    @open_to(INVESTOR)
    @require_http_methods(VERB_METHODS)
    def page(request: HttpRequest, reference: str) -> HttpResponse:
        case = own_case(request, reference)
        user = here(request).user
        form = VERB_FORMS[verb.name](request.POST or None, case=case)
        if request.method != "POST":
            return _move_page(request, case, verb, form) if verb.possible(user, case) else _impossible(request, case, verb)
        if not form.is_valid():
            return _move_page(request, case, verb, form, HTTPStatus.UNPROCESSABLE_ENTITY)
        try:
            verb(case, by=user, version=posted_version(request), key=posted_key(request), **form.details())
        except Invalid as error:
            _take_over(form, error)
            return _move_page(request, case, verb, form, HTTPStatus.UNPROCESSABLE_ENTITY)
        except CaseError as error:
            return refused(request, case, error)
        messages.success(request, _("Done: %(move)s. The case now stands at “%(state)s”.") % {
            "move": verb.label, "state": case.public_status.label})  # fmt: skip
        return redirect(case)

    page.__name__, page.__doc__ = verb.name, f"The page of the verb {verb.name}."
    return page


def moves() -> list[Transition]:
    """The investor's verbs, each of which has an address."""
    return [verb for verb in VERBS.values() if verb.side == "investor"]


def _impossible(request: HttpRequest, case: Case, verb: Transition) -> HttpResponse:
    """Why the move cannot be made, in the words of the procedure."""
    user = here(request).user
    if case.status in verb.sources:
        messages.warning(request, verb.rule.why_not(user, case))
    else:
        messages.warning(request, _("“%(move)s” is not possible while the case stands at “%(state)s”.") % {
            "move": verb.label, "state": case.public_status.label})  # fmt: skip
    return redirect(case)


def _check_answers(
    request: HttpRequest,
    case: Case,
    form: VerbForm | None = None,
    status: int = 200,
    findings: list[Finding] | None = None,
) -> HttpResponse:
    """Every answer with its Change link, then the declaration; without Submit for whoever may not."""
    user = here(request).user
    found = precheck(case, local_date())
    gaps = findings if findings is not None else blocking(found)
    may_submit = transitions.VERBS["submit"].possible(user, case)
    shown = {
        "case": case,
        "kind": kind_of(case.kind),
        "parts": case.dossier.sheet(),
        "lines": [line for line in checklist(case) if line.paper or line.required],
        "papers_title": PAPERS_TITLE,
        "gaps": [(gap, finding_url(case, gap)) for gap in gaps],
        "warnings": [(w, finding_url(case, w)) for w in found if w.outcome == "warning"],
        "form": form or VERB_FORMS["submit"](case=case),
        "may_edit": can_edit(user, case),
        "may_submit": may_submit,
        "signers": [] if may_submit else _signers(case, user),
        "key": posted_key(request) or new_key(),
        "version": str(case.version),
    } | (page_errors(_lines(findings)) if findings else {})  # fmt: skip
    return render(request, "cases/submit.html", shown, status=status)


def _signers(case: Case, user: User) -> list[User]:
    """Who can submit instead of this person, today."""
    rows = Membership.objects.in_force(local_date()).filter(organisation=case.organisation_id, role="signer")
    return [row.user for row in rows.exclude(user=user).select_related("user").order_by("user__full_name")[:5]]


def _already(request: HttpRequest, case: Case, error: WrongState) -> HttpResponse:
    """Somebody has submitted it already: the receipt, with a sentence; any other state is a refusal."""
    fresh = Case.objects.get(pk=case.pk)
    if fresh.submitted_at is None:
        return refused(request, fresh, error)
    messages.info(request, _("This application has been submitted already; here is its receipt."))
    return redirect("case-receipt", case.reference)


def _points(case: Case, notice: Notice) -> list[Any]:
    lines = checklist(case)
    places = places_of(case.dossier.sheet()) | paper_places(lines, str(PAPERS_TITLE))
    return points_of(case, notice, places, lines)


def _answer_page(
    request: HttpRequest,
    case: Case,
    notice: Notice | None,
    form: VerbForm,
    errors: list[dict[str, Any]] | None = None,
    gaps: list[Finding] | None = None,
) -> HttpResponse:
    if notice is None:
        return redirect(case)
    user = here(request).user
    shown = page_errors(errors or []) | {
        "case": case,
        "notice": notice,
        "slip": slip_url(case, notice),
        "points": _points(case, notice),
        "gaps": [(gap, finding_url(case, gap)) for gap in gaps or []],
        "form": form,
        "may_edit": can_edit(user, case),
        "may_send": VERBS["supplement"].possible(user, case),
        "signers": _signers(case, user),
        "explanation": notice.kind == Notice.Kind.EXPLANATION,
        "key": posted_key(request) or new_key(),
        "version": str(case.version),
    }
    return render(
        request, "cases/supplement.html", shown, status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK
    )


def _move_page(request: HttpRequest, case: Case, verb: Transition, form: VerbForm, status: int = 200) -> HttpResponse:
    shown = {
        "case": case, "verb": verb, "form": form, "key": posted_key(request) or new_key(), "version": str(case.version),
    }  # fmt: skip
    return render(request, "cases/move.html", shown, status=status)


def _take_over(form: VerbForm, error: Invalid) -> None:
    """The verb's own refusals beside the fields they are about."""
    for name, sentences in error.errors.items():
        for sentence in sentences:
            form.add_error(name if name in form.fields else None, sentence)


def _sentences(error: Invalid) -> list[dict[str, Any]]:
    return [
        {"id": f"id_{name}", "label": "", "message": sentence}
        for name, sentences in error.errors.items()
        for sentence in sentences
    ]


def _lines(findings: list[Finding]) -> list[dict[str, Any]]:
    """Findings as lines of the error summary, which leads to the same list with links to the fields."""
    return [{"id": "gaps", "label": "", "message": str(finding.message)} for finding in findings]
