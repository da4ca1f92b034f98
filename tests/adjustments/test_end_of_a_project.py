"""An application about a project stands in the way of its end; after an adjustment the newest certificate ends."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import translation

from cases.calendar import local_date
from cases.errors import WrongState
from cases.states import Status
from certificates.models import Certificate
from projects import life
from projects.chain import totals, verify
from projects.life_checks import Told
from projects.models import Project
from tests.walk import Cast, walk

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def cast(db: None) -> Cast:
    return Cast()


def the_end(ground: str = "own_decision") -> Told:
    """The end of today."""
    today = local_date()
    return Told(today - timedelta(days=1), today, ground, "Đã bán nhà máy.")


@pytest.mark.parametrize("state", [Status.SUBMITTED, Status.AWAITING_INVESTOR, Status.APPROVED])
def test_a_project_cannot_end_while_an_adjustment_is_open(state: Status, cast: Cast) -> None:
    case = walk("adjustment", state, cast)
    project = Project.objects.get(organisation=cast.organisation)
    with translation.override("en"):
        with pytest.raises(WrongState, match=str(case.dossier_code)):
            life.terminate(project, by=cast["signer of the company"], told=the_end())
        with pytest.raises(WrongState, match=str(case.dossier_code)):
            life.revoke(project, by=cast["signer"], told=the_end("no_deposit"))
    assert Project.objects.get(pk=project.pk).state == "active"


@pytest.mark.parametrize("state", [Status.DRAFT, Status.WITHDRAWN])
def test_a_draft_or_a_withdrawn_adjustment_holds_nobody_up(state: Status, cast: Cast) -> None:
    walk("adjustment", state, cast)
    project = Project.objects.get(organisation=cast.organisation)
    life.terminate(project, by=cast["signer of the company"], told=the_end())
    assert Project.objects.get(pk=project.pk).state == "terminated"


def test_after_an_adjustment_its_certificate_ends_and_the_first_one_stays_replaced(cast: Cast) -> None:
    case = walk("adjustment", Status.ISSUED, cast)
    project = Project.objects.get(organisation=cast.organisation)
    notice = life.terminate(project, by=cast["signer of the company"], told=the_end())
    newest = Certificate.objects.get(case=case)
    assert notice.certificate == newest
    assert (newest.state, Certificate.objects.get(case=project.case).state) == ("surrendered", "replaced")
    assert totals(project)["total_usd"] == 0
    assert verify().ok
