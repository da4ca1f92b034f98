"""A verdict in words, and what the public may know of a certificate: nothing personal. Page and API say the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from certificates.content import Text
from certificates.models import Certificate
from certificates.states import ENDED_EARLY, State
from certificates.verifying import Answer, Verdict

TONES: Final = {
    Answer.VALID: "ok",
    Answer.REPLACED: "warn",
    Answer.REVOKED: "danger",
    Answer.ALTERED: "danger",
    Answer.UNKNOWN: "warn",
}


@dataclass(frozen=True)
class Facts:
    """What anyone may know about an issued certificate. `revoked_on` is the day it ended, however it did."""

    number: str
    title: str
    project: str
    project_code: str
    version: int
    issued_on: date
    authority: str
    replaced_by: str | None
    replaced_on: date | None
    revoked_on: date | None
    ended_as: str | None
    test_authority: bool


@dataclass(frozen=True)
class Words:
    """The answer as a person reads it: a sentence, what it means, and how it looks."""

    state: str
    tone: str
    sentence: str
    meaning: str


def facts_of(certificate: Certificate) -> Facts:
    """The public facts, in the reader's language."""
    content = certificate.content
    successor = successor_of(certificate)
    if certificate.number is None or certificate.issued_on is None:
        raise ValueError("A certificate that is not issued has no public facts.")
    return Facts(
        number=certificate.number,
        title=_said(content["title"]),
        project=_said(content["subject"]),
        project_code=certificate.project_code,
        version=certificate.version,
        issued_on=certificate.issued_on,
        authority=_said(content["agency"]["name"]),
        replaced_by=successor.number if successor else None,
        replaced_on=successor.issued_on if successor else None,
        revoked_on=certificate.ended_on,
        ended_as=certificate.state if certificate.state in ENDED_EARLY else None,
        test_authority=certificate.is_test,
    )


def successor_of(certificate: Certificate) -> Certificate | None:
    """The certificate that replaced this one."""
    found: Certificate | None = getattr(certificate, "replaced_by", None)
    return found


def words_for_number(verdict: Verdict, number: str) -> Words:
    """The answer about a number, or about the QR code that led here."""
    if verdict.answer is Answer.UNKNOWN:
        return _words(
            verdict,
            _("No certificate with the number %(number)s has been issued here.") % {"number": number},
            _("Check the number: it looks like HP-2026-000123. If the paper shows this number, it is not ours."),
        )
    if verdict.answer is Answer.ALTERED:
        return _words(
            verdict,
            _("The QR code does not belong to this certificate."),
            _("Someone may have changed the code or the paper. Ask the holder for the signed PDF and check that file."),
        )
    return _standing(verdict)


def words_for_file(verdict: Verdict) -> Words:
    """The answer about an uploaded file."""
    if verdict.answer is Answer.UNKNOWN:
        return _words(
            verdict,
            _("This file is not a certificate issued here."),
            _("It carries neither our signature nor one of our numbers."),
        )
    if verdict.answer is Answer.ALTERED:
        return _words(
            verdict,
            _("This file has been altered: it is not the document that was issued."),
            _("Do not rely on it. Ask the holder for the original file, or look the number up here."),
        )
    return _standing(verdict)


def _standing(verdict: Verdict) -> Words:
    """The answer about a genuine certificate."""
    if verdict.certificate is None:
        raise ValueError("Only a known certificate stands anywhere.")
    facts = facts_of(verdict.certificate)
    if facts.ended_as == State.SURRENDERED:
        return _words(
            verdict,
            _("This certificate was surrendered on %(day)s: the investor ended the project.")
            % {"day": _day(facts.revoked_on)},
            _("It was issued here, but it no longer has any effect."),
        )
    if verdict.answer is Answer.REVOKED:
        return _words(
            verdict,
            _("This certificate was revoked on %(day)s.") % {"day": _day(facts.revoked_on)},
            _("It was issued here, but it no longer has any effect."),
        )
    if verdict.answer is Answer.REPLACED:
        return _words(
            verdict,
            _("This certificate was replaced by %(number)s on %(day)s.")
            % {"number": facts.replaced_by, "day": _day(facts.replaced_on)},
            _("It was genuine, but the newer certificate is the one in force."),
        )
    return _words(
        verdict,
        _("This certificate is valid."),
        _("It was issued here and is in force today; nothing has replaced or revoked it."),
    )


def _words(verdict: Verdict, sentence: str, meaning: str) -> Words:
    return Words(verdict.answer.value, TONES[verdict.answer], sentence, meaning)


def _said(words: Text) -> str:
    """The text in the reader's language; Vietnamese where there is no other."""
    return words["vi"] if get_language() == "vi" else words["en"] or words["vi"]


def _day(day: date | None) -> str:
    return date_format(day, "DATE_FORMAT") if day else "…"
