"""Internal notes on a case: officials write them for each other, investors never see one."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from cases.errors import Invalid, NotAllowed
from cases.models import Case, Note
from cases.rules import Rule

LONGEST: Final = 4000
RIGHTS: Final = (
    "cases.accept_case", "cases.appraise_case", "cases.decide_case", "cases.issue_case", "cases.assign_case",
    "cases.give_opinion",
)  # fmt: skip


def _works_on_cases(user: User, _case: Case) -> bool:
    return user.is_staff and user.has_perm("cases.view_case") and any(map(user.has_perm, RIGHTS))


works_on_cases = Rule(((_works_on_cases, gettext_lazy("Only officials who work on cases may write notes.")),))


def add_note(case: Case, *, by: User, text: str) -> Note:
    """Keep a note; the case itself does not change. Raises NotAllowed, Invalid."""
    if not works_on_cases.allows(by, case):
        raise NotAllowed(works_on_cases.why_not(by, case))
    text = text.strip()
    if not text:
        raise Invalid({"text": [_("Please write the note first.")]})
    if len(text) > LONGEST:
        raise Invalid({"text": [_("A note may have at most %(limit)s characters.") % {"limit": LONGEST}]})
    return Note.objects.create(case=case, by=by, text=text)
