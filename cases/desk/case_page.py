"""The pages of a case: summary, form, papers, timeline, opinions, notes. Nothing here changes the case itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlencode
from uuid import uuid4

from django.db.models import prefetch_related_objects
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cases.calendar import local_date
from cases.checklist import Line, checklist, paper_places
from cases.desk.case_file import SECTIONS, CaseFile
from cases.desk.changes import Comparison, compare_submissions
from cases.errors import CaseError
from cases.findings import Finding, Outcome
from cases.models import Attachment, Opinion
from cases.notes import works_on_cases
from cases.panels import panels_for
from cases.places import Place, place_at, places_of
from cases.precheck import precheck
from cases.reviewing import can_review
from cases.sheet import Part, Row, Table
from cases.timekeeping import procedure_of
from cases.timeline import timeline

INLINE: Final = frozenset({"application/pdf", "image/jpeg", "image/png"})
"""Types a browser shows by itself."""

ASKING: Final = ("return_incomplete", "request_supplement", "request_explanation")
"""Verbs that carry pins."""

LATEST: Final = 6
"""Lines of the timeline and notes that the summary shows."""

FLAGS: Final = (Outcome.MUST_FIX, Outcome.WARNING, Outcome.CANNOT_CHECK)
TAGS: Final = {"change": "summary"}


def page_of_case(file: CaseFile, section: str, request: Any) -> tuple[str, dict[str, Any]]:
    """The template of a section and what it shows."""
    context: dict[str, Any] = frame_of(file, section) | {
        "section": section,
        "title": f"{file.case.reference} · {SECTIONS[section]}",
    }
    name = TAGS.get(section, section)
    return f"admin/cases/case/{name}.html", context | CONTEXTS[section](file, request)


def frame_of(file: CaseFile, section: str = "") -> dict[str, Any]:
    """What every page of a case shows around its content: the header, the tabs, the ways to the other pages."""
    pages = {"case": "change"} | {name: name for name in (*SECTIONS, "assign", "before", "after") if name != "change"}
    return {
        "file": file,
        "case": file.case,
        "tabs": file.tabs(section),
        "key": uuid4().hex,
        **{f"{name}_url": file.url(page) for name, page in pages.items()},
    }


# --- summary --------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Checks:
    """The pre-check as the officer reads it: what needs a look, then what passed."""

    flags: list[Finding]
    others: list[Finding]
    problem: str = ""

    def count(self, outcome: Outcome) -> int:
        """How many findings of one outcome."""
        return sum(finding.outcome == outcome for finding in [*self.flags, *self.others])

    @property
    def counts(self) -> list[tuple[str, str | Promise, int]]:
        """Outcome, its name and how often, those that occur."""
        return [(str(o.value), o.label, number) for o in Outcome if (number := self.count(o))]


def checks_of(file: CaseFile) -> Checks:
    """The pre-check under today's rules; a missing procedure is said in words instead of breaking the page."""
    prefetch_related_objects([file.case], "attachments")
    try:
        findings = precheck(file.case, file.today)
    except CaseError as problem:
        return Checks([], [], problem.message)
    flags = [finding for finding in findings if finding.outcome in FLAGS]
    return Checks(flags, [finding for finding in findings if finding.outcome not in FLAGS])


def comparison_of(file: CaseFile, places: dict[str, Place]) -> Comparison | None:
    """What the investor changed with the last submission."""
    if sum("dossier" in event.data for event in file.events) < 2:
        return None
    prefetch_related_objects([file.case], "attachments")
    return compare_submissions(file.events, places, file.case.dossier, file.case.attachments.all())


def _summary(file: CaseFile, request: Any) -> dict[str, Any]:
    parts = file.case.dossier.sheet()
    places = places_of(parts)
    return {
        "facts": _facts(file),
        "compared": [part for part in parts if part.compared and part.changed],
        "checks": checks_of(file),
        "comparison": comparison_of(file, places),
        "entries": timeline(file.case, file.user, calendar=file.calendar)[:LATEST],
        "notes": list(file.case.notes.select_related("by")[:LATEST]) if file.case.notes_written else [],  # type: ignore[attr-defined]
        "may_note": works_on_cases.allows(file.user, file.case),
        "opinions": [asked(opinion, file) for opinion in _opinions_of(file)],
        "panels": _panels(file, request),
        "may_take": file.may("assign") and file.case.officer_id != file.user.pk,
    }


def _appraisal(file: CaseFile) -> list[tuple[str, str]]:
    """The day by which the appraisal is due, where the law names one and the calendar reaches so far."""
    case, days = file.case, file.case.procedure.appraisal_days if file.case.procedure else None
    if not days or case.accepted_at is None or case.has_ended:
        return []
    try:
        due = file.calendar.add_working_days(local_date(case.accepted_at), days)
    except CaseError:
        return []
    words = {"day": date_format(due, "DATE_FORMAT"), "days": days}
    return [(_("Appraisal"), _("by %(day)s (%(days)s working days)") % words)]


def _facts(file: CaseFile) -> list[tuple[str, str]]:
    """What was asked, in a dozen lines."""
    case, language = file.case, get_language() or "vi"
    try:
        procedure = procedure_of(case)
        name, days = f"{procedure.name(language)} ({procedure.law})", str(procedure.working_days)
    except CaseError as problem:
        name, days = problem.message, "–"
    facts: list[tuple[str | Promise, Any]] = [
        (_("Company"), case.organisation.name),
        (_("Tax code"), case.organisation.tax_code or case.organisation.registration_number or "–"),
        (_("Country"), case.organisation.country.name),
        (_("Procedure"), name),
        (_("Legal working days"), days),
        *_appraisal(file),
        (_("Authority"), case.authority.name(language) if case.authority else "–"),
        (_("Prepared by"), case.created_by),
    ]
    return [(str(label), str(value)) for label, value in facts]


def _panels(file: CaseFile, request: Any) -> list[tuple[str | Promise, SafeString]]:
    """The boxes of other rooms, rendered."""
    return [
        (panel.title, render_to_string(panel.template, context | {"case": file.case}, request))
        for panel, context in panels_for(file.case, file.user)
    ]


# --- form -----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class FormRow:
    """An answer of the dossier; `before` is what it said in the submission before, where it changed."""

    path: str
    label: str | Promise
    value: str
    changed: bool
    before: str


@dataclass(frozen=True)
class FormPart:
    """A section of the dossier as the officer reads it."""

    key: str
    title: str | Promise
    rows: list[FormRow]
    tables: list[tuple[Table, bool]]

    @property
    def changed(self) -> int:
        """How many answers changed."""
        return sum(row.changed for row in self.rows) + sum(changed for _table, changed in self.tables)


def _form(file: CaseFile, _request: Any) -> dict[str, Any]:
    parts = file.case.dossier.sheet()
    comparison = comparison_of(file, places_of(parts))
    return {
        "parts": [_form_part(part, comparison) for part in parts],
        "comparison": comparison,
        "asking": [action for action in file.actions if action.name in ASKING],
    }


def _form_part(part: Part, comparison: Comparison | None) -> FormPart | Part:
    changed = comparison.paths if comparison else frozenset()
    if part.compared:
        return replace(part, rows=tuple(_with_earlier(row, comparison) for row in part.rows))
    rows = [
        FormRow(row.path, row.label, row.value, row.path in changed, comparison.before(row.path) if comparison else "")
        for row in part.rows
    ]
    return FormPart(part.key, part.title, rows, [(table, table.path in changed) for table in part.tables])


def _with_earlier(row: Row, comparison: Comparison | None) -> Row:
    """The answer with what the submission before said, where that was something else."""
    return replace(row, earlier=comparison.before(row.path)) if comparison and row.path in comparison.paths else row


# --- papers ---------------------------------------------------------------------------------------------------------
def papers_of(file: CaseFile) -> list[Line]:
    """The papers of the procedure with their files."""
    prefetch_related_objects([file.case], "attachments__uploaded_by", "attachments__reviewed_by")
    return checklist(file.case)


def pin_places(file: CaseFile) -> dict[str, Place]:
    """Everything a request can point at: each answer, each list, each paper."""
    return places_of(file.case.dossier.sheet()) | paper_places(papers_of(file), _("Papers"))


def labelled(pins: list[dict[str, str]], places: Mapping[str, Place]) -> list[dict[str, str]]:
    """Pins with the words of the place they point at."""
    found = [(pin, place_at(dict(places), pin["path"])) for pin in pins]
    return [pin | {"label": str(place.label) if place else pin["path"]} for pin, place in found]


def _papers(file: CaseFile, request: Any) -> dict[str, Any]:
    lines = papers_of(file)
    chosen = _chosen(lines, request.GET.get("paper", ""))
    return {
        "lines": lines,
        "chosen": chosen,
        "chosen_line": next((line for line in lines if chosen and line.code == chosen.paper), None),
        "viewer_url": paper_url(file, chosen) if chosen and chosen.content_type in INLINE else "",
        "download_url": paper_url(file, chosen) if chosen else "",
        "is_image": bool(chosen) and chosen is not None and chosen.content_type != "application/pdf",
        "may_review": can_review(file.user, file.case),
        "list_suffix": f"&{urlencode({'list': file.list_query})}" if file.list_query is not None else "",
    }


def _chosen(lines: list[Line], wanted: str) -> Attachment | None:
    """The file asked for, else the first nobody has looked at, else the first."""
    live = [line.paper for line in lines if line.paper]
    everything = [*live, *(paper for line in lines for paper in line.older)]
    asked = next((paper for paper in everything if str(paper.pk) == wanted), None)
    pending = next((paper for paper in live if paper.review == Attachment.Review.PENDING), None)
    return asked or pending or next(iter(live), None)


def paper_url(file: CaseFile, paper: Attachment) -> str:
    """Where the file is served, behind its permission check."""
    try:
        return reverse("paper", args=[file.case.reference, paper.pk])
    except NoReverseMatch:
        return ""


# --- timeline, opinions, notes --------------------------------------------------------------------------------------
def _timeline(file: CaseFile, _request: Any) -> dict[str, Any]:
    entries = timeline(file.case, file.user, calendar=file.calendar)
    pinned = [entry.notice for entry in entries if entry.notice and entry.notice.pins]
    places = pin_places(file) if pinned else {}
    return {"moves": [(entry, labelled(entry.notice.pins, places) if entry.notice else []) for entry in entries]}


@dataclass(frozen=True)
class Asked:
    """An opinion with what its state means today."""

    opinion: Opinion
    state: str
    label: str | Promise


def _opinions_of(file: CaseFile) -> list[Opinion]:
    """The opinions with their people; no query where none was asked."""
    if not any(event.verb == "ask_opinion" for event in file.events):
        return []
    return list(file.case.opinions.select_related("asked_by", "given_by"))


def _opinions(file: CaseFile, _request: Any) -> dict[str, Any]:
    return {"asked": [asked(opinion, file) for opinion in _opinions_of(file)]}


def asked(opinion: Opinion, file: CaseFile) -> Asked:
    """An opinion as answered, silent (which counts as agreement) or still open."""
    if opinion.stance:
        tone = {"agreed": "agreed", "conditions": "warning", "objected": "disagreed"}[opinion.stance]
        return Asked(opinion, tone, opinion.get_stance_display())
    if opinion.silent(file.today):
        return Asked(opinion, "silent", _("No answer in time: counts as agreed"))
    return Asked(opinion, "waiting_opinion", _("May still answer"))


def _notes(file: CaseFile, _request: Any) -> dict[str, Any]:
    return {
        "notes": list(file.case.notes.select_related("by")),
        "may_note": works_on_cases.allows(file.user, file.case),
    }


CONTEXTS: Final[dict[str, Callable[[CaseFile, Any], dict[str, Any]]]] = {
    "change": _summary,
    "form": _form,
    "papers": _papers,
    "timeline": _timeline,
    "opinions": _opinions,
    "notes": _notes,
}
