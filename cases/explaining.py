"""What a decision or a request rested on: every rule asked that day, what it found, and the fact it read.

The list is frozen with the event, in Vietnamese and English: the law and the dossier may change later, the reasons of a
decision may not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import get_language

from cases.findings import Finding, Outcome
from cases.models import Case
from cases.precheck import precheck

Used = dict[str, Any]
"""One rule as it is frozen: rule, outcome, clause, mark, path, fact, vi, en."""


@dataclass(frozen=True)
class Reason:
    """One rule as a person reads it."""

    rule: str
    outcome: Outcome
    clause: str
    message: str
    fact: str

    @property
    def weighs(self) -> bool:
        """Whether it did more than pass."""
        return self.outcome not in (Outcome.PASSED, Outcome.INFO)


def rules_used(case: Case, on: date) -> list[Used]:
    """Every rule of the pre-check under the law of that day, ready to be frozen."""
    with translation.override("vi"):
        vietnamese = _said(case, on)
    with translation.override("en"):
        english = _said(case, on)
    data = case.dossier.as_data()
    return [
        {
            "rule": finding.code, "outcome": str(finding.outcome), "clause": finding.clause, "mark": finding.mark,
            "path": finding.path, "fact": fact_at(data, finding.path), "vi": words, "en": other,
        }
        for (finding, words), (_same, other) in zip(vietnamese, english, strict=True)
    ]  # fmt: skip


def _said(case: Case, on: date) -> list[tuple[Finding, str]]:
    return [(finding, str(finding.message)) for finding in precheck(case, on)]


def asked_about(used: Iterable[Used], paths: Iterable[str]) -> list[Used]:
    """The rules behind a request: those that found something, and those about what is pinned."""
    pinned = tuple(paths)
    return [
        one for one in used
        if one["outcome"] not in (Outcome.PASSED, Outcome.INFO) or _under(one["path"], pinned)
    ]  # fmt: skip


def _under(path: str, pins: tuple[str, ...]) -> bool:
    return any(path == pin or path.startswith(f"{pin}.") or pin.startswith(f"{path}.") for pin in pins if path)


def reasons_of(data: dict[str, Any]) -> tuple[Reason, ...]:
    """The rules frozen with an event, in the reader's language; those that weighed first."""
    language = "vi" if get_language() == "vi" else "en"
    found = [
        Reason(one["rule"], Outcome(one["outcome"]), one["clause"], one[language], str(one.get("fact") or ""))
        for one in data.get("rules", [])
    ]
    return tuple(sorted(found, key=lambda reason: not reason.weighs))


def fact_at(data: Any, path: str) -> str | None:
    """The answer a path leads to, as plain text; None where it leads to a list or to nothing."""
    for step in path.split("."):
        if isinstance(data, dict):
            data = data.get(step)
        elif isinstance(data, list) and step.isdecimal() and int(step) < len(data):
            data = data[int(step)]
        else:
            return None
    return None if data is None or isinstance(data, dict | list) else str(data)
