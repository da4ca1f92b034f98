"""The second job in a real browser: one billion dollars more for LG Innotek, counted click by click."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from adjustments.demo import capital_change
from cases.calendar import local_date
from cases.library import keep
from cases.models import Case
from certificates.models import Certificate
from projects.chain import totals
from projects.models import Project
from tests.adjustments.factories import licensed_project
from tests.browser.journey import NewPage
from tests.cases.desk.test_desk_in_browser import sign_in
from tests.fixtures.waiting import eventually
from tests.walk import PDF, Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BILLION = Decimal(1_000_000_000)
INVESTOR_BUDGET, OFFICIAL_BUDGET = 9, 6
"""Clicks from home to the receipt, and from the queue to the proposal (typing is no click)."""


class Hand:
    """A person at a page whose clicks are counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks = page, 0

    def click(self, target: Locator) -> None:
        """One click or tick."""
        self.clicks += 1
        target.click()

    def type(self, values: dict[str, Any]) -> None:
        """Type into fields by name; moving on with the Tab key is no click."""
        for name, value in values.items():
            self.page.fill(f"[name='{name}']", str(value))


@pytest.fixture
def cast() -> Cast:
    cast = Cast()
    User.objects.update(language="en")
    return cast


@pytest.fixture
def project(cast: Cast) -> Project:
    """LG Innotek with its first certificate, and the company's papers in its library."""
    project = licensed_project(cast.organisation)
    for code in ("dc3", "c"):
        upload = SimpleUploadedFile(f"{code}.pdf", PDF, content_type="application/pdf")
        keep(cast.organisation, by=cast["signer of the company"], paper=code, upload=upload)
    return project


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without"])
def test_one_billion_more_from_home_to_the_adjusted_certificate(
    new_page: NewPage, live_server: Any, celery_worker: Any, cast: Cast, project: Project, javascript: bool
) -> None:
    first = Certificate.objects.get(case=project.case)

    def visit(role: str) -> Page:
        page = new_page(javascript=javascript)
        sign_in(page, cast[role], live_server.url, "en")
        return page

    hand = Hand(visit("signer of the company"))
    _ask_for_more(hand, project)
    assert hand.clicks <= INVESTOR_BUDGET, hand.clicks
    case = Case.objects.get(kind="adjustment")
    expect(hand.page.locator(".receipt-number")).to_have_text(case.reference)

    desk = Hand(visit("desk officer"))
    desk.page.goto(f"/admin/cases/case/{case.pk}/accept/")
    desk.click(desk.page.locator("#verb-form button.btn-primary"))
    desk.page.wait_for_url(f"**/admin/cases/case/{case.pk}/change/**")

    appraiser = Hand(visit("appraiser"))
    _propose(appraiser, case)
    assert appraiser.clicks <= OFFICIAL_BUDGET, appraiser.clicks

    chief = Hand(visit("signer"))
    chief.page.goto(f"/admin/cases/case/{case.pk}/approve/")
    chief.click(chief.page.locator("#verb-form button.btn-primary"))
    chief.page.wait_for_url(f"**/admin/cases/case/{case.pk}/change/**")
    desk.page.goto(f"/admin/cases/case/{case.pk}/issue/")
    desk.type({"project_code": project.national_code})
    desk.click(desk.page.locator("#verb-form button.btn-primary"))
    desk.page.wait_for_url(f"**/admin/cases/case/{case.pk}/change/**")

    eventually(lambda: Certificate.objects.get(case=case).is_ready, what="the adjusted certificate's document")
    _adjusted(case, first, project)
    stranger = new_page(javascript=javascript, locale="en-GB")
    stranger.goto(f"/verify/{first.number}/")
    newer = Certificate.objects.get(case=case)
    expect(stranger.locator("main")).to_contain_text(f"replaced by {newer.number}")


def _ask_for_more(hand: Hand, project: Project) -> None:
    """From home to the receipt: only what changes is typed."""
    page, version = hand.page, project.versions.get()
    page.goto("/dashboard/")
    hand.click(page.locator("main").get_by_role("link", name=re.compile("LG Innotek Hai Phong")).first)
    hand.click(page.get_by_role("link", name="Change the certificate"))
    hand.click(page.get_by_role("button", name="Start the application"))
    wanted = capital_change(version.data, BILLION, on=local_date())
    names = ("total_capital", "contributed", "mobilised")
    hand.type({f"{name}_{unit}": wanted[f"{name}_{unit}"] for name in names for unit in ("vnd", "usd")})
    hand.type({"equipment_cost_vnd": wanted["equipment_cost_vnd"]})
    for list_name, column in (("investors", "contribution"), ("sources", "amount"), ("phases", "capital")):
        for number, line in enumerate(wanted[list_name]):
            hand.type({f"{list_name}-{number}-{column}_{unit}": line[f"{column}_{unit}"] for unit in ("vnd", "usd")})
    hand.click(page.get_by_role("button", name="Save and continue"))
    expect(page).to_have_url(re.compile("/change/"))
    hand.type({name: wanted[name] for name in ("reason", "decision_number", "decision_on", "decision_by")})
    hand.click(page.get_by_role("button", name="Save and continue"))
    expect(page).to_have_url(re.compile("/report/"))
    hand.type({name: wanted[name] for name in ("report_on", "report_progress", "disbursed_contributed_vnd")})
    page.locator("[name=supervision_report_filed]").select_option("true")  # by key, in the same pass as typing
    hand.click(page.get_by_role("button", name="Save and continue"))
    expect(page).to_have_url(re.compile("/papers/"))
    hand.click(page.get_by_role("button", name=re.compile("from the library")).first)
    expect(page).to_have_url(re.compile("/submit/"))
    page.locator("#id_declared").focus()
    page.keyboard.press("Space")
    hand.clicks += 1
    hand.click(page.locator("button[value=submit]"))
    expect(page).to_have_url(re.compile("/receipt/"))


def _propose(hand: Hand, case: Case) -> None:
    """From the queue to the proposal, on a clean case."""
    page = hand.page
    page.goto("/admin/cases/case/")
    hand.click(page.get_by_role("link", name=case.reference).first)
    expect(page.locator("main")).to_contain_text("USD 1,549,000,000")
    hand.click(page.get_by_role("link", name="Propose a decision").first)
    hand.click(page.locator("#verb-form [name=outcome][value=approve]"))
    hand.type({"reasons": "Phù hợp quy hoạch, năng lực tài chính đủ.", "clauses": "L143 33(2); D96 56(2)"})
    hand.click(page.locator("#verb-form button.btn-primary"))
    page.wait_for_url(f"**/admin/cases/case/{case.pk}/change/**")
    assert Case.objects.get(pk=case.pk).status == "proposed"


def _adjusted(case: Case, first: Certificate, project: Project) -> None:
    newer, after = Certificate.objects.get(case=case), totals(project)
    first.refresh_from_db()
    assert (newer.version, newer.replaces, first.state) == (1, first, "replaced")
    assert (after["total_usd"], after["total_vnd"]) == (Decimal("1549000000.00"), Decimal("40274000000000"))
    said = str(newer.content)
    assert "40.274.000.000.000" in said
    assert "1.549.000.000" in said
