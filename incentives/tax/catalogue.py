"""Levels of income tax as the policy catalogue has them today: what a published revision says counts from its day on.

The figures of a level stand in the catalogue (`PolicyRule`); the rows of `tax_levels.json` cover the days before the
catalogue's first row of that level.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Final

from incentives.policies import PolicyRule
from incentives.tax import law
from incentives.tax.law import Level

LEVEL_OF: Final = {
    "cit-a": "A", "cit-b": "B", "cit-c": "C", "cit-ftz-priority": "FTZ_PRIORITY", "cit-ftz": "FTZ",
    "cit-special": "SPECIAL",
}  # fmt: skip
"""The level that a rule of the catalogue is about."""


def known() -> list[Level]:
    """Every level of every law: those of the catalogue, and before its first row those that came with the portal."""
    rules = PolicyRule.objects.filter(code__in=LEVEL_OF).order_by("valid_from")
    stored = [_level(rule) for rule in rules]
    begins: dict[str, date] = {}
    for one in stored:
        begins[one.code] = min(one.valid_from, begins.get(one.code, one.valid_from))
    order = list(dict.fromkeys(one.code for one in law.levels()))
    found = [*stored, *(one for one in law.levels() if one.valid_from < begins.get(one.code, date.max))]
    return sorted(found, key=lambda one: (order.index(one.code), one.valid_from))


def level(code: str, on: date | None = None) -> Level | None:
    """The level as the law of that day has it (None: the newest law); None if that law has no such level."""
    return _newest(code, on, known())


def comparable(on: date | None = None) -> Iterator[Level]:
    """The levels of that day that give amounts, in the usual order."""
    rows = known()
    for code in dict.fromkeys(one.code for one in rows):
        found = _newest(code, on, rows)
        if found is not None and found.sure:
            yield found


def _newest(code: str, on: date | None, rows: list[Level]) -> Level | None:
    fitting = [one for one in rows if one.code == code and (on is None or one.in_force(on))]
    return max(fitting, key=lambda one: one.valid_from) if fitting else None


def _level(rule: PolicyRule) -> Level:
    """A row of the catalogue as a level; without years of a rate the standard rate is all there is."""
    limits, code = rule.limits, LEVEL_OF[rule.code]
    shipped = next((one for one in law.levels() if one.code == code and _same_law(one, rule)), None)
    level = Level(
        code=code, version=rule.version, valid_from=rule.valid_from, valid_to=rule.valid_to,
        legal_basis=rule.clause_en, source=rule.source, mark="S" if rule.sure else law.UNSURE,
        rate=Decimal(limits["rate"]) if limits.get("rate_years") else None,
        rate_years=int(limits.get("rate_years") or 0), exempt_years=int(limits.get("exempt") or 0),
        half_years=int(limits.get("half") or 0),
    )  # fmt: skip
    if shipped is None:
        return level
    return replace(level, version=shipped.version, legal_basis=shipped.legal_basis, source=shipped.source)


def _same_law(shipped: Level, rule: PolicyRule) -> bool:
    """Whether both speak of one law: they begin or end on the same day."""
    return shipped.valid_from == rule.valid_from or (rule.valid_to is not None and shipped.valid_to == rule.valid_to)
