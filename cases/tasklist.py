"""The task list of a draft: one line for each section, the papers, and at the end checking and submitting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.calendar import local_date
from cases.findings import Finding
from cases.kinds import kind_of
from cases.models import Case
from cases.places import PAPERS, section_url
from cases.precheck import precheck

PAPERS_TITLE = gettext_lazy("Papers")
PAPERS_LEAD = gettext_lazy("The papers the law lists for this procedure.")
COMPLETED, INCOMPLETE, CANNOT_START = "completed", "incomplete", "cannot_start"
LABELS = {
    COMPLETED: gettext_lazy("Completed"),
    INCOMPLETE: gettext_lazy("Incomplete"),
    CANNOT_START: gettext_lazy("Cannot start yet"),
}


@dataclass(frozen=True)
class Task:
    """A line: `state` is completed, incomplete or cannot_start; `hint` says what is missing or why it must wait."""

    key: str
    title: str | Promise
    lead: str | Promise
    url: str
    state: str
    hint: str = ""

    @property
    def label(self) -> str | Promise:
        """The state's word."""
        return LABELS[self.state]


def tasks_of(case: Case, findings: Iterable[Finding]) -> list[Task]:
    """The sections of the kind and the papers, in order."""
    gaps = Counter(finding.section for finding in findings if finding.blocks)
    topics = [(section.key, section.title, section.lead) for section in kind_of(case.kind).sections]
    return [
        Task(key, title, lead, section_url(case, key), INCOMPLETE if gaps[key] else COMPLETED, _gaps(gaps[key]))
        for key, title, lead in [*topics, (PAPERS, PAPERS_TITLE, PAPERS_LEAD)]
    ]


def submit_task(case: Case, tasks: list[Task]) -> Task:
    """The last line: it waits until every task is completed."""
    waiting = len(tasks) - completed(tasks)
    hint = ngettext(
        "First complete %(count)s more section.", "First complete %(count)s more sections.", waiting
    ) % {"count": waiting}  # fmt: skip
    return Task(
        key="submit",
        title=_("Check your answers and submit"),
        lead="",
        url=reverse("case-submit", args=[case.reference]),
        state=CANNOT_START if waiting else INCOMPLETE,
        hint=hint if waiting else "",
    )


def completed(tasks: Iterable[Task]) -> int:
    """How many of the tasks are completed."""
    return sum(task.state == COMPLETED for task in tasks)


def after(case: Case, key: str) -> str:
    """The page that follows a section: the nearest one where something is missing, at last checking the answers.

    First the sections behind it, then the papers, then the sections before it. What blocks without belonging to any
    of them is named by the pre-check.
    """
    gaps = {finding.section for finding in precheck(case, local_date()) if finding.blocks}
    keys = [section.key for section in kind_of(case.kind).sections]
    position = keys.index(key) + 1 if key in keys else len(keys)
    for other in (*keys[position:], PAPERS, *keys[:position]):
        if other in gaps:
            return section_url(case, other)
    return reverse("case-precheck" if gaps else "case-submit", args=[case.reference])


def _gaps(count: int) -> str:
    if not count:
        return ""
    return ngettext("%(count)s thing is still missing.", "%(count)s things are still missing.", count) % {
        "count": count
    }
