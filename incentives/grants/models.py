"""What a certificate of incentives grants: kept for good, with everything that ever happened to it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Final

from django.contrib.auth.models import AnonymousUser
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.membership import organisations_of
from accounts.models import Organisation, User
from cases.models import Case
from projects.models import CapitalEvent, Project

if TYPE_CHECKING:
    from incentives.dossier.models import IncentiveApplication


READ: Final = "incentives.view_incentivegrant"


class IncentiveGrantQuerySet(models.QuerySet["IncentiveGrant"]):
    """Reads of grants."""

    def in_force(self) -> IncentiveGrantQuerySet:
        """Neither replaced by an adjustment nor ended; one under inspection still counts."""
        return self.filter(state__in=IN_FORCE)

    def of(self, organisation: Organisation | int) -> IncentiveGrantQuerySet:
        """Those of one enterprise."""
        return self.filter(organisation=organisation)

    def visible_to(self, user: User | AnonymousUser) -> IncentiveGrantQuerySet:
        """All of them for officials with the right to read, those of their enterprises for others."""
        if isinstance(user, User) and user.is_staff:
            return self.all() if user.is_active and user.has_perm(READ) else self.none()
        return self.filter(organisation__in=organisations_of(user))

    def with_line(self) -> IncentiveGrantQuerySet:
        """With `line`, the number of the first certificate, for comparing in the database."""
        found: IncentiveGrantQuerySet = self.annotate(line=Coalesce("first_id", "id"))
        return found


class IncentiveGrant(models.Model):
    """One certificate of incentives (COI). An adjustment makes the next version and ends this one.

    `first_granted_on` is the day of the first certificate of the line of versions: the tax clocks look at that.
    The capital is linked, not copied: `capital_event` is the last entry of the project's chain on the day of the grant.
    """

    class State(models.TextChoices):
        GRANTED = "granted", _("In force")
        INSPECTED = "inspected", _("In force, under inspection")
        REPLACED = "replaced", _("Replaced by an adjustment")
        REVOKED = "revoked", _("Revoked")
        EXPIRED = "expired", _("Ended with the project")

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="incentive_grant", verbose_name=_("case"))
    number = models.CharField(_("certificate number"), max_length=60, unique=True)
    version = models.PositiveSmallIntegerField(_("adjustment"), default=0)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name=_("replaces")
    )
    first = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="later_versions",
        verbose_name=_("first certificate"), help_text=_("Empty for the first one itself."),
    )  # fmt: skip
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="incentive_grants", verbose_name=_("organisation")
    )
    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, null=True, blank=True, related_name="incentive_grants",
        verbose_name=_("project"),
    )  # fmt: skip
    project_name = models.CharField(_("name of the project"), max_length=300)
    capital_event = models.ForeignKey(
        CapitalEvent, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("entry of the capital chain"),
    )  # fmt: skip
    list_version = models.CharField(_("version of the list"), max_length=200)
    law = models.CharField(_("version of the law"), max_length=120)
    granted_on = models.DateField(_("granted on"))
    first_granted_on = models.DateField(_("first certificate on"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.GRANTED)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    search_text = models.TextField(editable=False, blank=True)

    objects = IncentiveGrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate of incentives")
        verbose_name_plural = _("certificates of incentives")
        ordering = ("-id",)
        permissions: ClassVar = [
            ("inspect_grant", _("Can plan and record inspections of granted incentives")),
            ("revoke_grant", _("Can revoke a certificate of incentives")),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=["granted", "inspected"], ended_on__isnull=True)
                | Q(state__in=["replaced", "revoked", "expired"], ended_on__isnull=False),
                name="ended_grant_has_a_day",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=("state", "granted_on"))]

    def __str__(self) -> str:
        return f"{self.number} {self.project_name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """An adjustment belongs to the line of the certificate that it replaces."""
        if self._state.adding and self.first_id is None and self.replaces is not None:
            self.first_id = self.replaces.line_id
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The grant's own page, for its enterprise and for officials."""
        return reverse("incentive-grant", args=[self.number])

    @property
    def is_in_force(self) -> bool:
        """Whether it still gives something."""
        return self.state in IN_FORCE

    @property
    def line_id(self) -> int:
        """The number of the first certificate: reports, inspections and breaches belong to it."""
        return self.first_id or self.pk

    @property
    def application(self) -> IncentiveApplication:
        """What was asked for."""
        application: IncentiveApplication = getattr(self.case, "incentive")  # noqa: B009 (the reverse one-to-one)
        return application


IN_FORCE = (IncentiveGrant.State.GRANTED, IncentiveGrant.State.INSPECTED)


class ApprovedProduct(models.Model):
    """A product of the list for which a grant is given."""

    grant = models.ForeignKey(IncentiveGrant, on_delete=models.PROTECT, related_name="products")
    product = models.ForeignKey("incentives.SupportedProduct", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("what is made"), max_length=300)
    capacity: models.DecimalField[Decimal | None, Decimal | None] = models.DecimalField(
        _("designed capacity a year"), max_digits=20, decimal_places=2, null=True, blank=True
    )
    unit = models.CharField(_("unit"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("approved product")
        verbose_name_plural = _("approved products")
        ordering = ("grant", "id")

    def __str__(self) -> str:
        return self.name


class GrantEvent(models.Model):
    """Something that happened to a grant: never changed, never deleted (the database refuses it)."""

    class Kind(models.TextChoices):
        GRANTED = "granted", _("Granted")
        REPLACED = "replaced", _("Replaced by an adjustment")
        REPORTED = "reported", _("Annual report filed")
        CORRECTION = "correction", _("Correction of a report asked for")
        ACCEPTED = "accepted", _("Annual report accepted")
        PLANNED = "planned", _("Inspection planned")
        INSPECTED = "inspected", _("Inspected")
        BREACHED = "breached", _("A condition was not kept in a year")
        RESTORED = "restored", _("Corrected: the conditions were kept in a year")
        REVOKED = "revoked", _("Revoked")
        EXPIRED = "expired", _("Ended with the project")

    grant = models.ForeignKey(IncentiveGrant, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(_("what happened"), max_length=10, choices=Kind.choices)
    on = models.DateField(_("on"))
    at = models.DateTimeField(_("recorded at"), default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ground = models.CharField(_("ground"), max_length=40, blank=True)
    clause = models.CharField(_("clause"), max_length=200, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    data = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = _("event of a grant")
        verbose_name_plural = _("events of grants")
        ordering = ("grant", "id")

    def __str__(self) -> str:
        return f"{self.grant_id} {self.kind} {self.on}"


def note(
    grant: IncentiveGrant,
    kind: str,
    *,
    on: date,
    by: User | None,
    ground: str = "",
    clause: str = "",
    reason: str = "",
    data: dict[str, object] | None = None,
) -> GrantEvent:
    """Write down what happened."""
    return GrantEvent.objects.create(
        grant=grant, kind=kind, on=on, by=by, ground=ground, clause=clause, reason=reason, data=data or {}
    )
