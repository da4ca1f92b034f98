"""The queue: every case in one lean list, a page in one query and without a count, however many there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.utils.functional import Promise, cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.models import User
from cases.calendar import load_calendar, local_date
from cases.desk.filters import ANSWERED, DUE, GROUPS, STATUSES, WHOSE, Filters
from cases.desk.keyset import Page, page_of
from cases.desk.lines import COLUMNS, Line, lines_of
from cases.desk.orders import ORDERS
from cases.desk.rows import RowWriter
from cases.kinds import KINDS
from cases.models import Authority, Case

PAGE_SIZE: Final = 50


@dataclass(frozen=True)
class Choice:
    """A link that changes the view; `current` when it is chosen already (the link then takes it back)."""

    label: str | Promise
    url: str
    current: bool


@dataclass(frozen=True)
class Select:
    """A field of the filter form; `everything` adds the empty choice."""

    name: str
    label: str
    value: str
    options: Mapping[str, str | Promise]
    everything: bool = True


class Queue:
    """One page of the list for one person and one view."""

    def __init__(
        self, user: User, filters: Filters, *, after: str = "", before: str = "", size: int = PAGE_SIZE
    ) -> None:
        self.user = user
        self.filters = filters
        self.calendar = load_calendar()
        self.today = local_date()
        self.first_page = not (after or before)
        cases = filters.apply(Case.objects.visible_to(user), user=user, calendar=self.calendar, today=self.today)
        self.page: Page = page_of(cases, filters.order, COLUMNS, after=after, before=before, size=size)

    @cached_property
    def lines(self) -> list[Line]:
        """The rows, ready to show."""
        return list(lines_of(self.page.rows, self.user, self.calendar, self.today, list_query=self.filters.query()))

    @property
    def rows(self) -> SafeString:
        """The body of the table."""
        return RowWriter().rows(self.lines)

    @property
    def total(self) -> int | None:
        """How many there are, where one page shows them all."""
        return len(self.page.rows) if self.first_page and not self.page.next else None

    @property
    def previous_url(self) -> str:
        """The page before, or empty."""
        return self._page_url("before", self.page.previous)

    @property
    def next_url(self) -> str:
        """The page after, or empty."""
        return self._page_url("after", self.page.next)

    def _page_url(self, name: str, cursor: str) -> str:
        return f"?{urlencode([*self.filters.chosen(), (name, cursor)])}" if cursor else ""

    def views(self) -> list[list[Choice]]:
        """The quick views in groups: whose, when, answered. A chosen one is a link that takes the choice back."""
        whose = (
            WHOSE if self.user.has_perm("cases.decide_case") else {k: v for k, v in WHOSE.items() if k != "signature"}
        )
        return [
            [self._toggle("whose", value, label) for value, label in whose.items()],
            [self._toggle("due", value, label) for value, label in DUE.items()],
            [self._toggle("answered", "1", ANSWERED)],
        ]

    def orders(self) -> dict[str, Choice]:
        """The ways to sort, by name."""
        return {
            name: Choice(order.label, self._url(self.filters.but(sort=name)), order is self.filters.order)
            for name, order in ORDERS.items()
        }

    def selects(self) -> list[Select]:
        """The choices with many values, for the form."""
        authorities = {str(row.code): str(row) for row in Authority.objects.all()}
        statuses = GROUPS | {value: label for value, label in STATUSES.items() if value not in GROUPS}
        return [
            Select("status", _("Status"), self.filters.scope, statuses, everything=False),
            Select("kind", _("Kind"), self.filters.kind, {slug: kind.name for slug, kind in KINDS.items()}),
            Select("authority", _("Authority"), self.filters.authority, authorities),
        ]

    @property
    def kept(self) -> list[tuple[str, str]]:
        """Choices that the form does not show but must not lose."""
        return [(name, value) for name, value in self.filters.chosen() if name in ("whose", "due", "answered", "sort")]

    def chips(self) -> list[dict[str, str]]:
        """What is chosen in the form, each with the address that takes it back."""
        labels = {"q": f"“{self.filters.q}”", "status": STATUSES.get(self.filters.status, "")}
        if self.filters.kind:
            labels["kind"] = KINDS[self.filters.kind].name
        if self.filters.authority:
            labels["authority"] = self.filters.authority
        return [
            {"label": str(labels[name]), "url": self._url(self.filters.but(**{name: ""}))}
            for name, _value in self.filters.chosen()
            if name in labels
        ]

    def _toggle(self, name: str, value: str, label: str | Promise) -> Choice:
        current = getattr(self.filters, name) == value
        return Choice(label, self._url(self.filters.but(**{name: "" if current else value})), current)

    def _url(self, filters: Filters) -> str:
        return f"?{filters.query()}"
