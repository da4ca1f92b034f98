"""What may follow a chain as it stands. A refusal is a whole sentence that names the figures."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.capital import AMOUNTS, CURRENCIES, PARTS
from projects.money import money
from projects.register import CapitalEvent

Amounts = Mapping[str, Decimal | None]
Kind: Final = CapitalEvent.Kind
NO_CAPITAL: Final = frozenset({Kind.AMENDMENT, Kind.TRANSFER, Kind.SUSPENSION, Kind.RESUMPTION})
NAMES: Final = {
    "contributed": gettext_lazy("contributed capital"),
    "mobilised": gettext_lazy("mobilised capital"),
    "retained": gettext_lazy("retained profit"),
    "total": gettext_lazy("total capital"),
}


class ChainRefused(ValueError):
    """An event that cannot follow the chain as it stands; the message is a whole sentence."""


def check(kind: str, amounts: Amounts, *, before: Amounts, first: bool) -> None:
    """Raise ChainRefused when an event of this kind and these changes cannot follow a chain that adds up to `before`
    (None where no event states it); `first`: the chain is still empty.
    """
    if kind not in Kind.values:
        raise ChainRefused(_("“%(kind)s” is no kind of capital event.") % {"kind": kind})
    if (kind == Kind.ISSUE) != first:
        raise ChainRefused(_("A chain begins with the first certificate, and has only one."))
    if kind in NO_CAPITAL:
        _no_capital(Kind(kind), amounts)
    elif kind == Kind.CORRECTION:
        _same_totals(amounts)
    elif kind in (Kind.INCREASE, Kind.DECREASE):
        _right_way(Kind(kind), amounts)
    _nothing_below_0(amounts, before)
    if not first:
        _adds_up(amounts, before)


def _no_capital(kind: CapitalEvent.Kind, amounts: Amounts) -> None:
    for name in AMOUNTS:
        change = amounts[name]
        if change:
            sentence = _("“%(kind)s” is an event that changes no capital; this one changes the %(part)s by %(change)s.")
            raise ChainRefused(sentence % {"kind": kind.label, "part": _part(name), "change": _money(name, change)})


def _same_totals(amounts: Amounts) -> None:
    """A correction moves capital between its parts; those it does not state stay as they are."""
    for currency in CURRENCIES:
        parts = sum((amounts[f"{part}_{currency}"] or Decimal(0) for part in PARTS), Decimal(0))
        change = amounts[f"total_{currency}"] or parts
        if change:
            sentence = _("A correction never changes the total; this one changes it by %(change)s.")
            raise ChainRefused(sentence % {"change": money(change, currency.upper())})


def _right_way(kind: CapitalEvent.Kind, amounts: Amounts) -> None:
    stated = next((name for name in ("total_usd", "total_vnd") if amounts[name] is not None), None)
    if stated is None:
        raise ChainRefused(_("An increase or decrease states by how much the total changes; this one does not."))
    change = amounts[stated] or Decimal(0)
    if kind == Kind.INCREASE and change <= 0:
        sentence = _("An increase adds capital; this one changes the total by %(change)s.")
        raise ChainRefused(sentence % {"change": _money(stated, change)})
    if kind == Kind.DECREASE and change >= 0:
        sentence = _("A decrease takes capital away; this one changes the total by %(change)s.")
        raise ChainRefused(sentence % {"change": _money(stated, change)})


def _adds_up(amounts: Amounts, before: Amounts) -> None:
    """Where the parts of the capital are known, every change of the total is divided among them; where only the total
    is, no part can change, because nobody knows what it is.
    """
    for currency in CURRENCIES:
        total, names = f"total_{currency}", [f"{part}_{currency}" for part in PARTS]
        parts = sum((amounts[name] or Decimal(0) for name in names), Decimal(0))
        known = None not in [before[name] for name in names]
        change = amounts[total] or Decimal(0)
        if known and change != parts:
            sentence = _("The total changes by %(change)s, but contributed, mobilised and retained by %(parts)s.")
            raise ChainRefused(sentence % {"change": _money(total, change), "parts": _money(total, parts)})
        there, unknown = before[total], next((name for name in names if amounts[name] and before[name] is None), None)
        if unknown and there:
            sentence = _("Of %(there)s nobody has stated how much is %(part)s, so it cannot change by %(change)s.")
            shown = {"part": _part(unknown), "change": _money(unknown, amounts[unknown] or Decimal(0))}
            raise ChainRefused(sentence % {"there": _money(total, there), **shown})


def _nothing_below_0(amounts: Amounts, before: Amounts) -> None:
    """No part and no total falls below 0; what no event has stated so far counts from 0."""
    for name in AMOUNTS:
        there, change = before[name] or Decimal(0), amounts[name]
        if change is None or there + change >= 0:
            continue
        sentence = _(
            "The %(part)s is %(there)s; a change of %(change)s would leave %(left)s, and it cannot fall below 0."
        )
        figures = {"there": there, "change": change, "left": there + change}
        shown = {hole: _money(name, value) for hole, value in figures.items()}
        raise ChainRefused(sentence % {"part": _part(name), **shown})


def _part(name: str) -> str:
    return str(NAMES[name.rpartition("_")[0]])


def _money(name: str, value: Decimal) -> str:
    return money(value, name.rpartition("_")[2].upper())
