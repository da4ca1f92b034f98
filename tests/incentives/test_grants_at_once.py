"""The same thing from several sides at the same moment: one report, one revocation, one reminder."""

from __future__ import annotations

from datetime import date

import pytest

from cases.errors import WrongState
from incentives.grants import reporting, revoking
from incentives.grants.revoking import Told
from incentives.models import DutyReminder, GrantEvent, IncentiveGrant, ReportFiling
from incentives.tasks import remind_of_reports
from notifications.models import Message
from tests.incentives.granted import on, row, statement
from tests.parallel import at_once
from tests.walk import Cast

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2027, 4, 8)
TIMES = 6


def test_one_report_one_reminder_and_one_revocation_however_many_ask_at_once() -> None:
    cast = Cast()
    grant = row(cast.organisation, "HPUD-2026-000001")
    told = statement(grant)

    def file(number: int) -> ReportFiling:
        here, key = IncentiveGrant.objects.get(pk=grant.pk), "same" if number % 2 else f"own-{number}"
        return reporting.file(here, 2026, told, by=cast["owner"], declared=True, key=key)

    def revoke(_number: int) -> GrantEvent:
        here = IncentiveGrant.objects.get(pk=grant.pk)
        return revoking.revoke(here, Told("NO_REPORT", DAY, DAY, "Không báo cáo."), by=cast["signer"])

    with on(DAY):
        reminded = at_once(lambda _number: remind_of_reports(), TIMES)
        filed = at_once(file, TIMES)
        revoked = at_once(revoke, TIMES)
    assert sum(count for count in reminded if isinstance(count, int)) == DutyReminder.objects.count() == 1
    assert Message.objects.filter(template="grant-reminder").count() == 3
    filing = ReportFiling.objects.get()
    assert {answer.pk for answer in filed if isinstance(answer, ReportFiling)} == {filing.pk}
    assert all(isinstance(answer, ReportFiling | WrongState) for answer in filed)
    assert sum(isinstance(answer, GrantEvent) for answer in revoked) == 1
    assert sum(isinstance(answer, WrongState) for answer in revoked) == TIMES - 1
    assert Message.objects.filter(template="grant-revocation").count() == 3
