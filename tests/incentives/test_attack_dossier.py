"""Bad luck and bad will around the application for incentives: two at once, what ends meanwhile, doors left open."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from cases import transitions as verbs
from cases.drafting import create
from cases.errors import Invalid
from cases.models import Case
from cases.states import Status
from certificates.models import Certificate
from incentives.dossier.demo import amended
from incentives.models import AnnualReport, IncentiveApplication, IncentiveGrant, SupportedProduct
from projects import life
from tests.cases.pages.visitors import visitor
from tests.days import takes_place_on
from tests.incentives.factories import complete_incentive, write
from tests.incentives.granted import row
from tests.incentives.licensed import licensed
from tests.walk import STEPS, Cast, attach_all

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
_that_day = takes_place_on(TODAY)


@pytest.fixture
def cast() -> Cast:
    return Cast()


def opened(cast: Cast, **changes: Any) -> Case:
    """A complete draft with its papers."""
    case = create("incentive", organisation=cast.organisation, by=cast["preparer"])
    complete_incentive(case, **changes)
    return attach_all(case, cast)


def go(case: Case, cast: Cast, *states: Status) -> Case:
    """The case taken through the steps that lead to these states."""
    for state in states:
        STEPS[state][1](case, cast)
    return case


TO_APPROVED = (Status.SUBMITTED, Status.ACCEPTED, Status.PROPOSED, Status.APPROVED)


def good(code: str, **changes: Any) -> dict[str, Any]:
    return {"product": code, "name": code, "capacity": "10.00", "unit": "chiếc", "high_technology": False,
            "made_in_vietnam": "not_yet"} | changes  # fmt: skip


# --- meanwhile ------------------------------------------------------------------------------------------------------
def test_of_two_applications_for_one_product_that_slipped_in_together_only_one_is_granted(cast: Cast) -> None:
    project = licensed(cast.organisation)
    first, second = (go(opened(cast, project=project.code, goods=[good(code)]), cast, *TO_APPROVED[:3])
                     for code in ("ELEC-05", "ELEC-03"))  # fmt: skip
    third = go(opened(cast, project=project.code, goods=[good("ELEC-01")]), cast, *TO_APPROVED[:3])
    line = SupportedProduct.objects.get(code="ELEC-05")
    for case in (second, third):  # as if they had been submitted in the same moment
        IncentiveApplication.objects.get(case=case).goods.update(product=line)
    go(second, cast, Status.APPROVED)
    go(first, cast, Status.APPROVED, Status.ISSUED)
    for case, state in ((second, Status.ISSUED), (third, Status.APPROVED)):
        with pytest.raises(Invalid) as refused:
            go(Case.objects.get(pk=case.pk), cast, state)
        assert "goods" in refused.value.errors
    assert IncentiveGrant.objects.get().case == first
    assert Certificate.objects.exclude(number=None).count() == 1


def test_a_project_that_ends_between_approval_and_issue_gets_no_certificate(cast: Cast) -> None:
    project = licensed(cast.organisation)
    case = go(opened(cast, project=project.code), cast, *TO_APPROVED)
    waits = " ".join(filter(None, (obstacle(project) for obstacle in life.OBSTACLES)))
    assert str(Case.objects.get(pk=case.pk).dossier_code) in waits  # an end on the portal waits; an import does not
    project.state = project.State.TERMINATED
    project.save()
    with pytest.raises(Invalid) as refused:
        go(case, cast, Status.ISSUED)
    assert "project" in refused.value.errors
    assert not IncentiveGrant.objects.exists()


def test_products_of_two_versions_of_the_list_fit_on_one_certificate(cast: Cast) -> None:
    SupportedProduct.objects.create(
        code="NEW-01", list_version="L2026-BS", group="ELECTRONICS", name_vi="Mới", name_en="New", decree="1/2026",
        valid_from=date(2026, 1, 1), confidence="seen",
    )  # fmt: skip
    case = go(opened(cast, goods=[good("ELEC-05"), good("NEW-01")]), cast, *TO_APPROVED, Status.ISSUED)
    assert IncentiveGrant.objects.get(case=case).list_version == "L2015+L2026-BS"


# --- adjustments ----------------------------------------------------------------------------------------------------
def grant_of(cast: Cast, **changes: Any) -> IncentiveGrant:
    return IncentiveGrant.objects.get(case=go(opened(cast, **changes), cast, *TO_APPROVED, Status.ISSUED))


def codes(case: Case) -> set[str]:
    """What must be mended."""
    return {one.code for one in IncentiveApplication.objects.get(case=case).findings(TODAY) if one.blocks}


def test_an_adjustment_takes_no_product_from_another_certificate_and_moves_to_no_other_project(cast: Cast) -> None:
    project = licensed(cast.organisation)
    first = grant_of(cast, project=project.code)
    grant_of(cast, project=project.code, goods=[good("ELEC-03")])
    other = licensed(cast.organisation, name="Dự án khác", national_code="4398765499")
    case = create("incentive", organisation=cast.organisation, by=cast["preparer"])
    write(case, amended(first.number, TODAY))
    assert not codes(case) & {"I4", "I13"}
    write(case, {"goods": [good("ELEC-05"), good("ELEC-03")]})
    assert codes(case) & {"I4", "I13"} == {"I4"}
    write(case, {"goods": [good("ELEC-05")], "project": other.code})
    assert codes(case) & {"I4", "I13"} == {"I13"}


def by_form(case: Case, cast: Cast, second: IncentiveGrant) -> int:
    url = reverse("case-section", args=[case.reference, "project"])
    sent = {"amends": str(second.pk), "insured_staff": "9", "version": str(case.version)}
    return visitor(cast["preparer"]).post(url, sent).status_code


def by_program(case: Case, cast: Cast, second: IncentiveGrant) -> int:
    sent = {"version": case.version, "dossier": {"amends": second.number}}
    url = f"/api/v1/cases/{case.reference}/"
    return visitor(cast["preparer"]).patch(url, json.dumps(sent), content_type="application/json").status_code


@pytest.mark.parametrize("door", [by_form, by_program])
def test_naming_another_certificate_when_asked_changes_nothing_the_office_did_not_ask_about(
    cast: Cast, door: Callable[[Case, Cast, IncentiveGrant], int]
) -> None:
    first, second = grant_of(cast), row(cast.organisation, "HPUD-2026-900001")
    case = create("incentive", organisation=cast.organisation, by=cast["preparer"])
    write(case, amended(first.number, TODAY))
    case = go(attach_all(case, cast), cast, Status.SUBMITTED, Status.ACCEPTED)
    verbs.request_supplement(case, by=cast["appraiser"], reasons="-", pins=[{"path": "amends", "text": "Số nào?"}])
    before = IncentiveApplication.objects.get(case=case).as_data()
    assert door(Case.objects.get(pk=case.pk), cast, second) in (200, 302)
    after = IncentiveApplication.objects.get(case=case).as_data()
    assert {name for name in before if before[name] != after[name]} == {"amends"}


def test_what_belongs_to_another_company_is_named_by_no_door(cast: Cast) -> None:
    strangers = Cast()
    foreign, theirs = row(strangers.organisation, "HPUD-2026-900009"), licensed(strangers.organisation)
    row(cast.organisation, "HPUD-2026-900001")
    case = create("incentive", organisation=cast.organisation, by=cast["preparer"])
    client, own = visitor(cast["preparer"]), f"/api/v1/cases/{case.reference}/"
    for given in ({"amends": foreign.number}, {"project": theirs.code}):
        sent = json.dumps({"version": case.version, "dossier": given})
        assert client.patch(own, sent, content_type="application/json").status_code == 400
    page = reverse("case-section", args=[case.reference, "project"])
    for name, value in (("amends", foreign.pk), ("project", theirs.pk)):
        assert client.post(page, {name: str(value), "version": str(case.version)}).status_code == 422
    for address in (reverse("incentive-grant", args=[foreign.number]),
                    reverse("incentive-report", args=[foreign.number, 2026]),
                    f"/api/v1/incentives/grants/{foreign.number}/"):  # fmt: skip
        assert client.get(address).status_code == 404
    assert client.post(reverse("incentive-adjust", args=[foreign.number])).status_code == 404
    report = f"/api/v1/incentives/grants/{foreign.number}/reports/"
    assert client.post(report, "{}", content_type="application/json").status_code == 404
    fresh = IncentiveApplication.objects.get(case=case)
    assert (fresh.amends, fresh.project) == (None, None)


# --- reports --------------------------------------------------------------------------------------------------------
def test_a_report_on_a_year_of_no_calendar_or_with_an_output_of_no_column_is_refused_in_words(cast: Cast) -> None:
    grant = row(cast.organisation, "HPUD-2026-900001", date(2024, 5, 5))
    client = visitor(cast["owner"])
    for year in (0, 9998, 9999, 10_000, 10**20):
        address = f"/incentives/grants/{grant.number}/reports/{year}/"
        assert {client.get(address).status_code, client.post(address).status_code} == {409}, year
    name = f"output_{grant.products.get().pk}"
    address = reverse("incentive-report", args=[grant.number, 2025])
    for typed in ("9" * 20, "-5", "1e9"):
        answer = client.post(address, {name: typed, "action": "save", "version": "0"})
        assert answer.status_code == 422 and typed in answer.content.decode(), typed
    assert not AnnualReport.objects.exists()
