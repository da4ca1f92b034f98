"""The site visit during the appraisal: planned and recorded by the office, one row for each, never taken out."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Final

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.errors import Invalid, WrongState
from cases.models import Case
from cases.rules import holds
from cases.states import Status

if TYPE_CHECKING:
    from incentives.dossier.models import IncentiveApplication

APPRAISE: Final = "cases.appraise_case"
may_visit: Final = holds(APPRAISE)


class SiteVisit(models.Model):
    """A visit of the office to the site of an application."""

    class Found(models.TextChoices):
        AS_DECLARED = "as_declared", _("As the dossier declares")
        DIFFERS = "differs", _("Differs from the dossier")

    application = models.ForeignKey(
        "incentives.IncentiveApplication",
        on_delete=models.PROTECT,
        related_name="visits",
        verbose_name=_("application"),
    )
    planned_on = models.DateField(_("planned for"))
    planned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("planned by"))
    planned_at = models.DateTimeField(_("planned at"), default=timezone.now)
    done_on = models.DateField(_("carried out on"), null=True, blank=True)
    found = models.CharField(_("what was found"), max_length=12, choices=Found.choices, blank=True)
    minutes = models.TextField(_("minutes"), blank=True)
    recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("recorded by")
    )

    class Meta:
        verbose_name = _("site visit")
        verbose_name_plural = _("site visits")
        ordering = ("application", "id")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(done_on__isnull=True, found="", recorded_by__isnull=True)
                | (models.Q(done_on__isnull=False, recorded_by__isnull=False) & ~models.Q(found="")),
                name="visit_has_its_result_or_none",
            ),
            models.UniqueConstraint(
                fields=("application",), condition=models.Q(done_on__isnull=True), name="one_open_visit_per_application"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.planned_on}"


def visits_of(application: IncentiveApplication) -> list[SiteVisit]:
    """Every visit, the first first; one query."""
    return list(application.visits.select_related("planned_by", "recorded_by"))


def plan(application: IncentiveApplication, *, by: User, on: date, today: date) -> SiteVisit:
    """Plan a visit. Raises WrongState outside the appraisal or beside an open one, Invalid for a day gone by."""
    with transaction.atomic():
        _locked(application)
        if application.visits.filter(done_on=None).exists():
            raise WrongState(_now("A visit is planned already: record its result first."))
        if on < today:
            raise Invalid({"planned_on": [_now("A visit is planned for today or a day to come.")]})
        return SiteVisit.objects.create(application=application, planned_on=on, planned_by=by)


def record(
    application: IncentiveApplication, *, by: User, on: date, found: str, minutes: str, today: date
) -> SiteVisit:
    """Write down what was found. Raises WrongState when no visit is planned, Invalid for what cannot be."""
    with transaction.atomic():
        _locked(application)
        visit = application.visits.select_for_update().filter(done_on=None).first()
        if visit is None:
            raise WrongState(_now("No visit is planned."))
        errors: dict[str, list[str]] = {}
        if on > today:
            errors["done_on"] = [_now("That day is still to come.")]
        if found not in SiteVisit.Found.values:
            errors["found"] = [_now("Please say what was found.")]
        if found == SiteVisit.Found.DIFFERS and not minutes.strip():
            errors["minutes"] = [_now("Please write in what the site differs from the dossier.")]
        if errors:
            raise Invalid(errors)
        visit.done_on, visit.found, visit.minutes, visit.recorded_by = on, found, minutes.strip(), by
        visit.save(update_fields=["done_on", "found", "minutes", "recorded_by"])
        return visit


def _locked(application: IncentiveApplication) -> None:
    case = Case.objects.select_for_update().get(pk=application.pk)
    if case.status not in (Status.ACCEPTED, Status.AWAITING_INVESTOR, Status.ON_HOLD):
        raise WrongState(_now("A site is visited while the dossier is appraised."))
