"""The six petitions of the city that a public source tells of; loading again overwrites nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from incentives.petitions.models import Petition, PetitionEvent, PetitionEvidence
from incentives.products import SupportedProduct

DATA: Final = Path(__file__).parent.parent / "data" / "petitions.json"


def load_petitions() -> int:
    """Add the petitions that are not there yet, by number; needs the list of products. Returns how many."""
    rows: list[dict[str, Any]] = json.loads(DATA.read_text())
    known = set(Petition.objects.values_list("number", flat=True))
    fresh = [row for row in rows if row["number"] not in known]
    for row in fresh:
        _load(row)
    return len(fresh)


def _load(row: dict[str, Any]) -> None:
    listed, evidence = row.pop("listed"), row.pop("evidence")
    with transaction.atomic():
        petition = Petition(**row, imported=True)
        petition.save()
        petition.listed.set(SupportedProduct.objects.filter(code__in=listed))
        PetitionEvidence.objects.bulk_create(PetitionEvidence(petition=petition, **one) for one in evidence)
        PetitionEvent.objects.create(petition=petition, verb=PetitionEvent.Verb.RECORDED, by=None, facts=row)
