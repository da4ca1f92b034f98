"""Papers coming in: a wrong file says why, and nothing already there is lost."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cases.errors import Invalid, NotAllowed, WrongState
from cases.precheck import live_papers
from cases.states import Status
from cases.transitions import request_supplement
from cases.uploads import attach, clean_name, inspect, take_out
from tests.walk import Cast, draft, pdf, walk

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def office_file(folder: str) -> bytes:
    """The smallest file that is what an office program writes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("_rels/.rels", "<Relationships/>")
        archive.writestr(f"{folder}/document.xml" if folder == "word" else f"{folder}/workbook.xml", "<x/>")
    return out.getvalue()


GOOD: dict[str, tuple[str, bytes]] = {
    "pdf": ("báo cáo.pdf", b"%PDF-1.7\n%%EOF"),
    "png": ("plan.PNG", b"\x89PNG\r\n\x1a\n" + bytes(64)),
    "jpg": ("scan.jpeg", b"\xff\xd8\xff\xe0" + bytes(64)),
    "docx": ("thư.docx", office_file("word")),
    "xlsx": ("bảng.xlsx", office_file("xl")),
}
BAD: dict[str, tuple[str, bytes, str]] = {
    "empty": ("a.pdf", b"", "a.pdf"),
    "program": ("a.exe", b"MZ" + bytes(100), "a.exe"),
    "program named pdf": ("a.pdf", b"MZ" + bytes(100), "a.pdf"),
    "html named pdf": ("a.pdf", b"<html><script>alert(1)</script></html>", "a.pdf"),
    "zip named docx": ("a.docx", office_file("other"), "a.docx"),
    "png named pdf": ("a.pdf", b"\x89PNG\r\n\x1a\n" + bytes(64), "PNG"),
    "svg": ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg"),
}


@pytest.mark.parametrize("kind", GOOD)
def test_what_a_file_is_is_read_from_its_content(kind: str) -> None:
    name, content = GOOD[kind]
    assert inspect(SimpleUploadedFile(name, content)) == kind


@pytest.mark.parametrize("case", BAD)
def test_a_wrong_file_is_refused_with_its_name_and_the_reason(case: str) -> None:
    name, content, word = BAD[case]
    with pytest.raises(Invalid) as refusal:
        inspect(SimpleUploadedFile(name, content))
    assert word in refusal.value.errors["file"][0]


def test_a_file_over_fifty_megabytes_is_refused(settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 10
    with pytest.raises(Invalid, match="50 MB"):
        inspect(pdf())


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\a\\hồ sơ.pdf", "hồ sơ.pdf"),
        ("tab\there.pdf", "tabhere.pdf"),
        ("right-to-left\u202efdp.pdf", "right-to-leftfdp.pdf"),
        ("...", "file"),
        ("x" * 400 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_a_name_is_made_harmless_and_stays_readable(given: str, kept: str) -> None:
    assert clean_name(given) == kept


def test_a_newer_file_supersedes_the_older_one_and_both_are_kept() -> None:
    cast = Cast()
    case = draft("petition", cast)
    first = live_papers(case)[0]
    second = attach(case, by=cast["preparer"], paper="a", upload=pdf("newer.pdf"))
    assert second.supersedes == first
    assert live_papers(case) == [second]
    assert first.file.storage.exists(first.file.name)


def test_a_paper_taken_out_stays_in_the_records() -> None:
    cast = Cast()
    case = draft("petition", cast)
    paper = live_papers(case)[0]
    take_out(case, by=cast["preparer"], attachment=paper)
    assert live_papers(case) == []
    assert case.attachments.get(pk=paper.pk).removed_at


def test_while_the_office_has_the_dossier_no_paper_can_be_changed() -> None:
    cast = Cast()
    case = walk("petition", Status.SUBMITTED, cast)
    with pytest.raises(WrongState):
        attach(case, by=cast["preparer"], paper="a", upload=pdf())


def test_after_a_request_only_the_pinned_paper_is_open() -> None:
    cast = Cast()
    case = walk("petition", Status.ACCEPTED, cast)
    request_supplement(case, by=cast["appraiser"], pins=[{"path": "subject", "text": "Nói rõ hơn."}])
    with pytest.raises(WrongState):
        attach(case, by=cast["preparer"], paper="a", upload=pdf())


def test_an_observer_cannot_attach() -> None:
    cast = Cast()
    case = draft("petition", cast)
    with pytest.raises(NotAllowed):
        attach(case, by=cast["observer"], paper="a", upload=pdf())
