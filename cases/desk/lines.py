"""The lines of the queue: what a row of the database becomes before it is shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final
from urllib.parse import urlencode

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from accounts.models import User
from cases.calendar import Calendar
from cases.desk.days import DayReader, Days, Stopped, left_when_stopped
from cases.kinds import KINDS
from cases.states import Status

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
