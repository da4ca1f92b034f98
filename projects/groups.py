"""Corporate groups: who stands behind which projects, with shares where a source states them.

A group holds projects and other groups, each by a holding that keeps its source. A share nobody states stays unknown;
none is ever derived. What others publish about a group is kept beside it, so that a difference can be explained.
"""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from simple_history.models import HistoricalRecords

from accounts.folding import fold
from accounts.models import WebAddressField
from projects.columns import percent
from projects.register import Project


class Group(models.Model):
    """A parent company with everything it holds in the city."""

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=200)
    country = CountryField(_("country"), blank=True)
    note_vi = models.TextField(_("note in Vietnamese"), blank=True)
    note_en = models.TextField(_("note in English"), blank=True)
    source_url = WebAddressField(_("source"), max_length=500, blank=True)
    search_text = models.TextField(editable=False, blank=True)
    history = HistoricalRecords(excluded_fields=["search_text"])

    class Meta:
        verbose_name = _("corporate group")
        verbose_name_plural = _("corporate groups")
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the search text in step."""
        self.search_text = self.folded()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The group's public page."""
        return reverse("group-detail", args=[self.slug])

    def folded(self) -> str:
        """What search looks through."""
        return fold(f"{self.name} {self.slug}")

    def note(self, language: str) -> str:
        """The note in a language; Vietnamese unless English is asked for and there is one."""
        return self.note_vi if language == "vi" or not self.note_en else self.note_en


class HoldingQuerySet(models.QuerySet["Holding"]):
    """Reads of holdings."""

    def on(self, day: date) -> HoldingQuerySet:
        """Those that stood on a day, as far as their days are known."""
        begun = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
        return self.filter(begun, Q(valid_to__isnull=True) | Q(valid_to__gte=day))


class Holding(models.Model):
    """A group's part in a project or in another group; `share_percent` None: no source states it."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="holdings", verbose_name=_("group"))
    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, null=True, blank=True, related_name="holdings", verbose_name=_("project")
    )
    subsidiary = models.ForeignKey(
        Group, on_delete=models.PROTECT, null=True, blank=True, related_name="held_by", verbose_name=_("group it holds")
    )
    share_percent = percent(_("share (%)"))
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("until"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    source_url = WebAddressField(_("source"), max_length=500, blank=True)
    history = HistoricalRecords()

    objects = HoldingQuerySet.as_manager()

    class Meta:
        verbose_name = _("holding")
        verbose_name_plural = _("holdings")
        ordering = ("group", "id")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(project__isnull=True) ^ Q(subsidiary__isnull=True),
                name="holding_of_a_project_or_a_group",
                violation_error_message=_("A holding is either in a project or in another group."),
            ),
            models.CheckConstraint(
                condition=Q(subsidiary__isnull=True) | ~Q(subsidiary=F("group")),
                name="group_does_not_hold_itself",
                violation_error_message=_("A group cannot hold itself."),
            ),
            models.CheckConstraint(
                condition=Q(share_percent__isnull=True) | Q(share_percent__gt=0, share_percent__lte=100),
                name="share_between_0_and_100",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="holding_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=("group", "project"), condition=Q(valid_to__isnull=True, project__isnull=False),
                name="one_standing_holding_of_a_project",
            ),
            models.UniqueConstraint(
                fields=("group", "subsidiary"), condition=Q(valid_to__isnull=True, subsidiary__isnull=False),
                name="one_standing_holding_of_a_group",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.group_id} > {self.project_id or self.subsidiary_id}"


class PublishedTotal(models.Model):
    """What somebody else states about the capital of a group in the city; never part of a sum."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="published", verbose_name=_("group"))
    amount_usd = models.DecimalField(_("amount (USD)"), max_digits=20, decimal_places=2)
    stated_on = models.DateField(_("stated for"))
    stated_precision = models.CharField(
        _("how exact"), max_length=6, choices=Project.Precision.choices, default=Project.Precision.DAY
    )
    stated_by_vi = models.CharField(_("stated by, in Vietnamese"), max_length=300)
    stated_by_en = models.CharField(_("stated by, in English"), max_length=300, blank=True)
    source_url = WebAddressField(_("source"), max_length=500, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("published total")
        verbose_name_plural = _("published totals")
        ordering = ("group", "stated_on", "id")

    def __str__(self) -> str:
        return f"{self.group_id} {self.stated_on}: {self.amount_usd}"

    def stated_by(self, language: str) -> str:
        """Who states it; in Vietnamese unless English is asked for and there is one."""
        return self.stated_by_vi if language == "vi" or not self.stated_by_en else self.stated_by_en
