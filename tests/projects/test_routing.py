"""Where the answers lead: procedure, authority, papers, in-principle approval."""

from __future__ import annotations

import pytest

from cases.models import Case
from projects.models import Registration, Zone
from projects.routing import approval_cases, approver, features, special_is_open
from tests.projects.factories import complete_registration

pytestmark = pytest.mark.django_db


def with_answers(case: Case, **answers) -> Registration:
    return complete_registration(case, **answers)


def test_a_factory_in_a_park_asks_for_a_plain_certificate_at_the_zone_authority(dossier: Registration) -> None:
    assert dossier.procedure_code() == "irc"
    assert dossier.authority_code() == "HEZA"
    assert dossier.required_papers() == {"dd"}


@pytest.mark.parametrize(
    ("answers", "papers"),
    [
        ({"state_land": True}, set()),
        ({"technology_opinion": True}, {"dd", "e"}),
        ({"technology_list": "restricted"}, {"dd", "e"}),
        ({"investment_form": "bcc"}, {"dd", "g"}),
        ({"filed_by_agent": True, "agent_name": "Luật ABC", "agent_address": "Hà Nội"}, {"dd", "uq"}),
    ],
)
def test_conditional_papers_follow_the_answers(case: Case, answers: dict, papers: set[str]) -> None:
    assert with_answers(case, **answers).required_papers() == papers


@pytest.mark.parametrize(
    ("answers", "authority"),
    [
        ({"location": "outside", "zone": None, "ward": "phường Lê Chân"}, "DOF"),
        ({"several_provinces": True, "office_in_zone": True, "location": "outside", "zone": None}, "HEZA"),
        ({"several_provinces": True, "office_in_zone": False}, "DOF"),
    ],
)
def test_the_authority_is_where_the_project_or_its_office_stands(case: Case, answers: dict, authority: str) -> None:
    assert with_answers(case, **answers).authority_code() == authority


def test_a_project_with_its_approval_goes_on_after_it(case: Case) -> None:
    answers = {"state_land": True, "approval_number": "123/QĐ-UBND", "approval_on": "2026-10-01"}
    assert with_answers(case, **answers).procedure_code() == "irc-after-ipa"


COMMITMENTS = {
    "special_procedure": True,
    "commitment_conditions": "QCVN 06",
    "commitment_assessment": "Đáp ứng",
    "commitment_accepted": True,
    "impact_mitigation": "Xử lý nước thải",
}


def test_the_special_procedure_is_a_choice_in_the_listed_zones(case: Case) -> None:
    assert with_answers(case, **COMMITMENTS).procedure_code() == "irc-special"
    outside = with_answers(case, location="outside", zone=None, **COMMITMENTS)
    assert outside.procedure_code() == "irc"


@pytest.mark.parametrize(
    ("zone", "feature", "open_"),
    [
        ("IP-TD2", "golf", False),  # inside an economic zone
        ("IP-NOMURA", "golf", True),  # a park outside the economic zones
        ("IP-NOMURA", "infrastructure", False),  # excluded anywhere
        ("IP-TD2", "sea_area", True),  # not an excluded case
    ],
)
def test_some_cases_keep_a_project_out_of_the_special_procedure(
    case: Case, zone: str, feature: str, open_: bool
) -> None:
    dossier = with_answers(case, zone=zone, approval_features=[feature], no_approval_features=False, **COMMITMENTS)
    assert special_is_open(dossier) is open_


def test_a_high_tech_park_asks_for_the_criteria_of_high_technology(case: Case) -> None:
    Zone.objects.create(code="HTP-X", kind="HTP", name_vi="Khu công nghệ cao", name_en="High-tech park")
    assert not special_is_open(with_answers(case, zone="HTP-X", **COMMITMENTS))
    assert special_is_open(with_answers(case, zone="HTP-X", high_tech_criteria=True, **COMMITMENTS))


@pytest.mark.parametrize(
    ("answers", "who"),
    [
        ({"state_land": True}, "board"),
        ({"state_land": True, "location": "outside", "zone": None}, "chair"),
        ({"approval_features": ["nuclear"]}, "pm"),
        ({"approval_features": ["golf", "resettlement_large"]}, "pm"),
        ({"approval_features": ["special_mechanism", "nuclear"]}, "na"),
    ],
)
def test_the_highest_approver_counts_and_the_board_stands_for_the_chair_in_zones(
    case: Case, answers: dict, who: str
) -> None:
    dossier = with_answers(case, **answers)
    assert approver(dossier, approval_cases(dossier)) == who


def test_telecom_and_press_count_for_foreign_investors_only(case: Case) -> None:
    foreign = with_answers(case, approval_features=["telecom_press"])
    assert [found.code for found in approval_cases(foreign)] == ["telecom_press"]
    foreign.applicant = "domestic"
    assert approval_cases(foreign) == []


def test_every_feature_says_its_article_in_both_languages() -> None:
    assert all(feature.name("vi") and feature.name("en") and feature.article for feature in features().values())
