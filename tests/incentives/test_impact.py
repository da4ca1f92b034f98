"""The impact of incentives: projects where they stand, sums of the chain, and the tax engine's own figures."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.db.models import Sum
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from accounts.roles import APPRAISER, ROLES, STATISTICIAN
from cases.models import Case as Dossier
from cases.states import Status
from incentives.impact.forgone import Assumed, Granted, by_year, years_of
from incentives.impact.line_words import LineWords
from incentives.impact.standing import Standing, look
from incentives.models import IncentiveGrant, SupportedProduct
from incentives.petitions import acts
from incentives.tax import law
from incentives.tax.case import Case
from incentives.tax.schedule import schedule
from projects.models import CapitalEvent, Project, Sector
from tests.incentives.test_petitions import TODAY, WORDS, licensed
from tests.walk import company, member, official

pytestmark = pytest.mark.django_db
URL = "/admin/incentives/impact/"
ASKED = {"margin": "12.5", "rate": "25400", "wait": "1", "until": "2045", "level": "A", "other": "B"}
ASSUMED = Assumed(Decimal("12.5"), Decimal(25400), 1, 2045, Decimal(20))


def desk(role: str = STATISTICIAN) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(official(role, language="en"), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def grant(project: Project, by: User, *, year: int = 2026, state: str = "granted") -> IncentiveGrant:
    """A certificate of incentives as a row."""
    organisation = project.organisation
    assert organisation is not None
    case = Dossier.objects.create(kind="incentive", organisation=organisation, status=Status.ISSUED,
                                  submitted_at=timezone.now(), created_by=by)  # fmt: skip
    day = date(year, 3, 1)
    return IncentiveGrant.objects.create(
        case=case, number=f"UD-{project.code}", organisation=organisation, project=project, project_name=project.name,
        list_version="L2015", law="205/2025", granted_on=day, first_granted_on=day, state=state,
        ended_on=None if state == "granted" else day,
    )  # fmt: skip


@pytest.fixture
def register() -> dict[str, Project]:
    """One project of each standing, and two that no longer count."""
    one = company()
    person = member(one, "owner")
    found = {
        "granted": licensed("Nhà máy thép chế tạo", usd=2_000_000, organisation=one),
        "line": licensed("Tyres", activity="Radial tyres for passenger cars", usd=3_000_000),
        "petitioned": licensed("Magnets", usd=None, vnd=50_000_000_000),
        "sector": licensed("Electronics", sector="26", usd=5_000_000),
        "none": licensed("Logistics", sector="52", usd=None),
    }
    licensed("Ended", sector="26", state="terminated")
    grant(found["granted"], person)
    grant(licensed("Nhà máy khác", organisation=one, state="suspended", usd=1), person, state="revoked")
    appraiser = official(APPRAISER)
    petition = acts.record(WORDS, by=appraiser)
    acts.confirm_projects(petition, by=appraiser, found={found["petitioned"].pk: ("hand", "")})
    acts.send(petition, by=appraiser, to="Bộ", on=TODAY)
    return found


# --- standing -------------------------------------------------------------------------------------------------------
def test_every_project_stands_where_the_first_thing_is_true(register: dict[str, Project]) -> None:
    seen = {one.number: one for one in look(TODAY).projects}
    for name, project in register.items():
        assert seen[project.pk].standing == name
    assert seen[register["line"].pk].by == "AUTO-07"
    assert seen[register["granted"].pk].by == f"UD-{register['granted'].code}"
    assert len(seen) == 6  # the ended project is none; that of a revoked certificate is one, without a grant


def test_words_name_a_line_only_as_a_whole() -> None:
    words = LineWords(SupportedProduct.objects.all())
    for text, code in (
        ("Sản xuất Thép chế tạo", "MECH-07"), ("plastic-injection MOULDS", ""), ("High-precision moulds", "HT-01"),
        ("Da thuộc và túi", "LEA-01"), ("Plastic products", ""), ("Electronics", ""),
        ("Display screens", "ELEC-11"), ("Tire Manufacturing", ""), ("Thép tấm", ""),
    ):  # fmt: skip
        assert words.line_of(text) == code, text


def test_the_sums_are_those_of_the_chain(register: dict[str, Project]) -> None:
    text = desk().get(URL).content.decode()
    live = CapitalEvent.objects.filter(project__state__in=["active", "suspended"])
    dollars = live.aggregate(sum=Sum("total_usd"))["sum"]
    assert dollars == Decimal("10000002.48")
    assert f"USD {dollars:,}" in text
    assert "VND 50,000,000,000" in text
    rows = list(
        csv.reader(StringIO(b"".join(desk().get(f"{URL}?format=projects").streaming_content).decode("utf-8-sig")))
    )
    assert len(rows) == 7
    assert sum(Decimal(row[7] or 0) for row in rows[1:]) == dollars
    assert register["line"].code in [row[0] for row in rows]


# --- revenue forgone ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("code", ["A", "B", "C", "FTZ_PRIORITY"])
@pytest.mark.parametrize(("usd", "vnd"), [("2000000.37", None), (None, "123456789012"), ("0.01", None)])
def test_what_is_forgone_is_what_the_tax_engine_says_to_the_dong(code: str, usd: Any, vnd: Any) -> None:
    level = law.level(code, TODAY)
    assert level
    one = Granted("DA-1", "A", "UD-1", 2024, usd and Decimal(usd), vnd and Decimal(vnd))
    income = one.income(ASSUMED)
    assert income is not None
    engine = schedule(Case(2024, 2025, {2025: income}, until=2045), level).years
    ours = years_of(one, level, ASSUMED)
    assert [(year.year, year.tax, year.without) for year in ours] == [
        (year.year, year.tax, year.tax_without) for year in engine
    ]
    both = by_year([one, one], level, ASSUMED)
    assert [year.forgone for year in both] == [2 * (year.tax_without - year.tax) for year in engine]


def test_income_and_first_year_may_be_those_of_the_application() -> None:
    level = law.level("A", TODAY)
    assert level
    one = Granted("DA-1", "A", "UD-1", 2024, Decimal(1_000_000), None, Decimal(20_000_000_000), 2023)
    engine = schedule(Case(2024, 2023, {2023: Decimal(20)}, until=2045), level).years
    ours = years_of(one, level, replace(ASSUMED, as_applied=True))
    assert [(year.year, year.tax) for year in ours] == [(year.year, year.tax) for year in engine]
    assert years_of(one, level, ASSUMED)[0].year == 2025


def test_nothing_is_reckoned_before_somebody_says_on_what_it_rests(register: dict[str, Project]) -> None:
    client = desk()
    assert 'id="answer"' not in client.get(URL).content.decode()
    wrong = client.get(URL, {"margin": "12.5", "whom": "petitioned"})
    text = wrong.content.decode()
    assert wrong.status_code == 422
    assert 'href="#id_rate"' in text
    assert 'href="#id_until"' in text
    assert 'value="12.5"' in text


def test_the_page_states_every_assumption_and_both_levels(register: dict[str, Project]) -> None:
    client = desk()
    text = client.get(URL, ASKED).content.decode()
    income = Decimal("2000000.37") * 25400 / 10**9 * Decimal("12.5") / 100
    said = schedule(Case(2026, 2027, {2027: income}, until=2045), law.level("A", TODAY) or law.levels()[0])
    assert f"{said.saved:.3f} billion dong over all years" in text
    for sentence in ("1 certificate or project is reckoned.", "1 USD is 25,400 dong, in every year.", "12.5 %"):
        assert sentence in text
    assert text.count('class="impact-now"') == 19 + 1  # a bar a year from 2027 to 2045, and one in the legend
    assert "/admin/incentives/rulerevision/" in text
    wider = client.get(URL, ASKED | {"whom": "petitioned", "as_if": "2027"}).content.decode()
    assert "3 certificates and projects are reckoned." in wider
    assert "as if they got one in 2027" in wider
    applied = client.get(URL, ASKED | {"income": "application"}).content.decode()
    assert "For 0 certificates income and first year are those of their applications." in applied
    lines = b"".join(client.get(URL, ASKED | {"format": "forgone"}).streaming_content).decode("utf-8-sig")
    rows = [row for row in csv.reader(StringIO(lines)) if len(row) == 8]
    assert sum(Decimal(row[6]) for row in rows[1:]) == said.saved


# --- who, and how much it costs -------------------------------------------------------------------------------------
def test_every_official_reads_it_nobody_else_does_and_nobody_writes() -> None:
    for role in ROLES:
        assert desk(role).get(URL).status_code == 200
    assert desk().post(URL).status_code == 405
    assert Client().get(URL).status_code == 302
    stranger = Client()
    stranger.force_login(member(company(), "owner"), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert stranger.get(URL).status_code == 403


def test_three_hundred_projects_need_no_more_queries_than_five(register: dict[str, Project]) -> None:
    def queries(**asked: str) -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(URL, ASKED | asked).status_code == 200
        return len(found)

    client = desk()
    few = queries(by="sector"), queries(by="zone"), queries(by="year")
    sector = Sector.objects.get(edition="2025", code="26")
    rows = Project.objects.bulk_create(
        Project(name=f"P{number}", code=f"DA-9{number:05d}", state="active", sector=sector) for number in range(300)
    )
    CapitalEvent.objects.bulk_create(
        CapitalEvent(project=row, seq=1, kind="issue", effective_on=TODAY, recorded_at=timezone.now(), total_usd=1,
                     hash=str(row.pk)) for row in rows
    )  # fmt: skip
    assert (queries(by="sector"), queries(by="zone"), queries(by="year")) == few
    assert max(few) <= 13
    assert sum(one.standing is Standing.SECTOR for one in look(TODAY).projects) == 301
