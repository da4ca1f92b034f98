"""Every verb from every state by every role: what the table promises is what happens, and nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from cases.calendar import local_date
from cases.errors import CaseError, Invalid, NotAllowed, WrongState
from cases.models import Case, Event
from cases.states import Status
from cases.transitions import VERBS, actions_for
from tests.walk import Cast, kinds, walk

pytestmark = pytest.mark.django_db

ROLES = (
    "owner", "preparer", "signer of the company", "observer", "consultant with an ended letter", "outsider",
    "desk officer", "appraiser", "signer", "statistician", "administrator",
)  # fmt: skip
MAY: dict[str, set[str]] = {
    "submit": {"signer of the company"},
    "withdraw": {"signer of the company"},
    "accept": {"desk officer"},
    "return_incomplete": {"desk officer"},
    "assign": {"desk officer", "appraiser", "signer", "administrator"},
    "request_supplement": {"appraiser"},
    "request_explanation": {"appraiser"},
    "supplement": {"signer of the company"},
    "hold": {"appraiser"},
    "resume": {"appraiser"},
    "ask_opinion": {"appraiser"},
    "give_opinion": {"desk officer", "appraiser"},
    "propose": {"appraiser"},
    "approve": {"signer"},
    "refuse": {"signer"},
    "send_back": {"signer"},
    "stop": {"appraiser"},
    "issue": {"desk officer", "signer"},
}


def details(verb: str, cast: Cast) -> dict[str, Any]:
    """Good arguments for a verb."""
    words = {"reasons": "Lý do.", "clauses": "L143 33"}
    given: dict[str, dict[str, Any]] = {
        "submit": {"declared": True},
        "return_incomplete": {"reasons": "Thiếu."},
        "assign": {"officer": cast["appraiser"]},
        "request_supplement": {"reasons": "Bổ sung."},
        "request_explanation": {"reasons": "Giải trình."},
        "supplement": {"answer": "Đã bổ sung."},
        "hold": {"reason": "paper_match"},
        "ask_opinion": {"office": "Sở Xây dựng", "question": "?", "due_on": local_date() + timedelta(days=9)},
        "give_opinion": {"opinion": 0, "stance": "agreed"},
        "propose": {"outcome": "approve"},
        "refuse": words,
        "send_back": {"reasons": "Làm lại."},
        "stop": words,
        "issue": {"project_code": "4312567890"},
    }
    return given.get(verb, {})


@pytest.mark.parametrize("kind", kinds())
@pytest.mark.parametrize("state", list(Status), ids=str)
def test_a_verb_moves_only_from_its_states_and_only_for_its_people(kind: str, state: Status) -> None:
    cast = Cast()
    case = walk(kind, state, cast)
    assert case.status == state
    moved = set()
    for verb in VERBS.values():
        for role in ROLES:
            if _try(case, verb.name, role, cast):
                moved.add((verb.name, role))
    promised = {(name, role) for name, verb in VERBS.items() if state in verb.sources for role in MAY[name]}
    assert moved == promised


def _try(case: Case, verb: str, role: str, cast: Cast) -> bool:
    """Make the move and take it back; whether the state and the person allowed it."""
    fresh = Case.objects.get(pk=case.pk)
    events = fresh.events.count()
    listed = verb in {action.name for action in actions_for(cast[role], fresh)}
    try:
        with transaction.atomic():
            event = VERBS[verb](fresh, by=cast[role], **details(verb, cast))
            target = VERBS[verb].target
            assert (event.from_status, event.to_status) == (case.status, target or case.status)
            assert Event.objects.filter(case=case).count() == events + 1
            raise _TakeBack
    except _TakeBack:
        allowed = True
    except Invalid:  # the state and the person were right; the words were not (a refusal nobody proposed, for example)
        allowed = True
    except (WrongState, NotAllowed) as refusal:
        assert refusal.message.strip().endswith(".")
        allowed = False
    assert listed == allowed
    unchanged = Case.objects.get(pk=case.pk)
    assert (unchanged.status, unchanged.version) == (case.status, case.version)
    return allowed


class _TakeBack(CaseError):
    """Rolls a move back after it was seen to work."""

    def __init__(self) -> None:
        super().__init__("")


def test_every_verb_has_a_row_in_this_table() -> None:
    assert set(MAY) == set(VERBS)
