"""Every read of the register that is used twice."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import OuterRef, Q, Subquery, Sum

from accounts.folding import fold

if TYPE_CHECKING:
    from projects.register import Project  # noqa: F401 (named in the base class, which the linter reads as a plain string)


class ProjectQuerySet(models.QuerySet["Project"]):
    """Reads of projects; the public ones start from `published`."""

    def published(self) -> ProjectQuerySet:
        """What the public register shows: projects with a certificate, not those still waiting for one."""
        return self.exclude(state="approved")

    def with_places(self) -> ProjectQuerySet:
        """With what a list shows, in one query."""
        return self.select_related("zone", "sector")

    def with_capital(self, as_of: date | None = None) -> ProjectQuerySet:
        """With `capital_vnd` and `capital_usd`: the sums of the chain, up to a day if one is given."""
        ledger: Any = self.model._meta.get_field("events").related_model
        events = ledger._default_manager.filter(project=OuterRef("pk")).order_by()
        if as_of is not None:
            events = events.filter(effective_on__lte=as_of)
        totals = events.values("project").annotate(vnd=Sum("total_vnd"), usd=Sum("total_usd"))
        found: ProjectQuerySet = self.annotate(
            capital_vnd=Subquery(totals.values("vnd")), capital_usd=Subquery(totals.values("usd"))
        )
        return found

    def as_of(self, day: date) -> ProjectQuerySet:
        """Projects that had a certificate on that day, as far as their dates are known."""
        return self.filter(first_issued_on__lte=day)

    def matching(self, text: str) -> ProjectQuerySet:
        """Diacritic-blind search over names, codes, investors and zones: every word must occur."""
        found = self
        for word in fold(text).split()[:8]:
            found = found.filter(search_text__contains=word)
        return found

    def in_zone(self, code: str) -> ProjectQuerySet:
        """In a zone or one of its parts, by code."""
        return self.filter(Q(zone__code=code) | Q(zone__parent__code=code) | Q(zone__parent__parent__code=code))

    def in_sector(self, code: str) -> ProjectQuerySet:
        """In a sector or any line below it, by VSIC code (any edition)."""
        return self.filter(sector__code__startswith=code)

    def from_country(self, code: str) -> ProjectQuerySet:
        """Whose main investor comes from a country (ISO code)."""
        return self.filter(country=code.upper())
