"""Reference data of this app: zones and economic sectors from `projects/data`; loading again overwrites nothing."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from typing import Any, Final

from projects.answers import DATA
from projects.models import Sector, SectorConversion, Zone

ZONE_TEXTS: Final = (
    "code",
    "name_vi",
    "name_en",
    "kind",
    "former_province",
    "developer",
    "note",
    "source_url",
    "source_date",
)


def read(name: str) -> Iterator[dict[str, str]]:
    """The rows of a dataset of this app."""
    with (DATA / name).open(newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def load_projects_reference() -> dict[str, int]:
    """Zones, sectors and the conversion table; returns how many rows were added of each."""
    return {
        "zones": _load_zones(),
        "sectors": _load_new(Sector, ("edition", "code"), read("vsic.csv"), _sector),
        "sector conversions": _load_new(
            SectorConversion, ("from_code", "to_code"), read("vsic_2018_to_2025.csv"), _same
        ),
    }


def _load_zones() -> int:
    rows = list(read("zones.csv"))
    added = _load_new(Zone, ("code",), iter(rows), _zone)
    if added:
        numbers = dict(Zone.objects.values_list("code", "pk"))
        for row in rows:
            if row["parent_code"]:
                Zone.objects.filter(code=row["code"], parent=None).update(parent=numbers[row["parent_code"]])
    return added


def _load_new(
    model: type[Any],
    key: tuple[str, ...],
    rows: Iterator[dict[str, str]],
    build: Callable[[dict[str, str]], dict[str, Any]],
) -> int:
    """Add the rows whose key is not there yet; what an administrator changed stays."""
    known = set(model.objects.values_list(*key))
    fresh = [model(**build(row)) for row in rows if tuple(row[name] for name in key) not in known]
    for item in fresh:
        if hasattr(item, "folded"):
            item.search_text = item.folded()
    model.objects.bulk_create(fresh, batch_size=500)
    return len(fresh)


def _zone(row: dict[str, str]) -> dict[str, Any]:
    return {name: row[name] for name in ZONE_TEXTS} | {
        "place": row["district_or_ward"],
        "area_ha": row["area_ha"] or None,
        "established_year": row["established_year"] or None,
        "latitude": row["lat_approx"] or None,
        "longitude": row["lon_approx"] or None,
        "coordinates_basis": row["coord_basis"],
        "inside_ez": row["inside_ez"],
        "state": row["status"],
    }


def _sector(row: dict[str, str]) -> dict[str, Any]:
    return dict(row)


def _same(row: dict[str, str]) -> dict[str, Any]:
    return dict(row)
