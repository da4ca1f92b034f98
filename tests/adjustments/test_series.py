"""The LG Display series, issued on its real days: any day gives the certificate in force, byte for byte."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from adjustments.demo import capital_change
from cases.calendar import CalendarYear, local_date
from cases.drafting import create
from cases.models import Case
from cases.states import Status
from certificates.issuing import produce
from certificates.models import Certificate
from projects.chain import NOTHING, canonical, digest, totals, verify
from projects.demo import registration_of
from projects.demo_facts import Sample
from projects.models import CapitalEvent, Project
from tests.adjustments.factories import write
from tests.projects.factories import complete_registration
from tests.walk import STEPS, Cast, attach_all

pytestmark = pytest.mark.django_db

LG_DISPLAY = Sample(
    "Dự án LG Display Việt Nam Hải Phòng", "LG Display Vietnam Hai Phong", "LG DISPLAY CO., LTD.", "KR",
    "128, Yeoui-daero, Yeongdeungpo-gu, Seoul, Hàn Quốc", "IP-TD2", "2611", "Màn hình OLED", "sản phẩm",
    1_500_000_000, 5_000, "Công ty TNHH LG Display Việt Nam Hải Phòng", 20, 420_000,
)  # fmt: skip
MILLION = Decimal(1_000_000)
SERIES: tuple[tuple[date, int], ...] = (
    (date(2016, 4, 15), 1_500), (date(2021, 2, 7), 3_250), (date(2021, 8, 31), 4_650), (date(2024, 11, 14), 5_650),
)  # fmt: skip
"""The days on which certificates were handed over, and the total in million USD after each (data/adjustments.csv)."""


TODAY = date(2026, 11, 24)


@dataclass(frozen=True)
class Issued:
    """A certificate as it was handed over."""

    on: date
    total: Decimal
    number: str
    pdf: bytes


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def series(cast: Cast) -> list[Issued]:
    """The four certificates, each filed, decided, issued and rendered on its day."""
    years = [CalendarYear(year=year, basis="computed") for year in range(2015, 2025)]
    CalendarYear.objects.bulk_create(years, ignore_conflicts=True)
    return [_issue(cast, on, millions) for on, millions in SERIES]


@pytest.fixture
def project(series: list[Issued], cast: Cast) -> Project:
    return Project.objects.get(organisation=cast.organisation)


def _issue(cast: Cast, on: date, millions: int) -> Issued:
    """Walk one application to its certificate, at nine in the morning of that day."""
    with time_machine.travel(datetime(on.year, on.month, on.day, 2, tzinfo=UTC), tick=True):
        project = Project.objects.filter(organisation=cast.organisation).first()
        case = _increase(cast, project, millions) if project else _registration(cast)
        for status in (Status.SUBMITTED, Status.ACCEPTED, Status.PROPOSED, Status.APPROVED, Status.ISSUED):
            STEPS[status][1](case, cast)
        certificate = Certificate.objects.get(case=case)
        assert produce(certificate.pk)
        certificate.refresh_from_db()
        assert certificate.issued_on == on
        return Issued(on, millions * MILLION, str(certificate.number), certificate.pdf.read())


def _registration(cast: Cast) -> Case:
    case = create("registration", organisation=cast.organisation, by=cast["preparer"])
    complete_registration(case, **registration_of(LG_DISPLAY))
    return attach_all(case, cast)


def _increase(cast: Cast, project: Project, millions: int) -> Case:
    base = project.versions.newest()
    assert base is not None
    more = millions * MILLION - Decimal(base.data["total_capital_usd"])
    case = create("adjustment", organisation=cast.organisation, by=cast["preparer"])
    write(case, {"project": project.code} | capital_change(base.data, more, on=local_date()))
    return attach_all(case, cast)


def _lengthen(project: Project, length: int) -> None:
    """Further events as `append` would write them, made in memory and written at once."""
    previous, events = project.chain_head, []
    for seq in range(project.chain_length + 1, length + 1):
        event = CapitalEvent(
            project=project, seq=seq, kind=CapitalEvent.Kind.AMENDMENT, effective_on=TODAY, recorded_at=timezone.now(),
            prev_hash=previous, **NOTHING.amounts(),
        )  # fmt: skip
        event.hash = previous = digest(canonical(event))
        events.append(event)
    CapitalEvent.objects.bulk_create(events, batch_size=1000)
    Project.objects.filter(pk=project.pk).update(chain_length=length, chain_head=previous)


def test_each_of_four_days_gives_its_certificate_byte_for_byte(
    series: list[Issued], project: Project, cast: Cast
) -> None:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(cast["observer"])
    page, pdf = (reverse(name, args=[project.code]) for name in ("project-certificate", "project-certificate-pdf"))
    for issued, following in zip(series, [*series[1:], None], strict=True):
        last = following.on - timedelta(days=1) if following else TODAY
        for day in (issued.on, last):
            answer = client.get(pdf, {"as_of": day.isoformat()})
            assert b"".join(answer.streaming_content) == issued.pdf, day  # type: ignore[attr-defined]
            shown = client.get(page, {"as_of": day.isoformat()}).content.decode()
            assert issued.number in shown
            assert f"USD {issued.total:,.0f}" in shown
    assert len({issued.pdf for issued in series}) == len(SERIES)
    before = client.get(pdf, {"as_of": "2016-04-14"})
    assert before.status_code == 404


def test_the_chain_gives_the_total_of_each_day_and_the_public_check_knows_the_newest(
    series: list[Issued], project: Project
) -> None:
    assert [totals(project, issued.on)["total_usd"] for issued in series] == [issued.total for issued in series]
    assert verify([project]).ok
    states = list(Certificate.objects.order_by("pk").values_list("number", "version", "state"))
    assert states == [
        (issued.number, number, "valid" if number == len(series) - 1 else "replaced")
        for number, issued in enumerate(series)
    ]
    last = Certificate.objects.get(number=series[-1].number)
    assert [entry["issued_on"] for entry in last.content["history"]] == ["2016-04-15", "2021-02-07", "2021-08-31"]


def test_a_day_is_answered_in_the_same_time_however_long_the_chain_is(
    series: list[Issued], project: Project, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    _lengthen(project, 5_000)
    assert CapitalEvent.objects.count() == 5_000
    client = Client()
    client.force_login(cast["observer"])
    address = reverse("project-certificate-pdf", args=[project.code])
    taken = []
    for issued in series * 3:
        began = time.perf_counter()
        with django_assert_max_num_queries(12):
            answer = client.get(address, {"as_of": issued.on.isoformat()})
        assert b"".join(answer.streaming_content) == issued.pdf  # type: ignore[attr-defined]
        taken.append(time.perf_counter() - began)
    assert statistics.median(taken) < 1
    began = time.perf_counter()
    assert verify([Project.objects.get(pk=project.pk)]).ok
    assert time.perf_counter() - began < 5
