"""What the suites ask of every kind: a dossier that passes its pre-check, and the same as data for the API."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from cases.models import Case


def complete_petition(case: Case) -> None:
    """Fill the dossier so that nothing but papers is missing."""
    dossier = case.dossier
    for name, value in petition_data().items():
        setattr(dossier, name, Decimal(value) if name == "amount" else value)
    dossier.save()


def petition_data() -> dict[str, Any]:
    """The dossier as a program sends it."""
    return {"subject": "Đề nghị hỗ trợ đào tạo kỹ sư khuôn mẫu", "amount": "1250000.00", "in_zone": True}
