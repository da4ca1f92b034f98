"""Revisions for the tests: two administrators, drafts, and replays that are run by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

from accounts import roles
from accounts.models import User
from incentives.models import PolicyRule, RuleDraft, RuleReplay, RuleRevision, SupportedProduct
from incentives.revising import acts, replaying
from incentives.revising.rows import starting_row
from tests.walk import official

TODAY = date(2026, 11, 24)
NEXT_YEAR = date(2027, 1, 1)


def administrator() -> User:
    """Drafts, and publishes what another one drafted."""
    return official(roles.ADMINISTRATOR)


def revision(by: User, *, on: date = NEXT_YEAR, **values: Any) -> RuleRevision:
    """An empty draft."""
    said = {"title": "Cut-off moves", "why": "Decree 400/2026 moves it.", "source": "400/2026/NĐ-CP, art. 2"} | values
    return acts.begin(by=by, effective_on=on, **said)


def rule_of(code: str, on: date = TODAY) -> PolicyRule:
    """The row of a code in force on a day."""
    return PolicyRule.objects.in_force(on).get(code=code)


def draft(within: RuleRevision, act: str, row: PolicyRule | SupportedProduct, **values: Any) -> RuleDraft:
    """A draft about a row, as its page would begin it, with some values changed."""
    target = "rule" if isinstance(row, PolicyRule) else "product"
    new = RuleDraft(revision=within, act=act, target=target, **{target: row})
    return acts.write(within, new, by=within.drafted_by, row=starting_row(new) | values)


def stricter(by: User, **values: Any) -> RuleRevision:
    """A revision under which products made before 2027 must meet the standard, so that many answers change."""
    found = revision(by, **values)
    draft(found, "replace", rule_of("c1"), version="400/2026", name_en="High technology, new")
    draft(found, "end", rule_of("readiness"))
    return found


def replayed(within: RuleRevision, cases: str = "") -> RuleReplay:
    """A replay run to its end in this process."""
    replay = replaying.start(within, by=within.drafted_by, cases=cases)
    replaying.run(replay.pk)
    replay.refresh_from_db()
    assert replay.state == RuleReplay.State.DONE, replay.error
    return replay
