"""Who works for the company: the Owner's page, its acts, and the page of an invitation."""

from __future__ import annotations

from itertools import groupby
from typing import Any, cast

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import people
from accounts.access import ANYONE, INVESTOR, PERSON, open_to
from accounts.errors import NotEligible, WrongAddress
from accounts.forms import AuthorityForm, InvitationForm, RolesForm
from accounts.membership import authority_expired
from accounts.models import Invitation, Membership, MembershipEvent, Organisation, User
from accounts.request import PortalRequest, act_for
from accounts.tasks import send_invitation
from accounts.views.organisation import company_of
from accounts.views.refusals import told


@open_to(INVESTOR)
@told("organisation")
def organisation_people(request: HttpRequest) -> HttpResponse:
    """Everybody who works for the company with their roles, the open invitations, and what was done lately."""
    company = company_of(request)
    people.require_owner(company, cast(PortalRequest, request).user)
    shown = {
        "company": company,
        "members": members_of(company),
        "roles": Membership.Role.choices,
        "invitations": Invitation.objects.filter(organisation=company, state=Invitation.State.PENDING),
        "now": timezone.now(),
        "events": MembershipEvent.objects.filter(organisation=company).select_related("by")[:20],
    }
    return render(request, "accounts/people.html", shown)


@open_to(INVESTOR)
@told("organisation-people")
def organisation_invite(request: HttpRequest) -> HttpResponse:
    """Invite someone by e-mail; the letter leaves once the invitation is stored."""
    company = company_of(request)
    person = cast(PortalRequest, request).user
    people.require_owner(company, person)
    form = InvitationForm(request.POST or None, request.FILES or None, initial={"language": person.language})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        authority = form.authority() if given["is_consultant"] else None
        try:
            with transaction.atomic():
                invitation = people.invite(
                    company, given["email"], given["role"], person, language=given["language"], authority=authority
                )
                send_soon(invitation)
        except NotEligible as refusal:
            form.add_error("email", refusal.message)
        else:
            messages.success(request, _("%(address)s is invited.") % {"address": invitation.email})
            return redirect("organisation-people")
    return render(request, "accounts/invite.html", {"form": form, "company": company})


@open_to(INVESTOR)
@require_POST
@told("organisation-people")
def member_roles(request: HttpRequest, person: int) -> HttpResponse:
    """Give a person exactly the ticked roles."""
    company = company_of(request)
    member = member_or_404(company, person)
    form = RolesForm(request.POST)
    if not form.is_valid():
        raise Http404
    people.set_roles(company, member, form.cleaned_data["roles"], cast(PortalRequest, request).user)
    messages.success(request, _("The roles of %(person)s are saved.") % {"person": member})
    return redirect("organisation-people")


@open_to(INVESTOR)
@told("organisation-people")
def member_letter(request: HttpRequest, person: int) -> HttpResponse:
    """Put a consultant's new authority letter in place of the old one."""
    company = company_of(request)
    by = cast(PortalRequest, request).user
    people.require_owner(company, by)
    member = member_or_404(company, person)
    form = AuthorityForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        people.file_letter(company, member, form.authority(), by)
        messages.success(request, _("The authority letter of %(person)s is in place.") % {"person": member})
        return redirect("organisation-people")
    return render(request, "accounts/letter.html", {"form": form, "company": company, "member": member})


@open_to(PERSON)
def authority_letter(request: HttpRequest, membership: int) -> HttpResponseBase:
    """The letter itself: for the consultant, the company's Owners, and administrators; 404 to anyone else."""
    person = cast(PortalRequest, request).user
    row = get_object_or_404(Membership.objects.select_related("organisation"), pk=membership)
    own_rows = Membership.objects.filter(organisation=row.organisation, user=person)
    may_read = row.user_id == person.pk or own_rows.owners().exists() or person.has_perm("accounts.view_membership")
    if not may_read or not row.authority_letter:
        raise Http404
    name = f"authority-letter-{row.pk}.pdf"
    return FileResponse(row.authority_letter.open("rb"), as_attachment=True, filename=name)


@open_to(INVESTOR)
@require_POST
@told("organisation-people")
def invitation_cancel(request: HttpRequest, invitation: int) -> HttpResponse:
    """Take an invitation back."""
    found = get_object_or_404(Invitation, pk=invitation, organisation=company_of(request))
    people.cancel_invitation(found, cast(PortalRequest, request).user)
    messages.success(request, _("The invitation of %(address)s is cancelled.") % {"address": found.email})
    return redirect("organisation-people")


@open_to(INVESTOR)
@require_POST
@told("organisation-people")
def invitation_again(request: HttpRequest, invitation: int) -> HttpResponse:
    """Invite the same address anew: a fresh letter, good for another fortnight."""
    found = get_object_or_404(Invitation, pk=invitation, organisation=company_of(request))
    with transaction.atomic():
        fresh = people.invite(
            found.organisation,
            found.email,
            found.role,
            cast(PortalRequest, request).user,
            language=found.language,
            authority=people.authority_of(found),
        )
        send_soon(fresh)
    messages.success(request, _("%(address)s is invited.") % {"address": fresh.email})
    return redirect("organisation-people")


@open_to(ANYONE)
def invitation_page(request: HttpRequest, token: str) -> HttpResponse:
    """What is offered, by whom and to which address; whoever has that address may accept or decline."""
    invitation = get_object_or_404(Invitation.objects.select_related("organisation", "invited_by"), token=token)
    shown: dict[str, Any] = {
        "invitation": invitation,
        "address": people.masked(invitation.email),
        "is_open": invitation.is_open(timezone.now()),
        "is_mine": False,
    }
    person = request.user
    if isinstance(person, User):
        shown["is_mine"] = is_invited(invitation, person)
        if not shown["is_mine"] and invitation.opened_by_other_id != person.pk:
            Invitation.objects.filter(pk=invitation.pk).update(opened_by_other=person)
    return render(request, "accounts/invitation.html", shown)


@open_to(PERSON)
@require_POST
@told("organisation-new")
def invitation_answer(request: HttpRequest, token: str) -> HttpResponse:
    """Accept or decline."""
    person = cast(PortalRequest, request).user
    invitation = get_object_or_404(Invitation.objects.select_related("organisation"), token=token)
    if "decline" in request.POST:
        people.decline(invitation, person)
        messages.success(
            request, _("You declined the invitation of %(company)s.") % {"company": invitation.organisation}
        )
        return redirect("home")
    people.accept(invitation, person)
    act_for(request, invitation.organisation)
    messages.success(request, _("You now work for %(company)s.") % {"company": invitation.organisation})
    return redirect("organisation")


def members_of(company: Organisation) -> list[dict[str, Any]]:
    """One entry a person: roles held, and for a consultant the letter and whether it has ended."""
    today = timezone.localdate()
    rows = Membership.objects.filter(organisation=company).select_related("user").order_by("user__full_name", "user_id")
    return [
        {
            "person": held[0].user,
            "roles": [row.role for row in held],
            "letter": next((row for row in held if row.is_consultant), None),
            "expired": authority_expired(held, today),
        }
        for held in (list(group) for _key, group in groupby(rows, key=lambda row: row.user_id))
    ]


def member_or_404(company: Organisation, person: int) -> User:
    """Somebody who works for the company."""
    return get_object_or_404(User.objects.filter(memberships__organisation=company).distinct(), pk=person)


def is_invited(invitation: Invitation, person: User) -> bool:
    """Whether one of the person's verified addresses is the invited one."""
    try:
        people.require_invited(invitation, person)
    except WrongAddress:
        return False
    return True


def send_soon(invitation: Invitation) -> None:
    """Have the worker send the letter after the commit; a broker that is down is made good by the sweep."""
    transaction.on_commit(lambda: send_invitation.delay(invitation.pk), robust=True)
