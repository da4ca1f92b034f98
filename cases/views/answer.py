"""Answering the office: its points with before and after, the papers, words, Send."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import INVESTOR, open_to
from cases import transitions
from cases.answering import points_asked
from cases.drafting import can_edit
from cases.engine import VERBS
from cases.errors import CaseError, Incomplete, Invalid, Stale
from cases.findings import Finding
from cases.forms import VERB_FORMS, VerbForm
from cases.models import Case, Notice
from cases.notices import unanswered
from cases.places import finding_url
from cases.states import Status
from cases.views.case import slip_url
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
)


@open_to(INVESTOR)
@require_http_methods(["GET", "HEAD", "POST"])
def supplement(request: HttpRequest, reference: str) -> HttpResponse:
    """Answer the office: its points with before and after, the papers, words, Send."""
    case = own_case(request, reference, "attachments")
    notice = unanswered(case) if case.status == Status.AWAITING_INVESTOR else None
    if notice is None and request.method != "POST":
        return redirect(case)
    form = VERB_FORMS["supplement"](request.POST or None, case=case)
    if request.method != "POST":
        return _answer_page(request, case, notice, form)
    try:
        details = form.details() if form.is_valid() else {}
        transitions.supplement(
            case, by=here(request).user, version=posted_version(request), key=posted_key(request), **details
        )
    except Incomplete as error:
        return _answer_page(request, case, notice, form, summary_of(error.findings), error.findings)
    except Invalid as error:
        return _answer_page(request, case, notice, form, _sentences(error, form))
    except Stale as error:
        return _answer_page(request, case, notice, form, [{"id": "", "label": "", "message": error.message}])
    except CaseError as error:
        return refused(request, case, error)
    messages.success(request, _("Your answer is with the office. The clock goes on."))
    return redirect(case)


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
        "points": points_asked(case, notice),
        "gaps": [(gap, finding_url(case, gap)) for gap in gaps or []],
        "form": form,
        "may_edit": can_edit(user, case),
        "may_send": VERBS["supplement"].possible(user, case),
        "signers": signers_of(case, user),
        "explanation": notice.kind == Notice.Kind.EXPLANATION,
        "key": posted_key(request) or new_key(),
        "version": str(case.version),
    }
    return render(
        request, "cases/supplement.html", shown, status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK
    )


def _sentences(error: Invalid, form: VerbForm) -> list[dict[str, Any]]:
    """The sentences for the summary, each with a link to its field or to the point the office asked about."""
    return [
        {"id": f"id_{name}" if name in form.fields else f"point-{name}", "label": "", "message": sentence}
        for name, sentences in error.errors.items()
        for sentence in sentences
    ]
