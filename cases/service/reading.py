"""Reads the events once and reckons them by the honest clock; decided months are kept in the cache.

The key of a kept month names the newest event that ended a case in it, how many there are, the calendar and the legal
times, so that nothing has to be thrown away: whatever changes the figures changes the key.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Final

import redis
from django.core.cache import cache
from django.db.models import Case, Count, F, Max, Q, TextField, Value, When
from django.db.models.fields.json import KT
from django.db.models.functions import TruncMonth

from cases.calendar import Calendar, load_calendar, local_date
from cases.clock import reckon
from cases.models import Event
from cases.procedures import ProcedureVersion
from cases.service.figures import UNSETTLED, Counts, Settled
from cases.service.months import Month
from cases.states import Status
from cases.timekeeping import PAUSING, marks_of

DECIDED: Final = Q(verb="issue", to_status=Status.ISSUED) | Q(verb="refuse", to_status=Status.REFUSED)
"""What ends the legal time with a result: the certificate, or the refusal. An approval alone is not yet a result."""
COUNTED: Final = {
    "received": Q(verb="submit", from_status=Status.DRAFT),  # a dossier returned and submitted again came only once
    "accepted": Q(verb="accept"),
    "decided": DECIDED,
    "withdrawn": Q(verb="withdraw") & ~Q(from_status=Status.DRAFT),
    "stopped": Q(verb="stop"),
}
VERBS: Final = ("submit", "accept", "issue", "refuse", "withdraw", "stop")
MOVING: Final = ("accept", *PAUSING, "hold", "supplement", "resume", "issue", "refuse")
REASON: Final = Case(When(verb="hold", then=KT("data__reason")), default=Value(""), output_field=TextField())
"""Of an event's data only what the clock needs: the rest may be a whole dossier."""
KEPT_SECONDS: Final = 60 * 60 * 24 * 40

Row = tuple[int, int, str, str, Any, str]


@dataclass(frozen=True)
class Record:
    """Everything the page needs: counts of all time, and the decided cases of the months asked for."""

    counts: Mapping[tuple[str, Month], Counts]
    decided: Mapping[Month, Sequence[Settled]]


def legal_times() -> dict[int, ProcedureVersion]:
    """Every version of every procedure, the newest of each last (1 query)."""
    return {version.pk: version for version in ProcedureVersion.objects.order_by("code", "valid_from")}


def read(months: Sequence[Month], versions: Mapping[int, ProcedureVersion]) -> Record:
    """The record of these months (at most 4 queries, 3 when every month is kept)."""
    calendar = load_calendar()
    counts: dict[tuple[str, Month], Counts] = {}
    marks: dict[Month, tuple[int, int]] = {}
    for code, month, newest, counted in _counted():
        counts[code, month] = counted
        seen, number = marks.get(month, (0, 0))
        marks[month] = max(seen, newest or 0), number + counted.decided
    law = _law(calendar, versions)
    keys = {month: _key(month, *marks[month], law) for month in months if marks.get(month, (0, 0))[1]}
    return Record(counts, _decided(keys, calendar, versions))


def _counted() -> Iterator[tuple[str, Month, int | None, Counts]]:
    """Counts by procedure and month, with the newest deciding event (1 query over all events)."""
    rows = (
        Event.objects.filter(verb__in=VERBS)
        .order_by()
        .annotate(month=TruncMonth("at"))
        .values_list("case__procedure__code", "month")
        .annotate(
            newest=Max("id", filter=DECIDED), **{name: Count("id", filter=what) for name, what in COUNTED.items()}
        )
    )
    for code, month, newest, *numbers in rows:
        counted = Counts(*numbers)
        if counted:
            yield code or UNSETTLED, Month.of(local_date(month)), newest, counted


def _decided(
    keys: Mapping[Month, str], calendar: Calendar, versions: Mapping[int, ProcedureVersion]
) -> dict[Month, list[Settled]]:
    kept = _kept(list(keys.values()))
    found = {month: [Settled(*row) for row in kept[key]] for month, key in keys.items() if key in kept}
    missing = sorted(keys.keys() - found.keys())
    if missing:
        fresh = _reckoned(missing, calendar, versions)
        _keep({keys[month]: [(one.procedure, one.used, one.stopped, one.on_time) for one in fresh[month]]
               for month in missing})  # fmt: skip
        found |= fresh
    return found


def _reckoned(
    months: Sequence[Month], calendar: Calendar, versions: Mapping[int, ProcedureVersion]
) -> dict[Month, list[Settled]]:
    """Every case decided in these months, by the honest clock (1 query)."""
    found: dict[Month, list[Settled]] = {month: [] for month in months}
    ends = Event.objects.filter(DECIDED, at__gte=months[0].begins, at__lt=months[-1].after().begins)
    rows = (
        Event.objects.filter(case__in=ends.values("case"), verb__in=MOVING)
        .order_by("case_id", "id")
        .annotate(
            reason=Case(When(verb="hold", then=KT("data__reason")), default=Value(""), output_field=TextField()),
            procedure=F("case__procedure"),
        )
        .values_list("case_id", "procedure", "verb", "to_status", "at", "reason")
    )
    for _case, history in groupby(rows.iterator(chunk_size=5000), key=lambda row: row[0]):
        ended, settled = settle(list(history), calendar, versions)
        if Month.of(ended) in found:
            found[Month.of(ended)].append(settled)
    return found


def settle(
    history: Sequence[Row], calendar: Calendar, versions: Mapping[int, ProcedureVersion]
) -> tuple[date, Settled]:
    """The day of a case's end, and its clock that day."""
    version = versions[history[0][1]]
    events = [
        Event(verb=verb, to_status=to_status, at=at, data={"reason": reason or ""})
        for _case, _procedure, verb, to_status, at, reason in history
    ]
    ended = local_date(events[-1].at)
    clock = reckon(
        marks_of(events, calendar, version.cutoff_hour), total=version.working_days, calendar=calendar, today=ended,
        cutoff_hour=version.cutoff_hour,
    )  # fmt: skip
    on_time = clock.due_on is None or ended <= clock.due_on
    return ended, Settled(version.code, clock.used, clock.stopped, on_time)


# --- what is kept -----------------------------------------------------------------------------------------------------
def _law(calendar: Calendar, versions: Mapping[int, ProcedureVersion]) -> str:
    """A fingerprint of everything besides the events that the clock depends on."""
    days = (sorted(calendar.years), sorted(calendar.off), sorted(calendar.makeup))
    times = [(row.pk, row.code, row.working_days, row.cutoff_hour) for row in versions.values()]
    return hashlib.sha256(repr((days, times)).encode()).hexdigest()[:16]


def _key(month: Month, newest: int, number: int, law: str) -> str:
    return f"service-levels:{month}:{newest}:{number}:{law}"


def _kept(keys: list[str]) -> dict[str, list[tuple[str, int, int, bool]]]:
    try:
        return cache.get_many(keys)
    except redis.RedisError:  # the page is slower without the cache, not away
        return {}


def _keep(values: dict[str, list[tuple[str, int, int, bool]]]) -> None:
    try:
        cache.set_many(values, KEPT_SECONDS)
    except redis.RedisError:
        return
