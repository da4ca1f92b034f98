"""Who is told what: dated tables, one line per verb or act of a project's life, and how their circles become people.

Whoever acts on the investor's side gets a confirmation; an official gets no letter about an act of their own. People
who cannot sign in get nothing, and nobody is told the same event twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

from django.contrib.auth.models import Permission
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from accounts.models import Membership, Organisation, User
from cases.calendar import local_date
from cases.models import Case, Event
from cases.news import ProjectNews
from notifications.states import Audience

FIRST_DAY: Final = date(2025, 7, 1)  # of the one-stop rules this portal starts from (Decree 118/2025)


class Circle(Enum):
    """A group of officials around a case or a project."""

    DESK = "cases.accept_case"
    DECIDERS = "cases.decide_case"
    ISSUERS = "cases.issue_case"
    OFFICER = "the official who has the case"
    HANDLER = "the official who has the case; while nobody has it, the desk"
    PROPOSER = "whoever proposed the decision"
    RECORDERS = "projects.record_life"


@dataclass(frozen=True)
class Letter:
    """What a verb tells: to every member of the company or not, and to which officials. In force from `since` on."""

    verb: str
    investors: bool
    officials: tuple[Circle, ...] = ()
    since: date = FIRST_DAY


LETTERS: Final = (
    Letter("submit", investors=True, officials=(Circle.DESK,)),
    Letter("withdraw", investors=True, officials=(Circle.HANDLER,)),
    Letter("accept", investors=True, officials=(Circle.OFFICER,)),
    Letter("return_incomplete", investors=True, officials=(Circle.OFFICER,)),
    Letter("assign", investors=False, officials=(Circle.OFFICER,)),
    Letter("request_supplement", investors=True, officials=(Circle.OFFICER,)),
    Letter("request_explanation", investors=True, officials=(Circle.OFFICER,)),
    Letter("supplement", investors=True, officials=(Circle.HANDLER,)),
    Letter("hold", investors=True, officials=(Circle.OFFICER,)),
    Letter("resume", investors=True, officials=(Circle.OFFICER,)),
    Letter("ask_opinion", investors=False, officials=(Circle.OFFICER,)),
    Letter("give_opinion", investors=False, officials=(Circle.OFFICER,)),
    Letter("propose", investors=False, officials=(Circle.DECIDERS,)),
    Letter("approve", investors=True, officials=(Circle.ISSUERS, Circle.OFFICER)),
    Letter("refuse", investors=True, officials=(Circle.OFFICER,)),
    Letter("send_back", investors=False, officials=(Circle.OFFICER, Circle.PROPOSER)),
    Letter("stop", investors=True, officials=(Circle.OFFICER,)),
    Letter("issue", investors=True, officials=(Circle.OFFICER,)),
)


LIFE: Final = "life-"
LIFE_LETTERS: Final = (  # officials only where an investor acts: they have to inform the other authorities
    Letter(f"{LIFE}suspension", investors=True, officials=(Circle.RECORDERS,)),
    Letter(f"{LIFE}resumption", investors=True, officials=(Circle.RECORDERS,)),
    Letter(f"{LIFE}termination", investors=True, officials=(Circle.RECORDERS,)),
    Letter(f"{LIFE}revocation", investors=True),
)


PETITION_ADOPTED: Final = "petition-adopted"
"""The template of the one letter about petitions of the city; `cases.news.TELL_OF_PETITIONS` says who gets it."""


GRANT: Final = "grant-"
"""Before the kind of `cases.news.GRANTS`: the templates of letters about certificates of incentives."""


CHASER: Final = "chaser-"
CHASERS: Final = (
    Letter(f"{CHASER}answer", investors=True),
    Letter(f"{CHASER}completeness", investors=False, officials=(Circle.HANDLER,)),
    Letter(f"{CHASER}appraisal", investors=False, officials=(Circle.HANDLER,)),
)
"""Before the chain of `cases.chasing`: the templates of letters that tell that a time runs out."""


def letter_for(verb: str, on: date, table: Iterable[Letter] = LETTERS) -> Letter | None:
    """The line of the table in force for a verb that day; None where nobody is to be told."""
    lines = [letter for letter in table if letter.verb == verb and letter.since <= on]
    return max(lines, key=lambda letter: letter.since, default=None)


def addressees(case: Case, event: Event) -> list[tuple[User, Audience]]:
    """Everyone to be told of an event, each once, with the side the letter speaks to (at most 3 queries)."""
    letter = letter_for(event.verb, local_date(event.at))
    if letter is None:
        return []
    people: list[tuple[User, Audience]] = []
    if letter.investors:
        people += [(person, Audience.INVESTOR) for person in members(case, event)]
    if letter.officials and case.submitted_at is not None:  # the office never saw a dossier that was not handed in
        told = officials(letter.officials, case)
        people += [(person, Audience.OFFICIAL) for person in told if person.pk != event.by_id]
    return people


def readers(news: ProjectNews) -> list[tuple[User, Audience]]:
    """Everyone to be told of an act in a project's life, each once, with the side (at most 2 queries)."""
    on = local_date(news.at)
    letter = letter_for(f"{LIFE}{news.kind}", on, LIFE_LETTERS)
    if letter is None:
        return []
    people: list[tuple[User, Audience]] = []
    if letter.investors and news.organisation is not None:
        people += [(person, Audience.INVESTOR) for person in members_of(news.organisation, on)]
    if not news.by_office:
        people += [(person, Audience.OFFICIAL) for person in holders(letter.officials) if person != news.by]
    return people


def members(case: Case, event: Event) -> QuerySet[User]:
    """The people who may act for the case's company on the day of the event, whatever their role."""
    return members_of(case.organisation, local_date(event.at))


def members_of(organisation: Organisation, on: date) -> QuerySet[User]:
    """The people who may act for a company on a day, whatever their role."""
    rows = Membership.objects.in_force(on).filter(organisation=organisation)
    return User.objects.filter(Exists(rows.filter(user=OuterRef("pk"))), is_active=True, is_staff=False).order_by("pk")


def holders(circles: Iterable[Circle]) -> QuerySet[User]:
    """The active officials who hold the right of any of these circles."""
    chosen = Q(pk__in=[])
    for circle in circles:
        chosen |= Q(Exists(_granting(circle.value)))
    return User.objects.filter(chosen, is_active=True, is_staff=True).order_by("pk")


def officials(circles: Iterable[Circle], case: Case) -> list[User]:
    """The active officials in these circles; a case that nobody has falls back to the desk where that is asked for."""
    wanted = tuple(circles)
    people = list(_in_circles(wanted, case))
    if not people and Circle.HANDLER in wanted:
        people = list(_in_circles((Circle.DESK,), case))
    return people


def _in_circles(circles: tuple[Circle, ...], case: Case) -> QuerySet[User]:
    chosen = Q(pk__in=[])
    for circle in circles:
        if circle in (Circle.OFFICER, Circle.HANDLER):
            chosen |= Q(pk=case.officer_id)
        elif circle is Circle.PROPOSER:
            proposals = Event.objects.filter(case=case, verb="propose").order_by("-pk")
            chosen |= Q(pk=Subquery(proposals.values("by")[:1]))
        else:
            chosen |= Q(Exists(_granting(circle.value)))
    return User.objects.filter(chosen, is_active=True, is_staff=True).order_by("pk")


def _granting(permission: str) -> QuerySet[Permission]:
    """The permission as the outer person holds it, by role or directly."""
    app_label, codename = permission.split(".")
    return Permission.objects.filter(
        Q(group__user=OuterRef("pk")) | Q(user=OuterRef("pk")), codename=codename, content_type__app_label=app_label
    )
