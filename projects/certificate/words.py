"""Small pieces of a certificate's text: both languages, always, whatever language the reader uses."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import override

from certificates.content import Row, Text, row, text
from certificates.numerals import capital_en, capital_vi, number_vi
from projects.showing import value


def both(vi: str, en: str) -> Text:
    """A text in both languages; the English alone where there is no Vietnamese."""
    return text(vi or en, en)


def joined(vi: str, en: str) -> str:
    """Both languages in one cell of a table."""
    return f"{vi} / {en}" if vi and en else vi or en


def said_in(language: str, instance: Any, name: str) -> str:
    """An answer in one language of the certificate."""
    with override(language):
        return value(instance, name)


def said(vi: str, en: str, instance: Any, name: str) -> Row:
    """An answer as a row."""
    return row(vi, en, said_in("vi", instance, name), said_in("en", instance, name))


def capital_row(vi: str, en: str, dong: Decimal | None, dollars: Decimal | None) -> Row:
    """An amount as a row, in figures and words."""
    return row(vi, en, capital_vi(dong or Decimal(0), dollars), capital_en(dong or Decimal(0), dollars))


def dollars(amount: Decimal | None) -> str:
    """An amount in USD in a table cell."""
    return "" if amount is None else number_vi(amount, 2)


def short_day(day: date | None) -> str:
    """A date in a table cell."""
    return "" if day is None else f"{day:%d/%m/%Y}"
