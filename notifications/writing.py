"""How a letter comes to be: the facts of an event, put into words once per person, in that person's language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template import Context, Engine
from django.urls import NoReverseMatch, reverse
from django.utils import timezone, translation
from django.utils.dateparse import parse_date, parse_datetime

from accounts.models import User
from cases.clock import Pause, closing_time
from cases.models import Case, Event, Opinion
from cases.places import PAPERS, Place, place_at, places_of, section_url
from cases.precheck import paper_rules
from cases.procedures import ProcedureVersion
from cases.sheet import Row
from cases.timekeeping import procedure_of
from notifications.states import Audience

HANOI: Final = ZoneInfo("Asia/Ho_Chi_Minh")
SUBJECT_LENGTH: Final = 255
TELL_CHANGES: Final = frozenset({"submit", "propose", "approve", "issue"})
MOST_CHANGES: Final = 8
BLANK_LINES: Final = re.compile(r"[ \t]*\n(?:[ \t]*\n)+")


@dataclass(frozen=True)
class Written:
    """A letter in words: the same in plain text and HTML."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class Pin:
    """A point of a request: the field or paper it is about, the official's sentence, and where to answer."""

    label: str
    text: str
    url: str


class LetterWriter:
    """Writes the letters of one event; what does not depend on the reader is worked out once."""

    def __init__(self, case: Case, event: Event) -> None:
        self.case = case
        self.event = event
        self._worded: dict[tuple[str, Audience], dict[str, Any]] = {}
        self._told: dict[str, list[Row]] = {}

    def write(self, person: User, audience: Audience) -> Written:
        """The letter to one person. A template that cannot be rendered raises, and so undoes the move."""
        language = language_of(person)
        with translation.override(language), timezone.override(HANOI):
            if (language, audience) not in self._worded:
                self._worded[language, audience] = self._facts(language, audience)
            return worded(self.event.verb, self._worded[language, audience] | {"name": person.get_full_name()})

    def _facts(self, language: str, audience: Audience) -> dict[str, Any]:
        """What templates may use, in the active language."""
        case, data = self.case, self.event.data
        official = audience == Audience.OFFICIAL
        url = case_url(case, audience)
        return {
            "language": language,
            "audience": str(audience),
            "official": official,
            "verb": self.event.verb,
            "at": self.event.at,
            "actor": str(self.event.by) if self.event.by else "",
            "reference": case.reference,
            "dossier_code": case.dossier_code or "",
            "project": case.title,
            "company": case.organisation.name,
            "office": case.authority.name(language) if case.authority else "",
            "procedure": self.procedure.name(language) if self.procedure else "",
            "status": case.get_status_display() if official else str(case.public_status.label),
            "due": self.due,
            "deadline": parse_datetime(str(data.get("deadline_at") or "")),
            "pins": self._pins(audience, language),
            "clauses": [line.strip() for line in str(data.get("clauses") or "").splitlines() if line.strip()],
            "pause": str(dict(Pause.choices).get(data.get("reason", ""), "")),
            "stance": str(dict(Opinion.Stance.choices).get(data.get("stance", ""), "")),
            "opinion_due": self._closing(parse_date(str(data.get("due_on") or ""))),
            "certificate": self._certificate_number(),
            "data": data,
            "url": url,
            "verify_url": self._verify_url(),
            "changes": self._changes(),
        }

    def _changes(self) -> list[Row]:
        """The first answers that differ from the certificate, for a dossier that changes one; the page has the rest."""
        if self.event.verb not in TELL_CHANGES:
            return []
        language = translation.get_language() or ""
        if language not in self._told:
            rows = [row for part in self.case.dossier.sheet() for row in part.changed_rows]
            self._told[language] = rows[:MOST_CHANGES]
        return self._told[language]

    @cached_property
    def procedure(self) -> ProcedureVersion | None:
        """The procedure the case runs under; None for a dossier that was never handed in."""
        return procedure_of(self.case) if self.case.submitted_at else None

    @cached_property
    def due(self) -> datetime | None:
        """By when the office must act next, with the closing hour."""
        return self._closing(self.case.due_on)

    def _closing(self, day: date | None) -> datetime | None:
        return closing_time(day, self.procedure.cutoff_hour) if day and self.procedure else None

    def _pins(self, audience: Audience, language: str) -> list[Pin]:
        """The points of a request, each leading an investor to the very field or paper."""
        pins = self.event.data.get("pins") or []
        if not pins:
            return []
        places = places_of(self.case.dossier.sheet())
        papers = {f"{PAPERS}.{rule.code}": rule.name(language) for rule in paper_rules(self.case)}
        return [self._pin(pin["path"], pin["text"], places, papers, audience) for pin in pins]

    def _pin(self, path: str, text: str, places: dict[str, Place], papers: dict[str, str], audience: Audience) -> Pin:
        place = place_at(places, path)
        section = PAPERS if path in papers else place.section if place else ""
        label = papers.get(path) or (str(place.label) if place else "")
        if audience == Audience.INVESTOR and section:
            return Pin(label, text, absolute(section_url(self.case, section, path)))
        return Pin(label, text, case_url(self.case, audience))

    def _certificate_number(self) -> str:
        """The number that whoever listens before us has given, if any."""
        return getattr(getattr(self.case, "certificate", None), "number", None) or ""

    def _verify_url(self) -> str:
        try:
            page = absolute(reverse("verify"))
        except NoReverseMatch:
            return ""
        number = self._certificate_number()
        return f"{page}?n={number}" if number else page


def worded(template: str, facts: dict[str, Any]) -> Written:
    """Facts put into the words of a template, in the active language."""
    folder = f"emails/{template}"
    subject = " ".join(render(f"{folder}/subject.txt", facts, escape=False).split())[:SUBJECT_LENGTH]
    facts = facts | {"subject": subject}
    return Written(
        subject,
        BLANK_LINES.sub("\n\n", render(f"{folder}/body.txt", facts, escape=False)).strip() + "\n",
        render(f"{folder}/body.html", facts, escape=True),
    )


def language_of(person: User) -> str:
    """The person's language, or the site's where theirs is no longer offered."""
    return person.language if person.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def render(name: str, facts: dict[str, Any], *, escape: bool) -> str:
    """Render a template; plain text is not escaped."""
    return Engine.get_default().get_template(name).render(Context(facts, autoescape=escape))


def absolute(path: str) -> str:
    """An address on this site that works in a mail."""
    return f"{settings.SITE_URL.rstrip('/')}{path}"


def case_path(case: Case, audience: Audience) -> str:
    """The page of the case on this site: the investor's own, or the one of the officials' desk."""
    if audience == Audience.OFFICIAL:
        return reverse("admin:cases_case_change", args=[case.pk])
    return case.get_absolute_url()


def case_url(case: Case, audience: Audience) -> str:
    """The same as an address for a mail."""
    return absolute(case_path(case, audience))
