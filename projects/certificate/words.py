"""Small pieces of a certificate's text: both languages, always, whatever language the reader uses."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import override

from certificates.content import Row, Text, row, text
from certificates.numerals import capital_en, capital_vi, number_vi

CHOICES: Final = {
    "passport": ("Hộ chiếu", "Passport"),
    "personal_id": ("Số định danh cá nhân", "Personal identification number"),
    "cash": ("Tiền mặt", "Cash"),
    "machinery": ("Máy móc, thiết bị", "Machinery and equipment"),
    "ip": ("Quyền sở hữu trí tuệ", "Intellectual property"),
    "technology": ("Công nghệ", "Technology"),
    "know_how": ("Bí quyết kỹ thuật", "Know-how"),
    "land_use_right": ("Quyền sử dụng đất", "Land-use right"),
    "credit": ("Tổ chức tín dụng", "Credit institution"),
    "parent": ("Công ty mẹ, chủ sở hữu", "Parent company or shareholders"),
    "securities": ("Phát hành chứng khoán", "Issue of securities"),
    "other": ("Khác", "Other"),
    "": ("", ""),
}


def both(vi: str, en: str) -> Text:
    """A text in both languages; the English alone where there is no Vietnamese."""
    return text(vi or en, en)


def joined(vi: str, en: str) -> str:
    """Both languages in one cell of a table."""
    return f"{vi} / {en}" if vi and en else vi or en


def called(code: str) -> tuple[str, str]:
    """What a choice of the dossier is called on a certificate, in Vietnamese and English."""
    return CHOICES.get(code, (code, code))


def country_row(vi: str, en: str, country: Any) -> Row:
    """A country as a row."""
    names = []
    for language in ("vi", "en"):
        with override(language):
            names.append(str(country.name) if country else "")
    return row(vi, en, *names)


def capital_row(vi: str, en: str, dong: Decimal | None, dollars: Decimal | None) -> Row:
    """An amount as a row, in figures and words."""
    return row(vi, en, capital_vi(dong or Decimal(0), dollars), capital_en(dong or Decimal(0), dollars))


def dollars(amount: Decimal | None) -> str:
    """An amount in USD in a table cell."""
    return "" if amount is None else number_vi(amount, 2)


def short_day(day: date | None) -> str:
    """A date in a table cell."""
    return "" if day is None else f"{day:%d/%m/%Y}"
