"""Replaying a revision over past cases."""

from __future__ import annotations

import time

import pytest

from incentives.models import RuleReplay
from incentives.revising import replaying
from tests.incentives.revisions import administrator, stricter

pytestmark = pytest.mark.django_db


def test_a_replay_of_10_000_generated_cases_shows_progress_and_finds_who_is_decided_differently() -> None:
    revision = stricter(administrator())
    replay = replaying.start(revision, by=revision.drafted_by, cases="generated")
    began, seen = time.process_time(), []
    while replaying.step(replay.pk):
        replay.refresh_from_db()
        seen.append((replay.done, replay.percent, replay.lines.count() == replay.differing))
    spent = time.process_time() - began
    replay.refresh_from_db()
    print(spent, replay.differing, seen[:3])
    assert (replay.state, replay.done, replay.total) == (RuleReplay.State.DONE, 10_000, 10_000)
    assert seen == [(500 * n, 5 * n, True) for n in range(1, 21)]
    assert spent < 20
