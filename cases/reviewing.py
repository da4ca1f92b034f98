"""Looking at the papers: the office accepts a paper or refuses it with a reason the investor reads."""

from __future__ import annotations

from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from cases.errors import Invalid, NotAllowed, WrongState
from cases.models import Attachment, Case
from cases.rules import Rule
from cases.states import Status

Review = Attachment.Review
REVIEWABLE: Final = frozenset(
    {Status.SUBMITTED, Status.RETURNED, Status.ACCEPTED, Status.AWAITING_INVESTOR, Status.ON_HOLD}
)
"""States in which papers are looked at; once a decision is proposed, it rests on what was found until then."""

RIGHTS: Final = ("cases.accept_case", "cases.appraise_case")


def _checks_papers(user: User, _case: Case) -> bool:
    return user.is_staff and any(map(user.has_perm, RIGHTS))


checks_papers = Rule(((_checks_papers, gettext_lazy("Your role in the office does not include this step.")),))


def can_review(user: User, case: Case) -> bool:
    """Whether this person may say something about the papers now."""
    return case.status in REVIEWABLE and checks_papers.allows(user, case)


def review_paper(attachment: Attachment, *, by: User, outcome: str, reason: str = "") -> Attachment:
    """Accept a paper, refuse it with a reason, or take either back ("pending").

    A newer file of the same paper has not been looked at: reviews are never carried over. Raises NotAllowed,
    WrongState (also when the file was replaced meanwhile), Invalid.
    """
    if outcome not in Review.values:
        raise Invalid({"outcome": [_("Please choose whether the paper is accepted or refused.")]})
    reason = reason.strip()
    if outcome == Review.REFUSED and not reason:
        raise Invalid({"reason": [_("Please say why the paper is refused: the investor reads it.")]})
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=attachment.case_id)
        if not checks_papers.allows(by, case):
            raise NotAllowed(checks_papers.why_not(by, case))
        if case.status not in REVIEWABLE:
            raise WrongState(_("Papers cannot be reviewed while the case stands at “%(state)s”.")
                             % {"state": case.get_status_display()})  # fmt: skip
        paper = case.attachments.filter(pk=attachment.pk, removed_at=None, superseded_by=None).first()
        if paper is None:
            raise WrongState(_("This file was replaced or taken out meanwhile. Please look at the newer one."))
        paper.review, paper.reviewed_by = outcome, by if outcome != Review.PENDING else None
        paper.review_reason = reason[:500] if outcome == Review.REFUSED else ""
        paper.save(update_fields=["review", "review_reason", "reviewed_by"])
    return paper
