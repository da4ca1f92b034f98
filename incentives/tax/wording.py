"""The schedule in words: what was supposed, what each level is, and the saving in one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incentives.tax.case import HUNDRED, ZERO, Mode
from incentives.tax.checking import STANDARD_RATES
from incentives.tax.law import rules
from incentives.tax.schedule import Relief, Schedule
from incentives.tax.windows import Span, is_short
from projects.money import figure

HIGHEST_STANDARD: Final = max(STANDARD_RATES)
PLACES: Final = 3
"""Decimals of amounts that people read and type."""
LEVELS: Final[dict[str, str | Promise]] = {
    "A": gettext_lazy("A: supporting industry, high technology, especially difficult areas"),
    "B": gettext_lazy("B: incentive sectors, difficult areas, economic zones outside preferential areas"),
    "C": gettext_lazy("C: no incentive"),
    "FTZ_PRIORITY": gettext_lazy("Hai Phong free-trade zone, priority fields"),
    "FTZ": gettext_lazy("Hai Phong free-trade zone, other fields"),
}
RELIEFS: Final[dict[Relief, str | Promise]] = {
    Relief.EXEMPT: gettext_lazy("Exempt"), Relief.HALF: gettext_lazy("Half"), Relief.NONE: gettext_lazy("None"),
}  # fmt: skip


def shown(amount: Decimal) -> str:
    """An amount as people read it: to the million, where the unit is a billion."""
    return figure(round(amount, PLACES) or ZERO)


def headline(found: Schedule) -> str:
    """The saving over all years, first of all."""
    words = _span(found.years[0].year, found.years[-1].year) | {
        "saved": shown(found.saved), "total": shown(found.total), "without": shown(found.total_without),
    }  # fmt: skip
    if found.saved_percent is None:
        return _("From %(first)s to %(last)s no tax is due, with or without the incentive.") % words
    if not found.saved:
        return _("From %(first)s to %(last)s the tax is %(total)s; nothing is saved.") % words
    if found.saved < 0:
        return _("From %(first)s to %(last)s the tax is %(total)s instead of %(without)s: more than without.") % words
    return _(
        "From %(first)s to %(last)s the incentive saves %(saved)s: the tax is %(total)s instead of %(without)s, "
        "%(percent)s %% less."
    ) % (words | {"percent": figure(round(found.saved_percent, 1))})


def assumptions(found: Schedule) -> list[str]:
    """Whole sentences, the most important first."""
    return [
        _("This is an estimate. The enterprise itself assesses conditions, rate, years and losses and declares the "
          "tax; a tax audit may decide otherwise."),
        *_of_level(found), *_of_start(found), *_of_income(found), *_of_special(found), *_of_doubt(found),
        *_left_out(found),
    ]  # fmt: skip


def _span(first: int, last: int) -> dict[str, str]:
    return {"first": str(first), "last": str(last)}


def _years_of(span: Span) -> dict[str, str]:
    return _span(span.first, span.last)


def _of_level(found: Schedule) -> Iterator[str]:
    level, words = found.level, {"standard": figure(found.case.standard_rate)}
    yield _("The standard rate is %(standard)s %% in every year.") % words
    if found.case.standard_rate < HIGHEST_STANDARD:
        yield _("The reduced standard rate depends on the revenue of the year before and is not for companies that "
                "belong to larger ones; it is taken for every year.")  # fmt: skip
    if level.gives_nothing:
        return
    yield _("The conditions of the level are supposed to be met in every year that is not named as failed.")
    if level.rate is not None and level.rate > found.case.standard_rate:
        yield _("The standard rate is below the rate of the level, so the standard rate is taken.")
    if level.valid_to is not None:
        yield _("The law in force on the licence day goes on to apply; a higher level of the new law may be chosen "
                "for the remaining time.")  # fmt: skip
    elif found.case.certificate_year < level.valid_from.year:
        yield _("The certificate is older than the law of today, but no day of the licence is given: the law of today "
                "is taken.")  # fmt: skip
    yield _("A level is picked once for the same income and then stays for the rest of the time.")


def _of_start(found: Schedule) -> Iterator[str]:
    case, windows = found.case, found.windows
    if found.level.gives_nothing:
        return
    year = {"year": str(case.base)}
    if case.used:
        yield _("What is left of the incentive starts in %(year)s.") % year
    elif case.after_term:
        yield _("The years are counted from %(year)s, when the capital is fully disbursed and the certificate is "
                "there.") % year  # fmt: skip
    elif case.late:
        yield _("The years are counted from %(year)s, the year of the certificate, because revenue came before it. "
                "Nothing is paid back for the years before.") % year  # fmt: skip
    else:
        yield _("The years are counted from %(year)s, the first year with revenue. Sales from trial production are no "
                "revenue of the project.") % year  # fmt: skip
    if windows.rate:
        yield _("The rate of the level applies from %(first)s to %(last)s.") % _years_of(windows.rate)
    yield from _of_holiday(found)


def _of_holiday(found: Schedule) -> Iterator[str]:
    case, windows = found.case, found.windows
    start = {"year": str(windows.exempt.first)}
    if not (windows.exempt or windows.half):
        return
    if windows.waited:
        yield (
            _("There is no income in the first three years, so the exempt years start in the fourth, %(year)s.") % start
        )
    elif case.defer_first_period and windows.exempt.first == windows.rate.first:
        yield _("The exempt years start in %(year)s, with the first period of the incentive.") % start
    elif not case.used:
        yield _("The exempt years start in %(year)s, the first of the first three years with income before losses "
                "carried forward.") % start  # fmt: skip
    if windows.exempt:
        yield _("Exempt from %(first)s to %(last)s; years with a loss count.") % _years_of(windows.exempt)
    if windows.half:
        yield _("Half of the tax from %(first)s to %(last)s.") % _years_of(windows.half)
    if any(rule.code == "half-after-rate" for rule in found.rules):
        yield _("The years at half last longer than the years at the rate of the level: half of the standard rate is "
                "due then.")  # fmt: skip
    if is_short(case) and not case.after_term:
        yield (
            _("The first period is shorter than 12 months. It is taxed normally, and the incentive starts with the "
              "next one, as registered with the tax office.")
            if case.defer_first_period
            else _("The first period is shorter than 12 months and counts as a whole year; the tax office may be told "
                   "to start with the next one.")
        )  # fmt: skip


def _of_income(found: Schedule) -> Iterator[str]:
    case, first, last = found.case, min(found.case.income), max(found.case.income)
    yield _("Income is meant before losses carried forward, without income that no incentive covers.")
    if found.years[-1].year > last:
        yield _("From %(first)s on the income of %(last)s is repeated.") % _span(last + 1, last)
    if case.first_known < first:
        yield _("Before %(year)s no income is supposed.") % {"year": str(first)}
    if any(rule.code == "losses" for rule in found.rules):
        yield _("Losses are set against the income of the next five years, the oldest first and as far as they go, "
                "also in exempt years.")  # fmt: skip


def _of_special(found: Schedule) -> Iterator[str]:
    case = found.case
    if found.level.gives_nothing:
        return
    if case.used:
        yield _("Years already used are taken off: %(rate)s at the rate, %(exempt)s exempt, %(half)s at half. All "
                "years that have passed count, whether or not they brought anything.") % {
            "rate": case.used.rate, "exempt": case.used.exempt, "half": case.used.half}  # fmt: skip
    failed = ", ".join(str(year.year) for year in found.years if year.failed)
    if failed:
        yield _("A condition fails in %(years)s: %(rate)s %% is due, and the year counts all the same.") % {
            "years": failed, "rate": figure(rules()["failed-year"].limit("rate"))}  # fmt: skip
    if case.share_percent != HUNDRED:
        yield _("Without separate accounts %(share)s %% of the income, the share in the revenue, counts for the "
                "incentive; losses are divided in the same way.") % {"share": figure(case.share_percent)}  # fmt: skip
    if case.expansion is None:
        return
    if case.expansion.mode == Mode.WITHIN_TERM:
        if case.expansion.disbursed_year is not None and case.expansion.disbursed_year > found.windows.last:
            yield _("The term of the base project ends before the expansion is there, so it has nothing to follow: ask "
                    "for an expansion after the term.")  # fmt: skip
        yield _("The additional income of the expansion follows the base project for its remaining time, without "
                "separate accounts; the tax office is told the registered capital.")  # fmt: skip
        return
    yield _("An expansion after the term gets the exempt and half years of a new project, but not its rate; the rest "
            "of the income is taxed at the standard rate.")  # fmt: skip
    yield _("The expansion is supposed to meet one of the tests: fixed assets up by 40 billion dong (20 billion in "
            "incentive areas) or by 20 %%, or design capacity up by 20 %%.") % {}  # fmt: skip
    if case.expansion.assets_total is None:
        yield _("The income given is that of the expansion alone, booked separately.")
    else:
        yield _("The income of the expansion is taken by its share in the fixed assets, the same in every year.")


def _of_doubt(found: Schedule) -> Iterator[str]:
    codes = {rule.code for rule in found.rules}
    if "late-certificate-count" in codes:
        yield _("To be confirmed by the authority: whether the three years without income are counted from the year "
                "of the certificate where revenue came before it and income after. Here they are.")  # fmt: skip
    if "deferral-count" in codes:
        yield _("To be confirmed by the authority: whether the three years without income also start one period "
                "later. Here they do not.")  # fmt: skip
    if found.level.source == "S19":
        yield _("The level of the free-trade zone is known from reports on the resolution; its clauses are to be "
                "confirmed by the authority.")  # fmt: skip


def _left_out(found: Schedule) -> Iterator[str]:
    if found.level.gives_nothing:
        return
    yield _("Extra deductions for research and development and the science and technology fund are not reckoned.")
    yield _("A group with a yearly revenue of EUR 750 million or more may owe a top-up to 15 %%, which can take the "
            "holiday away again; it is not reckoned.") % {}  # fmt: skip
