"""Every move of a case: one function, named by one verb that is also its URL, its event, its mail and its test.

Call a verb as `refuse(case, by=officer, version=3, key="...", reasons="...")`; it returns the event. What may be
raised is told by `cases.engine.Transition`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from cases import notices
from cases.answering import points_asked, unanswered_points
from cases.calendar import load_calendar, local_date
from cases.clock import Pause
from cases.engine import VERBS, Move, Outcome, Transition, actions_for, transition
from cases.errors import Incomplete, Invalid
from cases.explaining import asked_about, rules_used
from cases.findings import blocking
from cases.models import Authority, Case, Event, Notice, Opinion
from cases.precheck import precheck
from cases.procedures import version_in_force
from cases.references import next_dossier_code
from cases.rules import holds, is_signer, not_the_proposer
from cases.states import ENDED, Status

__all__ = ["VERBS", "Transition", "actions_for"]

Pins = Sequence[dict[str, str]]
INVESTOR, OFFICIAL = Event.Side.INVESTOR, Event.Side.OFFICIAL


# --- the investor files ---------------------------------------------------------------------------------------------
@transition(
    gettext_lazy("Declare and submit"), source=[Status.DRAFT, Status.RETURNED], target=Status.SUBMITTED,
    rule=is_signer, side=INVESTOR,
)  # fmt: skip
def submit(move: Move, *, declared: bool = False) -> Outcome:
    """Hand the dossier in: every gap at once, then a dossier code and a receipt."""
    if not declared:
        raise Invalid({"declared": [_("Please confirm the declaration before you submit.")]})
    findings = precheck(move.case, local_date(move.at))
    if blocking(findings):
        raise Incomplete(blocking(findings))
    move.case.index()
    move.case.submitted_at = move.at
    move.case.authority = Authority.objects.get(code=move.case.dossier.authority_code())
    move.case.dossier_code = move.case.dossier_code or next_dossier_code(move.case.authority, local_date(move.at))
    move.case.index()
    warnings = [finding.code for finding in findings if finding.outcome == "warning"]
    data = {"declared": True, "dossier": move.case.dossier.as_data(), "warnings": warnings}
    return Outcome(data, notice=notices.receipt(move.case, move.at), answers=notices.unanswered(move.case))


@transition(
    gettext_lazy("Withdraw the application"),
    source=[Status.DRAFT, Status.SUBMITTED, Status.RETURNED, Status.ACCEPTED, Status.AWAITING_INVESTOR,
            Status.ON_HOLD, Status.PROPOSED],
    target=Status.WITHDRAWN, rule=is_signer, side=INVESTOR,
)  # fmt: skip
def withdraw(_move: Move, *, reason: str = "") -> Outcome:
    """Take the application back; it stays in the records."""
    return Outcome({"reason": reason})


# --- completeness ---------------------------------------------------------------------------------------------------
@transition(
    gettext_lazy("Accept the dossier"), source=[Status.SUBMITTED], target=Status.ACCEPTED,
    rule=holds("cases.accept_case"), side=OFFICIAL,
)  # fmt: skip
def accept(move: Move) -> Outcome:
    """Find the dossier complete: pin the procedure version of today; the clock starts the next working day."""
    move.case.procedure = version_in_force(move.case.dossier.procedure_code(), local_date(move.at))
    move.case.accepted_at = move.at
    move.case.officer = move.case.officer or move.by
    calendar = load_calendar()
    due = calendar.add_working_days(local_date(move.at), move.case.procedure.working_days)
    procedure = move.case.procedure
    data = {"procedure": procedure.pk, "law": procedure.law, "working_days": procedure.working_days}
    return Outcome(data | {"due_on": due}, notice=notices.appointment(move.case, move.at, due))


@transition(
    gettext_lazy("Return as incomplete"), source=[Status.SUBMITTED], target=Status.RETURNED,
    rule=holds("cases.accept_case"), side=OFFICIAL,
)  # fmt: skip
def return_incomplete(move: Move, *, reasons: str = "", pins: Pins = (), deadline_on: date | None = None) -> Outcome:
    """Say what is missing before acceptance (form 02); the investor completes and submits again."""
    return _ask(move.case, Notice.Kind.RETURN, move.at, reasons, pins, deadline_on)


# --- appraisal ------------------------------------------------------------------------------------------------------
@transition(
    gettext_lazy("Assign to an official"), source=sorted(frozenset(Status) - ENDED - {Status.DRAFT}), target=None,
    rule=holds("cases.assign_case"), side=OFFICIAL,
)  # fmt: skip
def assign(move: Move, *, officer: User, note: str = "") -> Outcome:
    """Give the case to an official (oneself included)."""
    if not (officer.is_active and officer.is_staff):
        raise Invalid({"officer": [_("%(name)s is not an active official.") % {"name": officer}]})
    previous, move.case.officer = move.case.officer_id, officer
    return Outcome({"from": previous, "to": officer.pk, "name": str(officer), "note": note})


@transition(
    gettext_lazy("Request a supplement"), source=[Status.ACCEPTED], target=Status.AWAITING_INVESTOR,
    rule=holds("cases.appraise_case"), side=OFFICIAL,
)  # fmt: skip
def request_supplement(move: Move, *, reasons: str = "", pins: Pins = (), deadline_on: date | None = None) -> Outcome:
    """Ask once for everything that must be supplemented (Decree 96/2026, article 6(1d)); the clock stops."""
    if move.case.notices.filter(kind=Notice.Kind.SUPPLEMENT).exists():
        raise Invalid({"reasons": [_("A supplement was asked for already, and the law allows it once per dossier. "
                                     "Request an explanation instead.")]})  # fmt: skip
    return _ask(move.case, Notice.Kind.SUPPLEMENT, move.at, reasons, pins, deadline_on)


@transition(
    gettext_lazy("Request an explanation"), source=[Status.ACCEPTED], target=Status.AWAITING_INVESTOR,
    rule=holds("cases.appraise_case"), side=OFFICIAL,
)  # fmt: skip
def request_explanation(move: Move, *, reasons: str = "", pins: Pins = (), deadline_on: date | None = None) -> Outcome:
    """Ask the investor to explain (Decree 96/2026, article 6(1đ)); the clock stops."""
    return _ask(move.case, Notice.Kind.EXPLANATION, move.at, reasons, pins, deadline_on)


@transition(
    gettext_lazy("Send the answer"), source=[Status.AWAITING_INVESTOR], target=Status.ACCEPTED,
    rule=is_signer, side=INVESTOR,
)  # fmt: skip
def supplement(move: Move, *, answer: str = "") -> Outcome:
    """Answer what the office asked; the clock goes on and the case returns to the same officer's top."""
    notice = notices.unanswered(move.case)
    waiting = unanswered_points(points_asked(move.case, notice), answer) if notice else []
    if waiting:
        sentence = _("Nothing has changed yet at “%(point)s”: change it, or explain why not.")
        raise Invalid({point.path: [sentence % {"point": point.label}] for point in waiting})
    findings = blocking(precheck(move.case, local_date(move.at)))
    if findings:
        raise Incomplete(findings)
    if notice and notice.kind == Notice.Kind.EXPLANATION and not answer.strip():
        raise Invalid({"answer": [_("Please write the explanation the office asked for.")]})
    move.case.index()
    move.case.answered_at = move.at
    return Outcome({"answer": answer, "dossier": move.case.dossier.as_data()}, answers=notice)


@transition(
    gettext_lazy("Put the clock on hold"), source=[Status.ACCEPTED], target=Status.ON_HOLD,
    rule=holds("cases.appraise_case"), side=OFFICIAL,
)  # fmt: skip
def hold(_move: Move, *, reason: str = "", note: str = "") -> Outcome:
    """Stop the clock for a reason that does not lie with the investor's answer."""
    if reason not in (Pause.VIOLATION, Pause.PAPER_MATCH):
        raise Invalid({"reason": [_("Please choose why the clock stops.")]})
    return Outcome({"reason": reason, "note": note})


@transition(
    gettext_lazy("Let the clock go on"), source=[Status.ON_HOLD], target=Status.ACCEPTED,
    rule=holds("cases.appraise_case"), side=OFFICIAL,
)  # fmt: skip
def resume(_move: Move, *, note: str = "") -> Outcome:
    """End a hold."""
    return Outcome({"note": note})


@transition(
    gettext_lazy("Ask another office"), source=[Status.ACCEPTED], target=None,
    rule=holds("cases.appraise_case"), side=OFFICIAL,
)  # fmt: skip
def ask_opinion(move: Move, *, office: str, question: str, due_on: date) -> Outcome:
    """Ask another department; it has its own clock, and silence counts as agreement."""
    if due_on <= local_date(move.at):
        raise Invalid({"due_on": [_("The other office needs at least one day.")]})
    opinion = Opinion.objects.create(
        case=move.case, office=office, question=question, asked_by=move.by, asked_at=move.at, due_on=due_on
    )
    move.case.open_opinions += 1
    return Outcome({"opinion": opinion.pk, "office": office, "question": question, "due_on": due_on})


@transition(
    gettext_lazy("Record an opinion"), source=[Status.ACCEPTED, Status.AWAITING_INVESTOR, Status.ON_HOLD],
    target=None, rule=holds("cases.give_opinion"), side=OFFICIAL,
)  # fmt: skip
def give_opinion(move: Move, *, opinion: int, stance: str, answer: str = "") -> Outcome:
    """Enter what the other department answered."""
    asked = move.case.opinions.filter(pk=opinion, stance="").first()
    if asked is None:
        raise Invalid({"opinion": [_("This opinion was not asked for, or it has been answered already.")]})
    if stance not in Opinion.Stance.values:
        raise Invalid({"stance": [_("Please choose what the office said.")]})
    asked.stance, asked.answer, asked.given_by, asked.given_at = stance, answer, move.by, move.at
    asked.save()
    move.case.open_opinions = max(move.case.open_opinions - 1, 0)
    return Outcome({"opinion": asked.pk, "office": asked.office, "stance": stance, "answer": answer})


# --- decision -------------------------------------------------------------------------------------------------------
@transition(
    gettext_lazy("Propose a decision"), source=[Status.ACCEPTED], target=Status.PROPOSED,
    rule=holds("cases.appraise_case"), side=OFFICIAL,
)  # fmt: skip
def propose(move: Move, *, outcome: str, reasons: str = "", clauses: str = "", facts: str = "") -> Outcome:
    """Propose to approve or refuse, with reasons, the clauses relied on and the facts used."""
    errors: dict[str, list[str]] = {}
    if outcome not in ("approve", "refuse"):
        errors["outcome"] = [_("Please choose whether to propose approval or refusal.")]
    if outcome == "refuse" and not reasons.strip():
        errors["reasons"] = [_("A refusal needs its reasons.")]
    if outcome == "refuse" and not clauses.strip():
        errors["clauses"] = [_("A refusal needs its legal basis.")]
    today = local_date(move.at)
    waiting = [opinion.office for opinion in move.case.opinions.filter(stance="") if not opinion.silent(today)]
    if waiting:
        errors["outcome"] = [
            *errors.get("outcome", []),
            _("These offices may still answer: %(offices)s.") % {"offices": ", ".join(waiting)},
        ]
    if errors:
        raise Invalid(errors)
    move.case.proposed_by, move.case.answered_at = move.by, None
    used = rules_used(move.case, today)
    return Outcome({"outcome": outcome, "reasons": reasons, "clauses": clauses, "facts": facts, "rules": used})


@transition(
    gettext_lazy("Approve"), source=[Status.PROPOSED], target=Status.APPROVED,
    rule=holds("cases.decide_case") & not_the_proposer, side=OFFICIAL,
)  # fmt: skip
def approve(move: Move, *, note: str = "") -> Outcome:
    """Take the proposed approval; the dossier is granted in the same transaction."""
    proposal = _must_be_proposed(move.case, "approve")
    move.case.dossier.grant(by=move.by, at=move.at)
    return Outcome({"note": note, "rules": proposal.get("rules", [])})


@transition(
    gettext_lazy("Refuse"), source=[Status.PROPOSED], target=Status.REFUSED,
    rule=holds("cases.decide_case") & not_the_proposer, side=OFFICIAL,
)  # fmt: skip
def refuse(move: Move, *, reasons: str = "", clauses: str = "") -> Outcome:
    """Take the proposed refusal; the investor is told the reasons and how to appeal."""
    proposal = _must_be_proposed(move.case, "refuse")
    reasons = reasons.strip() or proposal["reasons"]
    clauses = clauses.strip() or proposal["clauses"]
    used = proposal.get("rules", [])
    return Outcome(
        {"reasons": reasons, "clauses": clauses, "rules": used},
        notice=notices.refusal(move.case, move.at, reasons, clauses, used),
    )


@transition(
    gettext_lazy("Send back to the appraiser"), source=[Status.PROPOSED], target=Status.ACCEPTED,
    rule=holds("cases.decide_case") & not_the_proposer, side=OFFICIAL,
)  # fmt: skip
def send_back(move: Move, *, reasons: str = "") -> Outcome:
    """Return the proposal with what has to be done again."""
    if not reasons.strip():
        raise Invalid({"reasons": [_("Please say what has to be done again.")]})
    move.case.proposed_by = None
    return Outcome({"reasons": reasons})


@transition(
    gettext_lazy("Stop processing"), source=[Status.AWAITING_INVESTOR], target=Status.STOPPED,
    rule=holds("cases.appraise_case"), side=OFFICIAL,
)  # fmt: skip
def stop(move: Move, *, reasons: str = "", clauses: str = "") -> Outcome:
    """End a case whose investor missed the deadline (Decree 96/2026, article 6(2a))."""
    notice = notices.unanswered(move.case)
    if notice and notice.deadline_at and move.at <= notice.deadline_at:
        moment = timezone.localtime(notice.deadline_at)
        raise Invalid({"reasons": [_("The investor may still answer until %(hour)s on %(day)s.") % {
            "hour": f"{moment:%H:%M}", "day": f"{moment:%d/%m/%Y}"}]})  # fmt: skip
    if not reasons.strip():
        raise Invalid({"reasons": [_("Stopping needs its reasons.")]})
    return Outcome({"reasons": reasons, "clauses": clauses}, notice=notices.stop(move.case, move.at, reasons, clauses))


@transition(
    gettext_lazy("Issue the certificate"), source=[Status.APPROVED], target=Status.ISSUED,
    rule=holds("cases.issue_case"), side=OFFICIAL,
)  # fmt: skip
def issue(move: Move, *, project_code: str = "") -> Outcome:
    """Issue: the certificate's number and the chain's entry are made by whoever listens, in this transaction.

    `project_code` is the code the national investment system returned; it is never invented here.
    """
    if not project_code.strip():
        raise Invalid({"project_code": [_("Please enter the project code that the national system returned.")]})
    return Outcome({"project_code": project_code.strip(), "on": local_date(move.at)})


def _ask(case: Case, kind: Notice.Kind, at: datetime, reasons: str, pins: Pins, deadline_on: date | None) -> Outcome:
    """Ask the investor for something, with a deadline."""
    errors: dict[str, list[str]] = {}
    if not reasons.strip() and not pins:
        errors["reasons"] = [_("Please write what is missing, or pin it to a field.")]
    if deadline_on is not None and deadline_on <= local_date(at):
        errors["deadline_on"] = [_("The deadline must lie in the future.")]
    if errors:
        raise Invalid(errors)
    case.answered_at = None
    used = asked_about(rules_used(case, local_date(at)), [pin["path"] for pin in pins])
    notice = notices.request(case, kind, at, reasons, list(pins), deadline_on, used)
    data = {"reasons": reasons, "pins": list(pins), "deadline_at": notice.deadline_at, "rules": used}
    return Outcome(data, notice=notice)


def _must_be_proposed(case: Case, outcome: str) -> dict[str, Any]:
    """The open proposal's data; refuses when it proposed something else."""
    proposal = case.events.filter(verb="propose").last()
    if proposal is None or proposal.data.get("outcome") != outcome:
        raise Invalid({"__all__": [_("The proposal says something else: send it back to the appraiser instead.")]})
    data: dict[str, Any] = proposal.data
    return data
