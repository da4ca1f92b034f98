"""Reference data of this app: the list of supported products; loading again overwrites nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from incentives.models import SupportedProduct

DATA = Path(__file__).parent / "data"
CONFIDENCE = (("seen", "seen"), ("general", "general"), ("unsure", "unsure"))


def load_incentives_reference() -> dict[str, int]:
    """Add the products that are not there yet; returns how many."""
    rows: list[dict[str, Any]] = json.loads((DATA / "products.json").read_text())
    known = set(SupportedProduct.objects.values_list("code", flat=True))
    fresh = [_product(row) for row in rows if row["code"] not in known]
    SupportedProduct.objects.bulk_create(fresh)
    return {"supported products": len(fresh)}


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
