"""The timeline's page and the same for programs: one engine, everything in the address, nothing stored."""

from __future__ import annotations

import csv
import json
import re
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.db import connection
from django.http import StreamingHttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from rest_framework.throttling import ScopedRateThrottle

from tests.cases.pages.visitors import links_of, text_of

pytestmark = pytest.mark.django_db
API = "/api/v1/incentives/measures/"
MOST_QUERIES = 4
TWO_DAYS = {"place": "park", "state_land": "true", "lease_on": "2027-01-01", "production_on": "2028-03-01"}
FULL = TWO_DAYS | {
    "on": "2026-11-24", "product": "AUTO-01", "size": "sme", "certificate_year": "2027", "rent": "2", "profit": "100",
    "assets_value": "200", "assets_rate": "5", "materials_value": "20", "materials_rate": "12",
    "deposit_capital": "500", "investment": "1000", "market_rate": "8", "loan": "50", "value_chain": "on",
    "filed_on": "2027-07-01",
}  # fmt: skip
BILLIONS = ("rent", "profit", "assets_value", "materials_value", "deposit_capital", "investment", "loan")


@pytest.fixture(autouse=True)
def fresh() -> None:
    cache.clear()


@pytest.fixture
def reader() -> Client:
    return Client(headers={"accept-language": "en"})


def address(**asked: str) -> str:
    return f"{reverse('incentives-timeline')}?{urlencode(asked)}"


def ask(status: int = 200, **question: Any) -> dict[str, Any]:
    answer = Client().post(
        API, json.dumps(question), content_type="application/json", headers={"accept-language": "en"}
    )
    assert answer.status_code == status, answer.content.decode()
    found: dict[str, Any] = answer.json()
    return found


def for_programs(asked: dict[str, str]) -> dict[str, Any]:
    """The same answers as the API takes them: dong instead of billions, truth instead of words."""
    found: dict[str, Any] = {
        name: str(int(value) * 10**9) if name in BILLIONS else value for name, value in asked.items()
    }
    return found | {"state_land": True, "value_chain": True}


def rows_of(page: Any) -> dict[str, list[str]]:
    """The cells of the table of measures by name."""
    body = page.content.decode().split('id="measures-caption"')[1].split("</table>")[0]
    found = {}
    for name, cells in re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', body, re.DOTALL):
        found[name] = [
            " ".join(re.sub(r"<[^>]*>", " ", cell).split()) for cell in re.findall(r"<td.*?</td>", cells, re.DOTALL)
        ]
    return found


def test_the_empty_page_asks_and_answers_nothing(reader: Client) -> None:
    page = reader.get(reverse("incentives-timeline"))
    assert page.status_code == 200
    assert "Two days are enough to begin with" in text_of(page)
    assert 'id="answer"' not in page.content.decode()


def test_two_days_draw_everything_that_has_a_time(reader: Client) -> None:
    page = reader.get(address(**TWO_DAYS, on="2026-11-24"))
    rows = rows_of(page)
    assert rows["Import duty: materials"][:3] == ["Can be had", "1 Mar 2028", "28 Feb 2033"]
    assert rows["Land rent: after building"][1:3] == ["1 Mar 2028", "28 Feb 2043"]
    body = page.content.decode()
    assert len(re.findall(r'class="timeline-(?:full|part)" x="[0-9.]+%', body)) == 7
    assert "style=" not in body[body.index("<main") :]
    assert "30 Mar 2033" in text_of(page)


def test_days_and_amounts_are_those_of_the_api(reader: Client) -> None:
    shown, told = rows_of(reader.get(address(**FULL))), ask(**for_programs(FULL))
    assert len(shown) == len([one for one in told["measures"] if one["state"] != "missing"]) == 13
    for one in told["measures"]:
        row = shown[one["name"]]
        assert ([*row[1:3]] == ["–", "–"]) is (one["span"] is None), one["name"]
        if one["span"]:
            assert [row[1][-4:], row[2][-4:]] == [one["span"]["first"][:4], one["span"]["last"][:4]]
        if one["amount"] and not one["amount"]["yearly"]:
            exact = int(one["amount"]["saved"]) / 10**9
            assert abs(float(row[3].replace("at least ", "").replace(",", "")) - exact) < 0.001
    assert {rule["mark"] for one in told["measures"] for rule in one["rules"]} <= {"seen", "unsure", "general"}


def test_the_file_has_the_same_measures_and_the_days_to_keep(reader: Client) -> None:
    link = next(unescape(link) for link in links_of(reader.get(address(**FULL))) if "format=csv" in link)
    answer = reader.get(link)
    assert isinstance(answer, StreamingHttpResponse)
    rows = list(csv.DictReader(answer.getvalue().decode("utf-8-sig").splitlines()))
    told = {one["name"]: one for one in ask(**for_programs(FULL))["measures"]}
    assert {row["Measure"]: row["Saved (dong)"] for row in rows if row["State"]} == {
        name: one["amount"]["saved"] if one["amount"] else "" for name, one in told.items()
    }
    assert any(row["From"] == "2033-03-30" for row in rows if not row["State"])


def test_what_is_unsure_or_missing_is_named_without_a_figure(reader: Client) -> None:
    page = reader.get(address(**TWO_DAYS | {"place": "ez"}, rent="2"))
    row = rows_of(page)["Land rent: after building"]
    assert row == ["To be confirmed by the authority", "–", "–", "–", "–"]
    text = text_of(page)
    assert "Not reckoned yet" in text
    assert "Needs: Investment without working capital" in text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"production_on": "2028-01-01", "trial_on": "2028-01-01"}, "Trial production does not start the years"),
        ({"relief_from": "2026-12-31"}, "Relief from land rent counts from the filing"),
        ({"product": "steam engine"}, "is no line of the list"),
        ({"investment": "5", "own_capital": "6"}, "cannot be more than the investment"),
        ({"rent": "much"}, "“much” is not a figure"),
        ({"lease_on": "soon"}, "valid date"),
        ({"lease_on": "1925-01-01"}, "Give a day from 1990 to 2150."),
        ({"first_profit_year": "2027"}, "cannot be before the first year with revenue"),
        ({"level": "FTZ", "licensed_on": "2025-01-31"}, "The law of the licence day has no level FTZ."),
        ({"format": "csv", "rent": "much"}, "“much” is not a figure"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(reader: Client, wrong: dict[str, str], sentence: str) -> None:
    page = reader.get(address(**TWO_DAYS | wrong))
    assert page.status_code == 400
    assert sentence in text_of(page)
    assert 'value="2028' in page.content.decode()


def test_answers_go_to_the_other_tools_and_come_back(reader: Client) -> None:
    page = reader.get(address(**FULL, first_profit_year="2030"))
    links = [unescape(link) for link in links_of(page)]
    tax = next(link for link in links if link.startswith(reverse("tax-schedule")))
    assert "Exempt" in text_of(reader.get(tax))
    assert 'id="answer"' in reader.get(tax).content.decode()
    check = next(link for link in links if link.startswith(reverse("incentives-check")))
    assert 'value="AUTO-01"' in reader.get(check).content.decode()
    for there in (tax, check):
        back = next(
            unescape(link) for link in links_of(reader.get(there)) if link.startswith(reverse("incentives-timeline"))
        )
        again = reader.get(back)
        assert again.status_code == 200
        assert ('id="answer"' in again.content.decode()) is (there == tax)


def test_the_page_asks_the_database_next_to_nothing_and_only_reads(reader: Client) -> None:
    for where in (reverse("incentives-timeline"), address(**FULL)):
        reader.get(where)
        with CaptureQueriesContext(connection) as asked:
            assert reader.get(where).status_code == 200
        assert len(asked.captured_queries) <= MOST_QUERIES
    assert reader.post(reverse("incentives-timeline"), FULL).status_code == 405


# --- for programs ---------------------------------------------------------------------------------------------------
def test_the_api_answers_with_nothing_known_and_names_what_it_needs() -> None:
    found = ask()
    assert {one["state"] for one in found["measures"]} == {"missing"}
    assert all(one["missing"] for one in found["measures"])


def test_every_wrong_field_is_named_at_once_with_one_message_each() -> None:
    found = ask(400, place="moon", rent="-1", lease_on="soon", lease_years=100, year_end_month=5, deposit_reduction=30,
                market_rate="101", spelt="wrong", level="A", product="AUTO-01")  # fmt: skip
    assert set(found["errors"]) == {
        "place", "rent", "lease_on", "lease_years", "year_end_month", "deposit_reduction", "market_rate", "spelt",
    }  # fmt: skip
    late = ask(400, product="steam engine", lease_on="2027-01-01", filed_on="2031-07-01", relief_from="2031-06-30",
               production_on="2028-01-01", trial_on="2028-02-01", level="SPECIAL", investment="1",
               own_capital="2")  # fmt: skip
    assert set(late["errors"]) == {"product", "relief_from", "production_on", "level", "own_capital"}
    assert all(len(sentences) == 1 for answer in (found, late) for sentences in answer["errors"].values())


def test_the_tool_is_limited_like_the_other_public_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ScopedRateThrottle.THROTTLE_RATES, "public", "2/min")
    for _time in range(2):
        assert ask()["measures"]
    assert "measures" not in ask(429)
