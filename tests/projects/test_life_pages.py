"""The acts as pages and for programs: a form, what it will do, one button; and the officials' list."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

from certificates.models import Certificate
from projects import life
from projects.chain import append, totals, verify
from projects.models import LifeInformed, LifeNotice, Project
from projects.page_parts import actions_for
from tests.projects.lives import in_state, licensed, on, told
from tests.walk import Cast

pytestmark = [pytest.mark.django_db]
DAY = date(2026, 6, 15)
ENGLISH = {"accept-language": "en"}
WORDS = {"suspend": "suspended", "resume": "active", "terminate": "terminated", "revoke": "terminated"}


@pytest.fixture
def cast(db: None) -> Cast:
    """Everybody, reading English; the consultant's letter ended the day before DAY."""
    with on(DAY):
        cast = Cast()
    for person in cast.people.values():
        person.language = "en"
        person.save()
    return cast


@pytest.fixture
def project(cast: Cast) -> Project:
    return licensed(cast)


def fields(act: str, day: date = DAY, **changes: Any) -> dict[str, str]:
    """What the form of an act sends."""
    facts = told(act, day)
    sent = {
        "decided_on": str(facts.decided_on), "effective_on": str(facts.effective_on), "ground": facts.ground,
        "reason": facts.reason, "key": "the-key",
    }  # fmt: skip
    return (
        sent
        | ({"until": str(facts.until)} if facts.until else {})
        | {name: str(text) for name, text in changes.items()}
    )


def address(project: Project, act: str) -> str:
    return f"/projects/{project.code}/{act}/"


@pytest.fixture
def signer(client: Client, cast: Cast) -> Client:
    """The browser of whoever signs for the company."""
    client.force_login(cast["signer of the company"])
    return client


# --- form, preview, act ---------------------------------------------------------------------------------------------
def test_ending_a_project_takes_three_pages_and_happens_on_the_third(signer: Client, project: Project) -> None:
    number = Certificate.objects.get(case=project.case).number
    with on(DAY):
        form = signer.get(address(project, "terminate"), headers=ENGLISH).content.decode()
        assert "Report the end of the project" in form
        assert 'value="preview"' in form
        assert 'value="act"' not in form
        preview = signer.post(address(project, "terminate"), fields("terminate", step="preview"), headers=ENGLISH)
        html = preview.content.decode()
        assert Project.objects.get(pk=project.pk).state == "active"
        assert not LifeNotice.objects.exists()
        for said in ("What this does", "Terminated", "Surrendered", str(number), "USD 0", "6 Jul 2026", "18 Jun 2026"):
            assert said in html, said
        done = signer.post(address(project, "terminate"), fields("terminate", step="act"), headers=ENGLISH)
        assert (done.status_code, done["Location"]) == (302, f"/projects/{project.code}/#life")
        page = signer.get(done["Location"], headers=ENGLISH).content.decode()
    assert "The project now stands at “Terminated”." in page.replace("&#x27;", "'")
    assert "Thiếu đơn hàng." in page
    assert totals(project)["total_usd"] == 0
    assert verify().ok


def test_the_button_pressed_twice_is_one_act(signer: Client, project: Project) -> None:
    with on(DAY):
        answers = [signer.post(address(project, "suspend"), fields("suspend", step="act")) for _press in range(3)]
    assert {answer.status_code for answer in answers} == {302}
    assert (LifeNotice.objects.count(), project.events.count()) == (1, 2)


def test_the_preview_can_be_left_to_change_what_was_stated(signer: Client, project: Project) -> None:
    with on(DAY):
        html = signer.post(address(project, "suspend"), fields("suspend", step="change")).content.decode()
    assert 'value="2026-06-28"' in html
    assert "Thiếu đơn hàng." in html
    assert 'value="the-key"' in html


@pytest.mark.parametrize("step", ["preview", "act"])
def test_bad_input_keeps_what_was_typed_and_says_everything(step: str, signer: Client, project: Project) -> None:
    sent = fields("suspend", until="2027-06-15", decided_on="2026-06-16", step=step)
    with on(DAY):
        answer = signer.post(address(project, "suspend"), sent, headers=ENGLISH)
        html = answer.content.decode()
        assert answer.status_code == 422
        assert html.count("at most until 14/06/2027.") == 2, "in the summary and beside the field"
        assert html.count("The decision cannot lie in the future.") == 2
        assert 'value="2027-06-15"' in html
        assert "Thiếu đơn hàng." in html
        empty = signer.post(address(project, "suspend"), {"step": step}, headers=ENGLISH)
    assert empty.status_code == 422
    assert empty.content.decode().count('href="#id_') == 4, "the one ground there is need not be chosen"
    assert not LifeNotice.objects.exists()


def test_a_late_notice_is_told_before_and_taken_all_the_same(signer: Client, project: Project) -> None:
    sent = fields("terminate", decided_on="2026-05-04")
    with on(DAY):
        html = signer.post(address(project, "terminate"), sent | {"step": "preview"}, headers=ENGLISH).content.decode()
        assert "The notice is late" in html
        assert "by 25 May 2026" in html
        signer.post(address(project, "terminate"), sent | {"step": "act"})
    assert LifeNotice.objects.get().late


def test_an_act_that_is_not_possible_any_more_is_a_409_with_the_way_back(signer: Client, cast: Cast) -> None:
    project = in_state("terminated", cast)
    with on(DAY):
        for answer in (
            signer.get(address(project, "terminate"), headers=ENGLISH),
            signer.post(address(project, "terminate"), fields("terminate", step="act", key="new"), headers=ENGLISH),
        ):
            assert answer.status_code == 409
            assert "while the project stands at “Terminated”" in answer.content.decode()
            assert project.get_absolute_url() in answer.content.decode()


ROLES = ("owner", "preparer", "observer", "consultant with an ended letter", "outsider", "appraiser", "statistician")


@pytest.mark.parametrize("role", ROLES)
def test_who_may_not_act_finds_no_button_and_no_form(role: str, client: Client, cast: Cast, project: Project) -> None:
    client.force_login(cast[role])
    with on(DAY):
        page = client.get(project.get_absolute_url()).content.decode()
        for act in life.ACTS:
            assert address(project, act) not in page
            assert client.get(address(project, act)).status_code == 403
            assert client.post(address(project, act), fields(act, step="act")).status_code == 403
    assert not LifeNotice.objects.exists()


@pytest.mark.parametrize(
    ("role", "labels"),
    [
        ("signer of the company", ["Report a suspension", "Report the end of the project"]),
        ("desk officer", ["Report a suspension"]),
        ("signer", ["Report a suspension", "Terminate the project", "Revoke the certificate"]),
        ("observer", []),
    ],
)
def test_the_page_of_the_project_offers_what_the_reader_may_do(
    role: str, labels: list[str], client: Client, cast: Cast, project: Project
) -> None:
    ours = {address(project, act) for act in life.ACTS}
    client.force_login(cast[role])
    with on(DAY):
        found = [url for _action, url in actions_for(project, cast[role]) if url in ours]
        html = client.get(project.get_absolute_url(), headers=ENGLISH).content.decode()
    assert len(found) == len(labels)
    for label in labels:
        assert f">{label}</a>" in html


def test_an_officials_revocation_says_ground_and_clause(client: Client, cast: Cast, project: Project) -> None:
    client.force_login(cast["signer"])
    with on(DAY):
        sent = fields("revoke", ground="other_of_article_67", step="preview")
        html = client.post(address(project, "revoke"), sent, headers=ENGLISH).content.decode()
        assert "has not been confirmed against the text of the law (D96 67)" in html
        assert "Revoked" in html
        client.post(address(project, "revoke"), sent | {"step": "act"})
    assert Certificate.objects.get(case=project.case).state == "revoked"
    assert LifeNotice.objects.get().clause == "D96 67"


# --- the box --------------------------------------------------------------------------------------------------------
def test_strangers_read_that_it_is_suspended_and_nothing_of_why(client: Client, cast: Cast, project: Project) -> None:
    with on(DAY):
        life.suspend(project, by=cast["signer of the company"], told=told("suspend", DAY))
        pages = {}
        for role in ("nobody", "outsider", "observer", "desk officer"):
            client.logout() if role == "nobody" else client.force_login(cast[role])
            pages[role] = client.get(project.get_absolute_url(), headers=ENGLISH).content.decode()
    for role, html in pages.items():
        assert "15 Jun 2026 to 28 Jun 2026" in html, role
        assert "12 months allowed (D96 65)" in html, role
        assert ("Thiếu đơn hàng." in html) == (role in ("observer", "desk officer")), role
        assert ("Inform others by 18 Jun 2026." in html) == (role == "desk officer"), role
        assert ("/informed/" in html) == (role == "desk officer"), role


def test_the_box_counts_the_days_and_says_what_has_passed(client: Client, cast: Cast, project: Project) -> None:
    with on(DAY):
        life.suspend(project, by=cast["signer of the company"], told=told("suspend", DAY))
    with on(date(2026, 7, 4)):
        html = client.get(project.get_absolute_url(), headers=ENGLISH).content.decode()
    assert re.search(r"Suspended in all</dt><dd>20 days", html)
    assert "28 Jun 2026" in html
    assert "passed" in html
    assert "14 Jun 2027" in html
    with on(date(2027, 6, 15)):
        assert "exceeded" in client.get(project.get_absolute_url(), headers=ENGLISH).content.decode()


# --- informing the others -------------------------------------------------------------------------------------------
def test_that_others_were_informed_is_written_down_once(client: Client, cast: Cast, project: Project) -> None:
    client.force_login(cast["desk officer"])
    with on(DAY):
        notice = life.suspend(project, by=cast["signer of the company"], told=told("suspend", DAY))
        way = f"/projects/{project.code}/life/{notice.pk}/informed/"
        assert client.get(way).status_code == 200
        bad = client.post(way, {"informed_on": "2026-06-16", "offices": "Thuế"}, headers=ENGLISH)
        assert bad.status_code == 422
        assert "This day lies in the future." in bad.content.decode()
        assert "Thuế" in bad.content.decode()
        sent = {"informed_on": "2026-06-15", "offices": "Thuế, Hải quan"}
        assert [client.post(way, sent).status_code for _press in range(2)] == [302, 302]
        assert "Thuế, Hải quan" in client.get(project.get_absolute_url()).content.decode()
    assert LifeInformed.objects.get().offices == "Thuế, Hải quan"


# --- the list -------------------------------------------------------------------------------------------------------
def suspended_projects(cast: Cast, count: int) -> None:
    """Taken-over projects, each suspended by the desk on paper."""
    for number in range(count):
        project = Project.objects.create(name=f"Dự án {number}", state="active", imported=True)
        append(project, "issue", effective_on=date(2020, 1, 1), by=None)
        with on(DAY):
            until = DAY + timedelta(days=number)
            life.suspend(project, by=cast["desk officer"], told=told("suspend", DAY, until=until))


def test_the_list_shows_what_ends_and_whom_to_inform_in_few_queries(
    client: Client, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    client.force_login(cast["desk officer"])
    counts = []
    for count in (2, 30):
        suspended_projects(cast, count)
        with on(date(2026, 6, 19)), django_assert_max_num_queries(8) as seen:
            html = client.get("/projects/life/", headers=ENGLISH).content.decode()
        counts.append(len(seen))
    assert counts[0] == counts[1], "whatever the number of projects"
    assert "Suspensions that run (32)" in html
    assert html.count("Overdue") == 32
    assert html.index("Dự án 0") < html.index("Dự án 29")
    assert "Others were informed" in html


@pytest.mark.parametrize(("role", "code"), [("owner", 403), ("signer of the company", 403), ("appraiser", 200)])
def test_the_list_is_for_officials(role: str, code: int, client: Client, cast: Cast) -> None:
    client.force_login(cast[role])
    assert client.get("/projects/life/").status_code == code


# --- for programs ---------------------------------------------------------------------------------------------------
def api_of(cast: Cast, role: str) -> APIClient:
    api = APIClient(headers={"accept-language": "en"})
    api.force_login(cast[role])
    return api


def stated(act: str, **changes: Any) -> dict[str, Any]:
    sent = fields(act)
    del sent["key"]
    return sent | changes


def test_a_program_suspends_resumes_and_ends_a_project(cast: Cast, project: Project) -> None:
    api, root = api_of(cast, "signer of the company"), f"/api/v1/projects/{project.code}"
    with on(DAY):
        for act in ("suspend", "resume", "terminate"):
            body = api.post(f"{root}/{act}/", stated(act), format="json").json()
            assert body["state"] == WORDS[act]
    assert (body["kind"], body["ground"], body["clause"], body["event"]) == (
        "termination", "own_decision", "D96 66(2)", 4,
    )  # fmt: skip
    assert body["certificate"] == Certificate.objects.get(case=project.case).number
    assert (body["notice_due_on"], body["late"], body["inform_by"]) == ("2026-07-06", False, "2026-06-18")


def test_a_program_gets_the_same_refusals(cast: Cast, project: Project) -> None:
    root = f"/api/v1/projects/{project.code}"
    api = api_of(cast, "signer of the company")
    with on(DAY):
        assert api.post(f"{root}/resume/", stated("resume"), format="json").status_code == 409
        assert api.post(f"{root}/revoke/", stated("revoke"), format="json").status_code == 403
        assert api_of(cast, "outsider").post(f"{root}/suspend/", stated("suspend"), format="json").status_code == 403
        assert api.post("/api/v1/projects/DA-999999/suspend/", stated("suspend"), format="json").status_code == 404
        bad = api.post(f"{root}/suspend/", stated("suspend", until="2027-06-15", reason=""), format="json")
        assert bad.status_code == 400
        assert set(bad.json()["errors"]) == {"until", "reason"}
        assert "at most until 14/06/2027" in bad.json()["errors"]["until"][0]
        assert api.post(f"{root}/suspend/", ["x"], format="json").status_code == 400
        assert api.post(f"{root}/suspend/", {"decided_on": "soon"}, format="json").status_code == 400
    assert APIClient().post(f"{root}/suspend/", stated("suspend"), format="json").status_code == 401
    assert not LifeNotice.objects.exists()


def test_a_program_that_repeats_its_key_gets_its_answer_again(cast: Cast, project: Project) -> None:
    api, way = api_of(cast, "signer of the company"), f"/api/v1/projects/{project.code}/suspend/"
    with on(DAY):
        answers = [
            api.post(way, stated("suspend"), format="json", headers={"idempotency-key": "k"}) for _time in range(2)
        ]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    assert LifeNotice.objects.count() == 1
