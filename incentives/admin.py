"""The list of supported products and the policy catalogue on the officials' desk; the administrator keeps them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from accounts.folded_search import FoldedSearch
from cases.desk.reference_admin import ReferenceAdmin
from incentives.models import PolicyRule, SupportedProduct


@admin.register(SupportedProduct)
class SupportedProductAdmin(FoldedSearch, ReferenceAdmin):
    """Products with their decree, and how sure their wording is; confirmed line by line."""

    list_display = ("code", "list_version", "group", "name_vi", "name_en", "decree", "confidence", "confirmed_on")
    list_filter = ("group", "list_version", "confidence")
    ordering = ("code",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """A line of another list is another row."""
        return ("code", "list_version", "valid_from") if obj else ()


@admin.register(PolicyRule)
class PolicyRuleAdmin(ReferenceAdmin):
    """Conditions and incentives under each version of the law."""

    list_display = ("code", "kind", "name_vi", "version", "valid_from", "valid_to", "confidence", "confirmed_on")
    list_filter = ("kind", "confidence", "version")
    search_fields = ("code", "name_vi", "name_en", "version")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """A new law is a new row, not another date on an old one."""
        return ("code", "kind", "valid_from") if obj else ()
