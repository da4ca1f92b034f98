"""Every rule of the pre-check says yes where it holds and names what is wrong where it does not."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils.translation import override

from cases.findings import Finding, Outcome, blocking
from cases.models import Attachment, Case
from projects.checking import CHECKS
from projects.demo import sample_registrations
from projects.models import MobilisedSource, Objective, Phase, Registration, RegistrationInvestor, Zone
from projects.shape import rows
from tests.projects.factories import complete_registration
from tests.walk import member

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 24)
MILLION = Decimal(1_000_000)

MUST_FIX, WARNING, PASSED, INFO, OPEN = (
    Outcome.MUST_FIX, Outcome.WARNING, Outcome.PASSED, Outcome.INFO, Outcome.CANNOT_CHECK,
)  # fmt: skip


def said(dossier: Registration, code: str, language: str = "en") -> list[Finding]:
    """What one rule finds, in a language."""
    with override(language):
        return [
            Finding(**(vars(finding) | {"message": str(finding.message)}))
            for finding in dossier.findings(ON)
            if finding.code == code
        ]


def outcomes(dossier: Registration, code: str) -> list[str]:
    return [finding.outcome for finding in said(dossier, code)]


def put(dossier: Registration, **answers: Any) -> None:
    """Change answers in memory; `investors__share_percent` is a column of the first row of a list."""
    for name, value in answers.items():
        list_name, _, column = name.partition("__")
        if column:
            setattr(rows(dossier, list_name)[0], column, value)
        else:
            setattr(dossier, name, value)


def test_the_golden_dossier_passes_everything(dossier: Registration) -> None:
    findings = dossier.findings(ON)
    assert blocking(findings) == []
    assert [finding.code for finding in findings if finding.outcome == WARNING] == []
    assert {finding.section for finding in findings} <= {
        "company", "investors", "project", "site", "capital", "people", "incentives", "papers",
    }  # fmt: skip


@pytest.mark.parametrize("number", range(len(sample_registrations())))
def test_every_sample_passes_what_blocks(case: Case, number: int) -> None:
    dossier = complete_registration(case, **sample_registrations()[number])
    assert blocking(dossier.findings(ON)) == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_finding_of_an_empty_draft_is_a_whole_sentence(case: Case, language: str) -> None:
    with override(language):
        messages = [str(finding.message) for finding in case.dossier.findings(ON)]
    assert messages
    assert all(re.search(r"[.?]$", message) and "%(" not in message for message in messages)


def test_the_whole_check_takes_a_fixed_number_of_queries(dossier: Registration, django_assert_max_num_queries) -> None:
    dossier = Registration.objects.select_related("case", "zone").get(pk=dossier.pk)
    with django_assert_max_num_queries(12):
        dossier.findings(ON)


def test_every_rule_has_a_code_a_place_and_where_it_stands() -> None:
    assert set(CHECKS) >= {f"V{number}" for number in (1, 2, 3, 4, 5, *range(7, 22), 23, 24, 26)}
    for check in CHECKS.values():
        assert check.rule.__doc__, check.code
        assert check.mark in {"S", "S2", "G", "U", "D"}
        assert check.clause or check.mark == "G"


# --- what is missing ------------------------------------------------------------------------------------------------
def test_an_empty_draft_names_every_gap_at_once(case: Case) -> None:
    gaps = {finding.path for finding in said(case.dossier, "missing")}
    assert {"applicant", "investors", "project_name", "location", "total_capital_vnd", "phases", "state_land"} <= gaps
    assert "agent_name" not in gaps  # hangs on a question that is still open
    assert all(finding.blocks for finding in said(case.dossier, "missing"))


def test_a_gap_in_a_list_names_the_row(dossier: Registration) -> None:
    put(dossier, investors__representative_name="")
    (gap,) = said(dossier, "missing")
    assert gap.path == "investors.0.representative_name"
    assert gap.message == "“Legal representative” is missing for investor 1."
    assert gap.section == "investors"


def test_a_conditional_answer_is_asked_for_when_its_question_is_answered(dossier: Registration) -> None:
    put(dossier, filed_by_agent=True)
    assert {finding.path for finding in said(dossier, "missing")} == {"agent_name", "agent_address"}


@pytest.mark.parametrize(("features", "none"), [([], None), (["golf"], True)])
def test_the_question_of_article_24_needs_one_clear_answer(
    dossier: Registration, features: list[str], none: bool | None
) -> None:
    put(dossier, approval_features=features, no_approval_features=none)
    assert [finding.path for finding in said(dossier, "missing")] == ["approval_features"]


# --- capital --------------------------------------------------------------------------------------------------------
def test_v1_says_by_how_much_the_total_is_missed(dossier: Registration) -> None:
    put(dossier, total_capital_vnd=Decimal(8), contributed_vnd=Decimal(3), mobilised_vnd=Decimal(4))
    (finding,) = said(dossier, "V1")
    assert finding.message == (
        "Contributed VND 3 plus mobilised VND 4 plus retained VND 0 make VND 7: "
        "that is VND 1 less than the total of VND 8."
    )
    assert (finding.outcome, finding.path, finding.clause) == (MUST_FIX, "total_capital_vnd", "D96 29(1), 37(6)")
    put(dossier, total_capital_vnd=Decimal(6))
    assert "VND 1 more than the total of VND 6" in said(dossier, "V1")[0].message


def test_v1_writes_amounts_the_way_the_reader_does(dossier: Registration) -> None:
    put(dossier, total_capital_usd=Decimal("550000000"))
    assert "USD 1,000,000" in said(dossier, "V1", "en")[0].message
    assert re.search(r"1\.000\.000", said(dossier, "V1", "vi")[0].message)
    assert said(dossier, "V1")[0].path == "total_capital_usd"


RULES: list[tuple[str, dict[str, Any], str, str]] = [
    # code, what is changed in the golden dossier, what the rule says, which words
    ("V1", {}, PASSED, "add up to the total"),
    ("V1", {"mobilised_vnd": None}, OPEN, "once total, contributed and mobilised"),
    ("V2", {}, PASSED, "within the total"),
    ("V2", {"contributed_vnd": Decimal(0)}, MUST_FIX, "must be more than 0"),
    ("V2", {"contributed_vnd": Decimal(10) ** 14}, MUST_FIX, "more than the total"),
    ("V2", {"retained_usd": Decimal(-1)}, MUST_FIX, "0 or more"),
    ("V2", {"total_capital_vnd": None}, OPEN, "once both are there"),
    ("V3", {}, PASSED, "shares to the whole"),
    ("V3", {"investors__contribution_vnd": Decimal(1)}, MUST_FIX, "less than the contributed capital"),
    ("V3", {"investors__contribution_usd": Decimal(10) ** 9}, MUST_FIX, "more than the contributed capital"),
    ("V3", {"investors__share_percent": Decimal(90)}, MUST_FIX, "add up to 90 %, not to 100 %"),
    ("V3", {"investors__share_percent": None}, OPEN, "once every investor"),
    ("V4", {}, PASSED, "fit the amounts in VND"),
    ("V4", {"total_capital_usd": Decimal(600) * MILLION}, WARNING, "USD 600,000,000 is stated"),
    ("V4", {"rate_on": None}, WARNING, "with its date and the bank"),
    ("V4", {"total_capital_usd": None, "exchange_rate": None}, WARNING, "is not stated"),
    ("sum-sources", {}, PASSED, "add up"),
    ("sum-sources", {"sources__amount_vnd": Decimal(1)}, MUST_FIX, "less than the mobilised capital"),
    ("sum-sources", {"sources__amount_vnd": None}, OPEN, "once all of them"),
    ("sum-phases", {}, PASSED, "adds up"),
    ("sum-phases", {"phases__capital_vnd": Decimal(10) ** 14}, MUST_FIX, "more than the total"),
    ("use-of-capital", {}, PASSED, "add up"),
    ("use-of-capital", {"land_cost_vnd": Decimal(1)}, WARNING, "a difference of"),
    ("V7", {}, PASSED, "equals"),
    ("V7", {"charter_capital_vnd": Decimal(5)}, INFO, "need not be equal"),
    ("V18", {}, PASSED, "No real-estate business"),
    ("V18", {"objectives__vsic_code": "6810"}, PASSED, "at least 20 %"),
    ("V18", {"objectives__vsic_code": "6810", "contributed_vnd": Decimal(1)}, WARNING, "at least 20 %"),
    ("V18", {"objectives__vsic_code": "6810", "land_area_m2": Decimal(200_000)}, PASSED, "at least 15 %"),
    (
        "V26",
        {"special_incentive": "sector", "disbursed_in_time_vnd": Decimal(10) ** 13},
        WARNING,
        "begin at a total of",
    ),
    ("V26", {"special_incentive": "strategic", "disbursed_in_time_vnd": Decimal(10) ** 12}, INFO, "within 3 years"),
    ("V26", {"special_incentive": "strategic", "disbursed_in_time_vnd": Decimal(1)}, WARNING, "must be disbursed"),
    # schedule and term
    ("V5", {}, PASSED, "is possible"),
    ("V5", {"phases__capital_by": date(2020, 1, 1)}, WARNING, "before the certificate can be issued"),
    ("V5", {"investors__contribution_by": date(2040, 1, 1)}, WARNING, "after the last phase"),
    (
        "V5",
        {"investors__contribution_by": None, "investors__contribution_months": 240},
        WARNING,
        "after the last phase",
    ),
    ("V5", {"term_years": 1}, WARNING, "after the project ends"),
    ("V5", {"phases__trial_on": date(2027, 1, 1)}, WARNING, "not in this order"),
    ("V8", {}, PASSED, "within the law"),
    ("V8", {"term_years": 71}, MUST_FIX, "at most 70"),
    ("V8", {"term_years": 60}, PASSED, "within the law"),
    ("V9", {}, INFO, "the term would end on"),
    ("V9", {"term_from": "handover"}, INFO, "begins with the land"),
    ("V10", {}, PASSED, "ends before the lease"),
    ("V10", {"site_lease_until": date(2050, 1, 1)}, WARNING, "after the lease of the site"),
    ("V10", {"site_lease_until": None}, OPEN, "once both are given"),
    # investors
    ("V12", {}, PASSED, "is what this investor needs"),
    ("V12", {"investors__country": "VN"}, MUST_FIX, "every investor listed is from Viet Nam"),
    ("V12", {"applicant": "foreign_owned", "investors__country": "VN"}, MUST_FIX, "more than half foreign capital"),
    ("V12", {"applicant": "domestic"}, MUST_FIX, "foreign or foreign-owned"),
    ("V12", {"applicant": "domestic", "investors__country": "VN"}, INFO, "needs no certificate"),
    ("V23", {}, PASSED, "has run out"),
    ("V23", {"investors__representative_id_expires_on": date(2026, 1, 1)}, WARNING, "Kim Min-su ran out on 1 Jan 2026"),
    # sectors
    ("vsic", {}, PASSED, "one is the main objective"),
    ("vsic", {"objectives__vsic_code": "9999"}, MUST_FIX, "has no code 9999"),
    ("vsic", {"objectives__vsic_code": "26"}, MUST_FIX, "is a group"),
    ("vsic", {"objectives__main": False}, MUST_FIX, "0 are marked"),
    ("V13", {}, PASSED, "banned lines"),
    ("V13", {"objectives__description": "Kinh doanh dịch vụ đòi nợ"}, MUST_FIX, "banned line of business"),
    ("V15", {}, PASSED, "closed to foreign investors"),
    ("V15", {"objectives__description": "Dịch vụ lữ hành nội địa"}, MUST_FIX, "closed to foreign investors"),
    ("V15", {"objectives__vsic_code": "0311"}, MUST_FIX, "Fishing"),
    ("V15", {"objectives__vsic_code": "4719"}, WARNING, "Distribution"),
    ("V15", {"objectives__vsic_code": "4719", "objectives__market_access_condition": "Giấy phép"}, PASSED, "stated"),
    ("V15", {"applicant": "domestic"}, INFO, "foreign capital only"),
    # approval, procedure, deposit
    ("V16", {}, PASSED, "needs no in-principle approval"),
    ("V16", {"state_land": True}, MUST_FIX, "the management board of the zone"),
    ("V16", {"state_land": True, "location": "outside"}, MUST_FIX, "the Chairperson of the City"),
    ("V16", {"approval_features": ["nuclear"]}, MUST_FIX, "the Prime Minister"),
    ("V16", {"state_land": True, "approval_number": "1", "approval_on": ON}, INFO, "is stated"),
    ("V16", {"state_land": None}, OPEN, "once the questions about land"),
    ("V16", {"land_source": "state"}, MUST_FIX, "the State is not asked"),
    ("V16", {"state_land": True, "special_procedure": True}, PASSED, "Under the special procedure"),
    ("V17", {}, PASSED, "is not asked for"),
    ("V17", {"special_procedure": True}, PASSED, "is open"),
    ("V17", {"special_procedure": True, "location": "outside"}, MUST_FIX, "only for projects in"),
    ("V17", {"special_procedure": True, "approval_features": ["golf"]}, MUST_FIX, "Golf course"),
    ("V17", {"special_procedure": True, "commitment_accepted": False}, MUST_FIX, "Without the undertaking"),
    ("V19", {}, PASSED, "No deposit"),
    ("V19", {"state_land": True, "land_source": "state"}, INFO, "before any reduction"),
    ("V19", {"state_land": True, "land_source": "auction"}, PASSED, "No deposit"),
    # site, technology
    ("V20", {}, OPEN, "No minimum capital per hectare"),
    ("site", {}, PASSED, "fits on the land"),
    ("site", {"built_area_m2": Decimal(10**7)}, WARNING, "larger than the land"),
    ("zone-state", {}, PASSED, "takes projects"),
    ("V21", {}, PASSED, "neither restricted"),
    ("V21", {"technology_list": "banned"}, MUST_FIX, "cannot be used"),
    ("V21", {"technology_list": "restricted"}, WARNING, "restricted for transfer"),
    ("V21", {"technology_opinion": True}, INFO, "attach its explanation"),
    ("V21", {"technology_list": ""}, OPEN, "once both questions"),
    ("V24", {}, PASSED, "filed under the paper it is"),
]


@pytest.mark.parametrize(("code", "changes", "outcome", "words"), RULES)
def test_a_rule_says_what_it_finds(
    dossier: Registration, code: str, changes: dict[str, Any], outcome: str, words: str
) -> None:
    put(dossier, **changes)
    found = said(dossier, code)
    assert any(finding.outcome == outcome and words in finding.message for finding in found), found
    if outcome in (PASSED, INFO):
        assert not any(finding.blocks for finding in found)


def test_v3_names_the_investor_whose_share_does_not_fit(case: Case) -> None:
    (sample,) = [data for data in sample_registrations() if len(data["investors"]) == 2]
    dossier = complete_registration(case, **sample)
    first, second = rows(dossier, "investors")
    first.share_percent, second.share_percent = Decimal(96), Decimal(4)
    found = said(dossier, "V3")
    assert [finding.path for finding in found] == ["investors.0.share_percent", "investors.1.share_percent"]
    assert "TOYOTA TSUSHO CORPORATION states a share of 4 %, but its amount is 5 %" in found[1].message


def test_v8_warns_about_long_terms_outside_the_economic_zones(dossier: Registration) -> None:
    put(dossier, term_years=60, zone=Zone.objects.get(code="IP-NOMURA"))
    assert outcomes(dossier, "V8") == [WARNING]
    put(dossier, zone=Zone.objects.get(code="EZ-DVCH"))
    assert outcomes(dossier, "V8") == [PASSED]


@pytest.mark.parametrize(("months_ago", "outcome"), [(2, INFO), (10, WARNING), (14, WARNING)])
def test_v11_counts_twelve_months_from_the_company(dossier: Registration, months_ago: int, outcome: str) -> None:
    put(
        dossier, investment_form="existing_company", company_first_project=True,
        erc_first_on=ON - timedelta(days=30 * months_ago + 5),
    )  # fmt: skip
    assert outcomes(dossier, "V11") == [outcome]
    put(dossier, company_first_project=False)
    assert outcomes(dossier, "V11") == []


def test_v13_and_v15_apply_from_the_day_their_list_is_in_force(dossier: Registration) -> None:
    put(dossier, objectives__vsic_code="0311")
    assert any(finding.blocks for finding in said(dossier, "V15"))
    with override("en"):
        earlier = [f for f in dossier.findings(date(2026, 6, 30)) if f.code == "V15"]
    assert not any(finding.blocks for finding in earlier)


def test_v14_warns_where_several_lines_have_conditions(dossier: Registration) -> None:
    assert outcomes(dossier, "V14") == []
    dossier.objectives.create(description="Bán lẻ", vsic_edition="2025", vsic_code="4719", position=1)
    dossier.objectives.create(description="Kho bãi", vsic_edition="2025", vsic_code="5210", position=2)
    dossier = Registration.objects.get(pk=dossier.pk)
    (finding,) = said(dossier, "V14")
    assert finding.outcome == WARNING
    assert "Distribution" in finding.message
    assert "Logistics" in finding.message


def test_v19_reckons_without_land_costs_and_never_takes_a_reduction_by_itself(dossier: Registration) -> None:
    put(
        dossier, state_land=True, land_source="state", total_capital_vnd=550 * 10**9, land_cost_vnd=50 * 10**9,
        deposit_reduction=25,
    )  # fmt: skip
    amount, reduction = said(dossier, "V19")
    assert "VND 13,000,000,000 before any reduction" in amount.message
    assert (reduction.outcome, "confirmed by the office" in reduction.message) == (OPEN, True)


def test_v24_names_a_file_that_belongs_to_no_paper(dossier: Registration) -> None:
    person = member(dossier.case.organisation, "preparer")
    Attachment.objects.create(
        case=dossier.case, paper="zz", file="papers/x.pdf", name="x.pdf", size=1, sha256="0" * 64,
        content_type="application/pdf", uploaded_by=person,
    )  # fmt: skip
    (finding,) = [finding for finding in said(dossier, "V24") if finding.blocks]
    assert "x.pdf" in finding.message
    assert finding.path == "papers.zz"


def test_v24_knows_who_need_not_sign_digitally(dossier: Registration) -> None:
    assert INFO in outcomes(dossier, "V24")
    put(dossier, investment_form="existing_company")
    assert OPEN in outcomes(dossier, "V24")


LISTS: list[tuple[type, Callable[[], dict[str, Any]]]] = [
    (RegistrationInvestor, dict),
    (Objective, dict),
    (MobilisedSource, dict),
    (Phase, dict),
]


@pytest.mark.parametrize(("model", "fields"), LISTS)
def test_empty_rows_are_gaps_and_never_errors(
    dossier: Registration, model: type, fields: Callable[[], dict[str, Any]]
) -> None:
    model.objects.create(registration=dossier, position=9, **fields())
    dossier = Registration.objects.get(pk=dossier.pk)
    assert blocking(dossier.findings(ON))
