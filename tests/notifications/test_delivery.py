"""From the row to the mail server: once, in time, over one connection, and honest about what went wrong."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from notifications import outbox, post
from notifications.models import Message
from notifications.states import Outcome, State
from tests.fixtures.mail import SmtpSink
from tests.notifications.moves import make
from tests.parallel import at_once
from tests.walk import Cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.embedded]


@pytest.fixture(autouse=True)
def _no_connection_of_another_test() -> Iterator[None]:
    """Each test makes its own connection, and asks no worker for anything."""
    post.postman.hang_up()
    yield
    post.postman.hang_up()


@pytest.fixture(autouse=True)
def _no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "enqueue", lambda _numbers: None)


@pytest.fixture
def letter() -> Message:
    """A letter that waits; the others of its case are out of the way."""
    cast = Cast()
    _case, event = make("accept", "petition", cast)
    chosen = Message.objects.get(event=event, person=cast["owner"])
    Message.objects.exclude(pk=chosen.pk).update(state=State.GIVEN_UP)
    return chosen


def state(letter: Message) -> str:
    letter.refresh_from_db()
    return letter.state


def journey(letter: Message) -> list[str]:
    return list(letter.log.values_list("outcome", flat=True))


def test_a_letter_is_sent_once_however_often_it_is_asked_for(letter: Message, smtp_sink: SmtpSink) -> None:
    assert outbox.deliver(letter.pk) == Outcome.SENT
    assert outbox.deliver(letter.pk) is None
    assert outbox.sweep() == 0
    assert len(smtp_sink.messages) == 1
    assert (state(letter), letter.attempts, journey(letter)) == (State.SENT, 1, [Outcome.SENT])
    assert letter.sent_at is not None


def test_the_mail_carries_both_forms_the_same_id_and_says_that_no_person_wrote_it(
    letter: Message, smtp_sink: SmtpSink
) -> None:
    outbox.deliver(letter.pk)
    (mail,) = smtp_sink.messages
    assert mail["Message-ID"] == letter.message_id
    assert mail["To"] == letter.to
    assert mail["Subject"] == letter.subject
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Content-Language"] == letter.language
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert plain.get_content().replace("\r\n", "\n").strip() == letter.text.strip()
    assert html.get_content().replace("\r\n", "\n").strip() == letter.html.strip()
    assert list(mail.iter_attachments()) == []


def test_twenty_workers_with_the_same_letter_send_it_once(letter: Message, smtp_sink: SmtpSink) -> None:
    answers = at_once(lambda _number: outbox.deliver(letter.pk), 20)
    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    assert answers.count(Outcome.SENT) == 1
    assert answers.count(None) == 19
    assert len(smtp_sink.messages) == 1


def test_while_the_mail_server_is_away_letters_wait_and_later_they_arrive(letter: Message, smtp_sink: SmtpSink) -> None:
    smtp_sink.stop()
    assert outbox.deliver(letter.pk) == Outcome.UNREACHABLE
    assert state(letter) == State.FAILED
    assert "refused" in letter.error.lower()
    assert letter.next_try_at is not None
    assert timedelta(seconds=55) < letter.next_try_at - timezone.now() <= timedelta(minutes=1)
    smtp_sink.start()
    assert outbox.sweep() == 0  # its minute has not passed
    assert outbox.sweep(timezone.now() + timedelta(minutes=1)) == 1
    assert (state(letter), journey(letter)) == (State.SENT, [Outcome.UNREACHABLE, Outcome.SENT])
    assert letter.error == ""
    assert [mail["Message-ID"] for mail in smtp_sink.messages] == [letter.message_id]


def test_the_pauses_between_attempts_grow_until_a_person_has_to_look(letter: Message, smtp_sink: SmtpSink) -> None:
    smtp_sink.stop()
    waits = []
    now = timezone.now()
    for _attempt in range(len(outbox.BACKOFF) + 1):
        with time_machine.travel(now, tick=False):
            outbox.sweep()
            letter.refresh_from_db()
            if letter.next_try_at:
                waits.append(letter.next_try_at - now)
                now = letter.next_try_at
    assert waits == list(outbox.BACKOFF)
    assert sum(waits, timedelta()) > timedelta(days=3)
    assert (state(letter), letter.attempts) == (State.GIVEN_UP, 10)
    assert letter in Message.objects.needing_a_person()
    smtp_sink.start()
    assert outbox.sweep(now + timedelta(days=30)) == 0


@pytest.mark.parametrize(
    ("answer", "attempts"),
    [("550 no such person", outbox.TRIES_AFTER_A_NO), ("451 come back", len(outbox.BACKOFF) + 1)],
)
def test_a_lasting_no_is_believed_sooner_than_a_not_now(
    letter: Message, smtp_sink: SmtpSink, answer: str, attempts: int
) -> None:
    smtp_sink.answer = answer
    now = timezone.now()
    for _attempt in range(12):
        outbox.sweep(now)
        now += timedelta(days=2)
    assert (state(letter), letter.attempts) == (State.GIVEN_UP, attempts)
    assert set(journey(letter)) == {Outcome.REFUSED}
    assert answer.split()[0] in letter.error
    assert smtp_sink.messages == []


def test_a_letter_that_was_given_up_can_be_sent_again(letter: Message, smtp_sink: SmtpSink) -> None:
    smtp_sink.answer = "550 no"
    now = timezone.now()
    for _attempt in range(3):
        outbox.sweep(now)
        now += timedelta(days=2)
    smtp_sink.answer = "250 kept"
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        again = outbox.send_again(letter)
        outbox.sweep()
    assert state(again) == State.SENT
    assert letter not in Message.objects.needing_a_person()


def test_a_failed_letter_is_tried_at_once_when_somebody_asks(letter: Message, smtp_sink: SmtpSink) -> None:
    smtp_sink.stop()
    outbox.deliver(letter.pk)
    smtp_sink.start()
    assert outbox.send_again(letter) == letter
    outbox.sweep()
    assert state(letter) == State.SENT


def test_a_sweep_stops_at_the_first_sign_that_the_mail_server_is_away(smtp_sink: SmtpSink) -> None:
    make("accept", "petition", Cast())
    waiting = Message.objects.filter(state=State.QUEUED).count()
    smtp_sink.stop()
    outbox.sweep()
    assert Message.objects.filter(state=State.FAILED, attempts=1).count() == 1
    assert Message.objects.filter(state=State.QUEUED, attempts=0).count() == waiting - 1


# --- workers that die -----------------------------------------------------------------------------------------------
class Killed(BaseException):
    """What happens to a worker that is killed: nothing of it is caught."""


def dies(*_args: Any, **_kwargs: Any) -> None:
    raise Killed


def test_a_worker_killed_before_the_last_line_has_not_sent_and_the_sweep_does(
    letter: Message, smtp_sink: SmtpSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(outbox, "_hand_over", dies)  # all but the final dot has reached the mail server
        outbox.deliver(letter.pk)
    assert state(letter) == State.SENDING
    assert outbox.sweep() == 0  # its worker may be alive
    assert outbox.sweep(timezone.now() + outbox.ABANDONED_AFTER) == 1
    assert (state(letter), journey(letter)) == (State.SENT, [Outcome.LOST, Outcome.SENT])
    assert len(smtp_sink.messages) == 1


def test_a_worker_killed_after_the_last_line_has_sent_and_nobody_sends_again(
    letter: Message, smtp_sink: SmtpSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(outbox, "_note_success", dies)
        outbox.deliver(letter.pk)
    assert state(letter) == State.SENDING
    assert outbox.sweep(timezone.now() + outbox.ABANDONED_AFTER) == 0
    assert (state(letter), journey(letter)) == (State.UNCONFIRMED, [Outcome.UNCONFIRMED])
    assert letter in Message.objects.needing_a_person()
    assert letter.sent_at is not None
    assert len(smtp_sink.messages) == 1


def test_a_task_that_is_run_again_takes_up_its_own_letter_at_once(
    letter: Message, smtp_sink: SmtpSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(outbox, "_hand_over", dies)
        outbox.deliver(letter.pk, claimant="task-1")
    assert outbox.deliver(letter.pk, claimant="task-2") is None
    assert outbox.deliver(letter.pk, claimant="task-1") == Outcome.SENT
    assert len(smtp_sink.messages) == 1


def test_a_slow_worker_that_was_overtaken_does_not_send_a_second_time(
    letter: Message, smtp_sink: SmtpSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_over, slow, quick = outbox._hand_over, post.Postman(), post.Postman()
    overtaken: list[int] = []

    def overtake(message: Message) -> None:
        if not overtaken:  # the slow one is about to end its letter; its claim counts as abandoned by now
            overtaken.append(0)
            monkeypatch.setattr(outbox, "postman", quick)
            overtaken[0] = outbox.sweep(timezone.now() + outbox.ABANDONED_AFTER)
        hand_over(message)

    monkeypatch.setattr(outbox, "postman", slow)
    monkeypatch.setattr(outbox, "_hand_over", overtake)
    assert outbox.deliver(letter.pk) is None
    assert overtaken == [1]
    assert (state(letter), journey(letter)) == (State.SENT, [Outcome.LOST, Outcome.SENT])
    assert len(smtp_sink.messages) == 1


def test_a_letter_that_kills_every_worker_is_not_given_to_a_sixth(
    letter: Message, smtp_sink: SmtpSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(outbox, "_hand_over", dies)
        for _life in range(outbox.LIVES):
            with pytest.raises(Killed):
                outbox.deliver(letter.pk, claimant="task-1")
        assert outbox.deliver(letter.pk, claimant="task-1") is None
    assert state(letter) == State.GIVEN_UP
    assert smtp_sink.messages == []


# --- one connection -------------------------------------------------------------------------------------------------
def test_a_sweep_sends_everything_over_one_connection(smtp_sink: SmtpSink, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    connect = post.PlainClient.connect
    monkeypatch.setattr(
        post.PlainClient, "connect", lambda client, *to: made.append("one more") or connect(client, *to)
    )
    make("issue", "petition", Cast())
    sent = outbox.sweep()
    assert sent == len(smtp_sink.messages) > 10
    assert made == ["one more"]


def test_a_connection_is_not_worn_out(letter: Message, smtp_sink: SmtpSink, monkeypatch: pytest.MonkeyPatch) -> None:
    make("accept", "petition", Cast())
    outbox.deliver(letter.pk)
    first = post.postman._backend
    monkeypatch.setattr(post, "IDLE_SECONDS", 0.0)
    outbox.sweep()
    assert post.postman._backend is not first
    assert {one.state for one in Message.objects.exclude(state=State.GIVEN_UP)} == {State.SENT}


def test_a_connection_that_died_in_the_meantime_costs_no_attempt(letter: Message, smtp_sink: SmtpSink) -> None:
    cast = Cast()
    make("accept", "petition", cast)
    others = Message.objects.filter(state=State.QUEUED).exclude(pk=letter.pk)
    assert outbox.deliver(others[0].pk) == Outcome.SENT
    smtp_sink.stop()
    smtp_sink.start()
    assert outbox.deliver(letter.pk) == Outcome.SENT
    letter.refresh_from_db()
    assert letter.attempts == 1
    assert len(smtp_sink.messages) == 2


def test_each_kind_of_error_says_whether_to_try_again_soon_and_whether_the_server_was_there() -> None:
    refused = SMTPRecipientsRefused({"nobody@x.example": (550, b"unknown")})
    assert outbox.verdict(refused) == (Outcome.REFUSED, True)
    assert outbox.verdict(SMTPRecipientsRefused({"a@x.example": (450, b"later")})) == (Outcome.REFUSED, False)
    assert outbox.verdict(UnicodeEncodeError("ascii", "đ", 0, 1, "no")) == (Outcome.REFUSED, True)
    assert outbox.verdict(TimeoutError("10 s")) == (Outcome.UNREACHABLE, False)
