"""Chasers that went out: one row for each step of a deadline, never a second one."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Chaser(models.Model):
    """A step that was told. `event` began the time that runs out: the request, the acceptance or the submission.

    Append-only: the database refuses to change or delete a row, and a second row for the same step.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="chasers", verbose_name=_("case"))
    event = models.ForeignKey("cases.Event", on_delete=models.PROTECT, related_name="chasers")
    step = models.PositiveSmallIntegerField(_("step"), help_text=_("Per cent of the time; 100 is the last day."))
    deadline_at = models.DateTimeField(_("deadline when it was told"))
    told_at = models.DateTimeField(_("told at"), default=timezone.now)

    class Meta:
        verbose_name = _("chaser")
        verbose_name_plural = _("chasers")
        ordering = ("id",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("case", "event", "step"), name="one_chaser_per_step"),
            models.CheckConstraint(condition=Q(step__gte=1, step__lte=100), name="chaser_step_is_a_percentage"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.event_id} {self.step} %"
