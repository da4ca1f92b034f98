"""The way into everything about incentives, and the public list of supported products."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.access import open_to
from incentives.models import SupportedProduct


@dataclass(frozen=True)
class Card:
    """One thing one can do, with its page."""

    name: str
    icon: str
    title: str | Promise
    text: str | Promise

    @property
    def url(self) -> str:
        """The address of the page."""
        return reverse(self.name)


BEFORE: Final = (
    Card("incentives-check", "search", _("Check your product"),
         _("Which conditions you meet, each with its clause, and what there is to get. No account needed.")),
    Card("tax-schedule", "chart", _("Income tax year by year"),
         _("Rate, exemption and tax of every year against the standard, at every level side by side.")),
    Card("incentives-timeline", "clock", _("Duty, land rent, deposit and credit"),
         _("Their dates on one line with the tax years, and what to file by when.")),
)  # fmt: skip
LAW: Final = (
    Card("supported-products", "document", _("Products with priority"),
         _("The list of supporting-industry products, found without accents in Vietnamese and English.")),
    Card("petition-list", "info", _("Petitions of the city"),
         _("Which products and measures the city has asked for. A petition gives no right.")),
)  # fmt: skip
OWN: Final = (
    Card("incentive-grants", "shield", _("Your certificates of incentives"),
         _("What was granted, what it is worth, and which reports are due.")),
)  # fmt: skip


@require_safe
@open_to("anyone")
def index(request: HttpRequest) -> HttpResponse:
    """Everything about incentives on one page."""
    groups: list[tuple[str | Promise, tuple[Card, ...]]] = [(_("Before you apply"), BEFORE), (_("The law"), LAW)]
    if request.user.is_authenticated and not request.user.is_staff:
        groups.insert(0, (_("After the grant"), OWN))
    shown = {"groups": groups, "may_apply": request.user.is_authenticated and not request.user.is_staff}
    return render(request, "incentives/index.html", shown)


@require_safe
@open_to("anyone")
def supported_products(request: HttpRequest) -> HttpResponse:
    """Products of supporting industry with priority; search minds no accents."""
    words, group = request.GET.get("q", "").strip(), request.GET.get("group", "")
    products = SupportedProduct.objects.found_by(words)
    if group in SupportedProduct.Group.values:
        products = products.filter(group=group)
    language = get_language() or "vi"
    shown = {
        "words": words, "group": group, "groups": SupportedProduct.Group.choices,
        "products": [(product, product.name(language)) for product in products],
    }  # fmt: skip
    return render(request, "incentives/products.html", shown)
