"""The result: procedure, days, authority, papers and clauses, from the functions and tables that the dossiers use."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from adjustments.procedure import papers_for, procedure_of
from adjustments.rules.law import Fired, fired
from cases.errors import ProcedureMissing
from cases.models import Authority
from cases.procedures import PaperRule, ProcedureVersion, version_in_force
from incentives.dossier.authority import CITY, route_for
from portal.which import notes
from portal.which.dossiers import application, change, registration
from portal.which.given import Given
from projects.life_rules import Deadline, Ground, Limit, deadline, grounds, suspension_limit
from projects.routing import approval_cases, approver, authority_code, special_refusals

SURE: Final = "S"
WANTS_APPROVAL: Final = "approval"
IMPOSSIBLE: Final = "block"


@dataclass(frozen=True)
class Paper:
    """A paper of the procedure; `needed`: always, or because of the answers given here."""

    code: str
    name: str
    need: str
    clause: str
    needed: bool


@dataclass(frozen=True)
class Life:
    """What the law says of suspending, resuming or ending a project."""

    act: str
    notice: Deadline | None
    inform: Deadline | None
    limit: Limit | None
    grounds: tuple[Ground, ...]

    @property
    def sure(self) -> bool:
        """Whether every deadline and ground was read in its source."""
        rows: tuple[Deadline | Limit | Ground | None, ...] = (self.notice, self.inform, self.limit, *self.grounds)
        return all(row.mark == SURE for row in rows if row is not None)


@dataclass(frozen=True)
class Result:
    """Where the answers lead. `code` is empty where no dossier is filed; `problem` says why there is no version."""

    kind: str
    on: date
    code: str = ""
    version: ProcedureVersion | None = None
    problem: str = ""
    authority: Authority | None = None
    decided_here: bool = True
    papers: tuple[Paper, ...] = ()
    first: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    rules: tuple[Fired, ...] = ()
    life: Life | None = None
    route_clause: str = ""
    route_sure: bool = True

    @property
    def sure(self) -> bool:
        """Whether procedure, authority and deadlines were all read in their source."""
        read = self.version is None or self.version.mark == SURE
        return read and self.route_sure and (self.life is None or self.life.sure)


def result(given: Given, on: date) -> Result:
    """The result of answers that lead to the end, under the law of a day."""
    return BY_KIND[given.kind](given, on)


# --- the kinds ------------------------------------------------------------------------------------------------------
def _registration(given: Given, on: date) -> Result:
    project = registration(given)
    found = _with_version(Result("registration", on), project.procedure_code(), project.required_papers())
    cases, refused = approval_cases(project), special_refusals(project)
    first = notes.approval_first(approver(project, cases), cases) if "approval_first" in given.notes else ""
    said = (
        notes.voluntary() if "voluntary" in given.notes else "",
        notes.special_closed(refused) if refused and project.location == "zone" else "",
        notes.cases_of_later_law(on),
    )
    return replace(
        found, authority=_office(authority_code(project)), first=_sentences([first]),
        notes=(*found.notes, *_sentences(said)),
    )  # fmt: skip


def _adjustment(given: Given, on: date) -> Result:
    wanted = change(given)
    applying = fired(wanted, on)
    papers = papers_for(wanted, transfer=bool(given.said.get("transfer")))
    found = _with_version(Result("adjustment", on), procedure_of(wanted, on), papers)
    approval = [one.rule for one in applying if one.rule.effect == WANTS_APPROVAL]
    cases = wanted.new_approval_cases(on)
    first = notes.approval_first(approver(wanted.after, cases), cases) if cases else ""
    if approval and not cases:
        first = notes.adjusted_first(rule.clause for rule in approval)
    blocked = [notes.impossible(one.rule.clause) for one in applying if one.rule.effect == IMPOSSIBLE]
    return replace(
        found, authority=_office(authority_code(wanted.after)), first=_sentences([first]), warnings=tuple(blocked),
        rules=tuple(one for one in applying if "%(" not in one.rule.text_en and one.rule.effect != IMPOSSIBLE),
    )  # fmt: skip


def _incentive(given: Given, on: date) -> Result:
    wanted = application(given)
    found = _with_version(Result("incentive", on), wanted.procedure_code(), wanted.required_papers())
    route = route_for(wanted, on)
    if route is None:
        return replace(found, authority=_office(CITY), route_sure=False)
    elsewhere = "" if route.decided_here else notes.decided_elsewhere()
    return replace(
        found, authority=route.authority, decided_here=route.decided_here, route_clause=route.clause,
        route_sure=route.mark == SURE, notes=(*found.notes, *_sentences([elsewhere])),
    )  # fmt: skip


def _life(given: Given, on: date) -> Result:
    act = str(given.sets["act"])
    limit = suspension_limit(on) if act != "termination" else None
    rules = Life(act, deadline("notice", act, on), deadline("inform", act, on), limit,
                 tuple(grounds(act, "investor", on)))  # fmt: skip
    code = authority_code(registration(replace(given, sets={**given.sets, "act": None})))
    problem = "" if rules.grounds else _("The portal keeps no law on this of that day.")
    return Result("life", on, authority=_office(code), life=rules if rules.grounds else None, problem=problem)


def _no_dossier(given: Given, on: date) -> Result:
    return Result(given.kind, on)


BY_KIND: Final[dict[str, Callable[[Given, date], Result]]] = {
    "registration": _registration,
    "adjustment": _adjustment,
    "incentive": _incentive,
    "life": _life,
    "verify": _no_dossier,
    "eligibility": _no_dossier,
}


# --- pieces ---------------------------------------------------------------------------------------------------------
def _with_version(found: Result, code: str, called_for: frozenset[str]) -> Result:
    """With the procedure's version of the day and its papers, or the reason why there is none."""
    try:
        version = version_in_force(code, found.on)
    except ProcedureMissing as missing:
        return replace(found, code=code, problem=missing.message)
    older = notes.papers_of_later_law() if version.valid_to is not None else ""
    return replace(
        found, code=code, version=version, papers=_papers(code, called_for), notes=_sentences([older]),
    )  # fmt: skip


def _papers(code: str, called_for: frozenset[str]) -> tuple[Paper, ...]:
    """The papers of a procedure in the law's order (one query)."""
    language, need = get_language() or "vi", PaperRule.Need
    return tuple(
        Paper(rule.code, rule.name(language), rule.need, rule.clause,
              rule.need == need.ALWAYS or (rule.need == need.CONDITIONAL and rule.code in called_for))
        for rule in PaperRule.objects.filter(procedure=code).order_by("position")
    )  # fmt: skip


def _office(code: str) -> Authority | None:
    return Authority.objects.filter(code=code).first()


def _sentences(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(sentence for sentence in found if sentence)
