"""The forms of signing in and up, in our words; what they do is allauth's. Named in ACCOUNT_FORMS and MFA_FORMS."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

CODE_ATTRIBUTES = {"autocomplete": "one-time-code", "inputmode": "numeric", "autocapitalize": "off", "maxlength": "16"}


class PlainLabels:
    """Our label above each field instead of a grey word inside it, which vanishes as soon as one types."""

    words: dict[str, Any] = {}
    hints: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, forms.Field] = self.fields  # type: ignore[attr-defined]
        for name, field in fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.words.get(name, field.label)
            if field.label and name in self.words:
                field.help_text = self.hints.get(name, "")
            if name == "code":
                field.widget.attrs |= CODE_ATTRIBUTES


class LoginForm(PlainLabels, account.LoginForm):  # type: ignore[misc]
    """Sign in."""

    words = {
        "login": _("E-mail address"),
        "password": _("Password"),
        "remember": _("Stay signed in on this device"),
    }


class SignupForm(PlainLabels, account.SignupForm):  # type: ignore[misc]
    """Sign up: who you are, and the language you want to be written to in."""

    full_name = forms.CharField(max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    language = forms.ChoiceField(choices=settings.LANGUAGES)

    field_order = ["full_name", "email", "language", "password1", "password2"]
    words = {
        "full_name": _("Full name"),
        "email": _("E-mail address"),
        "language": _("Language of pages and letters"),
        "password1": _("Password"),
        "password2": _("Password again"),
    }
    hints = {
        "full_name": _("As it should stand on papers and letters."),
        "email": _("We send a six-digit code to it."),
        "password1": _("At least 12 characters. Several words you can remember are best."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = translation.get_language()


class AddEmailForm(PlainLabels, account.AddEmailForm):  # type: ignore[misc]
    """One more address."""

    words = {"email": _("E-mail address")}
    hints = {"email": _("We send a six-digit code to it.")}


class ResetPasswordForm(PlainLabels, account.ResetPasswordForm):  # type: ignore[misc]
    """Ask for a code."""

    words = {"email": _("E-mail address")}


class ResetPasswordKeyForm(PlainLabels, account.ResetPasswordKeyForm):  # type: ignore[misc]
    """Set a new password after the code."""

    words = {"password1": _("New password"), "password2": _("New password again")}
    hints = {"password1": _("At least 12 characters. Several words you can remember are best.")}


class ChangePasswordForm(PlainLabels, account.ChangePasswordForm):  # type: ignore[misc]
    """Change the password, knowing the old one."""

    words = {
        "oldpassword": _("Current password"),
        "password1": _("New password"),
        "password2": _("New password again"),
    }
    hints = {"password1": _("At least 12 characters. Several words you can remember are best.")}


class SetPasswordForm(PlainLabels, account.SetPasswordForm):  # type: ignore[misc]
    """Set a first password."""

    words = {"password1": _("New password"), "password2": _("New password again")}
    hints = {"password1": _("At least 12 characters. Several words you can remember are best.")}


class PasswordAgainForm(PlainLabels, account.ReauthenticateForm):  # type: ignore[misc]
    """Show again who you are, by password."""

    words = {"password": _("Password")}


class VerificationCodeForm(PlainLabels, account.ConfirmEmailVerificationCodeForm):  # type: ignore[misc]
    """The code that was mailed to an address."""

    words = {"code": _("Six-digit code")}


class ResetCodeForm(PlainLabels, account.ConfirmPasswordResetCodeForm):  # type: ignore[misc]
    """The code that was mailed to reset a password."""

    words = {"code": _("Six-digit code")}


class SecondFactorForm(PlainLabels, AuthenticateForm):  # type: ignore[misc]
    """The second factor while signing in."""

    words = {"code": _("Code from your authenticator app, or a recovery code")}


class SecondFactorAgainForm(PlainLabels, ReauthenticateForm):  # type: ignore[misc]
    """Show again who you are, by second factor."""

    words = {"code": _("Code from your authenticator app, or a recovery code")}


class ActivateSecondFactorForm(PlainLabels, ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new authenticator app."""

    words = {"code": _("Six-digit code that the app shows")}
