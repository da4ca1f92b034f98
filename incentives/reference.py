"""Reference data of this app: products, the policy catalogue and who decides; loading again overwrites nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from cases.models import Authority
from incentives.models import AuthorityRoute, PolicyRule, SupportedProduct
from incentives.petitions.reference import load_petitions

DATA = Path(__file__).parent / "data"
CONFIDENCE = (("seen", "seen"), ("general", "general"), ("unsure", "unsure"))


def load_incentives_reference() -> dict[str, int]:
    """Add the products and policy rules that are not there yet; returns how many."""
    return {
        "supported products": _load_products(), "policy rules": _load_rules(), "authority routes": _load_routes(),
        "petitions": load_petitions(),
    }  # fmt: skip


def _load_products() -> int:
    known = set(SupportedProduct.objects.values_list("code", "list_version"))
    products = [_product(row) for row in _rows("products.json")]
    fresh = [product for product in products if (product.code, product.list_version) not in known]
    SupportedProduct.objects.bulk_create(fresh)
    return len(fresh)


def _load_rules() -> int:
    known = {(code, first.isoformat()) for code, first in PolicyRule.objects.values_list("code", "valid_from")}
    fresh = [PolicyRule(**row) for row in _rows("policies.json") if (row["code"], row["valid_from"]) not in known]
    PolicyRule.objects.bulk_create(fresh)
    _add_limits()
    return len(fresh)


def _add_limits() -> None:
    """Figures that a later version of this file states for a row: added where the row says nothing under that name.

    An administrator's own figures stay; one that should not come back is set to null instead of being taken out.
    """
    stated = {(row["code"], row["valid_from"]): row["limits"] for row in _rows("policies.json")}
    for rule in PolicyRule.objects.all():
        missing = stated.get((rule.code, rule.valid_from.isoformat()), {}).keys() - rule.limits.keys()
        if missing:
            shipped = stated[rule.code, rule.valid_from.isoformat()]
            rule.limits = rule.limits | {name: shipped[name] for name in shipped if name in missing}
            rule.save(update_fields=["limits"])


def _load_routes() -> int:
    """Who decides by size and place; the authorities are those of the procedure."""
    offices = {office.code: office for office in Authority.objects.all()}
    known = {
        (size, place, first.isoformat())
        for size, place, first in AuthorityRoute.objects.values_list("size", "place", "valid_from")
    }
    fresh = [
        AuthorityRoute(**row | {"authority": offices[row["authority"]]})
        for row in _rows("authority_routes.json")
        if (row["size"], row["place"], row["valid_from"]) not in known and row["authority"] in offices
    ]
    AuthorityRoute.objects.bulk_create(fresh)
    return len(fresh)


def _rows(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((DATA / name).read_text())
    return rows


def _product(row: dict[str, Any]) -> SupportedProduct:
    product = SupportedProduct(
        code=row["code"], group=row["group"], name_vi=row["name_vi"], name_en=row["name_en"], note=row["note"],
        decree=row["source_decree"], valid_from=row["valid_from"], valid_to=row["valid_to"],
        confidence=_confidence(row["note"]),
    )  # fmt: skip
    product.search_text = product.folded()
    return product


def _confidence(note: str) -> str:
    """The dataset begins each note with how sure it is: seen in source, general knowledge, or unsure."""
    return next((level for word, level in CONFIDENCE if note.startswith(word)), SupportedProduct.Confidence.UNSURE)
