"""What officials do with a petition: record, edit, evidence, projects, send, answer, withdraw. Adoption: `adopting`.

Every act looks at the state under the row's lock, and writes one step that the database will not change, in the same
transaction. A request seen before (same person, verb and key) is answered by what it did then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.models import User
from cases.calendar import local_date
from cases.errors import Invalid, NotAllowed, WrongState
from cases.uploads import examine
from incentives.petitions.models import RECORD, Petition, PetitionEvent, PetitionEvidence, PetitionProject
from incentives.products import SupportedProduct
from projects.models import Project

State = Petition.State
Verb = PetitionEvent.Verb
OPEN: Final = frozenset({State.DRAFTED, State.SENT, State.ANSWERED})
NAMING: Final = OPEN | {State.DECLINED}
"""While evidence and projects may still be added: what was declined once may be taken up by a later list."""
TRIES: Final = 3
"""For a number that somebody else takes at the same moment."""
WORDS: Final = (
    "subject", "name_vi", "name_en", "asked_vi", "asked_en", "today_vi", "today_en", "today_source", "confidence",
    "sectors", "words",
)  # fmt: skip
"""What a draft says; later nothing of it changes any more."""


@dataclass(frozen=True)
class Answer:
    """What came back: by whom, on which day, in which words, and whether it is a refusal."""

    text_vi: str
    text_en: str
    by: str
    on: date
    declined: bool = False


def may_record(user: Any) -> bool:
    """Whether this person may write petitions."""
    return isinstance(user, User) and user.is_active and user.is_staff and user.has_perm(RECORD)


def record(words: Mapping[str, Any], *, by: User, listed: Iterable[SupportedProduct] = ()) -> Petition:
    """A new draft with a number of its own; of two at once the second takes the next one. Raises NotAllowed."""
    _require(by)
    lines = list(listed)
    for _attempt in range(TRIES - 1):
        try:
            return _recorded(words, by, lines)
        except IntegrityError:
            continue
    return _recorded(words, by, lines)


def _recorded(words: Mapping[str, Any], by: User, listed: Iterable[SupportedProduct]) -> Petition:
    with transaction.atomic():
        petition = Petition(number=next_number(local_date().year), created_by=by, **_only(words))
        petition.save()
        petition.listed.set(listed)
        note(petition, Verb.RECORDED, by, _kept(petition))
    return petition


def edit(petition: Petition, words: Mapping[str, Any], *, by: User, listed: Iterable[SupportedProduct]) -> Petition:
    """Change a draft. Raises NotAllowed, or WrongState once it was sent."""
    with changing(petition, by, {State.DRAFTED}, _("Change the draft")) as row:
        for name, value in _only(words).items():
            setattr(row, name, value)
        row.save()
        row.listed.set(listed)
        note(row, Verb.EDITED, by, _kept(row))
        return row


def add_evidence(
    petition: Petition, *, by: User, text_vi: str, text_en: str, source: str, upload: UploadedFile[Any] | None = None
) -> PetitionEvidence:
    """A reason with its source, and a file where there is one. Raises NotAllowed, WrongState, or Invalid."""
    facts = examine(upload) if upload else None
    file = {
        "file": upload, "name": facts.name, "size": facts.size, "sha256": facts.sha256,
        "content_type": facts.content_type,
    } if facts else {}  # fmt: skip
    with changing(petition, by, NAMING, _("Add evidence")) as row:
        evidence = PetitionEvidence.objects.create(
            petition=row, text_vi=text_vi, text_en=text_en, source=source, added_by=by, **file
        )
        note(row, Verb.EVIDENCE, by, {"evidence": evidence.pk, "source": source})
        return evidence


def confirm_projects(
    petition: Petition, *, by: User, found: Mapping[int, tuple[str, str]], removed: Iterable[int] = ()
) -> tuple[int, int]:
    """Name affected projects (number: why and by what) and take others out; returns how many of each."""
    with changing(petition, by, NAMING, _("Confirm the affected projects")) as row:
        rows, now = row.affected.all(), timezone.now()
        known = {one.project_id: one for one in rows}
        gone = rows.standing().filter(project__in=list(removed)).update(removed_at=now)
        back = [number for number in found if number in known and known[number].removed_at]
        rows.filter(project__in=back).update(removed_at=None)
        exist = Project.objects.filter(pk__in=[number for number in found if number not in known])
        fresh = [
            PetitionProject(petition=row, project=project, why=found[project.pk][0],
                            ground=found[project.pk][1], added_by=by)
            for project in exist
        ]  # fmt: skip
        PetitionProject.objects.bulk_create(fresh)
        added = sorted([*back, *(one.project_id for one in fresh)])
        if added or gone:
            note(row, Verb.PROJECTS, by, {"added": added, "removed": sorted(removed)})
        return len(added), gone


def send(petition: Petition, *, by: User, to: str, on: date, key: str = "") -> Petition:
    """Write down to whom it went and on which day; from now on everybody reads it. Raises Invalid for a later day."""
    problems = _of_day("sent_on", on) | ({} if to.strip() else {"sent_to": [_("Please name who received it.")]})

    def carry_out(row: Petition) -> None:
        if problems:
            raise Invalid(problems)
        row.sent_to, row.sent_on, row.state = to.strip(), on, State.SENT
        row.save()
        note(row, Verb.SENT, by, {"to": to.strip(), "on": on.isoformat()}, key)

    return _once(petition, by, {State.DRAFTED}, _("Record that it was sent"), Verb.SENT, key, carry_out)


def answer(petition: Petition, told: Answer, *, by: User, key: str = "") -> Petition:
    """Write down what came back; a petition that was answered may be answered again, and adopted later."""
    verb = Verb.DECLINED if told.declined else Verb.ANSWERED

    def carry_out(row: Petition) -> None:
        problems = _of_day("answered_on", told.on)
        if row.sent_on and told.on < row.sent_on:
            problems = {"answered_on": [_("It was sent later than this day.")]}
        if problems:
            raise Invalid(problems)
        row.answer_vi, row.answer_en = told.text_vi.strip(), told.text_en.strip()
        row.answered_by, row.answered_on = told.by.strip(), told.on
        row.state = State.DECLINED if told.declined else State.ANSWERED
        row.save()
        said = {"vi": row.answer_vi, "en": row.answer_en, "by": row.answered_by, "on": told.on.isoformat()}
        note(row, verb, by, said, key)

    return _once(petition, by, {State.SENT, State.ANSWERED}, _("Record the answer"), verb, key, carry_out)


def withdraw(petition: Petition, *, by: User, reason: str, key: str = "") -> Petition:
    """Give it up; what was sent stays to be read, marked as withdrawn. Raises Invalid without a reason."""

    def carry_out(row: Petition) -> None:
        if not reason.strip():
            raise Invalid({"reason": [_("Please say why.")]})
        row.state = State.WITHDRAWN
        row.save()
        note(row, Verb.WITHDRAWN, by, {"reason": reason.strip()}, key)

    return _once(petition, by, OPEN, _("Withdraw"), Verb.WITHDRAWN, key, carry_out)


# --- what every act does ----------------------------------------------------------------------------------------------
@contextmanager
def changing(petition: Petition, by: User, sources: Iterable[str], name: str) -> Iterator[Petition]:
    """The petition's row, locked and read again, in a transaction. Raises NotAllowed and WrongState first."""
    _require(by)
    with transaction.atomic():
        locked = Petition.objects.select_for_update().get(pk=petition.pk)
        if locked.state not in sources:
            raise refusal(name, locked)
        yield locked


def _once(
    petition: Petition, by: User, sources: Iterable[str], name: str, verb: str, key: str,
    carry_out: Callable[[Petition], None],
) -> Petition:  # fmt: skip
    """Do it, or answer with what the same request did before."""
    _require(by)
    with transaction.atomic():
        locked = Petition.objects.select_for_update().get(pk=petition.pk)
        if key and locked.events.filter(verb=verb, by=by, key=key).exists():
            return locked
        with changing(locked, by, sources, name) as row:
            carry_out(row)
            return row


def note(petition: Petition, verb: str, by: User | None, facts: dict[str, Any], key: str = "") -> PetitionEvent:
    """Write a step down."""
    return PetitionEvent.objects.create(petition=petition, verb=verb, by=by, facts=facts, key=key)


def next_number(year: int) -> str:
    """The number after the highest of the year: KN-2026-07."""
    taken = Petition.objects.filter(number__startswith=f"KN-{year}-").values_list("number", flat=True)
    last = max((int(number.rsplit("-", 1)[1]) for number in taken), default=0)
    return f"KN-{year}-{last + 1:02d}"


def _require(by: User) -> None:
    if not may_record(by):
        raise NotAllowed(_("Your role in the office does not include this step."))


def refusal(name: str | Promise, petition: Petition) -> WrongState:
    """That an act is not possible from where the petition stands."""
    words = _("“%(act)s” is not possible while the petition stands at “%(state)s”.")
    return WrongState(words % {"act": name, "state": petition.get_state_display()})


def _of_day(field: str, on: date) -> dict[str, list[str]]:
    return {field: [_("This day lies in the future.")]} if on > local_date() else {}


def _only(words: Mapping[str, Any]) -> dict[str, Any]:
    return {name: words[name] for name in WORDS if name in words}


def _kept(petition: Petition) -> dict[str, Any]:
    """The words as they now stand, for the step."""
    listed = list(petition.listed.values_list("code", flat=True))
    return {name: getattr(petition, name) for name in WORDS} | {"listed": listed}
