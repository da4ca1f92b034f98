"""The capital chain: append-only, derived totals, and any single changed character is found and named."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from datetime import UTC, date
from decimal import Decimal
from pathlib import Path
from time import perf_counter

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, transaction
from django.db.utils import IntegrityError
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from projects.chain import (
    CACHE_KEY,
    REPORT_KEY,
    Capital,
    ChainRefused,
    append,
    canonical,
    digest,
    totals,
    verify,
)
from projects.models import CapitalEvent, Project
from tests.projects.tampering import behind_the_triggers, capital, lift_checks

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
DOCS = Path(__file__).parents[2] / "docs" / "capital-chain.md"


@pytest.fixture
def project() -> Project:
    """LG Innotek Hai Phong: 549 million, then 501 million, then a billion."""
    project = Project.objects.create(name="LG Innotek Hải Phòng", state="active", country="KR")
    append(project, "issue", capital=capital(180_000_000, 369_000_000), effective_on=date(2016, 9, 1), by=None,
           certificate_number="HP-2016-000001", rate=Decimal(26_000), rate_on=date(2016, 8, 1))  # fmt: skip
    append(project, "increase", capital=capital(501_000_000), effective_on=date(2018, 5, 20), by=None)
    append(project, "increase", capital=capital(0, 1_000_000_000), effective_on=date(2023, 6, 26), by=None)
    return project


def test_totals_are_the_sums_of_the_events(project: Project) -> None:
    found = totals(project)
    assert found["total_usd"] == 2_050_000_000
    assert found["contributed_usd"] == 681_000_000
    assert found["total_vnd"] == 2_050_000_000 * 26_000
    assert totals(project, as_of=date(2018, 12, 31))["total_usd"] == 1_050_000_000
    listed = Project.objects.with_capital(date(2018, 12, 31)).get(pk=project.pk)
    assert listed.capital_usd == 1_050_000_000


def test_each_event_is_linked_to_the_one_before(project: Project) -> None:
    first, second, third = project.events.order_by("seq")
    assert first.prev_hash == ""
    assert second.prev_hash == first.hash
    assert third.prev_hash == second.hash == project.events.get(seq=2).hash
    project.refresh_from_db()
    assert (project.chain_length, project.chain_head) == (3, third.hash)
    assert verify().ok


@pytest.mark.parametrize("change", ["UPDATE projects_capitalevent SET note = 'x'", "DELETE FROM projects_capitalevent"])
def test_the_database_refuses_to_change_or_delete_an_event(project: Project, change: str) -> None:
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    assert verify().ok


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("total_usd", "501000001"),
        ("total_vnd", "13026000000001"),
        ("contributed_usd", "501000000.01"),
        ("effective_on", "'2018-05-21'"),
        ("certificate_number", "'7'"),
        ("imported", "TRUE"),
        ("kind", "'decrease'"),
        ("hash", "'" + "0" * 64 + "'"),
        ("prev_hash", "'" + "0" * 64 + "'"),
        ("note", "'quietly rewritten'"),
    ],
)
def test_a_change_behind_the_triggers_is_found(project: Project, field: str, value: str) -> None:
    with behind_the_triggers(), connection.cursor() as cursor:
        lift_checks(cursor)
        cursor.execute(
            f"UPDATE projects_capitalevent SET {field} = {value} WHERE project_id = %s AND seq = 2", [project.pk]
        )
    report = verify()
    (fault,) = report.faults
    assert (fault.project, fault.seq) == (project.code, 2)
    if field in ("total_usd", "total_vnd", "effective_on", "imported", "prev_hash"):
        assert fault.field == field


DIGITS = ["total_usd", "total_vnd", "contributed_usd", "contributed_vnd", "mobilised_usd", "mobilised_vnd"]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_single_changed_digit_is_found_and_its_field_named(project: Project, data: st.DataObject) -> None:
    seq, field = data.draw(st.integers(1, 3)), data.draw(st.sampled_from(DIGITS))
    value = str(int(getattr(project.events.get(seq=seq), field)))
    place = data.draw(st.integers(0, len(value) - 1))
    digit = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != value[place]]))
    changed = int(value[:place] + digit + value[place + 1 :])
    if str(changed) != value[:place] + digit + value[place + 1 :]:
        return  # a leading nought is no digit of a figure
    with transaction.atomic():
        with behind_the_triggers(), connection.cursor() as cursor:
            lift_checks(cursor)
            cursor.execute(
                f"UPDATE projects_capitalevent SET {field} = %s WHERE project_id = %s AND seq = %s",
                [changed, project.pk, seq],
            )
        (fault,) = verify(Project.objects.filter(pk=project.pk)).faults
        transaction.set_rollback(True)
    assert (fault.seq, fault.field) == (seq, field)


def test_an_event_taken_out_is_missed_also_at_the_end(project: Project) -> None:
    for seq, field in ((3, "chain_head"), (1, "seq")):
        with transaction.atomic():
            with behind_the_triggers(), connection.cursor() as cursor:
                cursor.execute(
                    "DELETE FROM projects_capitalevent WHERE project_id = %s AND seq = %s", [project.pk, seq]
                )
            (fault,) = verify().faults
            transaction.set_rollback(True)
        assert (fault.seq, fault.field) == (seq, field)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(st.integers(-(10**9), 10**9), max_size=8), first=st.integers(0, 10**9))
def test_a_chain_holds_and_adds_up_whatever_happens(db: None, changes: list[int], first: int) -> None:
    project = Project.objects.create(name="Any project", state="active")
    append(project, "issue", capital=capital(first), effective_on=date(2026, 1, 1), by=None)
    total = first
    for change in changes:
        kind = "increase" if change > 0 else "decrease"
        if change == 0 or total + change < 0:
            with pytest.raises(ChainRefused):
                append(project, kind, capital=capital(change), effective_on=date(2026, 2, 1), by=None)
            continue
        append(project, kind, capital=capital(change), effective_on=date(2026, 2, 1), by=None)
        total += change
    assert totals(project)["total_usd"] == total
    assert verify([project]).ok


def test_a_chain_begins_with_one_first_certificate(project: Project) -> None:
    other = Project.objects.create(name="Another", state="active")
    with pytest.raises(ChainRefused, match=r"first certificate|Giấy chứng nhận"):
        append(other, "increase", capital=capital(1), effective_on=date(2026, 1, 1), by=None)
    with pytest.raises(ChainRefused):
        append(project, "issue", capital=capital(1), effective_on=date(2026, 1, 1), by=None)


def test_the_database_knows_that_the_total_is_the_sum_of_its_parts() -> None:
    other = Project.objects.create(name="Another", state="active")
    wrong = Capital(contributed_usd=Decimal(3), mobilised_usd=Decimal(4), retained_usd=Decimal(0), total_usd=Decimal(8))
    with pytest.raises(IntegrityError), transaction.atomic():
        append(other, "issue", capital=wrong, effective_on=date(2026, 1, 1), by=None)


def test_a_termination_takes_out_what_is_left(project: Project) -> None:
    append(project, "termination", effective_on=date(2026, 11, 24), by=None)
    assert totals(project)["total_usd"] == 0
    assert verify([project]).ok


def test_a_suspension_moves_no_money(project: Project) -> None:
    with pytest.raises(ChainRefused):
        append(project, "suspension", capital=capital(5), effective_on=date(2026, 1, 1), by=None)
    event = append(project, "suspension", effective_on=date(2026, 1, 1), by=None)
    assert event.total_usd == 0


def test_the_command_says_what_is_wrong_and_fails(project: Project) -> None:
    told = io.StringIO()
    call_command("verify_chain", stdout=told)
    assert "3 events of 1 projects" in told.getvalue()
    assert cache.get(CACHE_KEY) == "ok"
    assert cache.get(REPORT_KEY)["events"] == 3
    with behind_the_triggers(), connection.cursor() as cursor:
        cursor.execute("UPDATE projects_capitalevent SET note = 'x' WHERE seq = 3")
    complaint = io.StringIO()
    with pytest.raises(CommandError, match="1 broken"):
        call_command("verify_chain", stderr=complaint)
    assert f"{project.code} event 3" in complaint.getvalue()
    assert "event 3" in cache.get(CACHE_KEY)
    with pytest.raises(CommandError, match="no project"):
        call_command("verify_chain", project="DA-999999")


def checked_by_hand(lines: str, *until: str) -> subprocess.CompletedProcess[str]:
    """What the program in the documents says, run in a Python that has nothing but its standard library."""
    (program,) = re.findall(r"```python\n(.*?)```", DOCS.read_text(), re.DOTALL)
    assert len(program.strip().splitlines()) <= 30
    command = [sys.executable, "-I", "-S", "-c", program, *until]
    return subprocess.run(command, input=lines, capture_output=True, text=True)


def exported() -> str:
    rows = io.StringIO()
    call_command("export_chain", stdout=rows)
    return rows.getvalue()


def test_somebody_else_can_check_the_chain_with_the_program_in_the_documents(project: Project) -> None:
    append(project, "amendment", effective_on=None, by=None, note="Đổi tên nhà đầu tư")
    Project.objects.create(name="No event yet", state="approved")
    rows = exported()
    assert checked_by_hand(rows).stdout == f"all hold: 1 projects, head {verify().head}\n"
    for field, value in (("total_usd", "501000001.00"), ("recorded_at", "2018-05-20T00:00:00.000000Z"), ("note", "x")):
        events = [json.loads(line) for line in rows.splitlines()]
        assert events[1][field] != value
        events[1][field] = value
        spoilt = checked_by_hand("\n".join(json.dumps(event) for event in events))
        assert (spoilt.returncode, spoilt.stderr) == (1, "line 2: the content does not fit its hash\n")
    first, *_, last = rows.splitlines()
    assert "event 2 of project" in checked_by_hand(f"{first}\n{last}").stderr


def test_the_head_of_an_earlier_day_comes_out_of_the_export_of_today(project: Project) -> None:
    then = verify()
    append(project, "increase", capital=capital(5), effective_on=date(2026, 11, 24), by=None)
    other = Project.objects.create(name="Opened later", state="active")
    append(other, "issue", capital=capital(5), effective_on=date(2026, 11, 24), by=None)
    moment = then.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    assert verify().head != then.head
    assert checked_by_hand(exported(), moment).stdout == f"all hold: 2 projects, head {then.head}\n"


def test_five_thousand_events_are_verified_in_five_seconds(django_assert_max_num_queries) -> None:
    Project.objects.bulk_create(Project(code=f"DA-T{number}", name="Project", state="active") for number in range(1000))
    events = [event for project in Project.objects.all() for event in five_events(project)]
    CapitalEvent.objects.bulk_create(events)
    heads = {event.project_id: event.hash for event in events}
    for project in (projects := list(Project.objects.all())):
        project.chain_length, project.chain_head = 5, heads[project.pk]
    Project.objects.bulk_update(projects, ["chain_length", "chain_head"])
    begun = perf_counter()
    with django_assert_max_num_queries(5):
        report = verify()
    assert (report.ok, report.events) == (True, 5000)
    assert perf_counter() - begun < 5


def five_events(project: Project) -> list[CapitalEvent]:
    """A chain made in memory, as `append` would write it."""
    chain: list[CapitalEvent] = []
    for seq in range(1, 6):
        event = CapitalEvent(
            project=project, seq=seq, kind="issue" if seq == 1 else "increase", effective_on=date(2020 + seq, 1, 1),
            recorded_at=timezone.now(), prev_hash=chain[-1].hash if chain else "", **capital(seq * 1_000_000).amounts(),
        )  # fmt: skip
        event.hash = digest(canonical(event))
        chain.append(event)
    return chain
