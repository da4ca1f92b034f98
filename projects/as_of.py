"""What was in force on a day, and what was known here then: two days, one answer (version, state, capital)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from operator import attrgetter

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cases.calendar import local_date
from certificates.models import Certificate
from projects.history import Amounts, last_state, total
from projects.money import money
from projects.register import CapitalEvent, Project
from projects.versions import ProjectVersion

ONE_DAY = timedelta(days=1)
HEADS = ("pk", "number", "certificate_number", "effective_on", "recorded_at", "case_id", "project_id")


@dataclass(frozen=True)
class Turn:
    """A version with the days on which it was in force; `until` None: neither a later one nor an end is known."""

    version: ProjectVersion
    until: date | None


@dataclass(frozen=True)
class AsOf:
    """The answer for `day`, as far as it was known at the end of `known_on` (None: as is known now)."""

    project: Project
    day: date
    today: date
    known_on: date | None
    turn: Turn | None
    version: ProjectVersion | None
    """The version in force, with its content and its case; nothing if there is none."""
    first: ProjectVersion | None
    earlier: ProjectVersion | None
    later: ProjectVersion | None
    learnt: ProjectVersion | None
    """What is known today to have been in force that day, where that is something else."""
    state: str
    turned: CapitalEvent | None
    """The event that brought the project into the state of that day (None: active since its first certificate)."""
    capital: Amounts
    source: CapitalEvent | None
    """The last event behind the capital of that day."""

    @property
    def certificate(self) -> Certificate | None:
        """The certificate that was issued for this version."""
        case = self.version.case if self.version else None
        return getattr(case, "certificate", None)

    @property
    def document(self) -> Certificate | None:
        """The certificate whose PDF can be had."""
        found = self.certificate
        return found if found and found.is_issued and found.is_ready else None


def as_of(project: Project, day: date, known_on: date | None = None) -> AsOf:
    """The answer, in three queries whatever the project has been through."""
    today = local_date()
    known_at = end_of(known_on) if known_on else None
    every = list(project.versions.order_by("effective_on", "number").only(*HEADS))
    turns = in_turn([row for row in every if known_at is None or row.recorded_at <= known_at])
    index = _index(turns, day)
    turn = turns[index] if index is not None else None
    present = in_turn(every)
    now = _index(present, day)
    learnt = present[now].version if now is not None and known_at is not None else None
    events = project.events.filter(effective_on__isnull=False).order_by("seq")
    told = list(events.filter(recorded_at__lte=known_at) if known_at else events)
    known = [event for event in told if event.effective_on and event.effective_on <= day]
    state, turned = last_state(known)
    turn = _ended(turn, told) if turn else None
    following = (index + 1) if index is not None else 0
    return AsOf(
        project=project, day=day, today=today, known_on=known_on, turn=turn,
        version=whole(turn.version) if turn else None,
        first=turns[0].version if turns else None,
        earlier=turns[index - 1].version if index else None,
        later=turns[following].version if following < len(turns) else None,
        learnt=learnt if learnt and (turn is None or learnt.pk != turn.version.pk) else None,
        state=state, turned=turned, capital=total(known), source=known[-1] if known else None,
    )  # fmt: skip


def in_turn(versions: Sequence[ProjectVersion]) -> list[Turn]:
    """Versions in the order of their days, each until the day before the next; of one day's only the last counts."""
    last = [list(rows)[-1] for _day, rows in groupby(versions, key=attrgetter("effective_on"))]
    ends = [row.effective_on - ONE_DAY for row in last[1:]]
    return [Turn(version, until) for version, until in zip(last, [*ends, None], strict=True)] if last else []


def whole(version: ProjectVersion) -> ProjectVersion:
    """The version with its content, its case and its certificate."""
    return ProjectVersion.objects.select_related("case__certificate").get(pk=version.pk)


def end_of(day: date) -> datetime:
    """The last moment of a day in Hai Phong."""
    return timezone.make_aware(datetime.combine(day, time.max))


def _ended(turn: Turn, events: Sequence[CapitalEvent]) -> Turn:
    """The end of the project ends the certificate too, on the day before it at the latest."""
    ends = [event.effective_on for event in events if event.kind == CapitalEvent.Kind.TERMINATION]
    if not ends or ends[0] is None:
        return turn
    last = max(turn.version.effective_on, ends[0] - ONE_DAY)
    return Turn(turn.version, min(turn.until or last, last))


def _index(turns: Sequence[Turn], day: date) -> int | None:
    begun = [number for number, turn in enumerate(turns) if turn.version.effective_on <= day]
    return begun[-1] if begun else None


# --- in words -------------------------------------------------------------------------------------------------------
def sentences(answer: AsOf) -> list[str]:
    """What a reader must know before reading on: whole sentences, none where the plain answer says it all."""
    found = [_not_come(answer), _nothing_in_force(answer), _state(answer), _learnt(answer)]
    return [sentence for sentence in found if sentence]


def _not_come(answer: AsOf) -> str:
    if answer.day <= answer.today:
        return ""
    words = _("%(day)s has not come yet. What stands here is what is known today, %(today)s.")
    return words % {"day": _day(answer.day), "today": _day(answer.today)}


def _nothing_in_force(answer: AsOf) -> str:
    if answer.turn:
        return ""
    first = answer.first
    if answer.project.imported or (first and first.number):
        return " ".join(part for part in (_kept_elsewhere(first), _register_says(answer)) if part)
    if first:
        words = _("No certificate was in force on %(day)s: the first one took effect on %(first)s.")
        return words % {"day": _day(answer.day), "first": _day(first.effective_on)}
    words = _("At the end of %(known)s no certificate of this project was recorded here.")
    return words % {"known": _day(answer.known_on or answer.today)}


def _kept_elsewhere(first: ProjectVersion | None) -> str:
    """That the certificates of then were issued elsewhere; which one is the first that is kept."""
    if first is None:
        return _("The certificate of that time is not kept here: this entry of the register comes from public sources.")
    words = _("The certificate of that time was not issued here and is not kept; the first one that is: %(first)s.")
    return words % {"first": _day(first.effective_on)}


def _register_says(answer: AsOf) -> str:
    amount = capital_words(answer.capital)
    if not amount:
        return _("The register knows no capital of this project for %(day)s.") % {"day": _day(answer.day)}
    return _("By the register its capital on %(day)s was %(capital)s.") % {"day": _day(answer.day), "capital": amount}


def _state(answer: AsOf) -> str:
    if answer.turned is None or answer.turned.effective_on is None:
        return ""
    since = {"day": _day(answer.day), "since": _day(answer.turned.effective_on)}
    if answer.state == Project.State.SUSPENDED:
        return _("On %(day)s the project was suspended, since %(since)s.") % since
    if answer.state == Project.State.TERMINATED:
        return _("On %(day)s the project had ended, on %(since)s: no certificate was in force any more.") % since
    return ""


def _learnt(answer: AsOf) -> str:
    if answer.learnt is None:
        return ""
    words = _("More is known today: in force on %(day)s was certificate %(number)s, recorded here on %(recorded)s.")
    recorded = timezone.localtime(answer.learnt.recorded_at)
    return words % {
        "day": _day(answer.day), "number": answer.learnt.certificate_number, "recorded": _day(recorded.date()),
    }  # fmt: skip


def capital_words(amounts: Amounts) -> str:
    """The capital in USD, or in VND where only that is known; empty if nothing is."""
    if amounts.usd is not None:
        return money(amounts.usd, "USD")
    return money(amounts.vnd, "VND") if amounts.vnd is not None else ""


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
