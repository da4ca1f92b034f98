"""Dates, numbers and amounts the way official papers write them, in Vietnamese and English.

Amounts in words are our own: `vn-numberwords` 0.2 says "bảy mươi năm" for 75 (it is "bảy mươi lăm"), repeats "tỷ"
(1,234 billion as "một nghìn tỷ hai trăm ... tỷ") and goes through floats, which fails from 10^16 on.
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

MONTHS = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
]  # fmt: skip
DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
BILLION = 10**9


def dated_vi(day: date) -> str:
    """`ngày 05 tháng 02 năm 2026`: days below 10 and the months 1 and 2 carry a zero, as Decree 30/2020 asks."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def dated_en(day: date) -> str:
    """`5 February 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def number_en(value: Decimal | int, places: int = 0) -> str:
    """`4,650,000,000` or `12.5`: at most `places` decimals, none of them a trailing zero."""
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    shown = f"{rounded:,f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def number_vi(value: Decimal | int, places: int = 0) -> str:
    """`4.650.000.000` or `12,5`: dots between thousands, a comma before the decimals."""
    return number_en(value, places).translate(str.maketrans(",.", ".,"))


def in_words_vi(amount: Decimal | int) -> str:
    """`Bốn tỷ sáu trăm năm mươi triệu`: the whole part of an amount of 0 or more in Vietnamese words."""
    whole = int(Decimal(amount).to_integral_value(rounding=ROUND_DOWN))
    if whole < 0:
        raise ValueError("only amounts of 0 or more are written in words")
    words = " ".join(_words(whole)) or DIGITS[0]
    return words[:1].upper() + words[1:]


def capital_vi(vnd: Decimal | int, usd: Decimal | int | None = None) -> str:
    """`1.000 (Một nghìn) đồng, tương đương 4 (Bốn) đô la Mỹ`: the way a certificate states capital."""
    shown = f"{number_vi(vnd)} ({in_words_vi(vnd)}) đồng"
    if usd is None:
        return shown
    words = f" ({in_words_vi(usd)})" if Decimal(usd) == int(usd) else ""
    return f"{shown}, tương đương {number_vi(usd, 2)}{words} đô la Mỹ"


def capital_en(vnd: Decimal | int, usd: Decimal | int | None = None) -> str:
    """`VND 1,000, equivalent to USD 4`."""
    shown = f"VND {number_en(vnd)}"
    return shown if usd is None else f"{shown}, equivalent to USD {number_en(usd, 2)}"


def _words(whole: int) -> list[str]:
    """Words of a whole number; billions are read as a number of their own: `một nghìn hai trăm tỷ`."""
    billions, rest = divmod(whole, BILLION)
    words = [*_words(billions), "tỷ"] if billions else []
    for value, scale in ((rest // 10**6, "triệu"), (rest // 1000 % 1000, "nghìn"), (rest % 1000, "")):
        if value:
            words += _triplet(value, leading=not words)
            words += [scale] if scale else []
    return words


def _triplet(value: int, leading: bool) -> list[str]:
    """Words of 1-999; after a higher group the hundreds are always said: `không trăm linh năm`."""
    hundreds, tens, ones = value // 100, value // 10 % 10, value % 10
    words = [] if leading and not hundreds else [DIGITS[hundreds], "trăm"]
    if tens > 1:
        words += [DIGITS[tens], "mươi"]
    elif tens == 1:
        words.append("mười")
    elif ones and words:
        words.append("linh")
    if ones:
        words.append(_unit(ones, tens))
    return words


def _unit(ones: int, tens: int) -> str:
    """The last digit changes its word after a ten: 21 `mốt`, 24 `tư`, 15 `lăm`."""
    if ones == 5 and tens:
        return "lăm"
    if tens > 1 and ones in (1, 4):
        return "mốt" if ones == 1 else "tư"
    return DIGITS[ones]
