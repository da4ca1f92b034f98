"""What stands in the way of an application: another one that is open, or a certificate for the same product."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cases.states import ENDED, Status
from incentives.dossier.choices import Purpose
from incentives.dossier.reading import rows
from incentives.grants.models import ApprovedProduct, IncentiveGrant

if TYPE_CHECKING:
    from incentives.dossier.models import IncentiveApplication


def sentences(application: IncentiveApplication) -> Iterator[str]:
    """One sentence for each thing in the way."""
    if application.project_id is None:
        return
    lines = [good.product_id for good in rows(application, "goods") if good.product_id]
    same = type(application)._default_manager.filter(project=application.project_id, goods__product__in=lines)
    other = (
        same.exclude(pk=application.pk).exclude(case__status__in=[*ENDED, Status.DRAFT]).select_related("case").first()
    )
    if other is not None:
        yield _("Application %(reference)s for the same project and product is open: one at a time.") % {
            "reference": other.case.reference
        }
    if application.purpose == Purpose.AMEND:
        return
    in_force = IncentiveGrant.objects.in_force().filter(project=application.project_id)
    known = ApprovedProduct.objects.filter(grant__in=in_force, product__in=lines).select_related("grant", "product")
    for approved in known:
        words = {"code": approved.product.code, "number": approved.grant.number}
        yield _("Product %(code)s has certificate %(number)s already: ask for its adjustment instead.") % words
