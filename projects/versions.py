"""What a certificate says of its project, version by version: the whole content as data, never changed afterwards.

Version 0 is the first certificate, N its Nth adjustment. A version says two days: when it took effect, and when it was
written down here; "what was in force" and "what we knew then" are two different questions.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from typing import Any, ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models import Case
from projects.register import Project


class ProjectVersionQuerySet(models.QuerySet["ProjectVersion"]):
    """Reads of versions."""

    def newest(self) -> ProjectVersion | None:
        """The version with the highest number: what the certificate in force says."""
        return self.order_by("-number").first()

    def in_force(self, on: date, known_at: datetime | None = None) -> ProjectVersion | None:
        """The version in force on a day, as far as it was known here at a moment (now, if none is given)."""
        known = self if known_at is None else self.filter(recorded_at__lte=known_at)
        return known.filter(effective_on__lte=on).order_by("-effective_on", "-number").first()


class ProjectVersion(models.Model):
    """The content of one certificate of a project; `data` has the shape of `projects.shape.as_data`."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="versions", verbose_name=_("project"))
    number = models.PositiveIntegerField(
        _("adjustment"), help_text=_("0 is the first certificate, N its Nth adjustment.")
    )
    case = models.OneToOneField(
        Case, on_delete=models.PROTECT, null=True, blank=True, related_name="project_version",
        verbose_name=_("case of origin"),
    )  # fmt: skip
    certificate_number = models.CharField(_("certificate number"), max_length=60, blank=True)
    effective_on = models.DateField(_("effective on"))
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now)
    actor = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    data = models.JSONField(_("content"), encoder=DjangoJSONEncoder)
    data_sha256 = models.CharField(_("SHA-256 of the content"), max_length=64)

    objects = ProjectVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a project")
        verbose_name_plural = _("versions of projects")
        ordering = ("project", "number")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("project", "number"), name="one_version_per_number"),
            models.CheckConstraint(condition=~Q(data_sha256=""), name="version_has_digest"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id}/{self.number}"


def add_version(
    project: Project,
    data: dict[str, Any],
    *,
    case: Case | None,
    certificate_number: str,
    on: date,
    by: User | None,
    first_number: int = 0,
) -> ProjectVersion:
    """Write the next version of a project; numbers rise by one under the project's lock.

    `first_number` counts for a project none of whose certificates was issued here: the number of its adjustment.
    """
    with transaction.atomic():
        Project.objects.select_for_update().get(pk=project.pk)
        last = project.versions.newest()
        return ProjectVersion.objects.create(
            project=project, number=last.number + 1 if last else first_number, case=case,
            certificate_number=certificate_number, effective_on=on, actor=by, data=data, data_sha256=data_digest(data),
        )  # fmt: skip


def data_digest(data: dict[str, Any]) -> str:
    """SHA-256 over the content as JSON with sorted keys, no spaces, UTF-8."""
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, cls=DjangoJSONEncoder)
    return hashlib.sha256(text.encode()).hexdigest()
