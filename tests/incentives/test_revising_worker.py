"""The real worker replays: progress is seen while it runs, and a kill in between neither loses nor doubles a line."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from incentives.models import RuleReplay, SupportedProduct
from incentives.revising import replaying
from tests.fixtures.waiting import eventually
from tests.fixtures.worker import Worker
from tests.incentives.revisions import administrator, draft, revision


@pytest.mark.faults
def test_a_replay_goes_on_after_its_worker_was_killed_and_counts_every_case_once(celery_worker: Worker) -> None:
    within = revision(administrator())
    draft(within, "end", SupportedProduct.objects.get(code="ELEC-03"))
    replay = replaying.start(within, by=within.drafted_by, cases="generated")

    def done() -> int:
        replay.refresh_from_db()
        return replay.done

    first = eventually(done, seconds=60, what="the first chunk")
    celery_worker.kill()
    assert 0 < first < replay.total, "progress is seen before the end"
    assert replay.state == RuleReplay.State.RUNNING
    celery_worker.start()
    replaying.sweep(timezone.now() + timedelta(minutes=3))  # as the scheduler does two minutes later
    eventually(lambda: done() == replay.total, seconds=120, what="every case judged")
    eventually(lambda: not RuleReplay.objects.get(pk=replay.pk).unfinished, what="the end")
    replay.refresh_from_db()
    assert (replay.state, replay.error) == (RuleReplay.State.DONE, "")
    assert replay.lines.count() == replay.differing > 50
    assert replay.differing == len(set(replay.lines.values_list("case_key", flat=True)))
