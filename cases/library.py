"""A company's library: papers handed in once and taken over into its applications, each as a file of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.membership import roles_of
from accounts.models import Membership, Organisation, User
from cases.calendar import local_date
from cases.checklist import Line, checklist
from cases.drafting import editing
from cases.errors import Invalid, NotAllowed
from cases.models import Attachment, Case, LibraryPaper, PaperRule
from cases.notices import unanswered
from cases.states import Status
from cases.uploads import Facts, attach, digest_of, examine, no_such_paper, place

KEEPERS = frozenset({Membership.Role.OWNER, Membership.Role.PREPARER, Membership.Role.SIGNER})


@dataclass(frozen=True)
class Offer:
    """A paper of the library that fits a paper of a dossier; `needed` if the dossier cannot go on without one."""

    code: str
    kept: LibraryPaper
    needed: bool


def may_keep(user: User, organisation: Organisation) -> bool:
    """Whether this person may change the company's library today."""
    return not user.is_staff and bool(roles_of(user, organisation, local_date()) & KEEPERS)


def known_papers() -> dict[str, str]:
    """Code and name of every paper that some procedure lists, in the law's order; those the portal prints left out."""
    language, names = get_language() or "vi", dict[str, str]()
    for rule in PaperRule.objects.exclude(need=PaperRule.Need.PRINTED).order_by("position", "code", "procedure"):
        names.setdefault(rule.code, rule.name(language))
    return names


# --- keeping --------------------------------------------------------------------------------------------------------
def keep(
    organisation: Organisation, *, by: User, paper: str, upload: UploadedFile[Any], title: str = "",
    valid_until: date | None = None,
) -> LibraryPaper:  # fmt: skip
    """Put a paper into the library. Raises NotAllowed, or Invalid with the sentence an upload to a case would get."""
    _require_keeper(by, organisation)
    facts = examine(upload)
    if paper not in known_papers():
        raise Invalid({"paper": [_("No procedure has a paper “%(code)s”.") % {"code": paper}]})
    return _store(organisation, by=by, paper=paper, content=upload, facts=facts, title=title, valid_until=valid_until)


def attach_and_keep(case: Case, *, by: User, paper: str, upload: UploadedFile[Any]) -> Attachment:
    """Add a paper to the dossier and a copy to the company's library, or neither; the same file is kept once."""
    with transaction.atomic():
        added = attach(case, by=by, paper=paper, upload=upload)
        same = LibraryPaper.objects.valid(local_date()).filter(organisation=case.organisation, paper=paper)
        if not same.filter(sha256=added.sha256).exists():
            facts = Facts(added.name, added.size, added.sha256, added.content_type)
            with added.file.open("rb") as stored:  # a large upload is no longer where it came in: it was moved
                _store(case.organisation, by=by, paper=paper, content=File(stored, name=added.name), facts=facts)
    return added


def take_out(kept: LibraryPaper, *, by: User) -> None:
    """Take a paper out of the library. Its row and file stay, and so do the copies in applications."""
    _require_keeper(by, kept.organisation)
    LibraryPaper.objects.kept().filter(pk=kept.pk).update(removed_at=timezone.now())


# --- taking over ----------------------------------------------------------------------------------------------------
def offers(case: Case, lines: Iterable[Line]) -> list[Offer]:
    """What the library has for the papers of a dossier that are missing, refused, or asked for again."""
    valid = _newest(case, local_date())
    notice = unanswered(case) if valid and case.status == Status.AWAITING_INVESTOR else None
    asked_at = notice.created_at if notice else None
    return [
        Offer(line.code, valid[line.code], line.required or line.paper is not None or asked_at is not None)
        for line in lines
        if line.code in valid and _is_wanting(line, valid[line.code], asked_at)
    ]


def take_over(
    case: Case, *, by: User, papers: Iterable[str] | None = None, version: int | None = None
) -> list[Attachment]:
    """Attach the named papers from the library, or every one the dossier needs and does not have: all or none.

    Each attachment gets a file of its own. A shared file would tie the record of a decision to a library that goes on
    changing; and a copy is compared with its digest, so that a damaged file is refused instead of handed in. A paper
    that is attached already with the same content is answered as it is. Raises what `cases.uploads.attach` raises.
    """
    with editing(case, by=by, version=version) as locked:
        lines = checklist(locked)
        chosen = {o.code: o.kept for o in offers(locked, lines) if o.needed} if papers is None else {}
        if papers is not None:
            chosen = _named(locked, papers, {line.code for line in lines})
        live = {line.code: line.paper for line in lines}
        return [_attached(locked, by, code, kept, live[code]) for code, kept in chosen.items()]


def _named(case: Case, papers: Iterable[str], known: set[str]) -> dict[str, LibraryPaper]:
    """The library's papers with these codes. Raises Invalid with a sentence for each that is not there."""
    valid = _newest(case, local_date())
    wanted = list(dict.fromkeys(papers))
    unfit = [
        _("The library has no valid paper “%(code)s”.") % {"code": code} if code in known else no_such_paper(code)
        for code in wanted
        if code not in known or code not in valid
    ]
    if unfit:
        raise Invalid({"papers": unfit})
    return {code: valid[code] for code in wanted}


def _attached(locked: Case, by: User, code: str, kept: LibraryPaper, live: Attachment | None) -> Attachment:
    """The paper as an attachment with a file of its own; the same content is not attached twice."""
    if live is not None and live.sha256 == kept.sha256:
        return live
    damaged = Invalid({"file": [_("“%(name)s” in the library is damaged: please upload it again.") % {"name": kept}]})
    try:
        stream = kept.file.open("rb")
    except FileNotFoundError as error:
        raise damaged from error
    with stream:
        content = File(stream, name=kept.name)
        if digest_of(content) != kept.sha256:
            raise damaged
        facts = Facts(kept.name, kept.size, kept.sha256, kept.content_type)
        return place(locked, by=by, paper=code, content=content, facts=facts)


def _is_wanting(line: Line, kept: LibraryPaper, asked_at: datetime | None) -> bool:
    """Whether a file would help: none is there, or another one that the office refused or asked about."""
    if not line.open or line.printed:
        return False
    if line.paper is None:
        return True
    refused = line.paper.review == Attachment.Review.REFUSED
    asked_about = asked_at is not None and line.paper.uploaded_at <= asked_at
    return line.paper.sha256 != kept.sha256 and (refused or asked_about)


def _newest(case: Case, on: date) -> dict[str, LibraryPaper]:
    """The library's newest valid paper of each code."""
    rows = LibraryPaper.objects.valid(on).filter(organisation=case.organisation_id).order_by("pk")
    return {row.paper: row for row in rows}


def _store(
    organisation: Organisation, *, by: User, paper: str, content: File[Any], facts: Facts, title: str = "",
    valid_until: date | None = None,
) -> LibraryPaper:  # fmt: skip
    return LibraryPaper.objects.create(
        organisation=organisation, paper=paper, title=" ".join(title.split()), file=content, name=facts.name,
        size=facts.size, sha256=facts.sha256, content_type=facts.content_type, uploaded_by=by,
        valid_until=valid_until,
    )  # fmt: skip


def _require_keeper(user: User, organisation: Organisation) -> None:
    if not may_keep(user, organisation):
        raise NotAllowed(_("Your role in this company does not allow this, or your authority letter has expired."))
