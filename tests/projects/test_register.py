"""The register: what was taken over and from where, the public pages and API, the desk, and their cost."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts import roles
from projects.chain import verify
from projects.models import CapitalEvent, Project, Sector, SectorConversion, Zone
from projects.register_import import exact, load_register
from tests.walk import official

pytestmark = pytest.mark.django_db


@pytest.fixture
def register(db: None) -> None:
    load_register()


@pytest.fixture
def reader() -> Client:
    return Client(headers={"accept-language": "en"})


def steps_of(name: str) -> list[tuple[str, str, int]]:
    events = CapitalEvent.objects.filter(project__name=name).order_by("seq")
    return [(event.kind, event.effective, int(event.total_usd / 1_000_000)) for event in events]


# --- reference data -------------------------------------------------------------------------------------------------
def test_reference_data_is_whole_and_loading_it_again_changes_nothing() -> None:
    zone = Zone.objects.get(code="IP-TD2")
    assert (zone.parent.code, zone.kind, zone.in_economic_zone) == ("IP-TD", "IP", True)
    assert Zone.objects.get(code="IP-NOMURA").in_economic_zone is False
    assert Zone.objects.get(code="IP-MARINE").in_economic_zone is None
    assert Sector.objects.filter(edition="2025", level=4).count() == 495
    assert Sector.objects.filter(edition="2018").count() == 815
    assert list(SectorConversion.objects.filter(from_code="2610").values_list("to_code", flat=True)) == ["2611", "2619"]
    Zone.objects.filter(pk=zone.pk).update(developer="Changed by an administrator")
    told = io.StringIO()
    call_command("load_reference", stdout=told)
    assert {line.partition(": ")[2] for line in told.getvalue().splitlines()} == {"0 new"}
    zone.refresh_from_db()
    assert zone.developer == "Changed by an administrator"


def test_changes_of_zones_are_remembered() -> None:
    zone = Zone.objects.get(code="IP-TD2")
    zone.area_ha = Decimal(215)
    zone.save()
    assert [row.area_ha for row in zone.history.all()][:1] == [Decimal(215)]


# --- the import -----------------------------------------------------------------------------------------------------
def test_lg_innotek_rises_by_a_billion_to_more_than_two(register: None) -> None:
    assert steps_of("LG Innotek Vietnam Hai Phong") == [
        ("issue", "2016", 549),
        ("increase", "2018-05", 501),
        ("increase", "≤ 2023-06-26", 1),
        ("increase", "2023-06-26", 1000),
    ]


def test_lg_display_has_two_increases_to_4_65_billion_in_2021(register: None) -> None:
    steps = steps_of("LG Display Vietnam Hai Phong")
    assert steps[2:4] == [("increase", "2021-02-07", 750), ("increase", "2021-08-31", 1400)]
    project = Project.objects.with_capital(date(2021, 12, 31)).get(name="LG Display Vietnam Hai Phong")
    assert project.capital_usd == 4_650_000_000


def test_every_taken_over_entry_shows_its_source_and_every_chain_holds(register: None) -> None:
    assert not Project.objects.filter(imported=True, source_url="").exists()
    assert not CapitalEvent.objects.filter(imported=False).exists()
    assert verify().ok
    assert load_register() == {"projects": 0, "capital events": 0}


def test_only_capital_stated_with_a_certificate_opens_a_chain(register: None) -> None:
    assert Project.objects.get(name="Kyungnam Chemical Vina").chain_length == 0  # a project cost in the press
    assert not Project.objects.filter(name="Pegatron Vietnam 3").exists()  # announced, not licensed
    viet_phap = Project.objects.with_capital().get(name="Viet Phap Steel sheet factory")
    assert (viet_phap.capital_usd, viet_phap.capital_vnd) == (None, 1_450_000_000_000)


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("", None, "day"),
        ("2016", date(2016, 1, 1), "year"),
        ("2013-09", date(2013, 9, 1), "month"),
        ("2016-04-15", date(2016, 4, 15), "day"),
    ],
)
def test_dates_are_as_exact_as_their_source(text: str, day: date | None, precision: str) -> None:
    assert exact(text) == (day, precision)


# --- the public pages -----------------------------------------------------------------------------------------------
def test_anybody_reads_the_register(register: None, reader: Client, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(6):
        page = reader.get(reverse("project-list"))
    assert page.status_code == 200
    assert page.content.decode().count("<tr>") == 51
    older = reader.get(reverse("project-list") + page.context["next"])
    assert {project.pk for project in older.context["projects"]}.isdisjoint(
        project.pk for project in page.context["projects"]
    )
    back = reader.get(reverse("project-list") + older.context["previous"])
    assert [project.pk for project in back.context["projects"]] == [project.pk for project in page.context["projects"]]


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ({"search": "mo-dun"}, set()),
        ({"search": "LG innotek"}, {"LG Innotek Vietnam Hai Phong"}),
        ({"search": "trang due display"}, {"LG Display Vietnam Hai Phong"}),
        ({"search": "TRÀNG DUỆ display"}, {"LG Display Vietnam Hai Phong"}),
        ({"zone": "IP-NOMURA", "country": "US"}, None),
        ({"country": "hk"}, None),
        ({"sector": "21"}, {"Nipro Pharma Vietnam"}),
    ],
)
def test_the_register_is_searched_without_accents_and_filtered(
    register: None, reader: Client, question: dict, names: set[str] | None
) -> None:
    page = reader.get(reverse("project-list"), question)
    assert page.status_code == 200
    found = {project.name for project in page.context["projects"]}
    if names is not None:
        assert found == names
    elif "country" in question:
        assert {project.country.code for project in page.context["projects"]} <= {question["country"].upper()}


def test_a_zone_includes_its_parts(register: None, reader: Client) -> None:
    page = reader.get(reverse("project-list"), {"zone": "IP-TD", "search": "lg"})
    assert {project.zone.code for project in page.context["projects"]} >= {"IP-TD1", "IP-TD2"}


def test_the_register_can_be_read_as_of_a_day(register: None, reader: Client) -> None:
    page = reader.get(reverse("project-list"), {"as_of": "2017-01-01", "search": "LG Innotek"})
    (project,) = page.context["projects"]
    assert project.capital_usd == 549_000_000
    assert "1 Jan 2017" in page.content.decode()
    nonsense = reader.get(reverse("project-list"), {"as_of": "2017-13-45"})
    assert nonsense.status_code == 200


def test_a_project_shows_its_chain_and_where_it_comes_from(
    register: None, reader: Client, django_assert_max_num_queries
) -> None:
    project = Project.objects.get(name="LG Innotek Vietnam Hai Phong")
    with django_assert_max_num_queries(9):  # one of them asks for petitions that name the project
        page = reader.get(project.get_absolute_url())
    text = page.content.decode()
    assert "+USD 1,000,000,000" in text
    assert "USD 2,051,000,000" in text
    assert project.chain_head in text
    assert project.source_url in text.replace("&amp;", "&")


def test_a_project_without_a_certificate_is_not_published(dossier, reader: Client) -> None:
    project = Project.objects.create(name="Waiting", state="approved")
    assert reader.get(project.get_absolute_url()).status_code == 404
    assert reader.get(reverse("project-list")).context["projects"] == []
    assert reader.get(reverse("project-detail", args=["DA-999999"])).status_code == 404


# --- the API --------------------------------------------------------------------------------------------------------
def test_programs_read_the_register_by_cursor_in_one_query(
    register: None, reader: Client, django_assert_num_queries
) -> None:
    with django_assert_num_queries(1):
        answer = reader.get("/api/v1/projects/").json()
    assert len(answer["results"]) == 50
    second = reader.get(answer["next"]).json()
    assert len({row["code"] for row in answer["results"] + second["results"]}) == 98


def test_the_api_knows_capital_as_of_a_day_and_nothing_personal(register: None, reader: Client) -> None:
    answer = reader.get("/api/v1/projects/", {"search": "LG Display", "as_of": "2021-03-31"}).json()
    (row,) = answer["results"]
    assert row["capital_usd"] == "3250000000.00"
    assert set(row) == {
        "code", "national_code", "name", "name_en", "investors", "country", "zone", "sector", "activity", "state",
        "first_issued", "capital_usd", "capital_vnd", "imported", "source_url",
    }  # fmt: skip
    bad = reader.get("/api/v1/projects/", {"as_of": "yesterday"})
    assert (bad.status_code, list(bad.json()["errors"])) == (400, ["as_of"])


# --- sectors and echo -----------------------------------------------------------------------------------------------
def test_a_sector_is_found_by_words_without_accents_or_by_digits(reader: Client) -> None:
    found = reader.get(reverse("sector-search"), {"q": "linh kien dien tu", "format": "json"}).json()["sectors"]
    assert "2619" in {line["code"] for line in found}
    assert reader.get(reverse("sector-search"), {"q": "2619"}).context["found"][0][0].code == "2619"
    fragment = reader.get(reverse("sector-search"), {"q": "2619"}, headers={"HX-Request": "true"})
    assert "<html" not in fragment.content.decode()
    old = reader.get(reverse("sector-search"), {"q": "2610", "edition": "2018", "format": "json"}).json()["sectors"]
    assert [line["code"] for line in old] == ["2610"]


def test_the_echo_reads_amounts_by_the_same_rules(reader: Client) -> None:
    address = reverse("money-echo")
    told = reader.get(address, {"value": "549,000,000", "currency": "USD"}).json()
    assert told == {"echo": "USD 549 million · Five hundred and forty-nine million", "error": ""}
    more = reader.get(address, {"value": "1,549,000,000", "currency": "USD", "was": "549000000.00"}).json()["echo"]
    assert more.startswith("+USD 1,000,000,000 (+182.1 %) · USD 1.549 billion")
    for rubbish in ("x", "NaN", "1e999999", "549000000"):
        assert "549" in reader.get(address, {"value": "549,000,000", "currency": "USD", "was": rubbish}).json()["echo"]
    assert "two ways" in reader.get(address, {"value": "1.224", "currency": "USD"}).json()["error"]
    assert reader.get(address, {"value": "5", "currency": "EUR"}).json() == {"echo": "", "error": ""}


# --- the desk -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", roles.ROLES)
def test_every_official_reads_the_register_and_nobody_edits_it(register: None, role: str) -> None:
    desk = Client()
    desk.force_login(official(role, language="en"))
    project = Project.objects.get(name="LG Innotek Vietnam Hai Phong")
    assert desk.get(reverse("admin:projects_project_changelist")).status_code == 200
    page = desk.get(reverse("admin:projects_project_change", args=[project.pk]))
    assert page.status_code == 200
    assert "_save" not in page.content.decode()
    assert desk.get(reverse("admin:projects_project_add")).status_code == 403
    assert desk.get(reverse("admin:projects_project_delete", args=[project.pk])).status_code == 403


def test_the_lists_of_the_desk_cost_few_queries(register: None, django_assert_max_num_queries) -> None:
    desk = Client()
    desk.force_login(official(roles.ADMINISTRATOR))
    desk.get(reverse("admin:index"))
    with django_assert_max_num_queries(12):
        assert desk.get(reverse("admin:projects_project_changelist"), {"q": "tràng duệ"}).status_code == 200
    for model in ("zone", "sector"):
        with django_assert_max_num_queries(12):
            assert desk.get(reverse(f"admin:projects_{model}_changelist")).status_code == 200


@pytest.mark.parametrize(("role", "code"), [(roles.ADMINISTRATOR, 200), (roles.DESK_OFFICER, 403)])
def test_zones_are_kept_by_the_administrator(role: str, code: int) -> None:
    desk = Client()
    desk.force_login(official(role))
    zone = Zone.objects.get(code="IP-TD2")
    address = reverse("admin:projects_zone_change", args=[zone.pk])
    assert desk.get(address).status_code == 200
    assert desk.get(reverse("admin:projects_zone_add")).status_code == code
    assert desk.get(reverse("admin:projects_zone_delete", args=[zone.pk])).status_code == 403
