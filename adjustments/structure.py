"""The capital wanted, worked out from what was typed: parts, investors and phases nobody typed keep their share.

Amounts are USD with cents and whole dong; a currency in which nothing was typed follows the other at today's rate.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from adjustments.content import Content
from adjustments.rules.change import PARTS, ZERO
from projects.money import money

CENT: Final = {"usd": Decimal("0.01"), "vnd": Decimal(1)}
CURRENCIES: Final = ("usd", "vnd")
TOTAL: Final = "total_capital"
AMOUNTS: Final = tuple(f"{name}_{currency}" for currency in CURRENCIES for name in (TOTAL, *PARTS))

Row = dict[str, Any]


@dataclass(frozen=True)
class Aim:
    """What somebody typed for one investor (by name) or one phase (by its number, from 1): amounts by currency."""

    who: str
    amounts: Mapping[str, Decimal]


def decimal(value: Any) -> Decimal | None:
    """A figure of the content, which holds decimals as text."""
    return None if value in (None, "") else Decimal(str(value))


def written(value: Decimal, currency: str) -> str:
    """A figure as the content holds it."""
    return f"{value.quantize(CENT[currency], ROUND_HALF_UP):f}"


def spread(
    total: Decimal, given: Mapping[str, Decimal], before: Mapping[str, Decimal], currency: str
) -> dict[str, Decimal]:
    """Divide a total: what was given stays, the rest goes to the others in their proportion before, to the last cent.

    Never negative: where more was given than there is, the others get nothing (`mismatch` names the figures).
    """
    others = [name for name in before if name not in given]
    rest = max(total - sum(given.values(), ZERO), ZERO)
    weight = sum((before[name] for name in others), ZERO)
    found = dict(given)
    for name in others:
        share = before[name] / weight if weight else ZERO
        found[name] = (rest * share).quantize(CENT[currency], ROUND_HALF_UP)
    if others:
        largest = max(others, key=lambda name: before[name])
        found[largest] += rest - sum((found[name] for name in others), ZERO)
    return {name: found[name] for name in (*before, *(name for name in given if name not in before))}


def mismatch(what: str, total: Decimal, given: Iterable[Decimal], currency: str, *, complete: bool) -> str:
    """The sentence for parts of something that do not add up to its total; empty if they can."""
    found = sum(given, ZERO)
    if found == total or (found < total and not complete):
        return ""
    amounts = {"sum": found, "total": total, "difference": abs(found - total)}
    words = {name: money(value, currency.upper()) for name, value in amounts.items()} | {"what": what}
    if found > total:
        return _("%(what)s: what was typed adds up to %(sum)s, %(difference)s more than %(total)s.") % words
    return _("%(what)s: what was typed adds up to %(sum)s, %(difference)s less than %(total)s.") % words


def rate_of(content: Content) -> Decimal | None:
    """Dong for 1 USD: as the certificate states it, else as its two totals stand to each other."""
    stated = decimal(content.get("exchange_rate"))
    if stated:
        return stated
    usd, vnd = (decimal(content.get(f"{TOTAL}_{currency}")) for currency in CURRENCIES)
    return vnd / usd if usd and vnd else None


class Structure:
    """The content with the capital wanted; `content`, `notes` (assumptions) and `problems` are the outcome."""

    def __init__(self, today: Content, amounts: Mapping[str, Decimal], investors: Iterable[Aim], phases: Iterable[Aim]):
        self.today, self.amounts = today, amounts
        self.investors, self.phases = tuple(investors), tuple(phases)
        self.content: Content = dict(today)
        self.notes: list[str] = []
        self.problems: list[str] = []
        solved = [currency for currency in CURRENCIES if self._asked(currency)]
        for currency in solved:
            self._solve(currency)
        for currency in CURRENCIES:
            if solved and currency not in solved:
                self._follow(currency, solved[0])

    def _asked(self, currency: str) -> bool:
        typed = any(f"{name}_{currency}" in self.amounts for name in (TOTAL, *PARTS))
        return typed or any(currency in aim.amounts for aim in (*self.investors, *self.phases))

    # --- the currency in which something was typed ------------------------------------------------------------------
    def _solve(self, currency: str) -> None:
        known = self._known(currency)
        given = {part: self.amounts[key] for part in PARTS if (key := f"{part}_{currency}") in self.amounts}
        names = [aim for aim in self.investors if currency in aim.amounts]
        rows = self._investor_amounts(currency)
        if names and "contributed" not in given:
            given["contributed"] = sum((rows | {a.who: a.amounts[currency] for a in names}).values(), ZERO)
        before = decimal(self.today.get(f"{TOTAL}_{currency}"))
        total = self.amounts.get(f"{TOTAL}_{currency}")
        if total is None:
            total = sum((known | given).values(), ZERO) if given else before
        if total is None:
            return
        parts = self._parts(total, given, known, currency)
        self._put(TOTAL, total, currency)
        for part, value in parts.items():
            self._put(part, value, currency)
        if "contributed" in parts:
            self._divide("investors", "contribution", parts["contributed"], self.investors, currency)
        if "mobilised" in parts:
            self._divide("sources", "amount", parts["mobilised"], (), currency)
        self._divide("phases", "capital", total, self.phases, currency)

    def _parts(
        self, total: Decimal, given: dict[str, Decimal], known: dict[str, Decimal], currency: str
    ) -> dict[str, Decimal]:
        wrong = mismatch(_("Capital"), total, given.values(), currency, complete=len(given) == len(PARTS))
        if wrong:
            self.problems.append(wrong)
        if not known:
            missing = [part for part in PARTS if part not in given]
            rest = total - sum(given.values(), ZERO)
            return given | ({missing[0]: max(rest, ZERO)} if len(missing) == 1 else {})
        if not given and total != decimal(self.today.get(f"{TOTAL}_{currency}")):
            self.notes.append(_("Only the new total was typed, so contributed capital, mobilised capital and retained "
                                "profit keep the proportion they have today. You may type the parts."))  # fmt: skip
        elif given and len(given) < len(PARTS):
            self.notes.append(_("Parts of the capital that were not typed share the rest in the proportion they have "
                                "today."))  # fmt: skip
        return spread(total, given, known, currency)

    def _known(self, currency: str) -> dict[str, Decimal]:
        """The parts today; a part that is left out beside others is 0."""
        found = {part: decimal(self.today.get(f"{part}_{currency}")) for part in PARTS}
        if all(value is None for value in found.values()):
            return {}
        return {part: value or ZERO for part, value in found.items()}

    def _investor_amounts(self, currency: str) -> dict[str, Decimal]:
        rows = self.today.get("investors") or []
        amounts = (decimal(row.get(f"contribution_{currency}")) or ZERO for row in rows)
        return dict(zip(keys_of("investors", rows), amounts, strict=True))

    # --- lists ------------------------------------------------------------------------------------------------------
    def _divide(self, name: str, column: str, total: Decimal, aims: tuple[Aim, ...], currency: str) -> None:
        """Write a list whose amounts add up to a total; an investor nobody knew is a new row."""
        rows: list[Row] = [dict(row) for row in self.content.get(name) or []]
        keys = keys_of(name, rows)
        given = {aim.who: aim.amounts[currency] for aim in aims if currency in aim.amounts}
        column = f"{column}_{currency}"
        before = {key: decimal(row.get(column)) or ZERO for key, row in zip(keys, rows, strict=True)}
        if name == "phases" and set(given) - set(before):
            numbers = ", ".join(sorted(set(given) - set(before)))
            self.problems.append(_("The project has no phase %(numbers)s.") % {"numbers": numbers})
            given = {key: value for key, value in given.items() if key in before}
        if not given and (sum(before.values(), ZERO) == total or not any(before.values())):
            return
        wrong = mismatch(_list_name(name), total, given.values(), currency, complete=not set(before) - set(given))
        if wrong:
            self.problems.append(wrong)
        found = spread(total, given, before, currency)
        if name == "investors":
            rows += [{"name": key} for key in found if key not in before]
            keys = list(found)
        for key, row in zip(keys, rows, strict=True):
            if column in row or key in given:
                row[column] = written(found[key], currency)
            if name == "investors" and given and total:
                row["share_percent"] = f"{found[key] / total * 100:.4f}"
        self.content[name] = [row for key, row in zip(keys, rows, strict=True) if given.get(key) != ZERO]

    # --- the other currency -----------------------------------------------------------------------------------------
    def _follow(self, currency: str, lead: str) -> None:
        """Changes of the leading currency at today's rate, so that what stays the same stays the same here too."""
        rate = rate_of(self.today)
        if rate is None or decimal(self.today.get(f"{TOTAL}_{currency}")) is None:
            return
        factor = rate if currency == "vnd" else 1 / rate
        parts = [name for name in PARTS if self._move(self.content, self.today, name, lead, currency, factor)]
        self._move(self.content, self.today, TOTAL, lead, currency, factor)
        if len(parts) == len(PARTS):
            values = (decimal(self.content[f"{name}_{currency}"]) or ZERO for name in PARTS)
            self._put(TOTAL, sum(values, ZERO), currency)
        for name, column in (("investors", "contribution"), ("sources", "amount"), ("phases", "capital")):
            rows, old_rows = self.content.get(name) or [], self.today.get(name) or []
            if rows != old_rows:
                old = dict(zip(keys_of(name, old_rows), old_rows, strict=True))
                for key, row in zip(keys_of(name, rows), rows, strict=True):
                    self._move(row, old.get(key, {}), column, lead, currency, factor)
        words = {"rate": money(rate.quantize(Decimal(1)), "VND")}
        self.notes.append(_("Amounts in the other currency follow at the rate of today's certificate, %(rate)s for "
                            "1 USD.") % words)  # fmt: skip

    def _move(self, row: Row, old: Row, name: str, lead: str, currency: str, factor: Decimal) -> bool:
        after, before = decimal(row.get(f"{name}_{lead}")), decimal(old.get(f"{name}_{lead}")) or ZERO
        known = decimal(old.get(f"{name}_{currency}"))
        if after is None or (known is None and before):
            return False
        row[f"{name}_{currency}"] = written(max((known or ZERO) + (after - before) * factor, ZERO), currency)
        return True

    def _put(self, name: str, value: Decimal, currency: str) -> None:
        key = f"{name}_{currency}"
        before = decimal(self.today.get(key))
        if before != value and (before is not None or value or key in self.amounts):
            self.content[key] = written(value, currency)


def _list_name(name: str) -> str:
    return {"investors": _("Investors"), "phases": _("Phases")}.get(name, _("Capital"))


def keys_of(name: str, rows: Sequence[Row]) -> list[str]:
    """What tells the rows of a list apart: an investor's name (with its number where two have the same), a number."""
    if name != "investors":
        return [str(number) for number in range(1, len(rows) + 1)]
    names = [str(row.get("name", "")) for row in rows]
    keys: list[str] = []
    for number, one in enumerate(names, 1):
        key = one
        while key in keys or (names.count(one) > 1 and key in names):  # somebody else may be called “A (2)”
            key = f"{key} ({number})"
        keys.append(key)
    return keys
