"""Amounts as people read and write them: figures with the reader's separators, short forms, words, and what was typed.

Reading (`read_number`) accepts 1.224.000.000 and 1,224,000,000 (also spaces between groups) and refuses whatever has
two readings. The rules, in this order:

1. Both separators occur: the last one marks decimals, the other one groups of three ("1.224.000,50").
2. One separator occurs several times: it marks groups of three ("1.224.000").
3. One separator occurs once: with one or two digits after it, it marks decimals ("1224,5"). With exactly three digits
   after it an amount of money is refused, because "1.224" is one thousand to some readers and one and a bit to others
   (and may have been meant in millions). Other figures take the reading that fits: people have no decimals, a share
   is at most 100, an exchange rate is some ten thousand; where both fit, they are refused as well.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Final

from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from certificates.numerals import in_words_vi

ONES: Final = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS: Final = ["-", "-", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
SCALES: Final = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (10**3, "thousand"))
SIGNS: Final = {"VND": ("VND", "VNĐ", "₫", "Đ", "ĐỒNG", "DONG"), "USD": ("USD", "US$", "$")}
_FIGURE: Final = re.compile(r"\d+(?:[.,]\d+)*")


class Unclear(ValueError):
    """What was typed is no figure, or has two readings; the message is a whole sentence."""


# --- showing --------------------------------------------------------------------------------------------------------
def figure(value: Decimal | int, places: int | None = None) -> str:
    """4,650,000,000 or 4.650.000.000: the reader's separators; decimals only where there are any."""
    number = Decimal(value)
    if places is None:
        exponent = number.normalize().as_tuple().exponent
        places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return number_format(number, decimal_pos=places, use_l10n=True, force_grouping=True)


def money(value: Decimal | int, currency: str) -> str:
    """USD 4,650,000,000 or 4.650.000.000 USD."""
    return _("%(currency)s %(figure)s") % {"currency": currency, "figure": figure(value)}


def short_money(value: Decimal | int, currency: str) -> str:
    """USD 4.65 billion or 4,65 tỷ USD; to three decimals."""
    number = Decimal(value)
    for size, sentence in (
        (10**12, _("%(currency)s %(figure)s trillion")),
        (10**9, _("%(currency)s %(figure)s billion")),
        (10**6, _("%(currency)s %(figure)s million")),
    ):
        if abs(number) >= size:
            return sentence % {"currency": currency, "figure": figure(round(number / size, 3))}
    return money(number, currency)


def in_words(value: Decimal | int) -> str:
    """The whole part in words, in the reader's language (Vietnamese, else English)."""
    return in_words_vi(value) if get_language() == "vi" else in_words_en(value)


def in_words_en(value: Decimal | int) -> str:
    """Four billion six hundred and fifty million: the whole part of an amount of 0 or more."""
    whole = int(value)
    if whole < 0:
        raise ValueError("only amounts of 0 or more are written in words")
    words = " ".join(_words(whole)) or ONES[0]
    return words[:1].upper() + words[1:]


def _words(whole: int) -> list[str]:
    words: list[str] = []
    for size, name in SCALES:
        if whole >= size:
            words += [*_words(whole // size), name]
            whole %= size
    if whole >= 100:
        words += [ONES[whole // 100], "hundred"]
        whole %= 100
    if not whole:
        return words
    if words:
        words.append("and")
    if whole < 20:
        return [*words, ONES[whole]]
    tail = f"-{ONES[whole % 10]}" if whole % 10 else ""
    return [*words, TENS[whole // 10] + tail]


def echo(typed: str, currency: str) -> str:
    """What stands under a money field: short form and words; empty for nothing or for what cannot be read."""
    try:
        value = read_number(typed, places=2, currency=currency)
    except Unclear:
        return ""
    if value is None or value >= Decimal(10) ** 18:
        return ""
    return _("%(short)s · %(words)s") % {"short": short_money(value, currency), "words": in_words(value)}


def signed(value: Decimal) -> str:
    """A figure with one decimal and its sign: +182.1, −3.5 or 0.0."""
    rounded = round(value, 1)
    return f"{'+' if rounded > 0 else '−' if rounded < 0 else ''}{figure(abs(rounded), 1)}"


def difference(before: Decimal, after: Decimal, currency: str = "") -> str:
    """The signed change and its per cent, “+USD 1,000,000,000 (+182.1 %)”; empty where nothing changes."""
    change = after - before
    if not change:
        return ""
    shown = money(abs(change), currency) if currency else figure(abs(change))
    sign = "+" if change > 0 else "−"
    return f"{sign}{shown} ({signed(change / before * 100)} %)" if before else f"{sign}{shown}"


def editable(
    value: Decimal | int,
    places: int,
    *,
    currency: str = "",
    smallest: Decimal | None = None,
    largest: Decimal | None = None,
) -> str:
    """A stored figure for its input field: with the reader's separators where `read_number` takes that back."""
    number = Decimal(value)
    shown = figure(number)
    try:
        safe = read_number(shown, places=places, currency=currency, smallest=smallest, largest=largest) == number
    except Unclear:
        safe = False
    return shown if safe else format(number.normalize(), "f")


# --- reading --------------------------------------------------------------------------------------------------------
def read_number(
    typed: str, *, places: int, currency: str = "", smallest: Decimal | None = None, largest: Decimal | None = None
) -> Decimal | None:
    """The figure somebody typed; None for nothing. Raises Unclear with a sentence that says what to write instead.

    `currency` makes it an amount of money; `smallest` and `largest` only help to choose between two readings.
    """
    text = _bare(typed, currency)
    if not text:
        return None
    if not _FIGURE.fullmatch(text):
        raise Unclear(_("“%(typed)s” is not a figure: write digits only.") % {"typed": typed.strip()})
    readings = _readings(text, places, money=bool(currency))
    if not currency and len(readings) > 1:
        low, high = smallest or Decimal(0), largest or Decimal("Infinity")
        readings = [value for value in readings if low <= value <= high]
    if not readings:
        raise Unclear(_not_readable(typed.strip(), text, places))
    if len(readings) > 1:
        raise Unclear(
            _("“%(typed)s” can be read in two ways: write %(whole)s without separators if that is meant.")
            % {"typed": typed.strip(), "whole": format(readings[0], "f")}
        )
    return readings[0]


def _bare(typed: str, currency: str) -> str:
    """What was typed without currency, without spaces between groups, in plain digits."""
    text = unicodedata.normalize("NFKC", typed).strip().upper()
    for sign in SIGNS.get(currency, ()):
        text = text.removeprefix(sign).removesuffix(sign).strip()
    if re.fullmatch(r"\d{1,3}(?:[ '’]\d{3})+(?:[.,]\d{1,2})?", text):
        text = re.sub(r"[ '’]", "", text)
    return text


def _readings(text: str, places: int, *, money: bool) -> list[Decimal]:
    """The possible readings of digits with separators: as grouped whole number first, as decimal second."""
    separators = re.findall(r"[.,]", text)
    if not separators:
        return [Decimal(text)]
    last = separators[-1]
    if len(set(separators)) == 2:
        head, tail = text.rsplit(last, 1)
        other = "," if last == "." else "."
        clear = separators.count(last) == 1 and _is_grouped(head, other) and len(tail) != 3
        return _decimal(head.replace(other, ""), tail, places) if clear else []
    if len(separators) > 1:
        return [Decimal(text.replace(last, ""))] if _is_grouped(text, last) else []
    head, tail = text.split(last)
    if len(tail) != 3 or not _is_grouped(text, last):
        return _decimal(head, tail, places)
    decimal = [Decimal(f"{head}.{tail}")] if money or places >= 3 else []
    return [Decimal(head + tail), *decimal]


def _is_grouped(text: str, separator: str) -> bool:
    first, *groups = text.split(separator)
    return 1 <= len(first) <= 3 and first[:1] != "0" and all(len(group) == 3 for group in groups)


def _decimal(head: str, tail: str, places: int) -> list[Decimal]:
    value = Decimal(f"{head}.{tail}")
    return [value] if len(tail.rstrip("0")) <= places else []


def _not_readable(typed: str, text: str, places: int) -> str:
    if re.fullmatch(r"\d+[.,]\d+", text):
        if places == 0:
            return _("“%(typed)s” has decimals: this amount is written in whole units.") % {"typed": typed}
        return _("“%(typed)s” has too many decimals: at most %(places)s are possible here.") % {
            "typed": typed,
            "places": places,
        }
    return _("“%(typed)s” is not grouped in threes: write 1224000000, 1.224.000.000 or 1,224,000,000.") % {
        "typed": typed
    }
