"""The list of supported products on the officials' desk, to read."""

from __future__ import annotations

from django.contrib import admin

from accounts.folded_search import FoldedSearch, ReadOnly
from incentives.models import SupportedProduct


@admin.register(SupportedProduct)
class SupportedProductAdmin(FoldedSearch, ReadOnly):
    """Products with their decree, and how sure their wording is."""

    list_display = ("code", "group", "name_vi", "name_en", "decree", "confidence")
    list_filter = ("group", "confidence")
    ordering = ("code",)
