"""Signs of life: worker and scheduler write the moment into the cache, /readyz reads how long ago that was."""

import time

from django.core.cache import cache

WORKER = "alive:worker"  # written by every worker, whatever it is busy with
SCHEDULER = "alive:scheduler"  # written by the scheduler itself, so that a dead worker does not accuse it
JOB = "alive:job"  # written by a job that was scheduled, queued and carried out
KEEP_SECONDS = 7 * 24 * 60 * 60


def mark(sign: str) -> None:
    """Note that `sign` was seen now."""
    cache.set(sign, time.time(), KEEP_SECONDS)


def seconds_since(sign: str) -> float | None:
    """Seconds since `sign` was last seen; None when it was not seen in the last week."""
    seen: float | None = cache.get(sign)
    return None if seen is None else max(0.0, time.time() - seen)
