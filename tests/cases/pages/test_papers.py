"""Papers: a checklist by rule, each with its own form, and files that only those see who see the case."""

from __future__ import annotations

import hashlib
from urllib.parse import quote

import pytest
from django.conf import settings

from cases.models import Case
from cases.states import Status
from cases.uploads import attach
from tests.cases.pages.visitors import address, asked, links_of, paper, text_of, visitor
from tests.walk import PDF, Cast, draft, pdf, walk

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
BY_SCRIPT = {"HTTP_X_REQUESTED_WITH": "upload"}


@pytest.fixture
def case(cast: Cast) -> Case:
    return draft("petition", cast)


def test_the_limits_are_shown_before_choosing(cast: Cast, case: Case) -> None:
    page = visitor(cast["preparer"]).get(address("case-papers", case))
    html = page.content.decode()
    assert html.index("at most 50 MB") < html.index('type="file"')
    assert 'accept=".pdf,.jpg,.jpeg,.png,.xlsx,.docx"' in html
    assert "1 of 1 needed paper attached" in text_of(page)


def test_each_paper_says_whether_it_is_needed_and_by_which_clause(cast: Cast) -> None:
    page = visitor(cast["preparer"]).get(address("case-papers", draft("registration", cast)))
    shown = text_of(page)
    assert "Always needed. D96 39(1), 32(1a)." in shown
    assert "Needed because of your answers. D96 39(1), 32(1đ)." in shown
    assert "Not needed with your answers so far." in shown
    assert "Only if you have it." in shown


def test_a_file_is_added_without_script_and_reload_adds_none(cast: Cast, case: Case) -> None:
    browser, page = visitor(cast["preparer"]), address("case-papers", case)
    answer = browser.post(page, {"paper": "a", "file": paper("Đơn kiến nghị.pdf")})
    assert answer.url == f"{page}#paper-a"
    shown = text_of(browser.get(page))
    assert "Đơn kiến nghị.pdf" in shown
    assert f"SHA-256 {hashlib.sha256(PDF).hexdigest()[:12]}…" in shown
    assert "1 earlier file" in shown


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("leer.pdf", b"", "empty"),
        ("schadcode.pdf", b"MZ\x90\x00" + b"\0" * 200, "is not a PDF"),
        ("bild.pdf", PNG, "is really PNG"),
    ],
)
def test_a_file_that_fails_says_why_and_leaves_the_others(
    cast: Cast, case: Case, name: str, content: bytes, why: str
) -> None:
    browser, page = visitor(cast["preparer"]), address("case-papers", case)
    before = list(case.attachments.values_list("pk", "removed_at"))
    answer = browser.post(page, {"paper": "a", "file": paper(name, content)})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert why in text_of(answer)
    assert name in text_of(answer)
    assert 'href="#file-a"' in html
    assert 'id="file-a"' in html
    assert list(case.attachments.values_list("pk", "removed_at")) == before


def test_a_file_over_the_limit_is_refused_with_the_limit(cast: Cast, case: Case) -> None:
    big = paper("gross.pdf", PDF + b"\0" * settings.UPLOAD_MAX_BYTES)
    answer = visitor(cast["preparer"]).post(address("case-papers", case), {"paper": "a", "file": big}, **BY_SCRIPT)
    assert answer.status_code == 422
    assert "“gross.pdf” is larger than 50 MB." in text_of(answer)


@pytest.mark.parametrize("posted", [{"paper": "a"}, {}, {"paper": "a", "file": "text"}])
def test_pressing_upload_without_a_file_says_so(cast: Cast, case: Case, posted: dict[str, str]) -> None:
    answer = visitor(cast["preparer"]).post(address("case-papers", case), posted)
    assert answer.status_code == 422
    assert "Choose a file first." in text_of(answer)


def test_the_script_gets_one_line_back(cast: Cast, case: Case) -> None:
    browser = visitor(cast["preparer"])
    answer = browser.post(address("case-papers", case), {"paper": "a", "file": paper("neu.pdf")}, **BY_SCRIPT)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert html.strip().startswith('<li class="paper" id="paper-a"')
    assert "neu.pdf" in html
    assert "<html" not in html


def test_a_paper_the_law_does_not_list_is_refused(cast: Cast, case: Case) -> None:
    answer = visitor(cast["preparer"]).post(address("case-papers", case), {"paper": "zz", "file": paper()})
    assert answer.status_code == 422
    assert "no paper “zz”" in text_of(answer)


def test_a_paper_is_taken_out_after_one_question_and_stays_in_the_records(cast: Cast, case: Case) -> None:
    browser, found = visitor(cast["preparer"]), case.attachments.get()
    page = address("paper-remove", case, found.pk)
    assert "Take “a.pdf” out of the dossier?" in text_of(browser.get(page))
    assert case.attachments.get().removed_at is None
    assert browser.post(page).url == f"{address('case-papers', case)}#paper-a"
    assert case.attachments.get().removed_at is not None
    assert browser.get(address("paper", case, found.pk)).status_code == 200
    assert browser.get(page).status_code == 404


@pytest.mark.parametrize("role", ["observer", "consultant with an ended letter"])
def test_who_may_not_act_reads_papers_but_changes_none(cast: Cast, case: Case, role: str) -> None:
    browser, found = visitor(cast[role]), case.attachments.get()
    page = address("case-papers", case)
    assert 'type="file"' not in browser.get(page).content.decode()
    assert browser.get(address("paper", case, found.pk)).status_code == 200
    assert browser.post(page, {"paper": "a", "file": paper()}).status_code == 403
    assert browser.post(address("paper-remove", case, found.pk)).status_code == 403
    assert case.attachments.get().removed_at is None


def test_papers_are_closed_while_the_office_has_the_dossier(cast: Cast) -> None:
    case = walk("petition", Status.ACCEPTED, cast)
    browser, page = visitor(cast["preparer"]), address("case-papers", case)
    assert 'type="file"' not in browser.get(page).content.decode()
    assert browser.post(page, {"paper": "a", "file": paper()}).status_code == 409


def test_only_the_paper_the_office_asked_for_is_open(cast: Cast) -> None:
    case = asked(cast, ("papers.c", "Bản scan mờ."), kind="registration")
    browser, page = visitor(cast["preparer"]), address("case-papers", case)
    html = browser.get(page).content.decode()
    assert 'id="file-c"' in html
    assert 'id="file-a"' not in html
    assert "Bản scan mờ." in html
    assert browser.post(page, {"paper": "a", "file": paper()}).status_code == 409
    assert browser.post(page, {"paper": "c", "file": paper()}).status_code == 302


# --- reading a file -------------------------------------------------------------------------------------------------
def test_a_file_comes_with_its_type_its_name_and_nothing_to_run(cast: Cast, case: Case) -> None:
    name = "Đề xuất dự án.pdf"
    found = attach(case, by=cast["preparer"], paper="a", upload=pdf(name))
    answer = visitor(cast["owner"]).get(address("paper", case, found.pk))
    assert b"".join(answer) == PDF  # type: ignore[arg-type]
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"] == f"inline; filename*=utf-8''{quote(name)}"
    for word in ("sandbox;", "default-src 'none'", "frame-ancestors 'self'"):
        assert word in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "private, no-store"


def test_a_picture_is_shown_and_an_office_file_only_downloaded(cast: Cast, case: Case) -> None:
    browser = visitor(cast["owner"])
    picture = attach(case, by=cast["preparer"], paper="a", upload=paper("bild.png", PNG))
    shown = browser.get(address("paper", case, picture.pk))
    assert shown["Content-Disposition"].startswith("inline")
    picture.content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    picture.save()
    given = browser.get(address("paper", case, picture.pk))
    assert given["Content-Disposition"].startswith("attachment")
    assert given["X-Content-Type-Options"] == "nosniff"


def test_an_official_who_may_see_the_case_reads_its_papers_and_no_draft_s(cast: Cast, case: Case) -> None:
    submitted = walk("petition", Status.SUBMITTED, cast)
    for role in ("desk officer", "appraiser", "signer"):
        browser = visitor(cast[role])
        assert browser.get(address("paper", submitted, submitted.attachments.get().pk)).status_code == 200
        assert browser.get(address("paper", case, case.attachments.get().pk)).status_code == 404


def test_nobody_else_reads_a_file_by_guessing_its_address(cast: Cast, case: Case) -> None:
    found = case.attachments.get()
    mine = draft("petition", Cast())
    assert visitor(cast["outsider"]).get(address("paper", case, found.pk)).status_code == 404
    assert visitor(cast["owner"]).get(address("paper", mine, found.pk)).status_code == 404
    own = draft("petition", cast)
    assert visitor(cast["owner"]).get(address("paper", own, found.pk)).status_code == 404


def test_a_file_that_is_gone_from_the_disk_is_not_found(cast: Cast, case: Case) -> None:
    found = case.attachments.get()
    found.file.storage.delete(found.file.name)
    assert visitor(cast["owner"]).get(address("paper", case, found.pk)).status_code == 404


def test_an_older_file_stays_readable(cast: Cast, case: Case) -> None:
    first = case.attachments.get()
    attach(case, by=cast["preparer"], paper="a", upload=pdf("neu.pdf"))
    page = visitor(cast["owner"]).get(address("case-papers", case))
    assert address("paper", case, first.pk) in links_of(page)
