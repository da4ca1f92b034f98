"""From frozen content to the data of the Typst template: dates in words, the lines of earlier issues, the QR code."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from urllib.parse import urlsplit

from django.utils import timezone

from certificates.content import FrozenContent, Issue, Text, text
from certificates.numerals import dated_en, dated_vi
from certificates.rendering import qr_svg


def paper_of(content: FrozenContent, verify_url: str) -> dict[str, Any]:
    """The certificate's paper. `verify_url` goes into the QR code; its host and path are printed for typing."""
    issued_on = date.fromisoformat(content["issued_on"])
    this: Issue = {"version": content["version"], "issued_on": content["issued_on"]}
    issues = [*content.get("history", []), this]
    return {
        "at": midnight(issued_on).isoformat(),
        "content": content,
        "issued": text(dated_vi(issued_on), dated_en(issued_on)),
        "history": [issue_line(entry["version"], date.fromisoformat(entry["issued_on"])) for entry in issues],
        "qr": qr_svg(verify_url),
        "address": typed_address(verify_url),
    }


def issue_line(version: int, on: date) -> Text:
    """`Chứng nhận lần đầu: ngày ...` or `Chứng nhận điều chỉnh lần thứ N: ngày ...`."""
    if version == 0:
        return text(f"Chứng nhận lần đầu: {dated_vi(on)}", f"First certified: {dated_en(on)}")
    return text(
        f"Chứng nhận điều chỉnh lần thứ {version}: {dated_vi(on)}",
        f"Adjustment No. {version} certified: {dated_en(on)}",
    )


def typed_address(verify_url: str) -> str:
    """The short address a person types: `host/verify`."""
    parts = urlsplit(verify_url)
    return f"{parts.netloc}/{parts.path.strip('/').split('/')[0]}"


def midnight(day: date) -> datetime:
    """The start of a local day."""
    return timezone.make_aware(datetime.combine(day, time.min))
