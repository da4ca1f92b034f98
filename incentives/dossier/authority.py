"""Who decides on a certificate of incentives: by size and place, as dated routes that an administrator keeps."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Final

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from incentives.dossier.choices import Place
from incentives.dossier.sizing import size_of
from incentives.querysets import DatedQuerySet

if TYPE_CHECKING:
    from incentives.dossier.models import IncentiveApplication

CITY: Final = "DOIT"
"""Where no route says otherwise: the department of industry and trade."""


class AuthorityRoute(models.Model):
    """Who decides on a certificate of incentives, by size and place, under the law of a time; an administrator's table.

    `decided_here` False: the authority decides elsewhere (the ministry); this portal prepares the dossier only.
    """

    class Size(models.TextChoices):
        ANY = "any", _("Of any size")
        SME = "sme", _("Micro, small or medium-sized")
        LARGE = "large", _("Larger")

    size = models.CharField(_("size of the enterprise"), max_length=5, choices=Size.choices, default=Size.ANY)
    place = models.CharField(
        _("place"), max_length=5, choices=Place.choices, blank=True,
        help_text=_("Empty: wherever the project stands."),
    )  # fmt: skip
    authority = models.ForeignKey(
        "cases.Authority", on_delete=models.PROTECT, related_name="+", verbose_name=_("authority")
    )
    decided_here = models.BooleanField(_("decided in this portal"), default=True)
    valid_from = models.DateField(_("in force from"))
    valid_to = models.DateField(_("in force until"), null=True, blank=True)
    clause = models.CharField(_("clause"), max_length=200)
    mark = models.CharField(_("how sure"), max_length=2, default="U")
    note = models.TextField(_("source and note"), blank=True)
    history = HistoricalRecords()

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("authority for certificates of incentives")
        verbose_name_plural = _("authorities for certificates of incentives")
        ordering = ("-valid_from", "size", "place")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("size", "place", "valid_from"), name="one_route_per_start"),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
                name="route_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_size_display()} · {self.authority}"


def route_for(application: IncentiveApplication, on: date) -> AuthorityRoute | None:
    """The route in force that day: the most particular one, by place before by size."""
    size, place = size_of(application), application.place
    routes = [
        route for route in AuthorityRoute.objects.in_force(on).select_related("authority")
        if route.place in ("", place) and route.size in (AuthorityRoute.Size.ANY, size)
    ]  # fmt: skip
    return max(routes, key=lambda route: (bool(route.place), route.size != "any", route.valid_from), default=None)


def code_for(application: IncentiveApplication) -> str:
    """The code of the authority that receives the dossier."""
    route = route_for(application, application.asked_on)
    return route.authority.code if route else CITY


def office_of(route: AuthorityRoute) -> str:
    """The authority's name in the reader's language."""
    return route.authority.name(get_language() or "vi")
