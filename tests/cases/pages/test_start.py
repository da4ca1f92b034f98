"""Opening a draft: what it takes is said first, and one press makes one draft."""

from __future__ import annotations

import pytest

from cases.kinds import KINDS
from cases.models import Case
from tests.cases.pages.visitors import hidden, links_of, text_of, visitor
from tests.parallel import at_once
from tests.walk import Cast, kinds

pytestmark = pytest.mark.embedded


@pytest.mark.django_db
def test_every_kind_can_be_chosen(cast: Cast) -> None:
    page = visitor(cast["owner"]).get("/cases/new/")
    assert {f"/cases/new/{kind}/" for kind in kinds()} <= links_of(page)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", kinds())
def test_days_and_papers_are_said_before_starting(cast: Cast, kind: str) -> None:
    shown = text_of(visitor(cast["owner"]).get(f"/cases/new/{kind}/"))
    assert str(KINDS[kind].name) in shown
    assert "Have these papers ready" in shown
    assert "Result in" in shown


@pytest.mark.django_db
def test_an_unknown_kind_is_not_found(cast: Cast) -> None:
    assert visitor(cast["owner"]).get("/cases/new/nothing/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["observer", "consultant with an ended letter"])
def test_who_may_not_start_finds_no_button_and_is_refused(cast: Cast, role: str) -> None:
    browser = visitor(cast[role])
    assert 'name="key"' not in browser.get("/cases/new/petition/").content.decode()
    assert browser.post("/cases/new/petition/", {"key": "k"}).status_code == 403
    assert not Case.objects.exists()


@pytest.mark.django_db
def test_sending_the_same_page_ten_times_makes_one_draft(cast: Cast) -> None:
    browser = visitor(cast["preparer"])
    key = hidden(browser.get("/cases/new/petition/"), "key")
    answers = {browser.post("/cases/new/petition/", {"key": key}).url for _time in range(10)}
    assert Case.objects.count() == 1
    assert answers == {Case.objects.get().get_absolute_url()}


@pytest.mark.django_db
def test_a_page_opened_again_is_another_draft(cast: Cast) -> None:
    browser = visitor(cast["preparer"])
    for _time in range(2):
        browser.post("/cases/new/petition/", {"key": hidden(browser.get("/cases/new/petition/"), "key")})
    assert Case.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_nervous_finger_on_many_connections_makes_one_draft() -> None:
    cast = Cast()
    browsers = [visitor(cast["preparer"]) for _number in range(12)]
    answers = at_once(lambda number: browsers[number].post("/cases/new/petition/", {"key": "one"}).url, 12)
    assert set(answers) == {Case.objects.get().get_absolute_url()}
