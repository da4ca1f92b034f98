"""The page of a verb: what will happen, the form, the letter; then the move itself, with every refusal in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final
from uuid import uuid4

from django.db.models import Count, Q
from django.http import HttpRequest, QueryDict
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.models import User
from cases.calendar import local_date
from cases.desk.case_file import CaseFile
from cases.desk.case_page import Checks, checks_of, frame_of, labelled, pin_places
from cases.desk.letters import SHOWN_AT_ONCE, WITH_LETTER, letter_of
from cases.desk.pinning import PinRow, first_pins, options, typed_pins
from cases.desk.wording import EFFECTS
from cases.errors import CaseError, Incomplete, Invalid, NotAllowed, Stale, WrongState
from cases.findings import Finding, Outcome
from cases.forms import VERB_FORMS, VerbForm
from cases.models import Event, Notice
from cases.places import Place
from cases.states import OPEN, Status
from cases.timekeeping import procedure_of
from cases.timeline import what_happened
from cases.transitions import Transition

PROJECT_CODE: Final = re.compile(r"\d{10}")
ASKS_WITH_PINS: Final = frozenset({"return_incomplete", "request_supplement", "request_explanation"})
SHOWS_CERTIFICATE: Final = frozenset({"approve", "issue"})
SAYS_EFFECTS: Final = frozenset({"propose", "approve", "issue"})
SHOWS_PROPOSAL: Final = frozenset({"approve", "refuse", "send_back", "issue"})


@dataclass
class Refusal:
    """Why a move was not made: the sentence, what else happened since the page was loaded, and what must be mended."""

    status: HTTPStatus
    message: str
    since: list[Event]
    findings: list[Finding]


class VerbPage:
    """One verb on one case for one official."""

    def __init__(self, file: CaseFile, verb: Transition, request: HttpRequest) -> None:
        self.file = file
        self.verb = verb
        self.request = request
        self.refusal: Refusal | None = None
        self.unusual_code = False
        self.checks: Checks | None = None
        self.letter: Notice | None = None
        self.key = request.POST.get("key", "")[:64] or uuid4().hex

    # --- the move -----------------------------------------------------------------------------------------------
    def make_move(self) -> Event | None:
        """Check the form and call the verb. None if the page has to be shown again (see `refusal` and the form)."""
        self.form = self._form(self.request.POST)
        if not self.form.is_valid():
            return None
        details = self.form.details()
        if "preview" in self.request.POST:
            self.letter = self._letter(details)
            return None
        if self._code_needs_a_second_look(details):
            return None
        try:
            return self.verb(self.file.case, by=self.file.user, version=self._version(), key=self.key, **details)
        except CaseError as problem:
            self._refused(problem)
        return None

    def _version(self) -> int:
        """The version the person saw; without one nothing they saw can count."""
        typed = self.request.POST.get("version", "")
        return int(typed) if typed.isascii() and typed.isdigit() else 0

    def _code_needs_a_second_look(self, details: dict[str, Any]) -> bool:
        """A project code that is not ten digits is asked about once (older projects carry their certificate number)."""
        code = str(details.get("project_code", "")).strip()
        self.unusual_code = self.verb.name == "issue" and PROJECT_CODE.fullmatch(code) is None
        return self.unusual_code and "code_is_right" not in self.request.POST

    def _refused(self, problem: CaseError) -> None:
        """Turn a refusal into sentences on the page; what was typed stays."""
        if isinstance(problem, Invalid):
            for name, sentences in problem.errors.items():
                for sentence in sentences:
                    self.form.add_error(name if name in self.form.fields else None, sentence)
            return
        status = HTTPStatus.FORBIDDEN if isinstance(problem, NotAllowed) else HTTPStatus.CONFLICT
        seen = self._version()
        self.file = CaseFile(self.file.user, self.file.case.pk, list_query=self.file.list_query)
        self.form.case = self.file.case
        since = [event for event in self.file.events if event.version > seen > 0] if _moved_on(problem) else []
        findings = problem.findings if isinstance(problem, Incomplete) else []
        self.refusal = Refusal(status, problem.message, since, findings)

    # --- the page -----------------------------------------------------------------------------------------------
    def show(self) -> tuple[dict[str, Any], HTTPStatus]:
        """What the page shows, and the answer's status."""
        if self.request.method != "POST":
            self.form = self._form(None)
            self._refuse_first()
        if self.letter is None and self.verb.name in SHOWN_AT_ONCE and self.refusal is None:
            self.letter = self._letter({})
        status = self.refusal.status if self.refusal else HTTPStatus.OK
        return self._context(), status

    def _refuse_first(self) -> None:
        try:
            self.verb.ensure_possible(self.file.case, self.file.user)
        except CaseError as problem:
            self._refused(problem)

    def _form(self, data: QueryDict | None) -> VerbForm:
        initial = self._initial() if data is None else {}
        return VERB_FORMS[self.verb.name](data, case=self.file.case, initial=initial)

    def _initial(self) -> dict[str, Any]:
        """What a fresh form says already; everything can be changed."""
        file, case = self.file, self.file.case
        if self.verb.name == "propose" and self.verb.possible(file.user, case):
            self.checks = checks_of(file)
            basis = procedure_of(case).provisions("vi")  # what an official proposes ends in an official paper
            facts = [_facts(self.checks, file), *case.dossier.effects()]
            return {"clauses": "\n".join(basis), "facts": "\n".join(facts)}
        if self.verb.name == "issue":
            return {"project_code": case.dossier.known_project_code()}
        if self.verb.name == "refuse" and file.proposal:
            return {name: file.proposal.data.get(name, "") for name in ("reasons", "clauses")}
        return {"officer": file.user.email} if self.verb.name == "assign" and case.officer_id is None else {}

    def _letter(self, details: dict[str, Any]) -> Notice | None:
        try:
            return letter_of(self.verb.name, self.file, details)
        except CaseError as problem:
            self._refused(problem)
            return None

    def _context(self) -> dict[str, Any]:
        verb, file = self.verb, self.file
        possible = verb.possible(file.user, file.case)
        context: dict[str, Any] = frame_of(file) | {
            "verb_name": verb.name,
            "verb_label": verb.label,
            "title": f"{file.case.reference} · {verb.label}",
            "form": self.form,
            "danger": self.form.danger,
            "effect": EFFECTS.get(verb.name),
            "target": verb.target.label if verb.target else None,
            "target_code": verb.target,
            "possible": possible and not self._contradicts_proposal(),
            "contradiction": self._contradicts_proposal() if possible else "",
            "refusal": self.refusal,
            "since": [(event, what_happened(event)) for event in self.refusal.since] if self.refusal else [],
            "key": self.key,
            "unusual_code": self.unusual_code,
            "effects": file.case.dossier.effects() if possible and verb.name in SAYS_EFFECTS else (),
            "can_preview": verb.name in WITH_LETTER - SHOWN_AT_ONCE or verb.name == "refuse",
        }
        return context | (self._extras() if possible else {})

    def _extras(self) -> dict[str, Any]:
        """What only some verbs show: points to pin, letter, pre-check, proposal, certificate, people."""
        name, file = self.verb.name, self.file
        extras: dict[str, Any] = {"letter": self.letter, "letter_title": _in_vietnamese(self.letter)}
        if name in ASKS_WITH_PINS:
            places = pin_places(file)
            extras |= {
                "pin_rows": self._pins(places),
                "pin_options": options(places),
                "usual_deadline": _usual_deadline(file),
            }
            if self.letter:
                extras["letter_pins"] = labelled(self.letter.pins, places)
        if name in ("accept", "propose", "return_incomplete"):
            extras["checks"] = self.checks or checks_of(file)
        if name in SHOWS_PROPOSAL and file.proposal:
            extras |= {"proposal": file.proposal, "difference": self._difference(file.proposal)}
        if name in SHOWS_CERTIFICATE:
            extras |= {"certificate": file.case.dossier.certificate_content(), "certificate_open": name == "issue"}
        if name == "assign":
            extras["officials"] = officials_by_load()
        return extras

    def _pins(self, places: Mapping[str, Place]) -> list[PinRow]:
        if self.request.method == "POST":
            return typed_pins(self.request.POST)
        return first_pins(self.file, [path for path in self.request.GET.getlist("pin") if path in places])

    def _contradicts_proposal(self) -> str:
        """Why the decision cannot be taken on this proposal; empty if it can."""
        outcome = self.file.proposal.data.get("outcome") if self.file.proposal else None
        if self.file.case.status != Status.PROPOSED or self.verb.name not in ("approve", "refuse"):
            return ""
        if outcome == self.verb.name:
            return ""
        return (
            _("The proposal is to refuse. To approve, send it back to the appraiser first.")
            if self.verb.name == "approve"
            else _("The proposal is to approve. To refuse, send it back to the appraiser first.")
        )

    def _difference(self, proposal: Event) -> list[tuple[str | Promise, str, str]]:
        """Where a refusal differs from what was proposed: label, proposed words, words now."""
        if self.verb.name != "refuse" or not self.form.is_bound:
            return []
        pairs = [
            (name, proposal.data.get(name, ""), self.request.POST.get(name, "")) for name in ("reasons", "clauses")
        ]
        return [
            (self.form[name].label, before, now)
            for name, before, now in pairs
            if now.strip() and now.split() != before.split()
        ]


def _in_vietnamese(letter: Notice | None) -> str:
    """The title as the paper itself bears it."""
    with translation.override("vi"):
        return str(letter.get_kind_display()) if letter else ""


def _moved_on(problem: CaseError) -> bool:
    return isinstance(problem, Stale | WrongState)


def _facts(checks: Checks, file: CaseFile) -> str:
    """The pre-check in a sentence, so that the decision keeps what it rested on."""
    if checks.problem:
        return checks.problem
    open_points = ", ".join(finding.code for finding in checks.flags) or "–"
    return _("Pre-check of %(day)s: %(passed)s passed, to be weighed: %(open)s.") % {
        "day": f"{file.today:%d/%m/%Y}",
        "passed": checks.count(Outcome.PASSED),
        "open": open_points,
    }


def _usual_deadline(file: CaseFile) -> Any:
    """The answer's deadline if the officer names none; None where the calendar ends."""
    try:
        notice = letter_of("request_explanation", file, {})
    except CaseError:
        return None
    return notice.deadline_at if notice else None


def officials_by_load() -> list[User]:
    """Active officials who can be given a case, least loaded first, with `open_cases` and `overdue_cases` (1 query)."""
    still_open = Q(handled_cases__status__in=OPEN)
    return list(
        User.objects.filter(is_staff=True, is_active=True)
        .annotate(
            open_cases=Count("handled_cases", filter=still_open),
            overdue_cases=Count("handled_cases", filter=still_open & Q(handled_cases__due_on__lt=local_date())),
        )
        .order_by("open_cases", "full_name")
    )
