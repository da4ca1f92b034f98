"""What a change of a project would lead to under the law of a day: structure, rules, procedure, papers and days.

Nothing is stored. Every rule comes from `adjustments.rules`, every deadline from the register of procedures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from adjustments.content import Content
from adjustments.periods import Law, law_of, neighbour
from adjustments.procedure import papers_for
from adjustments.rules.change import PARTS, ZERO, Change
from adjustments.rules.law import Fired
from adjustments.starting import Today
from adjustments.structure import CURRENCIES, TOTAL, decimal, keys_of
from adjustments.wanting import Both, Wanted, both
from cases.calendar import Calendar, load_calendar
from cases.errors import CalendarMissing
from cases.models import Authority, PaperRule, ProcedureVersion
from projects.deposit import deposit
from projects.models import Project, Registration, Zone
from projects.routing import authority_code
from projects.showing import label, value

KIND: Final = "adjustment"
DEPOSIT: Final = "deposit-change"
INCENTIVES: Final = frozenset({"expansion-incentives"})
FACTS: Final = ("location", "zone", "lot", "land_area_m2", "term_years")


@dataclass(frozen=True)
class Line:
    """An amount before and after: a part of the capital, an investor's contribution, a phase. None: not known."""

    path: str
    label: str
    currency: str
    before: Decimal | None
    after: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        """The signed difference; what was not there before counts as 0."""
        return None if self.after is None and self.before is None else (self.after or ZERO) - (self.before or ZERO)

    @property
    def percent(self) -> Decimal | None:
        """The difference in per cent of what was there before."""
        return self.difference / self.before * 100 if self.before and self.difference is not None else None

    @property
    def changed(self) -> bool:
        """Whether anything differs."""
        return bool(self.difference)


@dataclass(frozen=True)
class Fact:
    """Another answer that is to change, ready to read."""

    path: str
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Paper:
    """A paper of the procedure: `need` is always, conditional, optional or printed; `needed` for this very change."""

    code: str
    name: str
    need: str
    needed: bool
    clause: str

    @property
    def printed(self) -> bool:
        """Whether the portal prints it, so that there is nothing to bring."""
        return self.need == PaperRule.Need.PRINTED


@dataclass(frozen=True)
class Deposit:
    """How the deposit changes, in VND, before any reduction."""

    before: Decimal
    after: Decimal
    clause: str

    @property
    def difference(self) -> Decimal:
        """To be topped up, or (negative) given back."""
        return self.after - self.before


@dataclass(frozen=True)
class Simulation:
    """The whole answer."""

    project: Project | None
    source: str
    on: date
    totals: tuple[Line, ...]
    parts: tuple[Line, ...]
    investors: tuple[Line, ...]
    phases: tuple[Line, ...]
    facts: tuple[Fact, ...]
    law: Law
    earlier: Law | None
    later: Law | None
    authority: Authority | None
    papers: tuple[Paper, ...]
    due_on: date | None
    deposit: Deposit | None
    notes: tuple[str, ...]
    problems: tuple[str, ...]
    asked: Content
    intent: str

    @property
    def incentives(self) -> tuple[Fired, ...]:
        """What the rules say about incentives."""
        return tuple(one for one in self.law.rules if one.rule.code in INCENTIVES)

    @property
    def changes_nothing(self) -> bool:
        """Whether what was typed is what stands already."""
        return not self.asked


def simulate(
    today: Today, wanted: Wanted, on: date, *, zones: Iterable[Zone] | None = None, calendar: Calendar | None = None
) -> Simulation:
    """Reckon what the change leads to if it is filed on a day; pure of requests, reads reference data only.

    `zones` (all of the city) and `calendar` save their queries where they are known already.
    """
    compared = both(today, wanted, zones)
    change = compared.change
    intent = intent_of(change)
    versions = tuple(ProcedureVersion.objects.filter(kind=KIND))
    law = law_of(change, on, versions)
    notes, problems = list(compared.notes), list(compared.problems)
    due_on = _due(law, on, calendar or load_calendar(), notes) if law.procedure else None
    if law.approval_first and law.procedure:
        notes.append(_("Since the approval has to be adjusted first, the time is that of the procedure after it, not "
                       "the one that the rules on the certificate alone name."))  # fmt: skip
    if not change.items:
        problems.append(_("Nothing differs from the project as it stands today: type what is to change."))
    elif law.procedure is None:
        problems.append(_("The portal keeps no procedure for adjustments that was in force on that day."))
    return Simulation(
        project=today.project, source=today.source, on=on, totals=tuple(_totals(compared)),
        parts=tuple(_parts(compared)), investors=tuple(_listed(compared, "investors", "contribution")),
        phases=tuple(_listed(compared, "phases", "capital")), facts=tuple(_facts(compared)), law=law,
        earlier=neighbour(change, law, versions, later=False), later=neighbour(change, law, versions, later=True),
        authority=_authority(today, change, notes), papers=_papers(law, change, intent, notes), due_on=due_on,
        deposit=_deposit(law, change), notes=tuple(notes), problems=tuple(problems), asked=compared.asked,
        intent=intent,
    )  # fmt: skip


def intent_of(change: Change) -> str:
    """What an application with this change asks for (a value of `Adjustment.Intent`)."""
    if change.difference:
        return "increase" if change.difference > 0 else "decrease"
    if change.new_investors:
        return "transfer"
    return "correction" if change.capital_changed else "other"


# --- days, authority, papers, deposit -------------------------------------------------------------------------------
def _due(law: Law, on: date, calendar: Calendar, notes: list[str]) -> date | None:
    try:
        if on.year not in calendar.years:
            raise CalendarMissing(on.year)
        return calendar.add_working_days(on, law.working_days or 0)
    except CalendarMissing as missing:
        notes.append(str(missing))
        return None


def _authority(today: Today, change: Change, notes: list[str]) -> Authority | None:
    after = change.after
    project = today.project
    if not after.location and after.several_provinces is None:
        if project is not None and project.authority is not None:
            return project.authority
        notes.append(_("Where the project stands is not known, so neither is the authority: the economic zone "
                       "authority in parks and zones, the Department of Finance elsewhere."))  # fmt: skip
        return None
    code = authority_code(after)
    if project is not None and project.authority is not None and project.authority.code == code:
        return project.authority
    return Authority.objects.filter(code=code).first()


def _papers(law: Law, change: Change, intent: str, notes: list[str]) -> tuple[Paper, ...]:
    """The papers of the procedure in the law's order. The list is kept for the law in force, not for older ones."""
    if law.procedure is None:
        return ()
    called_for = papers_for(change, transfer=intent == "transfer")
    if law.valid_to is not None:
        notes.append(_("The papers are those of the law in force now; the portal keeps no list for the earlier law."))
    language, need = get_language() or "vi", PaperRule.Need
    return tuple(
        Paper(rule.code, rule.name(language), rule.need,
              rule.need == need.ALWAYS or (rule.need == need.CONDITIONAL and rule.code in called_for), rule.clause)
        for rule in PaperRule.objects.filter(procedure=law.procedure_code).order_by("position")
    )  # fmt: skip


def _deposit(law: Law, change: Change) -> Deposit | None:
    """The amounts behind the rule on the deposit, where that rule applies."""
    one = next((one for one in law.rules if one.rule.code == DEPOSIT), None)
    if one is None:
        return None
    before, after = (deposit(_without_land(content)).amount for content in (change.before, change.after))
    return Deposit(before, after, one.rule.clause)


def _without_land(content: Registration) -> Decimal:
    return max((content.total_capital_vnd or ZERO) - (content.land_cost_vnd or ZERO), ZERO)


# --- before and after -----------------------------------------------------------------------------------------------
def _totals(compared: Both) -> Iterator[Line]:
    for currency in CURRENCIES:
        yield from _line(compared, f"{TOTAL}_{currency}")


def _parts(compared: Both) -> Iterator[Line]:
    for currency in CURRENCIES:
        for part in PARTS:
            yield from _line(compared, f"{part}_{currency}")


def _line(compared: Both, name: str) -> Iterator[Line]:
    before, after = (decimal(content.get(name)) for content in (compared.before, compared.after))
    if before is not None or after is not None:
        yield Line(name, label(Registration, name), name[-3:].upper(), before, after)


def _listed(compared: Both, name: str, column: str) -> Iterator[Line]:
    """Investors by their name and phases by their number, those that come and go included."""
    contents = (compared.before.get(name) or [], compared.after.get(name) or [])
    old, new = (dict(zip(keys_of(name, rows), rows, strict=True)) for rows in contents)
    for currency in CURRENCIES:
        key = f"{column}_{currency}"
        for who in dict.fromkeys([*old, *new]):
            before, after = (decimal(rows.get(who, {}).get(key)) for rows in (old, new))
            if before is not None or after is not None:
                named = str((new.get(who) or old[who]).get("name") or "")
                shown = who if name == "investors" else named or _("Phase %(number)s") % {"number": who}
                yield Line(f"{name}.{who}.{key}", shown, currency.upper(), before, after)


def _facts(compared: Both) -> Iterator[Fact]:
    change = compared.change
    for name in FACTS:
        if compared.before.get(name) != compared.after.get(name):
            before, after = (value(content, name) for content in (change.before, change.after))
            yield Fact(name, label(Registration, name), before, after)
    days = [f"{day:%d/%m/%Y}" if day else "" for day in change.completion]
    if days[0] != days[1]:
        yield Fact("phases", _("Last phase operates from"), days[0], days[1])
    if change.new_objectives:
        yield Fact("objectives", _("New objectives (VSIC codes)"), "", ", ".join(change.new_objectives))
