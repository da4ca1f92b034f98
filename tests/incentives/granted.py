"""Granted incentives for the tests: one walked through the whole procedure, or rows of many."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import Organisation
from cases.models import Case
from cases.states import Status
from incentives.grants.statements import Answer, Statement, conditions_of
from incentives.models import ApprovedProduct, IncentiveApplication, IncentiveGrant, SupportedProduct
from projects.capital import Capital
from projects.chain import append
from projects.models import Project
from tests.walk import Cast, walk

HERE: Final = ZoneInfo("Asia/Ho_Chi_Minh")
GRANTED_ON: Final = date(2026, 11, 24)
CAPITAL: Final = Decimal(500_000_000_000)


def on(day: date, hour: int = 9) -> time_machine.travel:
    """It is that day in Hai Phong."""
    return time_machine.travel(datetime(day.year, day.month, day.day, hour, tzinfo=HERE), tick=False)


def client_of(cast: Cast, role: str) -> Client:
    """Somebody of the cast, signed in and reading English."""
    user = cast[role]
    user.language = "en"
    user.save(update_fields=["language"])
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def project_of(organisation: Organisation, **changes: Any) -> Project:
    """A licensed project with the first entry of its chain."""
    project = Project.objects.create(
        name="Nhà máy linh kiện nhựa chính xác", name_en="Precision plastics", organisation=organisation,
        investors=organisation.name, state=Project.State.ACTIVE, first_issued_on=date(2026, 4, 2), **changes,
    )  # fmt: skip
    append(
        project, "issue", effective_on=date(2026, 4, 2), by=None,
        capital=Capital(contributed_vnd=CAPITAL, mobilised_vnd=Decimal(0), retained_vnd=Decimal(0)),
    )  # fmt: skip
    return project


def granted(cast: Cast, day: date = GRANTED_ON) -> IncentiveGrant:
    """A certificate of incentives for the company's only project, walked to its issue on a day."""
    with on(day):
        project_of(cast.organisation)
        case = walk("incentive", Status.ISSUED, cast)
    return IncentiveGrant.objects.get(case=case)


def row(organisation: Organisation, number: str, day: date = GRANTED_ON, **changes: Any) -> IncentiveGrant:
    """A grant as rows only, with one product and an application behind it."""
    owner = organisation.memberships.select_related("user").order_by("pk")[0].user
    case = Case(
        kind="incentive", organisation=organisation, status=Status.ISSUED, submitted_at=timezone.now(),
        created_by=owner,
    )  # fmt: skip
    case.save()
    IncentiveApplication.objects.create(
        case=case, asks_income_tax=True, tax_level="A", first_revenue_year=2027, yearly_income_vnd=2 * 10**10
    )
    grant = IncentiveGrant.objects.create(
        case=case, number=number, organisation=organisation, project_name=f"Dự án {number}", list_version="L2025",
        law="205/2025", granted_on=day, first_granted_on=day, search_text=f"du an {number.lower()}", **changes,
    )  # fmt: skip
    product = SupportedProduct.objects.order_by("pk")[0]
    ApprovedProduct.objects.create(grant=grant, product=product, name="Vỏ mô-đun", unit="chiếc")
    return grant


def statement(grant: IncentiveGrant, *, income: int = 2 * 10**10, broken: str = "", **values: Any) -> Statement:
    """A whole report; `broken` names a condition that was not kept."""
    figures: dict[str, Any] = {
        "revenue_vnd": Decimal(150_000_000_000), "products_revenue_vnd": Decimal(120_000_000_000),
        "export_vnd": Decimal(90_000_000_000), "income_vnd": Decimal(income),
        "capital_implemented_vnd": Decimal(80_000_000_000), "employees": 190, "relief_income_tax_vnd": Decimal(0),
        "relief_import_duty_vnd": Decimal(1_500_000_000), "relief_land_rent_vnd": Decimal(0),
        "equipment": "12 máy ép phun.", "changes": "",
    } | values  # fmt: skip
    return Statement(
        figures,
        {product.pk: Decimal(9_000_000) for product in grant.products.all()},
        {
            rule.code: Answer(rule.code != broken, "Thiếu hợp đồng cung ứng." if rule.code == broken else "")
            for rule in conditions_of(grant)
        },
    )
