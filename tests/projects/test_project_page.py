"""The page of a project: one page for everyone who may see it, and nothing on it for those who may not."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import Case
from cases.states import Status
from projects import page_parts
from projects.chain import Capital, append
from projects.duties import next_duties
from projects.history import steps
from projects.models import Project
from projects.page_parts import EVERYBODY, Action, PagePart
from projects.project_page import chart_of
from projects.register_import import load_register
from projects.shape import as_data
from projects.versions import add_version
from tests.cases.pages.visitors import links_of, text_of, visitor
from tests.walk import Cast, walk

pytestmark = pytest.mark.django_db
INNOTEK = "LG Innotek Vietnam Hai Phong"


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def project(cast: Cast) -> Project:
    """A project licensed by the portal itself."""
    return Project.objects.get(case=walk("registration", Status.ISSUED, cast))


@pytest.fixture
def reader() -> Client:
    return Client(headers={"accept-language": "en"})


def taken_over(name: str = INNOTEK) -> Project:
    load_register()
    return Project.objects.get(name=name)


def grow(project: Project, times: int) -> None:
    """So many adjustments, each with an event of its own and a version of its own."""
    data = as_data(Case.objects.get(pk=project.case_id).dossier)
    none, million = Decimal(0), Decimal(1_000_000)
    more = Capital(
        contributed_usd=million, mobilised_usd=none, retained_usd=none, contributed_vnd=million * 26_000,
        mobilised_vnd=none, retained_vnd=none,
    )  # fmt: skip
    for number in range(times):
        append(
            project, "increase", capital=more, by=None,
            effective_on=project.first_issued_on, certificate_number=f"X{number}",
        )  # fmt: skip
        add_version(
            project, data, case=None, certificate_number=f"X{number}", on=project.first_issued_on, by=None
        )  # fmt: skip


def queries(browser: Client, address: str) -> int:
    browser.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(address).status_code == 200
    return sum(not query["sql"].startswith(("SAVEPOINT", "RELEASE")) for query in asked.captured_queries)


# --- who sees what --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("role", "sees"),
    [
        ("", False),
        ("outsider", False),
        ("observer", True),
        ("owner", True),
        ("consultant with an ended letter", True),
        ("desk officer", True),
        ("statistician", True),
    ],
)
def test_the_company_and_officials_see_more_than_a_stranger(
    cast: Cast, project: Project, reader: Client, role: str, sees: bool
) -> None:
    browser = visitor(cast[role]) if role else reader
    page = browser.get(project.get_absolute_url(), headers={"accept-language": "en"})
    keys = [section.key for section in page.context["sections"]]
    assert keys[:3] == ["overview", "history", "certificates"]
    assert ("duties" in keys) == sees
    assert any("as_of=" in link for link in links_of(page)) == sees
    assert any("certificate.pdf" in link for link in links_of(page)) is False, "its PDF is not made yet"
    assert {f"#{key}" for key in keys} <= links_of(page)


def test_a_stranger_reads_numbers_and_states_of_certificates_and_no_case(
    cast: Cast, project: Project, reader: Client
) -> None:
    page = reader.get(project.get_absolute_url())
    text, number = text_of(page), project.versions.get().certificate_number
    assert number in text
    assert "Valid" in text
    case = Case.objects.get(pk=project.case_id)
    assert case.reference not in page.content.decode()
    inside = visitor(cast["observer"]).get(project.get_absolute_url())
    assert case.reference in text_of(inside)
    assert case.get_absolute_url() in links_of(inside)


def test_the_papers_of_the_case_are_there_for_those_who_may_open_the_case(cast: Cast, project: Project) -> None:
    case = Case.objects.get(pk=project.case_id)
    papers = {reverse("paper", args=[case.reference, paper.pk]) for paper in case.attachments.all()}
    assert papers
    assert papers <= links_of(visitor(cast["appraiser"]).get(project.get_absolute_url()))
    assert not papers & links_of(visitor(cast["statistician"]).get(project.get_absolute_url()))


def test_who_acted_is_shown_to_officials_alone(cast: Cast, project: Project) -> None:
    actor = project.events.get().actor.full_name
    assert actor in text_of(visitor(cast["appraiser"]).get(project.get_absolute_url()))
    assert actor not in text_of(visitor(cast["owner"]).get(project.get_absolute_url()))


# --- the figures ----------------------------------------------------------------------------------------------------
def test_the_head_says_the_capital_in_both_currencies(project: Project, reader: Client) -> None:
    head = text_of(reader.get(project.get_absolute_url()))
    assert "USD 549 million" in head
    assert "USD 549,000,000" in head
    assert "VND 14,274,000,000,000" in head


def test_every_change_has_its_sign_its_percentage_and_the_total_after_it(reader: Client) -> None:
    text = text_of(reader.get(taken_over().get_absolute_url()))
    assert "USD 2,051,000,000" in text
    assert "+91.3 %" in text  # 501 on 549 million, May 2018
    assert "Verified" in text
    walked = steps(Project.objects.get(name=INNOTEK).events.order_by("seq"))
    assert [step.after.usd for step in walked][:2] == [549_000_000, 1_050_000_000]
    assert walked[-1].after.usd == 2_051_000_000


def test_the_line_of_lg_innotek_rises_on_the_days_that_the_totals_use(reader: Client) -> None:
    chart = chart_of(steps(taken_over().events.order_by("seq")))
    assert chart is not None
    assert [dot.sure for dot in chart.dots] == [False, False, False, True]  # 2016, 2018-05, ≤ 2023-06-26, 2023-06-26
    assert chart.unsure
    assert chart.start.isoformat() == "2016-01-01"
    assert len(chart.up) == 5, "every 500 million to 2.5 billion"
    assert all(28 <= float(dot.y) <= 236 for dot in chart.dots)
    assert float(chart.dots[0].y) > float(chart.dots[1].y) > float(chart.dots[3].y)
    levels = [piece.sure for piece in chart.segments if piece.x1 != piece.x2]
    assert levels == [False, True, False, True, True], "dashed to the end of 2016 and of May 2018, else known"
    page = reader.get(Project.objects.get(name=INNOTEK).get_absolute_url()).content.decode()
    assert 'role="img" aria-labelledby="capital-name capital-text"' in page
    assert "step-unsure" in page
    assert " style=" not in page.partition("<main")[2]


def test_the_line_is_drawn_with_points_for_decimals_in_vietnamese_too() -> None:
    page = Client(headers={"accept-language": "vi"}).get(taken_over().get_absolute_url()).content.decode()
    drawing = page.partition("<svg role")[2].partition("</svg>")[0]
    assert 'x1="98.50%"' in drawing or 'x2="98.50%"' in drawing
    assert '%"' in drawing
    assert not [piece for piece in drawing.split('"')[1::2] if "," in piece and piece.endswith("%")]


def test_a_project_known_in_dong_alone_is_drawn_in_dong(reader: Client) -> None:
    page = text_of(reader.get(taken_over("Viet Phap Steel sheet factory").get_absolute_url()))
    assert "VND 1.45 trillion" in page
    assert "VND 1,450,000,000,000" in page


def test_a_project_without_capital_says_so_and_has_no_drawing(reader: Client) -> None:
    page = reader.get(taken_over("Kyungnam Chemical Vina").get_absolute_url())
    assert "No source states a registered capital" in text_of(page)
    assert "step-line" not in page.content.decode()


def test_a_spoilt_chain_is_not_called_verified(reader: Client) -> None:
    project = taken_over()
    Project.objects.filter(pk=project.pk).update(chain_head="0" * 64)
    text = text_of(reader.get(project.get_absolute_url()))
    assert "does not hold" in text
    assert "Verified" not in text


# --- duties ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("today", "quarterly", "annual"),
    [
        ("2026-11-24", "2027-01-10", "2027-03-31"),
        ("2027-01-09", "2027-01-10", "2027-03-31"),
        ("2027-01-10", "2027-04-10", "2027-03-31"),
        ("2027-03-31", "2027-04-10", "2028-03-31"),
    ],
)
def test_the_next_reports_have_a_day_and_a_last_safe_day(today: str, quarterly: str, annual: str) -> None:
    found = {duty.code: duty for duty in next_duties(date.fromisoformat(today))}
    assert found["quarterly"].before.isoformat() == quarterly
    assert found["annual"].before.isoformat() == annual
    assert all(duty.before - duty.last_safe_day == timedelta(days=1) for duty in found.values())
    assert next_duties(date(2026, 3, 30)) == [], "Decree 96/2026 is in force from 31 March 2026"


# --- what other apps add --------------------------------------------------------------------------------------------
def test_other_apps_add_sections_and_buttons(
    cast: Cast, project: Project, reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_parts, "PARTS", [])
    monkeypatch.setattr(page_parts, "ACTIONS", [])
    monkeypatch.setattr("projects.project_page.PARTS", page_parts.PARTS)
    part = PagePart("later", "Something else", "projects/parts/source.html", lambda p, _u: {"project": p}, order=15)
    page_parts.register(part)
    page_parts.register(part)
    page_parts.register(PagePart("none", "Nothing", "no-such.html", lambda _p, _u: None, EVERYBODY))
    may = Action("adjust", "Change the capital", lambda p: f"/x/{p.code}/", lambda _p, u: not u.is_staff, primary=True)
    page_parts.register_action(may)
    inside = visitor(cast["owner"]).get(project.get_absolute_url())
    assert [section.key for section in inside.context["sections"]][:3] == ["overview", "later", "history"]
    assert f"/x/{project.code}/" in links_of(inside)
    assert "Change the capital" not in text_of(visitor(cast["signer"]).get(project.get_absolute_url()))
    assert "Change the capital" not in text_of(reader.get(project.get_absolute_url()))


# --- the way there, and the cost ------------------------------------------------------------------------------------
def test_a_company_s_project_is_one_click_from_its_home(cast: Cast, project: Project) -> None:
    home = visitor(cast["owner"]).get("/dashboard/")
    assert project.get_absolute_url() in links_of(home)
    text = text_of(home)
    assert "USD 549 million" in text
    assert project.versions.get().certificate_number in text
    assert project.get_absolute_url() not in links_of(visitor(cast["outsider"]).get("/dashboard/"))


def test_a_project_without_a_certificate_is_on_no_home(cast: Cast) -> None:
    project = Project.objects.get(case=walk("registration", Status.APPROVED, cast))
    assert project.get_absolute_url() not in links_of(visitor(cast["owner"]).get("/dashboard/"))


@pytest.mark.parametrize("role", ["owner", "appraiser", "administrator"])
def test_the_page_costs_at_most_17_queries_whatever_the_project_has_been_through(
    cast: Cast, project: Project, role: str
) -> None:
    browser = visitor(cast[role])
    few = queries(browser, project.get_absolute_url())
    grow(project, 20)
    cache.clear()
    assert queries(browser, project.get_absolute_url()) == few <= 17


def test_a_stranger_s_page_costs_at_most_8_queries(project: Project, reader: Client) -> None:
    grow(project, 20)
    assert queries(reader, project.get_absolute_url()) <= 8


def test_the_desk_links_to_the_page_and_says_whether_the_chain_holds(cast: Cast, project: Project) -> None:
    desk: Any = visitor(cast["statistician"])
    address = reverse("admin:projects_project_change", args=[project.pk])
    page = desk.get(address, headers={"accept-language": "en"})
    assert project.get_absolute_url() in links_of(page)
    assert "tag-ok" in page.content.decode()
    Project.objects.filter(pk=project.pk).update(chain_head="0" * 64)
    assert "chain_head" in text_of(desk.get(address))
