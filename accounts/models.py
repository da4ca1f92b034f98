"""Who uses the portal: people, the organisations they act for, and what they may do there."""

from __future__ import annotations

import secrets
import uuid
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, Final

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from simple_history.models import HistoricalRecords

from accounts.folding import company_key, fold
from accounts.querysets import MembershipQuerySet
from accounts.tax_code import normalise_tax_code, validate_tax_code

VIET_NAM: Final = "VN"
INVITATION_DAYS: Final = 14


def language_choices() -> list[tuple[str, str | Promise]]:
    """The languages people can read the site in; asked each time, so a new language needs no migration."""
    return list(settings.LANGUAGES)


def letter_path(_instance: models.Model, _name: str) -> str:
    """Where an authority letter is kept: a name that tells nothing and cannot be guessed."""
    return f"authority/{timezone.localdate().year}/{uuid.uuid4().hex}.pdf"


def invitation_token() -> str:
    """The secret part of an invitation's address."""
    return secrets.token_urlsafe(32)


def invitation_end() -> datetime:
    """When an invitation written now stops being good."""
    return timezone.now() + timedelta(days=INVITATION_DAYS)


class WebAddressField(models.URLField[str, str]):
    """A web address; one that is typed without its scheme is taken to be https."""

    def formfield(self, **kwargs: Any) -> Any:
        """The form field, told which scheme to assume."""
        return super().formfield(**{"assume_scheme": "https", **kwargs})


class UserManager(BaseUserManager["User"]):
    """Creates people by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Create a person; the address is stored lower-case, as it is compared."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Create an operator who may do everything in the admin."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        """Find a person by e-mail address, whatever its case."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person. Officials are staff; their role is a group (see `accounts.roles`)."""

    email = models.EmailField(_("e-mail address"), unique=True)
    full_name = models.CharField(_("full name"), max_length=150, blank=True)
    language = models.CharField(_("language"), max_length=10, choices=language_choices, default=settings.LANGUAGE_CODE)
    job_title = models.CharField(_("position"), max_length=150, blank=True)
    is_staff = models.BooleanField(_("official"), default=False, help_text=_("May enter the officials' desk."))
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("joined at"), default=timezone.now)
    search_text = models.TextField(editable=False, blank=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ("email",)

    def __str__(self) -> str:
        return self.full_name or self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the search text in step with the name and the address."""
        self.email = self.email.strip().lower()
        self.search_text = fold(f"{self.full_name} {self.email}")
        super().save(*args, **with_search_text(kwargs))

    def get_full_name(self) -> str:
        """The name to print on papers and letters."""
        return str(self)


def with_search_text(arguments: dict[str, Any]) -> dict[str, Any]:
    """The arguments of `save`; a partial save that may have changed a name saves the search text as well."""
    fields = arguments.get("update_fields")
    if fields is None or set(fields) <= {"last_login", "password"}:
        return arguments
    return arguments | {"update_fields": {*fields, "search_text"}}


class Organisation(models.Model):
    """A company or another body that invests, foreign or Vietnamese, or a consultancy."""

    class Origin(models.TextChoices):
        VIETNAMESE = "vietnamese", _("Established in Viet Nam")
        FOREIGN = "foreign", _("Established abroad")

    name = models.CharField(_("name"), max_length=255)
    short_name = models.CharField(_("short name"), max_length=80, blank=True)
    origin = models.CharField(_("place of establishment"), max_length=12, choices=Origin.choices)
    country = CountryField(_("country"))
    tax_code = models.CharField(
        _("tax code"),
        max_length=20,
        blank=True,
        null=True,
        unique=True,
        help_text=_("10 digits, or 13 for a dependent unit. A company abroad leaves it empty."),
        error_messages={"unique": _("An organisation with this tax code is registered already.")},
    )
    registration_number = models.CharField(
        _("registration number abroad"),
        max_length=60,
        blank=True,
        help_text=_("The company's number in its home country's register."),
    )
    address = models.CharField(_("registered head office"), max_length=400)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    website = WebAddressField(_("website"), blank=True)
    representative_name = models.CharField(_("legal representative"), max_length=150)
    representative_title = models.CharField(_("position of the representative"), max_length=150, blank=True)
    name_key = models.CharField(max_length=255, editable=False, blank=True, db_index=True)
    search_text = models.TextField(editable=False, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    history = HistoricalRecords(excluded_fields=["name_key", "search_text"])

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ("name",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(origin="foreign") | models.Q(country=VIET_NAM),
                name="vietnamese_organisation_in_viet_nam",
                violation_error_message=_("A Vietnamese organisation is established in Viet Nam."),
            ),
        ]

    def __str__(self) -> str:
        return self.short_name or self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the keys for finding it in step with what it is called."""
        self.name_key = company_key(self.name)[:255]
        parts = (self.name, self.short_name, self.tax_code or "", self.registration_number)
        self.search_text = fold(" ".join(parts))
        arguments = with_search_text(kwargs)
        if arguments.get("update_fields") is not None:
            arguments["update_fields"] = {*arguments["update_fields"], "name_key"}
        super().save(*args, **arguments)

    def clean(self) -> None:
        """Country and codes must fit the place of establishment; the tax code is brought to its one written form.

        Raises ValidationError with one message per field.
        """
        errors: dict[str, list[str]] = {}
        self.tax_code = normalise_tax_code(self.tax_code or "") or None
        if self.tax_code:
            try:
                validate_tax_code(self.tax_code)
            except ValidationError as error:
                errors["tax_code"] = error.messages
        elif self.origin == self.Origin.VIETNAMESE:
            errors["tax_code"] = [str(_("A Vietnamese organisation has a tax code: it is on its certificate."))]
        if self.origin == self.Origin.VIETNAMESE:
            self.country = VIET_NAM
        elif self.origin == self.Origin.FOREIGN and self.country.code in {"", None, VIET_NAM}:
            errors["country"] = [str(_("Choose the country in which the organisation was established."))]
        if errors:
            raise ValidationError(errors)


class Membership(models.Model):
    """One role of one person in one organisation; a person may hold several roles, one row each."""

    class Role(models.TextChoices):
        OWNER = "owner", _("Owner")
        PREPARER = "preparer", _("Preparer")
        SIGNER = "signer", _("Signer")
        OBSERVER = "observer", _("Observer")

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("person"))
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("organisation")
    )
    role = models.CharField(_("role"), max_length=10, choices=Role.choices)
    is_consultant = models.BooleanField(
        _("acts under an authority letter"), default=False, help_text=_("For a consultant from outside the company.")
    )
    authority_letter = models.FileField(_("authority letter"), upload_to=letter_path, blank=True)
    authority_until = models.DateField(_("authority ends on"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[MembershipQuerySet] = MembershipQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ("organisation", "user", "role")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("user", "organisation", "role"),
                name="one_row_per_role",
                violation_error_message=_("This person holds this role already."),
            ),
            models.CheckConstraint(
                condition=models.Q(is_consultant=False) | models.Q(authority_until__isnull=False),
                name="consultant_needs_expiry",
                violation_error_message=_("An authority letter needs the day on which it ends."),
            ),
            models.CheckConstraint(
                condition=models.Q(is_consultant=False) | ~models.Q(role="owner"),
                name="consultant_is_not_owner",
                violation_error_message=_("A consultant from outside cannot be the Owner."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.organisation} · {self.get_role_display()}"

    def in_force(self, on: date) -> bool:
        """Whether the person may act in this role that day: a consultant only while the letter is valid."""
        return not self.is_consultant or (self.authority_until is not None and self.authority_until >= on)


class Invitation(models.Model):
    """An offer of one role to whoever can read the mail of one address."""

    class State(models.TextChoices):
        PENDING = "pending", _("Waiting for an answer")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        CANCELLED = "cancelled", _("Cancelled")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="invitations", verbose_name=_("organisation")
    )
    email = models.EmailField(_("e-mail address"))
    role = models.CharField(_("role"), max_length=10, choices=Membership.Role.choices)
    language = models.CharField(
        _("language of the letter"), max_length=10, choices=language_choices, default=settings.LANGUAGE_CODE
    )
    is_consultant = models.BooleanField(_("acts under an authority letter"), default=False)
    authority_letter = models.FileField(_("authority letter"), upload_to=letter_path, blank=True)
    authority_until = models.DateField(_("authority ends on"), null=True, blank=True)
    token = models.CharField(max_length=64, unique=True, default=invitation_token, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PENDING)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("invited by"))
    created_at = models.DateTimeField(_("invited at"), auto_now_add=True)
    expires_at = models.DateTimeField(_("good until"), default=invitation_end)
    sent_at = models.DateTimeField(_("mail sent at"), null=True, blank=True)
    answered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("answered by")
    )
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    opened_by_other = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("opened by another account"),
        help_text=_("Someone signed in with an account that does not have the invited address."),
    )

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ("-created_at",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("organisation", "email", "role"),
                condition=models.Q(state="pending"),
                name="one_pending_invitation",
                violation_error_message=_("This address has been invited to this role already."),
            ),
            models.CheckConstraint(
                condition=models.Q(is_consultant=False) | models.Q(authority_until__isnull=False),
                name="invited_consultant_needs_expiry",
                violation_error_message=_("An authority letter needs the day on which it ends."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} · {self.organisation} · {self.get_role_display()}"

    def is_open(self, now: datetime) -> bool:
        """Whether it can still be answered."""
        return self.state == self.State.PENDING and now < self.expires_at


class MembershipEvent(models.Model):
    """Who gave or took which role, when and why. Append-only: the database refuses to change or delete a row."""

    class Act(models.TextChoices):
        FOUNDED = "founded", _("Registered the organisation")
        INVITED = "invited", _("Invited")
        DECLINED = "declined", _("Declined the invitation")
        CANCELLED = "cancelled", _("Invitation cancelled")
        GRANTED = "granted", _("Role given")
        REMOVED = "removed", _("Role taken away")
        LETTER_FILED = "letter_filed", _("Authority letter filed")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="membership_events", verbose_name=_("organisation")
    )
    act = models.CharField(_("act"), max_length=12, choices=Act.choices)
    email = models.EmailField(_("whose address"))
    role = models.CharField(_("role"), max_length=10, choices=Membership.Role.choices, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), default=timezone.now)
    data = models.JSONField(_("details"), default=dict, blank=True)

    class Meta:
        verbose_name = _("entry of the rights log")
        verbose_name_plural = _("rights log")
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.get_act_display()}: {self.email} · {self.organisation}"
