"""The pre-check of a registration: every rule of `projects.rules`, run over one dossier.

The list an officer ticks is the list the investor runs first. Not here, because they do not concern a dossier before
its certificate: V6 (charter capital paid in 90 days) and the reminders of V11 come with the duties of a licensed
project; V22 and V25 (one open dossier, new value differs) come with adjustments.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from cases.findings import Finding
from projects.checking import CHECKS, Facts
from projects.outline import SECTIONS, section_of
from projects.rules import approval, capital, completeness, funding, investors, papers, schedule, sectors, site

if TYPE_CHECKING:
    from projects.registration import Registration

TOPICS = (completeness, investors, sectors, site, approval, capital, funding, schedule, papers)


def findings(registration: Registration, on: date) -> list[Finding]:
    """Every finding of every rule, under the rules of that day."""
    facts = Facts(registration, on)
    order = [*SECTIONS, "papers"]
    rules = sorted(CHECKS.values(), key=lambda rule: order.index(section_of(rule.path)))
    return [finding for rule in rules for finding in rule(facts)]
