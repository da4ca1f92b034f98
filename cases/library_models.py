"""A company's own papers, kept for every application of that company."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.membership import organisations_of
from accounts.models import Organisation, User


class LibraryQuerySet(models.QuerySet["LibraryPaper"]):
    """Reads of the libraries; every page starts from `visible_to`."""

    def visible_to(self, user: Any) -> LibraryQuerySet:
        """The papers of a person's companies. Officials see papers only inside the cases they went into."""
        return self.none() if user.is_staff else self.filter(organisation__in=organisations_of(user))

    def kept(self) -> LibraryQuerySet:
        """What has not been taken out."""
        return self.filter(removed_at__isnull=True)

    def valid(self, on: date) -> LibraryQuerySet:
        """What is kept and has not expired that day; the last day still counts."""
        return self.kept().filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on))


class LibraryPaper(models.Model):
    """A paper in a company's library. It fits the paper with its code in every procedure; no row is ever deleted."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="library_papers", verbose_name=_("organisation")
    )
    paper = models.CharField(_("paper"), max_length=12, help_text=_("The code of a paper of a procedure."))
    title = models.CharField(_("in your words"), max_length=200, blank=True)
    file = models.FileField(upload_to="library/%Y/%m/", max_length=255)
    name = models.CharField(_("file name"), max_length=200)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField("SHA-256", max_length=64)
    content_type = models.CharField(_("type"), max_length=100)
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(_("uploaded at"), default=timezone.now)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    removed_at = models.DateTimeField(_("taken out at"), null=True, blank=True)

    objects = LibraryQuerySet.as_manager()

    class Meta:
        verbose_name = _("paper of a company's library")
        verbose_name_plural = _("papers of the companies' libraries")
        ordering = ("paper", "-id")
        indexes: ClassVar = [models.Index(fields=("organisation", "paper"))]

    def __str__(self) -> str:
        return self.title or self.name

    def expired(self, on: date) -> bool:
        """Whether its last day has passed."""
        return self.valid_until is not None and self.valid_until < on
