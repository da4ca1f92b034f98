"""Groups behind the projects taken over from public sources; loading again overwrites nothing."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import transaction

from projects.groups import Group, Holding, PublishedTotal
from projects.reference import read
from projects.register import Project
from projects.register_import import exact


def load_groups() -> dict[str, int]:
    """Add the groups, holdings and published totals that are not there yet; how many rows were added of each."""
    with transaction.atomic():
        groups = sum(_add_group(row) for row in read("groups.csv"))
        known = {group.slug: group for group in Group.objects.all()}
        holdings = list(_holdings(known))
        totals = list(_totals(known))
    return {"groups": groups, "holdings": sum(holdings), "published totals": sum(totals)}


def _add_group(row: dict[str, str]) -> bool:
    facts = {name: value for name, value in row.items() if name != "slug"}
    _group, added = Group.objects.get_or_create(slug=row["slug"], defaults=facts)
    return added


def _holdings(groups: dict[str, Group]) -> Iterable[bool]:
    """One row for each holding whose project has been taken over."""
    rows = list(read("holdings.csv"))
    names = [row["project"] for row in rows if row["project"]]
    projects = {project.name: project for project in Project.objects.filter(imported=True, name__in=names)}
    for row in rows:
        if row["project"] and row["project"] not in projects:
            continue
        held: dict[str, Any] = {
            "project": projects.get(row["project"]),
            "subsidiary": groups.get(row["subsidiary"]),
            "valid_from": exact(row["valid_from"])[0],
        }
        share = Decimal(row["share_percent"]) if row["share_percent"] else None
        further = {"share_percent": share, "note": row["note"], "source_url": row["source_url"]}
        _holding, added = Holding.objects.get_or_create(group=groups[row["group"]], **held, defaults=further)
        yield added


def _totals(groups: dict[str, Group]) -> Iterable[bool]:
    for row in read("group_totals.csv"):
        stated_on, precision = exact(row["stated_on"])
        if stated_on is None:
            raise ValueError(f"A published total of {row['group']} says no day.")
        named = {name: row[name] for name in ("stated_by_vi", "stated_by_en", "source_url")}
        _total, added = PublishedTotal.objects.get_or_create(
            group=groups[row["group"]], amount_usd=Decimal(row["amount_usd"]), stated_on=stated_on,
            defaults=named | {"stated_precision": precision},
        )  # fmt: skip
        yield added
