"""Certificates: frozen versions of what was licensed, each with its number, its document and its state."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models import Case
from certificates.querysets import CertificateQuerySet
from certificates.states import ENDED_EARLY, DocumentState, State


class Counter(models.Model):
    """The last certificate number given in a series and year. Its row lock makes concurrent issues wait their turn."""

    series = models.CharField(max_length=8)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("series", "year"), name="one_counter_per_year")]

    def __str__(self) -> str:
        return f"{self.series} {self.year}: {self.last}"


class Certificate(models.Model):
    """One issue of a certificate, prepared with the approval.

    After the issue the database itself refuses to change what it states (see `certificates.frozen`).
    """

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="certificate", verbose_name=_("case"))
    kind = models.CharField(_("kind"), max_length=40)
    number = models.CharField(_("number"), max_length=20, unique=True, null=True, blank=True)
    version = models.PositiveIntegerField(
        _("adjustment"), default=0, help_text=_("0 is the first certificate of a project, N its Nth adjustment.")
    )
    project_code = models.CharField(_("project code"), max_length=40, blank=True)
    content = models.JSONField(_("content"))
    content_sha256 = models.CharField(_("SHA-256 of the content"), max_length=64, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.PREPARED)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name=_("replaces")
    )
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    ended_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ended by")
    )
    end_reason = models.TextField(_("why it ended"), blank=True)
    verify_url = models.URLField(_("address in the QR code"), max_length=400, blank=True)
    is_test = models.BooleanField(_("signed by the test authority"), default=False)
    document_state = models.CharField(
        _("document"), max_length=10, choices=DocumentState.choices, default=DocumentState.WAITING
    )
    pdf = models.FileField(_("PDF"), max_length=255, blank=True)
    pdf_sha256 = models.CharField(_("SHA-256 of the PDF"), max_length=64, blank=True, db_index=True)
    signed_at = models.DateTimeField(_("signed at"), null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    next_try_at = models.DateTimeField(_("next try at"), null=True, blank=True)
    document_error = models.CharField(_("why it failed"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("prepared at"), auto_now_add=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ("-id",)
        indexes: ClassVar = [
            models.Index(
                fields=("next_try_at",), condition=~Q(document_state=DocumentState.READY), name="documents_to_make"
            )
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="known_certificate_state"),
            models.CheckConstraint(condition=Q(document_state__in=DocumentState.values), name="known_document_state"),
            models.CheckConstraint(
                condition=Q(state=State.PREPARED, number__isnull=True, issued_on__isnull=True)
                | (~Q(state=State.PREPARED) & Q(number__isnull=False, issued_on__isnull=False) & ~Q(content_sha256="")),
                name="issued_has_number_and_day",
            ),
            models.CheckConstraint(
                condition=~Q(document_state=DocumentState.READY)
                | (~Q(pdf="") & ~Q(pdf_sha256="") & Q(signed_at__isnull=False)),
                name="ready_has_signed_file",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_by__isnull=True, end_reason="") | Q(state__in=ENDED_EARLY),
                name="only_ended_has_an_end",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.SURRENDERED) | Q(ended_on__isnull=False), name="surrendered_has_day"
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"({self.case_id})"

    def get_absolute_url(self) -> str:
        """The public check of this certificate."""
        return reverse("verify-number", args=[self.number])

    def as_data(self) -> dict[str, Any]:
        """The certificate as the API shows it beside its case."""
        return {
            "number": self.number,
            "version": self.version,
            "state": self.state,
            "project_code": self.project_code,
            "issued_on": self.issued_on,
            "document": self.document_state,
            "content_sha256": self.content_sha256,
            "pdf_sha256": self.pdf_sha256,
            "verify_url": self.verify_url,
        }

    @property
    def is_ready(self) -> bool:
        """Whether the signed PDF can be downloaded."""
        return self.document_state == DocumentState.READY

    @property
    def is_issued(self) -> bool:
        """Whether it has a number."""
        return self.state != State.PREPARED
