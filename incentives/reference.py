"""Reference data of this app: supported products and the policy catalogue; loading again overwrites nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from incentives.models import PolicyRule, SupportedProduct
from incentives.petitions.reference import load_petitions

DATA = Path(__file__).parent / "data"
CONFIDENCE = (("seen", "seen"), ("general", "general"), ("unsure", "unsure"))


def load_incentives_reference() -> dict[str, int]:
    """Add the products and policy rules that are not there yet; returns how many."""
    return {
        "supported products": _load_products(), "policy rules": _load_rules(), "petitions": load_petitions(),
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
