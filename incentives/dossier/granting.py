"""What a certificate of incentives brings about: the grant with its products, linked to project and capital chain."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.folding import fold
from accounts.models import User
from cases.calendar import local_date
from cases.errors import Invalid
from incentives.dossier import rivals
from incentives.dossier.authority import office_of, route_for
from incentives.dossier.choices import Purpose
from incentives.dossier.reading import rows
from incentives.grants.models import ApprovedProduct, GrantEvent, IncentiveGrant, note
from projects.models import CapitalEvent, Project
from projects.register import LICENSED

if TYPE_CHECKING:
    from incentives.dossier.models import IncentiveApplication

State = IncentiveGrant.State


def ensure_grantable(application: IncentiveApplication, at: datetime) -> None:
    """Refuse what this portal may not decide, what has ended meanwhile, and what was granted meanwhile. Raises Invalid.

    Competence is asked again on the day of the decision: the routes are dated and may have changed since.
    """
    route = route_for(application, local_date(at))
    if route is not None and not route.decided_here:
        raise Invalid({"authority": [_(
            "%(office)s decides this application, not this portal (%(clause)s). If competence has passed to the city, "
            "an administrator records that first.") % {
                "office": office_of(route), "clause": route.clause}]})  # fmt: skip
    if route is not None:
        application.case.authority = route.authority
    ensure_free(application)
    amended_grant(application)
    for good in rows(application, "goods"):
        if good.product is None:
            raise Invalid({"goods": [_("The product “%(name)s” has no line of the list.") % {"name": good.name}]})


def ensure_free(application: IncentiveApplication) -> None:
    """Refuse a project that has ended, and products that another certificate covers meanwhile. Raises Invalid.

    The project stays locked: of two applications for one product the second finds the certificate of the first.
    """
    if application.project_id is None:
        return
    project = Project.objects.select_for_update().get(pk=application.project_id)
    if project.state not in LICENSED:
        raise Invalid({"project": [_("The project “%(project)s” is “%(state)s”: it can get no incentives.") % {
            "project": project.name, "state": project.get_state_display()}]})  # fmt: skip
    if sentences := list(rivals.granted(application)):
        raise Invalid({"goods": sentences})


def amended_grant(application: IncentiveApplication) -> IncentiveGrant | None:
    """The certificate to adjust, locked; None for a first one. Raises Invalid when it is no longer in force."""
    if application.purpose != Purpose.AMEND or application.amends_id is None:
        return None
    grant = IncentiveGrant.objects.select_for_update().get(pk=application.amends_id)
    if not grant.is_in_force:
        raise Invalid({"amends": [_("Certificate %(number)s is no longer in force: it cannot be adjusted.") % {
            "number": grant.number}]})  # fmt: skip
    if rivals.moved(application, grant):
        raise Invalid({"project": [rivals.moved_words(grant)]})
    return grant


def take_effect(application: IncentiveApplication, *, certificate_number: str, on: date, by: User | None) -> None:
    """Write the grant and its products; an adjustment ends the version before."""
    with transaction.atomic():
        ensure_free(application)
        earlier = amended_grant(application)
        if earlier is not None:
            earlier.state, earlier.ended_on = State.REPLACED, on
            earlier.save(update_fields=["state", "ended_on"])
            note(earlier, GrantEvent.Kind.REPLACED, on=on, by=by, data={"number": certificate_number})
        grant = _grant(application, earlier, certificate_number, on)
        ApprovedProduct.objects.bulk_create(
            ApprovedProduct(grant=grant, product=good.product, name=good.name, capacity=good.capacity, unit=good.unit)
            for good in rows(application, "goods")
        )
        note(grant, GrantEvent.Kind.GRANTED, on=on, by=by, data=_linked(grant.capital_event))


def _grant(application: IncentiveApplication, earlier: IncentiveGrant | None, number: str, on: date) -> IncentiveGrant:
    goods, case = rows(application, "goods"), application.case
    words = [number, application.title(), case.organisation.name, case.organisation.tax_code or ""]
    words += [f"{good.name} {good.product.code} {good.product.name_vi} {good.product.name_en}" for good in goods]
    return IncentiveGrant.objects.create(
        case=case, number=number, version=earlier.version + 1 if earlier else 0, replaces=earlier,
        organisation=case.organisation, project=application.project, project_name=application.title(),
        capital_event=last_event(application.project), list_version=list_versions(application),
        law=case.procedure.law if case.procedure else "", granted_on=on,
        first_granted_on=earlier.first_granted_on if earlier else on, search_text=fold(" ".join(words)),
    )  # fmt: skip


def list_versions(application: IncentiveApplication) -> str:
    """The version of the list the products stand on; joined where there is more than one."""
    found = sorted({good.product.list_version for good in rows(application, "goods") if good.product})
    return "+".join(found)


def last_event(project: Project | None) -> CapitalEvent | None:
    """The head of the project's capital chain."""
    return project.events.order_by("-seq").first() if project is not None else None


def _linked(event: CapitalEvent | None) -> dict[str, object]:
    """The entry of the chain the grant rests on, by number and hash."""
    return {"capital_event": event.seq, "capital_hash": event.hash} if event else {}


def effects(application: IncentiveApplication) -> Sequence[str]:
    """What the certificate will bring about, in sentences."""
    count = len(rows(application, "goods"))
    found = [ngettext(
        "The certificate names %(count)s product of the list %(version)s.",
        "The certificate names %(count)s products of the list %(version)s.", count,
    ) % {"count": count, "version": list_versions(application)}]  # fmt: skip
    if application.amends:
        day = date_format(application.amends.granted_on, "DATE_FORMAT")
        words = {"number": application.amends.number, "day": day}
        found.append(
            _("It replaces certificate %(number)s of %(day)s; the tax clocks go on from the first one.") % words
        )
    found.append(_("From then on the enterprise reports every year and is inspected; income tax it assesses itself."))
    return found
