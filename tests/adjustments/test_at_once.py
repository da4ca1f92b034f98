"""Two people at the same moment: one open application, one next certificate, nothing lost."""

from __future__ import annotations

import pytest

from adjustments.models import Adjustment
from cases import transitions as verbs
from cases.errors import CaseError
from cases.models import Case, Event
from cases.states import Status
from certificates.models import Certificate
from projects.chain import totals, verify
from projects.models import Project, ProjectVersion
from tests.adjustments.factories import licensed_project
from tests.parallel import at_once
from tests.walk import Cast, draft, walk

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast() -> Cast:
    return Cast()


def test_of_many_applications_handed_in_at_once_one_is_open_and_the_others_are_told(cast: Cast) -> None:
    project = licensed_project(cast.organisation)
    drafts = [draft("adjustment", cast) for _number in range(4)]

    def submit(number: int) -> str:
        try:
            verbs.submit(Case.objects.get(pk=drafts[number].pk), by=cast["signer of the company"], declared=True)
        except CaseError as refused:
            return str(getattr(refused, "findings", None) or getattr(refused, "errors", refused))
        return ""

    answers = at_once(submit, len(drafts))
    assert sorted(map(bool, answers)) == [False, True, True, True]
    assert Adjustment.objects.filter(holds=project).count() == 1
    winner = Adjustment.objects.get(holds=project).case
    assert all(winner.reference in words for words in answers if words)
    assert Event.objects.filter(verb="submit", case__kind="adjustment").count() == 1


def test_the_same_certificate_issued_by_two_officials_is_one_version(cast: Cast) -> None:
    project = licensed_project(cast.organisation)
    case = walk("adjustment", Status.APPROVED, cast)

    def issue(_number: int) -> bool:
        try:
            verbs.issue(Case.objects.get(pk=case.pk), by=cast["desk officer"], project_code="4312567890")
        except CaseError:
            return False
        return True

    assert sorted(at_once(issue, 5)) == [False, False, False, False, True]
    assert list(ProjectVersion.objects.filter(project=project).values_list("number", flat=True)) == [0, 1]
    assert list(Certificate.objects.order_by("pk").values_list("version", flat=True)) == [0, 1]
    assert totals(project)["total_usd"] == 1_549_000_000
    assert verify([Project.objects.get(pk=project.pk)]).ok
