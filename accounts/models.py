"""Who uses the portal: people, the organisations they act for, and what they may do there."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from accounts.tax_code import validate_tax_code


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
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    job_title = models.CharField(_("position"), max_length=150, blank=True)
    is_staff = models.BooleanField(_("official"), default=False, help_text=_("May enter the officials' desk."))
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("joined at"), default=timezone.now)

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

    def get_full_name(self) -> str:
        """The name to print on papers and letters."""
        return str(self)


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
        help_text=_("10 or 13 digits for a company in Viet Nam; leave empty if there is none yet."),
    )
    registration_number = models.CharField(_("registration number abroad"), max_length=60, blank=True)
    address = models.CharField(_("registered head office"), max_length=400)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("website"), blank=True)
    representative_name = models.CharField(_("legal representative"), max_length=150)
    representative_title = models.CharField(_("position of the representative"), max_length=150, blank=True)
    search_text = models.TextField(editable=False, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.short_name or self.name

    def clean(self) -> None:
        """A Vietnamese organisation's tax code carries a checksum; a foreign one has none of ours."""
        self.tax_code = (self.tax_code or "").strip() or None
        if self.tax_code and self.origin == self.Origin.VIETNAMESE:
            validate_tax_code(self.tax_code)


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
    authority_letter = models.FileField(_("authority letter"), upload_to="authority/%Y/", blank=True)
    authority_until = models.DateField(_("authority ends on"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

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
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.organisation} · {self.get_role_display()}"

    def in_force(self, on: date) -> bool:
        """Whether the person may act in this role that day: a consultant only while the letter is valid."""
        return not self.is_consultant or (self.authority_until is not None and self.authority_until >= on)
