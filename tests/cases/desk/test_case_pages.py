"""The pages of a case: what each shows, and that none of them is a way to change the case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.utils import timezone

from accounts.models import User
from cases import transitions as verbs
from cases.desk.case_file import SECTIONS
from cases.models import Case, Event
from cases.states import Status
from cases.transitions import actions_for
from cases.uploads import attach
from tests.cases.desk.pages import page, queue, text_of
from tests.walk import Cast, kinds, pdf, walk

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
SignIn = Callable[[User], Client]
OFFICIALS = ("desk officer", "appraiser", "signer", "administrator")
AFTER_DRAFT = [status for status in Status if status != Status.DRAFT]


@pytest.mark.parametrize("kind", kinds())
@pytest.mark.parametrize("section", SECTIONS)
def test_every_page_of_every_kind_opens_in_both_languages(
    cast: Cast, sit_down: SignIn, kind: str, section: str
) -> None:
    case = walk(kind, Status.PROPOSED, cast)
    for language in ("vi", "en"):
        User.objects.filter(pk=cast["signer"].pk).update(language=language)
        answer = sit_down(cast["signer"]).get(page(case, section, list="whose=signature"))
        assert answer.status_code == 200
        assert 'href=""' not in answer.content.decode()
        words = text_of(answer)
        assert case.reference in words
        assert case.organisation.name in words


@pytest.mark.parametrize("status", AFTER_DRAFT)
@pytest.mark.parametrize("role", OFFICIALS)
def test_the_buttons_are_exactly_what_this_person_may_do_now(
    cast: Cast, sit_down: SignIn, role: str, status: Status
) -> None:
    case = walk("petition", status, cast)
    answer = sit_down(cast[role]).get(page(case))
    shown = {action.name for action in answer.context["file"].actions}
    assert shown == {verb.name for verb in actions_for(cast[role], Case.objects.get(pk=case.pk))}
    for name in shown:
        assert page(case, name) in answer.content.decode()
    assert answer.content.decode().count("btn-primary") <= 1


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_posting_raw_fields_to_the_change_page_changes_nothing(cast: Cast, sit_down: SignIn, method: str) -> None:
    case = walk("petition", Status.SUBMITTED, cast)
    before = Case.objects.filter(pk=case.pk).values().get()
    operator = User.objects.create_superuser("operator@office.example", "a-long-password")
    for user in (operator, cast["administrator"]):
        data = {"status": "issued", "officer": str(user.pk), "title": "x", "version": "99", "_save": "Save"}
        answer = getattr(sit_down(user), method)(page(case), data)
        assert answer.status_code == 405
    assert Case.objects.filter(pk=case.pk).values().get() == before
    assert Event.objects.filter(case=case).count() == 1


@pytest.mark.parametrize("place", ["add/", "{pk}/delete/"])
def test_a_case_is_neither_added_nor_deleted_here_not_even_by_an_operator(
    cast: Cast, sit_down: SignIn, place: str
) -> None:
    case = walk("petition", Status.SUBMITTED, cast)
    client = sit_down(User.objects.create_superuser("operator@office.example", "a-long-password"))
    address = f"/admin/cases/case/{place.format(pk=case.pk)}"
    assert client.get(address).status_code == 403
    assert client.post(address, {"post": "yes"}).status_code == 403
    assert client.post(queue(), {"action": "delete_selected", "_selected_action": [case.pk]}).status_code == 405
    assert Case.objects.filter(pk=case.pk).exists()


@pytest.mark.parametrize("section", [*SECTIONS, "accept"])
def test_an_investor_does_not_come_in(cast: Cast, sit_down: SignIn, section: str) -> None:
    case = walk("petition", Status.SUBMITTED, cast)
    answer = sit_down(cast["owner"]).get(page(case, section))
    assert answer.status_code in (302, 403)
    assert case.title not in answer.content.decode()


def test_the_history_of_a_case_is_its_timeline(cast: Cast, sit_down: SignIn) -> None:
    case = walk("petition", Status.SUBMITTED, cast)
    answer = sit_down(cast["desk officer"]).get(f"/admin/cases/case/{case.pk}/history/")
    assert answer.headers["Location"] == page(case, "timeline")


def test_what_changed_since_the_last_submission_is_marked_and_comes_first(cast: Cast, sit_down: SignIn) -> None:
    case = walk("petition", Status.ACCEPTED, cast)
    before = case.dossier.title()
    verbs.request_supplement(
        case, by=cast["appraiser"], reasons="Tên.", pins=[{"path": "subject", "text": "Tên chưa khớp."}]
    )
    dossier = Case.objects.get(pk=case.pk).dossier
    dossier.subject = "Đề nghị đã sửa"  # type: ignore[attr-defined]
    dossier.save()
    verbs.supplement(case, by=cast["signer of the company"])
    client = sit_down(cast["appraiser"])
    summary = client.get(page(case)).context["comparison"]
    assert [(change.path, change.before, change.after) for change in summary.changes] == [
        ("subject", before, "Đề nghị đã sửa")
    ]
    form = client.get(page(case, "form")).context["parts"]
    assert {row.path: row.before for part in form for row in part.rows if row.changed} == {"subject": before}


def test_a_single_submission_has_nothing_to_compare(cast: Cast, sit_down: SignIn) -> None:
    case = walk("petition", Status.ACCEPTED, cast)
    assert sit_down(cast["appraiser"]).get(page(case)).context["comparison"] is None


def test_four_eyes_are_told_in_words(cast: Cast, sit_down: SignIn) -> None:
    case = walk("petition", Status.PROPOSED, cast)
    User.objects.filter(is_staff=True).update(language="en")
    assert "You proposed this decision" in text_of(sit_down(cast["appraiser"]).get(page(case)))
    assert f"{cast['appraiser']} proposed this decision" in text_of(sit_down(cast["signer"]).get(page(case)))


def test_ticked_answers_lead_to_a_request_with_those_points(cast: Cast, sit_down: SignIn) -> None:
    case = walk("petition", Status.ACCEPTED, cast)
    client = sit_down(cast["appraiser"])
    form = client.get(page(case, "form")).content.decode()
    assert 'name="pin" value="subject"' in form
    assert f'formaction="{page(case, "request_supplement")}"' in form
    answer = client.get(page(case, "request_supplement") + "?pin=subject&pin=amount")
    assert [row.path for row in answer.context["pin_rows"]][:2] == ["subject", "amount"]


def test_a_reader_without_a_request_to_make_has_nothing_to_tick(cast: Cast, sit_down: SignIn) -> None:
    case = walk("petition", Status.ACCEPTED, cast)
    assert 'name="pin"' not in sit_down(cast["signer"]).get(page(case, "form")).content.decode()


def test_previous_and_next_follow_the_list_the_case_was_opened_from(cast: Cast, sit_down: SignIn) -> None:
    mine = [walk("petition", Status.ACCEPTED, cast) for _number in range(3)]
    for case in mine[::2]:
        verbs.assign(case, by=cast["desk officer"], officer=cast["appraiser"])
    client = sit_down(cast["appraiser"])
    listed = {"list": "whose=mine&sort=newest"}
    assert page(mine[0]) in client.get(page(mine[2], "after", **listed)).headers["Location"]
    back = client.get(page(mine[0], "before", **listed)).headers["Location"]
    assert back == page(mine[2], **listed)
    # A case that has left the list still knows its place in it.
    verbs.assign(mine[2], by=cast["desk officer"], officer=cast["signer"])
    assert page(mine[0]) in client.get(page(mine[2], "after", **listed)).headers["Location"]
    answer = client.get(page(mine[0], "after", **listed), follow=True)
    assert [str(message) for message in get_messages(answer.wsgi_request)] or answer.context["messages"]


def test_every_move_appears_once_on_the_timeline_with_its_paper(cast: Cast, sit_down: SignIn) -> None:
    case = walk("petition", Status.REFUSED, cast)
    entries = sit_down(cast["signer"]).get(page(case, "timeline")).context["moves"]
    assert [entry.verb for entry, _pins in reversed(entries)] == ["", "submit", "accept", "propose", "refuse"]
    assert entries[0][0].notice is not None


def test_the_points_of_a_request_are_named_as_the_form_names_them(cast: Cast, sit_down: SignIn) -> None:
    case = walk("petition", Status.ACCEPTED, cast)
    pins = [{"path": "subject", "text": "Chưa khớp."}, {"path": "papers.a", "text": "Thiếu chữ ký."}]
    verbs.request_supplement(case, by=cast["appraiser"], reasons="x", pins=pins)
    _entry, labelled = sit_down(cast["appraiser"]).get(page(case, "timeline")).context["moves"][0]
    assert [pin["label"] for pin in labelled] == ["Subject", "Văn bản kiến nghị"]


def test_silence_of_another_office_is_shown_as_agreement(cast: Cast, sit_down: SignIn) -> None:
    case = walk("petition", Status.ACCEPTED, cast)
    next_week = timezone.localdate() + timedelta(days=7)
    verbs.ask_opinion(case, by=cast["appraiser"], office="Sở Xây dựng", question="?", due_on=next_week)
    case.opinions.update(due_on=timezone.localdate() - timedelta(days=1))
    asked = sit_down(cast["appraiser"]).get(page(case, "opinions")).context["asked"]
    assert [(line.opinion.office, line.state) for line in asked] == [("Sở Xây dựng", "silent")]


def test_a_replaced_paper_stays_readable_beside_the_newer_one(cast: Cast, sit_down: SignIn) -> None:
    case = walk("petition", Status.RETURNED, cast)
    older = case.attachments.get()
    attach(case, by=cast["preparer"], paper=older.paper, upload=pdf("newer.pdf"))
    client = sit_down(cast["desk officer"])
    answer = client.get(page(case, "papers", paper=older.pk))
    assert answer.context["chosen"] == older
    assert "newer.pdf" in text_of(answer)
    assert 'value="accepted"' not in answer.content.decode()
    assert 'value="accepted"' in client.get(page(case, "papers")).content.decode()
