"""What our pages are measured against: an empty page, a bare list, and the stock admin."""

from __future__ import annotations

from django.contrib.admin import AdminSite, ModelAdmin
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.urls import include, path

from accounts.access import open_to
from cases.models import Case

BARE = Engine().from_string(
    "<table>{% for c in cases %}<tr><td>{{ c.reference }}<td>{{ c.title }}<td>{{ c.organisation.name }}"
    "<td>{{ c.status }}<td>{{ c.due_on }}</tr>{% endfor %}</table>"
)


class StockCases(ModelAdmin[Case]):
    """The same list as a stock changelist: eight columns, four filters, search, a full count."""

    list_display = ("reference", "organisation", "title", "kind", "amount_usd", "status", "due_on", "officer")
    list_filter = ("status", "kind", "authority", "officer")
    list_select_related = ("organisation", "officer")
    search_fields = ("reference", "title", "organisation__name")
    list_per_page = 50


stock = AdminSite(name="stock")
stock.register(Case, StockCases)


@open_to("anyone")
def empty(_request: HttpRequest) -> HttpResponse:
    """An empty page, through every middleware."""
    return HttpResponse("ok")


@open_to("official")
def bare(_request: HttpRequest) -> HttpResponse:
    """The limit: session, one query, a bare template."""
    cases = Case.objects.select_related("organisation").order_by("-id")[:50]
    return HttpResponse(BARE.render(Context({"cases": cases})))


urlpatterns = [
    path("bench/empty/", empty),
    path("bench/bare/", bare),
    path("bench/stock/", stock.urls),
    path("", include("portal.urls")),
]
