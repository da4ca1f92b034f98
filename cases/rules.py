"""Who may make a move: small rules joined with `&`, each with the sentence that explains a refusal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.membership import roles_of
from accounts.models import Membership, User
from cases.calendar import local_date
from cases.models import Case

Role = Membership.Role


@dataclass(frozen=True)
class Rule:
    """A question about a person and a case; `why_not` is the sentence of the first part that says no."""

    parts: tuple[tuple[Callable[[User, Case], bool], str | Promise], ...]

    def __and__(self, other: Rule) -> Rule:
        return Rule(self.parts + other.parts)

    def allows(self, user: User, case: Case) -> bool:
        """Whether every part says yes."""
        return all(test(user, case) for test, _why in self.parts)

    def why_not(self, user: User, case: Case) -> str:
        """The sentence of the first part that says no; empty if none does."""
        return next((str(why) for test, why in self.parts if not test(user, case)), "")


def acts_as(*roles: str) -> Rule:
    """Holds one of these roles in the case's organisation today, not under an expired authority letter."""

    def test(user: User, case: Case) -> bool:
        return not user.is_staff and bool(roles_of(user, case.organisation, local_date()) & frozenset(roles))

    return Rule(((test, _("Your role in this company does not allow this, or your authority letter has expired.")),))


def holds(permission: str) -> Rule:
    """An official who has been given this right."""

    def test(user: User, _case: Case) -> bool:
        return user.is_staff and user.has_perm(permission)

    return Rule(((test, _("Your role in the office does not include this step.")),))


def _is_not_proposer(user: User, case: Case) -> bool:
    return case.proposed_by_id != user.pk


is_preparer = acts_as(Role.OWNER, Role.PREPARER, Role.SIGNER)
is_signer = acts_as(Role.SIGNER)
not_the_proposer = Rule(((_is_not_proposer, _("Whoever proposed the decision cannot take it: a second person must.")),))
