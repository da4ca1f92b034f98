"""A company's library: handed in once, attached many times, and nothing of a case depends on it afterwards."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.utils import timezone
from django.utils.translation import override
from rest_framework.authtoken.models import Token
from rest_framework.test import APIClient

from accounts.models import User
from cases import library
from cases.calendar import local_date
from cases.checklist import checklist
from cases.drafting import create
from cases.errors import Invalid, NotAllowed, WrongState
from cases.models import Attachment, Case, LibraryPaper, PaperRule
from cases.precheck import live_papers, paper_findings
from cases.reviewing import review_paper
from cases.states import Status
from cases.tasklist import after
from cases.transitions import return_incomplete, submit
from cases.uploads import attach
from cases.views.papers import file_answer
from tests.cases.pages.visitors import address, asked
from tests.projects.factories import complete_registration
from tests.walk import PDF, Cast, draft, pdf, walk

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
OTHER = PDF + b"%another\n"


@pytest.fixture
def cast() -> Iterator[Cast]:
    """Everybody, and sentences in English."""
    with override("en"):
        yield Cast()


def kept(cast: Cast, code: str, **more: Any) -> LibraryPaper:
    """A paper in the company's library."""
    return library.keep(cast.organisation, by=cast["preparer"], paper=code, upload=pdf(f"kept-{code}.pdf"), **more)


def other(name: str, content: bytes = OTHER) -> SimpleUploadedFile:
    """A file of another content than `pdf()`."""
    return SimpleUploadedFile(name, content)


def bare(cast: Cast) -> Case:
    """A registration whose answers are complete and whose papers are all missing."""
    case = create("registration", organisation=cast.organisation, by=cast["preparer"])
    complete_registration(case)
    return Case.objects.get(pk=case.pk)


def needed(case: Case) -> list[str]:
    return [line.code for line in checklist(case) if line.required]


# --- keeping --------------------------------------------------------------------------------------------------------
def test_what_is_kept_is_examined_like_an_upload(cast: Cast) -> None:
    paper = kept(cast, "c", title="  Báo cáo   2025 ")
    assert (paper.name, paper.title, paper.size) == ("kept-c.pdf", "Báo cáo 2025", len(PDF))
    assert (paper.sha256, paper.content_type) == (hashlib.sha256(PDF).hexdigest(), "application/pdf")
    assert paper.file.name.startswith("library/")
    with pytest.raises(Invalid, match="is not a PDF"):
        library.keep(cast.organisation, by=cast["owner"], paper="c", upload=other("a.pdf", b"MZ" + bytes(99)))
    with pytest.raises(Invalid, match="No procedure has a paper “zz”"):
        kept(cast, "zz")
    assert LibraryPaper.objects.count() == 1


@pytest.mark.parametrize("role", ["observer", "consultant with an ended letter", "outsider", "desk officer"])
def test_who_may_not_act_for_the_company_changes_nothing(cast: Cast, role: str) -> None:
    paper = kept(cast, "c")
    with pytest.raises(NotAllowed):
        library.keep(cast.organisation, by=cast[role], paper="c", upload=pdf())
    with pytest.raises(NotAllowed):
        library.take_out(paper, by=cast[role])
    assert LibraryPaper.objects.kept().get() == paper


@pytest.mark.parametrize("role", ["owner", "preparer", "signer of the company"])
def test_owner_preparer_and_signer_keep_and_take_out_and_nothing_is_deleted(cast: Cast, role: str) -> None:
    paper = library.keep(cast.organisation, by=cast[role], paper="c", upload=pdf())
    library.take_out(paper, by=cast[role])
    assert not LibraryPaper.objects.kept().exists()
    gone = LibraryPaper.objects.get(pk=paper.pk)
    assert gone.removed_at
    assert gone.file.storage.exists(gone.file.name)


def test_only_the_companys_people_see_its_library(cast: Cast) -> None:
    kept(cast, "c")
    seen = {role: LibraryPaper.objects.visible_to(person).exists() for role, person in cast.people.items()}
    readers = {"owner", "preparer", "signer of the company", "observer", "consultant with an ended letter"}
    assert {role for role, sees in seen.items() if sees} == readers


def test_every_paper_has_one_name_in_the_readers_language() -> None:
    with override("vi"):
        vietnamese = library.known_papers()
    with override("en"):
        english = library.known_papers()
    assert list(vietnamese) == list(english)
    handed_in = PaperRule.objects.exclude(need=PaperRule.Need.PRINTED)
    assert set(english) == set(handed_in.values_list("code", flat=True))
    assert english["c"] == "Proof of financial capacity (at least one)"
    assert vietnamese["c"] == "Tài liệu chứng minh năng lực tài chính của nhà đầu tư"


# --- taking over ----------------------------------------------------------------------------------------------------
def test_a_paper_taken_over_is_a_file_of_the_cases_own_with_the_same_content(cast: Cast) -> None:
    paper, case = kept(cast, "c"), bare(cast)
    version = case.version
    [added] = library.take_over(case, by=cast["owner"], papers=["c"])
    assert (added.paper, added.name, added.size, added.content_type) == (
        "c",
        paper.name,
        paper.size,
        paper.content_type,
    )
    assert added.sha256 == paper.sha256
    assert added.uploaded_by == cast["owner"]
    assert added.file.name != paper.file.name
    assert added.file.read() == PDF
    assert case.version == version + 1
    assert not case.events.exists()
    paper.file.storage.delete(paper.file.name)
    assert b"".join(file_answer(Attachment.objects.get(pk=added.pk))) == PDF  # type: ignore[arg-type]


def test_all_that_fit_are_attached_at_once_and_only_what_is_needed(cast: Cast) -> None:
    case = bare(cast)
    for code in (*needed(case), "h"):  # h: other papers, if any
        kept(cast, code)
    attach(case, by=cast["preparer"], paper="a", upload=pdf("mine.pdf"))
    version = case.version
    added = library.take_over(case, by=cast["preparer"])
    assert [paper.paper for paper in added] == [code for code in needed(case) if code != "a"]
    assert case.version == version + 1
    assert not [finding for finding in paper_findings(case) if finding.blocks]
    assert {paper.name for paper in live_papers(case) if paper.paper == "a"} == {"mine.pdf"}
    assert library.take_over(case, by=cast["preparer"]) == []


def test_the_newest_valid_paper_counts_and_the_last_day_is_still_valid(cast: Cast) -> None:
    today = local_date()
    older = kept(cast, "c", valid_until=today + timedelta(days=90))
    newer = kept(cast, "c", valid_until=today)
    lines = checklist(bare(cast))
    case = Case.objects.get()
    assert [offer.kept for offer in library.offers(case, lines)] == [newer]
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        assert newer.expired(local_date())
        assert [offer.kept for offer in library.offers(case, lines)] == [older]
    with time_machine.travel(timezone.now() + timedelta(days=91), tick=False):
        assert library.offers(case, lines) == []
        with pytest.raises(Invalid, match="no valid paper “c”"):
            library.take_over(case, by=cast["preparer"], papers=["c"])


def test_what_was_taken_out_or_belongs_to_another_company_is_not_offered(cast: Cast) -> None:
    stranger = Cast()
    kept(stranger, "c")
    library.take_out(kept(cast, "b"), by=cast["owner"])
    case = bare(cast)
    assert library.offers(case, checklist(case)) == []
    assert library.take_over(case, by=cast["preparer"]) == []


def test_everything_that_is_wrong_is_said_at_once_and_nothing_is_attached(cast: Cast) -> None:
    kept(cast, "c")
    case = bare(cast)
    with pytest.raises(Invalid) as refusal:
        library.take_over(case, by=cast["preparer"], papers=["c", "zz", "b"])
    said = refusal.value.errors["papers"]
    assert said == ["This procedure has no paper “zz”.", "The library has no valid paper “b”."]
    assert not case.attachments.exists()


@pytest.mark.parametrize("damage", ["changed", "gone"])
def test_a_damaged_file_is_refused_and_none_of_the_others_is_attached(cast: Cast, damage: str) -> None:
    kept(cast, "b")
    paper, case = kept(cast, "c"), bare(cast)
    storage, name = paper.file.storage, paper.file.name
    if damage == "gone":
        storage.delete(name)
    else:
        with storage.open(name, "r+b") as file:
            file.write(b"X")
    with pytest.raises(Invalid, match=r"“kept-c\.pdf” in the library is damaged"):
        library.take_over(case, by=cast["preparer"], papers=["b", "c"])
    assert not case.attachments.exists()


def test_another_content_replaces_what_was_attached_and_the_same_content_is_left(cast: Cast) -> None:
    case = bare(cast)
    first = attach(case, by=cast["preparer"], paper="c", upload=other("mine.pdf"))
    kept(cast, "c")
    [second] = library.take_over(case, by=cast["preparer"], papers=["c"])
    assert second.supersedes == first
    assert library.take_over(case, by=cast["preparer"], papers=["c", "c"]) == [second]
    assert case.attachments.count() == 2


@pytest.mark.parametrize("role", ["observer", "consultant with an ended letter", "outsider", "desk officer"])
def test_who_may_not_upload_may_not_take_over(cast: Cast, role: str) -> None:
    kept(cast, "c")
    case = bare(cast)
    for papers in (["c"], None):
        with pytest.raises(NotAllowed):
            library.take_over(case, by=cast[role], papers=papers)
    assert not case.attachments.exists()


def test_while_the_office_has_the_dossier_nothing_is_taken_over(cast: Cast) -> None:
    case = walk("petition", Status.SUBMITTED, cast)
    kept(cast, "a")
    assert library.offers(case, checklist(case)) == []
    with pytest.raises(WrongState):
        library.take_over(case, by=cast["preparer"], papers=["a"])


def test_in_a_returned_case_a_refused_paper_is_replaced(cast: Cast) -> None:
    case = draft("petition", cast)
    paper = attach(case, by=cast["preparer"], paper="a", upload=other("blurred.pdf"))
    kept(cast, "a")
    assert library.offers(case, checklist(case)) == []  # one is there, and nobody minds it
    case = _returned(case, paper, cast)
    assert [paper.name for paper in library.take_over(case, by=cast["preparer"])] == ["kept-a.pdf"]
    assert not [finding for finding in paper_findings(case) if finding.blocks]


def _returned(case: Case, paper: Attachment, cast: Cast) -> Case:
    """The office refused this paper and sent the dossier back."""
    submit(case, by=cast["signer of the company"], declared=True)
    review_paper(paper, by=cast["desk officer"], outcome="refused", reason="Mờ.")
    return_incomplete(case, by=cast["desk officer"], reasons="Bản mờ.")
    return Case.objects.get(pk=case.pk)


def test_in_an_answer_only_the_pinned_paper_is_taken_over_and_only_until_it_is_answered(cast: Cast) -> None:
    case = asked(cast, ("papers.c", "Bản scan mờ."), kind="registration")
    for code in ("b", "c"):
        library.keep(cast.organisation, by=cast["preparer"], paper=code, upload=other(f"kept-{code}.pdf"))
    with pytest.raises(WrongState):
        library.take_over(case, by=cast["preparer"], papers=["b"])
    [added] = library.take_over(case, by=cast["preparer"])
    assert (added.paper, added.name) == ("c", "kept-c.pdf")
    attach(case, by=cast["preparer"], paper="c", upload=pdf("mine.pdf"))
    assert library.take_over(case, by=cast["preparer"]) == []


def test_an_upload_is_kept_only_on_request_and_the_same_file_once(cast: Cast) -> None:
    case = bare(cast)
    attach(case, by=cast["preparer"], paper="c", upload=pdf())
    assert not LibraryPaper.objects.exists()
    for name in ("c.pdf", "again.pdf"):
        added = library.attach_and_keep(case, by=cast["preparer"], paper="c", upload=pdf(name))
    copy = LibraryPaper.objects.get()
    assert (copy.organisation, copy.paper, copy.name, copy.sha256) == (cast.organisation, "c", "c.pdf", added.sha256)
    assert copy.uploaded_by == cast["preparer"]
    assert copy.file.read() == PDF
    assert live_papers(case) == [added]


# --- papers that the portal prints ----------------------------------------------------------------------------------
def test_a_paper_that_the_portal_prints_is_never_asked_for(cast: Cast) -> None:
    PaperRule.objects.filter(code="a").update(need=PaperRule.Need.PRINTED)
    kept(cast, "b")
    case = bare(cast)
    line = next(line for line in checklist(case) if line.code == "a")
    assert (line.required, line.printed, line.state) == (False, True, "printed")
    assert "a" not in {finding.path.removeprefix("papers.") for finding in paper_findings(case)}
    assert "a" not in library.known_papers()
    with pytest.raises(Invalid):
        kept(cast, "a")


# --- where a section leads ------------------------------------------------------------------------------------------
def test_a_new_registration_is_walked_section_by_section(cast: Cast) -> None:
    case = create("registration", organisation=cast.organisation, by=cast["preparer"])
    keys = ["company", "investors", "project", "site", "capital", "people"]
    for key, following in pairwise(keys):
        assert after(case, key) == address("case-section", case, following)


def _write(case: Case, **answers: Any) -> None:
    """Change answers of the dossier."""
    type(case.dossier).objects.filter(pk=case.pk).update(**answers)
    case._state.fields_cache.pop("registration", None)


def test_a_section_leads_to_what_is_missing_behind_it_then_to_the_papers_then_to_what_is_before(cast: Cast) -> None:
    case = bare(cast)
    _write(case, project_name="", workers_vietnamese=None)
    assert after(case, "company") == address("case-section", case, "project")
    assert after(case, "site") == address("case-section", case, "people")
    assert after(case, "people") == address("case-papers", case)
    for code in needed(case):
        kept(cast, code)
    library.take_over(case, by=cast["preparer"])
    assert after(case, "people") == address("case-section", case, "project")
    assert after(case, "papers") == address("case-section", case, "project")


def test_where_nothing_is_missing_the_answers_are_checked(cast: Cast) -> None:
    case = draft("registration", cast)
    for key in ("company", "capital", "incentives", "papers"):
        assert after(case, key) == address("case-submit", case)


# --- programs -------------------------------------------------------------------------------------------------------
def ask(user: User, case: Case, body: Any = None) -> Any:
    token, _created = Token.objects.get_or_create(user=user)
    client = APIClient(HTTP_AUTHORIZATION=f"Token {token.key}", HTTP_ACCEPT_LANGUAGE="en")
    return client.post(f"/api/v1/cases/{case.reference}/attachments/from-library/", body, format="json")


def test_a_program_attaches_the_named_papers_or_all_that_fit(cast: Cast) -> None:
    case = bare(cast)
    for code in needed(case):
        kept(cast, code)
    named = ask(cast["preparer"], case, {"papers": ["c"]})
    assert named.status_code == 201
    assert [(row["paper"], row["sha256"]) for row in named.json()] == [("c", hashlib.sha256(PDF).hexdigest())]
    rest = ask(cast["preparer"], case)
    assert [row["paper"] for row in rest.json()] == [code for code in needed(case) if code != "c"]
    again = ask(cast["preparer"], case)
    assert (again.status_code, again.json()) == (200, [])


def test_a_program_gets_the_errors_of_an_upload(cast: Cast) -> None:
    case = bare(cast)
    refused = ask(cast["preparer"], case, {"papers": ["c", "zz"]})
    assert refused.status_code == 400
    assert refused["Content-Type"].startswith("application/problem+json")
    assert "This procedure has no paper “zz”." in refused.content.decode()
    assert "The library has no valid paper “c”." in refused.content.decode()
    assert ask(cast["preparer"], case, {"papers": []}).status_code == 400
    assert ask(cast["observer"], case).status_code == 403
    assert ask(cast["outsider"], case).status_code == 404
    assert ask(cast["preparer"], walk("petition", Status.SUBMITTED, cast), {"papers": ["a"]}).status_code == 409
    assert not case.attachments.exists()


def test_a_large_upload_is_kept_as_well(cast: Cast) -> None:
    case, code = bare(cast), "a"
    large = TemporaryUploadedFile("large.pdf", "application/pdf", len(PDF), None)
    large.write(PDF)
    large.seek(0)
    added = library.attach_and_keep(case, by=cast["preparer"], paper=code, upload=large)
    stored = LibraryPaper.objects.get(organisation=cast.organisation, paper=code)
    assert (stored.sha256, stored.name) == (added.sha256, added.name)
    with stored.file.open("rb") as kept_file, Attachment.objects.get(pk=added.pk).file.open("rb") as added_file:
        assert kept_file.read() == added_file.read() == PDF
    assert stored.file.name != added.file.name
    large.close()  # the storage has moved the file it would take away itself
