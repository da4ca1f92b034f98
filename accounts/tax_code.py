"""The Vietnamese tax code (mã số thuế, MST): 10 digits with a check digit, or 13 for a dependent unit."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


def check_digit(first_nine: str) -> int:
    """The tenth digit: 10 minus the weighted sum of the first nine modulo 11 (a remainder of 0 has no code)."""
    return 10 - sum(weight * int(digit) for weight, digit in zip(WEIGHTS, first_nine, strict=True)) % 11


def validate_tax_code(value: str) -> None:
    """Refuse a code with a wrong shape or a wrong check digit, and say which.

    Raises ValidationError.
    """
    if not re.fullmatch(r"\d{10}(-?\d{3})?", value):
        raise ValidationError(_("A Vietnamese tax code has 10 digits, or 13 for a dependent unit."), code="shape")
    if check_digit(value[:9]) != int(value[9]):
        raise ValidationError(
            _("The tax code %(code)s has a wrong check digit: please compare it with the certificate."),
            code="checksum",
            params={"code": value},
        )
