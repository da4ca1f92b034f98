"""The canonical form of a capital event: exactly what its hash is made of (docs/capital-chain.md)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final

from projects.capital import CENTS, WHOLE_DONG
from projects.register import CapitalEvent

HASHED: Final = (
    "project", "seq", "kind", "effective_on", "effective_precision", "recorded_at", *WHOLE_DONG, *CENTS, "rate",
    "rate_on", "certificate_number", "actor", "imported", "note", "source_url", "prev_hash",
)  # fmt: skip
# In the order of the JSON: who builds the content in this order need not sort it again, event by event.
SORTED: Final = tuple(sorted(HASHED))
COLUMNS: Final = tuple(f"{name}_id" if name in ("project", "actor") else name for name in SORTED)
encode: Final = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _places(count: int) -> Callable[[Decimal], str]:
    return f"{{:.{count}f}}".format


FIXED: Final[dict[str, Callable[[Any], Any]]] = {
    **dict.fromkeys(WHOLE_DONG, _places(0)),
    **dict.fromkeys(CENTS, _places(2)),
    **dict.fromkeys(("effective_on", "rate_on"), date.isoformat),
    "rate": _places(4),
    "recorded_at": _moment,
}
_BY_PLACE: Final = tuple((name, FIXED.get(name)) for name in SORTED)


def content_of(values: Sequence[Any]) -> dict[str, Any]:
    """What is hashed, from the values of COLUMNS: amounts and dates as text in one form each, missing ones as null."""
    return {
        name: value if fixed is None or value is None else fixed(value)
        for (name, fixed), value in zip(_BY_PLACE, values, strict=True)
    }


def canonical(event: CapitalEvent) -> dict[str, Any]:
    """What is hashed of an event."""
    return content_of([getattr(event, column) for column in COLUMNS])


def digest(content: dict[str, Any]) -> str:
    """SHA-256 over the JSON with sorted keys, no spaces, UTF-8; `content` has its keys in that order already."""
    return hashlib.sha256(encode(content).encode()).hexdigest()
