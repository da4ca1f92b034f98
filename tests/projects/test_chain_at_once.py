"""Many events of one project at the same moment: each waits for the one before it, and none is lost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from projects.chain import Capital, append, totals, verify
from projects.models import CapitalEvent, Project
from tests.parallel import at_once

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 12


def test_events_at_the_same_moment_stand_one_after_the_other() -> None:
    project = Project.objects.create(name="LG Innotek Hải Phòng", state="active")
    append(project, "issue", capital=Capital(total_usd=Decimal(100)), effective_on=date(2026, 1, 1), by=None)

    def raise_capital(_number: int) -> CapitalEvent:
        here = Project.objects.get(pk=project.pk)
        return append(here, "increase", capital=Capital(total_usd=Decimal(1)), effective_on=date(2026, 2, 1), by=None)

    answers = at_once(raise_capital, TIMES)
    assert sorted(event.seq for event in answers if isinstance(event, CapitalEvent)) == list(range(2, TIMES + 2))
    assert totals(project)["total_usd"] == 100 + TIMES
    assert verify().ok


def test_a_chain_gets_one_first_certificate_however_many_ask() -> None:
    project = Project.objects.create(name="LG Innotek Hải Phòng", state="active")

    def issue(_number: int) -> CapitalEvent:
        here = Project.objects.get(pk=project.pk)
        return append(here, "issue", capital=Capital(total_usd=Decimal(100)), effective_on=date(2026, 1, 1), by=None)

    answers = at_once(issue, TIMES)
    assert sum(isinstance(answer, CapitalEvent) for answer in answers) == 1
    assert project.events.count() == 1
