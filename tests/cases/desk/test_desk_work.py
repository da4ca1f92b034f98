"""Looking at papers, writing notes, taking the next case, and what the landing counts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from cases import transitions as verbs
from cases.errors import Invalid, NotAllowed, WrongState
from cases.models import Case, Note
from cases.notes import add_note
from cases.precheck import precheck
from cases.reviewing import REVIEWABLE, review_paper
from cases.states import Status
from cases.uploads import attach
from tests.cases.desk.pages import hidden, page, text_of
from tests.walk import Cast, pdf, walk

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
SignIn = Callable[[User], Client]


# --- papers ---------------------------------------------------------------------------------------------------------
def test_a_refused_paper_must_be_mended_and_its_reason_is_what_the_investor_reads(cast: Cast) -> None:
    case = walk("petition", Status.ACCEPTED, cast)
    review_paper(case.attachments.get(), by=cast["appraiser"], outcome="refused", reason=" Thiếu chữ ký. ")
    found = [finding for finding in precheck(case, timezone.localdate()) if finding.path.startswith("papers.")]
    assert [finding.outcome for finding in found] == ["must_fix"]
    assert "Thiếu chữ ký." in str(found[0].message)


def test_a_refusal_needs_a_reason_and_an_outcome_must_be_one(cast: Cast) -> None:
    paper = walk("petition", Status.SUBMITTED, cast).attachments.get()
    for outcome in ("refused", "maybe"):
        with pytest.raises(Invalid):
            review_paper(paper, by=cast["desk officer"], outcome=outcome, reason=" ")


@pytest.mark.parametrize("role", ["signer", "statistician", "administrator", "owner"])
def test_only_who_checks_or_appraises_reviews_papers(cast: Cast, role: str) -> None:
    paper = walk("petition", Status.SUBMITTED, cast).attachments.get()
    with pytest.raises(NotAllowed):
        review_paper(paper, by=cast[role], outcome="accepted")


@pytest.mark.parametrize("status", [status for status in Status if status != Status.DRAFT])
def test_papers_are_reviewed_until_a_decision_is_proposed(cast: Cast, status: Status) -> None:
    paper = walk("petition", status, cast).attachments.get()
    if status in REVIEWABLE:
        assert review_paper(paper, by=cast["appraiser"], outcome="accepted").reviewed_by == cast["appraiser"]
        assert review_paper(paper, by=cast["appraiser"], outcome="pending").reviewed_by is None
    else:
        with pytest.raises(WrongState):
            review_paper(paper, by=cast["appraiser"], outcome="accepted")


def test_a_file_that_was_replaced_meanwhile_cannot_be_reviewed_and_the_new_one_is_fresh(cast: Cast) -> None:
    case = walk("petition", Status.RETURNED, cast)
    older = case.attachments.get()
    review_paper(older, by=cast["desk officer"], outcome="accepted")
    newer = attach(case, by=cast["preparer"], paper=older.paper, upload=pdf("newer.pdf"))
    assert newer.review == "pending"
    with pytest.raises(WrongState):
        review_paper(older, by=cast["desk officer"], outcome="refused", reason="x")


def test_the_papers_page_takes_a_verdict_and_keeps_a_reason_that_was_refused(cast: Cast, sit_down: SignIn) -> None:
    case = walk("petition", Status.SUBMITTED, cast)
    paper, client = case.attachments.get(), sit_down(cast["desk officer"])
    assert client.post(page(case, "papers"), {"paper": paper.pk, "outcome": "refused", "reason": ""}).status_code == 400
    answer = client.post(page(case, "papers"), {"paper": paper.pk, "outcome": "refused", "reason": "Thiếu dấu."})
    assert answer.headers["Location"] == page(case, "papers")
    paper.refresh_from_db()
    assert (paper.review, paper.review_reason) == ("refused", "Thiếu dấu.")
    verbs.return_incomplete(case, by=cast["desk officer"], reasons="x")
    verbs.withdraw(case, by=cast["signer of the company"])
    answer = client.post(page(case, "papers"), {"paper": paper.pk, "outcome": "refused", "reason": "Lý do đã gõ"})
    assert answer.status_code == 409


def test_a_paper_of_another_case_is_not_reviewed_through_this_one(cast: Cast, sit_down: SignIn) -> None:
    case, other = walk("petition", Status.SUBMITTED, cast), walk("petition", Status.SUBMITTED, cast)
    answer = sit_down(cast["desk officer"]).post(
        page(case, "papers"), {"paper": other.attachments.get().pk, "outcome": "accepted"}
    )
    assert answer.status_code == 400
    assert other.attachments.get().review == "pending"


# --- notes ----------------------------------------------------------------------------------------------------------
def test_a_note_is_kept_for_officials_and_changes_nothing_else(cast: Cast, sit_down: SignIn) -> None:
    case = walk("petition", Status.SUBMITTED, cast)
    version, client = case.version, sit_down(cast["appraiser"])
    client.post(page(case, "notes"), {"text": "Gọi lại <b>thứ Hai</b>."})
    assert "Gọi lại &lt;b&gt;thứ Hai&lt;/b&gt;." in client.get(page(case, "notes")).content.decode()
    case.refresh_from_db()
    assert case.version == version
    assert "Gọi lại" not in text_of(sit_down(cast["owner"]).get(case.get_absolute_url()))


@pytest.mark.parametrize("role", ["owner", "statistician"])
def test_others_write_no_notes(cast: Cast, role: str) -> None:
    with pytest.raises(NotAllowed):
        add_note(walk("petition", Status.SUBMITTED, cast), by=cast[role], text="x")


@pytest.mark.parametrize("text", ["", "  \n", "x" * 4001])
def test_an_empty_or_endless_note_is_refused_on_the_page(cast: Cast, sit_down: SignIn, text: str) -> None:
    case = walk("petition", Status.SUBMITTED, cast)
    assert sit_down(cast["signer"]).post(page(case, "notes"), {"text": text}).status_code == 400
    assert not Note.objects.exists()


# --- the landing ----------------------------------------------------------------------------------------------------
def test_taking_the_next_case_takes_the_most_urgent_that_nobody_handles(cast: Cast, sit_down: SignIn) -> None:
    later, sooner, taken = (walk("petition", Status.SUBMITTED, cast) for _case in range(3))
    Case.objects.filter(pk=sooner.pk).update(due_on=timezone.localdate() - timedelta(days=2))
    verbs.assign(taken, by=cast["desk officer"], officer=cast["signer"])
    client = sit_down(cast["appraiser"])
    for expected in (sooner, later):
        answer = client.post("/admin/cases/case/take-next/")
        assert answer.headers["Location"].startswith(page(expected))
        expected.refresh_from_db()
        assert expected.officer == cast["appraiser"]
    assert client.post("/admin/cases/case/take-next/").headers["Location"] == "/admin/"
    assert client.get("/admin/cases/case/take-next/").status_code == 405


def test_the_landing_shows_what_waits_and_hides_what_is_not_ones_step(cast: Cast, sit_down: SignIn) -> None:
    walk("petition", Status.PROPOSED, cast)
    User.objects.filter(is_staff=True).update(language="en")
    assert "1 For my signature" in text_of(sit_down(cast["signer"]).get("/admin/"))
    desk = text_of(sit_down(cast["desk officer"]).get("/admin/"))
    assert "For my signature" not in desk
    assert "1 Mine" in desk
    assert "What waits for you" not in text_of(sit_down(cast["statistician"]).get("/admin/"))


def test_a_case_is_taken_from_its_page_in_one_click_and_then_no_longer_offered(cast: Cast, sit_down: SignIn) -> None:
    case = walk("petition", Status.SUBMITTED, cast)
    client = sit_down(cast["appraiser"])
    opened = client.get(page(case))
    typed = {name: hidden(opened, name) for name in ("version", "key", "officer")}
    assert client.post(page(case, "assign"), typed).headers["Location"] == page(case)
    case.refresh_from_db()
    assert case.officer == cast["appraiser"]
    assert not client.get(page(case)).context["may_take"]
