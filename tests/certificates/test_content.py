"""Words, numbers and the shape of a certificate's content."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.content import ContentError, check_content, digest
from certificates.numbering import project_code_warning
from certificates.numerals import BILLION, DIGITS, capital_en, capital_vi, dated_en, dated_vi, in_words_vi, number_vi
from tests.certificates.samples import content


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Không"),
        (15, "Mười lăm"),
        (21, "Hai mươi mốt"),
        (24, "Hai mươi tư"),
        (75, "Bảy mươi lăm"),
        (1005, "Một nghìn không trăm linh năm"),
        (1_000_000, "Một triệu"),
        (4_650_000_000, "Bốn tỷ sáu trăm năm mươi triệu"),
        (1_234_000_000_000, "Một nghìn hai trăm ba mươi tư tỷ"),
        (49_275_000_000_000, "Bốn mươi chín nghìn hai trăm bảy mươi lăm tỷ"),
        (2_000_000_015, "Hai tỷ không trăm mười lăm"),
    ],
)
def test_amounts_are_written_in_words_as_official_papers_do(amount: int, words: str) -> None:
    assert in_words_vi(amount) == words


@given(st.integers(min_value=1, max_value=10**18))
def test_the_words_of_an_amount_say_the_amount(amount: int) -> None:
    assert _value_of(in_words_vi(amount).lower().split()) == amount


def _value_of(words: list[str]) -> int:
    """Read Vietnamese number words back, the simplest way."""
    if "tỷ" in words:
        last = len(words) - 1 - words[::-1].index("tỷ")
        return _value_of(words[:last]) * BILLION + _value_of(words[last + 1 :])
    total, group, said = 0, 0, {"mốt": 1, "tư": 4, "lăm": 5, "mười": 10} | {w: n for n, w in enumerate(DIGITS)}
    last_digit = 0
    for word in words:
        if word == "trăm":
            group, last_digit = last_digit * 100, 0
        elif word == "mươi":
            group, last_digit = group + last_digit * 10, 0
        elif word == "mười":
            group, last_digit = group + 10, 0
        elif word in ("nghìn", "triệu"):
            total += (group + last_digit) * (1000 if word == "nghìn" else 10**6)
            group, last_digit = 0, 0
        elif word != "linh":
            last_digit = said[word]
    return total + group + last_digit


def test_capital_is_stated_in_both_currencies_and_both_languages() -> None:
    assert capital_vi(Decimal(1000), Decimal("12.50")) == "1.000 (Một nghìn) đồng, tương đương 12,5 đô la Mỹ"
    assert capital_en(Decimal(1000), Decimal("12.50")) == "VND 1,000, equivalent to USD 12.5"
    assert number_vi(Decimal("33.335"), 2) == "33,34"


def test_days_are_written_with_a_zero_where_a_digit_could_be_added() -> None:
    assert dated_vi(date(2026, 2, 5)) == "ngày 05 tháng 02 năm 2026"
    assert dated_vi(date(2026, 11, 24)) == "ngày 24 tháng 11 năm 2026"
    assert dated_vi(date(2026, 3, 9)) == "ngày 09 tháng 3 năm 2026"
    assert dated_en(date(2026, 2, 5)) == "5 February 2026"


def test_a_content_with_the_shape_passes() -> None:
    assert check_content(content()) == content()


def test_every_fault_of_a_content_is_named_at_once() -> None:
    faulty = content() | {"bases": [], "title": {"vi": " ", "en": ""}}
    faulty["articles"][0]["clauses"][1]["tables"][0]["rows"].append(["3"])
    faulty["parties"][1]["name"] = ""
    with pytest.raises(ContentError) as refusal:
        check_content(faulty)
    said = "; ".join(refusal.value.faults)
    for place in ("title", "bases", "parties[1]", "articles[0].clauses[1].tables[0].rows[2]"):
        assert place in said


def test_the_digest_does_not_depend_on_the_order_of_keys() -> None:
    turned = dict(reversed(list(content().items())))
    assert digest(turned) == digest(content())
    assert digest(turned | {"form_code": "I.2.7"}) != digest(content())


def test_an_unusual_project_code_is_a_warning_with_the_code_in_it() -> None:
    assert project_code_warning("5432109876") == ""
    assert "022043000123" in project_code_warning("022043000123")
    assert "KCN-12" in project_code_warning("KCN-12")
