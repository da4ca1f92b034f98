"""The columns that dossiers and the register share: money, percentages, yes/no questions, all empty while unanswered.

VND are whole dong, USD have cents. A single amount stays below 10^15 dong, so that SQLite keeps every digit too.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final, TypeAlias

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Label: TypeAlias = "str | _StrPromise"
Number = Decimal | int | str | None

LARGEST_VND: Final = Decimal(10) ** 15 - 1
LARGEST_USD: Final = Decimal(10) ** 12
NOT_NEGATIVE: Final = MinValueValidator(0)
LEAST_RATE: Final = Decimal("0.0001")
"""An exchange rate is more than nothing: dollars are reckoned by dividing by it."""
MOST_ROWS: Final = 100
"""Rows that a list of a dossier may have, on its page and from a program."""


def vnd(label: Label) -> models.DecimalField[Number, Decimal | None]:
    """An amount in Vietnamese dong, 0 or more."""
    return models.DecimalField(
        label, max_digits=20, decimal_places=0, null=True, blank=True,
        validators=[NOT_NEGATIVE, MaxValueValidator(LARGEST_VND)],
    )  # fmt: skip


def usd(label: Label) -> models.DecimalField[Number, Decimal | None]:
    """An amount in US dollars and cents, 0 or more."""
    return models.DecimalField(
        label, max_digits=20, decimal_places=2, null=True, blank=True,
        validators=[NOT_NEGATIVE, MaxValueValidator(LARGEST_USD)],
    )  # fmt: skip


def percent(label: Label) -> models.DecimalField[Number, Decimal | None]:
    """A share from 0 to 100, to four decimals."""
    return models.DecimalField(
        label, max_digits=7, decimal_places=4, null=True, blank=True,
        validators=[NOT_NEGATIVE, MaxValueValidator(100)],
    )  # fmt: skip


def area(label: Label) -> models.DecimalField[Number, Decimal | None]:
    """An area in square metres."""
    return models.DecimalField(label, max_digits=14, decimal_places=2, null=True, blank=True, validators=[NOT_NEGATIVE])


def count(label: Label) -> models.PositiveIntegerField[int | str | None, int | None]:
    """A number of people, years or pieces."""
    return models.PositiveIntegerField(label, null=True, blank=True)


def day(label: Label) -> models.DateField[date | str | None, date | None]:
    """A date, empty while unknown."""
    return models.DateField(label, null=True, blank=True)


def yes_no(label: Label) -> models.BooleanField[bool | None, bool | None]:
    """A question that is unanswered until it is answered."""
    return models.BooleanField(label, null=True, blank=True)


def words(label: Label, length: int = 200) -> models.CharField[str, str]:
    """A short text."""
    return models.CharField(label, max_length=length, blank=True)


def prose(label: Label) -> models.TextField[str, str]:
    """A text of several sentences."""
    return models.TextField(label, blank=True, max_length=8000)


def not_negative(prefix: str, *names: str, largest: dict[str, int] | None = None) -> models.CheckConstraint:
    """The database's own word on amounts: 0 or more wherever present, and no more than `largest` says."""
    limits = {f"{name}__gte": 0 for name in names} | {f"{name}__lte": top for name, top in (largest or {}).items()}
    return models.CheckConstraint(
        condition=models.Q(**limits),
        name=f"{prefix}_amounts_not_negative",
        violation_error_message=_("An amount must be 0 or more."),
    )
