"""Figures with the reader's separators."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.formats import number_format


def figure(value: Any) -> str:
    """4,650,000,000 or 4.650.000.000, decimals only where there are any; what is no number stays as it is."""
    try:
        number = Decimal(str(value)).normalize()
    except InvalidOperation:
        return str(value)
    exponent = number.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return number_format(number, decimal_pos=places, force_grouping=True)
