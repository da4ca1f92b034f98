"""Registering, reading and changing a company; acting for several."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Organisation
from accounts.roles import DESK_OFFICER
from tests.accounts.makers import company, consultant, official, particulars, person, tax_code

pytestmark = pytest.mark.django_db
NEW, SHOW, EDIT, SWITCH = (
    reverse(name) for name in ("organisation-new", "organisation", "organisation-edit", "switch-organisation")
)


@pytest.fixture
def owner(client):
    someone = person()
    client.force_login(someone)
    return someone


def errors(answer) -> dict:
    return answer.context["form"].errors


def test_a_person_without_a_company_is_led_to_registering_one(client, owner):
    assert client.get(SHOW).url == NEW
    assert client.get(NEW).status_code == 200


def test_a_vietnamese_company_is_registered_with_a_normalised_tax_code(client, owner):
    code = tax_code()
    answer = client.post(NEW, particulars(tax_code=f" {code[:4]} {code[4:]} ", country=""))
    assert answer.url == SHOW
    organisation = Organisation.objects.get()
    assert (organisation.tax_code, organisation.country.code) == (code, "VN")
    assert client.get(SHOW).context["organisation"] == organisation


def test_a_foreign_company_needs_no_tax_code(client, owner):
    answer = client.post(NEW, particulars(origin="foreign", country="KR", tax_code="", name="LG Innotek Co., Ltd"))
    assert answer.url == SHOW
    assert Organisation.objects.get().tax_code is None


def test_two_companies_without_a_tax_code_can_live_side_by_side(client, owner):
    for name in ("Kyocera Corporation", "Bridgestone Corporation"):
        client.post(NEW, particulars(origin="foreign", country="JP", tax_code="", name=name))
    assert Organisation.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"tax_code": "0300588560"}, "tax_code"),
        ({"tax_code": "12"}, "tax_code"),
        ({"tax_code": ""}, "tax_code"),
        ({"origin": "foreign", "country": "VN", "tax_code": ""}, "country"),
        ({"origin": "foreign", "country": "", "tax_code": ""}, "country"),
        ({"origin": "", "country": ""}, "origin"),
        ({"name": ""}, "name"),
        ({"address": ""}, "address"),
        ({"representative_name": ""}, "representative_name"),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field(client, owner, changes, field):
    answer = client.post(NEW, particulars(**changes))
    assert list(errors(answer)) == [field]
    assert not Organisation.objects.exists()


def test_every_error_is_shown_at_once(client, owner):
    answer = client.post(NEW, particulars(name="", address="", tax_code="1"))
    assert set(errors(answer)) == {"name", "address", "tax_code"}
    assert "There is a problem" in answer.content.decode()


def test_a_registered_tax_code_names_whom_to_ask_without_the_whole_address(client, owner):
    other = company(person("binh.tran@kcn.example"))
    answer = client.post(NEW, particulars(tax_code=other.tax_code))
    assert "b***@kcn.example" in str(errors(answer)["tax_code"])
    assert "binh.tran" not in answer.content.decode()


def test_a_company_of_the_same_name_is_asked_about_and_can_still_be_registered(client, owner):
    company(person(), name="Công ty TNHH Cơ khí Đình Vũ")
    typed = particulars(name="Cơ Khí Dình Vũ Co., Ltd")
    answer = client.post(NEW, typed)
    assert "another" in errors(answer)
    assert "Công ty TNHH Cơ khí Đình Vũ" in answer.content.decode()
    assert client.post(NEW, typed | {"another": "on"}).url == SHOW


def test_an_official_registers_no_company(client):
    client.force_login(official(DESK_OFFICER))
    assert client.get(NEW).status_code == 403


def test_an_owner_changes_the_particulars_and_the_history_keeps_the_old_ones(client, owner):
    organisation = company(owner)
    typed = particulars(name="Tên mới", tax_code=organisation.tax_code, company=str(organisation.pk))
    assert client.post(EDIT, typed).url == SHOW
    organisation.refresh_from_db()
    assert organisation.name == "Tên mới"
    assert "ten moi" in organisation.search_text
    newest = organisation.history.first()
    assert newest.history_user == owner
    assert newest.prev_record.name != "Tên mới"


def test_a_member_who_is_no_owner_reads_but_does_not_change(client, owner):
    boss = person()
    organisation = company(boss)
    adviser = consultant(organisation, boss, timezone.localdate())
    client.force_login(adviser)
    page = client.get(SHOW).content.decode()
    assert EDIT not in page
    assert client.get(EDIT).status_code == 403
    assert client.post(EDIT, particulars(company=str(organisation.pk))).status_code == 403


def test_a_stranger_cannot_change_a_company_by_naming_it(client, owner):
    company(owner)
    other = company(person())
    assert client.post(EDIT, particulars(company=str(other.pk))).status_code == 404


def test_a_form_changes_the_company_it_was_shown_for_even_after_a_switch(client, owner):
    first, second = company(owner, name="Alpha"), company(owner, name="Beta")
    client.post(SWITCH, {"organisation": second.pk})
    client.post(EDIT, particulars(name="Alpha mới", tax_code=first.tax_code, company=str(first.pk)))
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.name, second.name) == ("Alpha mới", "Beta")


def test_switching_takes_one_post_and_stays_on_the_page(client, owner):
    company(owner, name="Alpha")
    second = company(owner, name="Beta")
    answer = client.post(SWITCH, {"organisation": second.pk, "next": reverse("account-settings")})
    assert answer.url == reverse("account-settings")
    page = client.get(answer.url)
    assert page.context["organisation"] == second
    assert [row.name for row in page.context["organisations"]] == ["Alpha", "Beta"]


def test_the_company_is_named_on_every_page_and_can_be_changed_there(client, owner):
    company(owner, name="Alpha")
    company(owner, name="Beta")
    for name in ("account-settings", "organisation", "organisation-people", "account_email", "mfa_index"):
        page = client.get(reverse(name)).content.decode()
        assert "Alpha" in page, name
        assert SWITCH in page, name


def test_nobody_switches_to_a_company_that_is_not_theirs(client, owner):
    company(owner)
    assert client.post(SWITCH, {"organisation": company(person()).pk}).status_code == 404
    assert client.post(SWITCH, {"organisation": "x"}).status_code == 404


def test_switching_leads_nowhere_else(client, owner):
    mine = company(owner)
    answer = client.post(SWITCH, {"organisation": mine.pk, "next": "https://elsewhere.example/"})
    assert answer.url == reverse("home")


def test_the_active_company_is_forgotten_when_the_role_is_taken_away(client, owner):
    boss = person()
    organisation = company(boss)
    adviser = consultant(organisation, boss, timezone.localdate())
    client.force_login(adviser)
    assert client.get(SHOW).context["organisation"] == organisation
    adviser.memberships.all().delete()
    assert client.get(SHOW).url == NEW


def test_an_ended_letter_is_told_on_every_page(client, owner):
    boss = person()
    organisation = company(boss)
    yesterday = timezone.localdate() - timedelta(days=1)
    client.force_login(consultant(organisation, boss, yesterday))
    page = client.get(SHOW)
    assert page.status_code == 200
    assert page.context["authority_expired"]
    assert "authority letter for this company has ended" in page.content.decode()


def test_settings_are_kept_and_the_page_speaks_the_new_language(client, owner):
    answer = client.post(
        reverse("account-settings"), {"full_name": "Phạm Ánh", "job_title": "Kế toán", "language": "vi"}
    )
    assert answer.url == reverse("account-settings")
    owner.refresh_from_db()
    assert (owner.full_name, owner.language, owner.search_text.split()[0]) == ("Phạm Ánh", "vi", "pham")
    assert '<html lang="vi"' in client.get(answer.url).content.decode()


@pytest.mark.parametrize("name", ["organisation-new", "organisation", "organisation-edit", "account-settings"])
def test_pages_carry_no_inline_code(client, owner, name):
    company(owner)
    page = client.get(reverse(name)).content.decode()
    assert "style=" not in page
    assert "onclick" not in page
    assert page.count("btn-primary") <= 1
