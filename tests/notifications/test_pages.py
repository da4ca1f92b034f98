"""“Messages to you”, the box on the case's page and the officials' list: own letters only, as they were sent."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.db import connection
from django.template import Context, Template
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import roles
from accounts.models import User
from cases.models import Case
from cases.states import Status
from notifications import outbox
from notifications.models import Message
from notifications.panel import PANEL
from notifications.states import State
from tests.notifications.moves import make
from tests.notifications.words import Words
from tests.walk import Cast, official, walk

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def case(cast: Cast) -> Case:
    """A case with letters, all of them sent."""
    walked, _event = make("request_supplement", "petition", cast)
    outbox.sweep()
    return walked


def own(person: User) -> list[Message]:
    return list(Message.objects.filter(person=person).order_by("-pk"))


def test_the_ledger_lists_every_letter_to_the_person_and_none_to_others(cast: Cast, case: Case) -> None:
    page = signed_in(cast["owner"]).get(reverse("message-list")).content.decode()
    letters = own(cast["owner"])
    assert len(letters) == 3
    for letter in letters:
        assert f'href="{letter.get_absolute_url()}"' in page
        assert letter.subject in page
    for letter in own(cast["observer"]):
        assert f'href="{letter.get_absolute_url()}"' not in page


def test_a_person_without_letters_reads_what_will_come(cast: Cast) -> None:
    page = signed_in(cast["outsider"]).get(reverse("message-list")).content.decode()
    assert "No letters yet" in page


def test_long_ledgers_are_paged_without_losing_or_repeating_a_letter(cast: Cast, case: Case) -> None:
    first = own(cast["owner"])[0]
    kept = ("event", "case", "person", "template", "audience", "language", "to", "subject", "text", "html")
    copied = {name: getattr(first, name) for name in kept}
    Message.objects.bulk_create(Message(**copied, key=f"copy-{n}") for n in range(60))
    client, seen, url = signed_in(cast["owner"]), [], reverse("message-list")
    while url:
        answer = client.get(url)
        seen += [letter.pk for letter in answer.context["letters"]]
        last, url = answer, answer.context["next"] and reverse("message-list") + answer.context["next"]
    assert seen == [letter.pk for letter in own(cast["owner"])]
    back = client.get(reverse("message-list") + last.context["previous"])
    assert [letter.pk for letter in back.context["letters"]] == seen[25:50]


def test_a_letter_is_shown_word_for_word_with_every_attempt(cast: Cast, case: Case) -> None:
    letter = own(cast["owner"])[0]
    page = signed_in(cast["owner"]).get(letter.get_absolute_url()).content.decode()
    assert "".join(letter.text.split()) in "".join(Words(page).words)
    assert letter.to in page
    assert letter.message_id.strip("<>") in page
    assert "Every attempt to send this letter" in page


@pytest.mark.parametrize("who", ["observer", "outsider", "statistician"])
def test_a_letter_to_somebody_else_is_not_found(cast: Cast, case: Case, who: str) -> None:
    letter = own(cast["owner"])[0]
    client = signed_in(cast[who])
    assert client.get(letter.get_absolute_url()).status_code == 404
    assert client.post(reverse("message-again", args=[letter.pk])).status_code == 404
    assert not letter.sent_again.exists()


def test_nobody_reads_letters_without_signing_in(cast: Cast, case: Case) -> None:
    for url in (reverse("message-list"), own(cast["owner"])[0].get_absolute_url()):
        assert Client().get(url).status_code == 302


def test_an_official_who_works_on_cases_reads_their_letters(cast: Cast, case: Case) -> None:
    letter = own(cast["owner"])[0]
    page = signed_in(cast["appraiser"]).get(letter.get_absolute_url()).content.decode()
    assert letter.subject in page
    assert reverse("admin:cases_case_change", args=[case.pk]) in page


def test_a_letter_is_sent_again_by_its_reader_once_in_five_minutes(cast: Cast, case: Case) -> None:
    letter = own(cast["owner"])[0]
    client, url = signed_in(cast["owner"]), reverse("message-again", args=[letter.pk])
    early = client.post(url)
    assert letter.sent_again.count() == 0
    assert "can be sent again from" in str(next(iter(get_messages(early.wsgi_request))))
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        client = signed_in(cast["owner"])
        answer = client.post(url, {"next": case.get_absolute_url()})
        client.post(url)
    assert answer.headers["Location"] == case.get_absolute_url()
    assert letter.sent_again.count() == 1


def test_sending_again_never_leads_to_another_site(cast: Cast, case: Case) -> None:
    letter = own(cast["owner"])[0]
    answer = signed_in(cast["owner"]).post(
        reverse("message-again", args=[letter.pk]), {"next": "https://elsewhere.example/"}
    )
    assert answer.headers["Location"] == letter.get_absolute_url()


def test_a_letter_is_not_sent_again_by_following_a_link(cast: Cast, case: Case) -> None:
    letter = own(cast["owner"])[0]
    assert signed_in(cast["owner"]).get(reverse("message-again", args=[letter.pk])).status_code == 405


def test_the_box_on_the_case_shows_each_side_what_it_may_see(cast: Cast, case: Case) -> None:
    inside = PANEL.context(case, cast["owner"])
    assert inside is not None
    assert [letter.person for letter in inside["letters"]] == [cast["owner"]] * 3
    official_box = PANEL.context(case, cast["appraiser"])
    assert official_box is not None
    assert {letter.case for letter in official_box["letters"]} == {case}
    assert case.reference in official_box["all_url"]
    assert PANEL.context(case, cast["statistician"]) is None


def test_a_letter_in_trouble_stands_first_in_the_box(cast: Cast, case: Case) -> None:
    oldest = Message.objects.filter(case=case).order_by("pk")[0]
    Message.objects.filter(pk=oldest.pk).update(state=State.GIVEN_UP)
    box = PANEL.context(case, cast["appraiser"])
    assert box is not None
    assert box["letters"][0] == oldest


def test_the_ledger_can_be_narrowed_to_one_case(cast: Cast, case: Case) -> None:
    walk("petition", Status.SUBMITTED, cast)
    answer = signed_in(cast["owner"]).get(reverse("message-list"), {"case": case.reference.lower()})
    assert {letter.case for letter in answer.context["letters"]} == {case}
    assert case.reference in answer.content.decode()


def test_the_case_page_of_both_sides_shows_the_letters(cast: Cast, case: Case) -> None:
    letter = own(cast["owner"])[0]
    investor = signed_in(cast["owner"]).get(case.get_absolute_url()).content.decode()
    desk = signed_in(cast["appraiser"]).get(reverse("admin:cases_case_change", args=[case.pk])).content.decode()
    assert letter.get_absolute_url() in investor
    assert letter.get_absolute_url() in desk
    assert letter.to in desk
    assert cast["desk officer"].email not in investor


def test_the_error_of_a_letter_is_for_officials(cast: Cast, case: Case) -> None:
    letter = own(cast["owner"])[0]
    Message.objects.filter(pk=letter.pk).update(
        state=State.FAILED, error="550 secret of the server", next_try_at=timezone.now()
    )
    assert "550 secret" not in signed_in(cast["owner"]).get(letter.get_absolute_url()).content.decode()
    desk = signed_in(cast["appraiser"]).get(reverse("admin:cases_case_change", args=[case.pk])).content.decode()
    assert "550 secret" in desk


@pytest.mark.parametrize("state", [State.FAILED, State.GIVEN_UP, State.UNCONFIRMED, State.QUEUED])
def test_every_state_says_what_it_means_and_what_to_do(cast: Cast, case: Case, state: State) -> None:
    letter = own(cast["owner"])[0]
    Message.objects.filter(pk=letter.pk).update(state=state, next_try_at=timezone.now())
    page = signed_in(cast["owner"]).get(letter.get_absolute_url()).content.decode()
    assert str(state.label) in page
    assert {
        State.FAILED: "It is tried again at",
        State.GIVEN_UP: "it is not tried any more",
        State.UNCONFIRMED: "its answer was lost",
        State.QUEUED: "Waiting to be sent",
    }[state] in page


def test_pages_cost_the_same_number_of_queries_for_few_letters_and_many(cast: Cast, case: Case) -> None:
    client = signed_in(cast["owner"])
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("message-list"))
        counts.append(len(queries))
        for _more in range(2):
            walk("petition", Status.ISSUED, cast)
    assert counts[0] == counts[1] <= 6


# --- the officials' list --------------------------------------------------------------------------------------------
LIST = "admin:notifications_message_changelist"


def test_the_officials_list_shows_finds_and_filters_letters_within_its_budget(cast: Cast, case: Case) -> None:
    client = signed_in(cast["desk officer"])
    letter = own(cast["owner"])[0]
    for query in (
        "",
        f"?q={letter.to}",
        f"?q={case.reference}",
        "?q=khuon+mau",
        f"?q={letter.message_id[1:-1]}",
        "?state__exact=sent",
        "?audience__exact=investor",
    ):
        client.get(reverse(LIST) + query)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(reverse(LIST) + query).content.decode()
        assert len(queries) <= 8, [one["sql"][:90] for one in queries.captured_queries]
        assert letter.subject in page
    assert letter.subject not in client.get(reverse(LIST) + "?state__exact=given_up").content.decode()


def test_the_officials_list_can_be_neither_changed_nor_added_to(cast: Cast, case: Case) -> None:
    client = signed_in(cast["desk officer"])
    letter = own(cast["owner"])[0]
    url = reverse("admin:notifications_message_change", args=[letter.pk])
    page = client.get(url).content.decode()
    assert 'name="_save"' not in page
    assert "".join(letter.text.split()) in "".join(Words(page).words)
    assert client.post(url, {"subject": "Anders."}).status_code == 403
    assert client.get(reverse("admin:notifications_message_add")).status_code == 403
    assert client.post(reverse("admin:notifications_message_delete", args=[letter.pk])).status_code == 403


def test_letters_in_trouble_are_a_task_on_the_officials_desk(cast: Cast, case: Case) -> None:
    trouble = own(cast["owner"])[0]
    Message.objects.filter(pk=trouble.pk).update(state=State.GIVEN_UP)
    tile = Template("{% load letters %}{% letters_in_trouble user %}")
    shown = tile.render(Context({"user": cast["desk officer"]}))
    assert '<span class="tile-figure">1</span>' in shown
    link = html.unescape(re.findall(r'href="([^"]+)"', shown)[0])
    listed = signed_in(cast["desk officer"]).get(link).context["cl"].result_list
    assert list(listed) == [trouble]
    assert tile.render(Context({"user": cast["statistician"]})).strip() == ""


@pytest.mark.parametrize("role", ["statistician", "owner"])
def test_others_do_not_see_the_officials_list(cast: Cast, case: Case, role: str) -> None:
    assert signed_in(cast[role]).get(reverse(LIST)).status_code == 403


def test_officials_send_chosen_letters_again_and_read_which_must_wait(cast: Cast, case: Case) -> None:
    lost, waiting = own(cast["owner"])[:2]
    Message.objects.filter(pk=lost.pk).update(state=State.GIVEN_UP)
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        Message.objects.filter(pk=waiting.pk).update(state=State.QUEUED)
        page = signed_in(cast["desk officer"]).post(
            reverse(LIST), {"action": "resend", "_selected_action": [lost.pk, waiting.pk]}, follow=True
        ).content.decode()  # fmt: skip
    assert lost.sent_again.count() == 1
    assert waiting.sent_again.count() == 0
    assert "still on its way" in page or "đang trên đường gửi" in page


def test_only_whoever_may_send_again_is_offered_to(cast: Cast, case: Case) -> None:
    reader = official(roles.STATISTICIAN)
    for codename in ("notifications.view_message", "cases.view_case"):
        app, name = codename.split(".")
        reader.user_permissions.add(
            *reader.user_permissions.model.objects.filter(codename=name, content_type__app_label=app)
        )
    letter = own(cast["owner"])[0]
    client = signed_in(User.objects.get(pk=reader.pk))
    assert reverse("message-again", args=[letter.pk]) not in client.get(letter.get_absolute_url()).content.decode()
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        signed_in(User.objects.get(pk=reader.pk)).post(reverse("message-again", args=[letter.pk]))
    assert not letter.sent_again.exists()
