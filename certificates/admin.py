"""Certificates on the officials' desk: to look at, never to change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from certificates.models import Certificate

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Certificate]
else:
    ModelAdmin = admin.ModelAdmin  # takes no parameter at run time

FACTS = (
    "number", "project_code", "project", "version", "state", "issued_on", "ended_on", "ended_by", "end_reason",
    "replaces", "content_sha256", "verify_url", "is_test",
)  # fmt: skip
DOCUMENT = ("document_state", "document", "pdf_sha256", "signed_at", "attempts", "next_try_at", "document_error")


@admin.register(Certificate)
class CertificateAdmin(ModelAdmin):
    """A read-only register: certificates are made by approval and issue, and frozen."""

    list_display = ("number", "project", "project_code", "issued_on", "state", "document_state", "is_test")
    list_display_links = ("number", "project")
    list_filter = ("state", "document_state", "is_test", "kind")
    search_fields = ("number", "project_code", "case__search_text", "case__reference")
    list_select_related = ("case",)
    show_full_result_count = False
    view_on_site = False  # the address in the QR code leads there, once there is a number
    ordering = ("-id",)
    fieldsets = ((None, {"fields": ("case_link", *FACTS)}), (_("Document"), {"fields": DOCUMENT}))
    readonly_fields = ("case_link", *FACTS, *DOCUMENT)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Certificate]:
        """Without the content, which lists do not show."""
        return Certificate.objects.visible_to(request.user).defer("content")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Approval makes certificates."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody edits one."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """None is deleted."""
        return False

    @admin.display(description=_("project"), ordering="case__title")
    def project(self, certificate: Certificate) -> str:
        """The project's name."""
        return certificate.case.title

    @admin.display(description=_("case"))
    def case_link(self, certificate: Certificate) -> str:
        """The way to the case."""
        address = reverse("admin:cases_case_change", args=[certificate.case_id])
        return format_html('<a href="{}">{}</a>', address, certificate.case)

    @admin.display(description=_("PDF"))
    def document(self, certificate: Certificate) -> str:
        """The way to the document."""
        if not certificate.is_ready:
            return "–"
        address = reverse("case-certificate", args=[certificate.case.reference])
        return format_html('<a href="{}">{}.pdf</a>', address, certificate.number)
