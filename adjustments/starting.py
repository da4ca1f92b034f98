"""Where a simulation starts: the certificate of a project, what the public register knows of it, or figures typed."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from accounts.membership import organisations_of
from accounts.models import Membership, User
from adjustments.content import Content
from adjustments.structure import AMOUNTS, CURRENCIES, TOTAL, decimal, written
from projects.capital import totals
from projects.models import Project, ProjectVersion
from projects.page_parts import Reader

CERTIFICATE: Final = "certificate"
REGISTER: Final = "register"
TYPED: Final = "typed"
READ: Final = "projects.view_projectversion"
OUTSIDE: Final = "outside"
"""The place of a project that stands in no zone."""


@dataclass(frozen=True)
class Today:
    """The content before the change, and how it is known: "certificate", "register" or "typed"."""

    content: Content
    source: str
    project: Project | None = None
    restated: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Typed:
    """Figures of today that somebody typed; investors as (name, amounts by currency)."""

    amounts: Mapping[str, Decimal] = field(default_factory=dict)
    exchange_rate: Decimal | None = None
    investors: tuple[tuple[str, Mapping[str, Decimal]], ...] = ()
    land_area_m2: Decimal | None = None
    completion_on: date | None = None
    term_years: int | None = None
    place: str = ""


def found_project(code: str) -> Project | None:
    """The project of the public register with this code."""
    code = code.strip().upper()
    return _fetched(Project.objects.published()).filter(code=code).first() if code.isprintable() else None


def _fetched(projects: QuerySet[Project]) -> QuerySet[Project]:
    """With what a simulation reads of a project, the content of its certificate in force included."""
    versions = ProjectVersion.objects.filter(project=OuterRef("pk")).order_by("-number")
    found = projects.select_related("organisation", "zone", "authority")
    return found.annotate(newest_content=Subquery(versions.values("data")[:1]))


def _newest(project: Project) -> Content | None:
    if "newest_content" in project.__dict__:
        content: Content | None = project.__dict__["newest_content"]
        return content
    version = project.versions.newest()
    return version.data if version else None


def own_projects(user: Reader) -> list[Project]:
    """The licensed projects of the companies a person belongs to, by name."""
    if not isinstance(user, User) or user.is_staff:
        return []
    licensed = Project.objects.filter(state__in=(Project.State.ACTIVE, Project.State.SUSPENDED))
    own = licensed.filter(organisation__in=organisations_of(user))
    return list(_fetched(own).order_by("name", "pk"))


def may_read(project: Project, user: Reader) -> bool:
    """Whether the person may read what the project's certificate says: its company, and officials with the right."""
    if not isinstance(user, User) or not user.is_active:
        return False
    if user.is_staff:
        return user.has_perm(READ)
    own = Membership.objects.filter(user=user, organisation=project.organisation_id)
    return project.organisation_id is not None and own.exists()


def of_project(project: Project, user: Reader, own: Container[Project] = ()) -> Today:
    """The certificate in force for those who may read it; for anybody else what the register shows.

    `own` are the reader's own projects, where they are known already.
    """
    inside = project in own or may_read(project, user)
    content = _newest(project)
    if inside and content is not None:
        return Today(content, CERTIFICATE, project)
    notes = (_("Only what the public register shows of the project was used: its capital and its zone."),)
    return Today(known_of(project), REGISTER, project, restated=content is None, notes=notes)


def known_of(project: Project) -> Content:
    """What the register knows: name, place, and the capital as the chain adds up to."""
    found: Content = {"project_name": project.name, "project_name_en": project.name_en}
    if project.zone is not None:
        found |= placed(project.zone.code)
    for name, value in totals(project).items():
        key = name.replace("total_", f"{TOTAL}_")
        if value is not None:
            found[key] = written(value, key[-3:])
    return found


def of_typed(typed: Typed) -> Today:
    """What somebody typed, with dong at the rate typed, if one was."""
    found: Content = {name: written(value, name[-3:]) for name, value in typed.amounts.items() if name in AMOUNTS}
    _complete_totals(found)
    rate = typed.exchange_rate
    rows: list[dict[str, Any]] = [
        {"name": name} | {f"contribution_{currency}": written(value, currency) for currency, value in amounts.items()}
        for name, amounts in typed.investors
    ]
    if rate:
        found["exchange_rate"] = f"{rate:f}"
        for row in (found, *rows):
            for key in [key for key in row if key.endswith("_usd")]:
                row.setdefault(f"{key[:-3]}vnd", written((decimal(row[key]) or Decimal(0)) * rate, "vnd"))
    if rows:
        found["investors"] = rows
    if typed.land_area_m2 is not None:
        found["land_area_m2"] = f"{typed.land_area_m2:.2f}"
    if typed.completion_on:
        found["phases"] = [{"name": "", "operation_on": typed.completion_on.isoformat()}]
    if typed.term_years is not None:
        found["term_years"] = typed.term_years
    return Today(found | placed(typed.place), TYPED)


def placed(place: str) -> Content:
    """The answers that say where a project stands: in the zone with this code, or outside the zones."""
    if not place:
        return {}
    return {"location": "outside", "zone": None} if place == OUTSIDE else {"location": "zone", "zone": place}


def _complete_totals(content: Content) -> None:
    """A total nobody typed is the sum of the parts typed."""
    for currency in CURRENCIES:
        parts = [decimal(content.get(name)) for name in AMOUNTS if name.endswith(currency) and TOTAL not in name]
        known = [value for value in parts if value is not None]
        if known and f"{TOTAL}_{currency}" not in content:
            content[f"{TOTAL}_{currency}"] = written(sum(known, Decimal(0)), currency)
