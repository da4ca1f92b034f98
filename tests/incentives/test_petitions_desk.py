"""Petitions on the officials' desk: who may, what an adoption says beforehand, and that nothing typed is lost."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.roles import ADMINISTRATOR, APPRAISER, DESK_OFFICER, ROLES, SIGNER, STATISTICIAN
from incentives.models import Petition
from incentives.petitions import acts, forms
from notifications.models import Message
from tests.incentives.test_petitions import TODAY, WORDS, licensed, line, named
from tests.walk import company, member, official, pdf

pytestmark = pytest.mark.django_db
BASE = "/admin/incentives/petition/"
PAGES = ("edit", "evidence", "projects", "send", "answer", "adopt", "withdraw")


def desk(role: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(official(role, language="en"), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def petition() -> Petition:
    return acts.record(WORDS, by=official(APPRAISER))


@pytest.mark.parametrize("role", ROLES)
def test_every_official_reads_and_only_two_roles_write(role: str, petition: Petition) -> None:
    client = desk(role)
    page = client.get(f"{BASE}{petition.pk}/change/")
    assert (client.get(BASE).status_code, page.status_code) == (200, 200)
    writes = role in (APPRAISER, ADMINISTRATOR)
    assert (f"{BASE}{petition.pk}/send/" in page.content.decode()) == writes
    for name in PAGES:
        status = client.get(f"{BASE}{petition.pk}/{name}/").status_code
        assert status == (403 if not writes else 409 if name in ("answer", "adopt") else 200), name
        if not writes:
            assert client.post(f"{BASE}{petition.pk}/{name}/", {}).status_code == 403
    assert client.get(f"{BASE}add/").status_code == (200 if writes else 403)
    assert Petition.objects.get(pk=petition.pk).state == "drafted"


def test_a_draft_is_written_with_everything_that_is_wrong_at_once_and_nothing_lost() -> None:
    client = desk(APPRAISER)
    page = client.post(f"{BASE}add/", WORDS | {"name_vi": "", "sectors": "2013, abc", "asked_en": "Kept words"})
    text = page.content.decode()
    assert page.status_code == 422
    assert 'href="#id_name_vi"' in text
    assert "These are no VSIC codes of 2 to 5 digits: abc." in text
    assert "Kept words" in text
    assert client.post(f"{BASE}add/", WORDS).status_code == 302
    made = Petition.objects.get(imported=False)
    changed = client.post(f"{BASE}{made.pk}/edit/", WORDS | {"name_en": "Other powder"})
    assert changed.status_code == 302
    assert [event.verb for event in made.events.all()] == ["recorded", "edited"]
    assert made.events.last().facts["name_en"] == "Other powder"


def test_evidence_brings_a_file_that_only_officials_read(petition: Petition) -> None:
    client = desk(APPRAISER)
    facts = {"text_vi": "Ba nhà máy.", "source": "Sở Công Thương"}
    wrong = client.post(f"{BASE}{petition.pk}/evidence/", facts | {"file": pdf("not-a.docx")})
    assert wrong.status_code == 422
    assert "Ba nhà máy." in wrong.content.decode()
    assert client.post(f"{BASE}{petition.pk}/evidence/", facts | {"file": pdf("study.pdf")}).status_code == 302
    kept = petition.evidence.get()
    address = f"{BASE}{petition.pk}/evidence/{kept.pk}/"
    assert b"".join(desk(STATISTICIAN).get(address).streaming_content).startswith(b"%PDF")
    assert Client().get(address).status_code == 302
    acts.send(petition, by=official(APPRAISER), to="Bộ", on=TODAY)
    assert "study.pdf" not in Client().get(petition.get_absolute_url()).content.decode()


def test_projects_are_ticked_put_by_code_and_taken_out(petition: Petition) -> None:
    client, address = desk(ADMINISTRATOR), f"{BASE}{petition.pk}/projects/"
    strong, weak, other = licensed("A", sector="2013"), licensed("B", sector="20"), licensed("C")
    text = client.get(address).content.decode()
    assert text.count('name="add"') == 2
    assert f'value="{strong.pk}" checked' in text
    assert f'value="{weak.pk}" checked' not in text
    wrong = client.post(address, {"add": [strong.pk], "codes": "DA-999999"})
    assert wrong.status_code == 422
    assert f'value="{strong.pk}" checked' in wrong.content.decode()
    assert client.post(address, {"add": [strong.pk, other.pk], "codes": str(other.code)}).status_code == 302
    assert {(row.project, row.why) for row in petition.affected.standing()} == {(strong, "sector"), (other, "hand")}
    client.post(address, {"remove": [other.pk]})
    assert [row.project for row in petition.affected.standing()] == [strong]


def test_an_adoption_says_beforehand_what_it_does_and_does_it_once(petition: Petition) -> None:
    appraiser, one = official(APPRAISER), company()
    person = member(one, "owner")
    projects = [licensed("A", organisation=one), licensed("B"), licensed("C", state="terminated")]
    acts.send(named(petition, *projects, by=appraiser), by=appraiser, to="Bộ", on=TODAY)
    client, address = desk(APPRAISER), f"{BASE}{petition.pk}/adopt/"
    assert client.post(address, {"step": "preview", "adopted_on": "2026-11-24"}).status_code == 422  # no line
    new = line()
    assert "By their words these fit: MAT-01." in client.get(address).content.decode()
    told = {"lines": [new.pk], "adopted_on": "2026-11-24", "projects": [projects[0].pk, projects[1].pk], "key": "k"}
    seen = client.post(address, told | {"step": "preview"}).content.decode()
    assert Message.objects.count() == 0
    assert person.email in seen
    assert "Nobody: no company of this portal" in seen
    assert seen.index("Not eligible by this adoption") < seen.index(str(projects[2].code))
    for _again in range(2):
        assert client.post(address, told | {"step": "act"}).status_code == 302
    assert client.post(address, told | {"step": "act", "key": "another"}).status_code == 409
    assert Message.objects.filter(template="petition-adopted").count() == 1
    assert petition.affected.filter(told_at__isnull=False).get().project == projects[0]
    assert petition.affected.filter(eligible_on="2026-12-01").count() == 2


def test_an_adoption_for_very_many_projects_can_still_be_sent(
    petition: Petition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forms, "MANY", 2)
    appraiser = official(APPRAISER)
    projects = [licensed(f"P{number}") for number in range(3)]
    acts.send(named(petition, *projects, by=appraiser), by=appraiser, to="Bộ", on=TODAY)
    client, address = desk(APPRAISER), f"{BASE}{petition.pk}/adopt/"
    assert "All 3 projects; take single ones out beforehand" in client.get(address).content.decode()
    client.post(
        address, {"lines": [line().pk], "adopted_on": "2026-11-24", "projects": ["0"], "step": "act", "key": "k"}
    )
    assert petition.affected.filter(eligible_on__isnull=False).count() == 3


def test_the_answer_and_the_withdrawal_stay_to_be_read(petition: Petition) -> None:
    client = desk(APPRAISER)
    client.post(f"{BASE}{petition.pk}/send/", {"sent_to": "Bộ Công Thương", "sent_on": "2026-11-20", "key": "s"})
    late = {"outcome": "answered", "text_vi": "Đang xem xét.", "text_en": "Under study.", "by": "Cục Công nghiệp"}
    assert client.post(f"{BASE}{petition.pk}/answer/", late | {"answered_on": "2026-11-01"}).status_code == 422
    assert client.post(f"{BASE}{petition.pk}/answer/", late | {"answered_on": "2026-11-24"}).status_code == 302
    assert client.post(f"{BASE}{petition.pk}/withdraw/", {"reason": "Thay bằng kiến nghị khác"}).status_code == 302
    text = Client(headers={"accept-language": "en"}).get(petition.get_absolute_url()).content.decode()
    assert "Under study." in text
    assert "Withdrawn" in text


@pytest.mark.parametrize("role", [DESK_OFFICER, SIGNER])
def test_list_and_page_cost_the_same_however_much_there_is(role: str, petition: Petition) -> None:
    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return len(found)

    client, appraiser = desk(role), official(APPRAISER)
    addresses = (BASE, f"{BASE}{petition.pk}/change/")
    few = [queries(address) for address in addresses]
    for _one in range(8):
        acts.record(WORDS, by=appraiser)
        acts.add_evidence(petition, by=appraiser, text_vi="x", text_en="", source="y")
    named(petition, *(licensed(f"P{number}") for number in range(8)), by=appraiser)
    many = [queries(address) for address in addresses]
    assert many[0] == few[0] <= 9
    assert many[1] <= 14
