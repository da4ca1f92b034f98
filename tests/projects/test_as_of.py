"""The certificate of a project as of any day: what was in force, what was known then, and the PDF as it was issued."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from rest_framework.authtoken.models import Token

from accounts import roles
from cases.models import Case
from cases.states import Status
from certificates.models import Certificate
from certificates.tasks import render_certificate
from projects.as_of import as_of, sentences
from projects.chain import Capital, append
from projects.models import Project, ProjectVersion
from projects.register_import import load_register
from projects.shape import as_data
from projects.versions import add_version
from tests.cases.pages.visitors import links_of, text_of, visitor
from tests.walk import Cast, official, walk

pytestmark = pytest.mark.django_db
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
ISSUED = date(2021, 3, 1)
ADJUSTED = date(2021, 8, 31)


@pytest.fixture
def cast() -> Cast:
    return Cast()


def dollars(amount: int) -> Capital:
    """So much contributed capital."""
    none = Decimal(0)
    return Capital(contributed_usd=Decimal(amount), mobilised_usd=none, retained_usd=none)


@pytest.fixture
def project(cast: Cast) -> Project:
    """Licensed on 1 March 2021 with USD 549 million; adjusted by 501 million on 31 August, recorded on 6 September."""
    case = walk("registration", Status.APPROVED, cast)
    data = as_data(Case.objects.get(pk=case.pk).dossier)
    project = Project.objects.get(case=case)
    with time_machine.travel(datetime(2021, 3, 1, 9, tzinfo=HANOI), tick=False):
        first = dollars(549_000_000)
        append(project, "issue", capital=first, effective_on=ISSUED, by=None, certificate_number="HP-2021-000001")
        add_version(project, data, case=case, certificate_number="HP-2021-000001", on=ISSUED, by=None)
    with time_machine.travel(datetime(2021, 9, 6, 9, tzinfo=HANOI), tick=False):
        more = dollars(501_000_000)
        append(project, "increase", capital=more, effective_on=ADJUSTED, by=None, certificate_number="HP-2021-000002")
        wider = data | {"project_name": "Nhà máy mở rộng"}
        add_version(project, wider, case=None, certificate_number="HP-2021-000002", on=ADJUSTED, by=None)
    Project.objects.filter(pk=project.pk).update(state="active", first_issued_on=ISSUED)
    return Project.objects.get(pk=project.pk)


@pytest.fixture
def issued(cast: Cast) -> Project:
    """A project whose certificate has its PDF."""
    case = walk("registration", Status.ISSUED, cast)
    render_certificate(Certificate.objects.get(case=case).pk)
    return Project.objects.get(case=case)


def page_of(project: Project, **asked: str) -> str:
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return f"{reverse('project-certificate', args=[project.code])}?{query}"


def pdf_of(project: Project, **asked: str) -> str:
    return page_of(project, **asked).replace("/certificate?", "/certificate.pdf?")


def api_of(project: Project, **asked: str) -> str:
    return (
        page_of(project, **asked).replace("/projects/", "/api/v1/projects/").replace("/certificate?", "/certificate/?")
    )


# --- the two days ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("day", "known_on", "number"),
    [
        ("2021-02-28", None, None),
        ("2021-03-01", None, "HP-2021-000001"),
        ("2021-03-31", None, "HP-2021-000001"),
        ("2021-08-30", None, "HP-2021-000001"),
        ("2021-08-31", None, "HP-2021-000002"),
        ("2026-11-24", None, "HP-2021-000002"),
        ("2021-08-31", "2021-09-05", "HP-2021-000001"),
        ("2021-08-31", "2021-09-06", "HP-2021-000002"),
        ("2021-03-31", "2021-02-28", None),
    ],
)
def test_the_version_in_force_as_far_as_it_was_known(
    project: Project, day: str, known_on: str | None, number: str | None
) -> None:
    answer = as_of(project, date.fromisoformat(day), date.fromisoformat(known_on) if known_on else None)
    assert (answer.version.certificate_number if answer.version else None) == number


def test_the_capital_of_a_day_is_what_was_known_of_it(project: Project) -> None:
    assert as_of(project, date(2021, 8, 30)).capital.usd == 549_000_000
    assert as_of(project, date(2021, 9, 1)).capital.usd == 1_050_000_000
    assert as_of(project, date(2021, 9, 1), date(2021, 9, 5)).capital.usd == 549_000_000


def test_a_version_says_from_when_to_when_and_leads_to_its_neighbours(project: Project, cast: Cast) -> None:
    first = as_of(project, date(2021, 3, 31))
    assert first.turn is not None
    assert first.turn.until == ADJUSTED - timedelta(days=1)
    page = visitor(cast["observer"]).get(page_of(project, as_of="2021-03-31"))
    assert page_of(project, as_of="2021-08-31") in links_of(page)
    later = visitor(cast["observer"]).get(page_of(project, as_of="2021-12-31", known_at="2026-01-31"))
    assert page_of(project, as_of="2021-03-01", known_at="2026-01-31") in {
        link.replace("&amp;", "&") for link in links_of(later)
    }


def test_of_two_versions_of_one_day_the_last_is_in_force_and_none_leads_nowhere(project: Project) -> None:
    data = ProjectVersion.objects.filter(project=project).order_by("-number")[0].data
    add_version(project, data, case=None, certificate_number="HP-2021-000003", on=ADJUSTED, by=None)
    answer = as_of(project, ADJUSTED)
    assert answer.version is not None
    assert answer.version.certificate_number == "HP-2021-000003"
    assert answer.earlier is not None
    assert answer.earlier.effective_on == ISSUED


# --- in words -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("day", "known_at", "told"),
    [
        ("2021-02-28", "", "No certificate was in force on 28 Feb 2021: the first one took effect on 1 Mar 2021."),
        ("2099-01-01", "", "1 Jan 2099 has not come yet. What stands here is what is known today"),
        ("2021-03-31", "2021-02-01", "At the end of 1 Feb 2021 no certificate of this project was recorded here."),
        (
            "2021-08-31",
            "2021-09-01",
            "in force on 31 Aug 2021 was certificate HP-2021-000002, recorded here on 6 Sep 2021.",
        ),
    ],
)
def test_what_is_out_of_the_ordinary_is_told_in_a_sentence(
    project: Project, cast: Cast, day: str, known_at: str, told: str
) -> None:
    assert told in text_of(visitor(cast["owner"]).get(page_of(project, as_of=day, known_at=known_at)))


def test_an_ordinary_day_needs_no_sentence(project: Project) -> None:
    assert sentences(as_of(project, date(2021, 3, 31))) == []


def test_a_suspended_and_an_ended_project_say_so_on_their_days_alone(project: Project, cast: Cast) -> None:
    append(project, "suspension", effective_on=date(2022, 1, 1), by=None)
    append(project, "resumption", effective_on=date(2022, 7, 1), by=None)
    append(project, "termination", effective_on=date(2023, 1, 1), by=None)
    browser = visitor(cast["owner"])
    told = {
        "2021-12-31": "Active",
        "2022-03-01": "On 1 Mar 2022 the project was suspended, since 1 Jan 2022.",
        "2022-07-01": "Active",
        "2023-02-01": "On 1 Feb 2023 the project had ended, on 1 Jan 2023",
    }
    for day, sentence in told.items():
        assert sentence in text_of(browser.get(page_of(project, as_of=day))), day
    assert as_of(project, date(2022, 3, 1), date(2021, 12, 31)).state == "active", "nobody knew of it then"


@pytest.mark.parametrize("typed", ["2021-13-45", "gestern", "31/02/2021", "1"])
def test_a_date_that_is_none_is_said_beside_its_field_and_nothing_is_lost(
    project: Project, cast: Cast, typed: str
) -> None:
    page = visitor(cast["owner"]).get(page_of(project, as_of="2021-03-31", known_at=typed))
    text = page.content.decode()
    assert page.status_code == 400
    assert text.count("This is not a date: write it as 2021-03-31 or 31/03/2021.") == 2, "in the summary and beside it"
    assert 'value="2021-03-31"' in text
    assert f'value="{typed}"' in text
    assert 'href="#id_known_at"' in text


def test_a_date_may_be_typed_the_vietnamese_way(project: Project, cast: Cast) -> None:
    page = visitor(cast["owner"]).get(page_of(project, as_of="31/03/2021"))
    assert "HP-2021-000001" in text_of(page)
    assert "HP-2021-000002" in text_of(visitor(cast["owner"]).get(page_of(project)))


# --- what was taken over --------------------------------------------------------------------------------------------
def test_a_project_taken_over_says_that_no_certificate_is_kept_and_what_the_register_knows(cast: Cast) -> None:
    load_register()
    project = Project.objects.get(name="LG Display Vietnam Hai Phong")
    official_there = visitor(official(roles.STATISTICIAN, language="en"))
    page = official_there.get(page_of(project, as_of="2021-03-31"))
    text = text_of(page)
    assert "The certificate of that time is not kept here" in text
    assert "By the register its capital on 31 Mar 2021 was USD 3,250,000,000." in text
    last = project.events.filter(effective_on__lte=date(2021, 3, 31)).order_by("-seq")[0]
    assert last.source_url in links_of(page)
    early = official_there.get(page_of(project, as_of="2010-01-01"))
    assert "The register knows no capital of this project for 1 Jan 2010." in text_of(early)
    assert official_there.get(pdf_of(project, as_of="2021-03-31")).status_code == 404
    assert visitor(cast["owner"]).get(page_of(project)).status_code == 404, "it has no company of its own"


def test_before_the_first_certificate_that_was_issued_here_nothing_is_claimed(project: Project, cast: Cast) -> None:
    load_register()
    taken = Project.objects.get(name="LG Display Vietnam Hai Phong")
    data = project.versions.get(number=0).data
    add_version(
        taken, data, case=None, certificate_number="HP-2026-000009", on=date(2026, 11, 2), by=None, first_number=6
    )
    with override("en"):
        (sentence,) = sentences(as_of(taken, date(2021, 3, 31)))
    assert "was not issued here and is not kept; the first one that is: 2 Nov 2026." in sentence
    assert "USD 3,250,000,000" in sentence
    assert sentences(as_of(taken, date(2026, 11, 3))) == []


# --- the content and the PDF ----------------------------------------------------------------------------------------
def test_the_content_is_that_of_the_version_not_of_today(project: Project, cast: Cast) -> None:
    browser = visitor(cast["observer"])
    assert "Nhà máy mở rộng" not in text_of(browser.get(page_of(project, as_of="2021-03-31")))
    assert "Nhà máy mở rộng" in text_of(browser.get(page_of(project, as_of="2021-09-30")))


def test_the_pdf_is_byte_for_byte_the_one_that_was_issued(issued: Project, cast: Cast) -> None:
    certificate = Certificate.objects.get(case=issued.case_id)
    with certificate.pdf.open("rb") as file:
        stored = file.read()
    answer = visitor(cast["observer"]).get(pdf_of(issued))
    assert b"".join(answer.streaming_content) == stored
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"
    page = visitor(cast["observer"]).get(page_of(issued))
    assert certificate.pdf_sha256 in page.content.decode()
    assert any(link.startswith(pdf_of(issued)) for link in links_of(page))
    assert visitor(cast["observer"]).get(pdf_of(issued, as_of="2020-01-01")).status_code == 404


def test_a_pdf_that_is_being_made_leads_back_to_the_page(cast: Cast) -> None:
    project = Project.objects.get(case=walk("registration", Status.ISSUED, cast))
    answer = visitor(cast["owner"]).get(pdf_of(project, as_of="2026-11-30"))
    assert (answer.status_code, answer["Location"]) == (302, page_of(project, as_of="2026-11-30"))
    assert visitor(cast["owner"]).get(pdf_of(project, as_of="x")).status_code == 302


# --- who --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("role", "code"),
    [
        ("observer", 200),
        ("preparer", 200),
        ("consultant with an ended letter", 200),
        ("desk officer", 200),
        ("statistician", 200),
        ("outsider", 404),
    ],
)
def test_the_company_and_officials_read_it_and_nobody_else(project: Project, cast: Cast, role: str, code: int) -> None:
    browser = visitor(cast[role])
    assert browser.get(page_of(project)).status_code == code
    assert browser.get(api_of(project)).status_code == code
    if code == 404:
        assert browser.get(pdf_of(project)).status_code == code


def test_a_stranger_is_asked_to_sign_in(project: Project) -> None:
    for address in (page_of(project), pdf_of(project)):
        assert "/login/" in Client().get(address)["Location"]
    assert Client().get(api_of(project)).status_code == 401


# --- for programs ---------------------------------------------------------------------------------------------------
def test_programs_get_the_same_answer(project: Project, cast: Cast) -> None:
    client = Client(headers={"authorization": f"Token {Token.objects.create(user=cast['observer']).key}"})
    told = client.get(api_of(project, as_of="2021-03-31", known_at="2021-12-31")).json()
    assert (told["version"], told["number"], told["effective_on"]) == (0, "HP-2021-000001", "2021-03-01")
    assert told["in_force_until"] == "2021-08-30"
    assert told["recorded_at"].startswith("2021-03-01T09:00:00")
    assert (told["state"], told["capital_usd"]) == ("active", "549000000.00")
    assert told["content"] == project.versions.get(number=0).data
    assert (told["pdf"], told["pdf_sha256"]) == (None, None)
    none = client.get(api_of(project, as_of="2020-01-01")).json()
    assert (none["version"], none["content"]) == (None, None)
    assert len(none["explanation"]) == 1
    bad = client.get(api_of(project, as_of="yesterday", known_at="2021-99-99"))
    assert (bad.status_code, sorted(bad.json()["errors"])) == (400, ["as_of", "known_at"])


def test_programs_are_told_where_the_pdf_is(issued: Project, cast: Cast) -> None:
    told = visitor(cast["owner"]).get(api_of(issued)).json()
    certificate = Certificate.objects.get(case=issued.case_id)
    assert told["pdf_sha256"] == certificate.pdf_sha256
    assert visitor(cast["owner"]).get(told["pdf"]).status_code == 200


# --- cost -----------------------------------------------------------------------------------------------------------
def cost(browser: Any, address: str) -> int:
    browser.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(address).status_code == 200
    return sum(not query["sql"].startswith(("SAVEPOINT", "RELEASE")) for query in asked.captured_queries)


@pytest.mark.parametrize("role", ["owner", "appraiser"])
@pytest.mark.parametrize("address", [page_of, api_of])
def test_it_costs_at_most_12_queries_whatever_the_project_has_been_through(
    project: Project, cast: Cast, role: str, address: Any
) -> None:
    browser = visitor(cast[role])
    few = cost(browser, address(project, as_of="2021-12-31", known_at="2026-01-01"))
    data = project.versions.get(number=1).data
    for number in range(25):
        on = date(2022, 1, 1) + timedelta(days=number)
        append(project, "increase", capital=dollars(1), effective_on=on, by=None)
        add_version(project, data, case=None, certificate_number=f"X{number}", on=on, by=None)
    cache.clear()
    assert cost(browser, address(project, as_of="2021-12-31", known_at="2026-01-01")) == few <= 12
