"""Letters about a licensed project: written in the transaction of the act they tell of, sent as all others are."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Model
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from accounts.models import User
from cases.news import ProjectNews
from notifications.letters import LIFE, readers
from notifications.models import Message
from notifications.outbox import send_after_commit
from notifications.states import Audience
from notifications.writing import HANOI, Written, absolute, language_of, worded

FIRST_DAYS: Final[dict[str, str | Promise]] = {
    "suspension": gettext_lazy("First day of the suspension"),
    "resumption": gettext_lazy("First day on which the project works again"),
    "termination": gettext_lazy("Day on which the project ends"),
    "revocation": gettext_lazy("Day from which the certificate has no effect"),
}


def on_project_moved(sender: type[Model], news: ProjectNews, **kwargs: Any) -> None:
    """Listen to `project_moved`: a letter that cannot be written undoes the act."""
    write(news)


def write(news: ProjectNews) -> list[Message]:
    """Write the letters of an act that are not written yet, and have them sent after the commit (4 queries)."""
    people = readers(news)
    keys = [key_of(news, person) for person, _audience in people]
    told = set(Message.objects.filter(key__in=keys).values_list("key", flat=True))
    writer = NewsWriter(news)
    messages = [
        _letter(writer, person, audience) for person, audience in people if key_of(news, person) not in told
    ]  # fmt: skip
    Message.objects.bulk_create(messages)
    send_after_commit(messages)
    return messages


def key_of(news: ProjectNews, person: User) -> str:
    """The key under which an act is told to a person, once. It begins with the project's code, for the search."""
    return f"{news.code}:{news.key}:{person.pk}"


def _letter(writer: NewsWriter, person: User, audience: Audience) -> Message:
    words = writer.write(person, audience)
    return Message(
        person=person, template=f"{LIFE}{writer.news.kind}", audience=audience, key=key_of(writer.news, person),
        language=language_of(person), to=person.email, subject=words.subject, text=words.text, html=words.html,
    )  # fmt: skip


class NewsWriter:
    """Writes the letters of one act; what does not depend on the reader is worked out once."""

    def __init__(self, news: ProjectNews) -> None:
        self.news = news
        self._facts: dict[tuple[str, Audience], dict[str, Any]] = {}

    def write(self, person: User, audience: Audience) -> Written:
        """The letter to one person. A template that cannot be rendered raises, and so undoes the act."""
        language = language_of(person)
        with translation.override(language), timezone.override(HANOI):
            if (language, audience) not in self._facts:
                self._facts[language, audience] = self._facts_for(language, audience)
            facts = self._facts[language, audience] | {"name": person.get_full_name()}
            return worded(f"{LIFE}{self.news.kind}", facts)

    def _facts_for(self, language: str, audience: Audience) -> dict[str, Any]:
        """What templates may use, in the active language."""
        news = self.news
        return {
            "language": language,
            "official": audience == Audience.OFFICIAL,
            "reference": news.code,
            "project": news.name(language),
            "company": news.organisation.name if news.organisation else "",
            "office": news.office.name(language) if news.office else "",
            "actor": str(news.by),
            "by_office": news.by_office,
            "ordered": news.ordered,
            "at": news.at,
            "effective_on": news.effective_on,
            "until": news.until,
            "reason": news.reason,
            "late": news.late,
            "notice_due_on": news.notice_due_on,
            "inform_by": news.inform_by,
            "certificate": news.certificate,
            "url": absolute(news.path),
            "rows": self._rows(language),
        }

    def _rows(self, language: str) -> list[tuple[str, str]]:
        """The table of the letter: what it is about, where it stands, the days, the ground, the certificate."""
        news = self.news
        ended = f"{news.certificate} ({news.certificate_state})" if news.certificate else ""
        rows = [
            (gettext("Code"), news.code),
            (gettext("Project"), news.name(language)),
            (gettext("Company"), news.organisation.name if news.organisation else ""),
            (gettext("Where it stands"), str(news.state)),
            (gettext("Day of the decision"), date_format(news.decided_on, "DATE_FORMAT")),
            (str(FIRST_DAYS[news.kind]), date_format(news.effective_on, "DATE_FORMAT")),
            (gettext("Last day of the suspension"), date_format(news.until, "DATE_FORMAT") if news.until else ""),
            (gettext("Ground"), f"{news.ground(language)} ({news.clause})"),
            (gettext("Certificate"), ended),
        ]
        return [(label, value) for label, value in rows if value]
