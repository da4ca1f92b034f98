"""What the page of impact shows: projects by eligibility, grants, revenue forgone, and the same at another level."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from incentives.impact.bars import Bars, bars
from incentives.impact.forgone import Assumed, Granted, by_year, years_of
from incentives.impact.form import AssumptionForm
from incentives.impact.standing import BY, Line, Seen, Standing, by_key, by_standing, grants_by, total
from incentives.petitions.capital import Behind
from incentives.tax.law import Level
from incentives.tax.wording import LEVELS, shown
from projects.models import Sector, Zone
from projects.money import figure

MARK: Final = "\ufeff"
"""Tells a spreadsheet that the letters are UTF-8."""


@dataclass(frozen=True)
class Row:
    """A line of a table with its name in the reader's language."""

    name: str
    line: Line


@dataclass(frozen=True)
class Forgone:
    """A year at both levels, as people read it."""

    year: str
    income: str
    tax: str
    without: str
    forgone: str
    other: str
    change: str


def standings(seen: Seen) -> list[tuple[Standing, Behind]]:
    """Projects by eligibility."""
    return by_standing(seen.projects)


def tables(seen: Seen, by: str) -> dict[str, Any]:
    """Projects by eligibility, and grants, by sector, zone or year (1 query for the names)."""
    by = by if by in BY else "sector"
    names = _names(by)
    return {
        "by": by, "standings": standings(seen), "all": total(seen.projects), "granted_all": total(seen.grants),
        "rows": [Row(_name(names, line.key), line) for line in by_key(seen.projects, by)],
        "grant_rows": [Row(_name(names, line.key), line) for line in grants_by(seen.grants, by)],
    }  # fmt: skip


def reckoned(seen: Seen, form: AssumptionForm) -> list[Granted]:
    """Everything that is reckoned: grants in force, and the projects without one that were asked for."""
    found = [
        Granted(one.number, one.name, one.number, one.first_year, one.usd, one.vnd, one.income, one.first_revenue)
        for one in seen.grants
    ]
    year = form.cleaned_data["as_if"]
    return found + [
        Granted(one.code, one.name, "", year, one.usd, one.vnd) for one in seen.projects if one.standing in form.wider
    ]


def forgone(found: Sequence[Granted], form: AssumptionForm) -> dict[str, Any]:
    """Year by year at the level asked about and at the other one, with a chart, totals and every assumption."""
    assumed, (level, other) = form.assumed(), form.levels()
    now, beside = by_year(found, level, assumed), by_year(found, other, assumed)
    pairs = list(zip(now, beside, strict=True))
    sums = [sum((year.forgone for year in years), Decimal(0)) for years in (now, beside)]
    chart: Bars | None = bars([(one.year, one.forgone, two.forgone) for one, two in pairs])
    return {
        "years": [
            Forgone(str(one.year), shown(one.income), shown(one.tax), shown(one.without), shown(one.forgone),
                    shown(two.forgone), signed(two.forgone - one.forgone))
            for one, two in pairs
        ],
        "chart": chart, "most": shown(chart.most) if chart else "", "level": LEVELS[level.code],
        "other": LEVELS[other.code], "total": shown(sums[0]), "total_other": shown(sums[1]),
        "total_change": signed(sums[1] - sums[0]), "assumptions": list(_assumptions(found, form, assumed, level)),
    }  # fmt: skip


def signed(amount: Decimal) -> str:
    """A change with its sign."""
    return f"{'+' if amount > 0 else '−' if amount < 0 else ''}{shown(abs(amount))}"


def _assumptions(found: Sequence[Granted], form: AssumptionForm, assumed: Assumed, level: Level) -> Iterator[str]:
    """Whole sentences: what was stated, what could not be reckoned, and what the engine supposes."""
    said = form.cleaned_data
    yield ngettext("%(n)s certificate or project is reckoned.", "%(n)s certificates and projects are reckoned.",
                   len(found)) % {"n": figure(len(found))}  # fmt: skip
    without = sum(one.income(assumed) is None for one in found)
    if without:
        yield ngettext("%(n)s of them states no capital and adds nothing.", "%(n)s of them state no capital and add "
                       "nothing.", without) % {"n": figure(without)}  # fmt: skip
    yield _("Profit of every year: %(margin)s %% of the registered capital of today, without losses.") % {
        "margin": figure(assumed.margin),
    }  # fmt: skip
    yield _("1 USD is %(rate)s dong, in every year.") % {"rate": figure(assumed.rate)}
    yield ngettext(
        "Revenue begins %(n)s year after the year of the certificate; the last year is %(until)s.",
        "Revenue begins %(n)s years after the year of the certificate; the last year is %(until)s.", assumed.wait,
    ) % {"n": assumed.wait, "until": str(assumed.until)}  # fmt: skip
    if assumed.as_applied:
        stated = sum(one.applied_income is not None for one in found)
        yield ngettext(
            "For %(n)s certificate income and first year are those of its application.",
            "For %(n)s certificates income and first year are those of their applications.", stated,
        ) % {"n": figure(stated)}  # fmt: skip
    if form.wider:
        yield _("Projects without a certificate are reckoned as if they got one in %(year)s.") % {
            "year": str(said["as_if"]),
        }  # fmt: skip
    yield _("All of them at one level, “%(level)s”, against a standard rate of %(standard)s %%.") % {
        "level": LEVELS[level.code], "standard": figure(assumed.standard),
    }  # fmt: skip
    yield _("Only corporate income tax is reckoned: no duty, no land rent. Without the incentive every project is "
            "supposed to come and earn the same.")  # fmt: skip


# --- CSV --------------------------------------------------------------------------------------------------------------
class Echo:
    """What the csv module writes to; hands the line on instead of keeping it."""

    def write(self, line: str) -> str:
        """The line itself."""
        return line


def projects_csv(seen: Seen) -> Iterator[str]:
    """A line for each project, streamed."""
    writer = csv.writer(Echo())
    yield MARK
    yield writer.writerow([
        _("Code"), _("Project"), _("Standing"), _("By"), _("Sector"), _("Zone"), _("Year"), "USD", "VND",
    ])  # fmt: skip
    for one in seen.projects:
        yield writer.writerow([
            one.code, _safe(one.name), one.standing.label, one.by, one.sector, one.zone, one.year or "",
            _plain(one.usd), _plain(one.vnd),
        ])  # fmt: skip


def forgone_csv(found: Iterable[Granted], form: AssumptionForm) -> Iterator[str]:
    """The assumptions, then a line for each certificate or project and year, streamed; billions of dong."""
    assumed, (level, other) = form.assumed(), form.levels()
    rows = list(found)
    writer = csv.writer(Echo())
    yield MARK
    for sentence in _assumptions(rows, form, assumed, level):
        yield writer.writerow([sentence])
    yield writer.writerow([
        _("Code"), _("Project"), _("Year"), _("Income"), _("Tax"), _("Tax without the incentive"),
        _("Revenue forgone"), _("Revenue forgone at the other level"),
    ])  # fmt: skip
    for one in rows:
        for now, beside in zip(years_of(one, level, assumed), years_of(one, other, assumed), strict=True):
            yield writer.writerow([
                one.code, _safe(one.name), now.year, _plain(now.income), _plain(now.tax), _plain(now.without),
                _plain(now.forgone), _plain(beside.forgone),
            ])  # fmt: skip


def _plain(amount: Decimal | None) -> str:
    return "" if amount is None else format(amount, "f")


def _safe(text: str) -> str:
    """A name that a spreadsheet does not take for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t" else text


def _names(by: str) -> dict[str, str]:
    language = get_language() or "vi"
    if by == "zone":
        return {zone.code: zone.name(language) for zone in Zone.objects.all()}
    if by == "sector":
        return {row.code: row.name(language) for row in Sector.objects.filter(level=2).order_by("edition")}
    return {}


def _name(names: dict[str, str], key: str) -> str:
    if not key:
        return _("Not known")
    return f"{key} {names[key]}" if names.get(key) else key
