"""Whatever a project's years and figures are: no window out of place, no tax below nothing or above the standard."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from incentives.tax.case import Case, Expansion, Mode, Used
from incentives.tax.law import Level, level, levels
from incentives.tax.schedule import Relief, compare, schedule

amounts = st.integers(-(10**9), 10**9).map(lambda thousandths: Decimal(thousandths) / 1000)
usable = st.sampled_from([one for one in levels() if one.sure])
uses = st.builds(Used, rate=st.integers(0, 20), exempt=st.integers(0, 6), half=st.integers(0, 12))
shares = st.integers(1, 100).map(Decimal)
expansions = st.none() | st.builds(
    Expansion, st.sampled_from(Mode), st.integers(2015, 2035), st.just(Decimal(100)), shares
)


@st.composite
def cases(draw: st.DrawFn, *, without_failing: bool = False, fresh: bool = False) -> Case:
    first = draw(st.integers(2020, 2030))
    years = draw(st.lists(st.integers(first - 2, first + 25), min_size=1, max_size=8, unique=True))
    months = draw(st.integers(1, 12))
    expansion = draw(expansions)
    after = expansion is not None and expansion.mode == Mode.AFTER_TERM
    return Case(
        certificate_year=draw(st.integers(2018, 2036)), first_revenue_year=first,
        income={year: draw(amounts) for year in years}, standard_rate=Decimal(20), first_year_months=months,
        defer_first_period=months < 12 and not after and draw(st.booleans()), used=Used() if fresh else draw(uses),
        failed_years=frozenset() if without_failing else frozenset(draw(st.sets(st.integers(2020, 2050), max_size=4))),
        share_percent=draw(shares), expansion=expansion,
    )  # fmt: skip


@given(cases(), usable)
def test_tax_is_never_below_nothing_and_never_above_the_standard_tax(case: Case, chosen: Level) -> None:
    found = schedule(case, chosen)
    for year in found.years:
        assert 0 <= year.tax <= year.tax_without
        assert 0 <= year.loss_used <= max(year.income, Decimal(0))
        assert year.taxable_income == max(year.income, Decimal(0)) - year.loss_used
    assert 0 <= found.total <= found.total_without


@given(cases(), usable)
def test_years_are_consecutive_and_the_holiday_stands_in_one_piece(case: Case, chosen: Level) -> None:
    found = schedule(case, chosen)
    assert all(later.year == earlier.year + 1 for earlier, later in pairwise(found.years))
    rate, exempt, half = found.windows
    assert half.first == exempt.first + exempt.years
    assert not [year for year in range(exempt.first, half.last + 1) if year in exempt and year in half]
    assert rate.first >= case.base
    assert rate.first <= exempt.first <= case.base + 3
    for year in found.years:
        if year.relief != Relief.NONE:
            assert year.year in (exempt if year.relief == Relief.EXEMPT else half)


@given(cases(), usable)
def test_no_year_is_used_twice_after_a_switch(case: Case, chosen: Level) -> None:
    rate, exempt, half = schedule(case, chosen).windows
    given_years = (0 if case.after_term else chosen.rate_years, chosen.exempt_years, chosen.half_years)
    used = (case.used.rate, case.used.exempt, case.used.half)
    for span, most, before in zip((rate, exempt, half), given_years, used, strict=True):
        assert span.years == max(0, most - before)


@given(cases(without_failing=True), usable, st.integers(0, 25), amounts)
def test_more_loss_never_means_more_tax_in_exempt_years(case: Case, chosen: Level, after: int, amount: Decimal) -> None:
    worse = replace(case, income=case.income | {case.base + after: -abs(amount)})
    for one in (case, replace(worse, until=case.base + 40)):
        exempt = [year for year in schedule(one, chosen).years if year.relief == Relief.EXEMPT]
        other = (100 - case.share_percent * (case.expansion.share if case.after_term and case.expansion else 1)) / 100
        assert all(abs(year.tax - year.tax_without * other) < Decimal("0.0001") for year in exempt)


@given(cases(), usable, st.integers(-20, 60))
def test_moving_all_years_moves_the_answer(case: Case, chosen: Level, by: int) -> None:
    expansion = case.expansion and replace(case.expansion, disbursed_year=(case.expansion.disbursed_year or 0) + by)
    moved = replace(
        case, certificate_year=case.certificate_year + by, first_revenue_year=case.first_revenue_year + by,
        income={year + by: amount for year, amount in case.income.items()}, expansion=expansion,
        failed_years=frozenset(year + by for year in case.failed_years),
    )  # fmt: skip
    here, there = schedule(case, chosen), schedule(moved, chosen)
    assert [replace(year, year=year.year + by) for year in here.years] == list(there.years)
    assert (here.total, here.saved) == (there.total, there.saved)


@given(cases(fresh=True), usable)
def test_losses_are_never_used_twice(case: Case, chosen: Level) -> None:
    found = schedule(replace(case, until=case.base + 40), chosen)
    suffered = Decimal(0)
    used = Decimal(0)
    for year in found.years:
        used += year.loss_used
        assert used <= suffered
        suffered += max(-year.income, Decimal(0))


@given(st.integers(1, 10**12).map(Decimal))
def test_a_flat_profit_pays_0_65_of_a_year_instead_of_3(profit: Decimal) -> None:
    chosen = level("A")
    assert chosen is not None
    found = schedule(Case(2026, 2027, {2027: profit}), chosen)
    assert (len(found.years), found.total, found.total_without) == (15, Decimal("0.65") * profit, 3 * profit)


@given(cases(without_failing=True))
def test_no_level_is_worse_than_none_over_the_same_years(case: Case) -> None:
    none = level("C")
    assert none is not None
    asked = schedule(case, none)
    for other in compare(asked, [one for one in levels() if one.sure]):
        assert [year.year for year in other.years] == [year.year for year in asked.years]
        assert other.total <= asked.total
