"""What the queue shows: every choice stands in the address, so a view can be kept as a bookmark or sent on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Final
from urllib.parse import urlencode

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.calendar import Calendar
from cases.desk.days import soon_until
from cases.desk.keyset import Order
from cases.desk.orders import BY_URGENCY, ORDERS
from cases.kinds import KINDS
from cases.querysets import CaseQuerySet
from cases.states import Status

ALL_OPEN, ALL, ENDED = "open", "all", "ended"
MINE, UNASSIGNED, SIGNATURE = "mine", "unassigned", "signature"
OVERDUE, TODAY, SOON = "overdue", "today", "soon"

GROUPS: Final[dict[str, str | Promise]] = {
    ALL_OPEN: _("All open"),
    ENDED: _("All done"),
    ALL: _("All"),
}
WHOSE: Final[dict[str, str | Promise]] = {
    MINE: _("Mine"),
    UNASSIGNED: _("Unassigned"),
    SIGNATURE: _("For my signature"),
}
DUE: Final[dict[str, str | Promise]] = {
    OVERDUE: _("Overdue"),
    TODAY: _("Due today"),
    SOON: _("Due within 3 working days"),
}
ANSWERED: Final = _("Answered by the investor")


@dataclass(frozen=True)
class Filters:
    """The chosen view. Empty means: not filtered by this; anything unknown reads as empty."""

    q: str = ""
    status: str = ""
    whose: str = ""
    kind: str = ""
    authority: str = ""
    due: str = ""
    answered: str = ""
    sort: str = ""

    @classmethod
    def read(cls, data: Mapping[str, str]) -> Filters:
        """The view an address asks for."""
        known: dict[str, Mapping[str, object]] = {
            "status": STATUSES,
            "whose": WHOSE,
            "kind": KINDS,
            "due": DUE,
            "answered": {"1": ""},
            "sort": ORDERS,
        }
        chosen = {field.name: data.get(field.name, "").strip() for field in fields(cls)}
        wrong = {name for name, values in known.items() if chosen[name] not in values}
        return cls(**{name: "" if name in wrong else value[:200] for name, value in chosen.items()})

    @property
    def scope(self) -> str:
        """The states shown: a search looks everywhere, a plain list shows what is open."""
        return self.status or (ALL if self.q else ALL_OPEN)

    @property
    def order(self) -> Order:
        """How the list is sorted."""
        return ORDERS.get(self.sort, BY_URGENCY)

    def query(self) -> str:
        """The view as it stands in an address, without empty choices."""
        return urlencode([(name, value) for name, value in self.chosen()])

    def chosen(self) -> Iterator[tuple[str, str]]:
        """What is chosen: name and value."""
        yield from ((field.name, value) for field in fields(self) if (value := getattr(self, field.name)))

    def but(self, **changes: str) -> Filters:
        """The same view with other choices."""
        return replace(self, **changes)

    def apply(self, cases: CaseQuerySet, *, user: User, calendar: Calendar, today: date) -> CaseQuerySet:
        """The cases of this view; start from `visible_to(user)`."""
        if self.q:
            cases = cases.matching(self.q)
        if self.kind:
            cases = cases.filter(kind=self.kind)
        if self.authority:
            cases = cases.filter(authority__code=self.authority)
        if self.answered:
            cases = cases.filter(status=Status.ACCEPTED, answered_at__isnull=False)
        return self._of_person(self._in_time(_in_scope(cases, self.scope), calendar, today), user)

    def _of_person(self, cases: CaseQuerySet, user: User) -> CaseQuerySet:
        if self.whose == MINE:
            return cases.of_officer(user)
        if self.whose == UNASSIGNED:
            return cases.filter(officer__isnull=True)
        return cases.filter(to_sign(user)) if self.whose == SIGNATURE else cases

    def _in_time(self, cases: CaseQuerySet, calendar: Calendar, today: date) -> CaseQuerySet:
        if self.due == OVERDUE:
            return cases.overdue(today)
        if self.due == TODAY:
            return cases.filter(due_on=today)
        if self.due == SOON:
            return cases.filter(due_on__range=(today, soon_until(calendar, today)))
        return cases


def to_sign(user: User) -> Q:
    """What waits for a second signature and was not proposed by this person."""
    return Q(status=Status.PROPOSED) & ~Q(proposed_by=user)


def _in_scope(cases: CaseQuerySet, scope: str) -> CaseQuerySet:
    if scope == ALL_OPEN:
        return cases.still_open()
    if scope == ENDED:
        return cases.ended()
    return cases if scope == ALL else cases.filter(status=scope)


STATUSES: Final[dict[str, str | Promise]] = GROUPS | {
    status.value: status.label for status in Status if status != Status.DRAFT
}
