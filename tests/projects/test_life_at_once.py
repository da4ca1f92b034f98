"""Two acts at the same moment: one is done, the other is refused or answered by the first."""

from __future__ import annotations

from datetime import date

import pytest

from cases.errors import WrongState
from certificates.models import Certificate
from projects import life
from projects.chain import totals, verify
from projects.models import LifeNotice, Project
from tests.parallel import at_once
from tests.projects.lives import licensed, on, told
from tests.walk import Cast

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2026, 6, 15)
TIMES = 6


def test_an_end_by_both_sides_at_once_is_one_end() -> None:
    cast = Cast()
    project = licensed(cast)
    people = ["signer of the company", "signer"]
    facts = {"signer of the company": told("terminate", DAY), "signer": told("revoke", DAY)}
    acts = {"signer of the company": life.terminate, "signer": life.revoke}

    def end(number: int) -> LifeNotice:
        role = people[number % 2]
        return acts[role](Project.objects.get(pk=project.pk), by=cast[role], told=facts[role])

    with on(DAY):
        answers = at_once(end, TIMES)
    done = [answer for answer in answers if isinstance(answer, LifeNotice)]
    assert len(done) == 1
    assert sum(isinstance(answer, WrongState) for answer in answers) == TIMES - 1
    certificate = Certificate.objects.get(case=project.case)
    assert certificate.state == ("surrendered" if done[0].kind == "termination" else "revoked")
    assert totals(project)["total_usd"] == 0
    assert project.events.count() == 2
    assert verify().ok


def test_the_same_request_many_times_at_once_is_one_act() -> None:
    cast = Cast()
    project = licensed(cast)

    def suspend(_number: int) -> LifeNotice:
        here = Project.objects.get(pk=project.pk)
        return life.suspend(here, by=cast["signer of the company"], told=told("suspend", DAY), key="one")

    with on(DAY):
        answers = at_once(suspend, TIMES)
    assert {answer.pk for answer in answers if isinstance(answer, LifeNotice)} == {LifeNotice.objects.get().pk}
    assert sum(isinstance(answer, LifeNotice) for answer in answers) == TIMES
    assert verify().ok
