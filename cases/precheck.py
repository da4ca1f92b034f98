"""The pre-check: the list an officer ticks, run by the investor first.

Papers are checked here, the rest by the kind.
"""

from __future__ import annotations

from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cases.findings import Finding, Level, Outcome
from cases.models import Attachment, Case
from cases.procedures import PaperRule


def live_papers(case: Case) -> list[Attachment]:
    """The papers that count: neither taken out nor superseded by a newer file (no query if prefetched)."""
    if "attachments" in getattr(case, "_prefetched_objects_cache", {}):
        everything = list(case.attachments.all())
        superseded = {paper.supersedes_id for paper in everything}
        return [paper for paper in everything if paper.removed_at is None and paper.pk not in superseded]
    return list(case.attachments.filter(removed_at__isnull=True, superseded_by__isnull=True))


def paper_rules(case: Case) -> list[PaperRule]:
    """The papers the law lists for the procedure the dossier's answers lead to."""
    return list(PaperRule.objects.filter(procedure=case.dossier.procedure_code()))


def is_required(rule: PaperRule, called_for: frozenset[str]) -> bool:
    """Whether this dossier needs the paper."""
    return rule.need == PaperRule.Need.ALWAYS or (rule.need == PaperRule.Need.CONDITIONAL and rule.code in called_for)


def paper_findings(case: Case) -> list[Finding]:
    """One finding for each required paper: there, refused by the office, or missing."""
    called_for = case.dossier.required_papers()
    given = {paper.paper: paper for paper in live_papers(case)}
    return [_of_paper(rule, given.get(rule.code)) for rule in paper_rules(case) if is_required(rule, called_for)]


def _of_paper(rule: PaperRule, paper: Attachment | None) -> Finding:
    name = rule.name(get_language() or "vi")
    if paper is None:
        outcome, message = Outcome.MUST_FIX, _("The paper “%(paper)s” is missing.") % {"paper": name}
    elif paper.review == Attachment.Review.REFUSED:
        outcome = Outcome.MUST_FIX
        message = _("The office did not accept “%(paper)s”: %(reason)s") % {
            "paper": name,
            "reason": paper.review_reason,
        }
    else:
        outcome, message = Outcome.PASSED, _("The paper “%(paper)s” is attached.") % {"paper": name}
    return Finding(f"paper-{rule.code}", Level.BLOCK, outcome, "papers", f"papers.{rule.code}", message, rule.clause)


def precheck(case: Case, on: date) -> list[Finding]:
    """Every finding of the dossier under the rules of that day: what must be mended first, then the rest."""
    order = [Outcome.MUST_FIX, Outcome.WARNING, Outcome.CANNOT_CHECK, Outcome.INFO, Outcome.PASSED]
    findings = [*case.dossier.findings(on), *paper_findings(case)]
    return sorted(findings, key=lambda finding: order.index(finding.outcome))
