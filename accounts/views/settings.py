"""What a person sets for themselves: name, language, API token; the company they act for at the moment."""

from __future__ import annotations

from typing import cast

from allauth.account.models import EmailAddress
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from rest_framework.authtoken.models import Token

from accounts.access import INVESTOR, PERSON, open_to
from accounts.forms import SettingsForm
from accounts.models import User
from accounts.request import PortalRequest, act_for


@open_to(PERSON)
def account_settings(request: HttpRequest) -> HttpResponse:
    """Name and language, and the way to addresses, password, second factor, sessions and the API token."""
    person = cast(PortalRequest, request).user
    form = SettingsForm(request.POST or None, instance=User.objects.get(pk=person.pk))
    if request.method == "POST" and form.is_valid():
        form.save()
        translation.activate(form.instance.language)
        messages.success(request, _("Your settings are saved."))
        return redirect("account-settings")
    shown = {
        "form": form,
        "addresses": EmailAddress.objects.filter(user=person).order_by("-primary", "email"),
        "second_factor": is_mfa_enabled(person),
        "token": Token.objects.filter(user=person).first(),
    }
    return render(request, "accounts/settings.html", shown)


@open_to(PERSON)
@require_POST
def end_token(request: HttpRequest) -> HttpResponse:
    """Make the API token useless; signing in through the API gives a new one."""
    Token.objects.filter(user=cast(PortalRequest, request).user).delete()
    messages.success(request, _("The API token no longer works."))
    return redirect("account-settings")


@open_to(INVESTOR)
@require_POST
def switch_organisation(request: HttpRequest) -> HttpResponse:
    """Act for another of one's organisations from now on, and stay on the page."""
    rows = cast(PortalRequest, request).memberships
    chosen = next(
        (row.organisation for row in rows if str(row.organisation_id) == request.POST.get("organisation")), None
    )
    if chosen is None:
        raise Http404
    act_for(request, chosen)
    messages.success(request, _("You now act for %(company)s.") % {"company": chosen})
    return redirect(safe_next(request))


def safe_next(request: HttpRequest) -> str:
    """The page named by the form, if it is one of ours; else the home page."""
    target = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return target
    return "home"
