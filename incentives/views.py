"""The public list of supported products."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from accounts.access import open_to
from incentives.models import SupportedProduct


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
