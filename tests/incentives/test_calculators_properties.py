"""Whatever the days and amounts are: no relief above what would be due, none before its filing, none shifted."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from hypothesis import given
from hypothesis import strategies as st

from incentives.calculators.law import Lawbook, Rule
from incentives.calculators.measure import Code, State
from incentives.calculators.question import Area, Question, Sector
from incentives.calculators.spans import ONE, Span, add_years, over
from incentives.calculators.timeline import timeline_for
from incentives.reference import DATA

ALWAYS: Final = Lawbook(
    tuple(
        Rule(code=row["code"], version=row["version"], clause=row["clause_en"], mark="confirmed", sure=True,
             scope=row["scope"], limits=row["limits"], valid_from=date(1900, 1, 1), valid_to=None)
        for row in json.loads((DATA / "policies.json").read_text()) if row["valid_to"] is None
    )
)  # fmt: skip
"""The rules of today as if they had always been law, and confirmed: what shifts is then the project alone."""
DAYS: Final = [one.name for one in fields(Question) if one.type in ("date", "date | None")]
YEARS: Final = ("certificate_year", "first_revenue_year", "first_profit_year")

some_day = st.dates(date(2020, 1, 1), date(2040, 12, 31)).filter(lambda day: (day.month, day.day) != (2, 29))
amounts = st.none() | st.integers(0, 10**13).map(Decimal)
rates = st.none() | st.integers(0, 100_000).map(lambda thousandths: Decimal(thousandths) / 1000)


@st.composite
def questions(draw: st.DrawFn) -> Question:
    return Question(
        on=draw(some_day), place=draw(st.sampled_from([None, "ftz", "ez", "park", "other"])),
        state_land=draw(st.sampled_from([None, True, False])), area=draw(st.sampled_from([None, *Area])),
        sector=draw(st.sampled_from(Sector)), size=draw(st.sampled_from([None, "sme", "large"])),
        high_tech=draw(st.booleans()), lease_on=draw(st.none() | some_day), filed_on=draw(st.none() | some_day),
        lease_years=draw(st.none() | st.integers(1, 99)), production_on=draw(st.none() | some_day),
        operation_on=draw(st.none() | some_day), licensed_on=None, assets_from=draw(st.none() | some_day),
        certificate_year=draw(st.none() | st.integers(2018, 2042)), rent=draw(amounts), assets_value=draw(amounts),
        assets_rate=draw(rates), eligible_percent=Decimal(draw(st.integers(0, 100))), materials_value=draw(amounts),
        materials_rate=draw(rates), profit=draw(amounts), investment=draw(amounts), loan=draw(amounts),
        market_rate=draw(st.none() | st.integers(0, 100).map(Decimal)), value_chain=draw(st.booleans()),
        deposit_capital=draw(amounts), deposit_reduction=draw(st.sampled_from([0, 25, 50])),
    )  # fmt: skip


def moved(asked: Question, by: int) -> Question:
    later: dict[str, Any] = {name: add_years(getattr(asked, name), by) for name in DAYS if getattr(asked, name)}
    return replace(asked, **later, **{name: getattr(asked, name) + by for name in YEARS if getattr(asked, name)})


def ends(span: Span | None) -> tuple[date, date] | None:
    return (span.first, span.last + ONE) if span else None


@given(questions())
def test_no_measure_saves_less_than_nothing_or_more_than_is_due(asked: Question) -> None:
    for one in timeline_for(asked, ALWAYS).measures:
        if one.amount is not None:
            assert one.amount.saved >= 0, one
            assert one.amount.whole is None or one.amount.saved <= one.amount.whole, one
            assert one.amount.whole is not None or one.code is Code.CREDIT_INTEREST
            assert one.amount.saved == one.amount.saved.to_integral_value()
        if one.state is not State.APPLIES:
            assert one.span is None
            assert one.amount is None or one.amount.saved == 0
        assert bool(one.missing) is (one.state is State.MISSING)


@given(questions())
def test_no_relief_from_land_rent_before_its_filing_and_nothing_lost_twice(asked: Question) -> None:
    found = timeline_for(asked, ALWAYS)
    for code in (Code.LAND_BUILDING, Code.LAND_RELIEF):
        one = found.measure(code)
        assert one is not None
        needs_no_filing = any(isinstance(basis, Rule) and basis.whole_term for basis in one.bases)
        if one.span and asked.filed_on and not needs_no_filing:
            assert one.span.first >= asked.filed_on
        if one.span and one.lost:
            assert one.lost.last + ONE == one.span.first
    built, after = found.measure(Code.LAND_BUILDING), found.measure(Code.LAND_RELIEF)
    if built and after and built.span and after.span:
        assert built.span.last < after.span.first


@given(questions(), st.integers(-30, 60))
def test_moving_all_days_by_years_moves_every_window(asked: Question, by: int) -> None:
    here, there = timeline_for(asked, ALWAYS), timeline_for(moved(asked, by), ALWAYS)
    assert [one.state for one in here.measures] == [one.state for one in there.measures]
    for before, after in zip(here.measures, there.measures, strict=True):
        for was, now in ((ends(before.span), ends(after.span)), (ends(before.lost), ends(after.lost))):
            assert (was is None) is (now is None)
            if was and now:
                assert now == (add_years(was[0], by), add_years(was[1], by))


@given(some_day, st.integers(0, 20_000), st.integers(0, 20_000), st.integers(0, 10**12).map(Decimal))
def test_a_longer_time_never_costs_less(first: date, days: int, more: int, rent: Decimal) -> None:
    short = Span(first, first + timedelta(days=days))
    long = Span(first, short.last + timedelta(days=more))
    assert over(short, rent) <= over(long, rent)
    assert over(Span(min(short.last, long.last), long.last), rent) <= over(long, rent)
