"""The impact of incentives on the officials' desk: one page, its assumptions in the address, and two files."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, URLPattern, path, reverse
from django.utils.translation import gettext as _

from cases.calendar import local_date
from incentives.impact.form import ASKED, AssumptionForm
from incentives.impact.models import Impact
from incentives.impact.page import forgone, forgone_csv, projects_csv, reckoned, tables
from incentives.impact.standing import Standing, look

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Impact]
else:  # takes no parameter at run time
    ModelAdmin = admin.ModelAdmin

REVISIONS: Final = "admin:incentives_rulerevision_changelist"


@admin.register(Impact)
class ImpactAdmin(ModelAdmin):
    """There are no rows behind it: only the page."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nothing is kept."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is kept."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is kept."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """The one page."""
        return [path("", self.admin_site.admin_view(self.page), name="incentives_impact_changelist")]

    def page(self, request: HttpRequest) -> HttpResponseBase:
        """Projects by eligibility, grants, and revenue forgone for what somebody supposes."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET"])
        on, form = local_date(), AssumptionForm(request.GET)
        seen, wanted = look(on), request.GET.get("format")
        if wanted == "projects":
            return _csv(projects_csv(seen), "projects-by-eligibility.csv")
        valid = form.is_valid()
        found = reckoned(seen, form) if valid else []
        if wanted == "forgone" and valid:
            return _csv(forgone_csv(found, form), "revenue-forgone.csv")
        shown: dict[str, Any] = tables(seen, request.GET.get("by", "")) | {
            "form": form, "day": on, "labels": [standing.label for standing in Standing],
            "title": _("Impact of incentives"), "revisions_url": _revisions(),
            "kept": [(name, request.GET[name]) for name in (*ASKED, *CHOICES) if request.GET.get(name)],
            "projects_url": "?format=projects", "forgone_url": _again(request, format="forgone"),
        }  # fmt: skip
        if valid:
            shown["forgone"] = forgone(found, form)
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound and not valid else HTTPStatus.OK
        return self._page(request, shown, status)

    def _page(self, request: HttpRequest, context: dict[str, Any], status: int) -> TemplateResponse:
        request.current_app = self.admin_site.name
        site = self.admin_site
        frame = {"site_title": site.site_title, "site_header": site.site_header, "has_permission": True}
        return TemplateResponse(request, "admin/incentives/impact/page.html", frame | context, status=status)


CHOICES: Final = ("whom", "income", "standard", "level", "other")


def _csv(lines: Any, name: str) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _again(request: HttpRequest, **changed: str) -> str:
    query = request.GET.copy()
    for name, value in changed.items():
        query[name] = value
    return f"?{query.urlencode()}"


def _revisions() -> str:
    try:
        return reverse(REVISIONS)
    except NoReverseMatch:
        return ""
