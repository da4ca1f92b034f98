"""Figures and days as the reader writes them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils.formats import date_format, number_format
from django.utils.translation import override

from portal import reading


@pytest.mark.parametrize(
    ("value", "english", "vietnamese"),
    [
        (4_650_000_000, "4,650,000,000", "4.650.000.000"),
        ("1224000.50", "1,224,000.5", "1.224.000,5"),
        (Decimal("22.30"), "22.3", "22,3"),
        (Decimal("1E+9"), "1,000,000,000", "1.000.000.000"),
        (0, "0", "0"),
        (-481_000_000, "-481,000,000", "-481.000.000"),
    ],
)
def test_a_figure_has_the_separators_of_its_reader(value, english, vietnamese):
    with override("en"):
        assert reading.amount(value) == english
    with override("vi"):
        assert reading.amount(value) == vietnamese


@pytest.mark.parametrize("nothing", [None, "", "ten", "1.2.3"])
def test_what_is_no_figure_is_shown_as_nothing_and_breaks_no_page(nothing):
    assert reading.amount(nothing) == ""
    assert reading.money(nothing) == ""
    assert reading.short_money(nothing) == ""


@pytest.mark.parametrize(
    ("value", "currency", "words"),
    [
        (4_650_000_000, "USD", "USD 4.65 billion"),
        (2_051_000_000, "USD", "USD 2.051 billion"),
        (1_224_000_000, "USD", "USD 1.224 billion"),
        (74_950_000, "USD", "USD 74.95 million"),
        (999_999, "USD", "USD 999,999"),
        ("12500000000000", "VND", "VND 12.5 trillion"),
        (-1_000_000_000, "USD", "USD -1 billion"),
    ],
)
def test_money_is_said_the_short_way_to_three_decimals(value, currency, words):
    with override("en"):
        assert reading.short_money(value, currency) == words


def test_money_in_full_names_its_currency():
    with override("en"):
        assert reading.money(4_650_000_000, "USD") == "USD 4,650,000,000"


def test_days_and_moments_are_those_of_hai_phong():
    late = datetime(2026, 12, 1, 17, 30, tzinfo=UTC)  # half past midnight of the next day in Hai Phong
    with override("en"):
        assert reading.day(late) == "2 Dec 2026"
        assert reading.moment(late) == "00:30 on 2 Dec 2026 (Hanoi time)"
    with override("vi"):
        assert reading.day(date(2026, 12, 2)) == "02/12/2026"


def test_a_deadline_that_is_a_bare_day_ends_when_the_offices_close():
    with override("en"):
        assert reading.deadline(date(2026, 12, 2)) == "17:00 on 2 Dec 2026 (Hanoi time)"
    assert reading.machine_time(datetime(2026, 12, 2, 10, tzinfo=UTC)) == "2026-12-02T17:00+07:00"
    assert reading.machine_time(date(2026, 12, 2)) == "2026-12-02"


@pytest.mark.parametrize("words", [reading.day, reading.moment, reading.deadline, reading.machine_time])
def test_no_day_is_shown_as_nothing(words):
    assert words(None) == ""


def test_django_itself_writes_figures_and_days_the_same_way():
    with override("vi"):
        assert number_format(4650000000, use_l10n=True, force_grouping=True) == "4.650.000.000"
        assert date_format(date(2026, 12, 2)) == "02/12/2026"
    with override("en"):
        assert date_format(date(2026, 12, 2)) == "2 Dec 2026"


def test_templates_know_the_same_words():
    page = Template('{% load portal_look %}{{ n|money:"VND" }} · {{ n|short_money:"USD" }} · {{ d|deadline }}')
    with override("en"):
        shown = page.render(Context({"n": 28_900_000_000, "d": date(2026, 12, 2)}))
    assert shown == "VND 28,900,000,000 · USD 28.9 billion · 17:00 on 2 Dec 2026 (Hanoi time)"
