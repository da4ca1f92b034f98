"""The formal papers of a case: what each states, frozen at the moment it goes out.

A notice is bilingual by nature, so its content keeps Vietnamese and English side by side; pins and reasons stay as the
official wrote them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from cases.calendar import load_calendar, local_date
from cases.clock import closing_time, effective_day
from cases.models import Case, Notice
from cases.precheck import live_papers, paper_rules
from cases.timekeeping import procedure_of

Rules = Sequence[dict[str, Any]]
"""Rules as `cases.explaining` freezes them."""

FORMS = {  # Circular 03/2025/TT-VPCP, appendix I; Circular 55/2026/TT-BTC [S2]
    Notice.Kind.RECEIPT: "I.2.24",
    Notice.Kind.APPOINTMENT: "01",
    Notice.Kind.RETURN: "02",
    Notice.Kind.SUPPLEMENT: "02",
    Notice.Kind.EXPLANATION: "02",
    Notice.Kind.STOP: "05",
    Notice.Kind.REFUSAL: "I.2.22",
}


def receipt(case: Case, at: datetime) -> Notice:
    """The receipt for a submission: what was handed in, and by when completeness is checked."""
    calendar, procedure = load_calendar(), procedure_of(case)
    received = effective_day(at, calendar, procedure.cutoff_hour)
    checked_by = calendar.add_working_days(received, procedure.completeness_days)
    content = {"papers": _papers(case), "received_on": received, "checked_by": checked_by}
    return _notice(case, Notice.Kind.RECEIPT, at, content)


def appointment(case: Case, at: datetime, due: date) -> Notice:
    """The receipt of a complete dossier with the day of the result."""
    procedure = procedure_of(case)
    content = {
        "papers": _papers(case),
        "due_at": closing_time(due, procedure.cutoff_hour),
        "working_days": procedure.working_days,
    }
    return _notice(case, Notice.Kind.APPOINTMENT, at, content)


def request(
    case: Case,
    kind: Notice.Kind,
    at: datetime,
    reasons: str,
    pins: list[dict[str, str]],
    deadline_on: date | None,
    rules: Rules = (),
) -> Notice:
    """A request to the investor; without a day of its own it gets the procedure's usual time, in calendar days."""
    procedure = procedure_of(case)
    day = deadline_on or load_calendar().next_working(local_date(at) + timedelta(days=procedure.answer_days))
    deadline = closing_time(day, procedure.cutoff_hour)
    notice = _notice(case, kind, at, {"reasons": reasons, "pins": pins, "deadline_at": deadline, "rules": list(rules)})
    notice.deadline_at = deadline
    return notice


def refusal(case: Case, at: datetime, reasons: str, clauses: str, rules: Rules = ()) -> Notice:
    """The written refusal with its reasons, legal basis, and the rules it rests on."""
    content = {"reasons": reasons, "clauses": clauses, "rules": list(rules)}
    return _notice(case, Notice.Kind.REFUSAL, at, content)


def stop(case: Case, at: datetime, reasons: str, clauses: str) -> Notice:
    """The notice that processing stops."""
    return _notice(case, Notice.Kind.STOP, at, {"reasons": reasons, "clauses": clauses})


def unanswered(case: Case) -> Notice | None:
    """The request the investor still has to answer, if there is one."""
    asking = (Notice.Kind.RETURN, Notice.Kind.SUPPLEMENT, Notice.Kind.EXPLANATION)
    return case.notices.filter(kind__in=asking, answered_by__isnull=True).last()


def _notice(case: Case, kind: Notice.Kind, at: datetime, content: dict[str, Any]) -> Notice:
    procedure = procedure_of(case)
    frame = {
        "form": FORMS[kind],
        "at": timezone.localtime(at),
        "reference": case.reference,
        "dossier_code": case.dossier_code,
        "organisation": case.organisation.name,
        "project": case.title,
        "procedure_vi": procedure.name_vi,
        "procedure_en": procedure.name_en,
        "legal_basis": procedure.provisions("vi"),
        "authority_vi": case.authority.name_vi if case.authority else "",
        "authority_en": case.authority.name_en if case.authority else "",
    }
    return Notice(case=case, kind=kind, content=frame | content, created_at=at)


def _papers(case: Case) -> list[dict[str, Any]]:
    """The papers handed in, in the order of the law's list."""
    rules = {rule.code: rule for rule in paper_rules(case)}
    return [
        {
            "code": paper.paper,
            "name_vi": rules[paper.paper].name_vi if paper.paper in rules else paper.name,
            "name_en": rules[paper.paper].name_en if paper.paper in rules else paper.name,
            "file": paper.name,
            "sha256": paper.sha256,
        }
        for paper in live_papers(case)
    ]
