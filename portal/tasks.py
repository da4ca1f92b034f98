"""The heartbeat, and the signs of life that worker and scheduler give outside of any task."""

import time
from typing import Any

from celery import shared_task
from celery.signals import beat_init, before_task_publish, heartbeat_sent
from redis.exceptions import RedisError

from portal import alive

WORKER_MARKS_EVERY = 5.0  # seconds; the worker's own heart beats every 2
HEARTBEAT = "portal.tasks.heartbeat"

_worker_marked_at = 0.0


@shared_task(name=HEARTBEAT, expires=60)
def heartbeat() -> None:
    """Prove once more that a job goes all the way from the scheduler through the broker to a worker."""
    alive.mark(alive.JOB)


@heartbeat_sent.connect
def note_worker(**kwargs: Any) -> None:
    """The worker's heart beats in its main process, also while every one of its slots is busy."""
    global _worker_marked_at
    now = time.monotonic()
    if now - _worker_marked_at < WORKER_MARKS_EVERY:
        return
    try:
        alive.mark(alive.WORKER)
    except RedisError:  # the worker reconnects by itself; until then /readyz rightly misses it
        return
    _worker_marked_at = now


@beat_init.connect
@before_task_publish.connect(sender=HEARTBEAT)
def note_scheduler(**kwargs: Any) -> None:
    """Only the scheduler ever sends the heartbeat, so sending it shows that the scheduler lives."""
    try:
        alive.mark(alive.SCHEDULER)
    except RedisError:
        return
