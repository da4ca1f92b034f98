"""The company: registering it, reading it, changing it."""

from __future__ import annotations

from typing import cast

from allauth.account.models import EmailAddress
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import INVESTOR, PERSON, open_to
from accounts.forms import OrganisationForm
from accounts.models import Invitation, Membership, Organisation, User
from accounts.people import found, require_owner
from accounts.request import PortalRequest, act_for
from accounts.views.refusals import told


@open_to(PERSON)
def organisation_new(request: HttpRequest) -> HttpResponse:
    """Register a company; whoever was invited to one sees that first."""
    person = cast(PortalRequest, request).user
    if person.is_staff:
        raise PermissionDenied(_("An official cannot act for a company."))
    form = OrganisationForm(request.POST or None, initial={"another": False})
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                organisation = found(form.save(commit=False), person)
        except IntegrityError:  # somebody registered the same tax code a moment ago
            form.add_error("tax_code", _("An organisation with this tax code is registered already."))
        else:
            act_for(request, organisation)
            messages.success(
                request, _("%(company)s is registered. You are its Owner and Signer.") % {"company": organisation}
            )
            return redirect("organisation")
    shown = {"form": form, "invitations": invitations_for(person), "similar": form.similar}
    return render(request, "accounts/organisation_new.html", shown)


@open_to(INVESTOR)
def organisation_page(request: HttpRequest) -> HttpResponse:
    """What the portal knows about the company, and who owns it here."""
    company = company_of(request)
    rows = Membership.objects.filter(organisation=company).select_related("user")
    shown = {"company": company, "owners": [row.user for row in rows.owners()], "is_owner": owns(request, company)}
    return render(request, "accounts/organisation.html", shown)


@open_to(INVESTOR)
@told("organisation")
def organisation_edit(request: HttpRequest) -> HttpResponse:
    """Change the company's particulars; earlier ones stay in its history."""
    company = company_of(request)
    require_owner(company, cast(PortalRequest, request).user)
    form = OrganisationForm(request.POST or None, instance=company)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The changes are saved."))
        return redirect("organisation")
    return render(request, "accounts/organisation_edit.html", {"form": form, "company": company})


def company_of(request: HttpRequest) -> Organisation:
    """The company a page is about: the one its form was shown for, else the active one.

    A form says its company, so that a second tab that has switched cannot turn a change to another one.
    """
    here = cast(PortalRequest, request)
    named = request.POST.get("company")
    if named is None and here.organisation is not None:
        return here.organisation
    for row in here.memberships:
        if str(row.organisation_id) == named:
            return row.organisation
    raise Http404


def owns(request: HttpRequest, company: Organisation) -> bool:
    """Whether the reader is an Owner of the company."""
    rows = cast(PortalRequest, request).memberships
    return any(row.organisation_id == company.pk and row.role == Membership.Role.OWNER for row in rows)


def invitations_for(person: User) -> QuerySet[Invitation]:
    """The open invitations to any of the person's verified addresses."""
    addresses = EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True)
    return Invitation.objects.filter(
        email__in=[address.lower() for address in addresses],
        state=Invitation.State.PENDING,
        expires_at__gt=timezone.now(),
    ).select_related("organisation")
