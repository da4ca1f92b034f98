"""Whatever legal events happen, the figures add up; whatever one value is changed afterwards, it is found."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from accounts import roles
from projects.capital import AMOUNTS, CURRENCIES, PARTS
from projects.chain import HASHED, Capital, ChainRefused, append, totals, verify
from projects.chain_check import Fault
from projects.models import CapitalEvent, Project
from tests.projects.tampering import capital, lift_checks
from tests.walk import official

pytestmark = pytest.mark.django_db
FIRST = date(2016, 1, 1)
RATE = 26_000
on_one_database = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

figures = st.integers(-(10**12), 10**12).map(lambda cents: Decimal(cents) / 100)
days = st.integers(0, 4000).map(lambda number: FIRST + timedelta(days=number))
events = st.lists(
    st.tuples(st.sampled_from(CapitalEvent.Kind.values), days, figures, figures, figures), min_size=1, max_size=10
)


def changes(kind: str, contributed: Decimal, mobilised: Decimal, retained: Decimal) -> Capital:
    """Amounts that a person may well type for such an event: mostly legal ones, not always."""
    parts = [contributed, mobilised, retained]
    if kind in ("issue", "increase"):
        parts = [abs(part) for part in parts]
    elif kind == "correction":
        parts[2] = -parts[0] - parts[1]
    elif kind in ("amendment", "transfer", "suspension", "resumption", "termination"):
        parts = [Decimal(0)] * 3
    found = {f"{name}_usd": part for name, part in zip(PARTS, parts, strict=True)}
    return Capital(**found, **{f"{name}_vnd": part * RATE for name, part in zip(PARTS, parts, strict=True)})


@settings(on_one_database, max_examples=40)
@given(first=st.tuples(figures, figures, figures), later=events)
def test_after_any_legal_events_every_total_is_the_sum_of_its_parts_on_every_day(
    db: None, first: tuple[Decimal, Decimal, Decimal], later: list[tuple[str, date, Decimal, Decimal, Decimal]]
) -> None:
    project = Project.objects.create(name="Any project", state="active")
    append(project, "issue", capital=changes("issue", *first), effective_on=FIRST, by=None)
    refused = 0
    for kind, day, *figure in later:
        try:
            append(project, kind, capital=changes(kind, *figure), effective_on=day, by=None)
        except ChainRefused:
            refused += 1
    assert project.chain_length == 1 + len(later) - refused
    for day in sorted({FIRST, *(day for _kind, day, *_figures in later)}):
        found = totals(project, as_of=day)
        for currency in CURRENCIES:
            assert found[f"total_{currency}"] == sum(found[f"{part}_{currency}"] or 0 for part in PARTS)
        assert found == summed_by_the_database(project, day)
    assert all(value is not None and value >= 0 for value in totals(project).values())
    assert verify([project]).ok


def summed_by_the_database(project: Project, day: date) -> dict[str, Decimal]:
    """The same in plain SQL."""
    sums = ", ".join(f"SUM({name})" for name in AMOUNTS)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {sums} FROM projects_capitalevent WHERE project_id = %s AND effective_on <= %s", [project.pk, day]
        )
        return dict(zip(AMOUNTS, cursor.fetchone(), strict=True))


# --- one changed value ----------------------------------------------------------------------------------------------
@pytest.fixture
def chains(db: None) -> list[Project]:
    """Two projects with every kind of event, so that every column of the ledger says something somewhere."""
    person = official(roles.SIGNER)
    found = []
    for name in ("LG Innotek Hải Phòng", "Kyocera Hải Phòng"):
        project = Project.objects.create(name=name, state="active", country="KR")
        append(project, "issue", capital=capital(180_000_000, 369_000_000), effective_on=FIRST, by=person,
               certificate_number="HP-2016-000001", rate=Decimal(26_000), rate_on=date(2016, 8, 1))  # fmt: skip
        append(project, "increase", capital=capital(0, 501_000_000, 7), effective_on=date(2018, 5, 1), by=None,
               effective_precision="month", imported=True, note="Năm tháng đầu năm 2018",
               source_url="https://example.org/a")  # fmt: skip
        append(project, "correction", capital=capital(-5, 5), effective_on=None, by=person)
        append(project, "amendment", effective_on=date(2020, 1, 1), by=person, certificate_number="HP-2020-000007")
        append(project, "decrease", capital=capital(-1_000_000, 0, -7), effective_on=date(2021, 1, 1), by=person)
        append(project, "suspension", effective_on=date(2022, 1, 1), by=person)
        append(project, "termination", effective_on=date(2023, 1, 1), by=person)
        found.append(project)
    assert verify().ok
    return found


@contextmanager
def nobody_watching() -> Iterator[CursorWrapper]:
    """Triggers, foreign keys and checks out of the way, as the owner of a database can have it; undone afterwards."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        lift_checks(cursor)
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield cursor
        cursor.execute("SET LOCAL session_replication_role = origin")
        transaction.set_rollback(True)


def rewrite(cursor: CursorWrapper, project: Project, seq: int, column: str, value: Any) -> None:
    """Change one value of one row."""
    change = f"UPDATE projects_capitalevent SET {column} = %s WHERE project_id = %s AND seq = %s"
    cursor.execute(change, [value, project.pk, seq])
    assert cursor.rowcount == 1


def something_else(data: st.DataObject, name: str, now: Any) -> Any:
    """Another value that the column can hold; nothing at all where it may be empty."""
    texts = st.text(st.characters(codec="utf-8", exclude_characters="\x00", exclude_categories=("Cs",)), max_size=40)
    choices: dict[str, st.SearchStrategy[Any]] = {
        "kind": st.sampled_from(CapitalEvent.Kind.values),
        "effective_precision": st.sampled_from(Project.Precision.values),
        "effective_on": st.none() | st.dates(date(1988, 1, 1), date(2080, 1, 1)),
        "rate_on": st.none() | st.dates(date(1988, 1, 1), date(2080, 1, 1)),
        "recorded_at": st.datetimes(datetime(2000, 1, 1), datetime(2080, 1, 1), timezones=st.just(UTC)),
        "rate": st.none() | st.integers(1, 10**11).map(lambda number: Decimal(number) / 10_000),
        "imported": st.booleans(),
        "seq": st.integers(8, 10**6),
        "actor": st.none() | st.integers(10**6, 10**7),
        "project": st.integers(10**6, 10**7),
        **{name: st.none() | st.integers(-(10**15), 10**15).map(Decimal) for name in AMOUNTS},
    }
    value = data.draw(choices.get(name, texts), label=name)
    assume(value != now)
    return value


# Changed to anything at all, these are named: the rest of the row or of the chain says what stood there.
ALWAYS_NAMED = {"kind", "effective_precision", "effective_on", "rate_on", "imported", "prev_hash", *AMOUNTS}


@settings(on_one_database, max_examples=60)
@given(data=st.data())
def test_any_single_changed_value_is_found_and_its_row_named(chains: list[Project], data: st.DataObject) -> None:
    project, seq = data.draw(st.sampled_from(chains)), data.draw(st.integers(1, 7))
    name = data.draw(st.sampled_from((*HASHED, "hash")))
    column = f"{name}_id" if name in ("project", "actor") else name
    value = something_else(data, name, getattr(project.events.get(seq=seq), column))
    with nobody_watching() as cursor:
        rewrite(cursor, project, seq, column, value)
        (fault,) = verify().faults
        assert fault.project == project.code
        assert fault.seq == seq
        assert fault.field in expected_names(name, fault)


def expected_names(name: str, fault: Fault) -> set[str]:
    """The field is named; only a change that the rest of the row cannot explain is told as a broken hash."""
    if name in ("project", "seq"):  # the row is no longer where it was
        return {"seq"} if fault.seq < 7 else {"seq", "chain_head"}
    return {name} if name in ALWAYS_NAMED else {name, "hash"}


@pytest.mark.parametrize("name", [*HASHED, "hash"])
def test_each_column_of_the_ledger_is_watched_in_every_row(chains: list[Project], name: str) -> None:
    """Exhaustive where chance may look away: each column, each row of a chain."""
    column = f"{name}_id" if name in ("project", "actor") else name
    project = chains[1]
    for event in list(project.events.order_by("seq")):
        with nobody_watching() as cursor:
            rewrite(cursor, project, event.seq, column, changed(name, getattr(event, column)))
            (fault,) = verify([project]).faults
        assert (fault.project, fault.seq) == (project.code, event.seq)
        assert fault.field in expected_names(name, fault)


def changed(name: str, now: Any) -> Any:
    """The value with one unit more, one letter more, or the other choice."""
    if name == "kind":
        return "transfer" if now != "transfer" else "issue"
    if name == "effective_precision":
        return "year" if now != "year" else "day"
    if isinstance(now, bool):
        return not now
    if isinstance(now, (date, datetime)):
        return now + timedelta(days=1)
    if isinstance(now, str):
        return f"{now[:-1]}~"
    if now is None:
        return {"effective_on": FIRST, "rate_on": FIRST}.get(name, 1)
    return now + 1_000_000 if name in ("project", "actor") else now + (10 if name == "seq" else 1)
