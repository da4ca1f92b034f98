"""The officials' groups, and the accounts of the demo."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.urls import reverse

from accounts import roles
from accounts.demo import PASSWORD, create_demo_people
from accounts.membership import organisations_of, roles_of
from accounts.models import Membership, MembershipEvent, Organisation, User
from accounts.tax_code import validate_tax_code
from tests.accounts.makers import Role, official

pytestmark = pytest.mark.django_db
CONTRACT = {
    "investor@demo.example": None,
    "consultant@demo.example": None,
    "desk@demo.example": roles.DESK_OFFICER,
    "appraiser@demo.example": roles.APPRAISER,
    "signer@demo.example": roles.SIGNER,
    "statistician@demo.example": roles.STATISTICIAN,
    "admin@demo.example": roles.ADMINISTRATOR,
}


def give(group, *permissions):
    """`roles.grant` as a migration calls it."""
    roles.grant(apps, connection.schema_editor(), group, *permissions)


def test_the_five_roles_are_there_after_migrating():
    assert set(Group.objects.values_list("name", flat=True)) >= set(roles.ROLES)


def test_a_migration_gives_a_role_a_permission():
    give(roles.STATISTICIAN, "accounts.view_organisation")
    assert official(roles.STATISTICIAN).has_perm("accounts.view_organisation")


def test_a_missing_permission_row_is_made_as_django_would_make_it():
    group = Group.objects.get(name=roles.STATISTICIAN)
    permission = Group.objects.get(name=roles.ADMINISTRATOR).permissions.get(codename="view_organisation")
    name = permission.name
    permission.delete()
    give(roles.STATISTICIAN, "accounts.view_organisation")
    assert group.permissions.get(codename="view_organisation").name == name


def test_an_undeclared_permission_is_refused():
    with pytest.raises(LookupError, match="fly"):
        give(roles.SIGNER, "accounts.fly")


def test_the_demo_has_the_seven_accounts_of_the_contract(client):
    create_demo_people()
    for email, group in CONTRACT.items():
        user = User.objects.get(email=email)
        assert user.is_staff is (group is not None)
        assert list(user.groups.values_list("name", flat=True)) == ([group] if group else [])
        client.post(reverse("account_login"), {"login": email, "password": PASSWORD})
        assert client.session["_auth_user_id"] == str(user.pk), email
        client.logout()


def test_making_the_demo_twice_changes_nothing():
    create_demo_people()
    before = [model.objects.count() for model in (User, Organisation, Membership, MembershipEvent)]
    create_demo_people()
    assert [model.objects.count() for model in (User, Organisation, Membership, MembershipEvent)] == before


def test_the_demo_investor_owns_and_signs_for_one_company(today):
    investor = create_demo_people()["people"]["investor"]
    (organisation,) = organisations_of(investor)
    assert roles_of(investor, organisation, today) == {Role.OWNER, Role.SIGNER}


def test_the_demo_consultant_prepares_for_three_and_may_only_read_a_fourth(today):
    consultant = create_demo_people()["people"]["consultant"]
    acting = [row for row in organisations_of(consultant) if roles_of(consultant, row, today) == {Role.PREPARER}]
    assert (len(acting), organisations_of(consultant).count()) == (3, 4)


def test_the_demo_companies_have_tax_codes_of_the_right_form():
    for organisation in create_demo_people()["organisations"].values():
        validate_tax_code(organisation.tax_code)


def test_there_is_no_demo_account_outside_the_demo(settings):
    settings.DEMO = False
    with pytest.raises(ImproperlyConfigured):
        create_demo_people()
