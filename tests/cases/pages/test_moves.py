"""The investor's other verbs: a page with a form and one button, absent and refused where it is not possible."""

from __future__ import annotations

import pytest

from cases.engine import VERBS
from cases.forms import VERB_FORMS
from cases.models import Case
from cases.states import Status
from tests.cases.pages.visitors import address, hidden, links_of, text_of, visitor
from tests.walk import Cast, draft, walk

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def test_every_verb_of_the_investor_has_an_address_and_no_verb_of_the_office_has_one(cast: Cast) -> None:
    case = walk("petition", Status.ACCEPTED, cast)
    browser = visitor(cast["signer of the company"])
    for verb in VERBS.values():
        answer = browser.get(f"/cases/{case.reference}/{verb.name}/")
        assert (answer.status_code == 404) == (verb.side != "investor"), verb.name
        assert verb.name in VERB_FORMS


def test_a_signer_withdraws_with_a_reason_and_twice_is_once(cast: Cast) -> None:
    case = walk("petition", Status.ACCEPTED, cast)
    browser, page = visitor(cast["signer of the company"]), address("case-withdraw", case)
    shown = browser.get(page)
    assert "This ends the application" in text_of(shown)
    assert text_of(shown).count("Withdraw the application") == 3  # title, heading, button
    data = {"key": hidden(shown, "key"), "version": hidden(shown, "version"), "reason": "Đổi kế hoạch."}
    for _time in range(2):
        assert browser.post(page, data).url == case.get_absolute_url()
    assert Case.objects.get(pk=case.pk).status == Status.WITHDRAWN
    assert case.events.filter(verb="withdraw").count() == 1
    assert "Đổi kế hoạch." in text_of(browser.get(case.get_absolute_url()))


@pytest.mark.parametrize("role", ["owner", "preparer", "observer", "consultant with an ended letter"])
def test_nobody_else_finds_the_link_or_gets_through(cast: Cast, role: str) -> None:
    case = walk("petition", Status.ACCEPTED, cast)
    browser, page = visitor(cast[role]), address("case-withdraw", case)
    assert page not in links_of(browser.get(case.get_absolute_url()))
    assert browser.get(page).url == case.get_absolute_url()
    assert browser.post(page, {"key": "k", "version": case.version}).status_code == 403
    assert Case.objects.get(pk=case.pk).status == Status.ACCEPTED


@pytest.mark.parametrize("state", [Status.APPROVED, Status.ISSUED, Status.REFUSED, Status.WITHDRAWN, Status.STOPPED])
def test_a_move_that_is_not_possible_any_more_is_refused_in_words(cast: Cast, state: Status) -> None:
    case = walk("petition", state, cast)
    browser, page = visitor(cast["signer of the company"]), address("case-withdraw", case)
    assert "is not possible while the case stands at" in text_of(browser.get(page, follow=True))
    answer = browser.post(page, {"key": "k", "version": case.version})
    assert answer.status_code == 409
    assert Case.objects.get(pk=case.pk).status == state


def test_a_stale_page_withdraws_nothing(cast: Cast) -> None:
    case = draft("petition", cast)
    browser, page = visitor(cast["signer of the company"]), address("case-withdraw", case)
    answer = browser.post(page, {"key": "k", "version": case.version - 1})
    assert answer.status_code == 409
    assert "Someone changed this case while you were reading it." in text_of(answer)
    assert Case.objects.get(pk=case.pk).status == Status.DRAFT
