"""The capital of a group: every project it holds in whatever way, each counted once, as of a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from projects.groups import Group, Holding, PublishedTotal
from projects.register import CapitalEvent, Project

HUNDRED = Decimal(100)
CENT = Decimal("0.01")
Share = Decimal | None


@dataclass(frozen=True)
class Held:
    """A project of a group with its capital, and the group's share of it (None: not known)."""

    project: Project
    usd: Decimal | None
    vnd: Decimal | None
    share: Share
    ways: int
    """In how many ways the group holds it; it is counted once all the same."""

    @property
    def share_usd(self) -> Decimal | None:
        """The group's share of the capital in USD, where both are known."""
        if self.usd is None or self.share is None:
            return None
        return (self.usd * self.share / HUNDRED).quantize(CENT)


@dataclass(frozen=True)
class GroupCapital:
    """What a group holds on a day."""

    held: tuple[Held, ...]

    @property
    def usd(self) -> Decimal | None:
        """The sum of the capital stated in USD; nothing where none is."""
        return _sum(item.usd for item in self.held)

    @property
    def only_vnd(self) -> Decimal | None:
        """The sum of the capital that is stated in VND alone; it is not converted."""
        return _sum(item.vnd for item in self.held if item.usd is None)

    @property
    def share_usd(self) -> Decimal | None:
        """The group's shares of the capital, as far as shares are known."""
        return _sum(item.share_usd for item in self.held)

    @property
    def without(self) -> int:
        """How many projects have no stated capital that day."""
        return sum(item.usd is None and item.vnd is None for item in self.held)


def _sum(values: Iterable[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known else None


@dataclass
class Graph:
    """Who holds what on a day, as numbers of rows."""

    groups: dict[int, list[tuple[int, Share]]] = field(default_factory=lambda: defaultdict(list))
    projects: dict[int, list[tuple[int, Share]]] = field(default_factory=lambda: defaultdict(list))

    def reach(self, group: int) -> dict[int, list[Share]]:
        """The projects a group comes to, each with the share of every way to it (shares along a way multiply)."""
        found: dict[int, list[Share]] = defaultdict(list)
        self._walk(group, HUNDRED, frozenset(), found)
        return dict(found)

    def _walk(self, group: int, share: Share, above: frozenset[int], found: dict[int, list[Share]]) -> None:
        for project, part in self.projects.get(group, ()):
            found[project].append(_of(share, part))
        for subsidiary, part in self.groups.get(group, ()):
            if subsidiary not in above and subsidiary != group:
                self._walk(subsidiary, _of(share, part), above | {group}, found)


def _of(share: Share, part: Share) -> Share:
    return None if share is None or part is None else share * part / HUNDRED


def graph_on(day: date) -> Graph:
    """All holdings of a day, in one query: there are as many as groups, not as projects of the register."""
    graph = Graph()
    rows: Any = Holding.objects.on(day).values_list("group_id", "project_id", "subsidiary_id", "share_percent")
    for group, project, subsidiary, share in rows.order_by("pk"):
        if project is not None:
            graph.projects[group].append((project, share))
        else:
            graph.groups[group].append((subsidiary, share))
    return graph


def capital_of(groups: Sequence[Group], day: date) -> dict[int, GroupCapital]:
    """What each group holds on a day, in two queries however many groups are asked about."""
    graph = graph_on(day)
    reached = {group.pk: graph.reach(group.pk) for group in groups}
    wanted = {project for projects in reached.values() for project in projects}
    chosen = Project.objects.published().filter(pk__in=wanted).with_places().with_capital(day)
    projects = {project.pk: project for project in chosen}
    return {pk: GroupCapital(tuple(_held(projects, ways))) for pk, ways in reached.items()}


def _held(projects: Mapping[int, Project], ways: Mapping[int, Sequence[Share]]) -> list[Held]:
    found = []
    for pk, shares in ways.items():
        if project := projects.get(pk):
            usd, vnd = getattr(project, "capital_usd", None), getattr(project, "capital_vnd", None)
            found.append(Held(project, usd, vnd, _together(shares), len(shares)))
    return sorted(found, key=lambda item: (-(item.usd or 0), -(item.vnd or 0), item.project.name))


def _together(shares: Sequence[Share]) -> Share:
    known = [share for share in shares if share is not None]
    return sum(known, Decimal(0)) if len(known) == len(shares) else None


# --- over time ------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Moved:
    """One change of the group's total in USD."""

    event: CapitalEvent
    change: Decimal
    total: Decimal


def over_time(held: Iterable[Held], until: date) -> list[Moved]:
    """The changes of the total that have a day, oldest first, for the projects held now."""
    events = CapitalEvent.objects.filter(
        project__in=[item.project.pk for item in held if item.usd is not None],
        effective_on__lte=until,
        total_usd__isnull=False,
    )
    moved: list[Moved] = []
    total = Decimal(0)
    for event in events.exclude(total_usd=0).select_related("project").order_by("effective_on", "project_id", "seq"):
        change = event.total_usd or Decimal(0)
        total += change
        moved.append(Moved(event, change, total))
    return moved


@dataclass(frozen=True)
class Comparison:
    """A published total beside ours of the same day."""

    published: PublishedTotal
    day: date
    ours: Decimal

    @property
    def difference(self) -> Decimal:
        """How much more the published total is."""
        return self.published.amount_usd - self.ours


def compared(published: Iterable[PublishedTotal], moved: Sequence[Moved]) -> list[Comparison]:
    """Every published total beside what the chains add up to on the last day it can mean."""
    found = []
    for row in published:
        day = last_day(row.stated_on, row.stated_precision)
        until = [step.total for step in moved if step.event.effective_on and step.event.effective_on <= day]
        found.append(Comparison(row, day, until[-1] if until else Decimal(0)))
    return found


def last_day(day: date, precision: str) -> date:
    """The last day a date can mean that is only known by its month or year."""
    if precision == Project.Precision.YEAR:
        return date(day.year, 12, 31)
    if precision == Project.Precision.MONTH:
        return date(day.year + day.month // 12, day.month % 12 + 1, 1) - timedelta(days=1)
    return day
