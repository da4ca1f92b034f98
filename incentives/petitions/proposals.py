"""Which projects of the register a petition is about, as far as sector and words say; an official confirms them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Q, QuerySet

from accounts.folding import fold
from incentives.petitions.models import Petition, PetitionProject
from projects.models import Project
from projects.register import LICENSED

Why = PetitionProject.Why
SHOWN: Final = 200
SHORTEST: Final = 2
"""Digits of the broadest VSIC code that says something: a division."""


@dataclass(frozen=True)
class Proposal:
    """A project, why it is proposed and what it was found by. `strong`: proposed as confirmed, not only to look at."""

    project: Project
    why: str
    ground: str
    strong: bool


def proposed(petition: Petition) -> tuple[list[Proposal], int]:
    """The projects to look at, the likeliest first and no more than fit a page; and how many there are (1 query).

    Only projects with a certificate in force that the petition does not name yet (or no more).
    """
    if not petition.sector_codes and not petition.phrases:
        return [], 0
    known = petition.affected.standing().values("project")
    found = candidates(petition).exclude(pk__in=known).select_related("sector", "zone").order_by("pk")
    proposals = [one for project in found if (one := _judged(petition, project))]
    proposals.sort(key=lambda one: (not one.strong, one.project.pk))
    return proposals[:SHOWN], len(proposals)


def candidates(petition: Petition) -> QuerySet[Project]:
    """Every licensed project that sector or words might mean."""
    wanted = Q(pk__in=[])
    for code in petition.sector_codes:
        above = [code[:length] for length in range(SHORTEST, len(code))]
        wanted |= Q(sector__code__startswith=code) | Q(sector__code__in=above)
    for phrase in petition.phrases:
        wanted |= Q(search_text__contains=phrase)
    return Project.objects.published().filter(wanted, state__in=LICENSED)


def _judged(petition: Petition, project: Project) -> Proposal | None:
    """Words and a sector in or below one of the codes are strong; a sector above one only says "look at it"."""
    code = project.sector.code if project.sector else ""
    if said := named(petition.phrases, f"{project.name} {project.name_en} {project.activity}"):
        return Proposal(project, Why.WORDS, said, strong=True)
    for wanted in petition.sector_codes:
        if code.startswith(wanted):
            return Proposal(project, Why.SECTOR, code, strong=True)
        if len(code) >= SHORTEST and wanted.startswith(code):
            return Proposal(project, Why.SECTOR, code, strong=False)
    return None


def named(phrases: Sequence[str], text: str) -> str:
    """The first phrase that stands in the text as whole words; empty if none does. Accents do not matter."""
    folded = fold(text)
    return next((phrase for phrase in phrases if re.search(rf"\b{re.escape(phrase)}\b", folded)), "")
