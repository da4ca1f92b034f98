"""Long lists for programs, a page at a time by cursor."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from rest_framework.exceptions import NotFound
from rest_framework.pagination import CursorPagination


class KeyPages(CursorPagination):
    """By a single column; a cursor that no page gave is refused (404) like one that cannot be decoded."""

    ordering = "-id"

    def paginate_queryset(self, queryset: Any, request: Any, view: Any = None) -> list[Any] | None:
        """The page; raises NotFound for a cursor whose position is no value of the column."""
        cursor = self.decode_cursor(request)
        if cursor is not None and cursor.position is not None:
            try:
                queryset.model._meta.get_field(self.ordering.lstrip("-")).to_python(cursor.position)
            except ValidationError as error:
                raise NotFound(self.invalid_cursor_message) from error
        return super().paginate_queryset(queryset, request, view)
