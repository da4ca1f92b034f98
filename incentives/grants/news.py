"""What happens to a grant, told to whoever listens: inside the transaction of the act, so that it is told or undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from django.urls import reverse
from django.utils import timezone

from cases.news import GRANTS, GrantNews
from cases.signals import grant_moved
from incentives.grants.duties import RevocationGround
from incentives.grants.models import GrantEvent, IncentiveGrant

REMINDER, REPORTED, CORRECTION, INSPECTION, INSPECTED, REVOKED, EXPIRED = GRANTS
OVERDUE: Final = "overdue"


def tell(
    grant: IncentiveGrant,
    kind: str,
    *,
    event: GrantEvent,
    on: date | None = None,
    year: int | None = None,
    years: tuple[int, ...] = (),
    reason: str = "",
    ground: RevocationGround | None = None,
) -> None:
    """Send the news of an act; the event names the telling."""
    path = report_path(grant, year) if kind in (CORRECTION, REPORTED) and year else grant.get_absolute_url()
    _send(grant, GrantNews(
        key=f"{grant.number}:grant-{event.pk}", kind=kind, number=grant.number, name=_named(grant),
        organisation=grant.organisation, office=grant.case.authority, path=path, at=event.at, on=on, year=year,
        years=years, reason=reason, ground=ground.name if ground else None, clause=ground.clause if ground else None,
    ))  # fmt: skip


def remind(grant: IncentiveGrant, *, year: int, due_on: date, step: str, days_left: int) -> None:
    """Send one step of the ladder."""
    _send(grant, GrantNews(
        key=f"{grant.number}:report-{year}-{step}", kind=REMINDER, number=grant.number, name=_named(grant),
        organisation=grant.organisation, office=grant.case.authority, path=report_path(grant, year),
        at=timezone.now(), on=due_on, days_left=days_left, year=year,
    ))  # fmt: skip


def report_path(grant: IncentiveGrant, year: int) -> str:
    """The page of the report on a year."""
    return reverse("incentive-report", args=[grant.number, year])


def _send(grant: IncentiveGrant, news: GrantNews) -> None:
    grant_moved.send(sender=type(grant), news=news)


def _named(grant: IncentiveGrant) -> Callable[[str], str]:
    project = grant.project
    english = project.name_en if project else ""
    return lambda language: grant.project_name if language == "vi" else english or grant.project_name
