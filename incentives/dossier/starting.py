"""Where an application starts: the company's project, its certificate in force, and what the check page was told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cases.states import EDITABLE
from incentives.dossier.choices import Place, ProjectType, Purpose
from incentives.eligibility.facts import Facts
from projects.register import LICENSED, Project
from projects.zones import Zone

if TYPE_CHECKING:
    from incentives.dossier.models import IncentiveApplication
    from incentives.grants.models import IncentiveGrant
    from incentives.products import SupportedProduct

MANY: Final = 2
FROM_THE_STATE: Final = {"state": True, "auction": True, "sublease": False, "workshop": False}
"""Whether land held in this way is leased from the State itself; the other ways do not tell."""
PARKS: Final = (Zone.Kind.INDUSTRIAL_PARK, Zone.Kind.EXPORT_PROCESSING, Zone.Kind.HIGH_TECH, Zone.Kind.DIGITAL)
TYPES: Final = {
    "new": ProjectType.NEW, "expansion_20": ProjectType.EXPANSION, "expansion_less": ProjectType.EXPANSION,
    "takeover": ProjectType.TAKEOVER,
}  # fmt: skip


def projects_of(application: IncentiveApplication) -> list[Project]:
    """The licensed projects of the company, by name."""
    own = Project.objects.filter(organisation=application.case.organisation_id, state__in=LICENSED)
    return list(own.select_related("zone").order_by("name", "pk"))


def start_from_only_project(application: IncentiveApplication) -> None:
    """Begin with the company's project where there is only one."""
    found = projects_of(application)[:MANY]
    if len(found) == 1:
        start_from(application, found[0])


def may_bring(application: IncentiveApplication) -> bool:
    """Whether a project or certificate newly named brings other answers along: not while the office has the dossier.

    Then only what the office asked about may change.
    """
    return application.case.status in EDITABLE


def start_from(application: IncentiveApplication, project: Project) -> None:
    """Take over what the register knows of a project; an answer that is there already stays."""
    version = project.versions.newest()
    application.project = project
    application.project_name = project.name
    known = version.certificate_number if version else project.national_code
    application.licence_number = application.licence_number or known
    application.licensed_on = application.licensed_on or project.first_issued_on
    application.place = application.place or place_of(project.zone)
    if version is not None:
        content = version.data
        if application.state_land is None:
            application.state_land = FROM_THE_STATE.get(content.get("land_source") or "")
        first = next((phase.get("operation_on") for phase in content.get("phases") or [] if phase), None)
        if first and application.first_revenue_year is None:
            application.first_revenue_year = int(first[:4])


def place_of(zone: Zone | None) -> str:
    """The place as the rules know it; a park inside an economic zone counts as the economic zone. Empty if unknown."""
    if zone is None:
        return ""
    if zone.kind == Zone.Kind.FREE_TRADE_ZONE:
        return Place.FREE_TRADE_ZONE
    if zone.kind == Zone.Kind.ECONOMIC_ZONE or zone.in_economic_zone:
        return Place.ECONOMIC_ZONE
    return Place.PARK if zone.kind in PARKS else ""


def start_amending(application: IncentiveApplication, grant: IncentiveGrant) -> None:
    """Begin with everything the certificate in force rests on; saves the application and its lists."""
    earlier = grant.application
    kept = {"case", "purpose", "amends", "change_reason", "nature_changed"}
    for column in type(application)._meta.concrete_fields:
        if column.name not in kept:
            setattr(application, column.attname, getattr(earlier, column.attname))
    application.purpose, application.amends = Purpose.AMEND, grant
    application.save()
    for name in ("goods", "buyers"):
        getattr(application, name).all().delete()
        for row in getattr(earlier, name).all():
            row.pk, row.application = None, application
            row.save()
    application.__dict__.pop("_prefetched_objects_cache", None)


def take_over(application: IncentiveApplication, facts: Facts, product: SupportedProduct | None) -> None:
    """What somebody answered on the check page becomes the beginning of the draft; saves it."""
    application.new_equipment = facts.new_equipment
    application.project_type = TYPES.get(facts.project_type or "", application.project_type)
    application.place = facts.place or application.place
    if facts.state_land is not None:
        application.state_land = facts.state_land
    if facts.ready:
        application.registration_held = application.brief_held = True
    application.save()
    if product is not None or facts.made_in_vietnam or facts.high_technology is not None:
        application.goods.create(
            product=product, name=product.name_here if product else "", made_in_vietnam=facts.made_in_vietnam or "",
            high_technology=facts.high_technology,
        )  # fmt: skip
    application.__dict__.pop("_prefetched_objects_cache", None)
