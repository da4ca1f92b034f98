"""What the page of a project shows, and for whom: strangers the public register, its company and officials the rest.

What a person may not see is not there at all. Further sections and buttons come from other apps (`page_parts`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, User
from cases.calendar import local_date
from cases.models import Attachment, Case
from certificates.models import Certificate
from projects.chain_check import verify
from projects.duties import next_duties
from projects.groups import Holding
from projects.history import Step, steps
from projects.page_parts import ANYONE, EVERYBODY, INSIDERS, MEMBER, OFFICIAL, PARTS, PagePart, Reader, cases_of
from projects.querysets import ProjectQuerySet
from projects.register import Project
from projects.step_line import Point, StepLine, step_line
from projects.versions import ProjectVersion

READ: Final = "projects.view_projectversion"
CASES: Final = 50
PAPERS: Final = 200


def find(code: str) -> Project:
    """The project of the public register with this code, with its capital. Raises Http404 for any other."""
    projects: ProjectQuerySet = Project.objects.published().with_places().with_capital()
    project: Project | None = projects.select_related("authority", "organisation").filter(code=code.upper()).first()
    if project is None:
        raise Http404
    return project


def standing(project: Project, user: Reader) -> str:
    """How the person stands to the project: "official", "member" of its organisation, or "anyone"."""
    if not isinstance(user, User) or not user.is_active:
        return ANYONE
    if user.is_staff:
        return OFFICIAL if user.has_perm(READ) else ANYONE
    if project.organisation_id is None:
        return ANYONE
    own = Membership.objects.filter(user=user, organisation=project.organisation_id)
    return MEMBER if own.exists() else ANYONE


def may_read_certificates(project: Project, user: Reader) -> bool:
    """Whether the person may read what the certificates of the project say."""
    return standing(project, user) in INSIDERS


# --- the head -------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Head:
    """What stands first: the capital now and the certificate that says so."""

    usd: Decimal | None
    vnd: Decimal | None
    number: str
    certificate: Certificate | None
    versions: Sequence[ProjectVersion]


def head_of(project: Project) -> Head:
    """The head, with the versions of the certificate, newest first (fetched once for the whole page)."""
    versions = _versions(project)
    newest = versions[0] if versions else None
    return Head(
        usd=getattr(project, "capital_usd", None), vnd=getattr(project, "capital_vnd", None),
        number=newest.certificate_number if newest else "", certificate=certificate_of(newest) if newest else None,
        versions=versions,
    )  # fmt: skip


def _versions(project: Project) -> list[ProjectVersion]:
    kept: list[ProjectVersion] | None = getattr(project, "_versions_of_page", None)
    if kept is None:
        found = project.versions.defer("data").select_related("case__certificate").order_by("-number")
        kept = list(found)
        project._versions_of_page = kept  # type: ignore[attr-defined]
    return kept


def certificate_of(version: ProjectVersion) -> Certificate | None:
    """The certificate issued for a version."""
    return getattr(version.case, "certificate", None)


# --- the sections ---------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Section:
    """A part of the page with its contents."""

    key: str
    title: str | Promise
    template: str
    context: dict[str, Any]


def sections_for(project: Project, user: Reader) -> list[Section]:
    """The parts that this person sees, in order."""
    side = standing(project, user)
    parts = sorted((*OWN, *PARTS), key=lambda part: part.order)
    filled = ((part, part.context(project, user)) for part in parts if side in part.audiences)
    return [
        Section(part.key, part.title, part.template, context | {"side": side, "insider": side in INSIDERS})
        for part, context in filled
        if context is not None
    ]


def overview(project: Project, _user: Reader) -> dict[str, Any]:
    """The facts, and the groups behind the project."""
    groups = Holding.objects.on(local_date()).filter(project=project).select_related("group")
    return {"project": project, "holdings": list(groups)}


def capital_history(project: Project, user: Reader) -> dict[str, Any]:
    """Chart and table of the chain, and whether it holds."""
    events = project.events.order_by("seq")
    walked = steps(events.select_related("actor") if isinstance(user, User) and user.is_staff else events)
    report = verify([project]) if walked else None
    numbered = any(step.event.certificate_number for step in walked)
    return {
        "project": project, "steps": walked, "numbered": numbered, "chart": chart_of(walked), "report": report
    }  # fmt: skip


def chart_of(walked: Sequence[Step]) -> StepLine | None:
    """The step line in USD, or in VND where only that is known; nothing without a day or an amount."""
    for currency in ("usd", "vnd"):
        points = [
            Point(step.on, step.event.effective_precision, amount)
            for step in walked
            if (amount := getattr(step.after, currency)) is not None and amount != getattr(step.before, currency)
        ]
        if points:
            return step_line(points, currency.upper(), local_date())
    return None


def certificates(project: Project, _user: Reader) -> dict[str, Any] | None:
    """Every version of the certificate; left out where none was issued here."""
    versions = _versions(project)
    if not versions:
        return None
    return {"project": project, "rows": [(version, certificate_of(version)) for version in versions]}


def applications(project: Project, user: Reader) -> dict[str, Any] | None:
    """The cases about the project that this person may see."""
    rows = _cases(project, user)
    return {"rows": rows} if rows else None


def documents(project: Project, user: Reader) -> dict[str, Any] | None:
    """The live papers of those cases."""
    numbers = [case.pk for case in _cases(project, user)]
    if not numbers:
        return None
    papers = Attachment.objects.filter(case__in=numbers, removed_at=None, superseded_by=None)
    return {"rows": list(papers.select_related("case").order_by("-case", "paper", "pk")[:PAPERS])}


def _cases(project: Project, user: Reader) -> list[Case]:
    kept: list[Case] | None = getattr(project, "_cases_of_page", None)
    if kept is None:
        found = Case.objects.visible_to(user).filter(cases_of(project)).distinct()
        kept = list(found.order_by("-pk")[:CASES])
        project._cases_of_page = kept  # type: ignore[attr-defined]
    return kept


def duties(project: Project, _user: Reader) -> dict[str, Any] | None:
    """The next periodic reports, while the project lasts."""
    if project.state not in (Project.State.ACTIVE, Project.State.SUSPENDED):
        return None
    return {"rows": next_duties(local_date())}


def origin(project: Project, _user: Reader) -> dict[str, Any] | None:
    """Where an entry comes from that was taken over."""
    return {"project": project} if project.imported else None


OWN: Final = (
    PagePart("overview", _("Project overview"), "projects/parts/overview.html", overview, EVERYBODY, 10),
    PagePart("history", _("Capital history"), "projects/parts/history.html", capital_history, EVERYBODY, 20),
    PagePart("certificates", _("Certificates"), "projects/parts/certificates.html", certificates, EVERYBODY, 30),
    PagePart("applications", _("Applications"), "projects/parts/applications.html", applications, INSIDERS, 40),
    PagePart("duties", _("Duties"), "projects/parts/duties.html", duties, INSIDERS, 60),
    PagePart("documents", _("Documents"), "projects/parts/documents.html", documents, INSIDERS, 70),
    PagePart("source", _("Where this entry comes from"), "projects/parts/source.html", origin, EVERYBODY, 80),
)  # fmt: skip
