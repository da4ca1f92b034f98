"""The deposit: 3 % to 300 billion, 2 % to 1,000 billion, 1 % above; Decree 96/2026, article 27."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from projects.deposit import BILLION, deposit

VECTORS = [(100, 0, 3), (300, 0, 9), (500, 0, 13), (1000, 0, 23), (500, 25, "9.75"), (500, 50, "6.5"), (0, 0, 0)]


@pytest.mark.parametrize(("capital", "reduction", "wanted"), VECTORS)
def test_the_vectors_of_the_decree(capital: int, reduction: int, wanted: int | str) -> None:
    assert deposit(capital * BILLION, reduction).amount == Decimal(wanted) * BILLION


def test_each_slice_says_its_rate_and_its_part() -> None:
    found = deposit(1200 * BILLION)
    assert [(part.percent, part.capital / BILLION, part.amount / BILLION) for part in found.slices] == [
        (3, 300, 9),
        (2, 700, 14),
        (1, 200, 2),
    ]
    assert found.amount == 25 * BILLION


@pytest.mark.parametrize("reduction", [10, -25, 100])
def test_a_reduction_the_decree_does_not_know_is_refused(reduction: int) -> None:
    with pytest.raises(ValueError, match="reduction"):
        deposit(BILLION, reduction)


def test_negative_capital_is_refused() -> None:
    with pytest.raises(ValueError, match="capital"):
        deposit(Decimal(-1))


@given(less=st.integers(0, 10**15), more=st.integers(0, 10**15))
def test_more_capital_never_means_less_deposit(less: int, more: int) -> None:
    less, more = sorted((less, more))
    assert deposit(Decimal(less)).amount <= deposit(Decimal(more)).amount


@given(capital=st.integers(0, 10**15), reduction=st.sampled_from([0, 25, 50]))
def test_the_deposit_is_at_most_three_percent_and_the_slices_make_it(capital: int, reduction: int) -> None:
    found = deposit(Decimal(capital), reduction)
    assert found.amount <= Decimal(capital) * 3 / 100 + 1
    assert sum(part.capital for part in found.slices) == capital
    assert abs(sum(part.amount for part in found.slices) - found.before) < 1


@pytest.mark.django_db
def test_the_public_tool_answers_in_the_words_of_the_contract(client: Client) -> None:
    body = {"capital_vnd": "500000000000", "reduction_percent": 25}
    answer = client.post("/api/v1/deposit/", body, content_type="application/json")
    told = answer.json()
    assert answer.status_code == 200
    assert told["deposit_vnd"] == "9750000000"
    assert [part["deposit_vnd"] for part in told["slices"]] == ["9000000000.00", "4000000000.00"]
    assert any("27(4)" in clause for clause in told["legal_basis"])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"capital_vnd": "many"}, "capital_vnd"),
        ({"capital_vnd": "-1"}, "capital_vnd"),
        ({}, "capital_vnd"),
        ({"capital_vnd": "1", "reduction_percent": 30}, "reduction_percent"),
    ],
)
def test_bad_input_is_named_by_field(client: Client, body: dict, field: str) -> None:
    answer = client.post("/api/v1/deposit/", body, content_type="application/json")
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [field]
