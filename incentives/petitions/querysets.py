"""Reading petitions: what the public sees, and finding one by its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Q

from accounts.folding import fold

if TYPE_CHECKING:
    from incentives.petitions.models import Petition, PetitionProject  # noqa: F401  (named in the bases below)

MOST_WORDS = 8


class PetitionQuerySet(models.QuerySet["Petition"]):
    """Petitions of the city."""

    def public(self) -> PetitionQuerySet:
        """Those that were sent; a draft is nobody's business yet."""
        return self.exclude(sent_to="")

    def matching(self, text: str) -> PetitionQuerySet:
        """Search without accents over number, names, what is asked and the words of the product: every word occurs."""
        found = self
        for word in fold(text).split()[:MOST_WORDS]:
            found = found.filter(search_text__contains=word)
        return found

    def with_counts(self) -> PetitionQuerySet:
        """With `projects_count`, the affected projects that stand."""
        standing = Count("affected", filter=Q(affected__removed_at__isnull=True))
        found: PetitionQuerySet = self.annotate(projects_count=standing)
        return found


class PetitionProjectQuerySet(models.QuerySet["PetitionProject"]):
    """Affected projects."""

    def standing(self) -> PetitionProjectQuerySet:
        """Those that nobody has taken out again."""
        return self.filter(removed_at__isnull=True)
