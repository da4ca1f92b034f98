"""Amounts: what may be typed, what it means, how it is shown, and that no figure is ever read in two ways."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from projects.money import Unclear, difference, echo, editable, figure, in_words_en, money, read_number, short_money

# What is typed, in which currency, and what it means; None where it is refused.
TABLE = [
    ("", "USD", ...),
    ("   ", "VND", ...),
    ("0", "VND", "0"),
    ("1224000000", "VND", "1224000000"),
    ("1.224.000.000", "VND", "1224000000"),
    ("1,224,000,000", "VND", "1224000000"),
    ("1 224 000 000", "VND", "1224000000"),
    ("1\u00a0224\u00a0000\u00a0000", "VND", "1224000000"),
    ("1'224'000'000", "VND", "1224000000"),
    ("１２２４０００", "VND", "1224000"),
    ("VND 1.224.000.000", "VND", "1224000000"),
    ("1.224.000.000 đ", "VND", "1224000000"),
    ("1.224.000.000 đồng", "VND", "1224000000"),
    ("1.224.000.000₫", "VND", "1224000000"),
    ("1.500.000,00", "VND", "1500000"),
    ("549,000,000", "USD", "549000000"),
    ("549.000.000", "USD", "549000000"),
    ("$549,000,000", "USD", "549000000"),
    ("USD 549,000,000.50", "USD", "549000000.50"),
    ("549.000.000,50", "USD", "549000000.50"),
    ("549000000.5", "USD", "549000000.5"),
    ("549000000,5", "USD", "549000000.5"),
    ("12,34", "USD", "12.34"),
    ("1224.00", "VND", "1224"),
    ("0.500", "USD", "0.500"),
    ("1.224", "USD", None),
    ("1,224", "USD", None),
    ("1.224", "VND", None),
    ("500,000", "VND", None),
    ("12.345", "USD", None),
    ("1234.5", "VND", None),
    ("1.5", "VND", None),
    ("12.3456", "USD", None),
    ("1.22.000", "VND", None),
    ("1.2240.000", "VND", None),
    ("1,224.000.000", "VND", None),
    ("1.224,000", "USD", None),
    ("01.224.000", "VND", None),
    ("-5", "USD", None),
    ("4,65 tỷ", "USD", None),
    ("4.65 billion", "USD", None),
    ("$5", "VND", None),
    ("1.224.000.", "VND", None),
    ("abc", "USD", None),
]


@pytest.mark.parametrize(("typed", "currency", "means"), TABLE)
def test_an_amount_is_read_or_refused(typed: str, currency: str, means: str | None) -> None:
    places = 0 if currency == "VND" else 2
    if means is None:
        with pytest.raises(Unclear) as refused:
            read_number(typed, places=places, currency=currency)
        assert str(refused.value).endswith(".")
        return
    wanted = None if means is ... else Decimal(means)
    assert read_number(typed, places=places, currency=currency) == wanted


def test_the_table_has_forty_rows() -> None:
    assert len(TABLE) >= 40


@pytest.mark.parametrize(
    ("typed", "places", "bounds", "means"),
    [
        ("4.000", 0, {}, "4000"),  # people have no decimals
        ("33,333", 4, {"largest": Decimal(100)}, "33.333"),  # a share is at most 100
        ("33.3333", 4, {"largest": Decimal(100)}, "33.3333"),
        ("26.115", 4, {"smallest": Decimal(1000)}, "26115"),  # a rate is some ten thousand
        ("130.000", 2, {}, "130000"),  # an area has two decimals at most
    ],
)
def test_other_figures_take_the_reading_that_fits(typed: str, places: int, bounds: dict, means: str) -> None:
    assert read_number(typed, places=places, **bounds) == Decimal(means)


def test_a_figure_with_two_fitting_readings_is_refused_with_what_to_write() -> None:
    with override("en"), pytest.raises(Unclear, match=r"“1,224” can be read in two ways: write 1224"):
        read_number("1,224", places=2, currency="USD")


def test_figures_are_shown_the_way_the_reader_writes_them() -> None:
    with override("en"):
        assert figure(Decimal("4650000000")) == "4,650,000,000"
        assert money(Decimal("4650000000.50"), "USD") == "USD 4,650,000,000.5"
        assert short_money(Decimal("4650000000"), "USD") == "USD 4.65 billion"
        assert echo("549,000,000", "USD") == "USD 549 million · Five hundred and forty-nine million"
    with override("vi"):
        assert figure(Decimal("4650000000")) == "4.650.000.000"
        assert echo("549.000.000", "USD").endswith("Năm trăm bốn mươi chín triệu")


def test_what_cannot_be_read_has_no_echo() -> None:
    assert echo("1.224", "USD") == ""
    assert echo("", "VND") == ""


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "Zero"),
        (15, "Fifteen"),
        (21, "Twenty-one"),
        (105, "One hundred and five"),
        (1_000_000, "One million"),
        (4_650_000_000, "Four billion six hundred and fifty million"),
        (1_000_000_000_001, "One trillion and one"),
    ],
)
def test_amounts_in_english_words(value: int, words: str) -> None:
    assert in_words_en(value) == words


amounts = st.decimals(min_value=0, max_value=10**12, places=2, allow_nan=False, allow_infinity=False)


@given(value=amounts, language=st.sampled_from(["vi", "en"]))
def test_a_stored_amount_survives_its_own_field(value: Decimal, language: str) -> None:
    with override(language):
        assert read_number(editable(value, 2, currency="USD"), places=2, currency="USD") == value


@given(value=st.integers(0, 10**15), language=st.sampled_from(["vi", "en"]))
def test_whole_dong_survive_their_own_field(value: int, language: str) -> None:
    with override(language):
        assert read_number(editable(value, 0, currency="VND"), places=0, currency="VND") == value


@given(value=st.integers(1000, 10**14))
def test_both_ways_of_grouping_mean_the_same(value: int) -> None:
    english = f"{value:,}"
    vietnamese = english.replace(",", ".")
    if english.count(",") > 1:
        assert (
            read_number(english, places=0, currency="VND") == read_number(vietnamese, places=0, currency="VND") == value
        )
    else:
        for typed in (english, vietnamese):
            with pytest.raises(Unclear):
                read_number(typed, places=0, currency="VND")


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("549000000", "1549000000", "+USD 1,000,000,000 (+182.1 %)"),
        ("1549000000", "549000000", "−USD 1,000,000,000 (−64.6 %)"),
        ("0", "5.25", "+USD 5.25"),
        ("7", "7", ""),
    ],
)
def test_a_difference_has_its_sign_and_its_per_cent(before: str, after: str, words: str) -> None:
    with override("en"):
        assert difference(Decimal(before), Decimal(after), "USD") == words
