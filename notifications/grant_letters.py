"""Letters about a certificate of incentives, to the people of its company: reminders, questions, inspections, the end.

They are written in the transaction of the act they tell of; a step of the ladder is told to nobody twice.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext

from accounts.membership import people_in
from accounts.models import User
from cases.calendar import local_date
from cases.news import TELL_OF_GRANTS, GrantNews
from notifications.letters import GRANT
from notifications.models import Message
from notifications.outbox import send_after_commit
from notifications.states import Audience
from notifications.writing import HANOI, Written, absolute, language_of, worded


def on_grant_moved(sender: type[Model], news: GrantNews, **kwargs: Any) -> None:
    """Listen to `grant_moved`: a letter that cannot be written undoes the act."""
    write(news)


def write(news: GrantNews) -> list[Message]:
    """Write the letters that are not written yet, and have them sent after the commit (3 queries)."""
    people = people_in([news.organisation.pk], TELL_OF_GRANTS, local_date(news.at)).get(news.organisation.pk, [])
    keys = [key_of(news, person) for person in people]
    told = set(Message.objects.filter(key__in=keys).values_list("key", flat=True))
    messages = [_letter(news, person) for person in people if key_of(news, person) not in told]
    Message.objects.bulk_create(messages)
    send_after_commit(messages)
    return messages


def key_of(news: GrantNews, person: User) -> str:
    """The key under which a person is told, once. It begins with the certificate's number, for the search."""
    return f"{news.key}:{person.pk}"


def _letter(news: GrantNews, person: User) -> Message:
    words = written(news, person)
    return Message(
        person=person, template=f"{GRANT}{news.kind}", audience=Audience.INVESTOR, key=key_of(news, person),
        language=language_of(person), to=person.email, subject=words.subject, text=words.text, html=words.html,
    )  # fmt: skip


def written(news: GrantNews, person: User) -> Written:
    """The letter to one person, in that person's language."""
    language = language_of(person)
    with translation.override(language), timezone.override(HANOI):
        facts = {
            "language": language, "official": False, "reference": news.number, "name": person.get_full_name(),
            "project": news.name(language), "company": news.organisation.name,
            "office": news.office.name(language) if news.office else "", "on": news.on,
            "days_left": news.days_left, "overdue": news.days_left is not None and news.days_left < 0,
            "year": str(news.year or ""), "years": ", ".join(str(year) for year in news.years),
            "reason": news.reason, "url": absolute(news.path), "rows": _rows(news, language),
        }  # fmt: skip
        return worded(f"{GRANT}{news.kind}", facts)


def _rows(news: GrantNews, language: str) -> list[tuple[str, str]]:
    ground = news.ground(language) if news.ground else ""
    clause = news.clause(language) if news.clause else ""
    rows = [
        (gettext("Certificate of incentives"), news.number),
        (gettext("Project"), news.name(language)),
        (gettext("Company"), news.organisation.name),
        (gettext("Report on the year"), str(news.year or "")),
        (gettext("Day"), date_format(news.on, "DATE_FORMAT") if news.on else ""),
        (gettext("Ground"), f"{ground} ({clause})" if ground else ""),
    ]
    return [(label, value) for label, value in rows if value]
