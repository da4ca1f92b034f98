"""Search in the admin that minds neither accents nor case, over the stored column `search_text`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.folding import fold

if TYPE_CHECKING:
    Admin = admin.ModelAdmin[Any]
else:  # Django's own admin takes no type arguments when it runs
    Admin = admin.ModelAdmin

MOST_WORDS = 8


class FoldedSearch(Admin):
    """Every word that was typed must occur in `search_text`; lists do not count what they do not show."""

    search_fields = ("search_text",)
    show_full_result_count = False

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Fold the words as the column was folded."""
        for word in fold(search_term).split()[:MOST_WORDS]:
            queryset = queryset.filter(search_text__contains=word)
        return queryset, False


class NothingDeleted(Admin):
    """People, companies and rights are switched off or taken away, never deleted."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody, not even an operator."""
        return False


class ReadOnly(NothingDeleted):
    """Rows that are only looked at here."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """They come about elsewhere."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """They are not edited."""
        return False
