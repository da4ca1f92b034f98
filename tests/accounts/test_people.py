"""The rules of accounts.people."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts import people
from accounts.errors import InvitationClosed, LastOwner, NotEligible, NotOwner, WrongAddress
from accounts.membership import authority_expired, organisations_of, roles_of
from accounts.models import INVITATION_DAYS, Invitation, Membership, MembershipEvent
from accounts.roles import ADMINISTRATOR, APPRAISER
from tests.accounts.makers import Role, company, consultant, official, person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


def invite(organisation, owner, email="new@partner.example", role=Role.PREPARER, **more):
    return people.invite(organisation, email, role, owner, language="en", **more)


def test_whoever_registers_a_company_is_its_owner_and_signer():
    owner = person()
    organisation = company(owner)
    assert roles_of(owner, organisation, TODAY) == {Role.OWNER, Role.SIGNER}


def test_an_official_cannot_register_a_company():
    with pytest.raises(NotEligible):
        company(official(APPRAISER))


def test_a_stranger_has_no_role_and_no_company():
    organisation = company(person())
    stranger = person()
    assert roles_of(stranger, organisation, TODAY) == frozenset()
    assert not organisations_of(stranger).exists()


def test_a_switched_off_account_has_no_role():
    owner = person()
    organisation = company(owner)
    owner.is_active = False
    owner.save()
    assert roles_of(owner, organisation, TODAY) == frozenset()


def test_a_letter_is_good_on_its_last_day_and_not_on_the_next():
    owner = person()
    organisation = company(owner)
    adviser = consultant(organisation, owner, TODAY)
    assert roles_of(adviser, organisation, TODAY) == {Role.PREPARER}
    assert roles_of(adviser, organisation, TODAY + timedelta(days=1)) == frozenset()


def test_an_ended_letter_takes_away_acting_but_not_reading():
    owner = person()
    organisation = company(owner)
    adviser = consultant(organisation, owner, TODAY)
    rows = Membership.objects.filter(user=adviser)
    assert authority_expired(rows, TODAY + timedelta(days=1))
    assert list(organisations_of(adviser)) == [organisation]


def test_a_new_letter_gives_every_role_back():
    owner = person()
    organisation = company(owner)
    adviser = consultant(organisation, owner, TODAY, Role.PREPARER, Role.SIGNER)
    later = TODAY + timedelta(days=365)
    people.file_letter(organisation, adviser, people.Authority(later), owner)
    assert roles_of(adviser, organisation, later) == {Role.PREPARER, Role.SIGNER}


def test_someone_of_the_company_needs_no_letter():
    owner = person()
    organisation = company(owner)
    with pytest.raises(NotEligible):
        people.file_letter(organisation, owner, people.Authority(TODAY), owner)


def test_a_consultant_cannot_be_made_owner():
    owner = person()
    organisation = company(owner)
    adviser = consultant(organisation, owner, TODAY)
    with pytest.raises(NotEligible):
        people.set_roles(organisation, adviser, {Role.PREPARER, Role.OWNER}, owner)
    with pytest.raises(NotEligible):
        invite(organisation, owner, role=Role.OWNER, authority=people.Authority(TODAY))


def test_the_database_refuses_a_consultant_as_owner():
    organisation = company(person())
    with pytest.raises(DatabaseError), transaction.atomic():
        Membership.objects.create(
            user=person(), organisation=organisation, role=Role.OWNER, is_consultant=True, authority_until=TODAY
        )


def test_the_database_refuses_a_consultant_without_an_end():
    organisation = company(person())
    with pytest.raises(DatabaseError), transaction.atomic():
        Membership.objects.create(user=person(), organisation=organisation, role=Role.PREPARER, is_consultant=True)


def test_a_further_role_of_a_consultant_falls_under_the_same_letter():
    owner = person()
    organisation = company(owner)
    adviser = consultant(organisation, owner, TODAY)
    people.set_roles(organisation, adviser, {Role.PREPARER, Role.SIGNER}, owner)
    rows = Membership.objects.filter(user=adviser)
    assert {row.authority_until for row in rows} == {TODAY}
    assert len({row.authority_letter.name for row in rows}) == 1


def test_the_last_owner_cannot_be_removed():
    owner = person()
    organisation = company(owner)
    with pytest.raises(LastOwner):
        people.set_roles(organisation, owner, {Role.SIGNER}, owner)
    assert Role.OWNER in roles_of(owner, organisation, TODAY)


def test_not_even_an_administrator_removes_the_last_owner():
    owner = person()
    organisation = company(owner)
    with pytest.raises(LastOwner):
        people.set_roles(organisation, owner, set(), official(ADMINISTRATOR))


def test_an_owner_whose_account_is_switched_off_does_not_count():
    owner, other = person(), person()
    organisation = company(owner)
    people.set_roles(organisation, other, {Role.OWNER}, owner)
    other.is_active = False
    other.save()
    with pytest.raises(LastOwner):
        people.set_roles(organisation, owner, {Role.SIGNER}, owner)


def test_an_owner_may_go_once_there_is_another():
    owner, other = person(), person()
    organisation = company(owner)
    people.set_roles(organisation, other, {Role.OWNER}, owner)
    people.set_roles(organisation, owner, set(), other)
    assert not organisations_of(owner).exists()


@pytest.mark.parametrize("role", [Role.PREPARER, Role.SIGNER, Role.OBSERVER])
def test_only_an_owner_gives_and_takes_roles(role):
    owner, member = person(), person()
    organisation = company(owner)
    people.set_roles(organisation, member, {role}, owner)
    with pytest.raises(NotOwner):
        people.set_roles(organisation, member, {Role.OWNER}, member)
    with pytest.raises(NotOwner):
        invite(organisation, member)


def test_the_owner_of_one_company_has_no_say_in_another():
    stranger = person()
    company(stranger)
    organisation = company(person())
    with pytest.raises(NotOwner):
        people.set_roles(organisation, stranger, {Role.OWNER}, stranger)


def test_an_official_who_is_no_administrator_gives_no_roles():
    organisation = company(person())
    with pytest.raises(NotOwner):
        people.set_roles(organisation, person(), {Role.OBSERVER}, official(APPRAISER))


def test_an_official_gets_no_role_in_a_company():
    owner = person()
    organisation = company(owner)
    with pytest.raises(NotEligible):
        people.set_roles(organisation, official(APPRAISER), {Role.OBSERVER}, owner)


def test_every_grant_and_removal_is_in_the_log_with_its_author():
    owner, member = person(), person()
    organisation = company(owner)
    people.set_roles(organisation, member, {Role.PREPARER}, owner)
    people.set_roles(organisation, member, {Role.OBSERVER}, owner)
    log = MembershipEvent.objects.filter(organisation=organisation, email=member.email).order_by("pk")
    assert [(entry.act, entry.role) for entry in log] == [
        ("granted", "preparer"),
        ("granted", "observer"),
        ("removed", "preparer"),
    ]
    assert {entry.by for entry in log} == {owner}


def test_the_log_keeps_which_letter_it_was():
    owner = person()
    organisation = company(owner)
    adviser = consultant(organisation, owner, TODAY)
    entry = MembershipEvent.objects.get(email=adviser.email)
    assert entry.data["authority_until"] == "2026-11-24"
    assert len(entry.data["sha256"]) == 64


def test_the_database_refuses_to_change_or_delete_the_log():
    company(person())
    entry = MembershipEvent.objects.first()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        MembershipEvent.objects.filter(pk=entry.pk).update(email="other@x.example")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        MembershipEvent.objects.filter(pk=entry.pk).delete()


def test_an_accepted_invitation_gives_the_role():
    owner, newcomer = person(), person("new@partner.example")
    organisation = company(owner)
    people.accept(invite(organisation, owner), newcomer)
    assert roles_of(newcomer, organisation, TODAY) == {Role.PREPARER}


def test_a_person_with_another_role_can_be_invited_to_one_more():
    owner, member = person(), person("new@partner.example")
    organisation = company(owner)
    people.accept(invite(organisation, owner, role=Role.OBSERVER), member)
    people.accept(invite(organisation, owner, role=Role.PREPARER), member)
    assert roles_of(member, organisation, TODAY) == {Role.OBSERVER, Role.PREPARER}


def test_nobody_is_invited_to_a_role_they_hold():
    owner, member = person(), person("new@partner.example")
    organisation = company(owner)
    people.accept(invite(organisation, owner), member)
    with pytest.raises(NotEligible):
        invite(organisation, owner, email="NEW@partner.example")


def test_an_invitation_is_not_for_another_address():
    owner = person()
    organisation = company(owner)
    invitation = invite(organisation, owner)
    with pytest.raises(WrongAddress) as refusal:
        people.accept(invitation, person("other@partner.example"))
    assert "n***@partner.example" in refusal.value.message


def test_an_unverified_address_accepts_nothing():
    owner, newcomer = person(), person("new@partner.example")
    newcomer.emailaddress_set.update(verified=False)
    with pytest.raises(WrongAddress):
        people.accept(invite(company(owner), owner), newcomer)


def test_any_verified_address_of_a_person_accepts():
    owner, newcomer = person(), person("main@partner.example")
    newcomer.emailaddress_set.create(email="new@partner.example", verified=True)
    organisation = company(owner)
    people.accept(invite(organisation, owner), newcomer)
    assert roles_of(newcomer, organisation, TODAY) == {Role.PREPARER}


def test_an_invitation_works_once():
    owner, newcomer = person(), person("new@partner.example")
    invitation = invite(company(owner), owner)
    people.accept(invitation, newcomer)
    with pytest.raises(InvitationClosed):
        people.accept(invitation, newcomer)


def test_an_invitation_runs_out():
    owner, newcomer = person(), person("new@partner.example")
    invitation = invite(company(owner), owner)
    with (
        time_machine.travel(timezone.now() + timedelta(days=INVITATION_DAYS, seconds=1)),
        pytest.raises(InvitationClosed),
    ):
        people.accept(invitation, newcomer)


def test_a_cancelled_invitation_cannot_be_accepted():
    owner, newcomer = person(), person("new@partner.example")
    invitation = invite(company(owner), owner)
    people.cancel_invitation(invitation, owner)
    with pytest.raises(InvitationClosed):
        people.accept(invitation, newcomer)


def test_inviting_again_leaves_one_open_invitation():
    owner = person()
    organisation = company(owner)
    first, second = invite(organisation, owner), invite(organisation, owner)
    first.refresh_from_db()
    assert (first.state, second.state) == (Invitation.State.CANCELLED, Invitation.State.PENDING)


def test_an_invited_consultant_acts_under_the_letter_of_the_invitation():
    owner, adviser = person(), person("new@partner.example")
    organisation = company(owner)
    people.accept(invite(organisation, owner, authority=people.Authority(TODAY)), adviser)
    assert roles_of(adviser, organisation, TODAY) == {Role.PREPARER}
    assert roles_of(adviser, organisation, TODAY + timedelta(days=1)) == frozenset()


def test_a_declined_invitation_is_in_the_log():
    owner, newcomer = person(), person("new@partner.example")
    invitation = invite(company(owner), owner)
    people.decline(invitation, newcomer)
    invitation.refresh_from_db()
    assert invitation.state == Invitation.State.DECLINED
    assert MembershipEvent.objects.filter(act="declined", by=newcomer).exists()


@pytest.mark.parametrize(
    ("address", "shown"), [("an@x.vn", "a***@x.vn"), ("a@x.vn", "a***@x.vn"), ("binh.tran@kcn.vn", "b***@kcn.vn")]
)
def test_a_masked_address_shows_one_letter(address, shown):
    assert people.masked(address) == shown
