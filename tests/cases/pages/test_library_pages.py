"""The library's own page, and its papers on the papers page of a case: one button each, one button for all."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import Organisation
from cases import library
from cases.calendar import local_date
from cases.checklist import checklist
from cases.drafting import create
from cases.models import Case, LibraryPaper, PaperRule
from cases.states import Status
from cases.uploads import attach
from tests.browser.journey import NewPage
from tests.cases.pages.test_in_a_browser import barriers, file, signed_in
from tests.cases.pages.test_page_budgets import queries
from tests.cases.pages.visitors import address, asked, links_of, paper, text_of, visitor
from tests.projects.factories import complete_registration
from tests.walk import PDF, Cast, draft, pdf, walk

OTHER = PDF + b"%another\n"


def on_a_page(test: Any) -> Any:
    """A test without a browser, also part of the short suite."""
    return pytest.mark.django_db(pytest.mark.embedded(test))


def kept(cast: Cast, *codes: str, **more: Any) -> LibraryPaper:
    """Papers in the company's library; the last of them."""
    for code in codes:
        upload = paper(f"kept-{code}.pdf", OTHER)
        last = library.keep(cast.organisation, by=cast["preparer"], paper=code, upload=upload, **more)
    return last


def bare(cast: Cast) -> Case:
    """A registration whose answers are complete and whose papers are all missing."""
    case = create("registration", organisation=cast.organisation, by=cast["preparer"])
    complete_registration(case)
    return Case.objects.get(pk=case.pk)


def needed(case: Case) -> list[str]:
    return [line.code for line in checklist(case) if line.required]


def shelf(company: Organisation, *rest: Any) -> str:
    """The address of a company's library, or of something in it."""
    return "/".join(["", "company-papers", str(company.tax_code or company.pk), *map(str, rest), ""])


# --- the library ----------------------------------------------------------------------------------------------------
@on_a_page
def test_a_paper_is_kept_and_read_with_its_name_size_and_days(cast: Cast) -> None:
    browser, place = visitor(cast["preparer"]), shelf(cast.organisation)
    assert "Nothing is kept yet" in text_of(browser.get(place))
    until = local_date() + timedelta(days=30)
    form = {"paper": "c", "file": paper("Báo cáo.pdf"), "title": "Accounts of 2025", "valid_until": until.isoformat()}
    assert browser.post(place, form).url == place
    shown = text_of(browser.get(place))
    assert "“Accounts of 2025” is in the library." in shown
    for words in ("Proof of financial capacity", "Báo cáo.pdf", "valid until", "Ready to attach", "Accounts of 2025"):
        assert words in shown
    assert LibraryPaper.objects.get().valid_until == until


@on_a_page
def test_the_names_are_in_the_readers_language(cast: Cast) -> None:
    kept(cast, "c")
    cast["owner"].language = "vi"
    cast["owner"].save()
    shown = text_of(visitor(cast["owner"]).get(shelf(cast.organisation)))
    assert "Tài liệu chứng minh năng lực tài chính của nhà đầu tư" in shown
    assert "Proof of financial capacity" not in shown


@on_a_page
def test_each_code_is_offered_once_and_what_the_portal_prints_is_not(cast: Cast) -> None:
    PaperRule.objects.filter(code="d").update(need=PaperRule.Need.PRINTED)
    html = visitor(cast["owner"]).get(shelf(cast.organisation)).content.decode()
    assert html.count('<option value="c">') == 1
    assert '<option value="d">' not in html


@on_a_page
@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"paper": "c"}, "This field is required."),
        ({"paper": "zz", "file": "good"}, "Select a valid choice."),
        ({"paper": "c", "file": "bad"}, "“a.pdf” is not a PDF"),
        ({"paper": "c", "file": "empty"}, "“a.pdf” is empty."),
        ({"paper": "c", "file": "good", "valid_until": "2020-01-31"}, "This day has passed."),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_kept(cast: Cast, given: dict[str, str], said: str) -> None:
    content = {"good": PDF, "bad": b"MZ" + bytes(99), "empty": b""}
    form: dict[str, Any] = dict(given)
    if "file" in form:
        form["file"] = paper("a.pdf", content[given["file"]])
    answer = visitor(cast["owner"]).post(shelf(cast.organisation), form)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert "There is a problem" in text_of(answer)
    assert not LibraryPaper.objects.exists()


@on_a_page
def test_an_expired_paper_says_so_and_an_older_one_steps_back(cast: Cast) -> None:
    kept(cast, "c")
    kept(cast, "c", valid_until=local_date())
    browser, place = visitor(cast["owner"]), shelf(cast.organisation)
    assert "A newer one is used" in text_of(browser.get(place))
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        shown = text_of(visitor(cast["owner"]).get(place))
    assert "Expired" in shown
    assert "Ready to attach" in shown
    assert "A newer one is used" not in shown


@on_a_page
def test_a_paper_tells_in_which_applications_it_counts(cast: Cast) -> None:
    kept(cast, "c")
    first, second, third = bare(cast), bare(cast), bare(cast)
    for case in (first, second, third):
        library.take_over(case, by=cast["preparer"], papers=["c"])
    attach(third, by=cast["preparer"], paper="c", upload=pdf("newer.pdf"))
    page = visitor(cast["observer"]).get(shelf(cast.organisation))
    shown = text_of(page)
    assert shown.index("Attached to:") < shown.index(second.reference) < shown.index(first.reference)
    assert third.reference not in text_of(page)
    assert f"{address('case-papers', first)}#paper-c" in links_of(page)


@on_a_page
def test_a_paper_is_taken_out_after_one_question_and_cases_keep_their_copy(cast: Cast) -> None:
    found, case = kept(cast, "c"), bare(cast)
    [copy] = library.take_over(case, by=cast["preparer"], papers=["c"])
    browser, place = visitor(cast["preparer"]), shelf(cast.organisation, found.pk, "remove")
    assert "Take “kept-c.pdf” out of the library?" in text_of(browser.get(place))
    assert LibraryPaper.objects.kept().exists()
    assert browser.post(place).url == shelf(cast.organisation)
    assert not LibraryPaper.objects.kept().exists()
    assert browser.get(address("paper", case, copy.pk)).status_code == 200
    assert browser.get(place).url == shelf(cast.organisation)
    assert shelf(cast.organisation, found.pk) not in links_of(browser.get(shelf(cast.organisation)))


@on_a_page
@pytest.mark.parametrize("role", ["observer", "consultant with an ended letter"])
def test_who_may_not_act_reads_and_changes_nothing(cast: Cast, role: str) -> None:
    found, browser = kept(cast, "c"), visitor(cast[role])
    page = browser.get(shelf(cast.organisation))
    assert "kept-c.pdf" in text_of(page)
    assert 'type="file"' not in page.content.decode()
    assert browser.get(shelf(cast.organisation, found.pk)).status_code == 200
    assert browser.post(shelf(cast.organisation), {"paper": "c", "file": paper()}).status_code == 403
    assert browser.get(shelf(cast.organisation, found.pk, "remove")).url == shelf(cast.organisation)
    assert browser.post(shelf(cast.organisation, found.pk, "remove")).status_code == 403
    assert LibraryPaper.objects.kept().count() == 1


@on_a_page
@pytest.mark.parametrize(("role", "code"), [("outsider", 404), ("desk officer", 403), ("administrator", 403)])
def test_outsiders_find_nothing_and_officials_see_papers_only_inside_cases(cast: Cast, role: str, code: int) -> None:
    found, browser = kept(cast, "c"), visitor(cast[role])
    for rest in ((), (found.pk,), (found.pk, "remove")):
        assert browser.get(shelf(cast.organisation, *rest)).status_code == code
        assert browser.post(shelf(cast.organisation, *rest), {}).status_code in (code, 405)
    theirs = cast["outsider"].memberships.first().organisation
    assert visitor(cast["outsider"]).get(shelf(theirs, found.pk)).status_code == 404


@on_a_page
def test_a_tax_code_and_a_number_lead_to_the_same_company(cast: Cast) -> None:
    Organisation.objects.filter(pk=cast.organisation.pk).update(tax_code="0299000010")
    kept(cast, "c")
    browser = visitor(cast["owner"])
    for name in ("0299000010", cast.organisation.pk):
        assert "kept-c.pdf" in text_of(browser.get(f"/company-papers/{name}/"))
    assert browser.get("/company-papers/no-such/").status_code == 404


@on_a_page
def test_a_file_of_the_library_is_as_well_guarded_as_one_of_a_case(cast: Cast) -> None:
    found = library.keep(cast.organisation, by=cast["owner"], paper="c", upload=pdf("Báo cáo.pdf"))
    answer = visitor(cast["owner"]).get(shelf(cast.organisation, found.pk))
    assert b"".join(answer) == PDF  # type: ignore[arg-type]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"] == f"inline; filename*=utf-8''{quote('Báo cáo.pdf')}"
    assert "sandbox;" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "private, no-store"
    found.file.storage.delete(found.file.name)
    assert visitor(cast["owner"]).get(shelf(cast.organisation, found.pk)).status_code == 404


@on_a_page
def test_the_company_page_and_the_papers_page_lead_to_the_library(cast: Cast) -> None:
    place = f"/company-papers/{cast.organisation.pk}/"
    browser = visitor(cast["owner"])
    assert place in links_of(browser.get(reverse("organisation")))
    assert place in links_of(browser.get(address("case-papers", draft("petition", cast))))


# --- on the papers page of a case -----------------------------------------------------------------------------------
def press(browser: Client, case: Case, **data: str) -> Any:
    return browser.post(address("case-papers-from-library", case), data)


@on_a_page
def test_one_button_attaches_all_and_leads_to_checking_the_answers(cast: Cast) -> None:
    case, browser = bare(cast), visitor(cast["preparer"])
    kept(cast, *needed(case))
    shown = text_of(browser.get(address("case-papers", case)))
    number = len(needed(case))
    assert f"Attach {number} papers from the library" in shown
    assert shown.count("Take over from the library") == number
    answer = press(browser, case)
    assert answer.url == address("case-submit", case)
    assert f"{number} papers were attached from the library." in text_of(browser.get(answer.url))
    assert "from the library" not in text_of(browser.get(address("case-papers", case)))
    press(browser, case)
    assert case.attachments.count() == number


@on_a_page
def test_after_the_button_the_next_gap_follows(cast: Cast) -> None:
    case, browser = bare(cast), visitor(cast["preparer"])
    codes = needed(case)
    kept(cast, *codes[1:])
    assert press(browser, case).url == address("case-papers", case)
    empty = create("registration", organisation=cast.organisation, by=cast["preparer"])
    kept(cast, *codes)
    assert press(browser, empty).url == address("case-section", empty, "company")


@on_a_page
def test_one_paper_is_taken_over_by_its_own_button(cast: Cast) -> None:
    case, browser = bare(cast), visitor(cast["preparer"])
    kept(cast, "b", "c", "h")
    html = browser.get(address("case-papers", case)).content.decode()
    assert "Attach 2 papers from the library" in html
    assert html.count("Take over from the library") == 3
    assert press(browser, case, paper="h").url == f"{address('case-papers', case)}#paper-h"
    assert "“kept-h.pdf” was attached from the library." in text_of(browser.get(address("case-papers", case)))
    assert case.attachments.get().paper == "h"


@on_a_page
def test_a_paper_that_is_not_there_is_refused_on_the_page(cast: Cast) -> None:
    case, browser = bare(cast), visitor(cast["preparer"])
    for code, said in (("c", "The library has no valid paper “c”."), ("zz", "This procedure has no paper “zz”.")):
        answer = press(browser, case, paper=code)
        assert answer.status_code == 422
        assert said in text_of(answer)
    assert browser.get(address("case-papers-from-library", case)).status_code == 405


@on_a_page
@pytest.mark.parametrize("role", ["observer", "consultant with an ended letter"])
def test_who_may_not_act_gets_no_button_and_is_refused(cast: Cast, role: str) -> None:
    case = bare(cast)
    kept(cast, *needed(case))
    browser = visitor(cast[role])
    assert "from the library" not in text_of(browser.get(address("case-papers", case)))
    assert press(browser, case).status_code == 403
    assert press(browser, case, paper="c").status_code == 403
    assert not case.attachments.exists()


@on_a_page
def test_a_case_at_the_office_takes_nothing_over(cast: Cast) -> None:
    case, browser = walk("petition", Status.ACCEPTED, cast), visitor(cast["preparer"])
    kept(cast, "a")
    assert "from the library" not in text_of(browser.get(address("case-papers", case)))
    assert press(browser, case, paper="a").status_code == 409


@on_a_page
def test_an_answer_takes_the_pinned_paper_over_and_goes_back_to_the_answer(cast: Cast) -> None:
    case = asked(cast, ("papers.c", "Bản scan mờ."), kind="registration")
    kept(cast, "b", "c")
    browser = visitor(cast["preparer"])
    shown = text_of(browser.get(address("case-papers", case)))
    assert "Attach 1 paper from the library" in shown
    assert shown.count("Take over from the library") == 1
    assert press(browser, case, paper="b").status_code == 409
    assert press(browser, case).url == address("case-supplement", case)
    assert "kept-c.pdf" in text_of(browser.get(address("case-supplement", case)))


@on_a_page
def test_an_upload_is_kept_in_the_library_only_where_the_box_is_ticked(cast: Cast) -> None:
    case, browser = bare(cast), visitor(cast["preparer"])
    page = address("case-papers", case)
    html = browser.get(page).content.decode()
    assert 'name="keep"' in html
    assert "checked" not in html
    browser.post(page, {"paper": "b", "file": paper("b.pdf")})
    assert not LibraryPaper.objects.exists()
    browser.post(page, {"paper": "c", "file": paper("c.pdf"), "keep": "on"})
    assert LibraryPaper.objects.get().paper == "c"
    answer = browser.post(page, {"paper": "c", "file": paper("x.pdf", b"MZ" + bytes(9)), "keep": "on"})
    assert answer.status_code == 422
    assert LibraryPaper.objects.count() == 1


@on_a_page
def test_a_paper_that_the_portal_prints_stands_there_as_done(cast: Cast) -> None:
    PaperRule.objects.filter(code="a").update(need=PaperRule.Need.PRINTED)
    case = bare(cast)
    page = visitor(cast["preparer"]).get(address("case-papers", case))
    assert "Printed by the portal from your answers: there is nothing to upload." in text_of(page)
    assert f"0 of {len(needed(case))} needed papers attached" in text_of(page)
    html = page.content.decode()
    assert 'id="paper-a"' in html
    assert 'id="file-a"' not in html
    assert 'id="file-b"' in html


@on_a_page
def test_the_pages_cost_the_same_for_one_paper_and_for_many(cast: Cast) -> None:
    case, browser = bare(cast), visitor(cast["preparer"])
    places = (shelf(cast.organisation), address("case-papers", case))
    kept(cast, "c")
    few = [queries(browser, place) for place in places]
    kept(cast, *needed(case), "h")
    assert [queries(browser, place) for place in places] == few
    assert max(few) <= 12, few


# --- in a browser ---------------------------------------------------------------------------------------------------
@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
def test_with_its_papers_in_the_library_an_application_is_three_presses_from_its_receipt(
    new_page: NewPage, live_server: Any, cast: Cast, tmp_path: Path, javascript: bool
) -> None:
    case = bare(cast)
    kept(cast, *needed(case)[1:])
    page = signed_in(new_page(locale="en-GB", javascript=javascript), cast["signer of the company"], live_server)
    page.goto(shelf(cast.organisation))
    page.select_option("#id_paper", needed(case)[0])
    page.set_input_files("#id_file", file(tmp_path, "Đề nghị.pdf"))
    page.locator("main .btn-primary").click()
    expect(page.locator(".paper")).to_have_count(len(needed(case)))
    page.goto(address("case-papers", case))
    page.locator("main .btn-primary").click()
    expect(page).to_have_url(f"{live_server.url}{address('case-submit', case)}")
    page.check("#id_declared")
    page.locator("button[value=submit]").click()
    expect(page.locator(".receipt-number")).to_have_text(case.reference)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [1280, 320])
def test_the_librarys_pages_have_no_barrier_and_do_not_scroll_sideways(
    new_page: NewPage, live_server: Any, cast: Cast, width: int
) -> None:
    page = signed_in(new_page(locale="en-GB", width=width), cast["preparer"], live_server)
    assert_fine(page, shelf(cast.organisation))
    kept(cast, "c")
    found, case = kept(cast, "b", "c", "h", title="Accounts", valid_until=local_date()), bare(cast)
    for place in (shelf(cast.organisation), shelf(cast.organisation, found.pk, "remove"), address("case-papers", case)):
        assert_fine(page, place)


def assert_fine(page: Page, place: str) -> None:
    page.goto(place)
    assert page.locator("h1").count() == 1
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
