"""The head of the chains is kept once a day, published, and never changed."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from projects.chain import append, verify
from projects.models import ChainHead, Project
from projects.tasks import verify_chains
from tests.projects.tampering import capital

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture
def reader() -> Client:
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def project() -> Project:
    project = Project.objects.create(name="LG Innotek Hải Phòng", state="active", country="KR")
    append(project, "issue", capital=capital(180_000_000, 369_000_000), effective_on=date(2016, 9, 1), by=None)
    return project


def keep(on: date, head: str = "a" * 64, *, ok: bool = True) -> ChainHead:
    """The head of a day that has passed, verified at 02:10 of Hai Phong."""
    at = datetime(on.year, on.month, on.day, tzinfo=UTC) - timedelta(hours=4, minutes=50)
    return ChainHead.objects.keep(head=head, projects=98, events=1234, ok=ok, at=at)


def test_the_nightly_job_keeps_the_head_and_the_first_of_a_day_stays(project: Project) -> None:
    verify_chains()
    kept = ChainHead.objects.get()
    assert (kept.on, kept.head, kept.projects, kept.events, kept.ok) == (
        timezone.localdate(),
        verify().head,
        1,
        1,
        True,
    )
    append(project, "increase", capital=capital(5), effective_on=date(2026, 1, 1), by=None)
    verify_chains()
    call_command("verify_chain", verbosity=0)
    again = ChainHead.objects.get()
    assert again.head == kept.head != verify().head
    assert again.verified_at == kept.verified_at


def test_the_command_that_ends_the_loading_of_the_demo_keeps_the_head_of_today(project: Project) -> None:
    call_command("verify_chain", verbosity=0)
    kept = ChainHead.objects.get()
    assert (kept.on, kept.head, kept.ok) == (timezone.localdate(), verify().head, True)


def test_a_verification_of_one_project_is_no_head_of_a_day(project: Project) -> None:
    call_command("verify_chain", project=project.code)
    assert not ChainHead.objects.exists()


def test_the_day_of_a_head_is_the_day_in_hai_phong() -> None:
    assert keep(date(2026, 11, 24)).on == date(2026, 11, 24)
    assert keep(date(2026, 11, 25)).verified_at == datetime(2026, 11, 24, 19, 10, tzinfo=UTC)


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_refuses_to_change_or_delete_a_head(change: str) -> None:
    kept = keep(date(2026, 11, 23))
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        found = ChainHead.objects.filter(pk=kept.pk)
        found.update(head="b" * 64) if change == "update" else found.delete()
    kept.refresh_from_db()
    assert kept.head == "a" * 64


def test_the_head_leaves_out_projects_without_an_event(project: Project) -> None:
    before = verify()
    Project.objects.create(name="Approved, certificate to come", state="approved")
    after = verify()
    assert (after.head, after.projects) == (before.head, before.projects + 1)


# --- the page -------------------------------------------------------------------------------------------------------
def test_anybody_reads_the_heads_newest_first_and_pages_back(reader: Client, django_assert_max_num_queries) -> None:
    for day in range(40):
        keep(date(2026, 10, 1) + timedelta(days=day), f"{day:064x}")
    with django_assert_max_num_queries(3):
        page = reader.get(reverse("chain-heads"))
    text = page.content.decode()
    assert reverse("chain-heads") == "/verify/chain/"
    assert len(re.findall(r'<th scope="row"', text)) == 30
    assert text.index(f"{39:064x}") < text.index(f"{38:064x}")
    assert "1,234" in text
    assert f"{9:064x}" not in text
    older = reader.get(reverse("chain-heads") + page.context["next"])
    assert [head.head for head in older.context["heads"]] == [f"{day:064x}" for day in range(9, -1, -1)]
    assert (older.context["next"], older.context["latest"].head) == (None, f"{39:064x}")
    assert reader.get(older.context["previous"]).context["heads"] == page.context["heads"]
    assert reader.get(reverse("chain-heads"), {"before": "nonsense"}).context["heads"] == page.context["heads"]


def test_a_day_on_which_a_chain_did_not_hold_says_so(reader: Client) -> None:
    assert "No hash has been kept yet" in reader.get(reverse("chain-heads")).content.decode()
    keep(date(2026, 11, 23), ok=False)
    text = reader.get(reverse("chain-heads")).content.decode()
    assert "A chain did not hold that day" in text
    assert "One does not hold" in text


def test_the_page_leads_to_the_text_with_the_program(reader: Client) -> None:
    assert reverse("chain-document") in reader.get(reverse("chain-heads")).content.decode()
    answer = reader.get(reverse("chain-document"))
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "import hashlib, json, sys" in answer.content.decode()


def test_the_public_check_shows_the_latest_head_and_leads_to_all(reader: Client, django_assert_max_num_queries) -> None:
    assert reverse("chain-heads") not in reader.get(reverse("verify")).content.decode()
    keep(date(2026, 11, 22), "b" * 64)
    keep(date(2026, 11, 23))
    with django_assert_max_num_queries(1):
        text = reader.get(reverse("verify")).content.decode()
    assert "a" * 64 in text
    assert "b" * 64 not in text
    assert "23 Nov 2026" in text
    assert f'href="{reverse("chain-heads")}"' in text


# --- the API --------------------------------------------------------------------------------------------------------
def test_programs_read_the_newest_hundred_heads_and_a_cursor(reader: Client, django_assert_num_queries) -> None:
    for day in range(120):
        keep(date(2026, 7, 1) + timedelta(days=day), f"{day:064x}")
    with django_assert_num_queries(1):
        answer = reader.get("/api/v1/projects/chain-heads/").json()
    assert len(answer["results"]) == 100
    assert answer["results"][0] == {
        "on": "2026-10-28", "head": f"{119:064x}", "projects": 98, "events": 1234, "ok": True,
        "verified_at": "2026-10-28T02:10:00+07:00",
    }  # fmt: skip
    rest = reader.get(answer["next"]).json()
    assert [row["on"] for row in rest["results"]][-1] == "2026-07-01"
    assert rest["next"] is None
