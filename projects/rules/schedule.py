"""Term and schedule: within the law, within the lease, and in a possible order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import MAXYEAR, date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cases.findings import Level
from projects.checking import Facts, Said, check, fail, fine, note, open_
from projects.routing import in_zone
from projects.thresholds import in_force


def years_after(day: date, years: int) -> date:
    """The same day some years later; 29 February becomes 28 February, and the calendar's last day ends everything."""
    year = day.year + years
    if year > MAXYEAR:
        return date.max
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def months_after(day: date, months: int) -> date:
    """The same day some months later, or the last day of that month; at most the calendar's last day."""
    total = day.year * 12 + day.month - 1 + months
    year, month = divmod(total, 12)
    if year > MAXYEAR:
        return date.max
    for last in range(day.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, min(day.day, 28))


def shown(day: date) -> str:
    """A day the way the reader writes it."""
    return date_format(day, "DATE_FORMAT")


def project_end(facts: Facts) -> date | None:
    """The day the term would end if the certificate were issued on the day of the check."""
    years = facts.registration.term_years
    return years_after(facts.on, years) if years else None


@check("V5", level=Level.WARN, path="phases", clause="D96 37(8)")
def capital_schedule_is_possible(facts: Facts) -> Iterator[Said]:
    """Dates not before the certificate, not after the project's end; the last contribution before completion."""
    phases, investors = facts.rows("phases"), facts.rows("investors")
    completion = max((row.operation_on for row in phases if row.operation_on), default=None)
    if completion is None:
        yield open_(_("The schedule can be checked once every phase says when operation begins."))
        return
    problems = [*_too_early(facts), *_too_late(facts), *_order(phases)]
    for index, row in enumerate(investors):
        last = _last_contribution(row, facts.on)
        if last and last > completion:
            words = {"name": row.name, "last": shown(last), "completion": shown(completion)}
            problems.append(
                fail(
                    _("%(name)s contributes until %(last)s, after the last phase is completed on %(completion)s.")
                    % words,
                    f"investors.{index}.contribution_by",
                )
            )
    yield from problems
    if not problems:
        yield fine(_("The schedule of capital and works is possible."))


def _last_contribution(row: Any, on: date) -> date | None:
    if row.contribution_by:
        last: date = row.contribution_by
        return last
    return months_after(on, row.contribution_months) if row.contribution_months is not None else None


def _too_early(facts: Facts) -> Iterator[Said]:
    dated = [
        ("phases", "capital_by"),
        ("sources", "available_by"),
        ("investors", "contribution_by"),
        ("phases", "operation_on"),
    ]
    for name, column in dated:
        for index, row in enumerate(facts.rows(name)):
            day = getattr(row, column)
            if day and day < facts.on:
                yield fail(
                    _("%(day)s lies before the certificate can be issued.") % {"day": shown(day)},
                    f"{name}.{index}.{column}",
                )


def _too_late(facts: Facts) -> Iterator[Said]:
    end = project_end(facts)
    for index, row in enumerate(facts.rows("phases")):
        if end and row.operation_on and row.operation_on > end:
            words = {"day": shown(row.operation_on), "end": shown(end)}
            yield fail(
                _("Operation begins on %(day)s, after the project ends on %(end)s.") % words,
                f"phases.{index}.operation_on",
            )


def _order(phases: list[Any]) -> Iterator[Said]:
    for index, row in enumerate(phases):
        days = [row.construction_from, row.construction_to, row.installation_to, row.trial_on, row.operation_on]
        known = [day for day in days if day]
        if known != sorted(known):
            yield fail(
                _("In phase “%(phase)s” construction, installation, trial run and operation are not in this order.")
                % {"phase": row.name},
                f"phases.{index}.operation_on",
            )


@check("V8", level=Level.BLOCK, path="term_years", clause="L143 31")
def term_is_within_the_law(facts: Facts) -> Iterator[Said]:
    """At most 70 years in an economic zone, 50 outside (70 in the cases the law names)."""
    years = facts.registration.term_years
    rule = next(iter(in_force("term", facts.on)), None)
    if not years or rule is None:
        yield open_(_("The term can be checked once its years are given."))
        return
    words = {"years": years, "longest": rule["longest"], "usual": rule["outside"]}
    inside = bool(facts.zone and in_zone(facts.registration) and facts.zone.in_economic_zone)
    if years > rule["longest"]:
        yield fail(_("A term of %(years)s years is too long: the law allows at most %(longest)s.") % words)
    elif years > rule["outside"] and not inside:
        yield fail(
            _(
                "Outside the economic zones a term is at most %(usual)s years; %(years)s years need one of the "
                "cases for "
                "which the law allows up to %(longest)s."
            )
            % words,
            level=Level.WARN,
        )
    else:
        yield fine(_("The term of %(years)s years is within the law.") % words)


@check("V9", level=Level.INFO, path="term_from", clause="D96 28(1)")
def term_is_reckoned(facts: Facts) -> Iterator[Said]:
    """When the term would begin and end."""
    end = project_end(facts)
    if end is None:
        return
    if facts.registration.term_from in ("land_decision", "handover"):
        yield note(
            _("The term begins with the land: its last day is known once the decision or the handover is dated.")
        )
        return
    words = {"start": shown(facts.on), "end": shown(end)}
    yield note(_("If the certificate were issued on %(start)s, the term would end on %(end)s.") % words)


@check("V10", level=Level.WARN, path="site_lease_until", clause="", mark="G")
def term_fits_the_lease(facts: Facts) -> Iterator[Said]:
    """The term should not be longer than what is left of the lease in the zone."""
    end, lease = project_end(facts), facts.registration.site_lease_until
    if facts.registration.land_source not in ("sublease", "workshop"):
        return
    if end is None or lease is None:
        yield open_(_("Whether the term fits the lease can be checked once both are given."))
    elif end > lease:
        words = {"end": shown(end), "lease": shown(lease)}
        yield fail(_("The term would end on %(end)s, after the lease of the site on %(lease)s.") % words)
    else:
        yield fine(_("The term ends before the lease of the site does."))


@check("V11", level=Level.WARN, path="erc_first_on", clause="D96 72(4)")
def company_first_needs_its_certificate_in_time(facts: Facts) -> Iterator[Said]:
    """A company founded before its first project must have the certificate within 12 months."""
    registration = facts.registration
    founded = registration.erc_first_on
    if registration.investment_form != "existing_company" or not registration.company_first_project or founded is None:
        return
    limit = months_after(founded, 12)
    words = {"founded": shown(founded), "limit": shown(limit)}
    if facts.on > limit:
        yield fail(_("The company was founded on %(founded)s: its first certificate was due by %(limit)s.") % words)
    elif facts.on >= months_after(founded, 9):
        yield fail(
            _("The company was founded on %(founded)s: its first certificate is due by %(limit)s, soon.") % words
        )
    else:
        yield note(_("The company was founded on %(founded)s: its first certificate is due by %(limit)s.") % words)
