"""What the desk's pages of a petition show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.calendar import local_date
from incentives.petitions.acts import NAMING, OPEN, State, may_record
from incentives.petitions.adopting import ADOPTABLE
from incentives.petitions.capital import behind, capital_of
from incentives.petitions.models import Petition

ROWS: Final = 100
"""Projects on a page."""


@dataclass(frozen=True)
class Step:
    """A page of an act: its name in the address, its label, from which states it is possible."""

    name: str
    label: str | Promise
    sources: frozenset[str]
    note: str | Promise


STEPS: Final = (
    Step("edit", _("Change the draft"), frozenset({State.DRAFTED}), _("What was sent does not change any more.")),
    Step("evidence", _("Add evidence"), NAMING, _("Evidence is never changed or taken out again.")),
    Step("projects", _("Confirm the affected projects"), NAMING,
         _("Sector and words only propose; an official confirms.")),
    Step("send", _("Record that it was sent"), frozenset({State.DRAFTED}),
         _("From now on everybody can read it, as a petition.")),
    Step("answer", _("Record the answer"), frozenset({State.SENT, State.ANSWERED}),
         _("The answer stands on the public page.")),
    Step("adopt", _("Adopt"), ADOPTABLE, _("The next page says which projects may apply and who will be told.")),
    Step("withdraw", _("Withdraw"), OPEN, _("What was sent stays to be read, marked as withdrawn.")),
)  # fmt: skip
BY_NAME: Final = {step.name: step for step in STEPS}


def petition_page(petition: Petition, user: User, page: str | None) -> dict[str, Any]:
    """The petition with everything written of it (8 queries, whatever it names)."""
    rows = petition.affected.standing().select_related("project__zone", "project__sector").order_by("project")
    shown = Paginator(rows, ROWS).get_page(page)
    numbers = list(petition.affected.standing().values_list("project", flat=True))
    capital = capital_of(numbers, local_date())
    return {
        "petition": petition, "steps": steps_for(petition, user), "title": str(petition),
        "listed": list(petition.listed.all()), "adopted_by": list(petition.adopted_by.all()),
        "evidence": list(petition.evidence.select_related("added_by")),
        "projects": [(row, *capital.get(row.project_id, (None, None))) for row in shown],
        "behind": behind(numbers, capital), "day": local_date(), "events": list(petition.events.select_related("by")),
        "next": f"?page={shown.next_page_number()}" if shown.has_next() else None,
        "previous": f"?page={shown.previous_page_number()}" if shown.has_previous() else None,
        "public": bool(petition.sent_to),
    }  # fmt: skip


def steps_for(petition: Petition, user: User) -> list[tuple[Step, str]]:
    """The pages of the acts that this person may do now, with their addresses."""
    if not may_record(user):
        return []
    return [(step, address(petition, step.name)) for step in STEPS if petition.state in step.sources]


def address(petition: Petition, name: str) -> str:
    """The address of a page of the desk about this petition."""
    return reverse(f"admin:incentives_petition_{name}", args=[petition.pk])
