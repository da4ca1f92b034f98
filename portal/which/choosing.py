"""Which choices are open: conditions by name, choices from the tables of the law, and the figures in their words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, Final

from django.utils.translation import override

from adjustments.models import Adjustment
from adjustments.rules.law import law_of, rules
from incentives.dossier.choices import Place
from incentives.dossier.sizing import BILLION, MOST_CAPITAL, MOST_REVENUE, MOST_STAFF
from portal.which.dossiers import registration
from portal.which.given import Given
from projects.money import figure
from projects.routing import approval_cases, features, special_is_open

EXCEPTIONS_RULE: Final = "schedule-no-exception"
LARGE_RISE: Final = {"total_capital_usd": "200.00"}

Row = dict[str, Any]


# --- conditions -----------------------------------------------------------------------------------------------------
def holds(condition: str, given: Given, on: date) -> bool:
    """Whether a condition of a choice holds; `rule:code` asks for a rule in force, `capital:up` for what was said."""
    name, _, argument = condition.partition(":")
    return CONDITIONS[name](given, on, argument)


def _has_case(given: Given, _on: date, _argument: str) -> bool:
    return bool(approval_cases(registration(given)))


def _no_case(given: Given, _on: date, _argument: str) -> bool:
    return not approval_cases(registration(given))


def _special_open(given: Given, _on: date, _argument: str) -> bool:
    return special_is_open(registration(given))


def _special_open_if_high_tech(given: Given, _on: date, _argument: str) -> bool:
    project = registration(given)
    if special_is_open(project):
        return False
    project.high_tech_criteria = True
    return special_is_open(project)


def _approved(given: Given, _on: date, _argument: str) -> bool:
    return bool(given.sets.get("approval_number"))


def _plain(given: Given, _on: date, _argument: str) -> bool:
    return not given.sets.get("approval_number") and not given.sets.get("special_procedure")


def _rule(_given: Given, on: date, code: str) -> bool:
    return any(rule.code == code for rule in law_of(on))


def _capital(given: Given, _on: date, direction: str) -> bool:
    return given.said.get("capital") == direction


CONDITIONS: Final[dict[str, Callable[[Given, date, str], bool]]] = {
    "has_case": _has_case,
    "no_case": _no_case,
    "special_open": _special_open,
    "special_open_if_high_tech": _special_open_if_high_tech,
    "approved": _approved,
    "plain": _plain,
    "rule": _rule,
    "capital": _capital,
}


# --- choices from tables --------------------------------------------------------------------------------------------
def _cases(_on: date) -> Iterator[Row]:
    for case in features().values():
        words = {"vi": f"{case.name_vi} ({case.article})", "en": f"{case.name_en} ({case.article})"}
        yield {"code": case.code, "sets": {"approval_features": [case.code]}} | words


def _cases_after(on: date) -> Iterator[Row]:
    for row in _cases(on):
        yield row | {"after": row["sets"], "sets": {}}


def _exceptions(on: date) -> Iterator[Row]:
    asked = _rule(Given(), on, EXCEPTIONS_RULE)
    for value in Adjustment.ScheduleException if asked else [Adjustment.ScheduleException.NONE]:
        rise = LARGE_RISE if value == Adjustment.ScheduleException.CAPITAL_20 else {}
        yield {"code": value.value, "said": {"exception": value.value}, "after": rise} | _labels(value)


def _places(_on: date) -> Iterator[Row]:
    for value in Place:
        yield {"code": value.value, "sets": {"place": value.value}} | _labels(value)


def _labels(value: Any) -> dict[str, str]:
    """A choice of a model in both languages."""
    found = {}
    for language in ("vi", "en"):
        with override(language):
            found[language] = str(value.label)
    return found


SOURCES: Final[dict[str, Callable[[date], Iterator[Row]]]] = {
    "approval_cases": _cases,
    "approval_cases_after": _cases_after,
    "schedule_exceptions": _exceptions,
    "incentive_places": _places,
}


# --- figures --------------------------------------------------------------------------------------------------------
def figures(on: date) -> dict[str, str]:
    """The limits that the choices name, from the rules of that day (of the newest law where none was in force)."""
    return {
        "capital_percent": _limit("approval-capital-20", "percent", on),
        "area_percent": _limit("approval-area", "percent", on),
        "area_hectares": _limit("approval-area", "hectares", on),
        "schedule_months": _limit("approval-schedule", "months", on),
        "staff": figure(MOST_STAFF),
        "revenue": figure(MOST_REVENUE / BILLION),
        "capital": figure(MOST_CAPITAL / BILLION),
    }


def _limit(code: str, name: str, on: date) -> str:
    found = [rule for rule in rules() if rule.code == code]
    return figure(next((rule for rule in found if rule.in_force(on)), found[-1]).limit(name))
