"""The acts on a revision: who may do each, and from which state it leads where (publishing has its own module)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from incentives.revising.catalogue import Catalogue, drafts_of, faults, refuse_unworkable
from incentives.revising.errors import NotAllowed, NotReady, WrongState
from incentives.revising.models import RuleDraft, RuleReplay, RuleRevision
from incentives.revising.rows import check, fields_of
from incentives.revising.states import MOVES, UNFINISHED, ReplayState, RevisionState

DRAFT = "incentives.add_rulerevision"
PUBLISH = "incentives.publish_rulerevision"


def may(act: str, user: User, revision: RuleRevision) -> bool:
    """Whether this person may do this now; the page shows no other button."""
    sources, _target = MOVES.get(act, (frozenset({RevisionState.DRAFT}), None))
    return revision.state in sources and _allowed(act, user, revision)


def _allowed(act: str, user: User, revision: RuleRevision) -> bool:
    own = revision.drafted_by_id == user.pk
    if act == "publish":
        return user.has_perm(PUBLISH) and not own
    if act in ("send_back", "discard"):
        return (own and user.has_perm(DRAFT)) or user.has_perm(PUBLISH)
    return own and user.has_perm(DRAFT)


def locked(revision: RuleRevision, act: str, by: User) -> RuleRevision:
    """The revision as it is now, locked, if this person may do this to it (inside a transaction).

    Raises WrongState and NotAllowed.
    """
    fresh = RuleRevision.objects.select_for_update().get(pk=revision.pk)
    sources, _target = MOVES.get(act, (frozenset({RevisionState.DRAFT}), None))
    if fresh.state not in sources:
        raise WrongState(_("This is not possible any more: the revision is “%(state)s”.") % {
            "state": fresh.get_state_display()
        })  # fmt: skip
    if not _allowed(act, by, fresh):
        raise NotAllowed(_refusal(act, by, fresh))
    return fresh


def _refusal(act: str, by: User, revision: RuleRevision) -> str:
    if act == "publish" and revision.drafted_by_id == by.pk:
        return _("You drafted this revision: a second person publishes it.")
    if act in ("edit", "hand_over"):
        return _("Only the person who drafted this revision changes it.")
    return _("Your role does not include this.")


def begin(*, by: User, title: str, why: str, source: str, effective_on: date) -> RuleRevision:
    """A new revision in draft. Raises NotAllowed, or ValidationError with every fault."""
    if not by.has_perm(DRAFT):
        raise NotAllowed(_("Your role does not include this."))
    revision = RuleRevision(title=title, why=why, source=source, effective_on=effective_on, drafted_by=by)
    return _saved(revision, by)


def describe(revision: RuleRevision, *, by: User, **values: Any) -> RuleRevision:
    """Change title, reason, source or day of a draft. The drafts in it are checked against the new day."""
    with transaction.atomic():
        fresh = locked(revision, "edit", by)
        for name, value in values.items():
            setattr(fresh, name, value)
        return _saved(fresh, by)


def write(revision: RuleRevision, draft: RuleDraft, *, by: User, row: dict[str, Any]) -> RuleDraft:
    """Put a draft into a revision, or change one that is there; a bad one is refused at once, with every fault."""
    with transaction.atomic():
        fresh = locked(revision, "edit", by)
        draft.revision = fresh
        draft.row = {name: row[name] for name in fields_of(draft.act, draft.target) if name in row}
        draft.full_clean()
        check(draft, fresh)
        others = [one for one in drafts_of(fresh) if one.pk != draft.pk]
        if any(one.act == draft.act == RuleDraft.Act.ADD and one.code == draft.code for one in others):
            raise ValidationError({"code": _("This revision already adds a row of this code.")})
        if draft.target == RuleDraft.Target.RULE and draft.act in (RuleDraft.Act.REPLACE, RuleDraft.Act.ADD):
            law = Catalogue.kept().with_drafts([*others, draft], fresh.effective_on).on(fresh.effective_on)
            refuse_unworkable(law)
        draft._history_user = by  # type: ignore[attr-defined]
        draft.save()
    return draft


def drop(draft: RuleDraft, *, by: User) -> None:
    """Take a draft out of its revision; it stays readable in the history."""
    with transaction.atomic():
        locked(draft.revision, "edit", by)
        draft.dropped = True
        draft._history_user = by  # type: ignore[attr-defined]
        draft.save()


def hand_over(revision: RuleRevision, *, by: User) -> RuleRevision:
    """Give a draft to a second person; it does not change any more unless it is sent back."""

    def ready(fresh: RuleRevision) -> None:
        if not drafts_of(fresh):
            raise NotReady(_("There is no draft in this revision yet."))
        if wrong := faults(fresh):
            raise NotReady(" ".join(wrong))
        fresh.handed_over_at, fresh.remark = timezone.now(), ""

    return _move(revision, "hand_over", by, ready)


def send_back(revision: RuleRevision, *, by: User, remark: str = "") -> RuleRevision:
    """Give it back to be changed: by the second person, or taken back by the first."""
    return _move(revision, "send_back", by, lambda fresh: _remark(fresh, remark, handed_over_at=None))


def discard(revision: RuleRevision, *, by: User, remark: str = "") -> RuleRevision:
    """Put it away for good; it stays readable. A running replay is cancelled."""
    with transaction.atomic():
        RuleReplay.objects.filter(revision=revision, state__in=UNFINISHED).update(
            state=ReplayState.CANCELLED, finished_at=timezone.now()
        )
        return _move(revision, "discard", by, lambda fresh: _remark(fresh, remark))


def _remark(revision: RuleRevision, remark: str, **values: Any) -> None:
    revision.remark = remark.strip()
    for name, value in values.items():
        setattr(revision, name, value)


def _move(revision: RuleRevision, act: str, by: User, change: Callable[[RuleRevision], None]) -> RuleRevision:
    with transaction.atomic():
        fresh = locked(revision, act, by)
        change(fresh)
        fresh.state = MOVES[act][1]
        return _saved(fresh, by)


def _saved(revision: RuleRevision, by: User) -> RuleRevision:
    revision.full_clean()
    revision._history_user = by  # type: ignore[attr-defined]
    revision.save()
    return revision
