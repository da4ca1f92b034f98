"""Reading the dated lists: what was law on a day, and products by their words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, TypeVar

from django.db import models
from django.db.models import Q

from accounts.folding import fold

if TYPE_CHECKING:
    from incentives.policies import PolicyRule  # noqa: F401  (named in the bases below)
    from incentives.products import SupportedProduct  # noqa: F401

Row = TypeVar("Row", bound=models.Model)
MOST_WORDS = 8


class DatedQuerySet(models.QuerySet[Row]):
    """Rows with a first and perhaps a last day."""

    def in_force(self, on: date) -> DatedQuerySet[Row]:
        """The rows that were law on that day."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on)


class SupportedProductQuerySet(DatedQuerySet["SupportedProduct"]):
    """The list of supported products."""

    def found_by(self, words: str) -> SupportedProductQuerySet:
        """Products whose code and names hold every word; accents do not matter."""
        found = self
        for word in fold(words).split()[:MOST_WORDS]:
            found = found.filter(search_text__contains=word)
        return found


class PolicyRuleQuerySet(DatedQuerySet["PolicyRule"]):
    """The catalogue of conditions and incentives."""
