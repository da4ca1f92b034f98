"""The acts in the life of a licensed project: suspend, resume, terminate, revoke; and that others were informed.

Law on Investment 143/2025/QH15, article 36; Decree 96/2026, articles 65 to 67. Call an act as
`suspend(project, by=person, told=Told(...), key="...")`; it returns the notice. `foresee` says beforehand what the act
will do, and refuses what the act would refuse. Nothing is deleted: an act is an event of the capital chain, a notice
beside it, and the end of the certificate in force.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar, Final

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.membership import roles_of
from accounts.models import Membership, User
from cases.calendar import load_calendar, local_date
from cases.errors import Invalid, NotAllowed, WrongState
from cases.models import Case
from cases.states import OPEN
from certificates import ending
from certificates.models import Certificate
from certificates.states import State as CertificateState
from projects.chain import ChainRefused, append, totals
from projects.life_checks import Told, checked, warnings_of
from projects.life_models import LifeInformed, LifeNotice
from projects.life_news import announce
from projects.life_rules import Ground, due
from projects.page_parts import cases_of
from projects.register import CapitalEvent, Project
from projects.suspension import Standing, standing

State = Project.State
Kind = LifeNotice.Kind
INVESTOR, OFFICIAL = LifeNotice.Side.INVESTOR, LifeNotice.Side.OFFICIAL
END: Final = "projects.end_project"
RECORD: Final = "projects.record_life"


def open_application(project: Project) -> str | None:
    """An application about the project that is neither decided nor withdrawn."""
    case = Case.objects.filter(cases_of(project), status__in=OPEN).order_by("pk").first()
    if case is None:
        return None
    return _(
        "Application %(reference)s about this project is still open: it must be withdrawn or decided before the "
        "project can end."
    ) % {"reference": case.dossier_code or case.reference}


OBSTACLES: list[Callable[[Project], str | None]] = [open_application]
"""Questions that must all be answered with None before a project can end; other apps add theirs."""


@dataclass(frozen=True)
class Foresight:
    """What an act will do. Capital in (VND, USD), None where no event states it; `certificate`: the one that ends."""

    kind: LifeNotice.Kind
    state_before: str
    state_after: str
    capital_before: tuple[Decimal | None, Decimal | None]
    capital_after: tuple[Decimal | None, Decimal | None]
    certificate: Certificate | None
    certificate_after: CertificateState | None
    ground: Ground
    notice_due_on: date | None
    late: bool
    inform_by: date | None
    standing: Standing
    warnings: list[str]


@dataclass(frozen=True)
class Act:
    """One act: from which states, to which, and who may do it."""

    name: str
    label: str | Promise
    kind: LifeNotice.Kind
    event: CapitalEvent.Kind
    sources: frozenset[str]
    target: Project.State
    permission: str
    for_investor: bool = True
    do_not_call_in_templates: ClassVar[bool] = True

    # --- who and when -------------------------------------------------------------------------------------------
    def possible(self, project: Project, user: User | AnonymousUser) -> bool:
        """Whether this person may do it now."""
        return project.state in self.sources and self.allows(project, user)

    def allows(self, project: Project, user: User | AnonymousUser) -> bool:
        """Officials with the right, and whoever signs for the company today."""
        if not isinstance(user, User):
            return False
        if user.is_staff:
            return user.is_active and user.has_perm(self.permission)
        if not self.for_investor or project.organisation is None:
            return False
        return Membership.Role.SIGNER in roles_of(user, project.organisation, local_date())

    def ensure_possible(self, project: Project, by: User) -> None:
        """Refuse first: raises WrongState or NotAllowed."""
        if project.state not in self.sources:
            raise WrongState(
                _("“%(act)s” is not possible while the project stands at “%(state)s”.")
                % {"act": self.label, "state": project.get_state_display()}
            )
        if not self.allows(project, by):
            raise NotAllowed(self.why_not(by))

    def why_not(self, by: User) -> str:
        """The sentence for somebody who may not."""
        if by.is_staff:
            return _("Your role in the office does not include this step.")
        return _("Your role in this company does not allow this, or your authority letter has expired.")

    # --- what it does -------------------------------------------------------------------------------------------
    def foresee(self, project: Project, *, by: User, told: Told, at: datetime | None = None) -> Foresight:
        """What will happen. Raises WrongState, NotAllowed, or Invalid with everything that is wrong at once."""
        self.ensure_possible(project, by)
        today, side = local_date(at), side_of(by)
        stands = standing(project.life_notices.order_by("pk"), today)
        ground = checked(project, self.kind, side, told, stands, today)
        ends = self.target == State.TERMINATED
        if ends:
            _refuse_obstacles(project)
        calendar = load_calendar()
        since = told.effective_on if ground.code == "end_of_term" else told.decided_on
        notice_due = due("notice", self.kind, since, calendar) if side == INVESTOR else None
        capital = _capital(project)
        certificate = certificate_in_force(project) if ends else None
        return Foresight(
            kind=self.kind, state_before=project.state, state_after=self.target, capital_before=capital,
            capital_after=_nothing_of(capital) if ends else capital, certificate=certificate,
            certificate_after=CertificateState(ground.ends_as) if certificate else None, ground=ground,
            notice_due_on=notice_due, late=notice_due is not None and today > notice_due,
            inform_by=due("inform", self.kind, today, calendar), standing=stands,
            warnings=warnings_of(self.kind, told, ground, stands, today),
        )  # fmt: skip

    def __call__(
        self, project: Project, *, by: User, told: Told, key: str = "", at: datetime | None = None
    ) -> LifeNotice:
        """Do it. A request seen before (same person and key) is answered by the notice it made."""
        with transaction.atomic():
            locked = Project.objects.select_for_update().get(pk=project.pk)
            notice = locked.life_notices.filter(kind=self.kind, by=by, key=key).first() if key else None
            if notice is None:
                notice = announce(self._carry_out(locked, by, told, key, at or timezone.now()))
        project.refresh_from_db(fields=["state", "chain_length", "chain_head"])
        notice.project = project
        return notice

    def _carry_out(self, project: Project, by: User, told: Told, key: str, at: datetime) -> LifeNotice:
        seen = self.foresee(project, by=by, told=told, at=at)
        try:
            event = append(
                project, self.event, effective_on=told.effective_on, by=by, recorded_at=at, note=seen.ground.clause,
                certificate_number=(seen.certificate.number or "") if seen.certificate else "",
            )  # fmt: skip
        except ChainRefused as refused:
            raise WrongState(str(refused)) from refused
        if seen.certificate:
            _end(seen.certificate, seen.certificate_after, on=told.effective_on, by=by, reason=told.reason)
        Project.objects.filter(pk=project.pk).update(state=self.target)
        return LifeNotice.objects.create(
            project=project, kind=self.kind, decided_on=told.decided_on, effective_on=told.effective_on,
            until=told.until if self.kind == Kind.SUSPENSION else None, ground=seen.ground.code,
            clause=seen.ground.clause, reason=told.reason.strip(), by=by, side=side_of(by), recorded_at=at,
            notice_due_on=seen.notice_due_on, late=seen.late, inform_by=seen.inform_by, certificate=seen.certificate,
            event=event, key=key,
        )  # fmt: skip


BOTH: Final = frozenset({State.ACTIVE, State.SUSPENDED})
suspend = Act(
    "suspend", gettext_lazy("Report a suspension"), Kind.SUSPENSION, CapitalEvent.Kind.SUSPENSION,
    frozenset({State.ACTIVE}), State.SUSPENDED, RECORD,
)  # fmt: skip
resume = Act(
    "resume", gettext_lazy("Report the resumption"), Kind.RESUMPTION, CapitalEvent.Kind.RESUMPTION,
    frozenset({State.SUSPENDED}), State.ACTIVE, RECORD,
)  # fmt: skip
terminate = Act(
    "terminate", gettext_lazy("Report the end of the project"), Kind.TERMINATION, CapitalEvent.Kind.TERMINATION,
    BOTH, State.TERMINATED, END,
)  # fmt: skip
revoke = Act(
    "revoke", gettext_lazy("Revoke the certificate"), Kind.REVOCATION, CapitalEvent.Kind.TERMINATION, BOTH,
    State.TERMINATED, END, for_investor=False,
)  # fmt: skip
ACTS: Final = {act.name: act for act in (suspend, resume, terminate, revoke)}


def record_informed(
    notice: LifeNotice, *, by: User, informed_on: date, offices: str, at: datetime | None = None
) -> LifeInformed:
    """Write down that the other authorities were told. Raises NotAllowed, WrongState (already written), Invalid."""
    moment = at or timezone.now()
    if not (by.is_staff and by.is_active and by.has_perm(RECORD)):
        raise NotAllowed(_("Your role in the office does not include this step."))
    errors: dict[str, list[str]] = {}
    if informed_on > local_date(moment):
        errors["informed_on"] = [_("This day lies in the future.")]
    if informed_on < local_date(notice.recorded_at):
        day = f"{local_date(notice.recorded_at):%d/%m/%Y}"
        errors["informed_on"] = [_("The notice was recorded on %(day)s; nobody was informed before.") % {"day": day}]
    if not offices.strip():
        errors["offices"] = [_("Please name who was informed.")]
    if errors:
        raise Invalid(errors)
    with transaction.atomic():
        locked = LifeNotice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
        if LifeInformed.objects.filter(notice=locked).exists():
            raise WrongState(_("It was written down already that the others were informed."))
        late = locked.inform_by is not None and informed_on > locked.inform_by
        return LifeInformed.objects.create(
            notice=locked, informed_on=informed_on, offices=offices.strip(), late=late, by=by, recorded_at=moment
        )


def side_of(person: User) -> LifeNotice.Side:
    """For whom a person acts."""
    return OFFICIAL if person.is_staff else INVESTOR


def certificate_in_force(project: Project) -> Certificate | None:
    """The valid certificate of the project, if it was issued here."""
    return (
        Certificate.objects.in_force().filter(case__in=Case.objects.filter(cases_of(project))).order_by("-pk").first()
    )


def _refuse_obstacles(project: Project) -> None:
    for obstacle in OBSTACLES:
        if sentence := obstacle(project):
            raise WrongState(sentence)


def _end(certificate: Certificate, state: CertificateState | None, *, on: date, by: User, reason: str) -> None:
    act = ending.surrender if state == CertificateState.SURRENDERED else ending.revoke
    act(certificate, on=on, by=by, reason=reason)


def _capital(project: Project) -> tuple[Decimal | None, Decimal | None]:
    found = totals(project)
    return found["total_vnd"], found["total_usd"]


def _nothing_of(capital: tuple[Decimal | None, Decimal | None]) -> tuple[Decimal | None, Decimal | None]:
    vnd, usd = (None if amount is None else Decimal(0) for amount in capital)
    return vnd, usd
