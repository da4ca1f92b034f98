"""Lines of business: real VSIC codes, one main line, nothing banned or closed, conditions for conditional lines.

The lists of banned, closed and conditional lines are dated data (`projects/data/restricted_lines.json`): lines named in
the decree's appendix, with words and VSIC codes that are our own reading of it; officials check the rest.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.folding import fold
from cases.findings import Level
from projects.answers import DATA
from projects.checking import Facts, Said, check, fail, fine, note, open_


@dataclass(frozen=True)
class RestrictedLine:
    """A line of a list: `kind` is banned, closed or conditional."""

    kind: str
    code: str
    name_vi: str
    name_en: str
    words: tuple[str, ...]
    vsic: dict[str, list[str]]
    valid_from: date
    valid_to: date | None
    mark: str

    def name(self) -> str:
        """The line in the reader's language."""
        return self.name_vi if get_language() == "vi" else self.name_en

    def covers(self, objective: Any) -> bool:
        """Whether an objective falls under this line, by its code or by its words."""
        if objective.vsic_code and any(objective.vsic_code.startswith(p) for p in self.vsic[objective.vsic_edition]):
            return True
        text = fold(objective.description)
        return any(re.search(rf"\b{re.escape(word)}\b", text) for word in self.words)


@cache
def restricted_lines() -> tuple[RestrictedLine, ...]:
    """All lines of all lists."""
    rows = json.loads((DATA / "restricted_lines.json").read_text())
    return tuple(
        RestrictedLine(
            row["list"],
            row["code"],
            row["name_vi"],
            row["name_en"],
            tuple(row["words"]),
            row["vsic"],
            date.fromisoformat(row["valid_from"]),
            date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            row["mark"],
        )
        for row in rows
    )


def matches(facts: Facts, kind: str) -> Iterator[tuple[int, Any, RestrictedLine]]:
    """Each objective that falls under a list in force on the day: its index, the row and the line."""
    for index, objective in enumerate(facts.rows("objectives")):
        for line in restricted_lines():
            in_force = line.valid_from <= facts.on and (line.valid_to is None or facts.on <= line.valid_to)
            if line.kind == kind and in_force and line.covers(objective):
                yield index, objective, line


@check("vsic", level=Level.BLOCK, path="objectives", clause="D96 32(1d)")
def codes_exist(facts: Facts) -> Iterator[Said]:
    """Every objective has a four-digit code of its edition; exactly one is the main one."""
    objectives, problems = facts.rows("objectives"), []
    for index, row in enumerate(objectives):
        sector = facts.sectors.get((row.vsic_edition, row.vsic_code))
        path, words = f"objectives.{index}.vsic_code", {"code": row.vsic_code, "edition": row.vsic_edition}
        if row.vsic_code and sector is None:
            problems.append(fail(_("VSIC %(edition)s has no code %(code)s.") % words, path))
        elif sector is not None and sector.level < 4:
            problems.append(
                fail(_("%(code)s is a group of VSIC %(edition)s: please choose a code with four digits.") % words, path)
            )
    main = [row for row in objectives if row.main]
    if objectives and len(main) != 1:
        problems.append(
            fail(
                _("Please mark one objective as the main one: %(count)s are marked.") % {"count": len(main)},
                "objectives.0.main",
            )
        )
    yield from problems
    if objectives and not problems:
        yield fine(_("Every objective has a code of the list of economic sectors, and one is the main objective."))


@check("V13", level=Level.BLOCK, path="objectives", clause="L143 6")
def nothing_banned(facts: Facts) -> Iterator[Said]:
    """No line of business that the law bans."""
    found = list(matches(facts, "banned"))
    for index, row, line in found:
        words = {"objective": row.description, "line": line.name()}
        yield fail(
            _("“%(objective)s” seems to fall under a banned line of business: %(line)s.") % words,
            f"objectives.{index}.description",
        )
    if not found and facts.rows("objectives"):
        yield fine(_("No objective falls under the banned lines the system knows."))


@check("V15", level=Level.BLOCK, path="objectives", clause="D96 App. I")
def nothing_closed_and_conditions_stated(facts: Facts) -> Iterator[Said]:
    """For foreign capital: nothing from the closed list; every conditional line says how its condition is met."""
    if facts.registration.applicant == "domestic":
        yield note(_("The lists of market access apply to foreign capital only."))
        return
    closed, bare = list(matches(facts, "closed")), _conditions_missing(facts)
    for index, row, line in closed:
        words = {"objective": row.description, "line": line.name()}
        yield fail(
            _(
                "“%(objective)s” is closed to foreign investors: %(line)s. If another line is meant, "
                "please say so "
                "and choose its code."
            )
            % words,
            f"objectives.{index}.description",
        )
    for index, row, line in bare:
        words = {"objective": row.description, "line": line.name()}
        yield fail(
            _(
                "“%(objective)s” is open to foreign investors under conditions (%(line)s): please state "
                "the condition "
                "and how it is met."
            )
            % words,
            f"objectives.{index}.market_access_condition",
            Level.WARN,
        )
    if not closed and not bare and facts.rows("objectives"):
        yield fine(
            _("No objective is closed to foreign investors, and conditions are stated where the system knows of one.")
        )
    yield open_(_("The lists here are those the system knows; the office checks the whole appendix."))


def _conditions_missing(facts: Facts) -> list[tuple[int, Any, RestrictedLine]]:
    first: dict[int, tuple[int, Any, RestrictedLine]] = {}
    for index, row, line in matches(facts, "conditional"):
        if not row.market_access_condition.strip():
            first.setdefault(index, (index, row, line))
    return list(first.values())


@check("V14", level=Level.WARN, path="objectives", clause="D96 15-17")
def lowest_cap_rules(facts: Facts) -> Iterator[Said]:
    """With several conditional lines the lowest cap on foreign ownership applies to all."""
    if facts.registration.applicant == "domestic":
        return
    lines = {line.code: line for _index, _row, line in matches(facts, "conditional")}
    if len(lines) > 1:
        names = "; ".join(line.name() for line in lines.values())
        yield fail(
            _(
                "Several lines have conditions for foreign investors (%(lines)s): the lowest limit of "
                "foreign ownership "
                "applies to all of them."
            )
            % {"lines": names}
        )
