"""Letters about a petition of the city that a list adopted: one to each person of each company that may apply now.

They are written in the transaction of the adoption, as the letters about a project's life are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.db.models import Model
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext

from accounts.membership import people_in
from accounts.models import User
from cases.calendar import local_date
from cases.news import TELL_OF_PETITIONS, PetitionNews
from notifications.letters import PETITION_ADOPTED
from notifications.models import Message
from notifications.outbox import send_after_commit
from notifications.states import Audience
from notifications.writing import HANOI, Written, absolute, language_of, worded

LINES_IN_A_LETTER: Final = 20
"""Projects that a letter names one by one; the petition's page has them all."""


def on_petition_adopted(sender: type[Model], news: Sequence[PetitionNews], **kwargs: Any) -> None:
    """Listen to `petition_adopted`: a letter that cannot be written undoes the adoption."""
    write(news)


def write(news: Iterable[PetitionNews]) -> list[Message]:
    """Write the letters that are not written yet, and have them sent after the commit (3 queries in all)."""
    every = list(news)
    people = _people(every)
    told = [(one, person) for one in every for person in people.get(one.organisation.pk, ())]
    keys = [key_of(one, person) for one, person in told]
    known = set(Message.objects.filter(key__in=keys).values_list("key", flat=True))
    messages = [_letter(one, person) for one, person in told if key_of(one, person) not in known]
    Message.objects.bulk_create(messages)
    send_after_commit(messages)
    return messages


def key_of(news: PetitionNews, person: User) -> str:
    """The key under which a person is told, once. It begins with the petition's number, for the search."""
    return f"{news.key}:{person.pk}"


def _people(news: Sequence[PetitionNews]) -> dict[int, list[User]]:
    on = max((local_date(one.at) for one in news), default=local_date())
    return people_in((one.organisation.pk for one in news), TELL_OF_PETITIONS, on)


def _letter(news: PetitionNews, person: User) -> Message:
    words = written(news, person)
    return Message(
        person=person, template=PETITION_ADOPTED, audience=Audience.INVESTOR, key=key_of(news, person),
        language=language_of(person), to=person.email, subject=words.subject, text=words.text, html=words.html,
    )  # fmt: skip


def written(news: PetitionNews, person: User) -> Written:
    """The letter to one person, in that person's language."""
    language = language_of(person)
    with translation.override(language), timezone.override(HANOI):
        projects = [(code, name(language)) for code, name in news.projects]
        facts = {
            "language": language, "official": False, "reference": news.number, "name": person.get_full_name(),
            "petition": news.name(language), "company": news.organisation.name, "office": "",
            "list_version": news.list_version, "may_apply_from": news.may_apply_from,
            "projects": projects[:LINES_IN_A_LETTER], "more": len(projects) - len(projects[:LINES_IN_A_LETTER]),
            "count": len(projects), "check_url": absolute(news.check_path), "url": absolute(news.path),
            "rows": _rows(news, language),
        }  # fmt: skip
        return worded(PETITION_ADOPTED, facts)


def _rows(news: PetitionNews, language: str) -> list[tuple[str, str]]:
    lines = "; ".join(f"{code} {name(language)}" for code, name in news.lines)
    return [
        (gettext("Petition"), f"{news.number} · {news.name(language)}"),
        (gettext("Company"), news.organisation.name),
        (gettext("Lines of the list"), lines),
        (gettext("Version of the list"), f"{news.list_version} ({news.decree})"),
        (gettext("Adopted on"), date_format(news.adopted_on, "DATE_FORMAT")),
        (gettext("May apply from"), date_format(news.may_apply_from, "DATE_FORMAT")),
    ]
