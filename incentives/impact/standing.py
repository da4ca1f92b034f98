"""Projects of the register by what incentives make of them, and what was granted, with the capital of the chain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Protocol, TypeVar

from django.db import models
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from incentives.grants.models import IncentiveGrant
from incentives.impact.line_words import LineWords
from incentives.petitions.capital import Amounts, Behind, behind
from incentives.petitions.models import PetitionProject
from incentives.products import SupportedProduct
from projects.models import CapitalEvent, Project
from projects.register import LICENSED

Group = SupportedProduct.Group
SECTORS: Final = {
    "13": Group.TEXTILE_GARMENT, "2030": Group.TEXTILE_GARMENT, "15": Group.LEATHER_FOOTWEAR, "26": Group.ELECTRONICS,
    "29": Group.AUTOMOBILE, "2410": Group.MECHANICAL, "25": Group.MECHANICAL, "28": Group.MECHANICAL,
}  # fmt: skip
"""VSIC codes in whose products a group of the list lies: this portal's reading, not the decree's."""
DIVISION: Final = 2


class Standing(models.TextChoices):
    """Where a project stands, the first that is true."""

    GRANTED = "granted", _("Certificate of incentives granted")
    LINE = "line", _("Its words name a line of the list")
    PETITIONED = "petitioned", _("Named in a petition of the city")
    SECTOR = "sector", _("In a sector of the list, product not named")
    NONE = "none", _("No line found")


@dataclass(frozen=True)
class Placed:
    """A project with where it stands and by what; capital as the chain adds up to, None where it states none."""

    number: int
    code: str
    name: str
    sector: str
    zone: str
    year: int | None
    standing: Standing
    by: str
    usd: Decimal | None
    vnd: Decimal | None


@dataclass(frozen=True)
class Grant:
    """A certificate of incentives in force; `year` is that of this version, `first_year` that of the first one."""

    number: str
    project: int | None
    name: str
    sector: str
    zone: str
    year: int
    first_year: int
    income: Decimal | None
    """Dong a year, as the application expects it; None where it says nothing."""
    first_revenue: int | None
    usd: Decimal | None
    vnd: Decimal | None


@dataclass(frozen=True)
class Seen:
    """The register and what was granted, as of a day."""

    projects: tuple[Placed, ...]
    grants: tuple[Grant, ...]


def look(on: date) -> Seen:
    """Every project with a certificate in force, and every grant in force (5 queries, whatever the register holds)."""
    words = LineWords(SupportedProduct.objects.in_force(on))
    capital, petitioned = _capital(on), _petitioned()
    grants = tuple(_grants(capital))
    granted = {one.project: one.number for one in grants if one.project is not None}
    columns = ("pk", "code", "name", "name_en", "activity", "sector__code", "zone__code", "first_issued_on")
    rows = Project.objects.filter(state__in=LICENSED).order_by("pk").values_list(*columns)
    found = []
    for number, code, name, name_en, activity, sector, zone, issued in rows.iterator(chunk_size=2000):
        standing, by = _standing(number, f"{name} ; {name_en} ; {activity}", sector or "", granted, petitioned, words)
        usd, vnd = capital.get(number, (None, None))
        found.append(
            Placed(number, code or "", name, (sector or "")[:DIVISION], zone or "", issued.year if issued else None,
                   standing, by, usd, vnd)
        )  # fmt: skip
    return Seen(tuple(found), grants)


def _standing(
    number: int, text: str, sector: str, granted: dict[int, str], petitioned: dict[int, str], words: LineWords
) -> tuple[Standing, str]:
    if number in granted:
        return Standing.GRANTED, granted[number]
    if line := words.line_of(text):
        return Standing.LINE, line
    if number in petitioned:
        return Standing.PETITIONED, petitioned[number]
    if code := next((code for code in SECTORS if sector.startswith(code)), ""):
        return Standing.SECTOR, f"{code} {SECTORS[code]}"
    return Standing.NONE, ""


def _grants(capital: dict[int, Amounts]) -> Iterator[Grant]:
    columns = (
        "number", "project", "project_name", "project__sector__code", "project__zone__code", "granted_on",
        "first_granted_on", "case__incentive__yearly_income_vnd", "case__incentive__first_revenue_year",
    )  # fmt: skip
    rows = IncentiveGrant.objects.in_force().order_by("number").values_list(*columns)
    for number, project, name, sector, zone, granted, first, income, revenue in rows:
        usd, vnd = capital.get(project, (None, None)) if project else (None, None)
        yield Grant(number, project, name, (sector or "")[:DIVISION], zone or "", granted.year, first.year, income,
                    revenue, usd, vnd)  # fmt: skip


def _petitioned() -> dict[int, str]:
    rows = PetitionProject.objects.standing().exclude(petition__sent_to="").exclude(petition__state="withdrawn")
    return dict(rows.order_by("-petition__number").values_list("project", "petition__number"))


def _capital(on: date) -> dict[int, Amounts]:
    events = CapitalEvent.objects.filter(project__state__in=LICENSED, effective_on__lte=on).order_by()
    sums = events.values_list("project").annotate(usd=Sum("total_usd"), vnd=Sum("total_vnd"))
    return {number: (usd, vnd) for number, usd, vnd in sums}


# --- totals -----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Line:
    """A line of a table: its key ("" is not known), how many of each standing, grants, and the totals."""

    key: str
    counts: tuple[int, ...]
    total: Behind


class HasPlace(Protocol):
    """What can be grouped: a project or a grant."""

    @property
    def sector(self) -> str: ...
    @property
    def zone(self) -> str: ...
    @property
    def year(self) -> int | None: ...
    @property
    def usd(self) -> Decimal | None: ...
    @property
    def vnd(self) -> Decimal | None: ...


One = TypeVar("One", bound=HasPlace)
BY: Final[dict[str, Callable[[HasPlace], str]]] = {
    "sector": lambda one: one.sector, "zone": lambda one: one.zone, "year": lambda one: str(one.year or ""),
}  # fmt: skip
"""What projects and grants can be grouped by."""


def by_standing(found: Iterable[Placed]) -> list[tuple[Standing, Behind]]:
    """How many projects stand where, with their capital."""
    groups = _grouped(found, lambda one: one.standing.value)
    return [(standing, total(groups.get(standing.value, []))) for standing in Standing]


def by_key(found: Iterable[Placed], by: str) -> list[Line]:
    """The same by sector (VSIC division), zone or year of the first certificate; the unknown comes last."""
    groups = _grouped(found, BY[by])
    return [
        Line(key, tuple(sum(one.standing is standing for one in groups[key]) for standing in Standing),
             total(groups[key]))
        for key in _in_order(groups)
    ]  # fmt: skip


def grants_by(grants: Iterable[Grant], by: str) -> list[Line]:
    """Grants in force by sector, zone or year of the grant, with the capital of their projects today."""
    groups = _grouped(grants, BY[by])
    return [Line(key, (len(groups[key]),), total(groups[key])) for key in _in_order(groups)]


def total(rows: Sequence[HasPlace]) -> Behind:
    """How many, and the capital."""
    return behind(range(len(rows)), {number: (one.usd, one.vnd) for number, one in enumerate(rows)})


def _grouped(found: Iterable[One], key: Callable[[One], str]) -> dict[str, list[One]]:
    groups: dict[str, list[One]] = defaultdict(list)
    for one in found:
        groups[key(one)].append(one)
    return groups


def _in_order(groups: Iterable[str]) -> list[str]:
    return sorted(groups, key=lambda key: (not key, key))
