"""What an act in the life of a project must say, checked as a whole: every sentence names the figure it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.errors import Invalid
from projects.life_models import LifeNotice
from projects.life_rules import SURE, Ground, grounds, last_allowed, suspension_limit
from projects.register import Project
from projects.suspension import Standing

Kind = LifeNotice.Kind
Errors = dict[str, list[str]]


@dataclass(frozen=True)
class Told:
    """What a person states: the day of the decision, the first day it holds, the last day of a suspension, and why."""

    decided_on: date
    effective_on: date
    ground: str
    reason: str = ""
    until: date | None = None


def checked(project: Project, kind: LifeNotice.Kind, side: str, told: Told, stands: Standing, today: date) -> Ground:
    """The ground that is given. Raises Invalid with everything that is wrong."""
    errors: Errors = {}
    ground = next((one for one in grounds(kind, side, today) if one.code == told.ground), None)
    if ground is None:
        errors["ground"] = [_("Please choose a ground that the law in force knows for this act.")]
    if kind != Kind.RESUMPTION and not told.reason.strip():
        errors["reason"] = [_("Please write the reason.")]
    if told.decided_on > today:
        errors["decided_on"] = [_("The decision cannot lie in the future.")]
    sentence = _wrong_day(project, kind, told, stands, today)
    if sentence:
        errors["effective_on"] = [sentence]
    if kind == Kind.SUSPENSION:
        errors |= _wrong_end(told, stands, today)
    if errors or ground is None:
        raise Invalid(errors)
    return ground


def _wrong_day(project: Project, kind: LifeNotice.Kind, told: Told, stands: Standing, today: date) -> str:
    """Why it cannot hold from that day; empty if it can. Only a suspension may be announced for a later day."""
    if kind == Kind.RESUMPTION and stands.running:
        if told.effective_on < stands.running.start:
            return _("The suspension began on %(day)s; the project cannot have resumed before.") % {
                "day": _day(stands.running.start)}  # fmt: skip
        latest = max(today, stands.running.start)
    else:
        floor = _last_entry(project, today)
        if floor and told.effective_on < floor:
            return _("The last entry of the register holds from %(day)s; this cannot hold from an earlier day.") % {
                "day": _day(floor)}  # fmt: skip
        latest = date.max if kind == Kind.SUSPENSION else today
    return _("This day lies in the future: report it when it has come.") if told.effective_on > latest else ""


def _last_entry(project: Project, today: date) -> date | None:
    """From when the last entry of the chain holds, as far as that day has come."""
    found: date | None = project.events.filter(effective_on__lte=today).aggregate(last=Max("effective_on"))["last"]
    return found


def _wrong_end(told: Told, stands: Standing, today: date) -> Errors:
    if told.until is None:
        return {"until": [_("Please enter the last day of the suspension.")]}
    if told.until < told.effective_on:
        return {"until": [_("The last day cannot lie before the first one.")]}
    sentence = too_long(told, stands, today)
    limit = suspension_limit(today)
    return {"until": [sentence]} if sentence and limit and limit.blocks else {}


def too_long(told: Told, stands: Standing, today: date) -> str:
    """The sentence that a suspension goes beyond what the law allows in all; empty if it does not."""
    limit = suspension_limit(today)
    if limit is None or told.until is None:
        return ""
    last = last_allowed(told.effective_on, stands.used, limit)
    if told.until <= last:
        return ""
    figures = {"used": stands.used, "months": limit.months, "day": _day(last), "clause": limit.clause}
    if not stands.used:
        sentence = _("A project may be suspended for %(months)s months in all (%(clause)s), so at most until %(day)s.")
    elif last < told.effective_on:
        sentence = ngettext(
            "The project has been suspended for %(used)s day already; %(months)s months in all are allowed "
            "(%(clause)s), so it cannot be suspended again.",
            "The project has been suspended for %(used)s days already; %(months)s months in all are allowed "
            "(%(clause)s), so it cannot be suspended again.",
            stands.used,
        )
    else:
        sentence = ngettext(
            "The project has been suspended for %(used)s day already; %(months)s months in all are allowed "
            "(%(clause)s), so at most until %(day)s.",
            "The project has been suspended for %(used)s days already; %(months)s months in all are allowed "
            "(%(clause)s), so at most until %(day)s.",
            stands.used,
        )
    return sentence % figures


def warnings_of(kind: LifeNotice.Kind, told: Told, ground: Ground, stands: Standing, today: date) -> list[str]:
    """What does not stand in the way, but should be looked at before acting."""
    found = []
    if ground.mark != SURE:
        found.append(
            _("This ground has not been confirmed against the text of the law (%(clause)s): check it before you act.")
            % {"clause": ground.clause}
        )
    if kind == Kind.SUSPENSION and (sentence := too_long(told, stands, today)):
        found.append(sentence)
    if stands.over_limit(today) and stands.limit and stands.last_on:
        found.append(
            _("The project has been suspended for %(used)s days; the %(months)s months allowed ended on %(day)s.")
            % {"used": stands.used, "months": stands.limit.months, "day": _day(stands.last_on)}
        )
    return found


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
