"""Figures, days and moments the way the reader writes them: one place for pages, letters and the admin."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from cases.clock_words import moment_words

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
CLOSING_HOUR = 17  # offices of Hai Phong receive until 17:00

Figure = Decimal | int | float | str


def as_decimal(value: Figure | None) -> Decimal | None:
    """The value as an exact number, or None when it is not one (a filter never breaks a page)."""
    if value is None or value == "":
        return None
    try:
        return value if isinstance(value, Decimal) else Decimal(str(value))
    except InvalidOperation:
        return None


def amount(value: Figure | None) -> str:
    """A figure with the reader's separators: 4,650,000,000 or 4.650.000.000; cents only where there are any."""
    number = as_decimal(value)
    if number is None:
        return ""
    exact = number.normalize()
    exponent = exact.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return number_format(number, decimal_pos=places, use_l10n=True, force_grouping=True)


def money(value: Figure | None, currency: str = "USD") -> str:
    """An amount with its currency: USD 4,650,000,000 or 4.650.000.000 USD."""
    if as_decimal(value) is None:
        return ""
    return _("%(currency)s %(figure)s") % {"currency": currency, "figure": amount(value)}


def short_money(value: Figure | None, currency: str = "USD") -> str:
    """An amount as people say it, to three decimals: USD 4.65 billion or 4,65 tỷ USD."""
    number = as_decimal(value)
    if number is None:
        return ""
    for size, sentence in (
        (Decimal(10) ** 12, _("%(currency)s %(figure)s trillion")),
        (Decimal(10) ** 9, _("%(currency)s %(figure)s billion")),
        (Decimal(10) ** 6, _("%(currency)s %(figure)s million")),
    ):
        if abs(number) >= size:
            return sentence % {"currency": currency, "figure": amount(round(number / size, 3))}
    return money(number, currency)


def local(value: datetime) -> datetime:
    """A moment on the clocks of Hai Phong."""
    return timezone.localtime(value, HANOI) if timezone.is_aware(value) else timezone.make_aware(value, HANOI)


def day(value: date | datetime | None) -> str:
    """A day: 2 Dec 2026 or 02/12/2026."""
    if value is None:
        return ""
    return date_format(local(value) if isinstance(value, datetime) else value, "DATE_FORMAT")


def moment(value: datetime | None) -> str:
    """A moment, always with its zone: 17:00 on 2 Dec 2026 (Hanoi time)."""
    return moment_words(local(value)) if value else ""


def deadline(value: date | datetime | None) -> str:
    """A deadline always says the hour: a bare day ends when the offices close."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return moment(value)
    return moment(datetime.combine(value, time(CLOSING_HOUR), HANOI))


def machine_time(value: date | datetime | None) -> str:
    """The same for `<time datetime>`: 2026-12-02T17:00+07:00."""
    if value is None:
        return ""
    return local(value).isoformat(timespec="minutes") if isinstance(value, datetime) else value.isoformat()
