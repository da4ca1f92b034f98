"""A version of the list adopts a petition: which lines, which projects may apply now, and whom that is told. Once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from urllib.parse import urlencode

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.membership import people_in
from accounts.models import Organisation, User
from cases.calendar import local_date
from cases.errors import Invalid
from cases.news import TELL_OF_PETITIONS, PetitionNews
from cases.signals import petition_adopted
from incentives.petitions.acts import State, Verb, changing, note
from incentives.petitions.models import Petition, PetitionProject
from incentives.products import SupportedProduct
from projects.models import Project
from projects.register import LICENSED

ADOPTABLE: Final = frozenset({State.SENT, State.ANSWERED, State.DECLINED})
"""What was declined once may be taken up by a later list."""


@dataclass(frozen=True)
class Decision:
    """The lines of one version of the list, the day of its adoption, and the projects (by number) that may apply."""

    lines: tuple[SupportedProduct, ...]
    on: date
    projects: frozenset[int]

    @property
    def list_version(self) -> str:
        """The version that the lines belong to."""
        return self.lines[0].list_version if self.lines else ""

    @property
    def may_apply_from(self) -> date:
        """The first day on which all is in force: adopted, and a line in force."""
        return max(self.on, min(line.valid_from for line in self.lines))


@dataclass(frozen=True)
class Told:
    """A project that becomes eligible, and who of its company is told (nobody where no company is known)."""

    row: PetitionProject
    people: tuple[User, ...]


@dataclass(frozen=True)
class Foresight:
    """What an adoption will do: who is told of which project, which projects stay out, and what to think about."""

    told: tuple[Told, ...]
    left_out: tuple[PetitionProject, ...]
    letters: int
    warnings: tuple[str, ...]


def foresee(petition: Petition, decision: Decision) -> Foresight:
    """Look ahead (3 queries). Raises Invalid with everything that is wrong at once."""
    problems = _problems(petition, decision)
    if problems:
        raise Invalid(problems)
    rows = list(affected(petition))
    chosen = [row for row in rows if row.project_id in decision.projects and row.project.state in LICENSED]
    people = people_in(_companies(chosen), TELL_OF_PETITIONS, local_date())
    told = tuple(Told(row, tuple(people.get(row.project.organisation_id or 0, ()))) for row in chosen)
    letters = sum(len(people.get(number, ())) for number in _companies(chosen))
    out = tuple(row for row in rows if row not in chosen)
    return Foresight(told, out, letters, tuple(_warnings(petition, decision, chosen)))


def adopt(petition: Petition, decision: Decision, *, by: User, key: str = "") -> Petition:
    """Do it, once, and tell it in the same transaction. The same request again answers with what it did.

    Raises NotAllowed, WrongState (adopted already, or withdrawn, or never sent), Invalid.
    """
    with transaction.atomic():
        locked = Petition.objects.select_for_update().get(pk=petition.pk)
        if key and locked.events.filter(verb=Verb.ADOPTED, by=by, key=key).exists():
            return locked
        with changing(locked, by, ADOPTABLE, _("Adopt")) as row:
            seen, now = foresee(row, decision), timezone.now()
            row.state, row.list_version, row.adopted_on = State.ADOPTED, decision.list_version, decision.on
            row.save()
            row.adopted_by.set(decision.lines)
            _mark(seen.told, decision, now)
            note(row, Verb.ADOPTED, by, _facts(decision, seen), key)
            petition_adopted.send(sender=Petition, news=news_of(row, decision, seen.told, now))
            return row


def affected(petition: Petition) -> QuerySet[PetitionProject]:
    """The affected projects that stand, with what is read of them (1 query)."""
    rows = petition.affected.standing().select_related("project__organisation", "project__zone", "project__sector")
    return rows.order_by("project__code")


def news_of(petition: Petition, decision: Decision, told: Iterable[Told], at: datetime) -> list[PetitionNews]:
    """What is told, one piece for each company."""
    projects: dict[Organisation, list[Project]] = defaultdict(list)
    for one in told:
        if one.row.project.organisation is not None:
            projects[one.row.project.organisation].append(one.row.project)
    line = decision.lines[0]
    return [
        PetitionNews(
            key=f"{petition.number}:{company.pk}", number=petition.number, name=_named(petition),
            organisation=company, projects=tuple((project.code or "", _project_named(project)) for project in own),
            lines=tuple((line.code, line.name) for line in decision.lines), list_version=decision.list_version,
            decree=line.decree, adopted_on=decision.on, may_apply_from=decision.may_apply_from,
            path=petition.get_absolute_url(), at=at,
            check_path=f"{reverse('incentives-check')}?{urlencode({'product': line.code})}",
        )
        for company, own in projects.items()
    ]  # fmt: skip


def _problems(petition: Petition, decision: Decision) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    if not decision.lines:
        found["lines"].append(_("Please choose at least one line of the list."))
    if len({line.list_version for line in decision.lines}) > 1:
        found["lines"].append(_("The lines belong to different versions of the list."))
    for line in decision.lines:
        if line.valid_to is not None and line.valid_to < local_date():
            found["lines"].append(_("%(code)s is not in force any more.") % {"code": line.code})
    if decision.on > local_date():
        found["adopted_on"].append(_("This day lies in the future."))
    elif petition.sent_on and decision.on < petition.sent_on:
        found["adopted_on"].append(_("It was sent later than this day."))
    return found


def _warnings(petition: Petition, decision: Decision, chosen: Sequence[PetitionProject]) -> Iterable[str]:
    old = [line.code for line in decision.lines if petition.sent_on and line.valid_from <= petition.sent_on]
    if old:
        yield _("These lines were in force before the petition was sent: %(codes)s.") % {"codes": ", ".join(old)}
    unsure = [line.code for line in decision.lines if not line.sure]
    if unsure:
        yield _("Nobody has confirmed the wording of these lines yet: %(codes)s.") % {"codes": ", ".join(unsure)}
    if not chosen:
        yield _("No project is named, so nobody will be told.")


def _companies(rows: Iterable[PetitionProject]) -> set[int]:
    return {row.project.organisation_id for row in rows if row.project.organisation_id is not None}


def _mark(told: Iterable[Told], decision: Decision, now: datetime) -> None:
    rows = [one.row for one in told]
    for one in told:
        one.row.eligible_on, one.row.told_at = decision.may_apply_from, now if one.people else None
    PetitionProject.objects.bulk_update(rows, ["eligible_on", "told_at"])


def _facts(decision: Decision, seen: Foresight) -> dict[str, object]:
    return {
        "list_version": decision.list_version, "lines": [line.code for line in decision.lines],
        "on": decision.on.isoformat(), "may_apply_from": decision.may_apply_from.isoformat(),
        "projects": [one.row.project.code for one in seen.told], "letters": seen.letters,
    }  # fmt: skip


def _named(petition: Petition) -> Callable[[str], str]:
    return lambda language: petition.name_vi if language == "vi" else petition.name_en


def _project_named(project: Project) -> Callable[[str], str]:
    return lambda language: project.name if language == "vi" else project.name_en or project.name
