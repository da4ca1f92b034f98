"""Whole registrations for the tests: the golden dossier (LG Innotek Hai Phong) as data and on a case."""

from __future__ import annotations

from typing import Any

from cases.models import Case
from projects.api.serializers import RegistrationSerializer
from projects.demo import golden_registration
from projects.models import Registration


def registration_data(**changes: Any) -> dict[str, Any]:
    """The golden dossier as a program sends it, with some answers changed."""
    return golden_registration() | changes


def complete_registration(case: Case, **changes: Any) -> Registration:
    """Fill a case's registration so that nothing but its papers is missing; needs the reference data."""
    dossier = Registration.objects.get(case=case)
    serializer = RegistrationSerializer(dossier, data=registration_data(**changes), partial=True)
    serializer.is_valid(raise_exception=True)
    serializer.save()
    case._state.fields_cache.pop("registration", None)
    return Registration.objects.get(case=case)
