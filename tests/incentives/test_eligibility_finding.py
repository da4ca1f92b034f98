"""A product is found by code, by name and by words, in both languages, without accents."""

from __future__ import annotations

import json
from datetime import date

import pytest

from accounts.folding import fold
from incentives.eligibility.finding import LONGEST, Found, find
from incentives.models import SupportedProduct
from incentives.reference import DATA

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
ROWS = json.loads((DATA / "products.json").read_text())


def look(text: str, on: date = TODAY) -> Found:
    return find(text, SupportedProduct.objects.all(), on)


def code(found: Found) -> str:
    assert found.product is not None, (found.text, found.matches, found.nearest)
    return found.product.code


def test_there_are_53_products() -> None:
    assert len(ROWS) == 53


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["code"])
def test_found_by_its_vietnamese_name_without_accents_by_its_english_name_and_by_its_code(row: dict[str, str]) -> None:
    bare = fold(row["name_vi"])
    assert bare.isascii()
    for text in (bare, bare.upper(), bare.replace("(", "").replace(",", " "), row["name_en"].lower(), row["code"]):
        assert code(look(text)) == row["code"]


@pytest.mark.parametrize("text", ["elec-11", "  ELEC 11 ", "man hinh", "Màn hình", "display screens", "man hin"])
def test_a_few_words_or_beginnings_are_enough(text: str) -> None:
    assert code(look(text)) == "ELEC-11"


def test_several_lines_that_fit_are_offered_and_none_is_guessed() -> None:
    found = look("linh kiện")
    assert found.product is None
    assert len(found.matches) > 3
    assert not found.unlisted


def test_the_nearest_lines_share_the_rarest_words() -> None:
    found = look("sợi quang dệt kim siêu bền")
    assert found.unlisted
    assert len(found.nearest) == 3
    assert "TEX" in found.nearest[0].code
    assert look("precision mould for toys").nearest[0].code in ("HT-01", "MECH-01")


def test_words_that_nothing_shares_still_get_three_lines() -> None:
    assert len(look("zzzz qqqq").nearest) == 3


@pytest.mark.parametrize("text", ["", "   ", "?!", "–"])
def test_nothing_typed_is_nothing_asked(text: str) -> None:
    assert look(text) == Found("")


def test_a_very_long_text_is_cut_and_still_answered() -> None:
    assert len(look("nhựa " * 5000).text) <= LONGEST


def test_the_line_of_the_list_of_the_day_is_taken() -> None:
    old = SupportedProduct.objects.get(code="ELEC-11")
    SupportedProduct.objects.filter(pk=old.pk).update(valid_to=date(2025, 8, 31))
    SupportedProduct.objects.create(
        code="ELEC-11", list_version="L2025", group=old.group, name_vi=old.name_vi, name_en=old.name_en,
        decree="205/2025/ND-CP", valid_from=date(2025, 9, 1), confidence="seen",
    )  # fmt: skip
    lists = [look("ELEC-11", day).product for day in (date(2025, 8, 31), date(2025, 9, 1))]
    assert [one.list_version for one in lists if one] == ["L2015", "L2025"]
