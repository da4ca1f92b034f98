"""Letters are rows of the deciding transaction: with the move or not at all, and never twice."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from celery import Celery
from django.core import mail
from django.db import DatabaseError, IntegrityError, transaction
from django.template import TemplateSyntaxError
from django.utils import timezone

from cases import transitions as verbs
from cases.models import Case, Event
from cases.states import Status
from notifications import outbox
from notifications.errors import NoAddressee, OnItsWay, TooSoon
from notifications.models import DeliveryAttempt, Message
from notifications.states import Outcome, State
from tests.notifications.moves import make
from tests.parallel import at_once
from tests.walk import Cast, walk


@pytest.mark.django_db
@pytest.mark.embedded
def test_a_letter_that_cannot_be_written_undoes_the_decision(monkeypatch: pytest.MonkeyPatch) -> None:
    cast = Cast()
    case = walk("petition", Status.SUBMITTED, cast)
    before = Message.objects.count()
    monkeypatch.setattr(outbox.LetterWriter, "due", property(lambda _self: _raise()))
    with pytest.raises(TemplateSyntaxError), transaction.atomic():
        verbs.accept(case, by=cast["desk officer"])
    kept = Case.objects.get(pk=case.pk)
    assert (kept.status, kept.events.count()) == (Status.SUBMITTED, 1)
    assert Message.objects.count() == before


def _raise() -> Any:
    raise TemplateSyntaxError("a template that is broken")


@pytest.mark.django_db(transaction=True)
@pytest.mark.embedded
def test_a_move_that_is_rolled_back_leaves_no_letter_and_asks_for_no_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(outbox, "enqueue", asked.extend)  # no worker that another test left running takes a letter
    cast = Cast()
    case = walk("petition", Status.SUBMITTED, cast)
    before = Message.objects.count()
    asked.clear()
    with pytest.raises(RuntimeError), transaction.atomic():
        verbs.accept(case, by=cast["desk officer"])
        assert Message.objects.count() > before
        raise RuntimeError("something else went wrong")
    assert Message.objects.count() == before
    assert asked == []
    outbox.sweep()
    assert len(mail.outbox) == before  # the letters of the submission, and none of the acceptance


@pytest.mark.django_db(transaction=True)
@pytest.mark.embedded
def test_mail_is_asked_for_only_after_the_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    cast = Cast()
    case = walk("petition", Status.SUBMITTED, cast)
    asked: list[int] = []
    monkeypatch.setattr(outbox, "enqueue", asked.extend)
    with transaction.atomic():
        event = verbs.accept(case, by=cast["desk officer"])
        assert asked == []
    assert sorted(asked) == sorted(Message.objects.filter(event=event).values_list("pk", flat=True))


@pytest.mark.django_db(transaction=True)
@pytest.mark.embedded
def test_a_broker_that_is_away_does_not_hold_up_the_decision(monkeypatch: pytest.MonkeyPatch) -> None:
    cast = Cast()
    case = walk("petition", Status.SUBMITTED, cast)
    monkeypatch.setattr(outbox, "current_app", Celery("nowhere", broker="redis://127.0.0.1:1/0", set_as_current=False))
    started = time.monotonic()
    event = verbs.accept(case, by=cast["desk officer"])
    assert time.monotonic() - started < 2
    letters = Message.objects.filter(event=event)
    assert {letter.state for letter in letters} == {State.QUEUED}
    outbox.sweep()
    assert {letter.state for letter in letters.all()} == {State.SENT}


@pytest.mark.django_db(transaction=True)
@pytest.mark.embedded
def test_whatever_else_goes_wrong_after_the_commit_the_decision_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    cast = Cast()
    case = walk("petition", Status.SUBMITTED, cast)

    def fail(_numbers: Any) -> None:
        raise RuntimeError("nobody thought of this")

    monkeypatch.setattr(outbox, "enqueue", fail)
    event = verbs.accept(case, by=cast["desk officer"])
    assert Message.objects.filter(event=event, state=State.QUEUED).count() == 4


@pytest.mark.django_db
@pytest.mark.embedded
def test_replaying_every_event_writes_and_sends_nothing() -> None:
    cast = Cast()
    walk("petition", Status.ISSUED, cast)
    walk("petition", Status.REFUSED, cast)
    outbox.sweep()
    rows, sent = Message.objects.count(), len(mail.outbox)
    assert rows == sent > 20
    for event in Event.objects.select_related("case"):
        assert outbox.write(event.case, event) == []
    outbox.sweep()
    assert (Message.objects.count(), len(mail.outbox)) == (rows, sent)


@pytest.mark.django_db
@pytest.mark.embedded
def test_the_database_holds_one_letter_per_event_and_person() -> None:
    _case, event = make("accept", "petition", Cast())
    letter = Message.objects.filter(event=event)[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(event=event, person=letter.person, key=letter.key, to=letter.to)


@pytest.mark.django_db
@pytest.mark.embedded
@pytest.mark.parametrize("change", [{"text": "Anders."}, {"subject": "Anders."}, {"to": "else@x.example"}])
def test_the_database_refuses_to_change_what_a_letter_says(change: dict[str, str]) -> None:
    _case, event = make("accept", "petition", Cast())
    with pytest.raises(DatabaseError), transaction.atomic():
        Message.objects.filter(event=event).update(**change)


@pytest.mark.django_db
@pytest.mark.embedded
def test_the_database_keeps_letters_and_the_log_of_their_delivery() -> None:
    _case, event = make("accept", "petition", Cast())
    outbox.sweep()
    with pytest.raises(DatabaseError), transaction.atomic():
        DeliveryAttempt.objects.update(outcome=Outcome.LOST)
    with pytest.raises(DatabaseError), transaction.atomic():
        DeliveryAttempt.objects.all().delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        Message.objects.filter(event=event).order_by().delete()


@pytest.mark.django_db
@pytest.mark.embedded
def test_what_is_shown_is_what_was_sent() -> None:
    _case, event = make("accept", "petition", Cast())
    outbox.sweep()
    for letter in Message.objects.filter(event=event):
        sent = next(one for one in mail.outbox if one.extra_headers["Message-ID"] == letter.message_id)
        assert (sent.subject, sent.body, sent.to) == (letter.subject, letter.text, [letter.to])
        assert sent.alternatives[0][0] == letter.html
        assert not sent.attachments


# --- sending again --------------------------------------------------------------------------------------------------
def sent_letter(cast: Cast) -> Message:
    _case, event = make("accept", "petition", cast)
    outbox.sweep()
    return Message.objects.get(event=event, person=cast["owner"])


@pytest.mark.django_db
@pytest.mark.embedded
def test_a_letter_sent_again_says_the_same_and_goes_to_the_present_address() -> None:
    cast = Cast()
    letter = sent_letter(cast)
    cast["owner"].email = "new-address@company.example"
    cast["owner"].save()
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        again = outbox.send_again(letter)
        outbox.sweep()
    again.refresh_from_db()
    assert (again.subject, again.text, again.html) == (letter.subject, letter.text, letter.html)
    assert (again.to, again.state, again.again_of) == ("new-address@company.example", State.SENT, letter)
    assert again.key != letter.key
    assert again.message_id != letter.message_id


@pytest.mark.django_db
@pytest.mark.embedded
def test_a_letter_goes_out_again_at_most_every_five_minutes_and_five_times_a_day() -> None:
    letter = sent_letter(Cast())
    with pytest.raises(TooSoon) as refusal:
        outbox.send_again(letter)
    assert refusal.value.until == letter.created_at + outbox.RESEND_PAUSE
    start = timezone.now()
    for number in range(1, 6):
        with time_machine.travel(start + timedelta(minutes=6 * number)):
            outbox.send_again(letter)
            outbox.sweep()
    with time_machine.travel(start + timedelta(hours=3)), pytest.raises(TooSoon) as refusal:
        outbox.send_again(letter)
    assert refusal.value.until > start + timedelta(hours=23)
    with time_machine.travel(start + timedelta(hours=25)):
        assert outbox.send_again(letter).again_of == letter


@pytest.mark.django_db
@pytest.mark.embedded
def test_a_copy_of_a_copy_is_a_copy_of_the_first() -> None:
    letter = sent_letter(Cast())
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        copy = outbox.send_again(letter)
        outbox.sweep()
    with time_machine.travel(timezone.now() + timedelta(minutes=12)):
        assert outbox.send_again(copy).again_of == letter


@pytest.mark.django_db
@pytest.mark.embedded
def test_a_letter_still_on_its_way_is_not_doubled() -> None:
    cast = Cast()
    _case, event = make("accept", "petition", cast)
    letter = Message.objects.get(event=event, person=cast["owner"])
    with pytest.raises(OnItsWay):
        outbox.send_again(letter)


@pytest.mark.django_db
@pytest.mark.embedded
def test_nobody_is_written_to_after_their_account_was_switched_off() -> None:
    cast = Cast()
    letter = sent_letter(cast)
    cast["owner"].is_active = False
    cast["owner"].save()
    with time_machine.travel(timezone.now() + timedelta(minutes=6)), pytest.raises(NoAddressee):
        outbox.send_again(letter)


@pytest.mark.django_db(transaction=True)
def test_twenty_people_who_press_send_again_together_send_it_once() -> None:
    letter = sent_letter(Cast())
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        answers = at_once(lambda _number: outbox.send_again(letter), 20)
    assert sum(isinstance(answer, Message) for answer in answers) == 1
    assert sum(isinstance(answer, OnItsWay) for answer in answers) == 19
    assert letter.sent_again.count() == 1
