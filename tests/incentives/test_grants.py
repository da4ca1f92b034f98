"""Granted incentives: the page, the annual report from prefill to acceptance, and what a broken condition does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from cases.errors import Invalid, NotAllowed, WrongState
from incentives.grants import reporting
from incentives.grants.filed import failed_years, filed_years
from incentives.grants.page import GrantPage, grants_for
from incentives.grants.reports import AnnualReport
from incentives.grants.statements import Statement, prefilled
from incentives.models import GrantEvent, IncentiveGrant, ReportFiling
from incentives.tax.schedule import Relief, Year
from projects.capital import Capital
from projects.chain import append
from tests.incentives.granted import CAPITAL, client_of, granted, on, statement
from tests.walk import Cast

pytestmark = pytest.mark.django_db
SPRING = date(2027, 3, 1)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Refusals are read in English, whatever language an earlier test has left."""
    with translation.override("en"):
        yield


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def grant(cast: Cast) -> IncentiveGrant:
    return granted(cast)


def page_of(grant: IncentiveGrant, cast: Cast, day: date) -> GrantPage:
    fresh = grants_for(cast["owner"]).get(pk=grant.pk)
    return GrantPage(fresh, cast["owner"], day)


def years_of(page: GrantPage) -> dict[int, Year]:
    found = page.taxed.schedule
    return {year.year: year for year in found.years} if found else {}


def file(grant: IncentiveGrant, cast: Cast, year: int, told: Statement | None = None, **more: Any) -> ReportFiling:
    return reporting.file(grant, year, told or statement(grant), by=cast["owner"], declared=True, **more)


def test_the_page_shows_certificate_products_capital_tax_and_duties_to_company_and_office_and_to_nobody_else(
    grant: IncentiveGrant, cast: Cast
) -> None:
    with on(SPRING):
        assert grant.project
        assert grant.capital_event
        append(
            grant.project, "increase", effective_on=SPRING, by=None,
            capital=Capital(contributed_vnd=CAPITAL / 5, mobilised_vnd=Decimal(0), retained_vnd=Decimal(0)),
        )  # fmt: skip
        answers = {role: client_of(cast, role).get(grant.get_absolute_url()) for role in cast.people}
    assert {role: answer.status_code for role, answer in answers.items()} == {
        role: 404 if role == "outsider" else 200 for role in cast.people
    }
    text = answers["owner"].content.decode()
    for wanted in (
        grant.number, "Vỏ mô-đun camera", grant.products.get().product.code,
        grant.list_version, "VND 500,000,000,000", "VND 600,000,000,000",
        "Changed since", grant.capital_event.hash[:16], "From 2027 to 2041", "15 Apr 2027", "Next one about",
    ):  # fmt: skip
        assert wanted in text, wanted
    for address in (grant.project.get_absolute_url(), grant.case.get_absolute_url(), "/dashboard/"):
        with on(SPRING):
            assert grant.get_absolute_url() in client_of(cast, "owner").get(address).content.decode(), address
    assert "File the report on 2026" in text
    assert "File the report on 2026" not in answers["observer"].content.decode()
    assert "File the report on 2026" not in answers["appraiser"].content.decode()


def test_the_first_report_begins_with_the_application_and_the_next_one_with_the_last(
    grant: IncentiveGrant, cast: Cast
) -> None:
    first = prefilled(grant, None)
    application = grant.application
    assert first.values["employees"] == application.insured_staff
    assert first.values["income_vnd"] == application.yearly_income_vnd
    assert first.conditions == {}
    with on(SPRING):
        file(grant, cast, 2026, statement(grant, employees=211))
    with on(date(2028, 2, 1)):
        shown = client_of(cast, "owner").get(f"{grant.get_absolute_url()}reports/2027/").content.decode()
    again = prefilled(grant, reporting.last_before(grant, 2027))
    assert again.values["employees"] == 211
    assert list(again.outputs.values()) == [Decimal(9_000_000)]
    assert again.conditions == {}, "conditions are answered anew"
    assert 'value="211"' in shown
    assert "Last year: 150,000,000,000." in shown


def test_a_report_is_refused_with_everything_that_is_wrong_at_once_and_nothing_typed_is_lost(
    grant: IncentiveGrant, cast: Cast
) -> None:
    path = f"{grant.get_absolute_url()}reports/2026/"
    typed = {
        "action": "file", "version": "0", "key": "k", "revenue_vnd": "100000000", "export_vnd": "200000000",
        "employees": "many", "kept_supplier": "false", "changes": "Đổi địa điểm kho",
    }  # fmt: skip
    with on(SPRING):
        owner = client_of(cast, "owner")
        answer = owner.post(path, typed)
        text = answer.content.decode()
        assert answer.status_code == 422
        for wanted in ("many", "Đổi địa điểm kho", "This is more than the total revenue", "Please explain what was not",
                       "Please state the output", "Please declare", "is not a figure"):  # fmt: skip
            assert wanted in text, wanted
        assert not AnnualReport.objects.exists()
        assert owner.post(path, typed | {"employees": "190"}).status_code == 422
    kept = AnnualReport.objects.get()
    assert (kept.state, kept.employees, kept.changes) == ("draft", 190, "Đổi địa điểm kho")
    assert not ReportFiling.objects.exists()


def test_who_may_file_when_and_how_often(grant: IncentiveGrant, cast: Cast) -> None:
    told = statement(grant)
    with on(date(2026, 12, 31)), pytest.raises(Invalid, match="not over"):
        file(grant, cast, 2026)
    with on(SPRING):
        with pytest.raises(Invalid, match="No report is owed"):
            file(grant, cast, 2025)
        for role in ("preparer", "observer", "consultant with an ended letter", "outsider", "appraiser"):
            with pytest.raises(NotAllowed):
                reporting.file(grant, 2026, told, by=cast[role], declared=True)
        with pytest.raises(Invalid, match="declare"):
            reporting.file(grant, 2026, told, by=cast["owner"], declared=False)
        one = file(grant, cast, 2026, key="once")
        assert file(grant, cast, 2026, key="once") == one
        with pytest.raises(WrongState, match="filed already"):
            file(grant, cast, 2026, key="twice")
        with pytest.raises(IntegrityError), transaction.atomic():
            AnnualReport.objects.create(grant=grant, year=2026)
    assert ReportFiling.objects.count() == 1
    assert not one.late
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportFiling.objects.update(late=True)


def test_a_correction_goes_round_with_a_reason_a_letter_and_both_filings_kept(
    grant: IncentiveGrant, cast: Cast
) -> None:
    path = f"{grant.get_absolute_url()}reports/2026/"
    with on(date(2027, 4, 20)):
        assert file(grant, cast, 2026).late
        office = client_of(cast, "appraiser")
        assert office.post(f"{path}review/", {"action": "correct", "reason": " "}).status_code == 422
        assert client_of(cast, "statistician").post(f"{path}review/", {"action": "accept"}).status_code == 403
        assert office.post(f"{path}review/", {"action": "correct", "reason": "Thiếu số lao động."}).status_code == 302
        assert office.post(f"{path}review/", {"action": "accept"}).status_code == 409
        assert "Thiếu số lao động." in client_of(cast, "signer of the company").get(path).content.decode()
        again = reporting.file(
            grant, 2026, statement(grant, employees=201), by=cast["signer of the company"], declared=True
        )
        assert (again.number, again.late, again.answers) == (2, False, "Thiếu số lao động.")
        assert office.post(f"{path}review/", {"action": "accept"}).status_code == 302
        read = client_of(cast, "observer").get(path).content.decode()
    assert "Filing 1" in read
    assert "Filing 2" in read
    kinds = list(grant.events.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["granted", "reported", "correction", "reported", "accepted"]


def test_a_condition_not_kept_makes_a_failed_year_until_a_correction_takes_it_back(
    grant: IncentiveGrant, cast: Cast
) -> None:
    with on(date(2029, 3, 1)):
        before = years_of(page_of(grant, cast, SPRING))
        file(grant, cast, 2028, statement(grant, income=3 * 10**10, broken="supplier"))
        after = years_of(page_of(grant, cast, date(2029, 3, 1)))
    assert (before[2028].tax, before[2028].relief) == (Decimal(0), Relief.EXEMPT)
    assert (after[2028].failed, after[2028].tax, after[2028].tax_without) == (True, Decimal(6), Decimal(6))
    assert after[2029].income == Decimal(20), "years not reported go on as expected"
    assert [after[year].tax for year in (2027, 2029, 2030, 2031, 2039, 2040)] == [0, 0, 0, 1, 1, 2], "windows go on"
    assert grant.events.filter(kind=GrantEvent.Kind.BREACHED, data__year=2028).count() == 1
    assert "Thiếu hợp đồng cung ứng." in grant.events.get(kind="breached").reason
    report = AnnualReport.objects.get(year=2028)
    with on(date(2029, 3, 2)):
        reporting.ask_correction(grant, report, by=cast["appraiser"], reason="Kiểm tra lại.")
        reporting.save(grant, 2028, statement(grant), by=cast["preparer"])
        assert failed_years(filed_years(grant.line_id), []) == {2028}, "a draft of a correction changes nothing yet"
        file(grant, cast, 2028)
    assert failed_years(filed_years(grant.line_id), []) == frozenset()
    assert grant.events.filter(kind=GrantEvent.Kind.RESTORED).count() == 1


def test_a_page_costs_the_same_however_much_has_happened(grant: IncentiveGrant, cast: Cast) -> None:
    def cost(day: date) -> int:
        with on(day):
            owner = client_of(cast, "owner")
            owner.get(grant.get_absolute_url())
            with CaptureQueriesContext(connection) as seen:
                assert owner.get(grant.get_absolute_url()).status_code == 200
        return len(seen)

    young = cost(date(2027, 1, 5))
    for year in range(2026, 2036):
        with on(date(year + 1, 3, 1)):
            file(grant, cast, year)
    assert cost(date(2036, 5, 1)) <= young <= 18
