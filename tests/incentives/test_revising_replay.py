"""Replaying a revision over past cases: true progress, a list of differences, and no harm from a killed worker."""

from __future__ import annotations

import time
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from accounts import roles
from accounts.models import User
from cases.errors import CaseError, NotAllowed
from cases.states import Status
from incentives.eligibility.answer import ask
from incentives.eligibility.facts import Facts
from incentives.models import PolicyRule, RuleDraft, RuleReplay, RuleReplayLine, SupportedProduct
from incentives.revising import acts, replaying
from incentives.revising.applications import Applications
from incentives.revising.catalogue import Catalogue
from incentives.revising.generated import Generated
from incentives.revising.past import SOURCES, PastCase, needed_source
from tests.incentives.revisions import NEXT_YEAR, administrator, draft, replayed, revision, rule_of, stricter
from tests.walk import Cast, official, walk

pytestmark = pytest.mark.django_db
State = RuleReplay.State


@pytest.fixture
def drafter() -> User:
    return administrator()


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> int:
    """Not ten thousand generated cases, but this many."""
    monkeypatch.setitem(SOURCES, "generated", Generated(60))
    return 60


def content(replay: RuleReplay) -> list[dict[str, Any]]:
    """What a replay found, without the keys of its rows."""
    lines = replay.lines.order_by("case_key")
    return [dict(line) for line in lines.values("case_key", "weight", "before", "after", "codes", "changes")]


def test_a_replay_of_10_000_generated_cases_shows_its_progress_and_who_is_decided_differently(drafter: User) -> None:
    within, c2 = revision(drafter), rule_of("c2")
    groups = [group for group in c2.limits["groups"] if group != "ELECTRONICS"]
    draft(within, "replace", c2, version="400/2026", limits=c2.limits | {"groups": groups})
    replay = replaying.start(within, by=drafter, cases="generated")
    began, seen = time.process_time(), []
    while replaying.step(replay.pk):
        replay.refresh_from_db()
        seen.append((replay.done, replay.percent, replay.state, replay.lines.count() == replay.differing))
    spent = time.process_time() - began
    replay.refresh_from_db()
    assert seen == [(500 * n, 5 * n, State.RUNNING, True) for n in range(1, 21)]
    assert (replay.state, replay.done, replay.total, replay.percent) == (State.DONE, 10_000, 10_000, 100)
    weights = Counter(replay.lines.values_list("weight", flat=True))
    assert weights.total() == replay.differing
    assert min(weights[weight] for weight in ("decision", "condition")) > 100
    assert all(",c2," in codes for codes in replay.lines.values_list("codes", flat=True))
    assert spent < 20, f"{spent:.1f} s of the processor"


def test_a_line_says_what_the_public_check_says_before_and_after(drafter: User, few: int) -> None:
    within = stricter(drafter)
    replay = replayed(within)
    line = replay.lines.filter(codes__contains=",readiness,", weight="decision").first()
    assert line is not None
    case = Generated().chunk(line.case_key - 1, 1)[0]
    assert case.reference == line.reference
    now = ask(case.product_text, case.facts, NEXT_YEAR)
    then = Catalogue.kept().with_drafts(within.drafts.all(), NEXT_YEAR).on(NEXT_YEAR).judge(case)
    assert now is not None
    assert then is not None
    assert (line.before, line.after) == (now.state, then.state)
    with translation.override("vi"):
        told = next(change for change in line.changes_here if change["code"] == "readiness")
        again = ask(case.product_text, case.facts, NEXT_YEAR)
        assert again is not None
        assert told["was"] == next(one.why for one in again.conditions if one.rule.code == "readiness")
    assert told["after"] == ""
    with translation.override("en"):
        assert next(one for one in line.changes_here if one["code"] == "readiness")["was"] != told["was"]


def test_a_confirmation_frees_figures_and_an_unread_text_does_not(drafter: User, few: int) -> None:
    PolicyRule.objects.filter(code="cit-b").update(confidence="general", confirmed_by="", confirmed_on=None)
    within = revision(drafter)
    draft(within, "confirm", rule_of("cit-b"), confirmed_by="Ms Hà", confirmed_on="2026-11-20")
    lines = list(replayed(within).lines.all())
    assert lines
    assert {line.weight for line in lines} == {RuleReplayLine.Weight.BENEFIT}
    assert all(not change["was"]["en"] and change["now"]["en"] for line in lines for change in line.changes)


def test_the_end_of_a_line_of_the_list_makes_its_makers_lose(drafter: User, monkeypatch: pytest.MonkeyPatch) -> None:
    code = "ELEC-03"
    cases = [PastCase(number, f"C-{number}", "", text, Facts(ready=True), NEXT_YEAR, "") for number, text in
             enumerate((code, "ELEC-11", "Ghế văn phòng"), start=1)]  # fmt: skip
    monkeypatch.setitem(SOURCES, "generated", Listed(cases))
    within = revision(drafter)
    draft(within, "end", SupportedProduct.objects.get(code=code))
    assert [(line.reference, line.after) for line in replayed(within).lines.all()] == [("C-1", "not_met")]


class Listed:
    """A source of some cases, which may fail in the middle."""

    key, label, real = "generated", "Some cases", False

    def __init__(self, cases: list[PastCase], *, breaks_after: int | None = None) -> None:
        self.cases, self.breaks_after = cases, breaks_after

    def count(self) -> int:
        return len(self.cases)

    def chunk(self, after_pk: int, size: int) -> list[PastCase]:
        if self.breaks_after is not None and after_pk >= self.breaks_after:
            raise RuntimeError("The worker died here.")
        return [case for case in self.cases if case.pk > after_pk][:size]


def test_a_killed_worker_is_followed_by_another_without_doubling_a_line(
    drafter: User, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    within = stricter(drafter)
    whole = content(replayed(within))
    replay = replaying.start(within, by=drafter)
    assert replaying.step(replay.pk, size=20)

    written = RuleReplayLine.objects.bulk_create
    with monkeypatch.context() as dying:
        dying.setattr(type(RuleReplayLine.objects), "bulk_create", lambda *args: [written(args[1]), 1 // 0])
        with pytest.raises(ZeroDivisionError):
            replaying.step(replay.pk, size=20)  # it had written its lines, and died before the end of the chunk
    replay.refresh_from_db()
    assert (replay.done, replay.cursor, replay.lines.count()) == (20, 20, replay.differing)

    asked: list[int] = []
    monkeypatch.setattr(replaying, "enqueue", asked.append)
    assert replaying.sweep(timezone.now()) == 0, "it may still be at work"
    assert replaying.sweep(timezone.now() + timedelta(minutes=3)) == 1
    assert asked == [replay.pk]
    replaying.run(replay.pk)
    replaying.run(replay.pk)  # asked for twice, as a broker may
    replay.refresh_from_db()
    assert (replay.state, replay.done) == (State.DONE, few)
    assert content(replay) == whole


def test_what_fails_three_times_is_given_up_and_says_why(drafter: User, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = Listed(list(Generated().chunk(0, 30)), breaks_after=0)
    within = stricter(drafter)
    monkeypatch.setitem(SOURCES, "generated", broken)
    replay = replaying.start(within, by=drafter)
    for attempt in (1, 2, 3):
        replaying.run(replay.pk)
        replay.refresh_from_db()
        assert (replay.attempts, replay.error) == (attempt, "RuntimeError: The worker died here.")
    assert replay.state == State.FAILED
    broken.breaks_after = None
    assert replayed(within).done == 30, "and another one can be asked for"


def test_a_long_replay_leaves_the_worker_to_others_between_two_turns(
    drafter: User, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replaying, "CHUNK", 20)
    monkeypatch.setattr(replaying.step, "__defaults__", (20,))
    asked: list[int] = []
    monkeypatch.setattr(replaying, "enqueue", asked.append)
    replay = replaying.start(stricter(drafter), by=drafter)
    replaying.run(replay.pk, seconds=0)
    replay.refresh_from_db()
    assert (replay.done, asked[-1:]) == (20, [replay.pk])


def test_a_cancelled_replay_stays_where_it_was_and_a_second_one_waits_for_its_end(drafter: User, few: int) -> None:
    within = stricter(drafter)
    replay = replaying.start(within, by=drafter)
    replaying.step(replay.pk, size=20)
    with pytest.raises(CaseError, match="running already"):
        replaying.start(within, by=drafter)
    with pytest.raises(NotAllowed):
        replaying.cancel(replay, by=official(roles.APPRAISER))
    replaying.cancel(replay, by=drafter)
    assert replaying.step(replay.pk) is False
    replay.refresh_from_db()
    assert (replay.state, replay.done) == (State.CANCELLED, 20)
    with pytest.raises(CaseError, match="ended already"):
        replaying.cancel(replay, by=drafter)
    assert not replaying.replayed(within, replay.digest, replay.cases)
    assert replayed(within).state == State.DONE


def test_a_draft_that_changes_meanwhile_ends_the_replay(drafter: User, few: int) -> None:
    within = stricter(drafter)
    replay = replaying.start(within, by=drafter)
    assert replaying.step(replay.pk, size=20)
    line = within.drafts.filter(act=RuleDraft.Act.END).get()
    acts.drop(line, by=drafter)
    assert replaying.step(replay.pk) is False
    replay.refresh_from_db()
    assert (replay.state, replay.done, "no longer holds" in replay.error) == (State.CANCELLED, 20, True)


def test_the_generated_cases_are_the_same_every_time_and_of_every_sort() -> None:
    cases = Generated().chunk(0, 10_000)
    assert cases[5000:5100] == Generated().chunk(5000, 100)
    assert len(cases) == len({case.pk for case in cases}) == 10_000
    assert Generated().chunk(10_000, 500) == []
    assert len({case.product_text for case in cases}) > 100
    for name in ("ready", "made_in_vietnam", "project_type", "place"):
        assert len({getattr(case.facts, name) for case in cases}) > 2, name


def test_applications_that_were_handed_in_are_replayed_in_as_many_queries_however_many(drafter: User) -> None:
    people, source, counted = Cast(), Applications(), []
    walk("incentive", Status.DRAFT, people)
    assert source.count() == 0
    assert needed_source().key == "generated"
    within = stricter(drafter)
    for number in (1, 2):
        case = walk("incentive", Status.SUBMITTED, people)
        with CaptureQueriesContext(connection) as queries:
            found = source.chunk(0, 500)
        counted.append(len(queries))
        assert len(found) == source.count() == number
    last = found[-1]
    assert (last.reference, last.outcome, last.pk) == (case.reference, "submitted", case.pk)
    assert last.product_text
    assert last.facts.project_type
    assert counted[0] == counted[1] <= 5
    assert [one.pk for one in source.chunk(found[0].pk, 500)] == [case.pk], "a chunk goes on after the one before"
    replay = replayed(within)
    assert (replay.cases, replay.done, replay.differing) == ("applications", 2, 2)
    line = replay.lines.get(case_key=case.pk)
    assert (line.reference, line.url) == (case.reference, f"/admin/cases/case/{case.pk}/change/")
