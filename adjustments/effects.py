"""What the adjusted certificate will do to the register, in sentences for whoever decides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from projects.money import money

if TYPE_CHECKING:
    from adjustments.models import Adjustment


def sentences(adjustment: Adjustment) -> Iterator[str]:
    """The total that it becomes, and the certificate that ends."""
    change = adjustment.change
    words = {
        "before": money(change.total(change.before), change.currency.upper()),
        "after": money(change.total(change.after), change.currency.upper()),
        "difference": money(abs(change.difference), change.currency.upper()),
    }
    if change.difference > 0:
        yield _("The total capital rises by %(difference)s, from %(before)s to %(after)s.") % words
    elif change.difference < 0:
        yield _("The total capital falls by %(difference)s, from %(before)s to %(after)s.") % words
    else:
        yield _("The total capital stays %(after)s.") % words
    base = adjustment.base
    if base is not None:
        yield _("Certificate %(number)s is replaced by adjustment %(next)s.") % {
            "number": base.certificate_number,
            "next": base.number + 1,
        }
