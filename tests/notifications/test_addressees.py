"""Who is told of what: each person once, nobody of an official act of their own, nobody who cannot sign in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import roles
from accounts.models import Membership
from cases import transitions as verbs
from cases.calendar import local_date
from cases.models import Case, Event
from cases.states import Status
from notifications.models import Message
from tests.notifications.moves import MOVES, make
from tests.walk import Cast, draft, kinds, member, official, walk

pytestmark = pytest.mark.django_db

COMPANY = {"owner", "preparer", "signer of the company", "observer"}
TOLD: dict[str, tuple[set[str], set[str]]] = {  # verb: (investors, officials) of the cast, as MOVES makes the move
    "submit": (COMPANY, {"desk officer"}),
    "withdraw": (COMPANY, {"desk officer"}),
    "accept": (COMPANY, set()),
    "return_incomplete": (COMPANY, set()),
    "assign": (set(), {"appraiser"}),
    "request_supplement": (COMPANY, {"desk officer"}),
    "request_explanation": (COMPANY, {"desk officer"}),
    "supplement": (COMPANY, {"desk officer"}),
    "hold": (COMPANY, {"desk officer"}),
    "resume": (COMPANY, {"desk officer"}),
    "ask_opinion": (set(), {"desk officer"}),
    "give_opinion": (set(), {"desk officer"}),
    "propose": (set(), {"signer"}),
    "approve": (COMPANY, {"desk officer"}),
    "refuse": (COMPANY, {"desk officer"}),
    "send_back": (set(), {"desk officer", "appraiser"}),
    "stop": (COMPANY, {"desk officer"}),
    "issue": (COMPANY, set()),
}


def told(event: Event) -> dict[str, list[str]]:
    """Whom the event was told: addresses by side, as often as they were written to."""
    found: dict[str, list[str]] = {"investor": [], "official": []}
    for audience, to in Message.objects.filter(event=event).values_list("audience", "to"):
        found[audience].append(to)
    return {side: sorted(addresses) for side, addresses in found.items()}


def addresses(cast: Cast, names: set[str]) -> list[str]:
    return sorted(cast[name].email for name in names)


def test_the_table_of_this_test_knows_every_verb() -> None:
    assert set(TOLD) == set(MOVES)


@pytest.mark.parametrize("kind", kinds())
@pytest.mark.parametrize("verb", MOVES)
def test_each_verb_is_told_to_its_people_and_to_nobody_else(verb: str, kind: str) -> None:
    cast = Cast()  # the desk officer who accepts the case is its officer from then on
    _case, event = make(verb, kind, cast)
    investors, officials = TOLD[verb]
    assert told(event) == {"investor": addresses(cast, investors), "official": addresses(cast, officials)}


def test_who_holds_several_roles_is_written_to_once() -> None:
    cast = Cast()
    for role in ("preparer", "observer"):
        Membership.objects.create(user=cast["owner"], organisation=cast.organisation, role=role)
    _case, event = make("submit", "petition", cast)
    assert told(event)["investor"].count(cast["owner"].email) == 1


def test_an_official_who_holds_two_reasons_to_know_is_written_to_once() -> None:
    cast = Cast()
    case = walk("petition", Status.ACCEPTED, cast)
    verbs.assign(case, by=cast["administrator"], officer=cast["appraiser"])
    verbs.propose(case, by=cast["appraiser"], outcome="approve")
    event = verbs.send_back(case, by=cast["signer"], reasons="Làm lại.")
    assert told(event)["official"] == [cast["appraiser"].email]


def test_the_investor_who_acts_gets_a_confirmation_and_the_official_who_acts_gets_nothing() -> None:
    cast = Cast()
    case, submission = make("submit", "petition", cast)
    assert cast["signer of the company"].email in told(submission)["investor"]
    acceptance = verbs.accept(case, by=cast["desk officer"])
    assert told(acceptance)["official"] == []
    taken = verbs.assign(case, by=cast["appraiser"], officer=cast["appraiser"])
    assert told(taken) == {"investor": [], "official": []}


def test_a_decision_is_not_announced_to_whoever_proposed_it() -> None:
    cast = Cast()
    second = official(roles.SIGNER)
    second.groups.add(cast["appraiser"].groups.get())
    case = walk("petition", Status.ACCEPTED, cast)
    event = verbs.propose(case, by=second, outcome="approve")
    assert told(event)["official"] == [cast["signer"].email]


def test_people_who_cannot_sign_in_get_nothing() -> None:
    cast = Cast()
    gone = official(roles.DESK_OFFICER)
    for person in (gone, cast["observer"]):
        person.is_active = False
        person.save()
    _case, event = make("submit", "petition", cast)
    assert told(event) == {
        "investor": addresses(cast, COMPANY - {"observer"}),
        "official": [cast["desk officer"].email],
    }


def test_a_consultant_is_written_to_until_the_authority_letter_ends() -> None:
    cast = Cast()
    consultant = member(cast.organisation, "preparer", until=local_date() + timedelta(days=1))
    _case, event = make("submit", "petition", cast)
    assert consultant.email in told(event)["investor"]
    assert cast["consultant with an ended letter"].email not in told(event)["investor"]


def test_an_answer_goes_to_the_desk_when_the_officer_has_left() -> None:
    cast = Cast()
    case = walk("petition", Status.AWAITING_INVESTOR, cast)
    leaving = cast["desk officer"]
    leaving.is_active = False
    leaving.save()
    successor = official(roles.DESK_OFFICER)
    event = verbs.supplement(Case.objects.get(pk=case.pk), by=cast["signer of the company"], answer="Đây.")
    assert told(event)["official"] == [successor.email]


def test_the_office_is_not_told_of_a_draft_it_never_saw() -> None:
    cast = Cast()
    case = draft("petition", cast)
    event = verbs.withdraw(case, by=cast["signer of the company"])
    assert told(event) == {"investor": addresses(cast, COMPANY), "official": []}
    letter = Message.objects.filter(event=event).first()
    assert letter is not None
    assert letter.subject.startswith(case.reference)


def test_writing_letters_costs_the_same_number_of_queries_for_two_readers_and_for_forty() -> None:
    counts = []
    for extra in (0, 36):
        cast = Cast()
        for _number in range(extra):
            member(cast.organisation, "observer", language="vi")
        case = walk("petition", Status.SUBMITTED, cast)
        with CaptureQueriesContext(connection) as queries:
            event = verbs.accept(case, by=cast["desk officer"])
        counts.append(len(queries))
        assert len(told(event)["investor"]) == 4 + extra
    assert counts[0] == counts[1]
