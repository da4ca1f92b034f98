"""The register of projects and the chain of capital events behind every figure in it."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Final

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from accounts.folding import fold
from accounts.models import Organisation, User, WebAddressField
from cases.models import Authority, Case
from projects.querysets import ProjectQuerySet
from projects.zones import Sector, Zone


def dated(day: date | None, precision: str) -> str:
    """A day as exactly as it is known: 2016, 2013-09, 2016-04-15, or ≤ 2021-02-07; empty if not known at all."""
    if day is None:
        return ""
    text = day.isoformat()[: {"year": 4, "month": 7}.get(precision, 10)]
    return f"≤ {text}" if precision == "latest" else text


def unchanged(*amounts: str) -> Q:
    """Whether each of these changes is 0 or not stated."""
    found = Q()
    for name in amounts:
        found &= Q(**{f"{name}__isnull": True}) | Q(**{name: 0})
    return found


class Project(models.Model):
    """A project of the register. Its capital is never stored: it is the sum of its capital events.

    `code` is ours (DA-000123); `national_code` is the text the national investment system gave, kept as received
    (Decree 96/2026, article 40: digits today, other characters on older licences).
    """

    class State(models.TextChoices):
        APPROVED = "approved", _("Approved, certificate to come")
        ACTIVE = "active", _("Active")
        SUSPENDED = "suspended", _("Suspended")
        TERMINATED = "terminated", _("Terminated")

    class Precision(models.TextChoices):
        DAY = "day", _("Day known")
        MONTH = "month", _("Month known")
        YEAR = "year", _("Year known")
        LATEST = "latest", _("Not later than")

    code = models.CharField(_("code"), max_length=12, unique=True, null=True, editable=False)  # noqa: DJ001 (until saved)
    national_code = models.CharField(_("national project code"), max_length=40, blank=True)
    name = models.CharField(_("name"), max_length=300)
    name_en = models.CharField(_("name in English"), max_length=300, blank=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="projects",
        verbose_name=_("organisation"),
    )  # fmt: skip
    investors = models.CharField(_("investors"), max_length=500, blank=True)
    country = CountryField(_("country of the main investor"), blank=True)
    zone = models.ForeignKey(
        Zone, on_delete=models.PROTECT, null=True, blank=True, related_name="projects", verbose_name=_("zone")
    )
    place = models.CharField(_("place"), max_length=300, blank=True)
    sector = models.ForeignKey(
        Sector, on_delete=models.PROTECT, null=True, blank=True, related_name="projects", verbose_name=_("main sector")
    )
    activity = models.CharField(_("activity"), max_length=300, blank=True)
    authority = models.ForeignKey(
        Authority, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("authority")
    )
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.APPROVED)
    case = models.OneToOneField(
        Case, on_delete=models.PROTECT, null=True, blank=True, related_name="opened_project",
        verbose_name=_("case of origin"),
    )  # fmt: skip
    first_issued_on = models.DateField(_("first certificate"), null=True, blank=True)
    first_issued_precision = models.CharField(
        _("how exact"), max_length=6, choices=Precision.choices, default=Precision.DAY
    )
    imported = models.BooleanField(_("taken over from public sources"), default=False)
    source_url = WebAddressField(_("source"), max_length=500, blank=True)
    source_note = models.TextField(_("note on the source"), blank=True)
    chain_length = models.PositiveIntegerField(_("events in the chain"), default=0, editable=False)
    chain_head = models.CharField(_("hash of the last event"), max_length=64, blank=True, editable=False)
    search_text = models.TextField(editable=False, blank=True)
    created_at = models.DateTimeField(_("entered at"), default=timezone.now)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ("-id",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=["approved", "active", "suspended", "terminated"]),
                                   name="known_project_state"),
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=("state", "-id"))]

    def __str__(self) -> str:
        return f"{self.code} {self.name}".strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the search text in step; a new project gets its code from its number."""
        self.search_text = self.folded()
        super().save(*args, **kwargs)
        if not self.code:
            self.code = f"DA-{self.pk:06d}"
            self.search_text = self.folded()
            super().save(update_fields=["code", "search_text"])

    def get_absolute_url(self) -> str:
        """The project's public page."""
        return reverse("project-detail", args=[self.code])

    def folded(self) -> str:
        """What search looks through: names, codes, investors, zone and place."""
        zone = f"{self.zone.code} {self.zone.name_vi} {self.zone.name_en}" if self.zone else ""
        parts = (
            self.code or "",
            self.national_code,
            self.name,
            self.name_en,
            self.investors,
            self.activity,
            self.place,
        )
        return fold(" ".join((*parts, zone)))

    @property
    def first_issued(self) -> str:
        """The first certificate's date as exactly as it is known: 2016, 2013-09 or 2016-04-15."""
        return dated(self.first_issued_on, self.first_issued_precision)


LICENSED: Final = (Project.State.ACTIVE, Project.State.SUSPENDED)
"""States in which a project has a certificate in force."""


class CapitalEvent(models.Model):
    """One entry of a project's capital chain: never changed, never deleted (the database refuses it).

    Amounts are changes, not totals; None means the source does not say. How `hash` is made: docs/capital-chain.md.
    """

    class Kind(models.TextChoices):
        ISSUE = "issue", _("First certificate")
        INCREASE = "increase", _("Increase")
        DECREASE = "decrease", _("Decrease")
        CORRECTION = "correction", _("Correction")
        AMENDMENT = "amendment", _("Change without capital")
        TRANSFER = "transfer", _("Transfer")
        SUSPENSION = "suspension", _("Suspension")
        RESUMPTION = "resumption", _("Resumption")
        TERMINATION = "termination", _("Termination")

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="events", verbose_name=_("project"))
    seq = models.PositiveIntegerField(_("number in the chain"))
    kind = models.CharField(_("kind of event"), max_length=12, choices=Kind.choices)
    effective_on = models.DateField(_("effective on"), null=True, blank=True)
    effective_precision = models.CharField(
        _("how exact"), max_length=6, choices=Project.Precision.choices, default=Project.Precision.DAY
    )
    recorded_at = models.DateTimeField(_("recorded at"))
    contributed_vnd = models.DecimalField(
        _("contributed (VND)"), max_digits=20, decimal_places=0, null=True, blank=True
    )
    contributed_usd = models.DecimalField(
        _("contributed (USD)"), max_digits=20, decimal_places=2, null=True, blank=True
    )
    mobilised_vnd = models.DecimalField(_("mobilised (VND)"), max_digits=20, decimal_places=0, null=True, blank=True)
    mobilised_usd = models.DecimalField(_("mobilised (USD)"), max_digits=20, decimal_places=2, null=True, blank=True)
    retained_vnd = models.DecimalField(_("retained (VND)"), max_digits=20, decimal_places=0, null=True, blank=True)
    retained_usd = models.DecimalField(_("retained (USD)"), max_digits=20, decimal_places=2, null=True, blank=True)
    total_vnd = models.DecimalField(_("total (VND)"), max_digits=20, decimal_places=0, null=True, blank=True)
    total_usd = models.DecimalField(_("total (USD)"), max_digits=20, decimal_places=2, null=True, blank=True)
    rate = models.DecimalField(_("exchange rate"), max_digits=12, decimal_places=4, null=True, blank=True)
    rate_on = models.DateField(_("date of the rate"), null=True, blank=True)
    certificate_number = models.CharField(_("certificate number"), max_length=60, blank=True)
    actor = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    imported = models.BooleanField(_("taken over from public sources"), default=False)
    note = models.TextField(_("note"), blank=True)
    source_url = models.CharField(_("source"), max_length=500, blank=True)
    prev_hash = models.CharField(_("hash of the event before"), max_length=64, blank=True)
    hash = models.CharField(_("hash"), max_length=64)

    class Meta:
        verbose_name = _("capital event")
        verbose_name_plural = _("capital events")
        ordering = ("project", "seq")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("project", "seq"), name="one_event_per_number"),
            models.CheckConstraint(condition=Q(seq__gte=1), name="event_numbers_start_at_1"),
            models.CheckConstraint(
                condition=Q(kind="issue", seq=1) | ~Q(kind="issue") & Q(seq__gt=1), name="first_event_is_the_issue"
            ),
            models.CheckConstraint(condition=~Q(kind="increase") | ~Q(total_usd__lt=0), name="increase_adds"),
            models.CheckConstraint(condition=~Q(kind="decrease") | ~Q(total_usd__gt=0), name="decrease_takes_away"),
            models.CheckConstraint(
                condition=~Q(kind="correction") | Q(imported=True) | unchanged("total_vnd", "total_usd"),
                name="correction_keeps_the_totals",  # entries taken over before this rule explained a difference
                violation_error_message=_("A correction never changes the total."),
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["amendment", "transfer", "suspension", "resumption"])
                | unchanged(
                    "contributed_vnd",
                    "contributed_usd",
                    "mobilised_vnd",
                    "mobilised_usd",
                    "retained_vnd",
                    "retained_usd",
                    "total_vnd",
                    "total_usd",
                ),
                name="other_events_change_no_capital",
                violation_error_message=_("This kind of event changes no capital."),
            ),
            models.CheckConstraint(
                condition=Q(total_vnd=F("contributed_vnd") + F("mobilised_vnd") + F("retained_vnd")),
                name="total_vnd_is_sum_of_parts",
                violation_error_message=_("The total is contributed plus mobilised plus retained capital."),
            ),
            models.CheckConstraint(
                condition=Q(total_usd=F("contributed_usd") + F("mobilised_usd") + F("retained_usd")),
                name="total_usd_is_sum_of_parts",
                violation_error_message=_("The total is contributed plus mobilised plus retained capital."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.project_id}/{self.seq} {self.kind}"

    @property
    def effective(self) -> str:
        """The day it took effect as exactly as it is known; empty if not."""
        return dated(self.effective_on, self.effective_precision)
