"""The queue: every case in one lean list, a page in one query and without a count, however many there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final
from urllib.parse import urlencode

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.models import User
from cases.calendar import Calendar, load_calendar, local_date
from cases.desk.days import DayReader, Days, Stopped, left_when_stopped
from cases.desk.filters import ANSWERED, DUE, GROUPS, STATUSES, WHOSE, Filters
from cases.desk.keyset import Page, page_of
from cases.desk.orders import ORDERS
from cases.kinds import KINDS
from cases.models import Authority, Case
from cases.states import Status

PAGE_SIZE: Final = 50
COLUMNS: Final = (
    "pk", "reference", "dossier_code", "kind", "title", "amount_usd", "status", "due_on", "answered_at", "submitted_at",
    "open_opinions", "organisation__name", "organisation__short_name", "officer_id", "officer__full_name",
    "officer__email", "procedure__working_days", "procedure__cutoff_hour",
)  # fmt: skip
NAMES: Final = {str(status.value): status.label for status in Status}


@dataclass(frozen=True)
class Line:
    """One case as the list shows it."""

    url: str
    reference: str
    dossier_code: str
    company: str
    company_in_full: str
    title: str
    kind: str | Promise
    amount: Decimal | None
    tag: SafeString
    answered: bool
    asking: int
    days: Days
    due_on: date | None
    officer: str
    mine: bool
    submitted_at: datetime | None


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


def lines_of(
    rows: list[dict[str, Any]], user: User, calendar: Calendar, today: date, *, list_query: str
) -> Iterator[Line]:
    """Rows of `COLUMNS` as lines (one query, and only if a clock on the page stands still)."""
    stops = {
        row["pk"]: Stopped(row["procedure__working_days"], row["procedure__cutoff_hour"])
        for row in rows
        if row["status"] in (Status.AWAITING_INVESTOR, Status.ON_HOLD) and row["procedure__working_days"]
    }
    reader = DayReader(calendar, today, left_when_stopped(stops, calendar, today))
    address = reverse("admin:cases_case_change", args=[0]).replace("/0/", "/{}/", 1)
    tags = {status: status_tag(status) for status in {row["status"] for row in rows}}
    suffix = f"?{urlencode({'list': list_query})}"
    for row in rows:
        kind = KINDS.get(row["kind"])
        yield Line(
            url=address.format(row["pk"]) + suffix,
            reference=row["reference"],
            dossier_code=row["dossier_code"] or "",
            company=row["organisation__short_name"] or row["organisation__name"],
            company_in_full=row["organisation__name"],
            title=row["title"],
            kind=kind.name if kind else row["kind"],
            amount=row["amount_usd"],
            tag=tags[row["status"]],
            answered=row["status"] == Status.ACCEPTED and row["answered_at"] is not None,
            asking=row["open_opinions"],
            days=reader.read(row["pk"], row["status"], row["due_on"]),
            due_on=row["due_on"],
            officer=row["officer__full_name"] or row["officer__email"] or "",
            mine=row["officer_id"] == user.pk,
            submitted_at=row["submitted_at"],
        )


def status_tag(status: str) -> SafeString:
    """The status as icon, text and colour."""
    return render_to_string("includes/status_tag.html", {"status": status, "label": NAMES[status]})
