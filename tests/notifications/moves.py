"""Each verb made for real, from a state reached by walking."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import time_machine
from django.utils import timezone

from cases import transitions as verbs
from cases.calendar import local_date
from cases.models import Case, Event
from cases.states import Status
from tests.walk import Cast, draft, walk

REASONS = "Báo cáo tài chính <2024> & giấy tờ chưa rõ."
CLAUSES = "Luật Đầu tư 143/2025/QH15, Điều 26\nNghị định 96/2026/NĐ-CP, Điều 43"


def pins_of(case: Case) -> list[dict[str, str]]:
    """One point about a field and one about a paper."""
    first = case.dossier.sheet()[0].rows[0].path
    return [{"path": first, "text": "Vui lòng ghi rõ."}, {"path": "papers.a", "text": "Thiếu trang 2."}]


def _request(verb: str) -> Callable[[Case, Cast], Event]:
    def move(case: Case, cast: Cast) -> Event:
        by = cast["desk officer" if verb == "return_incomplete" else "appraiser"]
        return verbs.VERBS[verb](case, by=by, reasons=REASONS, pins=pins_of(case))

    return move


def _give_opinion(case: Case, cast: Cast) -> Event:
    asked = _ask_opinion(case, cast)
    return verbs.give_opinion(
        case, by=cast["appraiser"], opinion=asked.data["opinion"], stance="agreed", answer="Thống nhất."
    )


def _ask_opinion(case: Case, cast: Cast) -> Event:
    return verbs.ask_opinion(
        case, by=cast["appraiser"], office="Sở Xây dựng",
        question="Quy hoạch có phù hợp?", due_on=local_date() + timedelta(days=9),
    )  # fmt: skip


def _propose(outcome: str) -> Callable[[Case, Cast], Event]:
    def move(case: Case, cast: Cast) -> Event:
        return verbs.propose(case, by=cast["appraiser"], outcome=outcome, reasons=REASONS, clauses=CLAUSES, facts="-")

    return move


def _refuse(case: Case, cast: Cast) -> Event:
    _propose("refuse")(case, cast)
    return verbs.refuse(case, by=cast["signer"])


def _stop(case: Case, cast: Cast) -> Event:
    with time_machine.travel(timezone.now() + timedelta(days=45), tick=False):
        return verbs.stop(case, by=cast["appraiser"], reasons=REASONS, clauses=CLAUSES)


MOVES: dict[str, tuple[Status, Callable[[Case, Cast], Event]]] = {
    "submit": (Status.DRAFT, lambda case, cast: verbs.submit(case, by=cast["signer of the company"], declared=True)),
    "withdraw": (
        Status.SUBMITTED,
        lambda case, cast: verbs.withdraw(case, by=cast["signer of the company"], reason="Đổi kế hoạch."),
    ),
    "accept": (Status.SUBMITTED, lambda case, cast: verbs.accept(case, by=cast["desk officer"])),
    "return_incomplete": (Status.SUBMITTED, _request("return_incomplete")),
    "assign": (
        Status.ACCEPTED,
        lambda case, cast: verbs.assign(case, by=cast["administrator"], officer=cast["appraiser"], note="Gấp."),
    ),
    "request_supplement": (Status.ACCEPTED, _request("request_supplement")),
    "request_explanation": (Status.ACCEPTED, _request("request_explanation")),
    "supplement": (
        Status.AWAITING_INVESTOR,
        lambda case, cast: verbs.supplement(case, by=cast["signer of the company"], answer="Xin giải trình như sau."),
    ),
    "hold": (Status.ACCEPTED, lambda case, cast: verbs.hold(case, by=cast["appraiser"], reason="paper_match")),
    "resume": (Status.ON_HOLD, lambda case, cast: verbs.resume(case, by=cast["appraiser"])),
    "ask_opinion": (Status.ACCEPTED, _ask_opinion),
    "give_opinion": (Status.ACCEPTED, _give_opinion),
    "propose": (Status.ACCEPTED, _propose("approve")),
    "approve": (Status.PROPOSED, lambda case, cast: verbs.approve(case, by=cast["signer"], note="Đồng ý.")),
    "refuse": (Status.ACCEPTED, _refuse),
    "send_back": (Status.PROPOSED, lambda case, cast: verbs.send_back(case, by=cast["signer"], reasons=REASONS)),
    "stop": (Status.AWAITING_INVESTOR, _stop),
    "issue": (
        Status.APPROVED,
        lambda case, cast: verbs.issue(case, by=cast["desk officer"], project_code="4312567890"),
    ),
}


def make(verb: str, kind: str, cast: Cast) -> tuple[Case, Event]:
    """Walk a case of this kind to where the verb may start, and make the move."""
    state, move = MOVES[verb]
    case = draft(kind, cast) if state == Status.DRAFT else walk(kind, state, cast)
    return case, move(case, cast)
