"""Import duty: on fixed assets while the project is built, on materials for some years, and the programme for cars.

Law 107/2016, article 16; Decree 134/2016, articles 14, 15, 30 and 31a; Decree 26/2023, article 9. The duty is the
customs value at the rate that the reader typed: no rate is supposed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from incentives.calculators.law import Lawbook, Rule
from incentives.calculators.measure import Amount, Code, Kind, Measure, State, Task
from incentives.calculators.outcomes import no_law, product_of, ruled_out, shown, unsure
from incentives.calculators.question import Area, Question, Sector
from incentives.calculators.spans import MONTHS, ONE, Span, add_months, month_end, over, rounded, term
from projects.money import figure

CARS: Final = "AUTOMOBILE"
NOT_A_PROJECT: Final = "takeover"


class TrialDate(ValueError):
    """The five years were asked for from trial production, which does not count."""


def assets(asked: Question, law: Lawbook) -> Measure:
    """The goods that make up the fixed assets, of a new project or an expansion, while it is built."""
    code, first = Code.DUTY_ASSETS, asked.assets_from or asked.licensed_on or asked.lease_on
    if first is None:
        return Measure(code, State.MISSING, missing=("assets_from",))
    rule = law.on("duty-assets", first)
    if rule is None:
        return no_law(code, first)
    stopped = _not_entitled(code, asked, rule)
    if stopped:
        return stopped
    percent = rule.limit("percent")
    if percent is None:
        return unsure(code, rule)
    if asked.running is None:
        return Measure(code, State.MISSING, missing=("production_on",))
    if asked.running <= first:
        return ruled_out(code, _("The project is running before its first import: its fixed assets are there."), rule)
    span = Span(first, asked.running - ONE)
    return Measure(
        code, State.APPLIES, span, amount=_once(asked, percent), bases=(rule,), notes=tuple(_on_assets(asked)),
        tasks=(*_list_of_goods(first, rule), *reports(asked, span, rule)),
    )  # fmt: skip


def materials(asked: Question, law: Lawbook) -> Measure:
    """Materials, supplies and components not made in Vietnam: some years from the start of official production.

    Raises TrialDate where official production is said to begin with trial production.
    """
    code = Code.DUTY_MATERIALS
    if asked.production_on is None:
        return Measure(code, State.MISSING, missing=("production_on",))
    if asked.trial_on is not None and asked.production_on <= asked.trial_on:
        raise TrialDate("trial production does not start the five years")
    day = max(asked.production_on, asked.on)
    rule = law.on("duty-materials", day)
    if rule is None:
        return no_law(code, day)
    stopped = _not_entitled(code, asked, rule) or _excluded(asked, rule)
    if stopped:
        return stopped
    years, percent = rule.count("years"), rule.limit("percent")
    if not years or percent is None:
        return unsure(code, rule)
    span = term(asked.production_on, years)
    known = span.since(rule.valid_from)
    return Measure(
        code, State.APPLIES, span, amount=_yearly(asked, known, percent) if known else None, bases=(rule,),
        notes=tuple(_on_materials(span, rule)), tasks=tuple(sorted(_material_tasks(asked, span, rule), key=_day)),
    )  # fmt: skip


def cars(asked: Question, law: Lawbook) -> Measure | None:
    """The tariff programme for parts of cars, as long as it runs; nothing for other products."""
    code, begins = Code.DUTY_AUTO, asked.production_on
    newest = law.last(code)
    if newest is None or not newest.allows("group", asked.group):
        return None
    if begins is None:
        return Measure(code, State.MISSING, missing=("production_on",))
    first = max(begins, asked.on)
    rule = law.on(code, first)
    if rule is None:
        return no_law(code, first) if newest.valid_to is None or first < newest.valid_from else _ended(newest)
    percent = rule.limit("percent")
    if percent is None or rule.valid_to is None:
        return unsure(code, rule)
    span = Span(first, rule.valid_to)
    notes = (
        _("The duty is paid first and refunded for each half-year; a sale contract with a certified car maker is "
          "needed. For each import choose between this programme and the relief on materials."),
    )  # fmt: skip
    return Measure(code, State.APPLIES, span, amount=_yearly(asked, span, percent), bases=(rule,), notes=notes,
                   tasks=tuple(_refunds(span, rule)))  # fmt: skip


def reports(asked: Question, span: Span, rule: Rule) -> Iterator[Task]:
    """The yearly report on the use of duty-free goods, for every financial year that the time touches."""
    days = rule.count("report_days")
    if days is None:
        return
    year = span.first.year
    while True:
        ends = month_end(year, asked.year_end_month)
        if ends >= span.first:
            yield Task(Kind.DUTY_REPORT, ends + timedelta(days=days), _report_words(ends, days))
        if ends >= span.last:
            return
        year += 1


def _report_words(ends: date, days: int) -> str:
    return ngettext(
        "Report to customs how the duty-free goods were used in the financial year to %(day)s, at most %(count)s day "
        "after it.",
        "Report to customs how the duty-free goods were used in the financial year to %(day)s, at most %(count)s days "
        "after it.",
        days,
    ) % {"day": shown(ends), "count": days}


def _not_entitled(code: Code, asked: Question, rule: Rule) -> Measure | None:
    if asked.project_type == NOT_A_PROJECT:
        return ruled_out(
            code, _("Only for new projects and expansions, not for the takeover of an old business."), rule
        )
    favoured = asked.land_area in (Area.ESPECIALLY_DIFFICULT, Area.FREE_TRADE_ZONE)
    if code == Code.DUTY_ASSETS:
        favoured = favoured or asked.sector != Sector.NONE or asked.land_area == Area.DIFFICULT
    if asked.sector == Sector.SPECIAL or favoured:
        return None
    return ruled_out(
        code, _("Neither the sector nor the place of the project is favoured by the investment law."), rule
    )


def _excluded(asked: Question, rule: Rule) -> Measure | None:
    """What the law leaves out: minerals, excise goods, products that are mostly resources and energy."""
    code, most = Code.DUTY_MATERIALS, rule.limit("resource_energy_percent")
    if asked.minerals or asked.excise:
        return ruled_out(code, _("Not for minerals and not for goods under excise tax."), rule)
    share = asked.resource_energy_percent
    if share is not None and most is not None and share >= most:
        return ruled_out(
            code,
            _("Not for products whose resource and energy cost is %(percent)s %% of their cost or more.")
            % {"percent": figure(most)},
            rule,
        )  # fmt: skip
    return None


def _once(asked: Question, percent: Decimal) -> Amount | None:
    duty = product_of(asked.assets_value, asked.assets_rate)
    if duty is None:
        return None
    return Amount(rounded(duty * asked.eligible_percent / 100 * percent / 100), rounded(duty))


def _yearly(asked: Question, span: Span, percent: Decimal) -> Amount | None:
    duty = product_of(asked.materials_value, asked.materials_rate)
    return None if duty is None else Amount(over(span, duty, percent), over(span, duty))


def _on_assets(asked: Question) -> Iterator[str]:
    yield _("Machinery, parts used with it, materials to make it, special transport in the line, and building "
            "materials not made in Vietnam. Supposed to be imported before the project runs.")  # fmt: skip
    if asked.eligible_percent < 100:
        yield _("Only goods allocated and booked to the eligible part: %(percent)s %% of the customs value.") % {
            "percent": figure(asked.eligible_percent)}  # fmt: skip


def _on_materials(span: Span, rule: Rule) -> Iterator[str]:
    yield _("Materials, supplies and components that are not made in Vietnam. Trial production does not count.")
    if span.first < rule.valid_from:
        yield _("Imports before %(day)s are under earlier rules, which this portal does not keep: they are left out of "
                "the amount.") % {"day": shown(rule.valid_from)}  # fmt: skip


def _day(task: Task) -> date:
    return task.day or date.min


def _list_of_goods(first: date, rule: Rule) -> Iterator[Task]:
    days = rule.count("list_reply_working_days")
    if days is not None:
        yield Task(Kind.OTHER, first, ngettext(
            "Notify customs of the list of duty-free goods before the first of them is declared; customs answers "
            "within %(count)s working day.",
            "Notify customs of the list of duty-free goods before the first of them is declared; customs answers "
            "within %(count)s working days.",
            days,
        ) % {"count": days})  # fmt: skip


def _material_tasks(asked: Question, span: Span, rule: Rule) -> Iterator[Task]:
    yield Task(Kind.PRODUCTION, span.first, _("Tell customs the day official production starts, before the goods are "
                                              "cleared."))  # fmt: skip
    yield from reports(asked, span, rule)
    days = rule.count("stock_days")
    if days is not None:
        yield Task(Kind.STOCK, span.last + timedelta(days=days),
                   _("Declare the stock that is left when the relief ends, and pay the duty on it."))  # fmt: skip


def _ended(rule: Rule) -> Measure:
    return ruled_out(
        Code.DUTY_AUTO,
        _("The programme ends on %(day)s, before the first import.") % {"day": shown(rule.valid_to or rule.valid_from)},
        rule,
    )


def _refunds(span: Span, rule: Rule) -> Iterator[Task]:
    """The file for each half-year in which goods are imported."""
    days, months = rule.count("settle_days"), rule.count("settle_months")
    if days is None or not months or MONTHS % months:
        return
    ends = month_end(span.first.year, -(-span.first.month // months) * months)
    while True:
        yield Task(Kind.REFUND, ends + timedelta(days=days),
                   _("File for the refund of the half-year to %(day)s.") % {"day": shown(ends)})  # fmt: skip
        if ends >= span.last:
            return
        ends = month_end(*_month_of(add_months(ends, months)))


def _month_of(day: date) -> tuple[int, int]:
    return day.year, day.month
