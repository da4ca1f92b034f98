"""The clock in words: whole sentences, the same on the page, in the admin, in the API and in the mails.

Each side reads the same numbers; only who is waited for is called "you" or "the investor".
"""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from cases.calendar import Calendar, load_calendar, local_date
from cases.clock import Clock, Pause, Stop
from cases.models import Case
from cases.states import EDITABLE, Status
from cases.timekeeping import clock_of, intake_due_at

INVESTOR, OFFICIAL = "investor", "official"

_WAITING = {
    INVESTOR: (
        gettext_lazy("Stopped: waiting for you since %(since)s."),
        ngettext_lazy(
            "Stopped %(days)s day: waiting for you since %(since)s.",
            "Stopped %(days)s days: waiting for you since %(since)s.",
            "days",
        ),
    ),
    OFFICIAL: (
        gettext_lazy("Stopped: waiting for the investor since %(since)s."),
        ngettext_lazy(
            "Stopped %(days)s day: waiting for the investor since %(since)s.",
            "Stopped %(days)s days: waiting for the investor since %(since)s.",
            "days",
        ),
    ),
}
_HOLDS = {
    Pause.VIOLATION: (
        gettext_lazy("Stopped: an administrative violation is being handled since %(since)s."),
        ngettext_lazy(
            "Stopped %(days)s day: an administrative violation is being handled since %(since)s.",
            "Stopped %(days)s days: an administrative violation is being handled since %(since)s.",
            "days",
        ),
    ),
    Pause.PAPER_MATCH: (
        gettext_lazy("Stopped: waiting for the paper set since %(since)s."),
        ngettext_lazy(
            "Stopped %(days)s day: waiting for the paper set since %(since)s.",
            "Stopped %(days)s days: waiting for the paper set since %(since)s.",
            "days",
        ),
    ),
}
"""Each pause on its first day, and once it holds working days."""


def moment_words(value: datetime) -> str:
    """A deadline as every page and letter writes it: 17:00 on 2 Dec 2026 (Hanoi time)."""
    local = timezone.localtime(value)
    return _("%(time)s on %(day)s (Hanoi time)") % {
        "time": date_format(local, "H:i"),
        "day": date_format(local, "DATE_FORMAT"),
    }


def day_words(day: date, today: date) -> str:
    """A day; the year only where it is not this one."""
    return date_format(day, "MONTH_DAY_FORMAT" if day.year == today.year else "DATE_FORMAT")


def clock_sentence(clock: Clock, *, side: str, today: date | None = None) -> str:
    """A running, stopped or ended clock: "Day 6 of 10. Stopped 3 days: waiting for you since 12 Nov."

    Empty while the clock has not started. Days are working days.
    """
    if clock.started_on is None:
        return ""
    today = today or local_date()
    parts = [_day_of(clock), *_stops(clock, side, today)]
    if clock.due_at and clock.phase == "running":
        parts.append(_("The result is due by %(moment)s.") % {"moment": moment_words(clock.due_at)})
    return " ".join(parts)


def case_sentence(case: Case, *, side: str, calendar: Calendar | None = None, clock: Clock | None = None) -> str:
    """The clock of a case in words, from draft to end. Raises CalendarMissing, ProcedureMissing."""
    if case.status in EDITABLE:
        return _("The clock has not started: it starts when the office accepts a complete dossier.")
    calendar = calendar or load_calendar()
    if case.status == Status.SUBMITTED:
        due = intake_due_at(case, calendar)
        return _("The office says by %(moment)s whether the dossier is complete; then the clock starts.") % {
            "moment": moment_words(due) if due else "…"
        }
    clock = clock or clock_of(case, calendar=calendar)
    return clock_sentence(clock, side=side) or _("The clock never started.")


def _day_of(clock: Clock) -> str:
    numbers = {"used": clock.used, "total": clock.total, "late": -clock.left}
    if clock.phase == "ended":
        return _("Ended on day %(used)s of %(total)s.") % numbers
    if clock.overdue:
        return ngettext(
            "Day %(used)s of %(total)s: %(late)s working day late.",
            "Day %(used)s of %(total)s: %(late)s working days late.",
            -clock.left,
        ) % numbers  # fmt: skip
    if clock.used == 0 and clock.running:
        return ngettext(
            "The clock of %(total)s working day starts on the next working day.",
            "The clock of %(total)s working days starts on the next working day.",
            clock.total,
        ) % numbers  # fmt: skip
    return _("Day %(used)s of %(total)s.") % numbers


def _stops(clock: Clock, side: str, today: date) -> list[str]:
    """The pause that is open, and the days of those that are over."""
    last = clock.stops[-1] if clock.stops else None
    still = last if last and clock.phase == "stopped" else None
    earlier = sum(stop.working_days for stop in clock.stops if stop is not still)
    sentences = [_open_stop(still, side, today)] if still else []
    if earlier:
        sentences.append(
            (ngettext("Stopped %(days)s day before.", "Stopped %(days)s days before.", earlier)
             if still
             else ngettext("Stopped %(days)s day in all.", "Stopped %(days)s days in all.", earlier))
            % {"days": earlier}
        )  # fmt: skip
    return sentences


def _open_stop(stop: Stop, side: str, today: date) -> str:
    first_day, later = _HOLDS.get(Pause(stop.reason), _WAITING[side])
    sentence = later if stop.working_days else first_day
    return str(sentence % {"days": stop.working_days, "since": day_words(stop.since, today)})
