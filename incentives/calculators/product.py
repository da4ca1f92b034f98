"""The line of the list that a product is, as far as the timeline needs it: its group."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from incentives.eligibility.finding import find
from incentives.models import SupportedProduct


class ProductUnclear(ValueError):
    """The words lead to no line or to several; the message is a whole sentence."""


def group_of(words: str, on: date) -> str | None:
    """The group of the product; None where none is named. Raises ProductUnclear."""
    if not words.strip():
        return None
    found = find(words, SupportedProduct.objects.order_by("code", "valid_from"), on)
    if found.product is not None:
        return str(found.product.group)
    said = {"words": found.text[:60]}
    if found.matches:
        raise ProductUnclear(_("Several lines of the list fit “%(words)s”: give the code of the one you mean.") % said)
    raise ProductUnclear(_("“%(words)s” is no line of the list: give its code, or leave it empty.") % said)
