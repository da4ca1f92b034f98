"""What letters say: every verb, both sides, both languages, every kind of dossier."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.checks import run_checks
from django.urls import resolve
from django.utils import timezone, translation

from cases import transitions as verbs
from cases.models import Case, Event
from cases.notices import unanswered
from cases.states import Status
from cases.transitions import VERBS
from notifications.letters import LETTERS, Letter, letter_for
from notifications.models import Message
from notifications.states import Audience
from notifications.writing import LetterWriter, Written
from tests.notifications.moves import MOVES, make
from tests.notifications.words import Words, check_words
from tests.walk import Cast, kinds, member, official, walk

pytestmark = pytest.mark.django_db

WITH_DEADLINE = {
    Audience.INVESTOR: {
        "submit", "accept", "return_incomplete", "request_supplement", "request_explanation", "supplement", "resume",
        "approve", "ask_opinion", "propose", "send_back",
    },
    Audience.OFFICIAL: {
        "submit", "accept", "return_incomplete", "assign", "request_supplement", "request_explanation", "supplement",
        "resume", "ask_opinion", "give_opinion", "propose", "approve", "send_back",
    },
}  # fmt: skip
ZONE = {"vi": "(giờ Hà Nội)", "en": "(Hanoi time)"}
ASKING = ["return_incomplete", "request_supplement", "request_explanation"]


def letter(case: Case, event: Event, audience: Audience, language: str) -> Written:
    """The letter to somebody on this side who reads this language."""
    person = official("appraiser", language=language) if audience == Audience.OFFICIAL else None
    return LetterWriter(case, event).write(person or member(case.organisation, "owner", language=language), audience)


def test_every_verb_has_a_line_in_the_table_and_three_templates() -> None:
    assert set(MOVES) == set(VERBS) == {line.verb for line in LETTERS}
    assert not [problem for problem in run_checks() if str(problem.id).startswith("notifications.")]


@pytest.mark.parametrize("kind", kinds())
@pytest.mark.parametrize("verb", MOVES)
def test_every_letter_is_whole_in_both_languages_for_both_sides(verb: str, kind: str) -> None:
    case, event = make(verb, kind, Cast())
    for audience in Audience:
        for language in ("vi", "en"):
            written = letter(case, event, audience, language)
            check_words(written, case.reference, case.title)
            if verb in WITH_DEADLINE[audience]:
                assert re.search(rf"17:00 (on|ngày) [^(]+ {re.escape(ZONE[language])}", written.text), written.text
            if audience == Audience.INVESTOR:
                assert f"/cases/{case.reference}/" in written.text
            else:
                assert f"/admin/cases/case/{case.pk}/" in written.text


@pytest.mark.parametrize("verb", MOVES)
def test_a_vietnamese_letter_is_vietnamese_and_an_english_one_english(verb: str) -> None:
    case, event = make(verb, "petition", Cast())
    for audience in Audience:
        vietnamese, english = (letter(case, event, audience, language) for language in ("vi", "en"))
        assert vietnamese.text.startswith("Kính gửi Ông/Bà ")
        assert "Dear" not in vietnamese.text
        assert english.text.startswith("Dear ")
        assert "Trân trọng" not in english.text
        assert vietnamese.subject != english.subject
        assert '<html lang="vi">' in vietnamese.html
        assert '<html lang="en">' in english.html


@pytest.mark.parametrize("verb", ASKING)
def test_a_request_names_the_action_the_deadline_and_every_point_with_its_link(verb: str) -> None:
    case, event = make(verb, "petition", Cast())
    written = letter(case, event, Audience.INVESTOR, "en")
    notice = unanswered(case)
    assert notice is not None
    assert notice.deadline_at is not None
    with translation.override("en"):
        day = timezone.localtime(notice.deadline_at).strftime("%-d %b %Y")
    assert f"by 17:00 on {day} (Hanoi time)" in written.subject
    assert "Báo cáo tài chính <2024> & giấy tờ chưa rõ." in written.text
    assert "Báo cáo tài chính &lt;2024&gt; &amp; giấy tờ chưa rõ." in written.html
    assert "Subject: Vui lòng ghi rõ." in written.text
    assert f"/cases/{case.reference}/sections/subject/#id_subject" in written.text
    assert f"/cases/{case.reference}/papers/#paper-a" in written.text
    assert f"http://127.0.0.1:8000/cases/{case.reference}/sections/subject/#id_subject" in Words(written.html).links


def test_links_begin_with_the_address_of_the_site_and_lead_to_pages_that_exist(settings) -> None:
    settings.SITE_URL = "https://portal.haiphong.example/"
    case, event = make("issue", "petition", Cast())
    for audience in Audience:
        for link in Words(letter(case, event, audience, "vi").html).links:
            assert link.startswith("https://portal.haiphong.example/")
            assert "example//" not in link
            resolve(link.removeprefix("https://portal.haiphong.example").split("?")[0])


def test_the_letter_of_an_issue_names_the_number_the_project_code_and_where_to_check() -> None:
    case, event = make("issue", "petition", Cast())
    number = case.certificate.number
    written = letter(case, event, Audience.INVESTOR, "en")
    assert number.startswith("HP-")
    assert number in written.text
    assert "4312567890" in written.text
    assert number in next(link for link in Words(written.html).links if "/verify/" in link)


def test_a_refusal_gives_reasons_every_provision_and_the_way_to_complain() -> None:
    case, event = make("refuse", "petition", Cast())
    written = letter(case, event, Audience.INVESTOR, "vi")
    assert "- Luật Đầu tư 143/2025/QH15, Điều 26\n- Nghị định 96/2026/NĐ-CP, Điều 43\n" in written.text
    assert "90" in written.text
    assert "Luật Khiếu nại" in written.text


def test_a_letter_to_an_investor_names_no_official_and_no_internal_note() -> None:
    for verb in ("accept", "approve", "refuse", "return_incomplete", "issue", "stop", "hold"):
        cast = Cast()
        case, event = make(verb, "petition", cast)
        written = letter(case, event, Audience.INVESTOR, "en")
        assert str(event.by) not in written.text + written.html
        assert "Đồng ý." not in written.text


def test_what_people_typed_cannot_become_markup() -> None:
    cast = Cast()
    case = walk("petition", Status.ACCEPTED, cast)
    event = verbs.request_supplement(case, by=cast["appraiser"], reasons="<script>alert(1)</script>")
    written = letter(case, event, Audience.INVESTOR, "en")
    assert "<script>" not in written.html
    assert "<script>alert(1)</script>" in written.text


def test_a_deadline_is_the_hour_in_hai_phong_whatever_the_clock_of_the_server_says() -> None:
    case, event = make("accept", "petition", Cast())
    with timezone.override(ZoneInfo("Asia/Seoul")):
        written = letter(case, event, Audience.INVESTOR, "en")
    assert isinstance(case.due_on, date)
    assert f"17:00 on {case.due_on:%-d %b %Y} (Hanoi time)" in written.subject


def test_the_language_of_the_letter_is_the_persons_and_not_that_of_the_page() -> None:
    cast = Cast()
    cast["owner"].language = "vi"
    cast["owner"].save()
    with translation.override("en"):
        case, _event = make("submit", "petition", cast)
        assert translation.get_language() == "en"
    languages = dict(Message.objects.filter(case=case).values_list("person_id", "language"))
    assert languages[cast["owner"].pk] == "vi"
    assert languages[cast["observer"].pk] == "en"
    assert Message.objects.get(person=cast["owner"]).text.startswith("Kính gửi")


def test_a_language_that_is_not_offered_any_more_becomes_the_sites_own() -> None:
    case, event = make("accept", "petition", Cast())
    written = letter(case, event, Audience.INVESTOR, "ko")
    assert '<html lang="vi">' in written.html


def test_the_table_is_dated_so_that_a_new_line_does_not_change_the_past() -> None:
    later = Letter("accept", investors=False, since=date(2027, 1, 1))
    table = (*LETTERS, later)
    assert letter_for("accept", date(2026, 12, 31), table) is not later
    assert letter_for("accept", date(2027, 1, 1), table) is later
    assert letter_for("accept", date(2020, 1, 1), table) is None


def test_a_move_at_night_is_dated_by_the_clocks_of_hai_phong() -> None:
    cast = Cast()
    case = walk("petition", Status.SUBMITTED, cast)
    moment = datetime(2026, 11, 26, 22, 30, tzinfo=ZoneInfo("UTC"))
    with time_machine.travel(moment, tick=False):
        event = verbs.accept(case, by=cast["desk officer"])
        written = letter(case, event, Audience.INVESTOR, "en")
    assert "05:30 on 27 Nov 2026 (Hanoi time)" in written.text
    assert timezone.localtime(event.at) - moment == timedelta(0)
