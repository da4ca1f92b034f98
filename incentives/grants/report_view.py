"""A filing as people read it: the labels of the form, the figures in the reader's way of writing."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from incentives.grants.reports import AMOUNTS, VALUES, AnnualReport, ReportFiling
from incentives.policies import PolicyRule
from projects.money import figure


@dataclass(frozen=True)
class ReadFiling:
    """One filing: its facts, then condition by condition (name, kept, explanation)."""

    filing: ReportFiling
    facts: list[tuple[str, str]]
    conditions: list[tuple[str, bool | None, str]]


def read_filing(filing: ReportFiling) -> ReadFiling:
    """The filing in words (1 query, for the names of conditions)."""
    data: dict[str, Any] = filing.data
    names = _condition_names([row["code"] for row in data["conditions"]])
    conditions = [(names.get(row["code"], row["code"]), row["kept"], row["explanation"]) for row in data["conditions"]]
    return ReadFiling(filing, [*_values(data["values"]), *_outputs(data["outputs"])], conditions)


def _values(values: dict[str, Any]) -> list[tuple[str, str]]:
    found = []
    for name in VALUES:
        value = values.get(name)
        shown = _figure(value) if name in AMOUNTS else str(value or "")
        if shown:
            found.append((_label(name), shown))
    return found


def _label(name: str) -> str:
    column: Any = AnnualReport._meta.get_field(name)
    return capfirst(str(column.verbose_name))


def _outputs(rows: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [
        (_("Output of %(product)s (%(unit)s)") % {"product": row["name"], "unit": row["unit"] or _("unit")},
         _figure(row["output"]))
        for row in rows
    ]  # fmt: skip


def _figure(value: Any) -> str:
    return "" if value is None else figure(Decimal(str(value)))


def _condition_names(codes: list[str]) -> dict[str, str]:
    rules = PolicyRule.objects.filter(code__in=codes, kind=PolicyRule.Kind.CERTIFICATE_CONDITION)
    return {rule.code: rule.name for rule in rules.order_by("valid_from")}
