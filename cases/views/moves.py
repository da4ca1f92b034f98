"""The investor's moves: checking the answers and submitting, and every verb that needs no page of its own."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import INVESTOR, open_to
from cases import transitions
from cases.calendar import local_date
from cases.checklist import checklist
from cases.drafting import can_edit
from cases.engine import VERBS, Transition
from cases.errors import CaseError, Incomplete, Invalid, Stale, WrongState
from cases.findings import Finding, blocking
from cases.forms import VERB_FORMS, VerbForm
from cases.kinds import kind_of
from cases.models import Case
from cases.places import finding_url
from cases.precheck import precheck
from cases.states import EDITABLE
from cases.tasklist import PAPERS_TITLE
from cases.views.door import (
    here,
    new_key,
    own_case,
    page_errors,
    posted_key,
    posted_version,
    refused,
    signers_of,
    summary_of,
    told,
)

VERB_METHODS = ["GET", "HEAD", "POST"]


@open_to(INVESTOR)
@require_http_methods(VERB_METHODS)
def submit(request: HttpRequest, reference: str) -> HttpResponse:
    """Check all answers, declare, submit. The same page sent again, or sent fifty times, is one submission."""
    case = own_case(request, reference, "attachments")
    if request.method != "POST":
        return _check_answers(request, case) if case.status in EDITABLE else redirect(case)
    form = VERB_FORMS["submit"](request.POST, case=case)
    if not form.is_valid() and case.status in EDITABLE:
        return _check_answers(request, case, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        transitions.submit(
            case,
            by=here(request).user,
            version=posted_version(request),
            key=posted_key(request),
            declared=form.is_valid(),
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


def move(verb: Transition) -> Callable[..., HttpResponse]:
    """The page of an investor's verb that needs no page of its own: its form, and one button that says its name."""

    @open_to(INVESTOR)
    @require_http_methods(VERB_METHODS)
    def page(request: HttpRequest, reference: str) -> HttpResponse:
        case = own_case(request, reference)
        user = here(request).user
        form = VERB_FORMS[verb.name](request.POST or None, case=case)
        if request.method != "POST":
            return (
                _move_page(request, case, verb, form) if verb.possible(user, case) else _impossible(request, case, verb)
            )
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
        "may_edit": may_submit or can_edit(user, case),
        "may_submit": may_submit,
        "signers": [] if may_submit else signers_of(case, user),
        "key": posted_key(request) or new_key(),
        "version": str(case.version),
    } | (page_errors(summary_of(findings)) if findings else {})  # fmt: skip
    return render(request, "cases/submit.html", shown, status=status)


def _already(request: HttpRequest, case: Case, error: WrongState) -> HttpResponse:
    """Somebody has submitted it already: the receipt, with a sentence; any other state is a refusal."""
    fresh = Case.objects.get(pk=case.pk)
    if fresh.submitted_at is None:
        return refused(request, fresh, error)
    messages.info(request, _("This application has been submitted already; here is its receipt."))
    return redirect("case-receipt", case.reference)


def _move_page(request: HttpRequest, case: Case, verb: Transition, form: VerbForm, status: int = 200) -> HttpResponse:
    shown = {
        "case": case, "label": verb.label, "name": verb.name, "form": form, "key": posted_key(request) or new_key(),
        "version": str(case.version),
    }  # fmt: skip
    return render(request, "cases/move.html", shown, status=status)


def _take_over(form: VerbForm, error: Invalid) -> None:
    """The verb's own refusals beside the fields they are about."""
    for name, sentences in error.errors.items():
        for sentence in sentences:
            form.add_error(name if name in form.fields else None, sentence)
