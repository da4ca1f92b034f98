"""The application for the certificate of incentives: what is checked, who decides, what is granted."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from cases import transitions as verbs
from cases.drafting import create, editing
from cases.errors import Invalid
from cases.findings import Finding, Outcome
from cases.models import Case
from cases.precheck import precheck
from cases.procedures import version_in_force
from cases.states import Status
from certificates.models import Certificate
from incentives.dossier import starting
from incentives.dossier.authority import AuthorityRoute
from incentives.dossier.demo import amended
from incentives.models import IncentiveApplication, IncentiveGrant
from projects.chain import Capital, append
from projects.models import CapitalEvent
from tests.days import takes_place_on
from tests.incentives.factories import complete_incentive, write
from tests.incentives.licensed import licensed
from tests.walk import Cast, attach_all, walk

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
_that_day = takes_place_on(TODAY)


@pytest.fixture
def cast() -> Cast:
    return Cast()


def opened(cast: Cast, **changes: Any) -> IncentiveApplication:
    """A complete draft of the company."""
    case = create("incentive", organisation=cast.organisation, by=cast["preparer"])
    return complete_incentive(case, **changes)


def found(application: IncentiveApplication, outcome: Outcome, on: date = TODAY) -> dict[str, Finding]:
    return {one.code: one for one in application.findings(on) if one.outcome == outcome}


def issued(cast: Cast, application: IncentiveApplication) -> Case:
    """The case walked from a draft to its certificate."""
    case = attach_all(application.case, cast)
    verbs.submit(case, by=cast["signer of the company"], declared=True)
    verbs.accept(case, by=cast["desk officer"])
    verbs.propose(case, by=cast["appraiser"], outcome="approve", clauses="ND205", facts="-")
    verbs.approve(case, by=cast["signer"])
    verbs.issue(case, by=cast["desk officer"], project_code="4398765432")
    return case


# --- the dossier ----------------------------------------------------------------------------------------------------
def test_a_draft_starts_from_the_only_licensed_project(cast: Cast) -> None:
    project = licensed(cast.organisation)
    draft = create("incentive", organisation=cast.organisation, by=cast["preparer"]).dossier
    assert isinstance(draft, IncentiveApplication)
    assert (draft.project, draft.licensed_on) == (project, date(2026, 4, 2))
    assert draft.place == starting.place_of(project.zone) != ""
    assert draft.case.title == project.name
    assert draft.case.amount_usd == 20_000_000


def test_a_complete_dossier_lacks_nothing_but_papers(cast: Cast) -> None:
    application = opened(cast)
    gaps = [one for one in precheck(application.case, TODAY) if one.blocks]
    assert {one.section for one in gaps} == {"papers"}
    assert {one.code for one in gaps} == {"paper-legal_id", "paper-brief", "paper-env", "paper-supply_evid",
                                          "paper-equip_evid"}  # fmt: skip


def test_an_empty_dossier_is_told_every_gap_at_once_and_never_that_a_condition_is_not_met(cast: Cast) -> None:
    draft = create("incentive", organisation=cast.organisation, by=cast["preparer"]).dossier
    said = draft.findings(TODAY)
    assert len([one for one in said if one.code == "missing"]) > 15
    conditions = [one for one in said if one.code in ("product", "technology", "readiness", "supplier", "c1", "c2")]
    assert {one.code for one in conditions} == {"technology", "supplier"}  # of the others the gap itself is told
    assert {one.outcome for one in conditions} == {Outcome.MUST_FIX}
    assert len({one.path for one in said if one.blocks}) == len([one for one in said if one.blocks])


def test_the_four_conditions_and_the_tax_tests_are_checked_with_clause_and_mark(cast: Cast) -> None:
    application = opened(cast)
    passed, open_ = found(application, Outcome.PASSED), found(application, Outcome.CANNOT_CHECK)
    assert {"product", "c2", "new-project"} <= passed.keys()
    assert {"technology", "readiness", "supplier"} <= open_.keys()
    assert "320/2025" in passed["c2"].clause
    assert {open_[code].mark for code in ("technology", "readiness", "supplier")} == {"U"}
    assert found(application, Outcome.INFO)["c1"].path == "goods.0.high_technology"


def test_a_condition_not_met_is_a_warning_and_keeps_nobody_from_filing(cast: Cast) -> None:
    small = opened(cast, project_type="expansion", capacity_before="100", capacity_after="110",
                   assets_before_vnd="1000000000", assets_added_vnd="100000000")  # fmt: skip
    assert not [one for one in small.findings(TODAY) if one.blocks]
    old_law = small.findings(date(2024, 5, 1))
    project = next(one for one in old_law if one.code == "project")
    assert project.outcome == Outcome.WARNING
    assert "20" in str(project.message)


def test_without_income_tax_its_tests_are_not_asked(cast: Cast) -> None:
    codes = {one.code for one in opened(cast, asks_income_tax=False, tax_level="").findings(TODAY)}
    assert not codes & {"c1", "c2", "new-project"}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"environment_on": "2027-01-01"}, "I7"),
        ({"earlier_incentive": True, "earlier_law": "218/2013", "earlier_from_year": 2020, "rate_years_used": 4,
          "rate_years_scheduled": 3, "exempt_years_used": 0, "half_years_used": 0}, "I10"),
        ({"insured_staff": None}, "missing"),
        ({"asks_income_tax": False, "asks_import_duty": False}, "missing"),
    ],
)  # fmt: skip
def test_what_cannot_be_right_must_be_mended(cast: Cast, changes: dict[str, Any], code: str) -> None:
    assert code in {one.code for one in opened(cast, **changes).findings(TODAY) if one.blocks}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"resource_share_percent": "51"}, "I12"),
        ({"excise": True}, "I12"),
        ({"tax_level": "B", "place": "park"}, "I9"),
        ({"insured_staff": 5000}, "I5"),
    ],
)
def test_what_may_cost_an_incentive_is_a_warning(cast: Cast, changes: dict[str, Any], code: str) -> None:
    said = {one.code: one.outcome for one in opened(cast, **changes).findings(TODAY)}
    assert said[code] == Outcome.WARNING


def test_a_paper_that_has_run_out_is_named(cast: Cast) -> None:
    data = opened(cast).as_data()
    buyers = [data["buyers"][0] | {"until": "2026-10-01"}]
    application = opened(cast, buyers=buyers)
    assert found(application, Outcome.WARNING)["I8"].path == "buyers.0.until"


# --- who decides ----------------------------------------------------------------------------------------------------
def test_a_small_enterprise_is_the_departments_and_a_large_one_the_ministrys(cast: Cast) -> None:
    assert opened(cast).authority_code() == "DOIT"
    assert opened(cast, insured_staff=201).authority_code() == "MOIT"
    assert opened(cast, revenue_vnd="200000000001", capital_vnd="100000000001").authority_code() == "MOIT"
    assert opened(cast, revenue_vnd="200000000001").authority_code() == "DOIT"  # the capital is small enough


def test_what_the_ministry_decides_is_granted_here_only_after_the_route_says_so(cast: Cast) -> None:
    case = attach_all(opened(cast, insured_staff=5000).case, cast)
    verbs.submit(case, by=cast["signer of the company"], declared=True)
    verbs.accept(case, by=cast["desk officer"])
    verbs.propose(case, by=cast["appraiser"], outcome="approve", clauses="-", facts="-")
    with pytest.raises(Invalid) as refused:
        verbs.approve(case, by=cast["signer"])
    assert "authority" in refused.value.errors
    route = AuthorityRoute.objects.get(size="large", valid_to=None)
    city = AuthorityRoute.objects.get(size="sme", valid_to=None).authority
    route.authority, route.decided_here = city, True
    route.save()
    verbs.approve(case, by=cast["signer"])
    assert case.authority == city


# --- the law of the day ---------------------------------------------------------------------------------------------
def test_days_and_papers_are_those_of_the_law() -> None:
    first = version_in_force("coi", TODAY)
    assert (first.working_days, first.completeness_days, first.mark) == (30, 5, "U")
    assert version_in_force("coi", date(2025, 8, 31)).law == "ND111/TT55"
    assert version_in_force("coi-adjust", TODAY).working_days == 20


def test_a_dossier_keeps_the_law_of_the_day_it_was_handed_in(cast: Cast) -> None:
    with time_machine.travel("2025-08-29T09:00:00+07:00", tick=False):
        application = opened(cast, licensed_on="2024-04-02", environment_on="2024-05-12", equipment_year=2024,
                             buyers=[{"name": "LG", "evidence": "order", "signed_on": "2024-06-01",
                                      "supplied": "Vỏ mô-đun", "country": "KR"}])  # fmt: skip
        case = attach_all(application.case, cast)
        verbs.submit(case, by=cast["signer of the company"], declared=True)
    application = IncentiveApplication.objects.get(case=case)
    assert application.asked_on == date(2025, 8, 29)
    assert {"standard", "project"} <= {one.code for one in application.findings(application.asked_on)}


# --- the grant ------------------------------------------------------------------------------------------------------
def test_the_certificate_names_products_list_conditions_and_the_capital_chain(cast: Cast) -> None:
    project = licensed(cast.organisation)
    case = issued(cast, opened(cast, project=project.code))
    certificate = Certificate.objects.get(case=case)
    content = certificate.content
    assert certificate.number.startswith("HPUD-2026-")
    assert content["title"]["vi"].startswith("GIẤY XÁC NHẬN ƯU ĐÃI")
    headings = [article["heading"]["en"] for article in content["articles"]]
    assert headings == ["The project", "Supporting-industry products confirmed", "Conditions examined",
                        "Incentives asked for", "Duties of the enterprise", "Effect"]  # fmt: skip
    printed = str(content)
    event = project.events.get()
    assert event.hash[:16] in printed
    assert "20,000,000" in printed and "ELEC-05 (L2015)" in printed and "15 April" in printed
    grant = IncentiveGrant.objects.get(case=case)
    assert (grant.number, grant.project, grant.capital_event) == (certificate.number, project, event)
    assert (grant.list_version, grant.version, grant.state) == ("L2015", 0, "granted")
    assert [one.product.code for one in grant.products.all()] == ["ELEC-05"]
    assert grant.events.get().data == {"capital_event": event.seq, "capital_hash": event.hash}


def test_an_adjustment_starts_from_the_certificate_replaces_it_and_keeps_the_first_day(cast: Cast) -> None:
    project = licensed(cast.organisation)
    first = IncentiveGrant.objects.get(case=issued(cast, opened(cast, project=project.code)))
    case = create("incentive", organisation=cast.organisation, by=cast["preparer"])
    application = write(case, amended(first.number, TODAY))
    assert application.goods.get().product.code == "ELEC-05"
    assert application.procedure_code() == "coi-adjust"
    goods = [application.as_data()["goods"][0] | {"capacity": "16000000.00"}]
    application = write(case, {"goods": goods})
    part = next(one for one in application.sheet() if one.key == "products")
    assert part.changed == 1
    more = Capital(contributed_usd=Decimal(0), mobilised_usd=Decimal(5_000_000), retained_usd=Decimal(0))
    append(project, CapitalEvent.Kind.INCREASE, capital=more, effective_on=TODAY, by=None)
    second = IncentiveGrant.objects.get(case=issued(cast, application))
    first.refresh_from_db()
    assert (first.state, second.version, second.replaces) == ("replaced", 1, first)
    assert second.first_granted_on == first.first_granted_on
    assert second.capital_event.seq == first.capital_event.seq + 1
    assert Certificate.objects.get(number=first.number).state == "replaced"
    assert "12" in str(Certificate.objects.get(number=second.number).content["changes"])


def test_the_nature_of_a_product_is_not_adjusted(cast: Cast) -> None:
    grant = IncentiveGrant.objects.get(case=walk("incentive", Status.ISSUED, cast))
    case = create("incentive", organisation=cast.organisation, by=cast["preparer"])
    application = write(case, amended(grant.number, TODAY, nature_changed=True))
    assert "I2" in {one.code for one in application.findings(TODAY) if one.blocks}


def test_one_product_of_one_project_has_one_certificate_and_one_open_application(cast: Cast) -> None:
    project = licensed(cast.organisation)
    running = attach_all(opened(cast, project=project.code).case, cast)
    verbs.submit(running, by=cast["signer of the company"], declared=True)
    again = opened(cast, project=project.code)
    assert running.reference in str(found(again, Outcome.MUST_FIX)["I4"].message)
    verbs.withdraw(running, by=cast["signer of the company"], reason="-")
    assert "I4" not in found(again, Outcome.MUST_FIX)
    number = IncentiveGrant.objects.get(case=issued(cast, again)).number
    third = opened(cast, project=project.code)
    assert number in str(found(third, Outcome.MUST_FIX)["I4"].message)


def test_a_project_that_has_ended_gets_nothing(cast: Cast) -> None:
    project = licensed(cast.organisation)
    application = opened(cast, project=project.code)
    case = attach_all(application.case, cast)
    verbs.submit(case, by=cast["signer of the company"], declared=True)
    verbs.accept(case, by=cast["desk officer"])
    verbs.propose(case, by=cast["appraiser"], outcome="approve", clauses="-", facts="-")
    project.state = project.State.TERMINATED
    project.save()
    with pytest.raises(Invalid):
        verbs.approve(case, by=cast["signer"])
    assert not IncentiveGrant.objects.exists()


# --- from the check page to a draft ---------------------------------------------------------------------------------
def test_the_answers_of_the_check_become_a_draft_with_one_press_and_twice_the_same(cast: Cast) -> None:
    client = Client()
    client.force_login(cast["preparer"])
    query = "product=man+hinh&new_equipment=true&project_type=new&place=ez&made_in_vietnam=not_yet&state_land=true"
    page = client.get(f"{reverse('incentives-check')}?{query}")
    assert "Make this a draft application" in page.content.decode()
    sent = {"query": query, "key": page.context["key"]}
    answers = [client.post(reverse("incentives-draft"), sent) for _twice in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    case = Case.objects.get(kind="incentive", organisation=cast.organisation)
    application = IncentiveApplication.objects.get(case=case)
    good = application.goods.get()
    assert (good.product.code, good.made_in_vietnam) == (page.context["found"].found.product.code, "not_yet")
    assert (application.new_equipment, application.project_type, application.place) == (True, "new", "ez")
    assert application.state_land is True


def test_somebody_not_signed_in_is_led_to_the_sign_in_and_back(client: Client) -> None:
    page = client.get(f"{reverse('incentives-check')}?product=ELEC-05").content.decode()
    assert "next=/incentives/check/%3Fproduct%3DELEC-05" in page
    assert client.post(reverse("incentives-draft"), {"query": ""}).status_code in (302, 403)


# --- the pages ------------------------------------------------------------------------------------------------------
def test_a_product_is_named_by_code_or_words_and_a_wrong_one_keeps_what_was_typed(cast: Cast) -> None:
    client = Client(headers={"accept-language": "en"})
    client.force_login(cast["preparer"])
    case = create("incentive", organisation=cast.organisation, by=cast["preparer"])
    url = reverse("case-section", args=[case.reference, "products"])
    page = client.get(url).content.decode()
    assert 'id="product-lines"' in page and "ELEC-05" in page
    line = {"goods-TOTAL_FORMS": "1", "goods-INITIAL_FORMS": "0", "goods-0-name": "Cao su", "goods-0-unit": "kg",
            "version": str(case.version)}  # fmt: skip
    wrong = client.post(url, line | {"goods-0-product": "cao su tổng hợp"})
    text = wrong.content.decode()
    assert wrong.status_code in (200, 422)
    assert "cao su tổng hợp" in text and "The nearest are:" in text
    right = client.post(url, line | {"goods-0-product": "elec-05"})
    assert right.status_code == 302
    assert IncentiveApplication.objects.get(case=case).goods.get().product.code == "ELEC-05"


def test_choosing_a_project_brings_what_the_register_knows(cast: Cast) -> None:
    first, second = licensed(cast.organisation), licensed(cast.organisation, zone="EZ-DVCH", name="Khuôn mẫu")
    case = create("incentive", organisation=cast.organisation, by=cast["preparer"])
    assert IncentiveApplication.objects.get(case=case).project is None
    write(case, {"project": second.code})
    application = IncentiveApplication.objects.get(case=case)
    assert (application.project, application.place) == (second, "ez")
    with editing(case, by=cast["preparer"]):
        pass
    assert Case.objects.get(pk=case.pk).title == second.name != first.name


def test_a_year_is_shown_without_separators_and_half_a_character_is_bad_input(cast: Cast) -> None:
    case = opened(cast).case
    client = Client(headers={"accept-language": "en"})
    client.force_login(cast["preparer"])
    page = client.get(reverse("case-section", args=[case.reference, "readiness"])).content.decode()
    assert 'value="2027"' in page and "2,027" not in page and "2.027" not in page
    answer = client.patch(
        f"/api/v1/cases/{case.reference}/", '{"version": 1, "dossier": {"place": "\\ud800"}}',
        content_type="application/json",
    )  # fmt: skip
    assert answer.status_code == 400
