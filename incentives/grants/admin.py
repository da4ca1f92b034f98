"""Granted incentives on the officials' desk: a list to search and filter; a grant opens its own page with the acts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.folded_search import FoldedSearch, ReadOnly
from cases.calendar import local_date
from incentives.grants.models import IncentiveGrant
from incentives.grants.overdue import with_overdue
from incentives.templatetags.grants_look import grant_tone
from projects.zones import Zone


class ZoneFilter(SimpleListFilter):
    """By the zone of the project."""

    title = _("zone")
    parameter_name = "zone"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        """The zones in which a project has a certificate of incentives (1 query)."""
        del request, model_admin
        zones = Zone.objects.filter(projects__incentive_grants__isnull=False).distinct().order_by("code")
        return [(zone.code, zone.name(get_language() or "vi")) for zone in zones]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Only those in the zone chosen."""
        del request
        return queryset.filter(project__zone__code=self.value()) if self.value() else queryset


class OverdueFilter(SimpleListFilter):
    """With reports that are overdue."""

    title = _("overdue reports")
    parameter_name = "overdue"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:
        """One choice."""
        del request, model_admin
        return [("1", _("With overdue reports"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Grants in force that owe a report."""
        del request
        in_force = ("granted", "inspected")
        return queryset.filter(overdue__gt=0, state__in=in_force) if self.value() else queryset


@admin.register(IncentiveGrant)
class IncentiveGrantAdmin(FoldedSearch, ReadOnly):
    """Certificates of incentives, 50 a page in a handful of queries, however many there are."""

    change_list_template = "admin/incentives/grants.html"
    list_display = ("number", "project_name", "company", "zone_name", "granted_on", "state_tag", "owed")
    list_display_links = ("number", "project_name")
    list_filter = ("state", "list_version", OverdueFilter, ZoneFilter)
    list_select_related = ("organisation", "project__zone")
    list_per_page = 50
    ordering = ("-id",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With the number of overdue reports."""
        return with_overdue(super().get_queryset(request), local_date())

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The grant's own page: the same for the office as for the enterprise, with the acts of the office."""
        del form_url, extra_context
        if not self.has_view_permission(request):
            return super().change_view(request, object_id)
        grant = get_object_or_404(IncentiveGrant, pk=object_id if object_id.isdecimal() else 0)
        return redirect(grant)

    @admin.display(description=_("company"), ordering="organisation__name")
    def company(self, grant: IncentiveGrant) -> str:
        """The enterprise."""
        return grant.organisation.name

    @admin.display(description=_("zone"), ordering="project__zone__code")
    def zone_name(self, grant: IncentiveGrant) -> str:
        """The zone of the project in the reader's language."""
        zone = grant.project.zone if grant.project else None
        return zone.name(get_language() or "vi") if zone else ""

    @admin.display(description=_("state"), ordering="state")
    def state_tag(self, grant: IncentiveGrant) -> str:
        """The state as icon, text and colour."""
        return _tag(grant_tone(grant), grant.get_state_display())

    @admin.display(description=_("overdue reports"), ordering="overdue")
    def owed(self, grant: IncentiveGrant) -> str:
        """How many reports are overdue."""
        count: int = getattr(grant, "overdue", 0) if grant.is_in_force else 0
        return _tag("danger", str(count)) if count else "0"


def _tag(tone: str, label: str) -> str:
    icon = {"ok": "check", "danger": "warning", "info": "clock"}.get(tone, "dot")
    return render_to_string("includes/tag.html", {"tone": tone, "label": label, "icon": icon})
