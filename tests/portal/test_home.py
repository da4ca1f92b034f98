"""The front page and the language menu."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership, Organisation, User
from cases.procedures import ProcedureVersion

pytestmark = pytest.mark.django_db


@pytest.fixture
def investor() -> User:
    person = User.objects.create_user("kim@lg.example", "a-long-password", full_name="Kim", language="vi")
    company = Organisation.objects.create(
        name="LG", origin="foreign", country="KR", address="Seoul", representative_name="Kim"
    )
    Membership.objects.create(user=person, organisation=company, role=Membership.Role.OWNER)
    return person


@pytest.fixture
def official() -> User:
    return User.objects.create_user("binh@heza.example", "a-long-password", is_staff=True, language="en")


def page(client, language: str = "en") -> str:
    client.cookies["django_language"] = language
    answer = client.get("/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_anyone_sees_what_can_be_done_here(client):
    shown = page(client)
    assert reverse("case-new") in shown
    assert reverse("case-list") in shown
    assert f'action="{reverse("verify")}"' in shown
    assert reverse("account_login") in shown


def test_published_figures_carry_day_scope_and_source(client):
    shown = page(client)
    assert "933" in shown
    assert "USD 28.9 billion" in shown
    assert "31 Dec 2023" in shown
    assert "Hai Phong Economic Zone Authority" in shown


def test_legal_days_are_those_of_the_procedures_in_force(client):
    today = timezone.localdate()
    shown = page(client)
    for version in ProcedureVersion.objects.all():
        in_force = version.valid_from <= today and (version.valid_to is None or version.valid_to >= today)
        assert (version.name_en in shown.replace("&#x27;", "'")) == in_force or not in_force
    ProcedureVersion.objects.update(working_days=41)
    assert ">41<" in page(client)


def test_the_page_stands_without_any_procedure(client):
    ProcedureVersion.objects.all().delete()
    assert "How it goes" in page(client)


def test_the_national_portal_is_named_as_the_gateway(client):
    assert "https://dichvucong.gov.vn/" in page(client)


def test_an_investor_starts_at_the_own_cases(client, investor):
    client.force_login(investor)
    assert client.get("/").headers["Location"] == reverse("dashboard")


def test_an_official_is_led_to_the_desk(client, official):
    client.force_login(official)
    shown = client.get("/").content.decode()
    assert reverse("admin:index") in shown
    assert reverse("case-new") not in shown
    assert reverse("case-list") not in shown


def test_a_visitor_changes_the_language_and_stays_on_the_page(client):
    answer = client.post(reverse("set_language"), {"language": "en", "next": "/verify/"})
    assert answer.headers["Location"] == "/verify/"
    assert '<html lang="en">' in client.get("/").content.decode()


def test_the_language_a_person_chooses_is_kept_with_the_person(client, investor):
    client.force_login(investor)
    client.post(reverse("set_language"), {"language": "en"})
    investor.refresh_from_db()
    assert investor.language == "en"


def test_an_unknown_language_changes_nothing(client, investor):
    client.force_login(investor)
    client.post(reverse("set_language"), {"language": "xx"})
    investor.refresh_from_db()
    assert investor.language == "vi"


def test_the_language_menu_leads_to_no_other_site(client):
    answer = client.post(reverse("set_language"), {"language": "en", "next": "https://elsewhere.example/"})
    assert answer.headers["Location"] == "/"


def test_the_style_page_exists_for_developers_only(client, settings):
    assert client.get("/style/").status_code == 200
    settings.DEMO = False
    assert client.get("/style/").status_code == 404
