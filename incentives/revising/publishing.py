"""Publishing: a second person makes a revision law here. One transaction ends the old rows and writes the new ones."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from cases.calendar import local_date
from incentives.policies import PolicyRule
from incentives.products import SupportedProduct
from incentives.revising.acts import locked
from incentives.revising.catalogue import compared, drafts_of, faults, faults_among, refuse_unworkable
from incentives.revising.errors import NotReady
from incentives.revising.models import RuleRevision
from incentives.revising.past import needed_source
from incentives.revising.replaying import replayed
from incentives.revising.rows import Written, check
from incentives.revising.states import UNFINISHED, RevisionState


def hindrances(revision: RuleRevision, today: date) -> list[str]:
    """Everything that stands against publishing, in words; empty if nothing does (6 queries)."""
    try:
        laws = compared(revision)
    except ValidationError:
        return faults(revision)
    found = faults_among(laws.drafts, revision, laws.kept)
    if not laws.drafts:
        found.append(_("There is no draft in this revision yet."))
    if revision.effective_on < today:
        found.append(
            _("The effective day has passed. Send the revision back for another day: no rule changes backwards.")
        )
    if found:
        return found
    try:
        refuse_unworkable(laws.new)
    except ValidationError as problem:
        return problem.messages
    return _about_replays(revision, laws.digest)


def _about_replays(revision: RuleRevision, digest: str) -> list[str]:
    if revision.replays.filter(state__in=UNFINISHED).exists():
        return [_("A replay is running: wait for its end.")]
    needed = needed_source()
    if replayed(revision, digest, needed.key):
        return []
    return [
        _("No finished replay holds for exactly this state of drafts and catalogue (%(cases)s): start one first.")
        % {"cases": needed.label}
    ]


def begins_today(revision: RuleRevision, today: date) -> bool:
    """Whether it would change answers at once."""
    return revision.effective_on == today


def publish(revision: RuleRevision, *, by: User, today_is_right: bool = False) -> RuleRevision:
    """Make it law from its day on. Raises NotAllowed, WrongState and NotReady; then nothing has changed.

    The whole catalogue is locked, so that two revisions never publish on top of each other unseen.
    """
    with transaction.atomic():
        for model in (PolicyRule, SupportedProduct):
            list(model._default_manager.select_for_update().order_by("pk").values_list("pk"))
        fresh, today = locked(revision, "publish", by), local_date()
        if against := hindrances(fresh, today):
            raise NotReady(" ".join(against))
        if begins_today(fresh, today) and not today_is_right:
            raise NotReady(_("It takes effect today: confirm that answers change at once."))
        for draft in drafts_of(fresh):
            _write(check(draft, fresh), fresh, by)
        fresh.state = RevisionState.PUBLISHED
        fresh.published_by, fresh.published_at = by, timezone.now()
        fresh.full_clean()
        fresh._history_user = by  # type: ignore[attr-defined]
        fresh.save()
    return fresh


def _write(done: Written, revision: RuleRevision, by: User) -> None:
    for row in done.rows:
        row._history_user = by  # type: ignore[union-attr]
        row._change_reason = revision.reason  # type: ignore[union-attr]
        row.save()
