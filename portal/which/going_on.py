"""What to do with the result: one button, by what was found and who reads it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from portal.which.answer import Result


@dataclass(frozen=True)
class Next:
    """A button; `other` is a quieter link beside it, as (label, address)."""

    label: str
    url: str
    other: tuple[str, str] | None = None


def going_on(found: Result, reader: User | AnonymousUser) -> Next | None:
    """The next step; None for an official, who files nothing."""
    if found.kind == "verify":
        return Next(_("Check a certificate"), reverse("verify"))
    if found.kind == "eligibility":
        return Next(_("Check your incentives"), reverse("incentives-check"))
    if isinstance(reader, User) and reader.is_staff:
        return None
    other = (_("Try out the change first"), reverse("simulate")) if found.kind == "adjustment" else None
    if found.kind == "life":
        return _through_sign_in(_("Open your projects"), reverse("dashboard"), reader)
    if found.problem:
        return None
    return _through_sign_in(_("Start the application"), reverse("case-start", args=[found.kind]), reader, other)


def _through_sign_in(label: str, url: str, reader: User | AnonymousUser, other: tuple[str, str] | None = None) -> Next:
    """The page itself for somebody who is signed in, else the sign-in that leads to it."""
    if isinstance(reader, User):
        return Next(label, url, other)
    return Next(_("Sign in and go on"), f"{reverse('account_login')}?{urlencode({'next': url})}", other)
