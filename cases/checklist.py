"""The papers of a dossier as a checklist by rule: what the law lists, why, what is there, and its versions."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cases.drafting import may_change, open_paths
from cases.models import Attachment, Case
from cases.places import PAPERS, Place
from cases.precheck import is_required, paper_rules
from cases.procedures import PaperRule


@dataclass(frozen=True)
class Line:
    """A paper of the procedure: its rule, whether this dossier needs it and why, the file that counts, older ones.

    `open` tells whether it may be changed now (all of them in a draft, the pinned ones in an answer).
    """

    rule: PaperRule
    name: str
    required: bool
    why: str
    open: bool
    paper: Attachment | None = None
    older: list[Attachment] = field(default_factory=list)

    @property
    def code(self) -> str:
        """The paper's code in the law's list."""
        return self.rule.code

    @property
    def path(self) -> str:
        """How pins and findings name it."""
        return f"papers.{self.rule.code}"

    @property
    def printed(self) -> bool:
        """Whether the portal prints it from the answers, so that no file is needed."""
        return self.rule.need == PaperRule.Need.PRINTED

    @property
    def state(self) -> str:
        """A word for the tag: missing, optional, printed, or how the office's review stands."""
        if self.paper:
            return self.paper.review
        if self.printed:
            return "printed"
        return "missing" if self.required else "optional"

    @property
    def state_label(self) -> str:
        """The same for people."""
        if self.paper:
            return str(self.paper.get_review_display()) if self.paper.review != "pending" else _("Attached")
        if self.printed:
            return _("Printed by the portal")
        return _("Missing") if self.required else _("Not needed so far")


def checklist(case: Case) -> list[Line]:
    """Every paper of the procedure in the law's order (2 queries; 1 if the attachments are prefetched)."""
    attachments = list(case.attachments.all())
    called_for = case.dossier.required_papers()
    paths = open_paths(case)
    language = get_language() or "vi"
    by_paper: dict[str, list[Attachment]] = defaultdict(list)
    for attachment in attachments:
        by_paper[attachment.paper].append(attachment)
    lines = []
    for rule in paper_rules(case):
        live, older = _live_and_older(by_paper[rule.code])
        required = is_required(rule, called_for)
        is_open = may_change(paths, f"papers.{rule.code}")
        lines.append(Line(rule, rule.name(language), required, _why(rule, required), is_open, live, older))
    return lines


def paper_places(lines: list[Line], title: str) -> dict[str, Place]:
    """The papers as places of the dossier, with the file's name as value."""
    return {
        line.path: Place(line.path, PAPERS, title, line.name, line.paper.name if line.paper else "") for line in lines
    }


def _live_and_older(attachments: list[Attachment]) -> tuple[Attachment | None, list[Attachment]]:
    """The file that counts (neither taken out nor superseded), and the ones before it, newest first."""
    superseded = {attachment.supersedes_id for attachment in attachments}
    live = next((a for a in attachments if not a.removed_at and a.pk not in superseded), None)
    return live, sorted((a for a in attachments if a is not live), key=lambda a: a.pk, reverse=True)


def _why(rule: PaperRule, required: bool) -> str:
    if rule.need == PaperRule.Need.ALWAYS:
        return _("Always needed.")
    if rule.need == PaperRule.Need.OPTIONAL:
        return _("Only if you have it.")
    if rule.need == PaperRule.Need.PRINTED:
        return _("Printed by the portal from your answers: there is nothing to upload.")
    return _("Needed because of your answers.") if required else _("Not needed with your answers so far.")
