"""The third job in a real browser: is my product eligible, what is it worth, apply, supplement, grant, report."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from cases.calendar import local_date
from cases.drafting import editing
from cases.kinds import KINDS
from cases.models import Case
from incentives.dossier.demo import golden_application
from incentives.models import AnnualReport, IncentiveGrant
from tests.browser.journey import NewPage, paper
from tests.browser.test_capital_increase import Hand
from tests.cases.desk.pages import page as desk_page
from tests.cases.desk.test_desk_in_browser import sign_in
from tests.cases.pages.visitors import address
from tests.fixtures.waiting import eventually
from tests.incentives.licensed import licensed
from tests.portal.test_look_in_browser import barriers
from tests.walk import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ELIGIBILITY_BUDGET, REPORT_BUDGET = 8, 3
"""Clicks from the front page to the tax of every year, and from the company's home to the filed report."""


def look(page: Page, *, scripts: bool = True) -> None:
    """No barrier where the checker can run, and no sideways scrolling."""
    if scripts:
        assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize(
    ("locale", "words"), [("en-GB", "parts of electronic products"), ("vi-VN", "linh kien nhua dien tu")]
)
def test_from_the_front_page_to_the_tax_of_every_year(
    new_page: NewPage, live_server: Any, locale: str, words: str
) -> None:
    del live_server
    page = new_page(locale=locale, javascript=False)
    page.goto("/")
    hand = Hand(page)
    hand.click(page.locator("main a[href='/incentives/check/']").first)
    hand.type({"product": "ELEC-05"})
    for answer in ("new_equipment-true", "supply_evidence-true", "made_in_vietnam-not_yet", "project_type-new"):
        name, value = answer.split("-")
        hand.click(page.locator(f"input[name={name}][value={value}]"))
    hand.click(page.locator("main form button[type=submit]").last)
    expect(page.locator("#answer .verdict")).to_be_visible()
    hand.click(page.locator("main a[href*='/incentives/tax-schedule/']").first)
    expect(page.locator("table tbody tr").first).to_be_visible()
    assert hand.clicks <= ELIGIBILITY_BUDGET, hand.clicks
    assert page.locator("table").first.locator("tbody tr").count() >= 15
    page.goto("/incentives/check/")
    page.fill("[name=product]", words)
    page.keyboard.press("Enter")
    expect(page.locator("#answer")).to_contain_text("ELEC-05")


@pytest.mark.parametrize(("language", "javascript"), [("en", True), ("vi", False)], ids=["en", "vi without script"])
def test_apply_supplement_grant_and_report(
    new_page: NewPage, live_server: Any, celery_worker: Any, language: str, javascript: bool
) -> None:
    cast = Cast()
    User.objects.update(language=language)
    project = licensed(cast.organisation)
    pages: dict[str, Page] = {}

    def visit(role: str, path: str) -> Page:
        if role not in pages:
            pages[role] = new_page(javascript=javascript)
            sign_in(pages[role], cast[role], live_server.url, language)
        pages[role].goto(path)
        return pages[role]

    # --- the company begins at the incentive check ---
    page = visit(
        "preparer", "/incentives/check/?product=ELEC-05&new_equipment=true&made_in_vietnam=not_yet&project_type=new"
    )
    page.locator("main form[action$='/draft/'] button").click()
    case = Case.objects.get(kind="incentive")
    expect(page).to_have_url(re.compile(r"/sections/project/"))
    look(page, scripts=javascript)
    expect(page.locator("#id_licensed_on")).to_have_value("2026-04-02")
    page.fill("#id_insured_staff", "180")
    page.fill("#id_revenue_vnd", "150.000.000.000")
    page.fill("#id_capital_vnd", "95.000.000.000")
    page.locator("#id_place").select_option("ez")
    page.locator("button[value=continue]").click()
    expect(page).to_have_url(re.compile(r"/sections/products/$"))
    look(page, scripts=javascript)
    expect(page.locator("#id_goods-0-product")).to_have_value(re.compile("ELEC-05"))
    page.fill("#id_goods-0-capacity", "12000000")
    page.fill("#id_goods-0-unit", "chiếc")
    page.locator("#id_goods-0-high_technology").select_option("false")
    page.locator("button[value=continue]").click()
    _fill_the_rest_by_program(case, cast)
    _upload_papers(visit("preparer", address("case-papers", case)), case, javascript)
    page = visit("preparer", address("case-precheck", case))
    expect(page.locator("main .notice-ok")).to_be_visible()
    look(page, scripts=javascript)
    _submit(visit("signer of the company", address("case-submit", case)), case)

    # --- the office asks, the company answers ---
    _act(visit("desk officer", desk_page(case, "accept")), case)
    page = visit("appraiser", f"{desk_page(case, 'request_supplement')}?pin=buyers")
    page.locator("[data-pin-row] textarea").first.fill("Số hợp đồng chưa khớp bản chụp.")
    page.fill("#verb-form [name=reasons]", "Đề nghị làm rõ.")
    _act(page, case)
    page = visit("signer of the company", case.get_absolute_url())
    page.locator("main .btn-primary").first.click()
    page.locator(".pin a.btn").first.click()
    page.fill("#id_buyers-0-number", "LGI-2026-118/A")
    page.locator("button[value=continue]").click()
    page.goto(address("case-supplement", case))
    page.fill("#id_answer", "Đã sửa số hợp đồng.")
    page.locator("button[value=send]").click()
    page.wait_for_url(f"**{case.get_absolute_url()}")

    # --- the decision explains itself, the certificate is issued ---
    page = visit("appraiser", desk_page(case, "propose"))
    page.check("#verb-form [name=outcome][value=approve]")
    _act(page, case)
    _act(visit("signer", desk_page(case, "approve")), case)
    page = visit("desk officer", desk_page(case, "issue"))
    expect(page.locator("#verb-form [name=project_code]")).to_have_value(project.national_code)
    _act(page, case)
    grant = IncentiveGrant.objects.get(case=case)
    eventually(lambda: case.certificate.__class__.objects.get(case=case).is_ready, what="the certificate of incentives")
    page = visit("signer of the company", case.get_absolute_url())
    expect(page.locator("main")).to_contain_text(grant.number)
    page.locator("details.fold summary").last.click()
    look(page, scripts=javascript)
    page = visit("signer of the company", grant.get_absolute_url())
    expect(page.locator("main")).to_contain_text("ELEC-05")
    expect(page.locator("main")).to_contain_text("20" if language == "vi" else "USD 20")
    look(page, scripts=javascript)
    _report_of_the_first_year(new_page, live_server, cast, grant, language, javascript)


def _fill_the_rest_by_program(case: Case, cast: Cast) -> None:
    """The sections nobody types here come from the company's own system."""
    kept = ("goods", "project_name", "licence_number", "licensed_on", "place", "insured_staff")
    given = {name: value for name, value in golden_application().items() if name not in kept}
    with editing(case, by=cast["preparer"]) as locked:
        answers = KINDS["incentive"].serializer(locked.dossier, data=given, partial=True)
        answers.is_valid(raise_exception=True)
        answers.save()


def _upload_papers(page: Page, case: Case, javascript: bool) -> None:
    for code in ("legal_id", "brief", "env", "supply_evid", "equip_evid"):
        line = page.locator(f"#paper-{code}")
        line.locator("input[type=file]").set_input_files(paper(f"{code}.pdf"))
        if not javascript:
            line.locator("form.upload button").click()
        expect(line.locator(".paper-file")).to_contain_text(f"{code}.pdf")
    assert case.attachments.count() == 5


def _submit(page: Page, case: Case) -> None:
    page.check("#id_declared")
    page.locator("button[value=submit]").click()
    expect(page.locator(".receipt-number")).to_have_text(case.reference)


def _act(page: Page, case: Case) -> None:
    """The one button of a page of a verb."""
    page.locator("#verb-form button.btn-primary").click()
    page.wait_for_url(f"**{desk_page(case)}**")


def _report_of_the_first_year(
    new_page: NewPage, live_server: Any, cast: Cast, grant: IncentiveGrant, language: str, javascript: bool
) -> None:
    """In the year after, the report is due by 15 April: three clicks from the company's home."""
    year, before = local_date().year, grant.granted_on - timedelta(days=365)
    IncentiveGrant.objects.filter(pk=grant.pk).update(granted_on=before, first_granted_on=before)
    page = new_page(javascript=javascript)
    sign_in(page, cast["signer of the company"], live_server.url, language)
    page.goto("/dashboard/")
    hand = Hand(page)
    hand.click(page.locator(f"a[href$='/reports/{year - 1}/']").first)
    look(page, scripts=javascript)
    for box in page.locator("form[data-guard] input[inputmode=decimal]").all():
        if not box.input_value():
            box.fill("1000000")
    for choice in page.locator("form[data-guard] select").all():
        choice.select_option("true")
    hand.click(page.locator("[name=declared]"))
    hand.click(page.locator("button[value=file]"))
    expect(page.locator("#filing-1")).to_be_visible()
    assert hand.clicks <= REPORT_BUDGET
    assert AnnualReport.objects.get().state == "filed"
