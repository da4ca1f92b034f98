"""How signing in and up behaves here: e-mail only, six-digit codes, mail in the person's language, own words."""

from __future__ import annotations

import base64
import hashlib
import logging
import secrets
import time
from smtplib import SMTPException
from typing import Any, ClassVar, Final

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.forms import BaseForm
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User

logger = logging.getLogger(__name__)

CODE_DIGITS: Final = 6


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts by e-mail address; see the settings ACCOUNT_*."""

    error_messages: ClassVar[dict[str, str | Promise]] = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is switched off."),
        "cannot_remove_primary_email": _(
            "You cannot remove your main e-mail address: make another one the main first."
        ),
        "duplicate_email": _("This e-mail address is on your account already."),
        "email_password_mismatch": _("The e-mail address or the password is not correct."),
        "enter_current_password": _("Type your current password."),
        "incorrect_code": _("The code is not correct."),
        "incorrect_password": _("The password is not correct."),
        "invalid_login": _("The e-mail address or the password is not correct."),
        "invalid_or_expired_key": _("The link is not valid or has run out."),
        "invalid_password_reset": _("The link is not valid or has run out."),
        "max_email_addresses": _("An account can have at most %d e-mail addresses."),
        "rate_limited": _("Too many requests: please wait a moment and try again."),
        "same_as_current": _("The new value must differ from the present one."),
        "too_many_login_attempts": _("Too many wrong attempts: please wait a few minutes and try again."),
        "unverified_primary_email": _("Your main e-mail address must be verified."),
        "email_taken": _("This e-mail address cannot be used."),
    }

    def save_user(
        self, request: HttpRequest, user: AbstractBaseUser, form: BaseForm, commit: bool = True
    ) -> AbstractBaseUser:
        """Take the full name and the language from the sign-up form."""
        super().save_user(request, user, form, commit=False)
        if isinstance(user, User):
            user.full_name = form.cleaned_data.get("full_name", "")
            user.language = form.cleaned_data.get("language") or settings.LANGUAGE_CODE
        if commit:
            user.save()
        return user

    def clean_email(self, email: str) -> str:
        """Addresses are kept lower-case, as they are compared."""
        return email.strip().lower()

    def generate_email_verification_code(self) -> str:
        """Six digits, typed from a mail."""
        return six_digits()

    def generate_password_reset_code(self) -> str:
        """Six digits, typed from a mail."""
        return six_digits()

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Officials to their desk, people without a company to making one, everyone else home."""
        person = request.user
        if isinstance(person, User) and person.is_staff:
            return reverse("admin:index")
        if isinstance(person, User) and not person.memberships.exists():
            return reverse("organisation-new")
        return reverse(settings.LOGIN_REDIRECT_URL)

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """A new person has no company yet."""
        return self.get_login_redirect_url(request)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to where the link was."""
        return reverse("account-settings")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever has signed in within the last minutes need not show again who they are."""
        if not super().is_reauthentication_required(app=app, **kwargs):
            return False
        records = get_authentication_records(self.request, self.request.user)
        return not any(time.time() - record["at"] < app_settings.REAUTHENTICATION_TIMEOUT for record in records)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send in the language of whoever owns the address; a mail server that is down is told on the page."""
        with translation.override(language_of(email, context.get("user"))):
            try:
                super().send_mail(template_prefix, email, context)
            except (SMTPException, OSError):
                logger.exception("Mail %s could not be sent", template_prefix)
                self._tell_that_mail_failed()

    def render_mail(
        self, template_prefix: str, email: str | list[str], context: dict[str, Any], headers: Any = None
    ) -> EmailMessage:
        """The text, and the same text as HTML: one source for both."""
        mail = super().render_mail(template_prefix, email, context, headers)
        return with_html(mail, context.get("code", ""))

    def _tell_that_mail_failed(self) -> None:
        request = context.request
        if request is not None and hasattr(request, "_messages"):
            messages.error(request, _("The mail could not be sent just now. Please ask for it again in a moment."))


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The second factor; its secrets are encrypted with a key that the database does not hold."""

    error_messages: ClassVar[dict[str, str | Promise]] = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _("Officials cannot switch the second factor off."),
        "cannot_generate_recovery_codes": _("Recovery codes need a second factor: set it up first."),
        "incorrect_code": _("The code is not correct."),
        "unverified_email": _("Verify your e-mail address before you set up the second factor."),
    }

    def encrypt(self, text: str) -> str:
        """Written with the key of the present SECRET_KEY."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Read with the present key or one of SECRET_KEY_FALLBACKS."""
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """An official's second factor stays, where it is required."""
        return not (settings.SECOND_FACTOR_FOR_OFFICIALS and authenticator.user.is_staff)


def six_digits() -> str:
    """A code that a person types from a mail."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"


def language_of(email: str, person: object = None) -> str:
    """The language of the address's owner; for an unknown address the language of the page."""
    if isinstance(person, User):
        return person.language
    address = EmailAddress.objects.filter(email__iexact=email).select_related("user").order_by("-verified").first()
    owner = address.user if address else None
    return owner.language if isinstance(owner, User) else translation.get_language() or settings.LANGUAGE_CODE


def with_html(mail: EmailMessage, code: str = "") -> EmailMessage:
    """Add the HTML twin of a plain text mail: its paragraphs, links as links, a code in large figures."""
    if isinstance(mail, EmailMultiAlternatives) and not mail.alternatives:
        paragraphs = [part.strip() for part in str(mail.body).split("\n\n") if part.strip()]
        shown = {"paragraphs": paragraphs, "subject": mail.subject, "code": code}
        mail.attach_alternative(render_to_string("accounts/mail.html", shown), "text/html")
    return mail


def _cipher() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(key)) for key in keys])


def _key(secret: str) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(b"accounts.second-factor" + secret.encode()).digest())
