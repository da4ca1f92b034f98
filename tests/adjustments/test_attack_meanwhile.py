"""What happens to an adjustment meanwhile: returned, withdrawn, suspended, ended; and projects kept elsewhere."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from adjustments.demo import capital_change
from adjustments.models import Adjustment
from adjustments.outline import CONTENT_NAMES
from cases import transitions as verbs
from cases.drafting import create
from cases.errors import Incomplete, WrongState
from cases.findings import blocking
from cases.models import Case
from cases.precheck import precheck
from cases.states import Status
from certificates.models import Certificate
from projects import life
from projects.chain import Capital, append, totals, verify
from projects.demo import golden_registration
from projects.models import Project
from tests.adjustments.factories import increase, licensed_project, write
from tests.days import takes_place_on
from tests.projects.lives import told
from tests.walk import STEPS, Cast, attach_all, draft, walk

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
_that_day = takes_place_on(TODAY)


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def project(cast: Cast) -> Project:
    return licensed_project(cast.organisation)


def submit(case: Case, cast: Cast) -> None:
    verbs.submit(case, by=cast["signer of the company"], declared=True)


def issued(case: Case, cast: Cast) -> Case:
    for state in (Status.SUBMITTED, Status.ACCEPTED, Status.PROPOSED, Status.APPROVED, Status.ISSUED):
        STEPS[state][1](case, cast)
    return case


# --- holds ----------------------------------------------------------------------------------------------------------
def test_a_returned_application_keeps_its_project_until_it_is_withdrawn(project: Project, cast: Cast) -> None:
    first, second = walk("adjustment", Status.RETURNED, cast), draft("adjustment", cast)
    assert Adjustment.objects.get(case=first).holds == project
    with pytest.raises(Incomplete):
        submit(second, cast)
    with pytest.raises(WrongState):
        life.terminate(project, by=cast["signer of the company"], told=told("terminate", TODAY))
    submit(first, cast)
    verbs.return_incomplete(first, by=cast["desk officer"], reasons="Thiếu.")
    verbs.withdraw(first, by=cast["signer of the company"])
    submit(second, cast)
    assert Adjustment.objects.get(case=second).holds == project
    assert Adjustment.objects.get(case=first).holds is None


def test_a_returned_application_that_turns_to_another_project_gives_the_first_one_back(cast: Cast) -> None:
    project = licensed_project(cast.organisation)
    case = walk("adjustment", Status.RETURNED, cast)
    other = Project.objects.create(name="Second", organisation=cast.organisation, state="active", imported=True)
    before = Adjustment.objects.get(case=case)
    write(case, {name: before.current[name] for name in {item.name for item in before.changed}})
    write(case, {"project": other.code})
    assert Adjustment.objects.get(case=case).holds == project, "the office has the case of this project still"
    verbs.withdraw(Case.objects.get(pk=case.pk), by=cast["signer of the company"])
    assert not Adjustment.objects.filter(holds__isnull=False).exists()


# --- life -----------------------------------------------------------------------------------------------------------
def test_an_adjustment_of_a_suspended_project_is_issued_and_leaves_it_suspended(project: Project, cast: Cast) -> None:
    case = walk("adjustment", Status.APPROVED, cast)
    day = date(2026, 12, 24)
    announced = told("suspend", TODAY, effective_on=day, until=date(2027, 1, 31))
    life.suspend(project, by=cast["signer of the company"], told=announced)
    STEPS[Status.ISSUED][1](case, cast)
    project = Project.objects.get(pk=project.pk)
    assert (project.state, totals(project)["total_usd"]) == ("suspended", Decimal(1_549_000_000))
    assert verify([project]).ok


def test_two_drafts_of_one_certificate_end_in_one_adjustment_and_one_stale_draft(project: Project, cast: Cast) -> None:
    late = draft("adjustment", cast)
    issued(draft("adjustment", cast), cast)
    with pytest.raises(Incomplete) as refused:
        submit(Case.objects.get(pk=late.pk), cast)
    assert "V25" in {finding.code for finding in refused.value.findings}
    assert totals(project)["total_usd"] == Decimal(1_549_000_000)


def test_a_decrease_to_exactly_what_is_paid_in_is_possible(project: Project, cast: Cast) -> None:
    data = project.versions.get().data
    change = increase(project, Decimal(-100_000_000))
    case = draft("adjustment", cast)
    wanted = write(case, change).proposed["contributed_vnd"]
    write(case, {"disbursed_contributed_vnd": wanted, "disbursed_contributed_usd": None})
    found = [f.code for f in blocking(precheck(Case.objects.get(pk=case.pk), TODAY))]
    assert "A4" not in found
    write(case, {"disbursed_contributed_vnd": str(int(wanted) + 1)})
    assert "A4" in [f.code for f in blocking(precheck(Case.objects.get(pk=case.pk), TODAY))]
    assert data["contributed_vnd"] != wanted


def test_a_total_in_dollars_is_not_left_behind(project: Project, cast: Cast) -> None:
    case = draft("adjustment", cast)
    lost = {f"{name}_usd": None for name in ("total_capital", "contributed", "mobilised", "retained")}
    write(case, lost | {"exchange_rate": None})
    found = [(f.code, f.path) for f in blocking(precheck(Case.objects.get(pk=case.pk), TODAY))]
    assert ("A5", "total_capital_usd") in found
    write(case, {"exchange_rate": "26000.0000"})
    assert "A5" not in [f.code for f in blocking(precheck(Case.objects.get(pk=case.pk), TODAY))]
    write(case, {"exchange_rate": "30000.0000"})
    issued(Case.objects.get(pk=case.pk), cast)
    total = totals(project)
    assert total["total_usd"] == round(Decimal(str(total["total_vnd"])) / 30000, 2)


# --- kept elsewhere -------------------------------------------------------------------------------------------------
def elsewhere(cast: Cast, dollars: int, intent: str) -> Case:
    """An application on a project of USD 549 million whose certificate was not issued here."""
    project = Project.objects.create(
        name="LG Innotek Vietnam Hai Phong", organisation=cast.organisation, state="active", imported=True
    )
    opening = Capital(total_usd=Decimal(549_000_000))
    append(project, "issue", capital=opening, effective_on=date(2016, 9, 1), by=None, imported=True)
    case = create("adjustment", organisation=cast.organisation, by=cast["preparer"])
    said = golden_registration()
    content = {name: value for name, value in said.items() if name in {"applicant", *CONTENT_NAMES}}
    change: dict[str, Any] = capital_change(said, Decimal(dollars), on=TODAY) if dollars else {}
    whole = capital_change(said, Decimal(1_000_000), on=TODAY)
    own = {name: value for name, value in whole.items() if name not in CONTENT_NAMES}
    write(case, content | own | change | {
        "intent": intent, "earlier_number": "7654321098", "earlier_first_on": "2016-09-01", "earlier_adjustments": 0,
        "disbursed_contributed_vnd": "1", "disbursed_contributed_usd": None, "disbursed_mobilised_vnd": None,
    })  # fmt: skip
    return attach_all(case, cast)


@pytest.mark.parametrize(
    ("dollars", "intent"), [(-100_000_000, "decrease"), (0, "other"), (0, "correction"), (1_000_000, "increase")]
)
def test_a_certificate_kept_elsewhere_may_change_in_every_way(cast: Cast, dollars: int, intent: str) -> None:
    case = elsewhere(cast, dollars, intent)
    with translation.override("en"):
        found = [f"{f.code} {f.path} {f.message}" for f in blocking(precheck(case, TODAY))]
    assert found == []
    dossier = Adjustment.objects.get(case=case)
    assert dossier.amount_usd() == dollars
    assert [text for text in dossier.effects() if "549" in text or not dollars], dossier.effects()
    issued(case, cast)
    assert totals(dossier.project)["total_usd"] == Decimal(549_000_000 + dollars)  # type: ignore[arg-type]
    assert Certificate.objects.get(case=case).version == 1


@pytest.mark.parametrize("wrong", ["decrease", "other"])
def test_what_does_not_fit_the_register_is_a_warning_because_the_register_is_not_the_certificate(
    cast: Cast, wrong: str
) -> None:
    case = elsewhere(cast, 1_000_000, wrong)
    found = [finding for finding in precheck(case, TODAY) if finding.code == "A1"]
    assert [(finding.outcome, finding.blocks) for finding in found] == [("warning", False)]
    with translation.override("en"):
        assert "USD 549,000,000" in next(str(f.message) for f in precheck(case, TODAY) if f.code == "A1")


@pytest.mark.parametrize(
    ("said", "path"),
    [
        ({"earlier_adjustments": 2147483647, "earlier_last_on": "2018-05-10"}, "earlier_adjustments"),
        ({"earlier_adjustments": 2, "earlier_last_on": "2016-08-31"}, "earlier_last_on"),
        ({"earlier_first_on": "9999-12-31"}, "earlier_first_on"),
        ({"earlier_adjustments": 1, "earlier_last_on": "2026-11-25"}, "earlier_last_on"),
    ],
)
def test_what_cannot_be_said_of_an_earlier_certificate_is_told_before_anybody_issues(
    cast: Cast, said: dict[str, Any], path: str
) -> None:
    case = elsewhere(cast, 0, "other")
    write(case, said)
    found = [(f.code, f.path) for f in blocking(precheck(Case.objects.get(pk=case.pk), TODAY))]
    assert found == [("A6", path)]


def test_a_rival_that_is_issued_first_is_read_from_its_certificate(cast: Cast) -> None:
    case = elsewhere(cast, 0, "other")
    issued(case, cast)
    later = create("adjustment", organisation=cast.organisation, by=cast["preparer"])
    found = Adjustment.objects.get(case=later)
    assert found.base is not None
    assert (found.base.number, found.changed, found.amount_usd()) == (1, [], 0)
