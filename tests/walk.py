"""Reaching a state by walking the real transitions, for every kind of dossier; never by setting a field."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from importlib import import_module
from itertools import count
from typing import Any

import time_machine
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts import roles
from accounts.models import Membership, Organisation, User
from cases import transitions as verbs
from cases.calendar import local_date
from cases.drafting import create
from cases.kinds import KINDS
from cases.models import Case
from cases.precheck import is_required, paper_rules
from cases.states import Status
from cases.uploads import attach

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)
_numbers = count(1)


def kinds() -> list[str]:
    """Every registered kind; a kind without a factory makes the suites fail, as it should."""
    return sorted(KINDS)


def _factory(kind: str, name: str) -> Any:
    """A function of `tests/<app>/factories.py`: every kind brings `complete_<kind>(case)` and `<kind>_data()`."""
    return getattr(import_module(f"tests.{KINDS[kind].model._meta.app_label}.factories"), name)


def data_of(kind: str) -> dict[str, Any]:
    """A complete dossier of this kind as a program sends it."""
    data: dict[str, Any] = _factory(kind, f"{kind}_data")()
    return data


def pdf(name: str = "paper.pdf") -> SimpleUploadedFile:
    """A small file that is what its name says."""
    return SimpleUploadedFile(name, PDF, content_type="application/pdf")


def official(role: str, *, language: str = "vi") -> User:
    """An official who holds one role."""
    user = User.objects.create_user(
        f"{role.replace(' ', '-')}-{next(_numbers)}@office.example", "a-long-password", is_staff=True,
        full_name=role.title(), language=language,
    )  # fmt: skip
    user.groups.add(Group.objects.get(name=role))
    return user


def member(organisation: Organisation, *member_roles: str, until: Any = None, language: str = "en") -> User:
    """A person who holds roles in an organisation, under an authority letter if `until` is given."""
    user = User.objects.create_user(
        f"{'-'.join(member_roles)}-{next(_numbers)}@company.example", "a-long-password", language=language
    )
    for role in member_roles:
        Membership.objects.create(
            user=user, organisation=organisation, role=role, is_consultant=until is not None, authority_until=until
        )
    return user


def company(name: str = "LG Innotek Hai Phong") -> Organisation:
    """A foreign organisation."""
    return Organisation.objects.create(
        name=f"{name} {next(_numbers)}",
        origin="foreign",
        country="KR",
        address="Seoul",
        representative_name="Kim Min-su",
    )


@dataclass
class Cast:
    """Everybody who may meet a case. `roles` names them for the tables."""

    organisation: Organisation = field(default_factory=company)
    people: dict[str, User] = field(default_factory=dict)

    def __post_init__(self) -> None:
        yesterday = local_date() - timedelta(days=1)
        self.people = {
            "owner": member(self.organisation, "owner"),
            "preparer": member(self.organisation, "preparer"),
            "signer of the company": member(self.organisation, "signer"),
            "observer": member(self.organisation, "observer"),
            "consultant with an ended letter": member(self.organisation, "signer", until=yesterday),
            "outsider": member(company("Somebody else"), "owner", "signer"),
            "desk officer": official(roles.DESK_OFFICER),
            "appraiser": official(roles.APPRAISER),
            "signer": official(roles.SIGNER),
            "statistician": official(roles.STATISTICIAN),
            "administrator": official(roles.ADMINISTRATOR),
        }

    def __getitem__(self, role: str) -> User:
        return self.people[role]


def draft(kind: str, cast: Cast) -> Case:
    """A complete draft with its papers."""
    case = create(kind, organisation=cast.organisation, by=cast["preparer"])
    _factory(kind, f"complete_{kind}")(case)
    return attach_all(case, cast)


def attach_all(case: Case, cast: Cast) -> Case:
    """Attach every paper the case needs; the case as it then is."""
    case = Case.objects.get(pk=case.pk)
    called_for = case.dossier.required_papers()
    for rule in paper_rules(case):
        if is_required(rule, called_for):
            attach(case, by=cast["preparer"], paper=rule.code, upload=pdf(f"{rule.code}.pdf"))
    return case


def _decide(case: Case, cast: Cast, outcome: str) -> None:
    verbs.propose(
        case, by=cast["appraiser"], outcome=outcome, reasons="Quy hoạch không cho phép.", clauses="L143 33", facts="-"
    )


def _stop(case: Case, cast: Cast) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=45), tick=False):
        verbs.stop(case, by=cast["appraiser"], reasons="Quá hạn bổ sung.", clauses="D96 6(2a)")


STEPS: dict[Status, tuple[Status | None, Callable[[Case, Cast], Any]]] = {
    Status.DRAFT: (None, lambda _case, _cast: None),
    Status.SUBMITTED: (
        Status.DRAFT,
        lambda case, cast: verbs.submit(case, by=cast["signer of the company"], declared=True),
    ),
    Status.RETURNED: (
        Status.SUBMITTED,
        lambda case, cast: verbs.return_incomplete(case, by=cast["desk officer"], reasons="Thiếu chữ ký."),
    ),
    Status.ACCEPTED: (Status.SUBMITTED, lambda case, cast: verbs.accept(case, by=cast["desk officer"])),
    Status.AWAITING_INVESTOR: (
        Status.ACCEPTED,
        lambda case, cast: verbs.request_supplement(case, by=cast["appraiser"], reasons="Bổ sung năng lực tài chính."),
    ),
    Status.ON_HOLD: (
        Status.ACCEPTED,
        lambda case, cast: verbs.hold(case, by=cast["appraiser"], reason="violation"),
    ),
    Status.PROPOSED: (Status.ACCEPTED, lambda case, cast: _decide(case, cast, "approve")),
    Status.APPROVED: (Status.PROPOSED, lambda case, cast: verbs.approve(case, by=cast["signer"])),
    Status.ISSUED: (
        Status.APPROVED,
        lambda case, cast: verbs.issue(case, by=cast["desk officer"], project_code="4312567890"),
    ),
    Status.WITHDRAWN: (Status.SUBMITTED, lambda case, cast: verbs.withdraw(case, by=cast["signer of the company"])),
    Status.STOPPED: (Status.AWAITING_INVESTOR, _stop),
}


def walk(kind: str, state: Status, cast: Cast) -> Case:
    """A case of this kind in this state."""
    if state == Status.REFUSED:
        case = walk(kind, Status.ACCEPTED, cast)
        _decide(case, cast, "refuse")
        verbs.refuse(case, by=cast["signer"])
        return case
    before, step = STEPS[state]
    case = draft(kind, cast) if before is None else walk(kind, before, cast)
    step(case, cast)
    return case
