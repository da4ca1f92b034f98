"""Opening a draft: choosing the kind, reading what it takes, starting."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import INVESTOR, open_to
from cases.calendar import local_date
from cases.drafting import create
from cases.errors import NotAllowed, ProcedureMissing
from cases.kinds import KINDS
from cases.procedures import PaperRule, ProcedureVersion, version_in_force
from cases.tasklist import PAPERS_TITLE
from cases.views.door import company, here, new_key, posted_key
from cases.views.home import may_start


@dataclass(frozen=True)
class Needed:
    """What one procedure of a kind takes: the version in force and its papers by need."""

    version: ProcedureVersion
    name: str
    always: list[str]
    conditional: list[str]
    optional: list[str]


@open_to(INVESTOR)
@require_safe
def new(request: HttpRequest) -> HttpResponse:
    """Choose what to apply for; with one kind only there is nothing to choose."""
    if len(KINDS) == 1:
        return redirect("case-start", next(iter(KINDS)))
    return render(request, "cases/new.html", {"kinds": KINDS.values()})


@open_to(INVESTOR)
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, kind: str) -> HttpResponse:
    """Read what is needed before starting; POST opens the draft. The same key again leads to the same draft."""
    found = KINDS.get(kind)
    if found is None:
        raise Http404
    organisation = company(request)
    if request.method == "POST":
        try:
            case = create(kind, organisation=organisation, by=here(request).user, key=posted_key(request) or new_key())
        except NotAllowed as error:
            raise PermissionDenied(error.message) from error
        messages.success(request, _("Your draft is open. Fill in the sections in any order; everything is saved."))
        return redirect(case)
    shown = {
        "kind": found,
        "topics": [*(section.title for section in found.sections), PAPERS_TITLE],
        "needed": [needed for code in found.procedures if (needed := needed_for(code))],
        "may_start": may_start(request, organisation),
        "key": new_key(),
        "only_kind": len(KINDS) == 1,
    }
    return render(request, "cases/start.html", shown)


def needed_for(procedure: str) -> Needed | None:
    """What a procedure asks for under the law of today; None if no version of it is in force."""
    try:
        version = version_in_force(procedure, local_date())
    except ProcedureMissing:
        return None
    language = get_language() or "vi"
    by_need: dict[str, list[str]] = {need: [] for need in PaperRule.Need.values}
    for rule in PaperRule.objects.filter(procedure=procedure):
        by_need[rule.need].append(rule.name(language))
    return Needed(version, version.name(language), by_need["always"], by_need["conditional"], by_need["optional"])

