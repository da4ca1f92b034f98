"""How a rule of the pre-check is written: a small function, declared with where it stands in the law.

A rule reads `Facts` and yields what it found: `fail`, `fine`, `open_` (cannot be checked yet) or `note`. The decorator
turns that into findings, so that the code, level, clause and place of a rule are said once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from django.utils.functional import Promise

from cases.findings import Finding, Level, Outcome
from projects.outline import section_of
from projects.shape import rows
from projects.zones import Sector, Zone

if TYPE_CHECKING:
    from projects.registration import Registration

Words = str | Promise
LAWS: Final = {
    "L143": "Law on Investment 143/2025/QH15",
    "D96": "Decree 96/2026/NĐ-CP",
    "LDN": "Enterprise Law 59/2020/QH14",
    "LKDBDS": "Real-estate Business Law 29/2023/QH15",
}
FAILED: Final = {Level.BLOCK: Outcome.MUST_FIX, Level.WARN: Outcome.WARNING, Level.INFO: Outcome.INFO}


@dataclass(frozen=True)
class Facts:
    """The dossier with its lists, fetched once, on the day whose rules apply."""

    registration: Registration
    on: date

    def rows(self, name: str) -> list[Any]:
        """One of the dossier's lists."""
        return rows(self.registration, name)

    @cached_property
    def zone(self) -> Zone | None:
        """The zone, if the project stands in one."""
        return self.registration.zone

    @cached_property
    def sectors(self) -> dict[tuple[str, str], Sector]:
        """The VSIC lines the objectives name, by edition and code (one query)."""
        wanted = {(line.vsic_edition, line.vsic_code) for line in self.rows("objectives") if line.vsic_code}
        if not wanted:
            return {}
        found = Sector.objects.filter(code__in={code for _edition, code in wanted})
        return {(line.edition, line.code): line for line in found if (line.edition, line.code) in wanted}


@dataclass(frozen=True)
class Said:
    """What a rule found; `path` and `level` only where they differ from the rule's own."""

    outcome: Outcome | None
    message: Words
    path: str = ""
    level: Level | None = None


def fail(message: Words, path: str = "", level: Level | None = None) -> Said:
    """The rule is broken: its level decides whether that blocks."""
    return Said(None, message, path, level)


def fine(message: Words) -> Said:
    """The rule holds."""
    return Said(Outcome.PASSED, message)


def note(message: Words, path: str = "") -> Said:
    """Something to know."""
    return Said(Outcome.INFO, message, path)


def open_(message: Words, path: str = "") -> Said:
    """The rule cannot be checked by the system, or not yet."""
    return Said(Outcome.CANNOT_CHECK, message, path)


Rule = Callable[[Facts], Iterator[Said]]


@dataclass(frozen=True)
class Check:
    """A declared rule."""

    code: str
    level: Level
    path: str
    clause: str
    mark: str
    rule: Rule

    def __call__(self, facts: Facts) -> Iterator[Finding]:
        for said in self.rule(facts):
            level, path = said.level or self.level, said.path or self.path
            yield Finding(
                self.code, level, said.outcome or FAILED[level], section_of(path), path, said.message, self.clause,
                source_of(self.clause), self.mark,
            )  # fmt: skip


CHECKS: dict[str, Check] = {}


def check(code: str, *, level: Level, path: str, clause: str = "", mark: str = "S") -> Callable[[Rule], Rule]:
    """Declare a rule of the pre-check: its code, how much it weighs, where it points, and where it stands."""

    def declare(rule: Rule) -> Rule:
        CHECKS[code] = Check(code, level, path, clause, mark, rule)
        return rule

    return declare


def source_of(clause: str) -> str:
    """The full names of the laws a clause abbreviates."""
    return "; ".join(name for tag, name in LAWS.items() if tag in clause)
