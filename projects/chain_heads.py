"""The hash over the whole register, kept once a day and published: later nobody can deny what stood there that day."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ChainHeadQuerySet(models.QuerySet["ChainHead"]):
    """Reads and the one way of writing."""

    def latest_kept(self) -> ChainHead | None:
        """The head of the last day that has one."""
        return self.order_by("-on").first()

    def keep(self, *, head: str, projects: int, events: int, ok: bool, at: datetime) -> ChainHead:
        """Keep the outcome of a verification as the day's; the first one of a day stays, whatever comes later."""
        found = {"head": head, "projects": projects, "events": events, "ok": ok, "verified_at": at}
        kept, _created = self.get_or_create(on=timezone.localdate(at), defaults=found)
        return kept


class ChainHead(models.Model):
    """What the verification of a day found: one hash over the last hashes of all chains (docs/capital-chain.md)."""

    on = models.DateField(_("day"), unique=True)
    head = models.CharField(_("hash over all chains"), max_length=64)
    projects = models.PositiveIntegerField(_("projects"))
    events = models.PositiveIntegerField(_("events"))
    ok = models.BooleanField(_("every chain holds"))
    verified_at = models.DateTimeField(_("verified at"))

    objects = ChainHeadQuerySet.as_manager()

    class Meta:
        verbose_name = _("head of the chains")
        verbose_name_plural = _("heads of the chains")
        ordering = ("-on",)

    def __str__(self) -> str:
        return f"{self.on.isoformat()} {self.head}"
