"""What stands in the way of an application: another one that is open, or a certificate for the same product."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cases.models import Case
from cases.states import ENDED, Status
from incentives.dossier.choices import Purpose
from incentives.dossier.reading import rows
from incentives.grants.models import ApprovedProduct, IncentiveGrant
from projects.models import Project

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
    yield from granted(application)


def granted(application: IncentiveApplication) -> Iterator[str]:
    """A sentence for each product that has a certificate for this project already, other than the one to adjust."""
    if application.project_id is None:
        return
    lines = [good.product_id for good in rows(application, "goods") if good.product_id]
    in_force = IncentiveGrant.objects.in_force().filter(project=application.project_id)
    if application.purpose == Purpose.AMEND and application.amends_id is not None:
        in_force = in_force.exclude(pk=application.amends_id)
    known = ApprovedProduct.objects.filter(grant__in=in_force, product__in=lines).select_related("grant", "product")
    for approved in known:
        words = {"code": approved.product.code, "number": approved.grant.number}
        yield _("Product %(code)s has certificate %(number)s already: ask for its adjustment instead.") % words


def waits_for_issue(project: Project) -> str | None:
    """An application that is approved but not issued: a project that ended first would leave it without a way out."""
    waiting = Case.objects.filter(kind="incentive", incentive__project=project, status=Status.APPROVED).first()
    if waiting is None:
        return None
    return _(
        "Application %(reference)s for incentives of this project is approved: its certificate must be issued before "
        "the project can end, and ends with it."
    ) % {"reference": waiting.dossier_code or waiting.reference}


def moved(application: IncentiveApplication, grant: IncentiveGrant) -> bool:
    """Whether an adjustment names another project than the certificate it is of."""
    return grant.project_id is not None and grant.project_id != application.project_id


def moved_words(grant: IncentiveGrant) -> str:
    """That a certificate stays with its project."""
    return _("Certificate %(number)s is for another project: an adjustment stays with its project.") % {
        "number": grant.number
    }
