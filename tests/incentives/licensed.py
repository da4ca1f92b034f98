"""A licensed project as a row of the register with its first capital event: cheap ground for tests about incentives."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from accounts.models import Organisation
from projects.chain import Capital, append
from projects.models import CapitalEvent, Project, Zone

LICENSED_ON = date(2026, 4, 2)


def licensed(organisation: Organisation | None = None, zone: str = "IP-TD", **facts: Any) -> Project:
    """A project with USD 20 million."""
    project = Project.objects.create(**{
        "name": "Dự án linh kiện nhựa chính xác", "name_en": "Precision plastic parts", "organisation": organisation,
        "zone": Zone.objects.get(code=zone), "state": Project.State.ACTIVE, "first_issued_on": LICENSED_ON,
        "national_code": "4398765432",
    } | facts)  # fmt: skip
    million = Decimal(1_000_000)
    append(
        project, CapitalEvent.Kind.ISSUE, effective_on=LICENSED_ON, by=None, certificate_number="4398765432",
        capital=Capital(contributed_usd=5 * million, mobilised_usd=15 * million, retained_usd=Decimal(0),
                        total_usd=20 * million),
    )  # fmt: skip
    project.refresh_from_db()
    return project
