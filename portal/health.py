"""Is the process up (/healthz), and can the portal do its work now (/readyz)?

Answers are read by machines and operators, so they stay in English.
"""

from collections.abc import Callable

import redis
from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.access import open_to
from portal import alive

OK = "ok"
BROKER_SECONDS = 1.0
WORKER_SILENCE = 30.0  # seconds; a worker signs every 5
SCHEDULER_SILENCE = 95.0  # seconds; three missed heartbeats
JOB_SILENCE = 600.0  # seconds; a worker that signs but carries nothing out hangs
CHAIN_VERIFIED = "chain:verified"  # cache key: "ok" or what the last verification of the capital chain found


@never_cache
@require_safe
@open_to("anyone")
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked, so that a slow database does not get it restarted."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
@open_to("anyone")
def readyz(request: HttpRequest) -> JsonResponse:
    """Each part "ok" or why not; 503 when one of them keeps the portal from working."""
    broker = broker_state()
    unknown = f"unknown, the broker is {broker}"
    states = {
        "database": database_state(),
        "broker": broker,
        "worker": _ask(worker_state) if broker == OK else unknown,
        "scheduler": _ask(scheduler_state) if broker == OK else unknown,
    }
    ready = all(state == OK for state in states.values())
    chain = _ask(chain_state) if broker == OK else unknown
    if chain.startswith("broken"):
        ready = False
    return JsonResponse(states | {"chain": chain}, status=200 if ready else 503)


def database_state() -> str:
    """The database answers and has every migration of the code that runs."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        return f"does not answer ({type(error).__name__})"
    return f"{len(waiting)} migrations are not applied" if waiting else OK


def broker_state() -> str:
    """The broker answers within a second."""
    try:
        with redis.Redis.from_url(
            settings.CELERY_BROKER_URL, socket_timeout=BROKER_SECONDS, socket_connect_timeout=BROKER_SECONDS
        ) as client:
            client.ping()
    except redis.RedisError as error:
        return f"not answering ({type(error).__name__})"
    return OK


def worker_state() -> str:
    """A worker has signed lately, and jobs do get done."""
    silence = alive.seconds_since(alive.WORKER)
    if silence is None:
        return "no worker was seen"
    if silence > WORKER_SILENCE:
        return f"last seen {silence:.0f} seconds ago"
    idle = alive.seconds_since(alive.JOB)
    if idle is not None and idle > JOB_SILENCE and scheduler_state() == OK:
        return f"seen, but the last heartbeat job was done {idle:.0f} seconds ago"
    return OK


def scheduler_state() -> str:
    """The scheduler has sent a heartbeat lately."""
    silence = alive.seconds_since(alive.SCHEDULER)
    if silence is None:
        return "no scheduler was seen"
    return OK if silence <= SCHEDULER_SILENCE else f"last seen {silence:.0f} seconds ago"


def chain_state() -> str:
    """What the last verification of the capital chain found; no verification yet is no reason to stop serving."""
    found: str | None = cache.get(CHAIN_VERIFIED)
    if found is None:
        return "not verified yet"
    return OK if found == OK else f"broken: {found}"


def _ask(question: Callable[[], str]) -> str:
    try:
        return question()
    except redis.RedisError as error:
        return f"unknown, the cache is not answering ({type(error).__name__})"
