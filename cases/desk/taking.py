"""Taking the next case: the most urgent one that nobody handles."""

from __future__ import annotations

from typing import Final

from accounts.models import User
from cases.calendar import load_calendar, local_date
from cases.desk.filters import UNASSIGNED, Filters
from cases.desk.orders import BY_URGENCY
from cases.errors import Stale, WrongState
from cases.models import Case
from cases.transitions import VERBS

TRIES: Final = 10
"""How many cases are tried when colleagues take the same ones at the same moment."""


def take_next(user: User) -> Case | None:
    """Assign the most urgent unassigned case to this official; None if there is none. Raises NotAllowed."""
    view = Filters(whose=UNASSIGNED)
    waiting = view.apply(Case.objects.visible_to(user), user=user, calendar=load_calendar(), today=local_date())
    for case in BY_URGENCY.sorted(BY_URGENCY.annotate(waiting))[:TRIES]:
        try:
            VERBS["assign"](case, by=user, version=case.version, officer=user)
        except (Stale, WrongState):  # a colleague was quicker
            continue
        return case
    return None
