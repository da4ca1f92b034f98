"""Land rent: free while building, then for some years; and less rent for small firms that sub-lease in a park.

Decree 103/2024, article 39; Decree 50/2026, article 11: relief counts from the filing, the time before it is lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from incentives.calculators.law import Lawbook, Rule
from incentives.calculators.measure import Amount, Bound, Code, Kind, Measure, State, Task
from incentives.calculators.outcomes import missing, no_law, ruled_out, shown, unsure
from incentives.calculators.question import Area, Question, Sector
from incentives.calculators.spans import ONE, Span, add_months, add_years, over, term


class BeforeFiling(ValueError):
    """Relief was asked for from a day before it was filed for."""


def building(asked: Question, law: Lawbook) -> Measure:
    """No rent from the lease decision until the project runs, at most some years."""
    code, lease = Code.LAND_BUILDING, asked.lease_on
    stopped = _not_state_land(code, asked) or missing(code, asked, "state_land", "lease_on")
    if stopped or lease is None:
        return stopped or Measure(code, State.MISSING)
    rule = law.on("land-building", asked.filed_on or lease)
    if rule is None:
        return no_law(code, asked.filed_on or lease)
    if asked.sector == Sector.NONE and asked.land_area == Area.ORDINARY:
        return ruled_out(code, _not_favoured(), rule)
    years, percent = rule.count("years"), rule.limit("percent")
    if not years or percent is None:
        return unsure(code, rule)
    if asked.running is not None and asked.running <= lease:
        return ruled_out(code, _("The project runs already when the lease begins."), rule)
    longest = term(lease, years)
    entitled = longest.before(asked.running) if asked.running else longest
    return _granted(code, asked, entitled or longest, percent, rule)


def relief(asked: Question, law: Lawbook) -> Measure:
    """No rent for some years after building, or for the whole lease, by sector and place."""
    code, lease, area = Code.LAND_RELIEF, asked.lease_on, asked.land_area
    places = () if area else ("place",)
    stopped = _not_state_land(code, asked) or missing(code, asked, "state_land", "lease_on", *places)
    if stopped or lease is None or area is None:
        return stopped or Measure(code, State.MISSING)
    filed = asked.filed_on or lease
    rule = law.for_case(filed, area, asked.sector)
    if rule is None:
        kept = law.on("land-building", filed) is not None
        return ruled_out(code, _not_favoured()) if kept else no_law(code, filed)
    years, percent = rule.count("years"), rule.limit("percent")
    if percent is None or not (years or rule.whole_term):
        return unsure(code, rule)
    still_open = missing(code, asked, "running", *(["lease_years"] if rule.whole_term else []))
    if still_open or asked.running is None:
        return still_open or Measure(code, State.MISSING)
    begins = max(lease, asked.running)
    entitled = _lease(asked, begins) if rule.whole_term else _within_lease(asked, term(begins, years or 1))
    if entitled is None:
        return ruled_out(code, _("The lease ends before the project runs."), rule)
    return _whole(asked, entitled, percent, rule) if rule.whole_term else _granted(code, asked, entitled, percent, rule)


def cut(asked: Question, law: Lawbook) -> Measure:
    """Less rent to the developer of a park, at least some per cent, for small, high-technology and start-up firms."""
    code = Code.LAND_CUT
    if asked.state_land:
        return ruled_out(code, _("Only for land sub-leased from the developer of a park."))
    open_question = missing(code, asked, "state_land", "lease_on")
    if open_question or asked.lease_on is None:
        return open_question or Measure(code, State.MISSING)
    day = asked.licensed_on or asked.lease_on
    rule = law.on("land-sme", day)
    if rule is None:
        return no_law(code, day)
    stopped = _no_cut(asked, rule)
    if stopped:
        return stopped
    years, percent = rule.count("years"), rule.limit("percent")
    if not years or percent is None:
        return unsure(code, rule)
    return _cut(asked, term(asked.lease_on, years), percent, rule)


def _cut(asked: Question, whole: Span, percent: Decimal, rule: Rule) -> Measure:
    span = _within_lease(asked, whole) or whole
    amount = (
        Amount(over(span, asked.rent, percent), over(span, asked.rent), Bound.LEAST) if asked.rent is not None else None
    )
    notes = (
        _("Counted from the contract with the developer. The developer lowers the rent and has it paid back by the "
          "State."),
    )  # fmt: skip
    ask = Task(Kind.OTHER, whole.first, _("Show the developer that the enterprise is small or medium-sized, high "
                                          "technology or an innovative start-up."))  # fmt: skip
    return Measure(Code.LAND_CUT, State.APPLIES, span, amount=amount, bases=(rule,), notes=notes, tasks=(ask,))


def _not_state_land(code: Code, asked: Question) -> Measure | None:
    if asked.state_land is False:
        return ruled_out(code, _("Only for land leased from the State: the tenant of a park pays the developer."))
    return None


def _not_favoured() -> str:
    return _("Neither the sector nor the place of the project gives relief from land rent.")


def _granted(code: Code, asked: Question, entitled: Span, percent: Decimal, rule: Rule) -> Measure:
    """What is left of the time from the filing on. Raises BeforeFiling for a relief asked for from an earlier day."""
    filed = asked.filed_on or asked.lease_on or entitled.first
    if asked.relief_from is not None and asked.relief_from < filed:
        raise BeforeFiling("relief from land rent counts from the filing")
    begins = max(filed, asked.relief_from or filed)
    granted, lost = entitled.since(begins), entitled.before(begins)
    state = State.APPLIES if granted else State.LOST
    return Measure(
        code, state, granted, lost, _amount(asked.rent, entitled, granted, percent), bases=(rule,),
        notes=tuple(_notes(asked, entitled, lost, code, rule)), tasks=tuple(_tasks(granted, filed, rule, code)),
    )  # fmt: skip


def _whole(asked: Question, span: Span, percent: Decimal, rule: Rule) -> Measure:
    """The whole lease needs no application, so that no time is lost by a late one (Land Law, article 157.3)."""
    notes = (_("As long as the lease lasts; no application is needed."),)
    amount = _amount(asked.rent, span, span, percent)
    return Measure(Code.LAND_RELIEF, State.APPLIES, span, amount=amount, bases=(rule,), notes=notes)


def _lease(asked: Question, begins: date) -> Span | None:
    """The rest of the lease."""
    if asked.lease_on is None or not asked.lease_years:
        return None
    return term(asked.lease_on, asked.lease_years).since(begins)


def _within_lease(asked: Question, span: Span) -> Span | None:
    """No relief goes on after the lease."""
    if asked.lease_years is None or asked.lease_on is None:
        return span
    return span.before(add_years(asked.lease_on, asked.lease_years))


def _amount(rent: Decimal | None, entitled: Span, granted: Span | None, percent: Decimal) -> Amount | None:
    if rent is None:
        return None
    whole = over(entitled, rent)
    return Amount(min(over(granted, rent, percent), whole) if granted else Decimal(0), whole)


def _notes(asked: Question, entitled: Span, lost: Span | None, code: Code, rule: Rule) -> Iterator[str]:
    if asked.filed_on is None:
        yield _("Supposed to be filed for with the lease.")
    if lost is not None:
        yield _("Relief counts from the filing: the time from %(first)s to %(last)s is lost.") % {
            "first": shown(lost.first), "last": shown(lost.last)}  # fmt: skip
    if code == Code.LAND_BUILDING and asked.running and asked.running > entitled.last + ONE:
        years = rule.count("years") or 0
        yield ngettext(
            "At most %(count)s year from the lease decision, even where building takes longer.",
            "At most %(count)s years from the lease decision, even where building takes longer.", years,
        ) % {"count": years}  # fmt: skip
        yield _("Whether the years after building begin with that day or when the project runs is to be confirmed by "
                "the authority. Here they begin when it runs.")  # fmt: skip


def _tasks(granted: Span | None, filed: date, rule: Rule, code: Code) -> Iterator[Task]:
    if granted is None:
        return
    yield Task(Kind.FILING, filed, _("Apply to the tax authority for the relief: it counts from that day only."))
    months = rule.count("notice_months")
    if months is not None and code == Code.LAND_RELIEF:
        yield Task(Kind.RENT_NOTICE, add_months(granted.last + ONE, -months),
                   _("File with the tax authority to start paying rent when the relief ends."))  # fmt: skip


def _no_cut(asked: Question, rule: Rule) -> Measure | None:
    """The place and the kind of firm that the rule names."""
    code, also = Code.LAND_CUT, rule.listed("also")
    named = any(getattr(asked, name) for name in ("high_tech", "start_up") if name in also)
    if asked.place is None or (asked.size is None and not named):
        return missing(code, asked, *(name for name in ("place", "size") if not (named and name == "size")))
    if not rule.allows("place", asked.place):
        return ruled_out(
            code, _("Only in industrial parks and clusters; for a park inside an economic zone answer with the park."),
            rule,
        )  # fmt: skip
    if named or rule.allows("size", asked.size):
        return None
    return ruled_out(
        code, _("Only for small and medium-sized, high-technology and innovative start-up enterprises; being in "
                "supporting industry is not enough."),
        rule,
    )  # fmt: skip
