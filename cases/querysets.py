"""Every read of cases that is used twice."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models

from accounts.folding import fold
from accounts.models import Membership, User
from cases.states import ENDED, OPEN, WITH_THE_INVESTOR, Status

if TYPE_CHECKING:
    from cases.models import Case  # noqa: F401 (named in the base class, which the linter reads as a plain string)


class CaseQuerySet(models.QuerySet["Case"]):
    """Reads of cases; every page, serializer and admin list starts from `visible_to`."""

    def visible_to(self, user: Any) -> CaseQuerySet:
        """The cases a person may see: officials what was ever submitted, investors their organisations'."""
        if not user.is_authenticated:
            return self.none()
        if user.is_staff:
            return self.filter(submitted_at__isnull=False) if user.has_perm("cases.view_case") else self.none()
        return self.filter(organisation__in=Membership.objects.filter(user=user).values("organisation"))

    def of_organisation(self, organisation_id: int) -> CaseQuerySet:
        """The cases of one organisation."""
        return self.filter(organisation_id=organisation_id)

    def still_open(self) -> CaseQuerySet:
        """Submitted and not ended."""
        return self.filter(status__in=OPEN)

    def ended(self) -> CaseQuerySet:
        """Decided, withdrawn or stopped."""
        return self.filter(status__in=ENDED)

    def awaiting_investor(self) -> CaseQuerySet:
        """The investor has to act."""
        return self.filter(status__in=WITH_THE_INVESTOR - {Status.DRAFT})

    def overdue(self, on: date) -> CaseQuerySet:
        """Open cases whose legal day has passed."""
        return self.still_open().filter(due_on__lt=on)

    def of_officer(self, user: User) -> CaseQuerySet:
        """The cases an official handles."""
        return self.filter(officer=user)

    def matching(self, text: str) -> CaseQuerySet:
        """Diacritic-blind search over reference, dossier code, project, company and tax code: every word must occur."""
        found = self
        for word in fold(text).split()[:8]:
            found = found.filter(search_text__contains=word)
        return found

    def with_people(self) -> CaseQuerySet:
        """With what a list shows, in one query."""
        return self.select_related("organisation", "officer", "procedure", "authority")
