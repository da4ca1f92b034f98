"""Revisions of the rules: drafted by one person, compared, replayed, and published by another from a day on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from accounts import roles
from accounts.models import User
from cases.errors import CaseError, NotAllowed, WrongState
from incentives.eligibility.answer import ask
from incentives.eligibility.facts import Facts
from incentives.eligibility.states import State
from incentives.models import PolicyRule, RuleDraft, RuleReplayLine, RuleRevision, SupportedProduct
from incentives.revising import acts, replaying
from incentives.revising.catalogue import Catalogue
from incentives.revising.comparing import compare
from incentives.revising.errors import NotReady
from incentives.revising.generated import Generated
from incentives.revising.past import SOURCES
from incentives.revising.publishing import hindrances, publish
from incentives.revising.rows import starting_row
from incentives.revising.states import MOVES, RevisionState
from tests.incentives.revisions import NEXT_YEAR, TODAY, administrator, draft, replayed, revision, rule_of, stricter
from tests.walk import official

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


EVERYTHING = Facts(
    new_equipment=True, ready=True, supply_evidence=True, high_technology=True, made_in_vietnam="not_yet",
    project_type="new",
)  # fmt: skip


@pytest.fixture(autouse=True)
def few_cases(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forty generated cases are enough here."""
    monkeypatch.setitem(SOURCES, "generated", Generated(40))


@pytest.fixture
def drafter() -> User:
    return administrator()


@pytest.fixture
def second() -> User:
    return administrator()


def ready(within: RuleRevision, *, replay: bool = True) -> RuleRevision:
    """Replayed and handed over."""
    if replay:
        replayed(within)
    return acts.hand_over(within, by=within.drafted_by)


# --- drafting and comparing -------------------------------------------------------------------------------------------
def test_a_new_version_begins_as_a_copy_and_the_changed_fields_come_first(drafter: User) -> None:
    within, old = revision(drafter), rule_of("c2")
    limits = old.limits | {"made_before": "2027-01-01"}
    new = draft(within, "replace", old, version="400/2026", limits=limits)
    with translation.override("en"):
        seen = compare(new, Catalogue.kept())
    changed = {line.name: (line.before, line.after) for line in seen.changed}
    assert changed["version"] == (old.version, "400/2026")
    assert "2025-10-01" in changed["limits"][0]
    assert "2027-01-01" in changed["limits"][1]
    assert changed["valid_from"][1] == "1 Jan 2027"
    assert {"text_vi", "clause_en"} <= {line.name for line in seen.same}
    assert not set(changed) & {line.name for line in seen.same}
    assert seen.faults == []
    assert PolicyRule.objects.filter(version="400/2026").count() == 0, "a draft is no law"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name_en": ""}, "name_en"),
        ({"needs": "nobody"}, "needs"),
        ({"confidence": "unsure", "amount_vi": "10%", "amount_en": "10%"}, "__all__"),
        ({"valid_to": "2026-01-01"}, "valid_to"),
        ({"confirmed_by": "Ms Hà"}, "confirmed_by"),
        ({"scope": {"colour": ["red"]}}, "scope"),
        ({"scope": {"place": "ez"}}, "scope"),
        ({"limits": {"made_before": "soon", "groups": ["ELECTRONICS"]}}, "limits"),
        ({"limits": {}}, "limits"),
    ],
)
def test_a_bad_draft_is_told_at_once_and_not_kept(drafter: User, changes: dict[str, Any], field: str) -> None:
    within = revision(drafter)
    with pytest.raises(ValidationError) as refused:
        draft(within, "replace", rule_of("c2"), **changes)
    assert field in refused.value.error_dict
    assert within.drafts.count() == 0


def test_a_row_is_ended_or_replaced_only_while_it_lives_and_once_in_a_revision(drafter: User) -> None:
    within, old = revision(drafter), PolicyRule.objects.get(code="standard")
    with pytest.raises(ValidationError, match="has ended before"):
        draft(within, "end", old)
    with pytest.raises(ValidationError, match="cannot end before it began"):
        draft(revision(drafter, on=rule_of("c2").valid_from), "end", rule_of("c2"))
    draft(within, "end", rule_of("c2"))
    with pytest.raises(ValidationError, match="already has a draft"):
        draft(within, "replace", rule_of("c2"))


def test_a_row_is_added_only_where_its_code_is_free(drafter: User) -> None:
    within, c1 = revision(drafter), rule_of("c1")
    row = {**_content(c1), "code": "c1", "kind": c1.kind}
    with pytest.raises(ValidationError, match="is in force in these days"):
        acts.write(within, RuleDraft(revision=within, act="add", target="rule"), by=drafter, row=row)
    for again in (False, True):
        new = RuleDraft(revision=within, act="add", target="rule")
        if again:
            with pytest.raises(ValidationError, match="already adds a row"):
                acts.write(within, new, by=drafter, row=row | {"code": "c9"})
        else:
            acts.write(within, new, by=drafter, row=row | {"code": "c9"})


def _content(rule: PolicyRule) -> dict[str, Any]:
    return starting_row(RuleDraft(act="replace", target="rule", rule=rule))


def test_only_the_drafter_changes_a_draft_and_nobody_without_the_right_begins_one(drafter: User, second: User) -> None:
    within = stricter(drafter)
    line = within.drafts.first()
    assert line is not None
    with pytest.raises(NotAllowed, match="Only the person who drafted"):
        acts.write(within, RuleDraft(revision=within, act="end", target="rule", rule=rule_of("c2")), by=second, row={})
    with pytest.raises(NotAllowed):
        acts.describe(within, by=second, title="Mine now")
    with pytest.raises(NotAllowed):
        acts.drop(line, by=second)
    acts.drop(line, by=drafter)
    assert within.drafts.filter(dropped=False).count() == 1
    assert line.history.count() == 2
    for role in set(roles.ROLES) - {roles.ADMINISTRATOR}:
        with pytest.raises(NotAllowed):
            revision(official(role))


# --- the states -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("act", "state"), list(product(MOVES, RevisionState.values)))
def test_every_act_from_every_state(act: str, state: str, drafter: User, second: User) -> None:
    within = stricter(drafter)
    replayed(within)
    if state != RevisionState.DRAFT:
        acts.hand_over(within, by=drafter)
    if state == RevisionState.PUBLISHED:
        publish(within, by=second)
    if state == RevisionState.DISCARDED:
        acts.discard(within, by=second)
    by = drafter if act == "hand_over" else second
    sources, target = MOVES[act]
    does = publish if act == "publish" else getattr(acts, act)
    if state in sources:
        assert does(within, by=by).state == target
        return
    with pytest.raises(WrongState):
        does(within, by=by)
    within.refresh_from_db()
    assert within.state == state


def test_an_empty_or_faulty_revision_is_not_handed_over(drafter: User) -> None:
    within = revision(drafter)
    with pytest.raises(NotReady, match="no draft"):
        acts.hand_over(within, by=drafter)
    draft(within, "end", rule_of("c2"))
    acts.describe(within, by=drafter, effective_on=rule_of("c2").valid_from)
    with pytest.raises(NotReady, match="cannot end before it began"):
        acts.hand_over(within, by=drafter)


# --- publishing -------------------------------------------------------------------------------------------------------
def test_publishing_changes_the_answer_from_its_day_on_and_not_before(drafter: User, second: User) -> None:
    within, old = revision(drafter), rule_of("readiness")
    draft(within, "end", old)
    codes = {}
    ready(within)
    publish(within, by=second)
    for day in (NEXT_YEAR - timedelta(days=1), NEXT_YEAR):
        given = ask("ELEC-11", EVERYTHING, day)
        assert given is not None
        codes[day] = {one.rule.code for one in given.conditions}
    assert codes[NEXT_YEAR - timedelta(days=1)] - codes[NEXT_YEAR] == {"readiness"}
    assert codes[NEXT_YEAR] < codes[NEXT_YEAR - timedelta(days=1)]
    old.refresh_from_db()
    assert old.valid_to == date(2026, 12, 31)


def test_all_kinds_of_drafts_are_published_in_one_act_and_the_history_names_the_revision(
    drafter: User, second: User
) -> None:
    within = revision(drafter)
    c2, line, unsure = rule_of("c2"), SupportedProduct.objects.get(code="ELEC-03"), rule_of("technology")
    draft(within, "replace", c2, version="400/2026", limits=c2.limits | {"made_before": "2027-01-01"})
    draft(within, "confirm", unsure, confidence="seen", confirmed_by="Ms Hà", confirmed_on="2026-11-20")
    draft(within, "end", line)
    new = RuleDraft(revision=within, act="add", target="product")
    row = {
        "code": "ELEC-99", "list_version": "L2027", "group": "ELECTRONICS", "name_vi": "Cảm biến", "name_en": "Sensor",
        "decree": "400/2026/NĐ-CP", "confidence": "seen",
    }  # fmt: skip
    acts.write(within, new, by=drafter, row=row)
    ready(within)
    done = publish(within, by=second)
    assert (done.state, done.published_by) == (RevisionState.PUBLISHED, second)
    made = PolicyRule.objects.get(code="c2", valid_from=NEXT_YEAR)
    c2.refresh_from_db()
    assert (c2.valid_to, made.valid_to, made.limits["made_before"]) == (date(2026, 12, 31), None, "2027-01-01")
    assert rule_of("technology").confirmed_by == "Ms Hà"
    line.refresh_from_db()
    assert line.valid_to == date(2026, 12, 31)
    assert "cam bien" in SupportedProduct.objects.get(code="ELEC-99").search_text
    for changed in (made, c2, line, rule_of("technology")):
        last = changed.history.first()
        assert last is not None
        assert (last.history_change_reason, last.history_user) == (f"#{within.pk} Cut-off moves", second)


def test_the_drafter_does_not_publish_nor_does_the_database_let_him(drafter: User) -> None:
    within = ready(stricter(drafter))
    with pytest.raises(NotAllowed, match="a second person publishes"):
        publish(within, by=drafter)
    with pytest.raises(IntegrityError, match="published_by_a_second_person"), transaction.atomic():
        RuleRevision.objects.filter(pk=within.pk).update(
            state=RevisionState.PUBLISHED, published_by=drafter, published_at=timezone.now()
        )
    for role in set(roles.ROLES) - {roles.ADMINISTRATOR, roles.SIGNER}:
        with pytest.raises(NotAllowed):
            publish(within, by=official(role))
    assert publish(within, by=official(roles.SIGNER)).state == RevisionState.PUBLISHED


def test_publishing_needs_a_replay_of_exactly_this_state(drafter: User, second: User) -> None:
    within = stricter(drafter)
    ready(within, replay=False)
    with pytest.raises(NotReady, match="No finished replay"):
        publish(within, by=second)
    replayed(within)
    PolicyRule.objects.filter(code="cit-b").update(source="Another revision was published meanwhile.")
    with pytest.raises(NotReady, match="No finished replay"):
        publish(within, by=second)
    replayed(within)
    acts.send_back(within, by=second, remark="Please cite the article.")
    acts.describe(within, by=drafter, effective_on=date(2027, 2, 1))
    acts.hand_over(within, by=drafter)
    with pytest.raises(NotReady, match="No finished replay"):
        publish(within, by=second)
    replayed(within)
    acts.send_back(within, by=second)
    acts.describe(within, by=drafter, why="The words of the reason do not change what was replayed.")
    acts.hand_over(within, by=drafter)
    assert publish(within, by=second).state == RevisionState.PUBLISHED


def test_a_replay_over_generated_cases_does_not_do_where_there_are_real_ones(
    drafter: User, second: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    within = ready(stricter(drafter))
    monkeypatch.setitem(SOURCES, "applications", Generated(3, key="applications", label="Applications", real=True))
    assert any("Applications" in sentence for sentence in hindrances(within, TODAY))
    replayed(within, cases="applications")
    assert publish(within, by=second).state == RevisionState.PUBLISHED


@pytest.mark.parametrize(("days", "ticked", "refusal"), [(-1, True, "has passed"), (0, False, "today"), (0, True, "")])
def test_never_backwards_and_today_only_knowingly(
    drafter: User, second: User, days: int, ticked: bool, refusal: str
) -> None:
    within = ready(stricter(drafter, on=TODAY))
    with time_machine.travel(f"{TODAY - timedelta(days=days)}T03:00:00Z", tick=False):
        if refusal:
            with pytest.raises(NotReady, match=refusal):
                publish(within, by=second, today_is_right=ticked)
        else:
            publish(within, by=second, today_is_right=ticked)
    codes = set(PolicyRule.objects.in_force(TODAY).values_list("code", flat=True))
    assert ("readiness" in codes) is bool(refusal)


def test_what_ended_is_changed_neither_by_acts_nor_in_the_database(drafter: User, second: User) -> None:
    within = ready(stricter(drafter))
    line, replay = within.drafts.first(), within.replays.first()
    assert line is not None
    assert replay is not None
    with pytest.raises(CaseError):
        acts.write(within, line, by=drafter, row={})
    publish(within, by=second)
    attempts: list[Callable[[], object]] = [
        lambda: RuleRevision.objects.filter(pk=within.pk).update(title="Other"),
        lambda: RuleRevision.objects.filter(pk=within.pk)._raw_delete("default"),
        lambda: RuleDraft.objects.filter(pk=line.pk).update(row={}),
        lambda: RuleDraft.objects.filter(pk=line.pk)._raw_delete("default"),
        lambda: RuleDraft.objects.bulk_create([RuleDraft(revision=within, act="add", target="rule")]),
        lambda: type(replay).objects.filter(pk=replay.pk).update(differing=0),
        lambda: RuleReplayLine.objects.filter(replay=replay).update(after=State.MET),
        lambda: RuleReplayLine.objects.filter(replay=replay)._raw_delete("default"),
    ]
    assert RuleReplayLine.objects.filter(replay=replay).exists()
    for attempt in attempts:
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()
    with pytest.raises(WrongState):
        replaying.start(within, by=drafter)
