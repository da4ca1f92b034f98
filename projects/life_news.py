"""An act in the life of a project, told to whoever listens."""

from __future__ import annotations

from cases.calendar import local_date
from cases.news import ProjectNews
from cases.signals import project_moved
from certificates.states import State as CertificateState
from projects.life_models import LifeNotice
from projects.life_rules import ground_named, grounds
from projects.register import Project


def announce(notice: LifeNotice) -> LifeNotice:
    """Send `project_moved`, inside the transaction of the act: a listener that raises undoes it."""
    project_moved.send(sender=Project, news=news_of(notice))
    return notice


def news_of(notice: LifeNotice) -> ProjectNews:
    """The act as plain facts, read again: project and certificate stand where the act has put them (1 query)."""
    around = ("project__organisation", "project__authority", "certificate", "by")
    told = LifeNotice.objects.select_related(*around).get(pk=notice.pk)
    project, certificate, ground = told.project, told.certificate, ground_named(told.ground)
    by_office = told.side == LifeNotice.Side.OFFICIAL
    return ProjectNews(
        key=f"life-{told.pk}", kind=told.kind, code=project.code or "",
        name=lambda language: project.name if language == "vi" else project.name_en or project.name,
        organisation=project.organisation, office=project.authority, path=f"{project.get_absolute_url()}#life",
        state=Project.State(project.state).label, by=told.by, by_office=by_office,
        ordered=by_office and not _investors_own(told), at=told.recorded_at, decided_on=told.decided_on,
        effective_on=told.effective_on, until=told.until,
        ground=lambda language: ground.name(language) if ground else told.ground,
        clause=told.clause, reason=told.reason, notice_due_on=told.notice_due_on, late=told.late,
        inform_by=told.inform_by, certificate=(certificate.number or "") if certificate else "",
        certificate_state=CertificateState(certificate.state).label if certificate else "",
    )  # fmt: skip


def _investors_own(notice: LifeNotice) -> bool:
    """Whether an investor could have given this ground: then an official only wrote down what the investor decided."""
    own = grounds(notice.kind, LifeNotice.Side.INVESTOR, local_date(notice.recorded_at))
    return notice.ground in {ground.code for ground in own}
