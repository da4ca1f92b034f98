"""/healthz and /readyz: what they ask and what they tell."""

from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from time_machine import TimeMachineFixture

from ops.processes import free_port
from portal import alive
from portal.celery import app
from portal.health import CHAIN_VERIFIED
from portal.tasks import heartbeat
from tests.fixtures.waiting import eventually

pytestmark = pytest.mark.django_db


@pytest.fixture
def all_alive():
    for sign in (alive.WORKER, alive.SCHEDULER, alive.JOB):
        alive.mark(sign)


@pytest.fixture
def clock(time_machine: TimeMachineFixture) -> TimeMachineFixture:
    """Time that stands still and is moved on by `shift(seconds)`."""
    time_machine.move_to(datetime.now(UTC), tick=False)
    return time_machine


@pytest.mark.embedded
def test_the_process_answers_anyone(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert client.post("/healthz").status_code == 405


@pytest.mark.embedded
def test_all_parts_well_is_200_and_an_unverified_chain_is_only_said(client, all_alive):
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {
        "database": "ok",
        "broker": "ok",
        "worker": "ok",
        "scheduler": "ok",
        "chain": "not verified yet",
    }
    assert "no-store" in answer["Cache-Control"]


def test_a_verified_chain_is_ok_and_a_broken_one_is_503(client, all_alive):
    cache.set(CHAIN_VERIFIED, "ok")
    assert client.get("/readyz").json()["chain"] == "ok"
    cache.set(CHAIN_VERIFIED, "project HP-26-0001, event 3")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["chain"]) == (503, "broken: project HP-26-0001, event 3")


def test_nobody_seen_yet_is_said_of_worker_and_scheduler(client):
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["worker"] == "no worker was seen"
    assert answer.json()["scheduler"] == "no scheduler was seen"


@pytest.mark.parametrize(("part", "sign", "limit"), [("worker", alive.WORKER, 30), ("scheduler", alive.SCHEDULER, 95)])
def test_a_silent_part_is_named_with_its_silence(client, clock: TimeMachineFixture, part: str, sign: str, limit: int):
    for other in (alive.WORKER, alive.SCHEDULER):
        alive.mark(other)
    clock.shift(limit + 1)
    for other in {alive.WORKER, alive.SCHEDULER} - {sign}:
        alive.mark(other)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == answer.json() | {part: f"last seen {limit + 1} seconds ago"}
    assert sum(state == "ok" for state in answer.json().values()) == 3


def test_a_worker_that_signs_but_carries_nothing_out_is_named(client, all_alive, clock):
    clock.shift(601)
    alive.mark(alive.WORKER)
    alive.mark(alive.SCHEDULER)
    assert client.get("/readyz").json()["worker"] == "seen, but the last heartbeat job was done 601 seconds ago"


def test_a_broker_that_does_not_answer_leaves_the_rest_unknown(client, settings):
    settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{free_port()}/0"
    answer = client.get("/readyz")
    assert answer.status_code == 503
    state = answer.json()
    assert state["database"] == "ok"
    assert state["broker"] == "not answering (ConnectionError)"
    assert state["worker"] == state["chain"] == "unknown, the broker is not answering (ConnectionError)"


def test_a_migration_that_is_not_applied_is_counted(client, all_alive):
    (last,) = MigrationLoader(connection).graph.leaf_nodes("accounts")
    MigrationRecorder(connection).record_unapplied(*last)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["database"] == "1 migrations are not applied"


def test_the_schedule_names_only_jobs_that_exist(settings):
    app.loader.import_default_modules()
    assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} <= set(app.tasks)


@pytest.mark.embedded
@pytest.mark.faults
def test_a_real_worker_signs_and_carries_the_heartbeat_out(client, celery_worker):
    eventually(lambda: alive.seconds_since(alive.WORKER) is not None, what="the worker's sign")
    assert alive.seconds_since(alive.JOB) is None
    heartbeat.delay()
    eventually(lambda: alive.seconds_since(alive.JOB) is not None, what="the job's sign")
    eventually(lambda: client.get("/readyz").status_code == 200, what="a portal that is ready")
