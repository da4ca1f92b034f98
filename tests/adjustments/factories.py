"""Whole adjustments for the tests: the licensed golden project (LG Innotek Hai Phong) and one billion dollars more."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from accounts import roles
from accounts.models import Organisation, User
from adjustments.api.serializers import AdjustmentSerializer
from adjustments.demo import capital_change
from adjustments.models import Adjustment
from cases.calendar import local_date
from cases.models import Case
from cases.states import Status
from projects.models import Project
from tests.walk import Cast, member, official, walk

BILLION = Decimal(1_000_000_000)


OFFICIALS = {"desk officer": roles.DESK_OFFICER, "appraiser": roles.APPRAISER, "signer": roles.SIGNER}


def licensed_project(organisation: Organisation) -> Project:
    """The organisation's licensed project; registered, decided and issued here if it has none."""
    found = Project.objects.filter(organisation=organisation).first()
    return found or Project.objects.get(case=walk("registration", Status.ISSUED, _known_cast(organisation)))


def _known_cast(organisation: Organisation) -> Cast:
    """The people there are already, as far as a registration needs them: nobody new hears of the next case."""
    cast = Cast.__new__(Cast)
    cast.organisation, cast.people = organisation, {}
    for name, role in (("preparer", "preparer"), ("signer of the company", "signer")):
        known = User.objects.filter(memberships__organisation=organisation, memberships__role=role).order_by("pk")
        cast.people[name] = known.first() or member(organisation, role)
    for name, group in OFFICIALS.items():
        cast.people[name] = User.objects.filter(groups__name=group).order_by("pk").first() or official(group)
    return cast


def adjustment_data(**changes: Any) -> dict[str, Any]:
    """The dossier as a program sends it, for the company that was made last and has a preparer."""
    organisation = Organisation.objects.filter(memberships__role="preparer").latest("pk")
    return increase(licensed_project(organisation), BILLION) | changes


def complete_adjustment(case: Case, **changes: Any) -> Adjustment:
    """Fill a case's adjustment so that nothing but its papers is missing; its company gets a licensed project."""
    project = licensed_project(case.organisation)
    return write(case, increase(project, BILLION) | changes)


def write(case: Case, data: dict[str, Any]) -> Adjustment:
    """Write answers onto a case's adjustment as a program does."""
    dossier = Adjustment.objects.get(case=case)
    serializer = AdjustmentSerializer(dossier, data=data, partial=True)
    serializer.is_valid(raise_exception=True)
    serializer.save()
    case._state.fields_cache.pop("adjustment", None)
    return Adjustment.objects.get(case=case)


def increase(project: Project, dollars: Decimal) -> dict[str, Any]:
    """So many dollars more (or, negative, less) than the project's certificate states."""
    version = project.versions.newest()
    assert version is not None
    return {"project": project.code} | capital_change(version.data, dollars, on=local_date())
