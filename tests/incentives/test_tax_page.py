"""The tax schedule's page: the saving first, everything in the address, and the same years as a file."""

from __future__ import annotations

import csv
import re
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.http import StreamingHttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cases.pages.visitors import links_of, text_of

pytestmark = pytest.mark.django_db
MOST_QUERIES = 5
FLAT = {"certificate_year": "2026", "first_revenue_year": "2027", "profit": "100", "until": "2042"}
LOSSES = FLAT | {"lines": "2027: -60\r\n2028: -40\r\n2029: 50\r\n2030: 120", "until": "2043"}


@pytest.fixture
def reader() -> Client:
    return Client(headers={"accept-language": "en"})


def address(**asked: str) -> str:
    return f"{reverse('tax-schedule')}?{urlencode(asked)}"


def table(page: Any) -> dict[str, list[str]]:
    """The cells of the table of years by year."""
    body = page.content.decode().split('id="years-caption"')[1].split("</table>")[0]
    rows = re.findall(r'<tr><th scope="row">(\d{4})</th>(.*?)</tr>', body)
    return {year: [unescape(cell) for cell in re.findall(r"<td[^>]*>([^<]*)</td>", cells)] for year, cells in rows}


def test_the_empty_page_asks_and_answers_nothing(reader: Client) -> None:
    page = reader.get(reverse("tax-schedule"))
    assert page.status_code == 200
    assert "Which project?" in text_of(page)
    assert 'id="answer"' not in page.content.decode()


def test_a_link_may_choose_the_level_without_being_an_error(reader: Client) -> None:
    page = reader.get(address(level="FTZ"))
    assert page.status_code == 200
    assert '<option value="FTZ" selected>' in page.content.decode()


def test_the_saving_comes_first_then_years_levels_assumptions_and_law(reader: Client) -> None:
    text = text_of(reader.get(address(**FLAT)))
    order = [
        "From 2027 to 2042 the incentive saves 235: the tax is 85 instead of 320, 73.4 % less.",
        "Tax is self-assessed", "Tax from 2027 to 2042, in billions of dong", "Download as CSV",
        "The levels side by side", "What was assumed", "This is an estimate.", "Legal basis",
        "Decree 320/2025/NĐ-CP, art. 20(4)", "Change the figures",
    ]  # fmt: skip
    places = [text.find(words) for words in order]
    assert -1 not in places, dict(zip(order, places, strict=True))
    assert places == sorted(places)


def test_the_table_has_every_year_with_its_figures(reader: Client) -> None:
    years = table(reader.get(address(**LOSSES)))
    assert list(years) == [str(year) for year in range(2027, 2044)]
    assert years["2027"] == ["-60", "0", "0", "10", "None", "0", "0", "0"]
    assert years["2030"] == ["120", "50", "70", "10", "Exempt", "0", "14", "14"]
    assert years["2033"] == ["100", "0", "100", "10", "Half", "5", "20", "15"]


def test_a_profit_line_of_ranges_and_of_all_later_years(reader: Client) -> None:
    lines = "2028 - 2029: −10\n2031+: 1,500.5"
    years = table(reader.get(address(**FLAT | {"lines": lines, "until": "2032"})))
    assert [years[year][0] for year in ("2027", "2028", "2029", "2030", "2031", "2032")] == [
        "100", "-10", "-10", "100", "1,500.5", "1,500.5",
    ]  # fmt: skip


def test_special_cases_and_expansions_are_reckoned_as_by_the_api(reader: Client) -> None:
    short = FLAT | {"lines": "2027: 10", "first_year_months": "3", "defer_first_period": "on", "until": "2043"}
    assert "the tax is 87 instead of" in text_of(reader.get(address(**short)))
    used = FLAT | {"certificate_year": "2018", "first_revenue_year": "2014", "until": "2029",
                   "used_rate": "4", "used_exempt": "2", "used_half": "1"}  # fmt: skip
    assert "the tax is 70 instead of 240" in text_of(reader.get(address(**used)))
    expansion = {"certificate_year": "2026", "first_revenue_year": "2010", "profit": "200", "until": "2040",
                 "mode": "after_term", "assets_total": "400", "assets_expansion": "100",
                 "disbursed_year": "2027"}  # fmt: skip
    years = table(reader.get(address(**expansion)))
    assert [years[year][5] for year in ("2027", "2031", "2040")] == ["30", "35", "40"]
    failed = text_of(reader.get(address(**FLAT, failed_years="2033")))
    assert "Condition failed" in failed
    assert "the tax is 100 instead of 320" in failed


def test_the_levels_stand_side_by_side_and_lead_to_their_own_schedule(reader: Client) -> None:
    page = reader.get(address(**FLAT))
    text = text_of(page)
    assert re.search(r"economic zones outside preferential areas 222 98 –", text)
    assert re.search(r"especially difficult areas 85 235 Shown above B:", text)
    assert re.search(r"C: no incentive 320 0 –", text)
    assert re.search(r"priority fields 75 245 Least tax", text)
    other = next(unescape(link) for link in links_of(page) if "level=B" in link)
    assert "the tax is 222 instead of 320" in text_of(reader.get(other))


def test_the_bars_have_a_name_words_and_heights_to_scale(reader: Client) -> None:
    page = reader.get(address(**FLAT)).content.decode()
    assert 'role="img" aria-labelledby="tax-name tax-text"' in page
    due = [
        float(height)
        for height in re.findall(r'class="tax-due" x="[^"]+" y="[^"]+" width="[^"]+" height="(.*?)"', page)
    ]
    assert re.findall(r'text-anchor="middle">([^<]*)<', page) == ["2027", "2031", "2035", "2039"]
    assert due == [0.0] * 4 + [44.5] * 9 + [89.0] * 2 + [178.0]
    assert "style=" not in page[page.index("<main") :]


def test_the_same_years_come_as_csv(reader: Client) -> None:
    page = reader.get(address(**LOSSES))
    link = next(unescape(link) for link in links_of(page) if "format=csv" in link)
    answer = reader.get(link)
    assert isinstance(answer, StreamingHttpResponse)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "tax-schedule.csv" in answer["Content-Disposition"]
    text = answer.getvalue().decode("utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    assert [row["Year"] for row in rows] == [str(year) for year in range(2027, 2044)]
    assert rows[3] == {
        "Year": "2030", "Income": "120", "Loss used": "50", "Taxable income": "70", "Rate (%)": "10",
        "Relief": "Exempt", "Tax": "0", "Tax without the incentive": "14", "Tax saved": "14",
    }  # fmt: skip
    assert sum(float(row["Tax"]) for row in rows) == 85


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"profit": ""}, "This field is required."),
        ({"profit": "much"}, "“much” is not a figure"),
        ({"profit": "-"}, "“-” is not a figure"),
        ({"profit": "9" * 20}, "is too large"),
        ({"certificate_year": "26"}, "greater than or equal to 1990"),
        ({"lines": "2027 100"}, "Line 1, “2027 100”, is not a year, a colon and an amount."),
        ({"lines": "2027: 1\n2030-2028: 5"}, "Line 2, “2030-2028: 5”: the years do not fit."),
        ({"lines": "2027: x"}, "Line 1: “x” is not a figure"),
        ({"until": "2020"}, "The schedule begins in 2027"),
        ({"failed_years": "sometimes"}, "“sometimes” is not a year"),
        ({"level": "FTZ", "licensed_on": "2025-01-31"}, "The law of the licence day has no level FTZ."),
        ({"mode": "after_term"}, "Say in which year the registered capital is fully disbursed"),
        ({"mode": "within_term", "assets_total": "0"}, "The fixed assets of the whole project are more than 0."),
        ({"defer_first_period": "on"}, "Only a first period shorter than 12 months"),
        ({"revenue_share_percent": "101"}, "less than or equal to 100"),
        ({"format": "csv", "until": "2020"}, "The schedule begins in 2027"),
    ],
)
def test_what_cannot_be_read_is_told_beside_its_field(reader: Client, wrong: dict[str, str], sentence: str) -> None:
    page = reader.get(address(**FLAT | wrong))
    assert page.status_code == 400
    assert sentence in text_of(page)
    assert "There is a problem" in text_of(page)


def test_a_wrong_fold_stands_open(reader: Client) -> None:
    page = reader.get(address(**FLAT | {"mode": "after_term"})).content.decode()
    assert re.findall(r'<details class="fold tax-fold"( open)?>', page) == ["", " open"]


def test_the_page_asks_the_database_next_to_nothing(reader: Client) -> None:
    for where in (reverse("tax-schedule"), address(**LOSSES)):
        reader.get(where)
        with CaptureQueriesContext(connection) as asked:
            assert reader.get(where).status_code == 200
        assert len(asked.captured_queries) <= MOST_QUERIES


def test_the_page_only_reads(reader: Client) -> None:
    assert reader.post(reverse("tax-schedule"), FLAT).status_code == 405
