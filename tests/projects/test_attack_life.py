"""Bad luck and bad will around the life of a project and its certificates: days far away, damaged files, odd codes."""

from __future__ import annotations

import base64
from datetime import date
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.test import Client
from rest_framework.test import APIClient

from cases.models import Case
from cases.states import Status
from certificates.models import Certificate
from certificates.tasks import render_certificate
from projects import life
from projects.as_of import as_of
from projects.models import LifeNotice, Project
from tests.cases.pages.visitors import visitor
from tests.projects.lives import licensed, on, told
from tests.walk import Cast, walk

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 15)


@pytest.fixture
def cast(db: None) -> Cast:
    cache.clear()
    with on(DAY):
        return Cast()


@pytest.fixture
def project(cast: Cast) -> Project:
    return licensed(cast)


def stated(**changes: str) -> dict[str, str]:
    facts = told("suspend", DAY)
    known = {"decided_on": str(DAY), "effective_on": str(DAY), "until": "2026-06-28", "ground": facts.ground,
             "reason": "Thiếu đơn hàng."}  # fmt: skip
    return known | changes


# --- days -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"effective_on": "9999-12-31", "until": "9999-12-31"}, 400),
        ({"effective_on": "9998-01-01", "until": "9998-12-31"}, 200),
        ({"until": "9999-12-31"}, 400),
        ({"effective_on": "0001-01-01"}, 400),
        ({"decided_on": "0001-01-01"}, 200),
        ({"decided_on": "1899-12-31"}, 200),
        ({"decided_on": "9999-12-31"}, 400),
    ],
    ids=str,
)
def test_a_suspension_of_far_away_days_is_answered(
    cast: Cast, project: Project, changes: dict[str, str], code: int
) -> None:
    api = APIClient(headers={"accept-language": "en"})
    api.force_login(cast["signer of the company"])
    with on(DAY):
        answer = api.post(f"/api/v1/projects/{project.code}/suspend/", stated(**changes), format="json")
        assert answer.status_code == code, answer.content
        for reader in (visitor(cast["owner"]), Client()):
            assert reader.get(f"/projects/{project.code}/").status_code == 200
    assert LifeNotice.objects.count() == (code == 200)


@pytest.mark.parametrize("day", ["0001-01-01", "1000-02-28", "1899-12-31", "2026-02-28", "9999-12-31"])
@pytest.mark.parametrize("known", ["", "0001-01-01", "9999-12-31"])
def test_any_day_of_the_calendar_may_be_asked_for(cast: Cast, project: Project, day: str, known: str) -> None:
    for way in ("/projects/{}/certificate", "/projects/{}/certificate.pdf", "/api/v1/projects/{}/certificate/"):
        query = f"?as_of={day}" + (f"&known_at={known}" if known else "")
        answer = visitor(cast["owner"]).get(way.format(project.code) + query)
        assert answer.status_code in (200, 302, 404), (way, answer.status_code)


# --- files ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("damage", ["gone", "empty", "half written", "one byte"])
def test_a_damaged_document_is_never_handed_out_as_the_one_that_was_issued(cast: Cast, damage: str) -> None:
    case = walk("registration", Status.ISSUED, cast)
    render_certificate(Certificate.objects.get(case=case).pk)
    certificate, project = Certificate.objects.get(case=case), Project.objects.get(case=case)
    name, pdf = str(certificate.pdf.name), certificate.pdf.read()
    ways = (f"/projects/{project.code}/certificate.pdf", f"/cases/{case.reference}/certificate.pdf")
    client = visitor(cast["owner"])
    for way in ways:
        answer = client.get(way)
        assert b"".join(answer.streaming_content) == pdf, way  # type: ignore[attr-defined]
    if damage == "gone":
        default_storage.delete(name)
    else:
        changed = {"empty": b"", "half written": pdf[: len(pdf) // 2], "one byte": pdf[:-1] + b"\0"}[damage]
        with open(default_storage.path(name), "wb") as file:  # noqa: PTH123
            file.write(changed)
    assert [client.get(way).status_code for way in ways] == [404, 404]
    assert client.get(f"/projects/{project.code}/certificate").status_code == 200


# --- who ------------------------------------------------------------------------------------------------------------
def test_a_case_of_another_company_is_found_by_nobody(cast: Cast) -> None:
    case: Case = walk("registration", Status.ISSUED, cast)
    project = Project.objects.get(case=case)
    ways = [f"/cases/{case.reference}/", f"/cases/{case.reference}/request.pdf", f"/api/v1/cases/{case.reference}/",
            f"/cases/{case.reference}/certificate.pdf", f"/projects/{project.code}/certificate",
            f"/projects/{project.code}/certificate.pdf", f"/api/v1/projects/{project.code}/certificate/",
            f"/company-papers/{cast.organisation.pk}/"]  # fmt: skip
    outsider = visitor(cast["outsider"])
    assert {way: outsider.get(way).status_code for way in ways} == dict.fromkeys(ways, 404)
    owner = visitor(cast["owner"])
    assert owner.get(ways[1]).status_code == 200


# --- rubbish --------------------------------------------------------------------------------------------------------
RUBBISH = ["x", "=====", "_", quote(base64.b64encode(b"p=rubbish").decode()),
           quote(base64.b64encode(b"p=2026-99-99&r=1").decode()), quote(base64.b64encode(b"o=99999999999999").decode()),
           quote(base64.b64encode(b"p=%00").decode()), quote(base64.b64encode(b"p=" + b"9" * 40).decode())]  # fmt: skip


@pytest.mark.parametrize("cursor", RUBBISH)
@pytest.mark.parametrize("way", ["/api/v1/projects/chain-heads/", "/api/v1/cases/", "/api/v1/projects/"])
def test_a_cursor_that_nobody_gave_is_refused(cast: Cast, way: str, cursor: str) -> None:
    cache.clear()
    answer = visitor(cast["owner"]).get(f"{way}?cursor={cursor}")
    assert answer.status_code in (200, 404), answer.status_code


@pytest.mark.parametrize(
    "way",
    ["/projects/%00/", "/projects/%00/certificate", "/projects/%00/change/", "/projects/%00/suspend/",
     "/api/v1/projects/%00/", "/api/v1/projects/%00/certificate/", "/company-papers/%00/", "/cases/%00/",
     "/adjustments/simulate/?project=%00&total_capital_usd=5", "/verify/chain/?before=%00", "/verify/?number=%00",
     "/projects/?search=%00", "/projects/?q=%00", "/projects/?zone=%00", "/projects/?country=%00",
     "/api/v1/cases/?search=%00", "/api/v1/cases/?status=%00", "/api/v1/projects/?search=%00",
     "/api/v1/projects/?zone=%00", "/projects/groups/?as_of=%00", "/projects/groups/?q=%00",
     "/money-echo/?value=%00&currency=USD", "/projects/?after=" + "9" * 5000, "/projects/?before=" + "9" * 30,
     "/sectors/?q=%00", "/verify/%00/", "/cases/%00/certificate.pdf", "/cases/%00/request.pdf",
     "/projects/?as_of=%00", "/projects/?sector=%00", "/projects/?page=%00"],
)  # fmt: skip
def test_a_null_character_breaks_no_page(cast: Cast, way: str) -> None:
    cache.clear()
    answer = visitor(cast["signer of the company"]).get(way)
    assert answer.status_code < 500


def test_json_that_is_nested_without_end_is_bad_input(cast: Cast) -> None:
    cache.clear()
    api = APIClient()
    for body in ("[" * 200_000, '{"a":' * 200_000, "1" * 5000, '"\\ud800"', "NaN", "\0"):
        answer = api.generic("POST", "/api/v1/adjustments/simulate/", body, content_type="application/json")
        assert answer.status_code == 400, body[:10]


def test_two_acts_one_after_the_other_with_one_key_are_two_acts(cast: Cast, project: Project) -> None:
    signer, second = cast["signer of the company"], licensed(cast)
    with on(DAY):
        acts = [life.suspend(project, by=signer, told=told("suspend", DAY), key="k"),
                life.terminate(project, by=signer, told=told("terminate", DAY), key="k"),
                life.suspend(second, by=signer, told=told("suspend", DAY), key="k")]  # fmt: skip
    assert len({notice.pk for notice in acts}) == 3


def test_an_end_is_final_on_every_later_day_even_if_a_suspension_was_announced(cast: Cast, project: Project) -> None:
    signer, later = cast["signer of the company"], date(2026, 9, 1)
    with on(DAY):
        life.suspend(project, by=signer, told=told("suspend", DAY, effective_on=later, until=date(2026, 9, 28)))
        life.terminate(project, by=signer, told=told("terminate", DAY))
    states = {day: as_of(project, day).state for day in (date(2026, 6, 14), DAY, date(2026, 8, 31), date(2026, 9, 2))}
    assert list(states.values()) == ["active", "terminated", "terminated", "terminated"]


def test_the_end_of_a_project_ends_the_days_of_its_certificate(cast: Cast, project: Project) -> None:
    with on(DAY):
        life.terminate(project, by=cast["signer of the company"], told=told("terminate", DAY))
        reader = visitor(cast["owner"])
        for day in ("2026-05-01", "2026-06-14", "2026-06-20"):
            found = reader.get(f"/api/v1/projects/{project.code}/certificate/?as_of={day}").json()
            assert found["in_force_until"] == "2026-06-14", day
        before = reader.get(f"/api/v1/projects/{project.code}/certificate/?as_of=2026-05-01&known_at=2026-05-01").json()
    assert (before["in_force_until"], before["state"]) == (None, "active")
