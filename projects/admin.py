"""The register on the officials' desk: projects and their chains to read, zones and sectors for the administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.folded_search import FoldedSearch, ReadOnly
from cases.desk.reference_admin import ReferenceAdmin
from projects.chain_check import verify
from projects.models import CapitalEvent, Group, Holding, Project, PublishedTotal, Sector, Zone
from projects.money import money
from projects.querysets import ProjectQuerySet

if TYPE_CHECKING:
    Inline = admin.TabularInline[CapitalEvent, Project]
    GroupInline = admin.TabularInline[Any, Group]
else:  # Django's own admin takes no type arguments when it runs
    Inline = GroupInline = admin.TabularInline


class CapitalEventInline(Inline):
    """The chain of a project, to read: corrections are further events, never edits."""

    model = CapitalEvent
    extra = 0
    can_delete = False
    ordering = ("seq",)
    fields = readonly_fields = (
        "seq", "kind", "effective", "total_usd", "total_vnd", "contributed_usd", "mobilised_usd", "retained_usd",
        "certificate_number", "note", "short_hash",
    )  # fmt: skip

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Events come from issued certificates."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The database would refuse it too."""
        return False

    @admin.display(description=_("hash"))
    def short_hash(self, event: CapitalEvent) -> str:
        """The first digits of the hash."""
        return f"{event.hash[:12]}…"


@admin.register(Project)
class ProjectAdmin(FoldedSearch, ReadOnly):
    """The register. 100 projects a page in a handful of queries, whatever its size."""

    list_display = ("code", "name", "investors", "country", "zone_name", "capital", "state_tag", "first_issued")
    list_display_links = ("code", "name")
    list_filter = ("state", "imported", "zone__kind")
    list_select_related = ("zone",)
    list_per_page = 100
    ordering = ("-id",)
    inlines = (CapitalEventInline,)
    fields = (
        "page", "chain_state", "code",
        "national_code", "name", "name_en", "organisation", "investors", "country", "zone", "place", "sector",
        "activity", "authority", "state", "case", "first_issued", "capital", "imported", "source_url",
        "source_note", "chain_length", "chain_head",
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With the sums of the chain."""
        projects = super().get_queryset(request)
        return projects.with_capital() if isinstance(projects, ProjectQuerySet) else projects

    @admin.display(description=_("zone"), ordering="zone__code")
    def zone_name(self, project: Project) -> str:
        """The zone in the reader's language."""
        return project.zone.name(get_language() or "vi") if project.zone else ""

    @admin.display(description=_("capital"))
    def capital(self, project: Project) -> str:
        """The sum of the chain: in USD, or in VND where only that is known."""
        for currency in ("usd", "vnd"):
            total = getattr(project, f"capital_{currency}", None)
            if total is not None:
                return money(total, currency.upper())
        return ""

    @admin.display(description=_("state"), ordering="state")
    def state_tag(self, project: Project) -> str:
        """The state as icon, text and colour."""
        context = {"status": project.state, "label": project.get_state_display()}
        return render_to_string("includes/status_tag.html", context)

    @admin.display(description=_("page"))
    def page(self, project: Project) -> SafeString | str:
        """The project's page: capital history, certificates, applications, duties, papers."""
        if project.state == Project.State.APPROVED:
            return str(_("Not in the public register before its certificate is issued."))
        return format_html('<a href="{}">{}</a>', project.get_absolute_url(), _("Open the page of the project"))

    @admin.display(description=_("chain"))
    def chain_state(self, project: Project) -> str:
        """Whether the chain holds, checked now."""
        report = verify([project])
        if not report.events:
            return render_to_string("includes/tag.html", {"tone": "neutral", "label": _("No entry"), "icon": "dot"})
        tone, label = ("ok", _("Verified")) if report.ok else ("danger", "; ".join(str(f) for f in report.faults))
        return render_to_string("includes/tag.html", {"tone": tone, "label": label, "icon": "shield"})

    @admin.display(description=_("first certificate"), ordering="first_issued_on")
    def first_issued(self, project: Project) -> str:
        """As exactly as it is known."""
        return project.first_issued


@admin.register(Zone)
class ZoneAdmin(FoldedSearch, ReferenceAdmin):
    """Zones, with the history of every change."""

    list_display = ("code", "name_vi", "name_en", "kind", "inside_ez", "state", "area_ha")
    list_filter = ("kind", "inside_ez", "state")
    autocomplete_fields = ("parent",)
    ordering = ("code",)


@admin.register(Sector)
class SectorAdmin(FoldedSearch, ReferenceAdmin):
    """Economic sectors of both editions, with the history of every change."""

    list_display = ("code", "edition", "level", "name_vi", "name_en", "confidence")
    list_filter = ("edition", "level")
    ordering = ("edition", "code")


class HoldingInline(GroupInline):
    """What a group holds, with the source of each."""

    model = Holding
    fk_name = "group"
    extra = 0
    can_delete = False
    raw_id_fields = ("project", "subsidiary")
    fields = ("project", "subsidiary", "share_percent", "valid_from", "valid_to", "note", "source_url")


class PublishedTotalInline(GroupInline):
    """What others state about a group; never part of a sum."""

    model = PublishedTotal
    extra = 0
    can_delete = False
    fields = ("amount_usd", "stated_on", "stated_precision", "stated_by_vi", "stated_by_en", "source_url")


@admin.register(Group)
class GroupAdmin(FoldedSearch, ReferenceAdmin):
    """Corporate groups and what they hold; a holding that ended gets its last day, none is taken out."""

    list_display = ("name", "country", "slug")
    ordering = ("name",)
    inlines = (HoldingInline, PublishedTotalInline)
