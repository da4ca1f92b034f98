"""What hostile or unlucky browsers and programs send to an adjustment: nothing opens, is lost, or breaks."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from accounts.models import Membership
from adjustments.models import Adjustment
from cases.drafting import create
from cases.models import Case
from cases.precheck import precheck
from certificates.request import request_pdf
from projects.models import Project
from tests.adjustments.factories import licensed_project, write
from tests.cases.pages.visitors import asked, untouched, visitor
from tests.walk import Cast, company, draft

pytestmark = pytest.mark.django_db
MONEY = "investors.0.contribution_usd"


@pytest.fixture
def cast() -> Cast:
    cast = Cast()
    licensed_project(cast.organisation)
    return cast


def investors(case: Case) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = Adjustment.objects.get(case=case).proposed["investors"]
    return found


def section_of(case: Case, key: str) -> str:
    return reverse("case-section", args=[case.reference, key])


def autosave_of(case: Case, key: str) -> str:
    return reverse("case-autosave", args=[case.reference, key])


def program(cast: Cast, role: str = "preparer") -> APIClient:
    api = APIClient(headers={"accept-language": "en"})
    api.force_login(cast[role])
    return api


def two_investors(case: Case) -> None:
    first = investors(case)[0]
    write(case, {"investors": [first, first | {"name": "LG HOLDING", "paper_number": "2"}]})


# --- only what the office asked about is open -----------------------------------------------------------------------
def test_a_list_that_is_closed_keeps_its_rows_whatever_the_page_says_of_their_number(cast: Cast) -> None:
    case = asked(cast, (MONEY, "Sai."), kind="adjustment")
    before = Adjustment.objects.get(case=case).proposed
    client = visitor(cast["preparer"])
    none = {"investors-TOTAL_FORMS": "0", "phases-TOTAL_FORMS": "0"}
    client.post(section_of(case, "capital"), untouched(client.get(section_of(case, "capital"))) | none)
    assert Adjustment.objects.get(case=case).proposed == before


@pytest.mark.parametrize("how", ["save", "autosave"])
@pytest.mark.parametrize("stale", [False, True])
def test_of_a_list_no_more_is_open_than_the_pinned_cell(cast: Cast, how: str, stale: bool) -> None:
    case = asked(cast, (MONEY, "Sai."), ("total_capital_usd", "Sai."), kind="adjustment")
    before = investors(case)
    client = visitor(cast["preparer"])
    sent = untouched(client.get(section_of(case, "capital"))) | {
        "investors-0-contribution_usd": "1500000000", "investors-0-contribution_vnd": "1", "investors-0-name": "THIEF",
        "investors-0-share_percent": "1", "investors-0-DELETE": "on", "investors-1-name": "SECOND THIEF",
        "investors-TOTAL_FORMS": "2", "phases-0-capital_usd": "1", "contributed_usd": "1",
    }  # fmt: skip
    if how == "autosave":
        sent["total_capital_usd"] = "many"
    if stale:
        sent["version"] = "1"
    client.post((autosave_of if how == "autosave" else section_of)(case, "capital"), sent)
    assert investors(case) == [before[0] | {"contribution_usd": "1500000000.00"}]
    after = Adjustment.objects.get(case=case)
    assert after.proposed["contributed_usd"] != "1.00"
    assert after.proposed["phases"][0]["capital_usd"] != "1.00"


@pytest.mark.parametrize("path", [MONEY, "investors.0", "base", "items", "papers.dc1", "reason"])
def test_a_program_changes_no_more_than_was_asked(cast: Cast, path: str) -> None:
    case = asked(cast, (path, "Sai."), kind="adjustment")
    before = Adjustment.objects.get(case=case).as_data()
    payload = {"investors": [], "base_version": 0, "items": [], "reasons": {"investors": "x"}, "intent": "other",
               "total_capital_usd": "1.00", "project": None}  # fmt: skip
    answer = program(cast).patch(
        f"/api/v1/cases/{case.reference}/", {"version": case.version, "dossier": payload}, format="json"
    )
    assert answer.status_code == 400
    assert "investors" in answer.json()["errors"]
    assert Adjustment.objects.get(case=case).as_data() == before


# --- two people -----------------------------------------------------------------------------------------------------
def test_an_investor_whom_somebody_else_added_stays_when_the_capital_page_is_saved(cast: Cast) -> None:
    case = draft("adjustment", cast)
    client = visitor(cast["preparer"])
    sent = untouched(client.get(section_of(case, "capital"))) | {"mobilised_usd": "7"}
    program(cast, "owner").patch(
        f"/api/v1/cases/{case.reference}/",
        {"version": Case.objects.get(pk=case.pk).version,
         "dossier": {"investors": [*investors(case), investors(case)[0] | {"name": "LG HOLDING"}]}},
        format="json",
    )  # fmt: skip
    assert len(investors(case)) == 2
    client.post(section_of(case, "capital"), sent)
    assert [row["name"] for row in investors(case)][1:] == ["LG HOLDING"]
    assert Adjustment.objects.get(case=case).proposed["mobilised_usd"] == "7.00"


# --- figures and days that nobody means -----------------------------------------------------------------------------
@pytest.mark.parametrize(
    "odd",
    [
        {"term_years": 9000}, {"term_years": 2147483647}, {"term_years": 0}, {"exchange_rate": "0.0001"},
        {"exchange_rate": None}, {"rate_on": "0001-01-01"}, {"approval_on": "9999-12-31", "approval_number": "1"},
        {"erc_first_on": "9999-12-31"}, {"erc_first_on": "0001-01-01"}, {"site_lease_until": "0001-01-01"},
        {"total_capital_usd": None, "contributed_usd": None, "mobilised_usd": None, "retained_usd": None},
        {"total_capital_usd": "0.00"}, {"total_capital_vnd": "0"}, {"investors": []}, {"phases": []},
        {"objectives": []}, {"decision_on": "0001-01-01", "report_on": "9999-12-31"},
        {"land_area_m2": "999999999999.99"}, {"zone": None}, {"location": "outside", "zone": None},
    ],
    ids=str,
)  # fmt: skip
def test_an_odd_answer_is_checked_printed_and_shown(cast: Cast, odd: dict[str, Any]) -> None:
    case = draft("adjustment", cast)
    write(case, odd)
    case = Case.objects.get(pk=case.pk)
    precheck(case, date(2026, 11, 24))
    assert request_pdf(case).startswith(b"%PDF")
    client = visitor(cast["preparer"])
    check = reverse("case-submit", args=[case.reference])
    for address in (case.get_absolute_url(), section_of(case, "capital"), check):
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("investors", {"contribution_months": 2147483647}), ("investors", {"contribution_by": "9999-12-31"}),
        ("investors", {"contribution_by": "0001-01-01"}), ("phases", {"operation_on": "9999-12-31"}),
        ("phases", {"operation_on": "0001-01-01"}),
    ],
    ids=str,
)  # fmt: skip
def test_an_odd_day_in_a_list_is_checked_and_printed(cast: Cast, name: str, row: dict[str, Any]) -> None:
    case = draft("adjustment", cast)
    lines = Adjustment.objects.get(case=case).proposed[name]
    write(case, {name: [lines[0] | row, *lines[1:]]})
    case = Case.objects.get(pk=case.pk)
    precheck(case, date(2026, 11, 24))
    assert request_pdf(case).startswith(b"%PDF")


@pytest.mark.parametrize(
    "wrong",
    [
        {"total_capital_usd": "-1"}, {"total_capital_usd": "NaN"}, {"total_capital_usd": "Infinity"},
        {"total_capital_usd": "1E+400"}, {"total_capital_usd": [1]}, {"total_capital_usd": {}},
        {"total_capital_usd": "1.000.000.000.000.000"}, {"exchange_rate": "-26000"}, {"exchange_rate": "0"},
        {"term_years": -1}, {"term_years": 10**30}, {"term_years": "NaN"}, {"rate_on": "9999-99-99"},
        {"investors": {}}, {"investors": [None]}, {"investors": "x"}, {"investors": [{"name": ["x"]}]},
        {"investors": [{"nobody": 1}]}, {"items": 7, "unknown": 1}, {"zone": "\x00"}, {"project": "\x00"},
        {"project": {}}, {"project": ["DA-000001"]}, {"project": "DA-999999"}, {"reasons": []},
        {"reasons": {"investors": {}}}, {"reason": "a\x00b"}, {"reason": "x" * 8001},
        {"objectives": [{"vsic_code": "9999"}]}, {"objectives": [{"vsic_code": "2610", "vsic_edition": "1999"}]},
        {"objectives": [{"vsic_code": "\x00"}]}, {"approval_features": "x"}, {"approval_features": [{}]},
        {"investors": [{"name": "x"}] * 101}, {"phases": [{"name": "x"}] * 200}, {"intent": "steal"},
        {"earlier_adjustments": 2147483648}, {"report_workers": True},
    ],
    ids=lambda wrong: str(wrong)[:60],
)  # fmt: skip
def test_a_wrong_answer_is_refused_by_name_and_changes_nothing(cast: Cast, wrong: dict[str, Any]) -> None:
    case = draft("adjustment", cast)
    before = Adjustment.objects.get(case=case).as_data()
    version = Case.objects.get(pk=case.pk).version
    answer = program(cast).patch(
        f"/api/v1/cases/{case.reference}/", {"version": version, "dossier": wrong}, format="json"
    )
    assert answer.status_code == 400, answer.content[:300]
    assert set(answer.json()["errors"]) != {"__all__"}
    assert Adjustment.objects.get(case=case).as_data() == before


def test_what_a_program_reads_it_may_send_back(cast: Cast) -> None:
    case = draft("adjustment", cast)
    before = Adjustment.objects.get(case=case).as_data()
    api, way = program(cast), f"/api/v1/cases/{case.reference}/"
    read = api.get(way).json()
    assert api.patch(way, {"version": read["version"], "dossier": read["dossier"]}, format="json").status_code == 200
    assert Adjustment.objects.get(case=case).as_data() == before


# --- which project --------------------------------------------------------------------------------------------------
def test_a_refused_first_dossier_leaves_no_draft_behind_and_its_key_is_free(cast: Cast) -> None:
    Project.objects.create(name="Second", organisation=cast.organisation, state="active")
    body = {"kind": "adjustment", "organisation": str(cast.organisation.pk), "dossier": {"project_name": "Mới"}}
    api, number = program(cast), Case.objects.count()
    for _time in range(2):
        answer = api.post("/api/v1/cases/", body, format="json", headers={"idempotency-key": "one"})
        assert answer.status_code == 400
        assert "project" in answer.json()["errors"]
    assert Case.objects.count() == number
    body["dossier"] = {"project": licensed_project(cast.organisation).code, "project_name": "Mới"}
    answer = api.post("/api/v1/cases/", body, format="json", headers={"idempotency-key": "one"})
    assert answer.status_code == 201
    assert answer.json()["dossier"]["project_name"] == "Mới"


def test_a_key_used_for_one_company_or_kind_never_answers_for_another(cast: Cast) -> None:
    other = company("Somebody's second company")
    Membership.objects.create(user=cast["preparer"], organisation=other, role="preparer")
    api, made = program(cast), {}
    for kind, organisation in (("adjustment", cast.organisation), ("registration", cast.organisation),
                               ("adjustment", other), ("adjustment", cast.organisation)):  # fmt: skip
        body = {"kind": kind, "organisation": str(organisation.pk), "dossier": {}}
        answer = api.post("/api/v1/cases/", body, format="json", headers={"idempotency-key": "k"})
        assert answer.status_code == 201
        found = Case.objects.get(reference=answer.json()["reference"])
        assert (found.kind, found.organisation) == (kind, organisation)
        made[kind, organisation] = {*made.get((kind, organisation), ()), found.pk}
    assert [len(numbers) for numbers in made.values()] == [1, 1, 1]


def test_the_wrong_project_chosen_first_can_be_exchanged_while_nothing_was_entered(cast: Cast) -> None:
    right = licensed_project(cast.organisation)
    wrong = Project.objects.create(name="Kept elsewhere", organisation=cast.organisation, state="active", imported=True)
    case = create("adjustment", organisation=cast.organisation, by=cast["preparer"])
    write(case, {"project": wrong.code})
    write(case, {"earlier_number": "7654321098"})
    assert write(case, {"project": right.code}).project == right
    found = Adjustment.objects.get(case=case)
    assert (found.changed, found.earlier_number) == ([], "")


def test_every_wrong_company_is_refused_in_words(cast: Cast) -> None:
    api = program(cast)
    for code in ("²", "٣", "\x00", "9" * 30, "-1", "'", " "):
        body = {"kind": "adjustment", "organisation": code, "dossier": {}}
        assert api.post("/api/v1/cases/", body, format="json").status_code == 400, code
