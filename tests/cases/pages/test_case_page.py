"""The case page: where it stands, what to do now, what has happened, letters, papers, the form as sent."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.utils import timezone

from cases import panels
from cases import transitions as verbs
from cases.calendar import load_calendar
from cases.models import Case
from cases.states import Status
from cases.timeline import INTERNAL, WHAT, timeline
from tests.cases.pages.visitors import address, asked, links_of, text_of, visitor
from tests.walk import Cast, kinds, walk

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
FILED = [state for state in Status if state not in (Status.DRAFT, Status.RETURNED)]


@pytest.mark.parametrize("kind", kinds())
@pytest.mark.parametrize("state", FILED)
def test_the_page_opens_in_every_state_and_says_what_comes_next(cast: Cast, kind: str, state: Status) -> None:
    case = walk(kind, state, cast)
    page = visitor(cast["signer of the company"]).get(case.get_absolute_url())
    shown = text_of(page)
    assert page.status_code == 200
    assert str(case.public_status.label) in shown
    assert "Where it stands" in shown
    assert page.content.decode().count("<h1") == 1
    assert page.content.decode().count("btn-primary") <= 1


def test_a_case_in_process_says_its_day_and_that_there_is_nothing_to_do(cast: Cast) -> None:
    case = walk("petition", Status.ACCEPTED, cast)
    shown = text_of(visitor(cast["owner"]).get(case.get_absolute_url()))
    assert "The clock of 3 working days starts on the next working day. The result is due by 17:00 on" in shown
    assert "You have nothing to do now." in shown


def test_a_case_that_waits_for_the_investor_has_one_thing_to_do(cast: Cast) -> None:
    case = asked(cast, ("amount", "Số tiền chưa rõ."))
    page = visitor(cast["preparer"]).get(case.get_absolute_url())
    shown = text_of(page)
    assert "waiting for you since" in shown
    assert "The office waits for your answer" in shown
    assert "Answer by 17:00 on" in shown
    assert address("case-supplement", case) in links_of(page)


def test_the_investor_reads_the_office_and_no_official_s_name(cast: Cast) -> None:
    case = walk("petition", Status.ISSUED, cast)
    shown = text_of(visitor(cast["owner"]).get(case.get_absolute_url()))
    assert "The office" in shown
    for role in ("desk officer", "appraiser", "signer"):
        assert str(cast[role]) not in shown
    for internal in ("Decision proposed", "Assigned to"):
        assert internal not in shown


def test_letters_have_their_slips_and_papers_their_files(cast: Cast) -> None:
    case = walk("petition", Status.ACCEPTED, cast)
    links = links_of(visitor(cast["owner"]).get(case.get_absolute_url()))
    for notice in case.notices.all():
        assert address("notice-pdf", case, notice.pk) in links
    assert address("paper", case, case.attachments.get().pk) in links


def test_the_form_as_sent_is_on_the_page(cast: Cast) -> None:
    case = walk("petition", Status.ACCEPTED, cast)
    shown = text_of(visitor(cast["owner"]).get(case.get_absolute_url()))
    assert "Đề nghị hỗ trợ đào tạo kỹ sư khuôn mẫu" in shown
    assert "Change" not in shown.split("The form as you sent it")[1].split("About")[0]


def test_a_box_of_another_app_is_shown_to_its_audience(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    case = walk("petition", Status.ACCEPTED, cast)

    def context(case: Case, user: Any) -> dict[str, Any]:
        return {"icon": "document", "title": f"{case.reference} for {user}"}

    box = panels.Panel("probe", "Probe box", "includes/empty.html", context, frozenset({"investor"}))
    monkeypatch.setattr(panels, "PANELS", [*panels.PANELS, box])
    shown = text_of(visitor(cast["owner"]).get(case.get_absolute_url()))
    assert f"Probe box {case.reference} for {cast['owner']}" in shown


# --- timeline -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("state", FILED)
def test_every_move_appears_once_newest_first_down_to_the_draft(cast: Cast, state: Status) -> None:
    case = walk("petition", state, cast)
    entries = timeline(case, cast["appraiser"])
    assert [entry.verb for entry in entries[:-1]] == list(case.events.order_by("-pk").values_list("verb", flat=True))
    assert [entry.at for entry in entries] == sorted((entry.at for entry in entries), reverse=True)
    for_investor = timeline(case, cast["owner"])
    assert [entry.verb for entry in for_investor] == [entry.verb for entry in entries if entry.verb not in INTERNAL]


def test_every_verb_has_its_words() -> None:
    assert set(verbs.VERBS) <= set(WHAT)


def test_a_request_says_that_the_clock_stops_and_until_when(cast: Cast) -> None:
    case = asked(cast, ("amount", "Số tiền chưa rõ."))
    entry = timeline(case, cast["owner"])[0]
    assert entry.effect.startswith("The clock stops. Answer by 17:00 on ")
    assert entry.note == "Bổ sung."
    assert entry.notice is not None


def test_an_answer_after_closing_time_says_from_which_day_it_counts(cast: Cast) -> None:
    case = asked(cast)
    evening = timezone.localtime().replace(hour=17, minute=30)
    with time_machine.travel(evening, tick=False):
        verbs.supplement(case, by=cast["signer of the company"], answer="Đã bổ sung.")
        late = timeline(case, cast["owner"], calendar=load_calendar())[0]
    assert late.effect.startswith("It came after closing time: the clock goes on from ")
    assert late.note == "Đã bổ sung."


def test_an_internal_note_never_reaches_the_investor(cast: Cast) -> None:
    case = walk("petition", Status.ACCEPTED, cast)
    verbs.hold(case, by=cast["appraiser"], reason="violation", note="nur für uns")
    assert "nur für uns" in timeline(case, cast["appraiser"])[0].note
    assert "nur für uns" not in text_of(visitor(cast["owner"]).get(case.get_absolute_url()))
