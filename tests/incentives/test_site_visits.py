"""A site visit is planned, recorded, shown to both sides, and part of what the decision rests on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cases import transitions as verbs
from cases.calendar import local_date
from cases.findings import Outcome
from cases.models import Case
from cases.states import Status
from incentives.models import IncentiveApplication, SiteVisit
from tests.walk import Cast, walk

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def case(cast: Cast) -> Case:
    return walk("incentive", Status.ACCEPTED, cast)


def as_(cast: Cast, name: str) -> Client:
    User.objects.filter(pk=cast[name].pk).update(language="en")
    client = Client(headers={"accept-language": "en"})
    client.force_login(cast[name])
    return client


def test_a_visit_is_planned_recorded_and_weighs_in_the_decision(case: Case, cast: Cast) -> None:
    url, client, today = reverse("incentive-visit", args=[case.pk]), as_(cast, "appraiser"), local_date()
    assert client.post(url, {"planned_on": today.isoformat()}).status_code == 302
    for who in ("owner", "appraiser"):
        page = {"owner": case.get_absolute_url(), "appraiser": reverse("admin:cases_case_change", args=[case.pk])}[who]
        assert "The office comes on" in as_(cast, who).get(page).content.decode()
    told = {"done_on": today.isoformat(), "found": "differs", "minutes": "Thiếu một dây chuyền."}
    assert client.post(url, told | {"minutes": ""}).status_code == 422
    assert client.post(url, told).status_code == 302
    finding = next(one for one in IncentiveApplication.objects.get(case=case).findings(today) if one.code == "visit")
    assert finding.outcome == Outcome.WARNING
    event = verbs.propose(case, by=cast["appraiser"], outcome="approve", clauses="-", facts="-")
    assert "visit" in {one["rule"] for one in event.data["rules"]}
    assert "Thiếu một dây chuyền." not in as_(cast, "owner").get(case.get_absolute_url()).content.decode()


def test_what_cannot_be_is_refused_and_nothing_typed_is_lost(case: Case, cast: Cast) -> None:
    url, client, today = reverse("incentive-visit", args=[case.pk]), as_(cast, "appraiser"), local_date()
    early = client.post(url, {"planned_on": (today - timedelta(days=1)).isoformat()})
    assert early.status_code == 422 and "a day to come" in early.content.decode()
    client.post(url, {"planned_on": today.isoformat()})
    late = client.post(url, {"done_on": (today + timedelta(days=1)).isoformat(), "found": "differs", "minutes": "Chữ."})
    assert late.status_code == 422
    assert "still to come" in late.content.decode() and "Chữ." in late.content.decode()
    verbs.withdraw(case, by=cast["signer of the company"], reason="-")
    after = client.post(url, {"done_on": today.isoformat(), "found": "as_declared"})
    assert after.status_code == 409
    assert SiteVisit.objects.get().done_on is None


def test_the_day_of_the_appraisal_stands_on_the_case(case: Case, cast: Cast) -> None:
    page = as_(cast, "appraiser").get(reverse("admin:cases_case_change", args=[case.pk])).content.decode()
    assert "(15 working days)" in page
