"""The list of supported products and the policy catalogue on the officials' desk: to read, and to draft changes of.

Nothing is edited here: what is published changes only by a revision, which a second person publishes.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from accounts.folded_search import FoldedSearch
from cases.desk.reference_admin import ReferenceAdmin
from incentives.grants.admin import IncentiveGrantAdmin
from incentives.impact.admin import ImpactAdmin
from incentives.models import PolicyRule, SupportedProduct
from incentives.petitions.admin import PetitionAdmin
from incentives.revising.admin import RuleRevisionAdmin

__all__ = [
    "ImpactAdmin", "IncentiveGrantAdmin", "PetitionAdmin", "PolicyRuleAdmin", "RuleRevisionAdmin",
    "SupportedProductAdmin",
]  # fmt: skip


class PublishedAdmin(ReferenceAdmin):
    """Published law: read here with its history, changed by revisions only."""

    change_form_template = "admin/incentives/published.html"
    asked_as = ""
    """How the row is named in the address where a change of it begins."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A revision adds rows."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A revision ends, replaces and confirms them."""
        return False

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The row, with the way to a draft for who may write one."""
        shown = dict(extra_context or {})
        if request.user.has_perm("incentives.add_rulerevision") and object_id.isdecimal():
            shown["draft_url"] = f"{reverse('admin:incentives_rulerevision_add')}?{self.asked_as}={object_id}"
        return super().change_view(request, object_id, form_url, shown)


@admin.register(SupportedProduct)
class SupportedProductAdmin(FoldedSearch, PublishedAdmin):
    """Products with their decree, and how sure their wording is; confirmed line by line, by revisions."""

    asked_as = "product"
    list_display = ("code", "list_version", "group", "name_vi", "name_en", "decree", "confidence", "confirmed_on")
    list_filter = ("group", "list_version", "confidence")
    ordering = ("code",)


@admin.register(PolicyRule)
class PolicyRuleAdmin(PublishedAdmin):
    """Conditions and incentives under each version of the law."""

    asked_as = "rule"
    list_display = ("code", "kind", "name_vi", "version", "valid_from", "valid_to", "confidence", "confirmed_on")
    list_filter = ("kind", "confidence", "version")
    search_fields = ("code", "name_vi", "name_en", "version")
