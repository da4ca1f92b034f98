"""The ways to sort the queue. `cases/migrations/0002_queue_indexes.py` has an index for each: keep them in step."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Final

from django.db.models import (
    BigIntegerField,
    Case,
    DateField,
    DateTimeField,
    DecimalField,
    F,
    IntegerField,
    Q,
    SmallIntegerField,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from cases.desk.keyset import Key, Order
from cases.states import ENDED, Status

NO_DAY: Final = date(9999, 12, 31)
NO_MOMENT: Final = datetime(1970, 1, 1, tzinfo=UTC)
_ended = Q(status__in=sorted(ENDED))

_rank = Key(
    "rank",
    Case(
        When(status=Status.ACCEPTED, answered_at__isnull=False, then=Value(0)),
        When(_ended, then=Value(2)),
        default=Value(1),
        output_field=SmallIntegerField(),
    ),
    IntegerField(),
)
_due = Key("due", Coalesce("due_on", Value(NO_DAY), output_field=DateField()), DateField())
_place = Key(
    "place", Case(When(_ended, then=-F("id")), default=F("id"), output_field=BigIntegerField()), BigIntegerField()
)
_arrived = Key("arrived", Coalesce("submitted_at", Value(NO_MOMENT), output_field=DateTimeField()), DateTimeField())
_number = Key("number", F("id"), BigIntegerField())
_size = Key(
    "size",
    Coalesce("amount_usd", Value(Decimal(-1)), output_field=DecimalField(max_digits=20, decimal_places=2)),
    DecimalField(max_digits=20, decimal_places=2),
)

BY_URGENCY: Final = Order("due", _("Answered first, then most urgent"), (_rank, _due, _place))
"""What the investor has just answered, then by deadline, then what waits for others, then what is done (new first)."""

NEWEST: Final = Order("newest", _("Last submitted first"), (_arrived, _number), falling=True)
LARGEST: Final = Order("amount", _("Largest amount first"), (_size, _number), falling=True)
ORDERS: Final = {order.name: order for order in (BY_URGENCY, NEWEST, LARGEST)}
