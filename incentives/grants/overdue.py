"""Grants whose reports are overdue and inspections that are due, asked of the database for lists of any length."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, DateField, Exists, F, IntegerField, Max, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, ExtractYear, Greatest
from django.db.models.query import QuerySet

from incentives.grants import duties
from incentives.grants.calendar import first_owed_year, last_due_year, months_later
from incentives.grants.inspections import Inspection
from incentives.grants.models import IncentiveGrant
from incentives.grants.reports import HANDED_IN, AnnualReport


def with_overdue(grants: QuerySet[Any], today: date) -> QuerySet[Any]:
    """With `overdue`, the number of reports that are overdue today; ended grants owe none."""
    last = last_due_year(today)
    handed_in = AnnualReport.objects.filter(
        grant=Coalesce(OuterRef("first_id"), OuterRef("id")), state__in=HANDED_IN, year__lte=last
    )
    done = handed_in.order_by().values("grant").annotate(n=Count("pk")).values("n")
    begins = Greatest(ExtractYear("first_granted_on"), Value(first_owed_year()))
    owed = Greatest(Value(last + 1) - begins, Value(0), output_field=IntegerField())
    found: QuerySet[Any] = grants.annotate(
        overdue=owed - Coalesce(Subquery(done, output_field=IntegerField()), Value(0))
    )
    return found


def overdue(today: date) -> QuerySet[IncentiveGrant]:
    """Grants in force with a report that is overdue, those that owe most first."""
    found = with_overdue(IncentiveGrant.objects.in_force(), today).filter(overdue__gt=0)
    return found.select_related("organisation", "project__zone").order_by("-overdue", "first_granted_on", "pk")


def inspections_due(today: date) -> QuerySet[IncentiveGrant]:
    """Grants in force whose last inspection (else the first certificate) is longer ago than the rule allows."""
    rule = duties.rule_named(duties.INSPECTION, today)
    if rule is None or rule.months is None:
        return IncentiveGrant.objects.none()
    done = Inspection.objects.filter(grant=Coalesce(OuterRef("first_id"), OuterRef("id")), done_on__isnull=False)
    last = done.order_by().values("grant").annotate(last=Max("done_on")).values("last")
    found: QuerySet[Any] = IncentiveGrant.objects.in_force().annotate(
        counted_from=Coalesce(Subquery(last, output_field=DateField()), F("first_granted_on"))
    )
    found = found.filter(counted_from__lte=months_later(today, -rule.months))
    return found.select_related("organisation", "project__zone").order_by("counted_from", "pk")


def open_inspections() -> QuerySet[Inspection]:
    """Inspections that are planned and have no result yet, of lines that are in force, the earliest first."""
    standing: QuerySet[Any] = IncentiveGrant.objects.in_force().with_line()
    standing = standing.filter(line=OuterRef("grant"))
    found = Inspection.objects.filter(Exists(standing), done_on__isnull=True)
    return found.select_related("grant__organisation").order_by("planned_on", "pk")


def to_review() -> QuerySet[AnnualReport]:
    """Reports that were filed and wait for the office, the oldest first."""
    found = AnnualReport.objects.filter(state=AnnualReport.State.FILED).select_related("grant__organisation")
    return found.order_by("filed_at", "pk")
