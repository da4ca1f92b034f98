"""Answering the office: a list of points, each opening only its field, before and after, one Send."""

from __future__ import annotations

import pytest

from cases import transitions as verbs
from cases.models import Case
from cases.states import Status
from cases.uploads import attach
from tests.cases.pages.visitors import address, asked, hidden, links_of, section_data, text_of, untouched, visitor
from tests.walk import Cast, pdf, walk

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
PINS = (("amount", "Số tiền chưa rõ."), ("papers.a", "Bản scan mờ."))


def send(case: Case, cast: Cast, **more: str) -> object:
    browser, page = visitor(cast["signer of the company"]), address("case-supplement", case)
    shown = browser.get(page)
    return browser.post(page, {"key": hidden(shown, "key"), "version": hidden(shown, "version")} | more)


def test_each_point_says_what_the_office_wrote_and_leads_to_its_field(cast: Cast) -> None:
    case = asked(cast, *PINS)
    page = visitor(cast["preparer"]).get(address("case-supplement", case))
    shown = text_of(page)
    assert "Số tiền chưa rõ." in shown
    assert "Bản scan mờ." in shown
    assert shown.count("Not changed yet") == 2
    assert f"{address('case-section', case, 'subject')}#id_amount" in links_of(page)
    assert f"{address('case-papers', case)}#paper-a" in links_of(page)


def test_only_the_pinned_field_opens(cast: Cast) -> None:
    case = asked(cast, *PINS)
    browser, page = visitor(cast["preparer"]), address("case-section", case, "subject")
    shown = browser.get(page)
    assert 'name="subject"' in shown.content.decode()
    assert "disabled" in shown.content.decode().split('name="subject"')[1][:200]
    assert "What the office asks here" in text_of(shown)
    browser.post(page, section_data(shown, subject="Eingeschmuggelt", amount="2000.00", action="continue"))
    kept = Case.objects.get(pk=case.pk).dossier.as_data()
    assert kept["amount"] == "2000.00"
    assert kept["subject"] != "Eingeschmuggelt"


def test_saving_a_point_leads_to_the_next_one_and_at_last_back_to_the_answer(cast: Cast) -> None:
    case = asked(cast, *PINS)
    browser, page = visitor(cast["preparer"]), address("case-section", case, "subject")
    answer = browser.post(page, section_data(browser.get(page), amount="2000.00", action="continue"))
    assert answer.url == f"{address('case-papers', case)}#paper-a"
    attach(case, by=cast["preparer"], paper="a", upload=pdf("neu.pdf"))
    answer = browser.post(page, section_data(browser.get(page), amount="3000.00", action="continue"))
    assert answer.url == address("case-supplement", case)


def test_a_changed_point_shows_before_and_now(cast: Cast) -> None:
    case = asked(cast, *PINS)
    browser, page = visitor(cast["preparer"]), address("case-section", case, "subject")
    browser.post(page, section_data(browser.get(page), amount="2000.00", action="later"))
    attach(case, by=cast["preparer"], paper="a", upload=pdf("bản rõ.pdf"))
    shown = text_of(browser.get(address("case-supplement", case)))
    assert shown.count("Changed") == 2
    assert "Before 1250000.00 Now 2000.00" in shown
    assert "Before a.pdf Now bản rõ.pdf" in shown


def test_unanswered_points_block_by_name(cast: Cast) -> None:
    case = asked(cast, *PINS)
    attach(case, by=cast["preparer"], paper="a", upload=pdf("neu.pdf"))
    answer = send(case, cast)
    shown = text_of(answer)
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert "Nothing has changed yet at “Amount (USD)”" in shown
    assert "Nothing has changed yet at “Petition letter”" not in shown
    assert Case.objects.get(pk=case.pk).status == Status.AWAITING_INVESTOR


def test_a_point_may_stay_as_it_is_if_the_investor_says_why(cast: Cast) -> None:
    case = asked(cast, *PINS)
    answer = send(case, cast, answer="Số tiền đã đúng theo hợp đồng.")
    assert answer.status_code == 302  # type: ignore[attr-defined]
    assert Case.objects.get(pk=case.pk).status == Status.ACCEPTED


def test_sending_twice_is_one_answer(cast: Cast) -> None:
    case = asked(cast)
    browser, page = visitor(cast["signer of the company"]), address("case-supplement", case)
    shown = browser.get(page)
    data = {"key": hidden(shown, "key"), "version": hidden(shown, "version"), "answer": "Đã bổ sung."}
    answers = {browser.post(page, data).url for _time in range(3)}
    assert answers == {case.get_absolute_url()}
    assert case.events.filter(verb="supplement").count() == 1


def test_an_explanation_needs_words(cast: Cast) -> None:
    case = asked(cast, verb="request_explanation")
    answer = send(case, cast)
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert "Please write the explanation the office asked for." in text_of(answer)


@pytest.mark.parametrize("role", ["preparer", "observer", "consultant with an ended letter"])
def test_only_a_signer_sends(cast: Cast, role: str) -> None:
    case = asked(cast, *PINS)
    browser, page = visitor(cast[role]), address("case-supplement", case)
    assert 'value="send"' not in browser.get(page).content.decode()
    assert browser.post(page, {"answer": "x", "key": "k", "version": case.version}).status_code == 403
    assert Case.objects.get(pk=case.pk).status == Status.AWAITING_INVESTOR


def test_an_observer_reads_the_request_but_is_led_to_no_field(cast: Cast) -> None:
    case = asked(cast, *PINS)
    page = visitor(cast["observer"]).get(address("case-supplement", case))
    assert "Số tiền chưa rõ." in text_of(page)
    assert not any("sections" in link for link in links_of(page))


def test_there_is_nothing_to_answer_when_nothing_was_asked(cast: Cast) -> None:
    case = walk("petition", Status.ACCEPTED, cast)
    assert visitor(cast["owner"]).get(address("case-supplement", case)).url == case.get_absolute_url()


def test_a_registration_s_points_show_amounts_choices_and_days_as_people_read_them(cast: Cast) -> None:
    case = asked(
        cast, ("total_capital_usd", "?"), ("term_from", "?"), ("rate_on", "?"), ("investors", "?"), kind="registration"
    )
    dossier = case.dossier
    dossier.total_capital_usd, dossier.term_from = 600_000_000, "handover"  # type: ignore[attr-defined]
    dossier.save()
    points = {p.path: p for p in visitor(cast["owner"]).get(address("case-supplement", case)).context["points"]}
    amount, term, day, investors = (points[p] for p in ("total_capital_usd", "term_from", "rate_on", "investors"))
    assert (amount.before, amount.now, amount.answered) == ("USD 549,000,000", "USD 600,000,000", True)
    assert (term.before, term.now) == ("From the day of the certificate", "From the actual handover of the land")
    assert day.before == day.now
    assert not day.answered
    assert investors.before is None
    assert not investors.answered


@pytest.mark.parametrize("key", ["company", "investors", "project", "site", "capital", "people", "incentives"])
def test_whatever_the_office_asks_about_its_section_can_be_saved(cast: Cast, key: str) -> None:
    case = walk("registration", Status.ACCEPTED, cast)
    part = next(part for part in case.dossier.sheet() if part.key == key)
    path = part.rows[0].path if part.rows else part.tables[0].path
    verbs.request_supplement(case, by=cast["appraiser"], reasons="?", pins=[{"path": path, "text": "?"}])
    browser, page = visitor(cast["preparer"]), address("case-section", case, key)
    answer = browser.post(page, untouched(browser.get(page)) | {"action": "later"})
    assert answer.status_code == 302, text_of(answer)
    assert Case.objects.get(pk=case.pk).version == case.version + 1
