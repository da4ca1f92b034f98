"""The end of a grant: revoked by the office on a ground of the law, or expired with its project.

The certificate ends in the same transaction. What that means for taxes is for the tax authority to decide.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.db.models import Model
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from cases.calendar import local_date
from cases.errors import Invalid
from cases.news import ProjectNews
from certificates import ending
from certificates.models import Certificate
from certificates.states import State as CertificateState
from incentives.grants import news
from incentives.grants.acting import Preview, done_with, ensure_in_force, ensure_may, locked
from incentives.grants.duties import RevocationGround, grounds
from incentives.grants.models import GrantEvent, IncentiveGrant, note

State = IncentiveGrant.State
REVOKE: Final = "incentives.revoke_grant"
ENDS: Final = ("termination", "revocation")
"""Acts in the life of a project that end it."""


@dataclass(frozen=True)
class Told:
    """What is stated about a revocation."""

    ground: str
    decided_on: date
    effective_on: date
    reason: str


def foresee(grant: IncentiveGrant, told: Told, *, by: User) -> Preview:
    """What the revocation will do. Raises NotAllowed, WrongState, Invalid with everything that is wrong at once."""
    ensure_may(by, REVOKE)
    ensure_in_force(grant)
    ground = _checked(grant, told)
    certificate = certificate_of(grant)
    rows = [(_("State of the certificate of incentives"), str(grant.get_state_display()), str(State.REVOKED.label))]
    if certificate is not None:
        rows.append(
            (_("Public check of %(number)s") % {"number": grant.number}, str(certificate.get_state_display()),
             str(CertificateState.REVOKED.label))
        )  # fmt: skip
    follows = [
        _("The company gets a letter with the ground, the reason, and how it may complain."),
        _("No further reports or inspections are due."),
        _("Whether taxes already relieved are claimed back, with interest and fines, is decided by the tax authority, "
          "not by this portal."),
    ]  # fmt: skip
    warnings = []
    if ground.mark == "U":
        warnings.append(_("The wording of this ground was not seen in a source: check it against the decree first."))
    return Preview(rows, follows, warnings)


def revoke(grant: IncentiveGrant, told: Told, *, by: User, key: str = "") -> GrantEvent:
    """Take the certificate back; grant, certificate and letter in one transaction."""
    with locked(grant) as row:
        known = done_with(row, GrantEvent.Kind.REVOKED, by, key)
        if known is not None:
            return known
        foresee(row, told, by=by)
        ground = _checked(row, told)
        _end(row, State.REVOKED, told.effective_on)
        certificate = certificate_of(row)
        if certificate is not None:
            ending.revoke(certificate, on=told.effective_on, by=by, reason=told.reason.strip())
        data: dict[str, object] = {"decided_on": told.decided_on, "mark": ground.mark, "key": key}
        event = note(
            row, GrantEvent.Kind.REVOKED, on=told.effective_on, by=by, ground=ground.code,
            clause=ground.clause_vi, reason=told.reason.strip(), data=data,
        )  # fmt: skip
        news.tell(row, news.REVOKED, event=event, on=told.effective_on, reason=told.reason.strip(), ground=ground)
    return event


def _checked(grant: IncentiveGrant, told: Told) -> RevocationGround:
    today, problems = local_date(), {}
    ground = next((one for one in grounds(told.decided_on) if one.code == told.ground), None)
    if ground is None:
        problems["ground"] = [_("The law of that day knows no such ground.")]
    if told.decided_on > today:
        problems["decided_on"] = [_("This day lies in the future.")]
    if told.effective_on > today:
        problems["effective_on"] = [_("This day lies in the future.")]
    elif told.effective_on < grant.granted_on:
        problems["effective_on"] = [_("The certificate is of %(day)s: it cannot end before.") % {
            "day": date_format(grant.granted_on, "DATE_FORMAT")}]  # fmt: skip
    if not told.reason.strip():
        problems["reason"] = [_("Please give the reason: the company reads it in the letter.")]
    if problems or ground is None:
        raise Invalid(problems)
    return ground


def certificate_of(grant: IncentiveGrant) -> Certificate | None:
    """The certificate behind a grant, as long as it is in force."""
    return Certificate.objects.in_force().filter(case=grant.case_id).first()


# --- with the project -----------------------------------------------------------------------------------------------
def on_project_moved(sender: type[Model], news: ProjectNews, **kwargs: Any) -> None:
    """Listen to `project_moved`: when a project ends, its certificates of incentives end in the same transaction."""
    del sender, kwargs
    if news.kind in ENDS:
        expire(news)


def expire(told: ProjectNews) -> list[IncentiveGrant]:
    """End every grant in force of the project that the news is about."""
    ended = []
    with transaction.atomic():
        grants = IncentiveGrant.objects.select_for_update(of=("self",)).filter(project__code=told.code)
        grants = grants.select_related("organisation", "project", "case__authority")
        for grant in grants.filter(state__in=(State.GRANTED, State.INSPECTED)).order_by("pk"):
            _end(grant, State.EXPIRED, max(told.effective_on, grant.granted_on))
            certificate = certificate_of(grant)
            if certificate is not None:
                act = ending.revoke if told.ordered else ending.surrender
                act(certificate, on=told.effective_on, by=told.by, reason=told.reason)
            data: dict[str, object] = {"project": told.code, "act": told.kind}
            kind = GrantEvent.Kind.EXPIRED
            event = note(grant, kind, on=told.effective_on, by=told.by, clause=told.clause, data=data)
            news.tell(grant, news.EXPIRED, event=event, on=told.effective_on)
            ended.append(grant)
    return ended


def _end(grant: IncentiveGrant, state: str, on: date) -> None:
    grant.state, grant.ended_on = state, on
    grant.save(update_fields=["state", "ended_on"])


def ground_words(event: GrantEvent) -> str:
    """The ground of a revocation in the reader's language."""
    language = get_language() or "vi"
    return next((one.name(language) for one in grounds(event.on) if one.code == event.ground), event.ground)
