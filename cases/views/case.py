"""A case: its task list while it is written, its page once it is filed, the pre-check, and the receipt."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import INVESTOR, OFFICIAL, open_to
from accounts.models import User
from cases.calendar import load_calendar, local_date
from cases.checklist import checklist
from cases.clock_words import INVESTOR as INVESTOR_SIDE
from cases.clock_words import case_sentence
from cases.drafting import can_edit
from cases.engine import VERBS, Transition, actions_for
from cases.findings import Finding, Outcome
from cases.kinds import kind_of
from cases.models import Case, Notice
from cases.notices import unanswered
from cases.panels import Panel, panels_for
from cases.places import PAPERS, finding_url
from cases.precheck import precheck
from cases.states import EDITABLE, Status
from cases.tasklist import PAPERS_TITLE, completed, submit_task, tasks_of
from cases.timekeeping import clock_of
from cases.timeline import timeline
from cases.views.door import EVENTS, here, own_case

FIRST = 20
"""Boxes up to this order (the certificate) stand above the history of a case, the others below its papers."""
GROUPS: tuple[tuple[str, str | Promise, str | Promise, tuple[str, ...]], ...] = (
    ("must_fix", gettext_lazy("Must fix"), gettext_lazy("Submission waits for these."), (Outcome.MUST_FIX,)),
    ("warning", gettext_lazy("Please check"), gettext_lazy("You may submit, but the office will look at these."),
     (Outcome.WARNING,)),
    ("cannot_check", gettext_lazy("Cannot be checked by the system"),
     gettext_lazy("An official reads these; look at them once more yourself."), (Outcome.CANNOT_CHECK,)),
    ("passed", gettext_lazy("Passed"), gettext_lazy("Nothing to do here."), (Outcome.PASSED, Outcome.INFO)),
)  # fmt: skip


@open_to(INVESTOR, OFFICIAL)
@require_safe
def case(request: HttpRequest, reference: str) -> HttpResponse:
    """The task list of a draft or a returned dossier, else the case page; officials are led to their desk."""
    user = here(request).user
    if user.is_staff:
        return _to_desk(user, reference)
    found = own_case(request, reference, EVENTS, "attachments")
    return _task_list(request, found, user) if found.status in EDITABLE else _case_page(request, found, user)


@open_to(INVESTOR)
@require_safe
def check(request: HttpRequest, reference: str) -> HttpResponse:
    """The pre-check: the list the officer will tick, run by the investor first."""
    found = own_case(request, reference, "attachments")
    findings = precheck(found, local_date())
    groups: list[dict[str, Any]] = [
        {"key": key, "title": title, "lead": lead, "sections": _by_section(found, findings, outcomes)}
        for key, title, lead, outcomes in GROUPS
    ]
    for group in groups:
        group["count"] = sum(len(section["findings"]) for section in group["sections"])
        group["fold"] = group["key"] in ("passed", "cannot_check")
    shown = {
        "case": found,
        "kind": kind_of(found.kind),
        "groups": [group for group in groups if group["sections"]],
        "blocking": sum(finding.blocks for finding in findings),
        "editable": found.status in EDITABLE and can_edit(here(request).user, found),
    }
    return render(request, "cases/precheck.html", shown)


@open_to(INVESTOR)
@require_safe
def receipt(request: HttpRequest, reference: str) -> HttpResponse:
    """What was handed in, under which code, what comes next and by when; can be printed."""
    found = own_case(request, reference)
    notice = found.notices.filter(kind=Notice.Kind.RECEIPT).select_related("event__by").last()
    if notice is None:
        return redirect(found)
    shown = {
        "case": found, "notice": notice, "event": notice.event, "slip": slip_url(found, notice),
        "sentence": case_sentence(found, side=INVESTOR_SIDE) if found.status == Status.SUBMITTED else "",
    }  # fmt: skip
    return render(request, "cases/receipt.html", shown)


def slip_url(case: Case, notice: Notice) -> str:
    """The address of a notice's PDF; empty while nobody renders them."""
    try:
        return reverse("notice-pdf", args=[case.reference, notice.pk])
    except NoReverseMatch:
        return ""


def _to_desk(user: User, reference: str) -> HttpResponse:
    """An official's page of the same case."""
    found = Case.objects.visible_to(user).filter(reference=reference.upper()).first()
    if found is None:
        return redirect("admin:index")
    return redirect("admin:cases_case_change", found.pk)


def _task_list(request: HttpRequest, case: Case, user: User) -> HttpResponse:
    findings = precheck(case, local_date())
    tasks = tasks_of(case, findings)
    may_edit = can_edit(user, case)
    notice = unanswered(case) if case.status == Status.RETURNED else None
    shown = {
        "case": case,
        "kind": kind_of(case.kind),
        "tasks": tasks,
        "submit_task": submit_task(case, tasks),
        "completed": completed(tasks),
        "next": next((task for task in tasks if task.state == "incomplete"), None),
        "may_edit": may_edit,
        "parts": [] if may_edit else case.dossier.sheet(),
        "notice": notice,
        "slip": slip_url(case, notice) if notice else "",
        "history": timeline(case, user),
        "actions": _other_actions(user, case),
        "panels": _panels(request, case, user),
    }
    return render(request, "cases/task_list.html", shown)


def _case_page(request: HttpRequest, case: Case, user: User) -> HttpResponse:
    calendar, language = load_calendar(), get_language() or "vi"
    clock = clock_of(case, calendar=calendar)
    events = list(case.events.all())
    notices = [event.notice for event in events if hasattr(event, "notice")]
    asked = next((n for n in reversed(notices) if n.deadline_at and not n.answered_by_id), None)
    possible = {verb.name for verb in actions_for(user, case)}
    boxes = _panels(request, case, user)
    shown: dict[str, Any] = {
        "case": case,
        "kind": kind_of(case.kind),
        "clock": clock if clock.started_on else None,
        "sentence": case_sentence(case, side=INVESTOR_SIDE, calendar=calendar, clock=clock),
        "history": timeline(case, user, calendar=calendar),
        "notices": [(notice, slip_url(case, notice)) for notice in reversed(notices)],
        "asked": asked if case.status == Status.AWAITING_INVESTOR else None,
        "may_answer": can_edit(user, case),
        "may_send": "supplement" in possible,
        "last": events[-1] if events else None,
        "papers": [line for line in checklist(case) if line.paper],
        "parts": case.dossier.sheet(),
        "actions": [_link(case, verb) for verb in _moves(possible) if verb.name != "supplement"],
        "panels": [panel for panel in boxes if panel[0].order <= FIRST],
        "further_panels": [panel for panel in boxes if panel[0].order > FIRST],
        "authority": case.authority.name(language) if case.authority else "",
        "procedure": case.procedure.name(language) if case.procedure else "",
    }
    return render(request, "cases/case.html", shown)


def _panels(request: HttpRequest, case: Case, user: User) -> list[tuple[Panel, str]]:
    """The boxes of the other apps, filled."""
    return [(panel, render_to_string(panel.template, context, request)) for panel, context in panels_for(case, user)]


def _moves(names: set[str]) -> list[Transition]:
    return [verb for verb in VERBS.values() if verb.name in names]


def _other_actions(user: User, case: Case) -> list[dict[str, Any]]:
    """What else may be done with a draft besides submitting it."""
    return [_link(case, verb) for verb in actions_for(user, case) if verb.name != "submit"]


def _link(case: Case, verb: Transition) -> dict[str, Any]:
    return {
        "name": verb.name,
        "label": _("Withdraw the draft") if verb.name == "withdraw" and case.status == Status.DRAFT else verb.label,
        "url": reverse(f"case-{verb.name}", args=[case.reference]),
    }


def _by_section(case: Case, findings: list[Finding], outcomes: tuple[str, ...]) -> list[dict[str, Any]]:
    """The findings of a group under the sections they belong to, each with the address of its field."""
    titles = {section.key: section.title for section in kind_of(case.kind).sections} | {PAPERS: PAPERS_TITLE}
    chosen = [finding for finding in findings if finding.outcome in outcomes]
    keys = [*titles, *dict.fromkeys(finding.section for finding in chosen if finding.section not in titles)]
    sections = [
        {
            "title": titles.get(key, ""),
            "findings": [(finding, finding_url(case, finding)) for finding in chosen if finding.section == key],
        }
        for key in keys
    ]
    return [section for section in sections if section["findings"]]
