"""People, companies and rights in the officials' desk."""

import unicodedata

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from accounts import people
from accounts.membership import roles_of
from accounts.models import Invitation, Membership, MembershipEvent, Organisation, User
from accounts.roles import ADMINISTRATOR, APPRAISER, DESK_OFFICER, SIGNER, STATISTICIAN
from tests.accounts.makers import Role, company, official, person, visitor

pytestmark = pytest.mark.django_db
MODELS = [User, Organisation, Membership, Invitation, MembershipEvent]


def address(model, page: str, *args) -> str:
    return reverse(f"admin:accounts_{model._meta.model_name}_{page}", args=args)


@pytest.fixture
def administrator(client):
    someone = official(ADMINISTRATOR)
    client.force_login(someone)
    return someone


@pytest.fixture
def operator(client):
    someone = official(is_superuser=True)
    client.force_login(someone)
    return someone


def found(client, model, text) -> list:
    return list(client.get(address(model, "changelist"), {"q": text}).context["cl"].result_list)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("group", [DESK_OFFICER, APPRAISER, SIGNER, STATISTICIAN])
def test_only_administrators_see_people_and_companies(client, model, group):
    client.force_login(official(group))
    assert client.get(address(model, "changelist")).status_code == 403


@pytest.mark.parametrize("model", MODELS)
def test_an_administrator_sees_them(client, administrator, model):
    owner = person()
    people.invite(company(owner), "x@x.example", Role.PREPARER, owner, language="en")
    assert client.get(address(model, "changelist")).status_code == 200
    assert client.get(address(model, "change", model.objects.first().pk)).status_code == 200


@pytest.mark.parametrize("model", MODELS)
def test_nothing_can_be_deleted_not_even_by_an_operator(client, operator, model):
    owner = person()
    people.invite(company(owner), "x@x.example", Role.PREPARER, owner, language="en")
    before = set(model.objects.values_list("pk", flat=True))
    for pk in before:
        assert client.post(address(model, "delete", pk), {"post": "yes"}).status_code == 403
    client.post(
        address(model, "changelist"), {"action": "delete_selected", "_selected_action": sorted(before), "post": "yes"}
    )
    assert set(model.objects.values_list("pk", flat=True)) == before


@pytest.mark.parametrize("typed", ["dinh vu", "ĐÌNH VŨ", unicodedata.normalize("NFD", "Đình Vũ"), "vu dinh"])
def test_search_minds_neither_accents_nor_case(client, administrator, typed):
    wanted = company(person(full_name="Trần Đình Vũ"), name="Công ty TNHH Đình Vũ Logistics")
    company(person(), name="Công ty TNHH Tràng Duệ")
    assert found(client, Organisation, typed) == [wanted]
    assert [user.full_name for user in found(client, User, typed)] == ["Trần Đình Vũ"]


def test_a_company_is_found_by_its_tax_code(client, administrator):
    wanted = company(person())
    assert found(client, Organisation, wanted.tax_code) == [wanted]


def test_an_official_is_made_without_a_password_and_sets_one_by_mail(client, administrator, smtp_sink):
    typed = {
        "email": "Lan@Haiphong.example",
        "full_name": "Nguyễn Thị Lan",
        "job_title": "Cán bộ một cửa",
        "language": "vi",
        "is_staff": "on",
        "is_active": "on",
        "groups": [Group.objects.get(name=DESK_OFFICER).pk],
    }
    assert client.post(address(User, "add"), typed).status_code == 302
    made = User.objects.get(email="lan@haiphong.example")
    assert not made.has_usable_password()
    assert made.emailaddress_set.get().verified
    visitor().post(reverse("account_reset_password"), {"email": made.email})
    assert [mail["To"] for mail in smtp_sink.messages] == [made.email]


def test_an_address_belongs_to_one_account(client, administrator):
    person("kim@investor.example").emailaddress_set.create(email="kim@home.example", verified=True)
    typed = {"email": "kim@home.example", "language": "vi", "is_active": "on"}
    assert "email" in client.post(address(User, "add"), typed).context["adminform"].form.errors


def test_nobody_changes_their_own_rights(client, administrator):
    form = client.get(address(User, "change", administrator.pk)).context["adminform"].form
    assert not {"groups", "is_staff", "is_active"} & set(form.fields)


def test_an_administrator_does_not_touch_an_operator(client, administrator):
    operator = official(is_superuser=True)
    page = client.get(address(User, "change", operator.pk))
    assert not page.context["adminform"].form.fields
    assert client.post(address(User, "change", operator.pk), {}).status_code == 403


def test_nobody_is_made_an_operator_here(client, administrator):
    form = client.get(address(User, "add")).context["adminform"].form
    assert not {"is_superuser", "user_permissions"} & set(form.fields)


def test_whoever_acts_for_a_company_cannot_become_an_official(client, administrator):
    owner = person()
    company(owner)
    typed = {"full_name": "X", "language": "vi", "is_staff": "on", "is_active": "on"}
    answer = client.post(address(User, "change", owner.pk), typed)
    assert "is_staff" in answer.context["adminform"].form.errors


def test_an_office_role_is_for_officials(client, administrator):
    someone = person()
    typed = {"full_name": "X", "language": "vi", "is_active": "on"}
    typed["groups"] = [Group.objects.get(name=SIGNER).pk]
    answer = client.post(address(User, "change", someone.pk), typed)
    assert "groups" in answer.context["adminform"].form.errors


def test_the_office_gives_a_role_with_a_reason_that_is_logged(client, administrator, today):
    organisation, heir = company(person()), person()
    typed = {"company": organisation.tax_code, "email": heir.email, "role": "owner"}
    assert "reason" in client.post(address(Membership, "add"), typed).context["adminform"].form.errors
    assert client.post(address(Membership, "add"), typed | {"reason": "The Owner has left."}).status_code == 302
    assert roles_of(heir, organisation, today) == {Role.OWNER}
    entry = MembershipEvent.objects.get(email=heir.email)
    assert (entry.by, entry.data) == (administrator, {"reason": "The Owner has left."})


def test_the_office_gives_no_role_to_an_official(client, administrator):
    typed = {"company": company(person()).pk, "email": official(APPRAISER).email, "role": "owner", "reason": "x"}
    assert "email" in client.post(address(Membership, "add"), typed).context["adminform"].form.errors


def test_the_office_is_told_what_it_mistyped(client, administrator):
    owner = person()
    organisation = company(owner)
    typed = {"company": "0300588569", "email": "nobody@x.example", "role": "owner", "reason": "x"}
    form = client.post(address(Membership, "add"), typed).context["adminform"].form
    assert set(form.errors) == {"company", "email"}
    typed |= {"company": str(organisation.pk), "email": owner.email}
    assert "role" in client.post(address(Membership, "add"), typed).context["adminform"].form.errors


def test_the_office_takes_a_role_away_but_not_the_last_owners(client, administrator, today):
    owner = person()
    organisation = company(owner)
    typed = {"action": "take_away", "_selected_action": [row.pk for row in Membership.objects.all()]}
    page = client.post(address(Membership, "changelist"), typed, follow=True).content.decode()
    assert "A company needs an Owner" in page
    assert roles_of(owner, organisation, today) == {Role.OWNER}


@pytest.mark.parametrize("model", [Membership, Invitation, MembershipEvent])
def test_rights_are_not_edited(client, operator, model):
    owner = person()
    people.invite(company(owner), "x@x.example", Role.PREPARER, owner, language="en")
    assert client.post(address(model, "change", model.objects.first().pk), {"role": "signer"}).status_code == 403
