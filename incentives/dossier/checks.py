"""The pre-check of an application: what is missing, its own rules, and every condition of the law of the day.

The list an officer ticks is this list. A condition that is not met never keeps anybody from filing: the authority
decides; what is missing does.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cases.findings import Finding, Level, Outcome
from incentives.dossier import rivals
from incentives.dossier.authority import office_of, route_for
from incentives.dossier.choices import EnvironmentPaper, Made, Place, ProjectType, Purpose, TaxLevel
from incentives.dossier.judging import OF_A_PRODUCT, Point, judge, points
from incentives.dossier.outline import section_of
from incentives.dossier.reading import rows
from incentives.dossier.sizing import size_of
from incentives.eligibility.answer import EITHER
from incentives.eligibility.states import State
from incentives.policies import PolicyRule
from projects.register import LICENSED
from projects.showing import label

if TYPE_CHECKING:
    from incentives.dossier.models import IncentiveApplication

LEVELS: Final = {
    Outcome.MUST_FIX: Level.BLOCK, Outcome.WARNING: Level.WARN, Outcome.INFO: Level.INFO,
    Outcome.PASSED: Level.BLOCK, Outcome.CANNOT_CHECK: Level.WARN,
}  # fmt: skip
MARKS: Final = {"seen": "S", "confirmed": "S", "general": "G", "unsure": "U"}
REQUIRED: Final = (
    "purpose", "licence_number", "licensed_on", "place", "project_type", "insured_staff", "revenue_vnd", "capital_vnd",
    "process", "equipment", "registration_held", "brief_held", "environment_paper",
    "first_revenue_year", "asks_income_tax", "asks_import_duty", "asks_land_rent",
)  # fmt: skip
OF_TAX: Final = ("tax_level", "first_year_months", "earlier_incentive")
OF_AN_EXPANSION: Final = ("capacity_before", "capacity_after", "assets_before_vnd", "assets_added_vnd")
OF_AN_EARLIER_ONE: Final = (
    "earlier_law", "earlier_from_year", "rate_years_used", "exempt_years_used", "half_years_used",
)  # fmt: skip
OF_A_GOOD: Final = ("name", "capacity", "unit", "high_technology", "made_in_vietnam")
OF_A_BUYER: Final = ("name", "evidence", "signed_on", "supplied")
ASKED: Final = (
    "asks_income_tax", "asks_import_duty", "asks_land_rent", "asks_credit", "asks_research", "asks_people",
)  # fmt: skip
PATHS: Final = {
    "technology": "new_equipment", "readiness": "registration_held", "supplier": "buyers", "project": "project_type",
    "new-project": "project_type", "product": "product", "standard": "made_in_vietnam", "c1": "high_technology",
    "c2": "made_in_vietnam",
}  # fmt: skip
"""Where the answer stands on which a condition rests; those of a product stand in its row."""
MOST_RESOURCES: Final = 51
DOSSIER: Final = "Circular 55/2015/TT-BCT, article 5"


def findings(application: IncentiveApplication, on: date) -> list[Finding]:
    """Every finding under the rules of that day."""
    return [
        *_missing(application),
        *_purpose(application),
        *_standing(application),
        *_conditions(application, on),
        *_days(application, on),
        *_tax(application),
        *_duty(application),
        *_authority(application, on),
        *_visits(application),
    ]


def _said(code: str, path: str, outcome: Outcome, message: str, clause: str = "", mark: str = "D") -> Finding:
    return Finding(code, LEVELS[outcome], outcome, section_of(path), path, message, clause, clause, mark)


# --- completeness ---------------------------------------------------------------------------------------------------
def _missing(application: IncentiveApplication) -> Iterator[Finding]:
    gaps = [*_answers(application), *_lists(application)]
    yield from gaps
    if not gaps:
        yield _said("missing", "purpose", Outcome.PASSED, _("Every required answer is there."), DOSSIER, "U")


def _answers(application: IncentiveApplication) -> Iterator[Finding]:
    names = list(REQUIRED)
    if application.project_id is None:
        names.append("project_name")
    if application.asks_income_tax:
        names += OF_TAX
    if application.project_type == ProjectType.EXPANSION:
        names += OF_AN_EXPANSION
    if application.asks_income_tax and application.earlier_incentive:
        names += OF_AN_EARLIER_ONE
    if application.purpose == Purpose.AMEND:
        names += ("amends", "change_reason", "nature_changed")
    if application.environment_paper not in ("", EnvironmentPaper.EXEMPT):
        names += ("environment_number", "environment_on")
    for name in names:
        if _empty(getattr(application, name)):
            yield _gap(name, _("“%(field)s” is missing.") % {"field": label(application, name)})
    if not any(getattr(application, name) for name in ASKED) and not _empty(application.asks_income_tax):
        yield _gap("asks_income_tax", _("Please choose at least one incentive."))


def _lists(application: IncentiveApplication) -> Iterator[Finding]:
    for name, columns in (("goods", OF_A_GOOD), ("buyers", OF_A_BUYER)):
        lines = rows(application, name)
        model = getattr(application, name).model
        if not lines and name == "goods":  # that nobody is supplied is told by the condition
            words = {"list": capfirst(str(model._meta.verbose_name_plural))}
            yield _gap(name, _("The list “%(list)s” is still empty.") % words)
        for number, line in enumerate(lines):
            wanted = (*columns, "standard", "standard_issuer") if _certified(line) else columns
            for column in wanted:
                if _empty(getattr(line, column)):
                    where = {"field": label(line, column), "row": model._meta.verbose_name, "number": number + 1}
                    message = _("“%(field)s” is missing for %(row)s %(number)s.") % where
                    yield _gap(f"{name}.{number}.{column}", message)


def _certified(line: Any) -> bool:
    return getattr(line, "made_in_vietnam", "") == Made.CERTIFIED


def _empty(value: Any) -> bool:
    return value is None or value == ""


def _gap(path: str, message: str) -> Finding:
    return _said("missing", path, Outcome.MUST_FIX, message, DOSSIER, "U")


# --- what is asked for, and by whom ---------------------------------------------------------------------------------
def _purpose(application: IncentiveApplication) -> Iterator[Finding]:
    """An adjustment is of a certificate in force, and never of its nature (Decree 205/2025, article 1.10)."""
    if application.purpose != Purpose.AMEND:
        return
    grant = application.amends
    if grant is not None and not grant.is_in_force:
        words = {"number": grant.number}
        yield _said("I1", "amends", Outcome.MUST_FIX, _(
            "Certificate %(number)s is no longer in force: it cannot be adjusted.") % words)  # fmt: skip
    if grant is not None and rivals.moved(application, grant):
        yield _said("I13", "project", Outcome.MUST_FIX, rivals.moved_words(grant))
    if application.nature_changed:
        yield _said("I2", "nature_changed", Outcome.MUST_FIX, _(
            "A change of the nature of a product or project is no adjustment: apply for a first certificate."),
            "205/2025, 1.10; 65/2025/TT-BCT", "S")  # fmt: skip


def _standing(application: IncentiveApplication) -> Iterator[Finding]:
    project = application.project
    if project is not None and project.state not in LICENSED:
        words = {"project": project.name, "state": project.get_state_display()}
        yield _said("I3", "project", Outcome.MUST_FIX, _(
            "The project “%(project)s” is “%(state)s”: it can get no incentives.") % words)  # fmt: skip
    for sentence in rivals.sentences(application):
        yield _said("I4", "goods", Outcome.MUST_FIX, sentence)


def _authority(application: IncentiveApplication, on: date) -> Iterator[Finding]:
    """By size and place, as the dated routes say."""
    if not size_of(application):
        return
    route = route_for(application, on)
    if route is None:
        yield _said("I5", "insured_staff", Outcome.CANNOT_CHECK, _(
            "Which authority decides is to be confirmed by the city's department of industry and trade."))  # fmt: skip
        return
    outcome, words = Outcome.INFO, _("For this size and place, %(office)s decides.")
    if not route.decided_here:
        outcome = Outcome.WARNING
        words = _(
            "For this size and place, %(office)s decides. The city takes the dossier and checks it, but cannot "
            "grant it before the law or the administrator says that it may."
        )
    office = office_of(route)
    yield _said("I5", "insured_staff", outcome, words % {"office": office}, route.clause, route.mark)


# --- the conditions of the law --------------------------------------------------------------------------------------
def _conditions(application: IncentiveApplication, on: date) -> Iterator[Finding]:
    judged = judge(application, on)
    if not judged:
        yield _said("I6", "goods", Outcome.CANNOT_CHECK, _("This portal keeps no law of that day."))
    either = {one.number for one in judged for test in one.answer.tax_tests
              if test.rule.code in EITHER and test.state is State.MET}  # fmt: skip
    for point in points(judged):
        of_tax = point.condition.rule.kind == PolicyRule.Kind.INCOME_TAX_TEST
        if not _told_already(application, point) and (not of_tax or application.asks_income_tax):
            yield _condition(point, of_tax=of_tax, spared=point.number in either)


def _told_already(application: IncentiveApplication, point: Point) -> bool:
    """Whether an answer is missing on which the condition rests, and the gap itself has been told."""
    if point.condition.state is not State.EVIDENCE_MISSING:
        return False
    if point.condition.rule.code in OF_A_PRODUCT and point.good is None:
        return True
    answers = {
        "readiness": ("registration_held", "brief_held", "environment_paper"), "project": ("project_type",),
        "new-project": ("project_type",),
    }.get(point.condition.rule.code, ())  # fmt: skip
    in_row = {"standard": "made_in_vietnam", "c1": "high_technology", "c2": "made_in_vietnam"}
    column = in_row.get(point.condition.rule.code)
    return any(_empty(getattr(application, name)) for name in answers) or bool(
        point.good and column and _empty(getattr(point.good, column))
    )


def _condition(point: Point, *, of_tax: bool, spared: bool) -> Finding:
    """`spared`: the other one of c1 and c2 is met, which is enough."""
    rule, state = point.condition.rule, point.condition.state
    path = PATHS.get(rule.code, "project")
    path = f"goods.{point.number}.{path}" if point.number is not None and point.good else path
    path = "goods" if point.number is not None and not point.good else path
    words = {"rule": rule.name, "why": point.condition.why, "product": point.good.name if point.good else ""}
    message = _("%(rule)s (%(product)s): %(why)s") if point.good else _("%(rule)s: %(why)s")
    outcome = _outcome(state, of_tax=of_tax, spared=spared and rule.code in EITHER)
    return _said(rule.code, path, outcome, message % words, rule.clause, MARKS[point.condition.mark])


def _outcome(state: State, *, of_tax: bool, spared: bool) -> Outcome:
    """What is missing must be mended for the certificate; for the tax it is the enterprise's own affair."""
    if state is State.MET:
        return Outcome.PASSED
    if spared:
        return Outcome.INFO
    if state is State.OFFICER_DECIDES:
        return Outcome.CANNOT_CHECK
    return Outcome.MUST_FIX if state is State.EVIDENCE_MISSING and not of_tax else Outcome.WARNING


def _visits(application: IncentiveApplication) -> Iterator[Finding]:
    """What the office saw at the site is part of what the decision rests on."""
    if application.case.accepted_at is None:
        return
    for visit in application.visits.all():
        if visit.done_on is None:
            continue
        words = {"day": date_format(visit.done_on, "DATE_FORMAT"), "found": visit.get_found_display()}
        outcome = Outcome.PASSED if visit.found == visit.Found.AS_DECLARED else Outcome.WARNING
        yield _said("visit", "project", outcome, _("Site visit of %(day)s: %(found)s.") % words, DOSSIER, "S")


# --- days, tax and duty ---------------------------------------------------------------------------------------------
def _days(application: IncentiveApplication, on: date) -> Iterator[Finding]:
    """What was signed and issued lies behind; a paper that has run out shows nothing."""
    behind = [(name, application, name) for name in ("licensed_on", "environment_on")]
    behind += [(f"goods.{n}.standard_on", good, "standard_on") for n, good in enumerate(rows(application, "goods"))]
    behind += [(f"buyers.{n}.signed_on", buyer, "signed_on") for n, buyer in enumerate(rows(application, "buyers"))]
    for path, holder, name in behind:
        day = getattr(holder, name)
        if day is not None and day > on:
            words = {"field": label(holder, name), "day": date_format(day, "DATE_FORMAT")}
            yield _said("I7", path, Outcome.MUST_FIX, _("“%(field)s” is %(day)s: that day is still to come.") % words)
    for path, holder, name in [
        *((f"goods.{n}.standard_until", good, "standard_until") for n, good in enumerate(rows(application, "goods"))),
        *((f"buyers.{n}.until", buyer, "until") for n, buyer in enumerate(rows(application, "buyers"))),
    ]:
        day = getattr(holder, name)
        if day is not None and day < on:
            words = {"field": label(holder, name), "day": date_format(day, "DATE_FORMAT")}
            yield _said("I8", path, Outcome.WARNING, _("“%(field)s” is %(day)s: the paper has run out.") % words)


def _tax(application: IncentiveApplication) -> Iterator[Finding]:
    """One level is chosen once for good (Decree 320/2025, article 23.2); years used before are subtracted."""
    if not application.asks_income_tax:
        return
    place, level = application.place, application.tax_level
    fits = {TaxLevel.B: Place.ECONOMIC_ZONE, TaxLevel.FTZ: Place.FREE_TRADE_ZONE,
            TaxLevel.FTZ_PRIORITY: Place.FREE_TRADE_ZONE}  # fmt: skip
    if level and place and fits.get(level, place) != place:  # type: ignore[call-overload]  # a choice is its own key
        yield _said("I9", "tax_level", Outcome.WARNING, _(
            "The level of income tax does not fit where the project stands."), "320/2025, 18, 19", "S")  # fmt: skip
    elif level:
        yield _said("I9", "tax_level", Outcome.INFO, _(
            "A level of income tax is chosen once for the same income: it cannot be changed later."),
            "320/2025, 23.2", "S")  # fmt: skip
    for part in ("rate", "exempt", "half"):
        scheduled = getattr(application, f"{part}_years_scheduled")
        used = getattr(application, f"{part}_years_used")
        if scheduled is not None and used is not None and used > scheduled:
            words = {"used": used, "scheduled": scheduled}
            yield _said("I10", f"{part}_years_used", Outcome.MUST_FIX, _(
                "%(used)s periods cannot have been used of %(scheduled)s scheduled ones.") % words)  # fmt: skip
    if application.large_group:
        yield _said("I11", "large_group", Outcome.INFO, _(
            "For a group with a revenue of EUR 750 million or more, a top-up tax of 15% may take back what the "
            "incentive gives."), "", "G")  # fmt: skip


def _duty(application: IncentiveApplication) -> Iterator[Finding]:
    """What keeps materials out of the five years without duty (Law 107/2016, article 16.13)."""
    if not application.asks_import_duty:
        return
    share = application.resource_share_percent
    if share is not None and share >= MOST_RESOURCES:
        yield _said("I12", "resource_share_percent", Outcome.WARNING, _(
            "Where resources and energy make 51% or more of the cost of the product, materials get no relief from "
            "import duty."), "107/2016, 16.13", "S")  # fmt: skip
    if application.excise:
        message = _("For goods subject to excise tax, materials get no relief from import duty.")
        yield _said("I12", "excise", Outcome.WARNING, message, "107/2016, 16.13", "S")
