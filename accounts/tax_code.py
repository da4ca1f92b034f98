"""The Vietnamese tax code (mã số thuế, MST): 10 digits with a check digit, or 13 for a dependent unit."""

from __future__ import annotations

import re
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

WEIGHTS: Final = (31, 29, 23, 19, 17, 13, 7, 5, 3)


def normalise_tax_code(typed: str) -> str:
    """The one written form, whatever was typed between the digits: 0300588569, or 0300588569-001 for a unit.

    Anything that is not a tax code by its number of digits comes back trimmed, for `validate_tax_code` to refuse.
    """
    digits = re.sub(r"[\s.\-–_/]", "", typed)
    if digits.isascii() and digits.isdigit() and len(digits) == 13:
        return f"{digits[:10]}-{digits[10:]}"
    return digits if digits.isascii() and digits.isdigit() else typed.strip()


def check_digit(first_nine: str) -> int:
    """The tenth digit: 10 minus the weighted sum of the first nine modulo 11 (a remainder of 0 has no code)."""
    return 10 - sum(weight * int(digit) for weight, digit in zip(WEIGHTS, first_nine, strict=True)) % 11


def validate_tax_code(value: str) -> None:
    """Refuse a code with a wrong shape or a wrong check digit, and say which.

    Raises ValidationError.
    """
    if not re.fullmatch(r"[0-9]{10}(-?[0-9]{3})?", value):
        raise ValidationError(_("A Vietnamese tax code has 10 digits, or 13 for a dependent unit."), code="shape")
    if check_digit(value[:9]) != int(value[9]):
        raise ValidationError(
            _("The tax code %(code)s has a wrong check digit: please compare it with the certificate."),
            code="checksum",
            params={"code": value},
        )
