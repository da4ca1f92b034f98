"""Papers coming in: sniffed, measured, hashed, kept outside the web root; an older file is superseded, never lost."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import filetype
from django.conf import settings
from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from cases.drafting import editing, may_change, open_paths
from cases.errors import Invalid, WrongState
from cases.models import Attachment, Case
from cases.precheck import paper_rules

ALLOWED = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True)
class Facts:
    """What is recorded of a file: the name people read, its bytes, their digest, and the type the content shows."""

    name: str
    size: int
    sha256: str
    content_type: str


def attach(case: Case, *, by: User, paper: str, upload: UploadedFile[Any], version: int | None = None) -> Attachment:
    """Add a paper to the dossier. Raises Invalid with a sentence that names the file and the reason."""
    facts = examine(upload)
    with editing(case, by=by, version=version) as locked:
        return place(locked, by=by, paper=paper, content=upload, facts=facts)


def place(locked: Case, *, by: User, paper: str, content: File[Any], facts: Facts) -> Attachment:
    """Store an examined file as a paper of a case that is being edited; it supersedes the one that counted."""
    if paper not in {rule.code for rule in paper_rules(locked)}:
        raise Invalid({"paper": [no_such_paper(paper)]})
    _refuse_closed(locked, paper)
    older = locked.attachments.filter(paper=paper, removed_at__isnull=True, superseded_by__isnull=True).first()
    return Attachment.objects.create(
        case=locked, paper=paper, file=content, name=facts.name, size=facts.size, sha256=facts.sha256,
        content_type=facts.content_type, uploaded_by=by, supersedes=older,
    )  # fmt: skip


def no_such_paper(code: str) -> str:
    """The sentence for a paper that the law does not list."""
    return _("This procedure has no paper “%(code)s”.") % {"code": code}


def take_out(case: Case, *, by: User, attachment: Attachment, version: int | None = None) -> None:
    """Take a paper out of the dossier; the file and its row stay in the records."""
    with editing(case, by=by, version=version) as locked:
        _refuse_closed(locked, attachment.paper)
        locked.attachments.filter(pk=attachment.pk, removed_at__isnull=True).update(removed_at=timezone.now())


def examine(upload: UploadedFile[Any]) -> Facts:
    """What is to be recorded of a file that comes in. Raises Invalid if it is not one we take."""
    kind = inspect(upload)
    return Facts(clean_name(upload.name or "file"), upload.size or 0, digest_of(upload), ALLOWED[kind])


def inspect(upload: UploadedFile[Any]) -> str:
    """The file's real type (pdf, jpg, png, xlsx, docx) by its content. Raises Invalid otherwise."""
    name = clean_name(upload.name or "file")
    if not upload.size:
        raise Invalid({"file": [_("“%(name)s” is empty.") % {"name": name}]})
    if upload.size > settings.UPLOAD_MAX_BYTES:
        raise Invalid({"file": [_("“%(name)s” is larger than 50 MB.") % {"name": name}]})
    upload.seek(0)
    guess = filetype.guess(upload.read(8192))
    upload.seek(0)
    kind = guess.extension if guess else ""
    suffix = PurePosixPath(name.lower()).suffix.lstrip(".").replace("jpeg", "jpg")
    if kind not in ALLOWED:
        raise Invalid({"file": [_("“%(name)s” is not a PDF, JPG, PNG, XLSX or DOCX file.") % {"name": name}]})
    if suffix != kind:
        raise Invalid({"file": [_("“%(name)s” is named like one type of file but is really %(kind)s.")
                                % {"name": name, "kind": kind.upper()}]})  # fmt: skip
    return kind


def clean_name(name: str) -> str:
    """A file name to show and store: composed letters, no folders, no control characters, at most 200 characters."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    name = "".join(letter for letter in name if unicodedata.category(letter)[0] != "C").strip(". ") or "file"
    stem, dot, suffix = name.rpartition(".")
    return name if len(name) <= 200 else f"{(stem or name)[: 199 - len(suffix)]}{dot}{suffix}"


def _refuse_closed(case: Case, paper: str) -> None:
    if not may_change(open_paths(case), f"papers.{paper}"):
        raise WrongState(_("The office did not ask for this paper, so it cannot be changed now."))


def digest_of(content: File[Any]) -> str:
    """The SHA-256 of a file, which is at its beginning again afterwards."""
    digest = hashlib.sha256()
    for chunk in content.chunks():
        digest.update(chunk)
    content.seek(0)
    return digest.hexdigest()
