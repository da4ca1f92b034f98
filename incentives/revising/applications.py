"""The applications for incentives that were handed in, as past cases of a replay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from incentives.dossier.models import IncentiveApplication
from incentives.revising.past import PastCase


@dataclass
class Applications:
    """The source of real applications: every one that was ever handed in, whatever became of it."""

    key: str = "applications"
    label: str | Promise = field(default=_("Applications for incentives"))
    real: bool = True

    def _all(self) -> QuerySet[IncentiveApplication]:
        return IncentiveApplication.objects.filter(case__submitted_at__isnull=False)

    def count(self) -> int:
        """Those handed in (1 query)."""
        return self._all().count()

    def chunk(self, after_pk: int, size: int) -> Sequence[PastCase]:
        """By the number of their case, with everything that is judged (5 queries)."""
        found = self._all().filter(pk__gt=after_pk).select_related("case", "project").order_by("pk")
        return [_past(one) for one in found.prefetch_related("goods__product", "buyers")[:size]]


def _past(application: IncentiveApplication) -> PastCase:
    case = application.case
    return PastCase(
        pk=case.pk, reference=case.reference, label=case.title or application.project_name,
        product_text=application.product_text, facts=application.facts, on=application.asked_on, outcome=case.status,
        url=reverse("admin:cases_case_change", args=[case.pk]),
    )  # fmt: skip
