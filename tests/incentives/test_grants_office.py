"""What the office does to granted incentives, what ends them, and what is told of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from cases.errors import Invalid, NotAllowed, WrongState
from cases.models import Case
from cases.states import Status
from certificates.models import Certificate
from incentives.grants import inspecting, reporting, revoking
from incentives.grants.filed import failed_years
from incentives.grants.inspecting import Planned, Recorded
from incentives.grants.page import GrantPage, grants_for
from incentives.grants.revoking import Told
from incentives.models import AnnualReport, IncentiveApplication, IncentiveGrant, Inspection
from incentives.tasks import remind_of_reports
from notifications.models import Message
from notifications.writing import worded
from projects import life
from projects.models import CapitalEvent, Project
from projects.page_parts import end_effects
from tests.incentives.factories import write
from tests.incentives.granted import client_of, granted, on, row, statement
from tests.projects.lives import told as life_told
from tests.walk import STEPS, Cast, attach_all, company, member

pytestmark = pytest.mark.django_db
LATER = date(2027, 6, 1)


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


def letters(template: str) -> list[Message]:
    return list(Message.objects.filter(template=template).order_by("pk"))


def again(grant: IncentiveGrant) -> IncentiveGrant:
    return IncentiveGrant.objects.get(pk=grant.pk)


# --- reminders ------------------------------------------------------------------------------------------------------
def test_forty_days_of_reminders_tell_each_person_each_step_once_and_none_after_the_filing(cast: Cast) -> None:
    late, early = row(cast.organisation, "HPUD-2026-000101"), row(cast.organisation, "HPUD-2026-000102")
    row(cast.organisation, "HPUD-2027-000103", day=date(2027, 2, 1))
    told_at: dict[str, date] = {}
    day = date(2027, 3, 22)
    for number in range(40):
        for hour in (7, 12, 16):
            with on(day, hour):
                before = set(Message.objects.values_list("key", flat=True))
                remind_of_reports()
                told_at |= {key: day for key in Message.objects.values_list("key", flat=True) if key not in before}
        if number == 10:
            with on(day):
                reporting.file(early, 2026, statement(early), by=cast["owner"], declared=True)
        day += timedelta(days=1)
    people = {cast[role].pk for role in ("owner", "preparer", "signer of the company")}
    steps = {"15": date(2027, 3, 31), "7": date(2027, 4, 8), "3": date(2027, 4, 12), "1": date(2027, 4, 14),
             "overdue": date(2027, 4, 16)}  # fmt: skip
    expected = {
        f"{late.number}:report-2026-{step}:{person}": day for step, day in steps.items() for person in people
    } | {f"{early.number}:report-2026-15:{person}": steps["15"] for person in people}
    assert {key: told for key, told in told_at.items() if ":report-" in key} == expected
    assert len(letters("grant-reported")) == 3
    assert Counter(letter.language for letter in letters("grant-reminder")) == {"en": 18}


def test_after_days_without_a_run_only_the_step_that_is_due_now_is_told(cast: Cast) -> None:
    row(cast.organisation, "HPUD-2026-000101")
    vietnamese = member(cast.organisation, "signer", language="vi")
    with on(date(2027, 4, 13)):
        remind_of_reports()
    keys = {key.split(":")[1] for key in Message.objects.values_list("key", flat=True)}
    assert keys == {"report-2026-3"}
    letter = Message.objects.get(person=vietnamese)
    assert "15/04/2027" in letter.subject
    assert "/incentives/grants/HPUD-2026-000101/reports/2026/" in letter.text
    english = Message.objects.filter(person=cast["owner"]).get()
    assert "2 days are left" in english.text
    assert Message.objects.count() == 4, "neither the observer nor the consultant whose letter has ended"


def test_a_letter_that_cannot_be_written_keeps_nobody_else_waiting_and_is_told_by_the_next_run(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in (1, 2, 3):
        row(cast.organisation, f"HPUD-2026-00000{number}")

    def fail(folder: str, facts: dict[str, Any]) -> Any:
        if facts["reference"].endswith("2"):
            raise OSError
        return worded(folder, facts)

    with on(date(2027, 4, 1)):
        monkeypatch.setattr("notifications.grant_letters.worded", fail)
        assert remind_of_reports() == 2
        monkeypatch.setattr("notifications.grant_letters.worded", worded)
        assert remind_of_reports() == 1
        assert remind_of_reports() == 0
    assert len(letters("grant-reminder")) == 9


# --- inspections ----------------------------------------------------------------------------------------------------
def test_an_inspection_is_planned_told_recorded_and_its_breach_changes_the_schedule(
    grant: IncentiveGrant, cast: Cast
) -> None:
    plan = Planned("periodic", LATER, True, "Kiểm tra hồ sơ khách hàng.")
    with on(LATER):
        for role in ("desk officer", "statistician", "administrator", "owner"):
            with pytest.raises(NotAllowed):
                inspecting.plan(grant, plan, by=cast[role])
        with pytest.raises(Invalid, match="over"):
            inspecting.plan(grant, Planned("periodic", date(2027, 5, 1), True, ""), by=cast["appraiser"])
        made = inspecting.plan(grant, plan, by=cast["appraiser"], key="k")
        assert inspecting.plan(grant, plan, by=cast["appraiser"], key="k") == made
        assert again(grant).state == "inspected"
        with pytest.raises(WrongState, match="planned already"):
            inspecting.plan(grant, plan, by=cast["signer"])
    with on(date(2027, 6, 20)):
        wrong = Recorded(date(2027, 7, 1), "breach", (), " ")
        with pytest.raises(Invalid) as refused:
            inspecting.record(grant, wrong, by=cast["appraiser"])
        assert set(refused.value.errors) == {"done_on", "minutes", "years"}
        found = Recorded(date(2027, 6, 18), "breach", (2027,), "Không có hợp đồng cung ứng.")
        inspecting.record(again(grant), found, by=cast["appraiser"])
        assert again(grant).state == "granted"
        assert failed_years([], Inspection.objects.all()) == {2027}
        page = client_of(cast, "owner").get(grant.get_absolute_url()).content.decode()
        assert "A condition was not kept in 2027" in page
        warned = inspecting.foresee_plan(
            again(grant), Planned("ad_hoc", date(2027, 12, 1), False, ""), by=cast["signer"]
        ).warnings
        assert "198/2025" in warned[0]
    assert [letter.template for letter in Message.objects.filter(person=cast["owner"], template__startswith="grant-")] \
        == ["grant-inspected", "grant-inspection"]  # fmt: skip


def test_an_unannounced_inspection_is_not_shown_to_the_company_before_its_result(
    grant: IncentiveGrant, cast: Cast
) -> None:
    plan, record = (reverse(name, args=[grant.number]) for name in ("incentive-inspect", "incentive-inspected"))
    stated = {"kind": "ad_hoc", "planned_on": "2027-06-01", "reason": "Có dấu hiệu vi phạm.", "key": "k"}
    with on(LATER):
        office = client_of(cast, "signer")
        assert office.get(record).status_code == 409
        seen = office.post(plan, stated | {"step": "preview"}).content.decode()
        assert "told nothing before the result" in seen
        hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', seen))
        assert office.post(plan, hidden | {"step": "act"}).status_code == 302
        company_page = client_of(cast, "owner").get(grant.get_absolute_url()).content.decode()
        office_page = client_of(cast, "appraiser").get(grant.get_absolute_url()).content.decode()
    assert "Có dấu hiệu vi phạm." in office_page
    assert "Có dấu hiệu vi phạm." not in company_page
    assert "under inspection" not in company_page
    assert letters("grant-inspection") == []
    result = {
        "done_on": "2027-06-01",
        "found": "breach",
        "years": "2026, sometimes",
        "minutes": "Sai địa điểm.",
        "key": "r",
    }
    with on(LATER):
        office = client_of(cast, "signer")
        typed = office.post(record, result | {"step": "preview"})
        assert typed.status_code == 422
        assert "2026, sometimes" in typed.content.decode()
        seen = office.post(record, result | {"years": "2026", "step": "preview"}).content.decode()
        hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', seen))
        assert office.post(record, hidden | {"step": "act"}).status_code == 302
        company_page = client_of(cast, "owner").get(grant.get_absolute_url()).content.decode()
    assert "Có dấu hiệu vi phạm." in company_page
    assert "Sai địa điểm." in company_page
    assert Inspection.objects.get().breached_years == [2026]


# --- revocation and the end -----------------------------------------------------------------------------------------
def test_a_revocation_goes_through_a_preview_ends_the_certificate_and_is_told_with_the_way_to_complain(
    grant: IncentiveGrant, cast: Cast
) -> None:
    path = reverse("incentive-revoke", args=[grant.number])
    stated = {
        "ground": "NO_REPORT", "decided_on": "2027-06-01", "effective_on": "2027-06-01", "key": "k",
        "reason": "Không nộp báo cáo năm 2026.",
    }  # fmt: skip
    with on(LATER):
        assert client_of(cast, "appraiser").get(path).status_code == 403
        signer = client_of(cast, "signer")
        empty = signer.post(path, {"step": "preview", "decided_on": "2027-06-01", "reason": ""})
        assert empty.status_code == 422
        seen = signer.post(path, stated | {"step": "preview"}).content.decode()
        for wanted in (
            "The reports are not filed",
            "was not seen in a source",
            "decided by the tax authority",
            "Revoked",
        ):
            assert wanted in seen, wanted
        assert again(grant).state == "granted"
        assert signer.post(path, stated | {"step": "act"}).status_code == 302
        assert signer.post(path, stated | {"step": "act"}).status_code == 302, "the same page sent twice is one act"
        assert signer.post(path, stated | {"step": "act", "key": "other"}).status_code == 409
        assert signer.get(path).status_code == 409
        page = client_of(cast, "owner").get(grant.get_absolute_url()).content.decode()
        assert "File the report on 2026" not in page
        public = Client(headers={"accept-language": "en"}).get(reverse("verify-number", args=[grant.number]))
        with pytest.raises(WrongState):
            reporting.file(again(grant), 2026, statement(grant), by=cast["owner"], declared=True)
    assert "revoked" in public.content.decode().lower()
    assert Certificate.objects.get(number=grant.number).state == "revoked"
    assert (again(grant).state, again(grant).ended_on) == ("revoked", LATER)
    event = grant.events.get(kind="revoked")
    assert (event.ground, event.data["mark"], event.by) == ("NO_REPORT", "U", cast["signer"])
    letter = Message.objects.get(template="grant-revocation", person=cast["owner"])
    for wanted in ("complain", "Không nộp báo cáo năm 2026.", "The reports are not filed", "tax authority"):
        assert wanted in letter.text, wanted


def test_a_revocation_that_cannot_be_told_is_not_done(
    grant: IncentiveGrant, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: Any, **_kwargs: Any) -> None:
        raise OSError

    monkeypatch.setattr("notifications.grant_letters.worded", fail)
    with on(LATER), pytest.raises(OSError):
        revoking.revoke(grant, Told("OTHER_LAW", LATER, LATER, "Lý do."), by=cast["signer"])
    assert again(grant).state == "granted"
    assert Certificate.objects.get(number=grant.number).state == "valid"


@pytest.mark.parametrize(("act", "actor", "state"), [
    (life.terminate, "signer of the company", "surrendered"), (life.revoke, "signer", "revoked"),
])  # fmt: skip
def test_grants_expire_with_their_project(
    grant: IncentiveGrant, cast: Cast, act: life.Act, actor: str, state: str
) -> None:
    project = Project.objects.get(incentive_grants=grant)
    assert any(grant.number in sentence for sentence in end_effects(project))
    with on(LATER):
        act(project, by=cast[actor], told=life_told(act.name, LATER))
    assert end_effects(project) == []
    assert (again(grant).state, again(grant).ended_on) == ("expired", LATER)
    assert Certificate.objects.get(number=grant.number).state == state
    assert grant.events.get(kind="expired").data["project"] == project.code
    told = Message.objects.get(person=cast["preparer"], template="grant-expired")
    assert grant.number in told.subject
    assert project.events.filter(kind=CapitalEvent.Kind.TERMINATION).count() == 1


# --- adjustment -----------------------------------------------------------------------------------------------------
def test_an_adjustment_starts_from_the_certificate_keeps_the_clock_and_the_reports(
    grant: IncentiveGrant, cast: Cast
) -> None:
    path = reverse("incentive-adjust", args=[grant.number])
    IncentiveApplication.objects.update(first_revenue_year=2025)  # so that the year of the certificate starts the clock
    with on(date(2027, 12, 1)):
        reporting.file(grant, 2026, statement(grant), by=cast["owner"], declared=True)
        assert client_of(cast, "observer").post(path, {"key": "k"}).status_code == 403
        owner = client_of(cast, "owner")
        first = owner.post(path, {"key": "k"})
        assert owner.post(path, {"key": "k"}).status_code == 302
        draft = IncentiveApplication.objects.get(amends=grant)
        assert (draft.purpose, draft.tax_level, draft.goods.count()) == ("amend", "A", 1)
        assert draft.case.reference in first["Location"]
        assert IncentiveApplication.objects.count() == 2
        write(draft.case, {"change_reason": "Tăng công suất.", "nature_changed": False})
        newer = issued(Case.objects.get(pk=draft.pk), cast)
        assert (newer.first_granted_on, newer.granted_on) == (grant.first_granted_on, date(2027, 12, 1))
        assert newer.line_id == grant.pk
        with pytest.raises(WrongState, match="filed already"):
            reporting.file(newer, 2026, statement(newer), by=cast["owner"], declared=True)
        reporting.ask_correction(newer, AnnualReport.objects.get(year=2026), by=cast["appraiser"], reason="Sửa.")
        form = client_of(cast, "owner").get(f"{newer.get_absolute_url()}reports/2026/").content.decode()
        assert 'value="9,000,000"' in form, "what was filed for the earlier version's product"
    with on(date(2028, 3, 1)):
        owner = client_of(cast, "owner")
        reporting.file(newer, 2027, statement(newer, income=10**10), by=cast["owner"], declared=True)
        page = owner.get(newer.get_absolute_url()).content.decode()
        old = owner.get(grant.get_absolute_url()).content.decode()
        assert owner.post(path, {"key": "new"}).status_code == 409
        found = GrantPage(grants_for(cast["owner"]).get(pk=newer.pk), cast["owner"], date(2028, 3, 1)).taxed.schedule
    assert found is not None
    assert found.windows.rate.first == 2026, "the clock goes on from the first certificate"
    assert (page.count("Read the report on"), page.count("Correct the report on 2026")) == (1, 1)
    assert f"Certificate {newer.number} replaced it" in old


def issued(case: Case, cast: Cast) -> IncentiveGrant:
    attach_all(case, cast)
    for state in (Status.SUBMITTED, Status.ACCEPTED, Status.PROPOSED, Status.APPROVED, Status.ISSUED):
        STEPS[state][1](Case.objects.get(pk=case.pk), cast)
    return IncentiveGrant.objects.get(case=case)


# --- lists ----------------------------------------------------------------------------------------------------------
def test_lists_cost_the_same_with_two_hundred_grants_and_know_who_is_overdue(cast: Cast) -> None:
    other = company("Khác")
    member(other, "owner")
    for number in range(200):
        row(cast.organisation if number % 2 else other, f"HPUD-2026-{number:06d}")
    with on(date(2027, 5, 2)):
        filed = IncentiveGrant.objects.get(number="HPUD-2026-000001")
        reporting.file(filed, 2026, statement(filed), by=cast["owner"], declared=True)
        office, owner = client_of(cast, "appraiser"), client_of(cast, "owner")
        desk = reverse("admin:incentives_incentivegrant_changelist")
        budget = {
            desk: 14, f"{desk}?overdue=1&state=granted": 14, f"{desk}?q=du+an+000007": 14,
            reverse("incentive-duties"): 12, f"{reverse('incentive-duties')}?show=due": 12,
        }  # fmt: skip
        spent, pages = {}, {}
        for path in budget:
            office.get(path)
            with CaptureQueriesContext(connection) as seen:
                pages[path] = office.get(path)
            spent[path] = len(seen)
        own = {path: owner.get(path) for path in (reverse("incentive-grants"), reverse("dashboard"))}
    assert {path: page.status_code for path, page in pages.items()} == dict.fromkeys(budget, 200)
    assert {path: cost for path, cost in spent.items() if cost > budget[path]} == {}
    assert "Overdue reports (199)" in pages[reverse("incentive-duties")].content.decode()
    assert pages[f"{desk}?overdue=1&state=granted"].context["cl"].result_count == 199
    assert pages[f"{desk}?q=du+an+000007"].context["cl"].result_count == 1
    assert "Next page" in own[reverse("incentive-grants")].content.decode()
    assert own[reverse("dashboard")].content.decode().count("Annual report on 2026") == 5
