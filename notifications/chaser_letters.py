"""Letters that a time runs out: to the company that has to answer, or to the official who has the case.

They are written in the transaction that notes the step: it is told once or, if a letter cannot be written, later.
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone, translation

from accounts.models import User
from cases.calendar import local_date
from cases.chasing import Chase
from cases.models import Case, Notice
from notifications.letters import CHASER, CHASERS, letter_for, members_of, officials
from notifications.models import Message
from notifications.outbox import send_after_commit
from notifications.states import Audience
from notifications.writing import HANOI, Written, case_url, language_of, worded


def on_deadline_near(sender: type[Case], chase: Chase, **kwargs: Any) -> None:
    """Listen to `deadline_near`: a letter that cannot be written leaves the step untold."""
    write(chase)


def write(chase: Chase) -> list[Message]:
    """Write the letters of a step, and have them sent after the commit."""
    messages = [_letter(chase, person, audience) for person, audience in readers(chase)]
    Message.objects.bulk_create(messages)
    send_after_commit(messages)
    return messages


def readers(chase: Chase) -> list[tuple[User, Audience]]:
    """Who is told: everybody who may act for the company, or the official in charge, else the desk."""
    on = local_date(chase.at)
    letter = letter_for(f"{CHASER}{chase.run.chain}", on, CHASERS)
    if letter is None:
        return []
    people: list[tuple[User, Audience]] = []
    if letter.investors:
        people += [(person, Audience.INVESTOR) for person in members_of(chase.case.organisation, on)]
    if letter.officials:
        people += [(person, Audience.OFFICIAL) for person in officials(letter.officials, chase.case)]
    return people


def key_of(chase: Chase, person: User) -> str:
    """The key under which a person is told a step, once. It begins with the reference, for the search."""
    return f"{chase.case.reference}:chaser-{chase.run.event.pk}-{chase.step}:{person.pk}"


def _letter(chase: Chase, person: User, audience: Audience) -> Message:
    words = written(chase, person, audience)
    return Message(
        case=chase.case, person=person, template=f"{CHASER}{chase.run.chain}", audience=audience,
        key=key_of(chase, person), language=language_of(person), to=person.email,
        subject=words.subject, text=words.text, html=words.html,
    )  # fmt: skip


def written(chase: Chase, person: User, audience: Audience) -> Written:
    """The letter to one person, in that person's language."""
    language, case, run = language_of(person), chase.case, chase.run
    official = audience == Audience.OFFICIAL
    with translation.override(language), timezone.override(HANOI):
        facts = {
            "language": language, "official": official, "name": person.get_full_name(),
            "reference": case.reference, "dossier_code": case.dossier_code or "", "project": case.title,
            "company": case.organisation.name, "office": case.authority.name(language) if case.authority else "",
            "status": case.get_status_display() if official else str(case.public_status.label),
            "state": case.status, "deadline": run.deadline_at, "asked": run.event.at, "left": run.left,
            "used": run.used, "total": run.total, "last_day": chase.last_day, "overdue": chase.days_over > 0,
            "unassigned": case.officer_id is None, "pins": _points(run.notice), "url": case_url(case, audience),
        }  # fmt: skip
        return worded(f"{CHASER}{run.chain}", facts)


def _points(notice: Notice | None) -> int:
    """How many points of the dossier the request is about."""
    return len(notice.pins) if notice else 0
