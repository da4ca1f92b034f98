"""What each status word looks like: a tone (colour) and an icon, so that colour never speaks alone.

The words are those of the apps' own states (cases, certificates, messages, papers, findings, tasks, opinions); a word
that is not listed is neutral, so a new state is readable before it gets a sign of its own.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Sign:
    """tone: neutral, info, ok, warn or danger; icon: a name in static/icons.svg."""

    tone: str
    icon: str


NEUTRAL = Sign("neutral", "dot")
_MOVING = Sign("info", "clock")
_DONE = Sign("ok", "check")
_YOURS = Sign("warn", "flag")
_WRONG = Sign("danger", "error")
_ENDED = Sign("neutral", "stop")
_PEN = Sign("neutral", "pen")

SIGNS = {
    # a case, as officials and as investors call it
    "draft": _PEN,
    "submitted": Sign("info", "mail"),
    "returned": Sign("warn", "return"),
    "accepted": _MOVING,
    "awaiting_investor": _YOURS,
    "query": _YOURS,
    "on_hold": Sign("warn", "pause"),
    "answered": Sign("info", "return"),
    "opinion": Sign("info", "question"),
    "proposed": Sign("info", "pen"),
    "approved": _DONE,
    "decided_yes": _DONE,
    "issued": Sign("ok", "stamp"),
    "refused": _WRONG,
    "decided_no": _WRONG,
    "withdrawn": Sign("neutral", "return"),
    "stopped": _ENDED,
    # a certificate and its document
    "prepared": _PEN,
    "valid": Sign("ok", "check-circle"),
    "replaced": Sign("warn", "return"),
    "revoked": _WRONG,
    "surrendered": _WRONG,
    "unknown": Sign("warn", "question"),
    "altered": _WRONG,
    "waiting": _MOVING,
    "rendering": _MOVING,
    "ready": _DONE,
    "failed": _WRONG,
    # a message
    "queued": _MOVING,
    "sending": _MOVING,
    "sent": _DONE,
    "unconfirmed": Sign("warn", "question"),
    "given_up": _WRONG,
    "unreachable": Sign("warn", "warning"),
    "lost": Sign("warn", "warning"),
    # a paper: an accepted one is done, an accepted case has only begun, so papers have their own words
    "paper_pending": _MOVING,
    "paper_accepted": _DONE,
    "paper_refused": _WRONG,
    "paper_scanning": _MOVING,
    "paper_clean": Sign("ok", "shield"),
    "pending": _MOVING,
    "scanning": _MOVING,
    "clean": Sign("ok", "shield"),
    # a finding of the pre-check
    "passed": _DONE,
    "must_fix": _WRONG,
    "warning": Sign("warn", "warning"),
    "info": Sign("info", "info"),
    "cannot_check": Sign("neutral", "question"),
    # a task of the task list
    "incomplete": Sign("info", "pen"),
    "in_progress": Sign("info", "pen"),
    "completed": _DONE,
    "cannot_start": Sign("neutral", "lock"),
    # an opinion of another office
    "agreed": _DONE,
    "conditions": Sign("warn", "check"),
    "objected": _WRONG,
    "silent": Sign("neutral", "clock"),
    "waiting_opinion": _MOVING,
}

TONE_ICONS = {"neutral": "dot", "info": "info", "ok": "check-circle", "warn": "warning", "danger": "error"}


def sign_of(status: str) -> Sign:
    """The sign of a status word."""
    return SIGNS.get(str(status), NEUTRAL)
