"""The page of the incentive check: one address, one screen, the answer first; no account, no scripts, few clicks."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db
URL = "/incentives/check/"
ASKED = {
    "product": "man hinh", "on": "2026-11-24", "new_equipment": "true", "ready": "true", "supply_evidence": "false",
    "high_technology": "false", "made_in_vietnam": "not_yet", "project_type": "new", "place": "ez",
    "state_land": "true",
}  # fmt: skip


def read(asked: dict[str, str] | None = None, language: str = "en", status: int = 200) -> tuple[str, Any]:
    page = Client(headers={"accept-language": language}).get(URL, asked or {})
    assert page.status_code == status
    return page.content.decode(), page.context


def test_the_address_is_the_one_outsiders_know() -> None:
    assert reverse("incentives-check") == URL


def test_the_empty_page_asks_and_answers_nothing() -> None:
    text, context = read()
    assert context["found"] is None
    assert text.count('type="radio"') > 20
    assert "error-summary" not in text


def test_the_answer_stands_before_the_conditions_and_the_questions() -> None:
    text, context = read(ASKED)
    sentence = context["found"].sentence
    assert "evidence or an answer is missing for 1 condition: Supplier engagement" in sentence
    places = [text.index(part) for part in (sentence, 'id="certificate-title"', 'id="gets-title"', 'id="ask-title"')]
    assert places == sorted(places)
    for part in ("condition 2 (technology, equipment)", "Version 205/2025", "To be confirmed by the authority"):
        assert part in text
    assert "10% for 15 years; 4 years exempt, then 9 years at half" in text


def test_the_answers_stay_ticked_so_that_the_address_can_be_passed_on() -> None:
    text, context = read(ASKED)
    for name, value in ASKED.items():
        if name not in ("product", "on"):
            assert f'name="{name}" id="id_{name}_' in text
            assert str(context["form"][name].value()) == value
    assert text.count(" checked>") == 9
    assert 'value="man hinh"' in text


def test_it_speaks_vietnamese_clauses_and_names() -> None:
    text, _context = read(ASKED, language="vi")
    assert "Tham gia chuỗi cung ứng" in text
    assert "10% trong 15 năm; miễn 4 năm, giảm 50% trong 9 năm tiếp theo" in text


def test_several_fitting_lines_are_links_that_keep_the_answers() -> None:
    text, context = read(ASKED | {"product": "linh kien"})
    assert "Which line do you mean?" in text
    product, address = context["choices"][0]
    kept = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert kept == ASKED | {"product": product.code}


def test_an_unknown_product_shows_the_three_nearest_lines_as_links() -> None:
    text, context = read({"product": "xi măng trắng"})
    assert "is not on the list of L2025" in text
    assert len(context["choices"]) == 3
    assert "The nearest lines of the list" in text


def test_a_day_without_law_and_a_day_that_is_none_are_told_beside_the_field() -> None:
    for day, words in (("2015-12-31", "This portal keeps no law of that day."), ("soon", "Enter a valid date")):
        text, _context = read({"product": "ELEC-03", "on": day}, status=400)
        assert text.count(words) == 2
        assert 'href="#id_on"' in text


def test_an_answer_that_no_question_offers_is_told() -> None:
    text, _context = read({"product": "ELEC-03", "place": "moon"}, status=400)
    assert "error-summary" in text
    assert 'href="#id_place' in text


def test_what_was_typed_is_never_markup() -> None:
    text, _context = read({"product": "<script>alert(1)</script> xi măng"})
    assert "<script>alert" not in text


def test_the_old_law_is_a_day_away() -> None:
    text, _context = read(ASKED | {"on": "2025-08-31"})
    assert "Circular 55/2015/TT-BCT" in text
    assert "condition 2 (technology, equipment)" not in text


@pytest.mark.parametrize("asked", [ASKED, ASKED | {"product": "linh kien"}, ASKED | {"product": "xi măng"}])
def test_the_page_needs_at_most_six_queries(django_assert_max_num_queries: Any, asked: dict[str, str]) -> None:
    with django_assert_max_num_queries(6):
        read(asked)


def test_only_reading_is_possible() -> None:
    assert Client().post(URL, ASKED).status_code == 405


def test_front_page_and_list_lead_here() -> None:
    assert f'href="{URL}"' in Client().get("/").content.decode()
    listed = Client(headers={"accept-language": "en"}).get("/incentives/products/", {"q": "man hinh"}).content.decode()
    assert f'href="{URL}?{urlencode({"product": "ELEC-11"})}"' in listed
