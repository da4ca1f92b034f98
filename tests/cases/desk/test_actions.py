"""The page of each verb: what will happen, the form, the letter; refusals in words, with what was typed kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import User
from cases import transitions as verbs
from cases.desk.wording import EFFECTS
from cases.models import Case, Event
from cases.reviewing import review_paper
from cases.states import Status
from cases.transitions import VERBS
from tests.cases.desk.pages import hidden, page, text_of
from tests.parallel import at_once
from tests.walk import Cast, kinds, walk

SignIn = Callable[[User], Client]
pytestmark = pytest.mark.django_db

# verb: the state it starts from, who may, what is filled in, the state it leads to
MOVES: dict[str, tuple[Status, str, dict[str, Any], Status]] = {
    "accept": (Status.SUBMITTED, "desk officer", {}, Status.ACCEPTED),
    "return_incomplete": (Status.SUBMITTED, "desk officer", {"reasons": "Thiếu trang 3."}, Status.RETURNED),
    "assign": (Status.SUBMITTED, "desk officer", {"officer": "{appraiser}"}, Status.SUBMITTED),
    "request_supplement": (
        Status.ACCEPTED, "appraiser",
        {"pins_path": ["subject", ""], "pins_text": ["Tên chưa khớp.", ""]}, Status.AWAITING_INVESTOR,
    ),
    "request_explanation": (Status.ACCEPTED, "appraiser", {"reasons": "Giải trình vốn."}, Status.AWAITING_INVESTOR),
    "hold": (Status.ACCEPTED, "appraiser", {"reason": "violation"}, Status.ON_HOLD),
    "resume": (Status.ON_HOLD, "appraiser", {}, Status.ACCEPTED),
    "ask_opinion": (
        Status.ACCEPTED, "appraiser",
        {"office": "Sở Xây dựng", "question": "Ý kiến?", "due_on": "2099-01-05"}, Status.ACCEPTED,
    ),
    "propose": (Status.ACCEPTED, "appraiser", {"outcome": "approve", "reasons": "Đủ điều kiện."}, Status.PROPOSED),
    "approve": (Status.PROPOSED, "signer", {}, Status.APPROVED),
    "send_back": (Status.PROPOSED, "signer", {"reasons": "Xem lại công suất."}, Status.ACCEPTED),
    "issue": (Status.APPROVED, "desk officer", {"project_code": "4312567890"}, Status.ISSUED),
}  # fmt: skip


def post(client: Client, case: Case, verb: str, data: dict[str, Any]) -> Any:
    """Fill the page in and press its button, as a browser does."""
    opened = client.get(page(case, verb))
    return client.post(page(case, verb), hidden_of(opened) | data)


def hidden_of(opened: Any) -> dict[str, str]:
    return {name: hidden(opened, name) for name in ("version", "key")}


def test_every_verb_of_the_office_has_a_page_and_says_what_it_will_do() -> None:
    office = {name for name, verb in VERBS.items() if verb.side == Event.Side.OFFICIAL}
    assert set(EFFECTS) == office
    assert set(MOVES) | {"refuse", "stop", "give_opinion"} == office


@pytest.mark.embedded
@pytest.mark.parametrize("verb", MOVES)
def test_a_filled_in_page_makes_its_move_and_leads_back_to_the_case(cast: Cast, sit_down: SignIn, verb: str) -> None:
    start, role, data, target = MOVES[verb]
    case = walk("petition", start, cast)
    filled = {name: cast["appraiser"].email if value == "{appraiser}" else value for name, value in data.items()}
    answer = post(sit_down(cast[role]), case, verb, filled)
    assert answer.status_code == 302, text_of(answer)
    assert answer.headers["Location"] == page(case)
    case.refresh_from_db()
    assert case.status == target
    event = case.events.last()
    assert event
    assert (event.verb, event.by) == (verb, cast[role])


@pytest.mark.embedded
@pytest.mark.parametrize("kind", kinds())
@pytest.mark.parametrize("verb", MOVES)
def test_the_page_of_a_verb_opens_for_every_kind_and_tells_state_clock_and_letters(
    cast: Cast, sit_down: SignIn, verb: str, kind: str
) -> None:
    start, role, _data, _target = MOVES[verb]
    User.objects.filter(is_staff=True).update(language="en")
    case = walk(kind, start, cast)
    answer = sit_down(cast[role]).get(page(case, verb))
    assert 'href=""' not in answer.content.decode()
    words = text_of(answer)
    assert "What will happen" in words
    for sentence in (EFFECTS[verb].clock, EFFECTS[verb].letter, EFFECTS[verb].button):
        assert str(sentence) in words


@pytest.mark.embedded
def test_refusing_stopping_and_recording_an_opinion_work_too(cast: Cast, sit_down: SignIn) -> None:
    refused = walk("petition", Status.ACCEPTED, cast)
    verbs.propose(refused, by=cast["appraiser"], outcome="refuse", reasons="Trái quy hoạch.", clauses="L143 33")
    opened = sit_down(cast["signer"]).get(page(refused, "refuse"))
    assert "Trái quy hoạch." in text_of(opened)
    assert post(sit_down(cast["signer"]), refused, "refuse", {"reasons": "", "clauses": ""}).status_code == 302
    refused.refresh_from_db()
    assert refused.status == Status.REFUSED

    asked = walk("petition", Status.ACCEPTED, cast)
    verbs.ask_opinion(
        asked, by=cast["appraiser"], office="Công an", question="?", due_on=timezone.localdate() + timedelta(days=9)
    )
    opinion = asked.opinions.get()
    filled = {"opinion": opinion.pk, "stance": "agreed", "answer": "Thống nhất."}
    assert post(sit_down(cast["appraiser"]), asked, "give_opinion", filled).status_code == 302
    opinion.refresh_from_db()
    assert opinion.stance == "agreed"

    late = walk("petition", Status.AWAITING_INVESTOR, cast)
    with time_machine.travel(timezone.now() + timedelta(days=45)):
        answer = post(sit_down(cast["appraiser"]), late, "stop", {"reasons": "Quá hạn.", "clauses": "D96 6(2a)"})
        assert answer.status_code == 302
    late.refresh_from_db()
    assert late.status == Status.STOPPED


@pytest.mark.embedded
@pytest.mark.parametrize("verb", ["accept", "propose", "approve", "issue", "hold"])
@pytest.mark.parametrize("role", ["statistician", "administrator", "desk officer", "appraiser", "signer"])
def test_who_may_not_reads_why_and_moves_nothing(cast: Cast, sit_down: SignIn, verb: str, role: str) -> None:
    start = MOVES[verb][0]
    case = walk("petition", start, cast)
    allowed = VERBS[verb].rule.allows(cast[role], case)
    client = sit_down(cast[role])
    assert client.get(page(case, verb)).status_code == (200 if allowed else 403)
    if not allowed:
        answer = client.post(page(case, verb), {"version": case.version, "key": "k", **MOVES[verb][2]})
        assert answer.status_code == 403
        case.refresh_from_db()
        assert case.status == start


@pytest.mark.embedded
def test_the_proposer_reads_that_a_second_person_must_decide(cast: Cast, sit_down: SignIn) -> None:
    case = walk("petition", Status.PROPOSED, cast)
    Case.objects.filter(pk=case.pk).update(proposed_by=cast["signer"])
    User.objects.filter(is_staff=True).update(language="en")
    answer = sit_down(cast["signer"]).get(page(case, "approve"))
    assert answer.status_code == 403
    assert "a second person must" in text_of(answer)
    assert "btn-primary" not in answer.content.decode()


@pytest.mark.embedded
def test_a_decision_against_the_proposal_is_not_offered(cast: Cast, sit_down: SignIn) -> None:
    case = walk("petition", Status.PROPOSED, cast)
    User.objects.filter(is_staff=True).update(language="en")
    answer = sit_down(cast["signer"]).get(page(case, "refuse"))
    assert "The proposal is to approve." in text_of(answer)
    assert 'id="verb-form"' not in answer.content.decode()


@pytest.mark.embedded
def test_a_form_that_lacks_something_comes_back_with_every_word_kept(cast: Cast, sit_down: SignIn) -> None:
    case = walk("petition", Status.ACCEPTED, cast)
    client = sit_down(cast["appraiser"])
    opened = client.get(page(case, "request_supplement"))
    typed = {"pins_path": ["", "subject"], "pins_text": ["Không biết ở đâu.", "Tên chưa khớp."], "deadline_on": "x"}
    answer = client.post(page(case, "request_supplement"), hidden_of(opened) | typed)
    rows = [(row.path, row.text) for row in answer.context["pin_rows"]]
    assert rows[:2] == [("", "Không biết ở đâu."), ("subject", "Tên chưa khớp.")]
    assert set(answer.context["form"].errors) == {"pins", "deadline_on"}
    assert hidden(answer, "key") == hidden(opened, "key")
    case.refresh_from_db()
    assert case.status == Status.ACCEPTED


@pytest.mark.embedded
def test_the_letter_is_shown_before_it_goes_out_and_a_preview_sends_nothing(cast: Cast, sit_down: SignIn) -> None:
    case = walk("petition", Status.ACCEPTED, cast)
    client = sit_down(cast["appraiser"])
    opened = client.get(page(case, "request_supplement"))
    typed = {"reasons": "Bổ sung năng lực.", "pins_path": ["subject"], "pins_text": ["Tên."], "preview": "1"}
    answer = client.post(page(case, "request_supplement"), hidden_of(opened) | typed)
    assert answer.context["letter"].content["reasons"] == "Bổ sung năng lực."
    assert answer.context["letter_pins"] == [{"path": "subject", "text": "Tên.", "label": "Subject"}]
    assert case.events.count() == 2
    assert not case.notices.filter(kind="supplement").exists()


@pytest.mark.embedded
def test_accepting_shows_the_day_of_the_result(cast: Cast, sit_down: SignIn) -> None:
    case = walk("petition", Status.SUBMITTED, cast)
    letter = sit_down(cast["desk officer"]).get(page(case, "accept")).context["letter"]
    verbs.accept(case, by=cast["desk officer"])
    sent = case.notices.get(kind="appointment")
    assert letter.content["due_at"].isoformat() == sent.content["due_at"]


@pytest.mark.embedded
def test_a_stale_form_keeps_the_words_says_what_happened_and_can_be_sent_again(cast: Cast, sit_down: SignIn) -> None:
    case = walk("petition", Status.ACCEPTED, cast)
    client = sit_down(cast["appraiser"])
    opened = client.get(page(case, "propose"))
    verbs.assign(case, by=cast["desk officer"], officer=cast["signer"], note="Gấp.")
    typed = {"outcome": "approve", "reasons": "Đủ điều kiện, đã kiểm tra.", "clauses": "L143 26", "facts": "-"}
    answer = client.post(page(case, "propose"), hidden_of(opened) | typed)
    assert answer.status_code == 409
    assert [event.verb for event, _what in answer.context["since"]] == ["assign"]
    assert "Đủ điều kiện, đã kiểm tra." in answer.content.decode()
    again = client.post(page(case, "propose"), hidden_of(answer) | typed)
    assert again.status_code == 302
    case.refresh_from_db()
    assert case.status == Status.PROPOSED


@pytest.mark.embedded
def test_a_form_without_a_version_moves_nothing(cast: Cast, sit_down: SignIn) -> None:
    case = walk("petition", Status.SUBMITTED, cast)
    for version in ("", "x", "-1"):
        assert sit_down(cast["desk officer"]).post(page(case, "accept"), {"version": version}).status_code == 409
    case.refresh_from_db()
    assert case.status == Status.SUBMITTED


@pytest.mark.embedded
def test_pressing_twice_moves_once(cast: Cast, sit_down: SignIn) -> None:
    case = walk("petition", Status.SUBMITTED, cast)
    client = sit_down(cast["desk officer"])
    data = hidden_of(client.get(page(case, "accept")))
    answers = [client.post(page(case, "accept"), data) for _press in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert case.events.filter(verb="accept").count() == 1


@pytest.mark.embedded
def test_a_project_code_that_is_not_ten_digits_is_asked_about_once(cast: Cast, sit_down: SignIn) -> None:
    case = walk("petition", Status.APPROVED, cast)
    client = sit_down(cast["desk officer"])
    typed = hidden_of(client.get(page(case, "issue"))) | {"project_code": "02221000123456"}
    answer = client.post(page(case, "issue"), typed)
    assert answer.status_code == 200
    assert "02221000123456" in answer.content.decode()
    assert 'name="code_is_right"' in answer.content.decode()
    case.refresh_from_db()
    assert case.status == Status.APPROVED
    assert client.post(page(case, "issue"), typed | {"code_is_right": "1"}).status_code == 302


@pytest.mark.embedded
@pytest.mark.parametrize("kind", kinds())
def test_who_decides_reads_proposal_and_certificate_first(cast: Cast, sit_down: SignIn, kind: str) -> None:
    case = walk(kind, Status.PROPOSED, cast)
    answer = sit_down(cast["signer"]).get(page(case, "approve"))
    assert answer.context["proposal"].data["reasons"] in text_of(answer)
    assert answer.context["certificate"]["title"]["vi"] in text_of(answer)


@pytest.mark.embedded
def test_what_differs_from_the_proposal_is_shown_before_refusing(cast: Cast, sit_down: SignIn) -> None:
    case = walk("petition", Status.ACCEPTED, cast)
    verbs.propose(case, by=cast["appraiser"], outcome="refuse", reasons="Trái quy hoạch.", clauses="L143 33")
    client = sit_down(cast["signer"])
    opened = client.get(page(case, "refuse"))
    typed = {"reasons": "Trái quy hoạch và thiếu vốn.", "clauses": "L143 33", "preview": "1"}
    answer = client.post(page(case, "refuse"), hidden_of(opened) | typed)
    difference = [(before, now) for _label, before, now in answer.context["difference"]]
    assert difference == [("Trái quy hoạch.", "Trái quy hoạch và thiếu vốn.")]
    assert answer.context["letter"].content["reasons"] == "Trái quy hoạch và thiếu vốn."


@pytest.mark.embedded
def test_a_refused_paper_is_pinned_with_its_reason(cast: Cast, sit_down: SignIn) -> None:
    case = walk("petition", Status.ACCEPTED, cast)
    paper = case.attachments.get()
    review_paper(paper, by=cast["appraiser"], outcome="refused", reason="Thiếu chữ ký.")
    rows = sit_down(cast["appraiser"]).get(page(case, "request_supplement")).context["pin_rows"]
    assert (rows[0].path, rows[0].text) == (f"papers.{paper.paper}", "Thiếu chữ ký.")


@pytest.mark.django_db(transaction=True)
def test_of_two_officials_deciding_at_once_one_wins_and_the_other_reads_why(cast: Cast) -> None:
    case = walk("petition", Status.PROPOSED, cast)
    other = User.objects.create_user("second@office.example", "a-long-password", is_staff=True, full_name="Người ký 2")
    other.groups.set(cast["signer"].groups.all())
    clients, forms = [], []
    for user in (cast["signer"], other):
        client = Client()
        client.force_login(user)
        clients.append(client)
        forms.append(hidden_of(client.get(page(case, "approve"))) | {"note": f"Ý kiến của {user}"})
    answers = at_once(lambda number: clients[number].post(page(case, "approve"), forms[number]), 2)
    codes = [getattr(answer, "status_code", answer) for answer in answers]
    assert sorted(codes) == [302, 409], codes
    lost = answers[codes.index(409)]
    assert [event.verb for event, _what in lost.context["since"]] == ["approve"]  # type: ignore[union-attr]
    assert "Ý kiến của" in lost.content.decode()  # type: ignore[union-attr]
    assert case.events.filter(verb="approve").count() == 1
