"""The Owner's page of people, and the page of an invitation."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts import people
from accounts.letters import send_invitation_letter
from accounts.membership import roles_of
from accounts.models import Invitation, Membership
from accounts.roles import ADMINISTRATOR, APPRAISER
from tests.accounts.makers import PASSWORD, PDF, Role, company, consultant, official, person

pytestmark = pytest.mark.django_db
PEOPLE, INVITE = reverse("organisation-people"), reverse("organisation-invite")


@pytest.fixture
def owner(client):
    someone = person("owner@company.example", full_name="Park Ji-woo")
    client.force_login(someone)
    return someone


@pytest.fixture
def organisation(owner):
    return company(owner, name="Alpha")


def letter(content: bytes = PDF, name: str = "letter.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def offer(organisation, owner, email="binh@partner.example") -> Invitation:
    return people.invite(organisation, email, Role.PREPARER, owner, language="vi")


def page_of(invitation) -> str:
    return reverse("invitation", args=[invitation.token])


def answer_of(invitation) -> str:
    return reverse("invitation-answer", args=[invitation.token])


def today():
    return timezone.localdate()


def test_an_owner_invites_in_one_form(client, owner, organisation):
    typed = {"email": "Binh@Partner.example", "role": "preparer", "language": "vi", "company": organisation.pk}
    assert client.post(INVITE, typed).url == PEOPLE
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.role, invitation.language) == ("binh@partner.example", "preparer", "vi")
    assert "binh@partner.example" in client.get(PEOPLE).content.decode()


def test_the_letter_goes_out_once_in_the_chosen_language(owner, organisation, smtp_sink):
    invitation = offer(organisation, owner)
    assert send_invitation_letter(invitation.pk)
    assert not send_invitation_letter(invitation.pk)
    (mail,) = smtp_sink.messages
    assert mail["To"] == "binh@partner.example"
    assert page_of(invitation) in mail.get_body(("plain",)).get_content()
    assert 'lang="vi"' in mail.get_body(("html",)).get_content()


def test_a_letter_that_could_not_leave_is_sent_later(owner, organisation, smtp_sink):
    invitation = offer(organisation, owner)
    smtp_sink.stop()
    with pytest.raises(OSError, match="refused"):
        send_invitation_letter(invitation.pk)
    smtp_sink.start()
    assert send_invitation_letter(invitation.pk)


def test_a_cancelled_invitation_sends_no_letter(owner, organisation, smtp_sink):
    invitation = offer(organisation, owner)
    people.cancel_invitation(invitation, owner)
    assert not send_invitation_letter(invitation.pk)
    assert not smtp_sink.messages


def test_a_consultant_is_invited_with_a_letter_and_its_end(client, owner, organisation):
    typed = {"email": "b@x.example", "role": "preparer", "language": "vi", "is_consultant": "on"}
    answer = client.post(INVITE, typed)
    assert set(answer.context["form"].errors) == {"authority_until", "authority_letter"}
    answer = client.post(INVITE, typed | {"authority_until": today().isoformat(), "authority_letter": letter()})
    assert answer.url == PEOPLE
    assert Invitation.objects.get().authority_letter.read() == PDF


@pytest.mark.parametrize(
    "file",
    [letter(b"MZ not a pdf"), letter(b""), letter(b"<html></html>", "letter.html")],
    ids=["exe", "empty", "html"],
)
def test_only_a_pdf_is_an_authority_letter(client, owner, organisation, file):
    typed = {"email": "b@x.example", "role": "preparer", "language": "vi", "is_consultant": "on"}
    answer = client.post(INVITE, typed | {"authority_until": today().isoformat(), "authority_letter": file})
    assert "authority_letter" in answer.context["form"].errors


def test_a_letter_above_the_limit_is_refused_with_the_limit(client, owner, organisation, settings):
    settings.UPLOAD_MAX_BYTES = 1024
    typed = {"email": "b@x.example", "role": "preparer", "language": "vi", "is_consultant": "on"}
    file = letter(PDF + b" " * 1024)
    answer = client.post(INVITE, typed | {"authority_until": today().isoformat(), "authority_letter": file})
    assert "1.0" in str(answer.context["form"].errors["authority_letter"])


def test_a_letter_that_has_ended_gives_no_authority(client, owner, organisation):
    typed = {"email": "b@x.example", "role": "preparer", "language": "vi", "is_consultant": "on"}
    ended = (today() - timedelta(days=1)).isoformat()
    answer = client.post(INVITE, typed | {"authority_until": ended, "authority_letter": letter()})
    assert "authority_until" in answer.context["form"].errors


def test_an_owner_sets_a_persons_roles(client, owner, organisation):
    member = person()
    people.set_roles(organisation, member, {Role.OBSERVER}, owner)
    where = reverse("member-roles", args=[member.pk])
    assert client.post(where, {"roles": ["preparer", "signer"]}).url == PEOPLE
    assert roles_of(member, organisation, today()) == {Role.PREPARER, Role.SIGNER}


def test_the_last_owner_is_told_why_not(client, owner, organisation):
    answer = client.post(reverse("member-roles", args=[owner.pk]), {"roles": ["signer"]}, follow=True)
    assert "A company needs an Owner" in answer.content.decode()
    assert Role.OWNER in roles_of(owner, organisation, today())


def test_a_new_letter_is_filed(client, owner, organisation):
    adviser = consultant(organisation, owner, today() - timedelta(days=1))
    assert "Authority letter ended" in client.get(PEOPLE).content.decode()
    later = (today() + timedelta(days=90)).isoformat()
    typed = {"authority_until": later, "authority_letter": letter()}
    assert client.post(reverse("member-letter", args=[adviser.pk]), typed).url == PEOPLE
    assert roles_of(adviser, organisation, today()) == {Role.PREPARER}


@pytest.mark.parametrize("path", [PEOPLE, INVITE])
def test_only_owners_see_the_pages_of_people(client, owner, organisation, path):
    client.force_login(consultant(organisation, owner, today()))
    assert client.get(path).status_code == 403


def test_a_member_cannot_act_as_owner_by_asking(client, owner, organisation):
    adviser = consultant(organisation, owner, today())
    invitation = offer(organisation, owner)
    client.force_login(adviser)
    typed = {"email": "b@x.example", "role": "owner", "language": "vi"}
    assert client.post(INVITE, typed).status_code == 403
    assert client.post(reverse("member-roles", args=[adviser.pk]), {"roles": ["owner"]}).status_code == 403
    assert client.post(reverse("invitation-cancel", args=[invitation.pk])).status_code == 403
    assert client.get(reverse("member-letter", args=[adviser.pk])).status_code == 403


def test_people_and_invitations_of_another_company_are_not_found(client, owner, organisation):
    boss = person()
    other = company(boss)
    assert client.post(reverse("member-roles", args=[boss.pk]), {"roles": []}).status_code == 404
    assert client.post(reverse("invitation-cancel", args=[offer(other, boss).pk])).status_code == 404


def test_a_letter_is_read_by_owner_consultant_and_administrator_only(client, owner, organisation):
    adviser = consultant(organisation, owner, today())
    member = person()
    people.set_roles(organisation, member, {Role.PREPARER}, owner)
    where = reverse("authority-letter", args=[Membership.objects.get(user=adviser).pk])
    seen = {}
    readers = [owner, adviser, official(ADMINISTRATOR), member, person(), official(APPRAISER)]
    for reader in readers:
        client.force_login(reader)
        seen[reader] = client.get(where).status_code
    assert list(seen.values()) == [200, 200, 200, 404, 404, 404]


def test_an_invitation_is_taken_back_and_sent_again(client, owner, organisation):
    invitation = offer(organisation, owner)
    client.post(reverse("invitation-again", args=[invitation.pk]))
    fresh = Invitation.objects.get(state="pending")
    assert fresh.token != invitation.token
    client.post(reverse("invitation-cancel", args=[fresh.pk]))
    assert not Invitation.objects.filter(state="pending").exists()


def test_a_stranger_reads_for_whom_the_invitation_is_but_not_the_address(client, owner, organisation):
    client.logout()
    page = client.get(page_of(offer(organisation, owner))).content.decode()
    assert "b***@partner.example" in page
    assert "binh@partner.example" not in page
    assert "Park Ji-woo" in page


def test_someone_else_is_told_whose_it_is_and_the_office_sees_the_mismatch(client, owner, organisation):
    invitation = offer(organisation, owner)
    other = person("other@elsewhere.example")
    client.force_login(other)
    page = client.get(page_of(invitation)).content.decode()
    assert "The invitation is for b***@partner.example" in page
    assert "other@elsewhere.example" in page
    assert reverse("account_email") in page
    invitation.refresh_from_db()
    assert invitation.opened_by_other == other
    client.post(answer_of(invitation), {"accept": "1"})
    assert not other.memberships.exists()


def test_the_invited_person_accepts_and_acts_for_the_company(client, owner, organisation):
    invited = person("binh@partner.example")
    company(invited, name="A company that sorts first")
    invitation = offer(organisation, owner)
    client.force_login(invited)
    assert "Accept" in client.get(page_of(invitation)).content.decode()
    assert client.post(answer_of(invitation), {"accept": "1"}).url == reverse("organisation")
    assert client.get(reverse("organisation")).context["organisation"] == organisation


def test_declining_is_possible(client, owner, organisation):
    invited = person("binh@partner.example")
    invitation = offer(organisation, owner)
    client.force_login(invited)
    client.post(answer_of(invitation), {"decline": "1"})
    assert not invited.memberships.exists()
    assert "no longer open" in client.get(page_of(invitation)).content.decode()


def test_a_newcomer_signs_up_from_the_invitation_and_comes_back_to_it(client, owner, organisation, mailed_code):
    invitation = offer(organisation, owner)
    client.logout()
    typed = {
        "full_name": "Bình",
        "email": "binh@partner.example",
        "language": "en",
        "password1": PASSWORD,
        "password2": PASSWORD,
        "next": page_of(invitation),
    }
    answer = client.post(reverse("account_signup"), typed)
    answer = client.post(answer.url, {"code": mailed_code()})
    assert answer.url == page_of(invitation)
    assert "Accept" in client.get(answer.url).content.decode()


def test_a_newcomer_without_a_company_sees_the_invitation_first(client, owner, organisation):
    invitation = offer(organisation, owner)
    client.force_login(person("binh@partner.example"))
    assert page_of(invitation) in client.get(reverse("organisation-new")).content.decode()


def test_an_unknown_token_is_not_found(client, owner, organisation):
    assert client.get(reverse("invitation", args=["nothing"])).status_code == 404


@pytest.mark.parametrize("path", [PEOPLE, INVITE])
def test_pages_carry_no_inline_code(client, owner, organisation, path):
    consultant(organisation, owner, today())
    offer(organisation, owner)
    page = client.get(path).content.decode()
    assert "style=" not in page
    assert page.count("btn-primary") == 1
