"""What an approval and the issue of the certificate do to the register."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction

from accounts.models import User
from projects.chain import Capital, append
from projects.register import CapitalEvent, Project
from projects.shape import as_data, rows
from projects.versions import add_version
from projects.zones import Sector

if TYPE_CHECKING:
    from projects.registration import Registration


def open_project(registration: Registration) -> Project:
    """Enter the project in the register, approved but not yet active; a second call changes nothing."""
    case = registration.case
    facts = facts_of(registration) | {"organisation": case.organisation, "authority": case.authority}
    project, _created = Project.objects.get_or_create(case=case, defaults=facts)
    return project


def facts_of(registration: Registration) -> dict[str, Any]:
    """What the register says of a project, as its certificate says it."""
    investors = rows(registration, "investors")
    main = max(investors, key=lambda investor: investor.share_percent or Decimal(0), default=None)
    country = main.country.code if main and main.country else registration.case.organisation.country.code
    return {
        "name": registration.project_name,
        "name_en": registration.project_name_en,
        "investors": "; ".join(investor.name for investor in investors)[:500],
        "country": country,
        "zone": registration.zone,
        "place": ", ".join(part for part in (registration.lot, registration.ward, registration.address) if part)[:300],
        "sector": main_sector(registration),
    }


def main_sector(registration: Registration) -> Sector | None:
    """The sector of the main objective, or of the first one if none is marked."""
    objectives = rows(registration, "objectives")
    chosen = next((line for line in objectives if line.main), objectives[0] if objectives else None)
    if chosen is None:
        return None
    return Sector.objects.filter(edition=chosen.vsic_edition, code=chosen.vsic_code).first()


def take_effect(
    registration: Registration, *, certificate_number: str, project_code: str, on: date, by: User | None
) -> None:
    """Write the chain's first entry and version 0, and make the project active, with the national code as received."""
    with transaction.atomic():
        project = open_project(registration)
        append(
            project, CapitalEvent.Kind.ISSUE, capital=stated_capital(registration), effective_on=on, by=by,
            certificate_number=certificate_number, rate=registration.exchange_rate, rate_on=registration.rate_on,
        )  # fmt: skip
        add_version(
            project, as_data(registration), case=registration.case, certificate_number=certificate_number, on=on, by=by
        )
        project.state = Project.State.ACTIVE
        project.national_code = project_code
        project.first_issued_on = on
        project.save()


def stated_capital(registration: Registration) -> Capital:
    """The capital as the dossier states it; USD nobody stated are converted at the stated rate, to the cent."""
    amounts: dict[str, Decimal | None] = {}
    for part in ("contributed", "mobilised", "retained"):
        dong = getattr(registration, f"{part}_vnd") or Decimal(0)
        dollars = getattr(registration, f"{part}_usd")
        if dollars is None and registration.exchange_rate:
            dollars = round(dong / registration.exchange_rate, 2)
        amounts |= {f"{part}_vnd": dong, f"{part}_usd": dollars}
    return Capital(**amounts)


def write_missing_versions() -> int:
    """Version 0 of every project licensed before versions were kept; how many were written."""
    without = Project.objects.filter(case__isnull=False, chain_length__gt=0, versions__isnull=True)
    found = list(without.select_related("case__registration"))
    for project in found:
        issue = project.events.get(kind=CapitalEvent.Kind.ISSUE)
        if project.case is None or issue.effective_on is None:
            continue
        add_version(
            project, project.case.dossier.as_data(), case=project.case, certificate_number=issue.certificate_number,
            on=issue.effective_on, by=issue.actor,
        )  # fmt: skip
    return len(found)
