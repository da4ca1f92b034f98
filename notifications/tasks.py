"""Background work: thin, and safe to run any number of times."""

from __future__ import annotations

from threading import Timer
from typing import Any

from celery import Task, shared_task
from celery.signals import worker_ready

from notifications import outbox


@shared_task(bind=True)
def send_message(self: Task[[int], None], message_id: int) -> None:
    """Send one letter."""
    outbox.deliver(message_id, claimant=self.request.id or "")


@shared_task(expires=280)
def sweep_outbox() -> None:
    """Send what is due, and what was left behind."""
    outbox.sweep()


@worker_ready.connect
def sweep_at_start(**kwargs: Any) -> None:
    """A worker that starts may follow one that was killed: sweep now, and again when its claims count as abandoned."""
    sweep_outbox.apply_async()
    later = Timer(outbox.ABANDONED_AFTER.total_seconds() + 5, sweep_outbox.apply_async)
    later.daemon = True
    later.start()
