"""Opening a draft: choosing the kind, reading what it takes, starting."""

from __future__ import annotations

from contextlib import suppress
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
from cases.kinds import KINDS, Kind
from cases.procedures import PaperRule, ProcedureVersion, version_in_force
from cases.tasklist import PAPERS_TITLE
from cases.views.door import company, here, new_key, posted_key
from cases.views.home import may_start


@dataclass(frozen=True)
class Needed:
    """What a kind takes: its procedures in force today, papers always needed, and those the answers may call for."""

    procedures: list[tuple[str, ProcedureVersion]]
    always: list[str]
    others: list[tuple[str, bool]]
    """Names, and whether such a paper is asked for only "if any"."""


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
        "needed": needed_for(found),
        "may_start": may_start(request, organisation),
        "key": new_key(),
        "only_kind": len(KINDS) == 1,
    }
    return render(request, "cases/start.html", shown)


def needed_for(kind: Kind) -> Needed:
    """What a kind asks for under the law of today (a query for each procedure, one for all papers)."""
    language = get_language() or "vi"
    in_force = []
    for code in kind.procedures:
        with suppress(ProcedureMissing):
            version = version_in_force(code, local_date())
            in_force.append((version.name(language), version))
    codes = {version.code for _name, version in in_force}
    always: dict[str, set[str]] = {}
    others: dict[str, bool] = {}
    rules = PaperRule.objects.filter(procedure__in=codes).exclude(need=PaperRule.Need.PRINTED)
    for rule in rules.order_by("position"):
        if rule.need == PaperRule.Need.ALWAYS:
            always.setdefault(rule.name(language), set()).add(rule.procedure)
        else:
            others.setdefault(rule.name(language), rule.need == PaperRule.Need.OPTIONAL)
    everywhere = [name for name, procedures in always.items() if procedures == codes]
    others |= {name: False for name in always if name not in everywhere}
    return Needed(in_force, everywhere, [(name, if_any) for name, if_any in others.items() if name not in everywhere])
