"""Two people, or two workers, at the same moment."""

from __future__ import annotations

import pytest

from incentives.models import PolicyRule, RuleReplay, RuleRevision
from incentives.revising import acts, replaying
from incentives.revising.errors import NotReady
from incentives.revising.generated import Generated
from incentives.revising.past import SOURCES
from incentives.revising.publishing import publish
from tests.incentives.revisions import NEXT_YEAR, administrator, draft, replayed, revision, rule_of
from tests.parallel import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_revisions_published_at_once_the_second_must_be_replayed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SOURCES, "generated", Generated(40))
    drafter, publishers = administrator(), [administrator(), administrator()]
    waiting = []
    for code in ("c1", "c2"):
        within = revision(drafter)
        draft(within, "replace", rule_of(code), version="400/2026")
        replayed(within)
        waiting.append(acts.hand_over(within, by=drafter))

    def go(number: int) -> RuleRevision:
        return publish(RuleRevision.objects.get(pk=waiting[number].pk), by=publishers[number])

    answers = at_once(go, 2)
    assert {type(answer) for answer in answers} == {RuleRevision, NotReady}
    assert PolicyRule.objects.filter(valid_from=NEXT_YEAR).count() == 1


def test_two_workers_on_one_replay_judge_every_case_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SOURCES, "generated", Generated(300))
    monkeypatch.setattr(replaying.step, "__defaults__", (20,))
    within = revision(administrator())
    draft(within, "end", rule_of("readiness"))
    replay = replaying.start(within, by=within.drafted_by)
    at_once(lambda _number: replaying.run(replay.pk), 2)
    replaying.run(replay.pk)  # whoever found the row locked has left; one of them may have left the end to the other
    replay.refresh_from_db()
    assert (replay.state, replay.done) == (RuleReplay.State.DONE, 300)
    assert replay.lines.count() == replay.differing == 300
