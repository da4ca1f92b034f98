"""Replaying a revision over past cases: chunk by chunk, each in one transaction, so that it can be watched, cancelled,
and taken up again by another worker where a killed one left off.
"""

from __future__ import annotations

import logging
import time
from datetime import datetime, timedelta
from typing import Final

from celery import current_app
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import User
from incentives.revising.acts import DRAFT, PUBLISH
from incentives.revising.catalogue import compared, drafts_of, faults
from incentives.revising.errors import NotAllowed, NotReady, WrongState
from incentives.revising.judging import difference
from incentives.revising.models import RuleReplay, RuleReplayLine, RuleRevision
from incentives.revising.past import SOURCES, needed_source
from incentives.revising.states import ENDED, UNFINISHED, ReplayState

CHUNK: Final = 500
TURN: Final = 60.0
"""Seconds one job works before it leaves the worker to others and asks for another turn."""
BREATH: Final = 0.1
"""Seconds between two chunks on SQLite, which has one writer at a time: the others get their turn."""
MOST_ATTEMPTS: Final = 3
LEFT_ALONE: Final = timedelta(minutes=2)
TASK: Final = "incentives.tasks.run_replay"
MOVED_ON: Final = gettext_noop("The draft or the catalogue changed while it ran: what it had found no longer holds.")

logger = logging.getLogger(__name__)


def start(revision: RuleRevision, *, by: User, cases: str = "") -> RuleReplay:
    """Ask for a replay over the cases of a source. Raises NotAllowed, WrongState, NotReady."""
    if not (by.has_perm(DRAFT) or by.has_perm(PUBLISH)):
        raise NotAllowed(_("Your role does not include this."))
    source = SOURCES[cases] if cases in SOURCES else needed_source()
    with transaction.atomic():
        fresh = RuleRevision.objects.select_for_update().get(pk=revision.pk)
        _refuse_start(fresh)
        try:
            with transaction.atomic():
                replay = RuleReplay.objects.create(
                    revision=fresh, cases=source.key, digest=compared(fresh).digest, asked_by=by, total=source.count()
                )
        except IntegrityError as problem:
            raise WrongState(_("A replay of this revision is running already.")) from problem
        transaction.on_commit(lambda: enqueue(replay.pk), robust=True)  # without a broker the sweep asks later
    return replay


def _refuse_start(revision: RuleRevision) -> None:
    if revision.state in ENDED:
        raise WrongState(_("This is not possible any more: the revision is “%(state)s”.") % {
            "state": revision.get_state_display()
        })  # fmt: skip
    if not drafts_of(revision):
        raise NotReady(_("There is no draft in this revision yet."))
    if wrong := faults(revision):
        raise NotReady(" ".join(wrong))


def enqueue(replay_id: int) -> None:
    """Ask a worker to go on with it. If the broker is away, the sweep asks again later."""
    current_app.send_task(TASK, args=[replay_id], retry=True, retry_policy={"max_retries": 1, "interval_start": 0})


def run(replay_id: int, *, seconds: float = TURN) -> None:
    """Judge chunk after chunk for a while; asks for another turn if there is more. Safe to run twice at once."""
    until = time.monotonic() + seconds
    try:
        while step(replay_id):
            if time.monotonic() > until:
                enqueue(replay_id)
                return
            if connection.vendor == "sqlite":
                time.sleep(BREATH)
    except Exception as problem:  # whatever it was is written down, and tried again by the sweep
        logger.exception("Replay %s stopped in the middle of a chunk", replay_id)
        _note_failure(replay_id, problem)


def step(replay_id: int, size: int = CHUNK) -> bool:
    """Judge the next chunk: lines and progress in one transaction. Whether there may be more.

    The row is locked meanwhile; whoever finds it locked leaves it to the one who works.
    """
    with transaction.atomic():
        replay = (
            RuleReplay.objects.select_for_update(skip_locked=True).filter(pk=replay_id, state__in=UNFINISHED).first()
        )
        if replay is None:
            return False
        now = timezone.now()
        laws = compared(RuleRevision.objects.get(pk=replay.revision_id))
        if laws.digest != replay.digest:
            _end(replay, ReplayState.CANCELLED, now, error=MOVED_ON)
            return False
        cases = SOURCES[replay.cases].chunk(replay.cursor, size)
        found = [difference(case, laws.old, laws.new) for case in cases]
        lines = [line for line in found if line is not None]
        for line in lines:
            line.replay = replay
        RuleReplayLine.objects.bulk_create(lines)
        replay.state, replay.started_at = ReplayState.RUNNING, replay.started_at or now
        replay.attempts, replay.error = 0, ""
        replay.done += len(cases)
        replay.differing += len(lines)
        replay.total = max(replay.total, replay.done)  # cases that came in meanwhile are judged too
        if len(cases) < size:
            replay.total = replay.done
            _end(replay, ReplayState.DONE, now)
            return False
        replay.cursor, replay.moved_at = cases[-1].pk, now
        replay.save()
        return True


def _end(replay: RuleReplay, state: ReplayState, now: datetime, *, error: str = "") -> None:
    replay.state, replay.error = state, error
    replay.moved_at = replay.finished_at = now
    replay.save()


def cancel(replay: RuleReplay, *, by: User) -> RuleReplay:
    """Stop it after the chunk in hand; what it found stays readable. Raises NotAllowed and WrongState."""
    if not (by.has_perm(DRAFT) or by.has_perm(PUBLISH)):
        raise NotAllowed(_("Your role does not include this."))
    with transaction.atomic():
        fresh = RuleReplay.objects.select_for_update().get(pk=replay.pk)
        if not fresh.unfinished:
            raise WrongState(_("The replay has ended already."))
        _end(fresh, ReplayState.CANCELLED, timezone.now())
    return fresh


def _note_failure(replay_id: int, problem: Exception) -> None:
    """Say why; after three failures in a row nobody tries again."""
    with transaction.atomic():
        replay = RuleReplay.objects.select_for_update().filter(pk=replay_id, state__in=UNFINISHED).first()
        if replay is None:
            return
        now, replay.attempts = timezone.now(), replay.attempts + 1
        words = f"{type(problem).__name__}: {problem}"[:500]
        if replay.attempts >= MOST_ATTEMPTS:
            _end(replay, ReplayState.FAILED, now, error=words)
            return
        replay.error, replay.moved_at = words, now
        replay.save()


def sweep(now: datetime | None = None) -> int:
    """Ask again for every replay that has not moved for two minutes. The number asked for."""
    before = (now or timezone.now()) - LEFT_ALONE
    waiting = RuleReplay.objects.filter(state__in=UNFINISHED, asked_at__lt=before).exclude(moved_at__gte=before)
    numbers = list(waiting.values_list("pk", flat=True)[:100])
    for number in numbers:
        enqueue(number)
    return len(numbers)


def replayed(revision: RuleRevision, digest: str, cases: str) -> bool:
    """Whether a replay of exactly this state over these cases has come to its end (1 query)."""
    return revision.replays.filter(state=ReplayState.DONE, digest=digest, cases=cases).exists()
