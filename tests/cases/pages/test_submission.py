"""Pre-check, check your answers, submit, receipt: the same list as the officer's, and one submission however often."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from cases.drafting import create
from cases.models import Case, Notice
from cases.precheck import precheck
from cases.states import Status
from tests.cases.pages.visitors import address, hidden, links_of, submission, text_of, visitor
from tests.parallel import at_once
from tests.walk import Cast, draft, kinds, walk

pytestmark = pytest.mark.embedded


# --- pre-check ------------------------------------------------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize("kind", kinds())
def test_the_pre_check_shows_every_finding_and_leads_to_each_gap(cast: Cast, kind: str) -> None:
    case = create(kind, organisation=cast.organisation, by=cast["preparer"])
    page = visitor(cast["preparer"]).get(address("case-precheck", case))
    shown = text_of(page)
    findings = precheck(case, timezone.localdate())
    gaps = [finding for finding in findings if finding.blocks]
    assert gaps
    assert f"{len(gaps)} points must be mended before you can submit." in shown
    assert address("case-submit", case) not in links_of(page)
    for gap in gaps:
        if gap.section == "papers":
            assert f"{address('case-papers', case)}#paper-{gap.path.removeprefix('papers.')}" in links_of(page)
        else:
            anchor = f"#id_{gap.path.replace('.', '-')}"
            assert f"{address('case-section', case, gap.section)}{anchor}" in links_of(page)


@pytest.mark.django_db
def test_a_complete_dossier_passes_and_leads_to_submitting(cast: Cast) -> None:
    case = draft("registration", cast)
    page = visitor(cast["preparer"]).get(address("case-precheck", case))
    assert "Nothing stands in the way of submitting." in text_of(page)
    assert "Must fix" not in text_of(page)
    assert address("case-submit", case) in links_of(page)


@pytest.mark.django_db
def test_every_gap_of_a_section_leads_to_an_element_that_is_there(cast: Cast) -> None:
    case = create("registration", organisation=cast.organisation, by=cast["preparer"])
    browser = visitor(cast["preparer"])
    for gap in precheck(case, timezone.localdate()):
        if gap.blocks and gap.section != "papers":
            html = browser.get(address("case-section", case, gap.section)).content.decode()
            assert f'id="id_{gap.path.replace(".", "-")}' in html, gap.path


# --- check your answers ---------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_every_answer_is_read_once_more_with_a_change_link_to_its_field(cast: Cast) -> None:
    case = draft("petition", cast)
    page = visitor(cast["signer of the company"]).get(address("case-submit", case))
    for path in ("subject", "amount", "in_zone"):
        assert f"{address('case-change', case)}?at={path}" in links_of(page)
        assert f'id="row-{path}"' in page.content.decode()
    assert f"{address('case-papers', case)}#paper-a" in links_of(page)


@pytest.mark.django_db
def test_without_the_declaration_nothing_is_submitted_and_the_reason_stands_at_the_box(cast: Cast) -> None:
    case = draft("petition", cast)
    browser, page = visitor(cast["signer of the company"]), address("case-submit", case)
    data = submission(browser.get(page))
    del data["declared"]
    answer = browser.post(page, data)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_declared"' in html
    assert html.count("Please confirm the declaration before you submit.") == 2
    assert Case.objects.get(pk=case.pk).status == Status.DRAFT


@pytest.mark.django_db
def test_an_incomplete_dossier_has_no_submit_button_and_is_refused_with_every_gap(cast: Cast) -> None:
    case = create("petition", organisation=cast.organisation, by=cast["preparer"])
    browser, page = visitor(cast["signer of the company"]), address("case-submit", case)
    shown = browser.get(page)
    assert 'value="submit"' not in shown.content.decode()
    answer = browser.post(page, {"declared": "on", "key": "k", "version": case.version})
    assert answer.status_code == 422
    for gap in ("Please say what you petition for.", "Please give the amount.", "is missing"):
        assert gap in text_of(answer)
    assert Case.objects.get(pk=case.pk).status == Status.DRAFT


@pytest.mark.django_db
def test_who_read_an_older_version_reads_again_before_submitting(cast: Cast) -> None:
    case = draft("petition", cast)
    browser, page = visitor(cast["signer of the company"]), address("case-submit", case)
    data = submission(browser.get(page))
    Case.objects.filter(pk=case.pk).update(version=case.version + 1)
    answer = browser.post(page, data, follow=True)
    assert answer.redirect_chain == [(page, 302)]
    assert "Someone changed this case while you were reading it." in text_of(answer)
    assert Case.objects.get(pk=case.pk).status == Status.DRAFT


# --- submitting -----------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_submitting_leads_to_the_receipt_and_reload_submits_nothing_again(cast: Cast) -> None:
    case = draft("petition", cast)
    browser, page = visitor(cast["signer of the company"]), address("case-submit", case)
    data = submission(browser.get(page))
    for _time in range(3):
        assert browser.post(page, data).url == address("case-receipt", case)
    assert case.events.count() == 1
    assert browser.get(page).url == case.get_absolute_url()


@pytest.mark.django_db
def test_a_second_page_of_an_application_already_submitted_leads_to_its_receipt(cast: Cast) -> None:
    case = draft("petition", cast)
    browser, page = visitor(cast["signer of the company"]), address("case-submit", case)
    first, second = submission(browser.get(page)), submission(browser.get(page))
    assert first["key"] != second["key"]
    browser.post(page, first)
    answer = browser.post(page, second, follow=True)
    assert answer.redirect_chain == [(address("case-receipt", case), 302)]
    assert "has been submitted already" in text_of(answer)
    assert case.events.count() == 1


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_are_one_submission_and_fifty_same_answers() -> None:
    cast = Cast()
    case = draft("petition", cast)
    page = address("case-submit", case)
    browsers = [visitor(cast["signer of the company"]) for _number in range(50)]
    data = submission(browsers[0].get(page))
    answers = at_once(lambda number: browsers[number].post(page, data).url, 50)
    assert set(answers) == {address("case-receipt", case)}
    assert case.events.count() == 1
    assert Notice.objects.filter(case=case).count() == 1


@pytest.mark.django_db
def test_a_returned_dossier_is_completed_and_submitted_again_under_its_code(cast: Cast) -> None:
    case = walk("petition", Status.RETURNED, cast)
    code = case.dossier_code
    browser, page = visitor(cast["signer of the company"]), address("case-submit", case)
    assert browser.post(page, submission(browser.get(page))).url == address("case-receipt", case)
    assert Case.objects.get(pk=case.pk).dossier_code == code
    assert "Application completed and submitted again" in text_of(browser.get(case.get_absolute_url()))


# --- receipt --------------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_the_receipt_says_reference_code_what_next_and_by_which_hour(cast: Cast) -> None:
    case = walk("petition", Status.SUBMITTED, cast)
    page = visitor(cast["observer"]).get(address("case-receipt", case))
    shown = text_of(page)
    assert case.reference in shown
    assert case.dossier_code in shown
    assert re.search(r"The office says by 17:00 on .+ \(Hanoi time\) whether the dossier is complete", shown)
    assert re.search(r"a\.pdf · SHA-256 [0-9a-f]{16}…", shown)
    assert address("notice-pdf", case, case.notices.get().pk) in links_of(page)
    assert "data-print" in page.content.decode()


@pytest.mark.django_db
def test_a_draft_has_no_receipt(cast: Cast) -> None:
    case = draft("petition", cast)
    assert visitor(cast["owner"]).get(address("case-receipt", case)).url == case.get_absolute_url()


@pytest.mark.django_db
def test_a_receipt_of_a_case_that_moved_on_says_where_it_stands(cast: Cast) -> None:
    case = walk("petition", Status.ACCEPTED, cast)
    shown = text_of(visitor(cast["owner"]).get(address("case-receipt", case)))
    assert "it now stands at “In process”" in shown


@pytest.mark.django_db
def test_the_key_of_a_page_is_new_each_time_it_is_opened(cast: Cast) -> None:
    case = draft("petition", cast)
    browser = visitor(cast["signer of the company"])
    keys = {hidden(browser.get(address("case-submit", case)), "key") for _time in range(3)}
    assert len(keys) == 3
