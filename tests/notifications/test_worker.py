"""The real worker: letters go out after the commit, and killing it neither loses nor doubles one."""

from __future__ import annotations

from collections import Counter

import pytest
from django.db.models import Q
from django.utils import timezone

from cases import transitions as verbs
from cases.states import Status
from notifications import outbox, post
from notifications.models import Message
from notifications.states import State
from tests.fixtures.mail import SmtpSink
from tests.fixtures.waiting import eventually
from tests.fixtures.worker import Worker
from tests.walk import Cast, walk

MANY = 1000


def ids(sink: SmtpSink) -> Counter[str]:
    """How often each letter arrived."""
    return Counter(str(mail["Message-ID"]) for mail in list(sink.messages))


def unsent() -> list[tuple[int, str]]:
    return list(Message.objects.exclude(state=State.SENT).values_list("pk", "state"))


def letters(number: int) -> list[Message]:
    """That many letters in the outbox: copies of a real one, each with a key and a person's address of its own."""
    cast = Cast()
    case = walk("petition", Status.SUBMITTED, cast)
    real = Message.objects.filter(case=case).first()
    assert real is not None
    kept = ("event", "case", "person", "template", "audience", "language", "subject", "text", "html")
    copied = {name: getattr(real, name) for name in kept}
    return Message.objects.bulk_create(
        Message(**copied, key=f"copy-{n}", to=f"person-{n}@company.example") for n in range(number)
    )


def test_a_decision_is_told_within_moments_to_everybody_in_their_language(
    celery_worker: Worker, smtp_sink: SmtpSink
) -> None:
    cast = Cast()
    cast["owner"].language = "vi"
    cast["owner"].save()
    case = walk("petition", Status.ISSUED, cast)
    rows = Message.objects.filter(case=case)
    eventually(lambda: rows.filter(state=State.SENT).count() == rows.count(), what="every letter sent")
    assert ids(smtp_sink) == Counter(rows.values_list("message_id", flat=True))
    subjects = {str(mail["To"]): [] for mail in smtp_sink.messages}
    for mail in smtp_sink.messages:
        subjects[str(mail["To"])].append(str(mail["Subject"]))
    assert len(subjects[cast["owner"].email]) == len(subjects[cast["observer"].email]) == 4
    assert [one for lines in subjects.values() for one in lines if not one.startswith(case.reference)] == []
    assert f"{case.reference}: your certificate has been issued" in subjects[cast["observer"].email]
    assert f"{case.reference}: your certificate has been issued" not in subjects[cast["owner"].email]


def test_a_thousand_letters_arrive_once_each(celery_worker: Worker, smtp_sink: SmtpSink) -> None:
    written = letters(MANY)
    outbox.enqueue(letter.pk for letter in written)
    outbox.enqueue(letter.pk for letter in written[::3])  # asked for twice, as a broker may
    wanted = set(Message.objects.values_list("message_id", flat=True))
    eventually(lambda: len(smtp_sink.messages) >= len(wanted), seconds=120, what="every letter arrived")
    celery_worker.wait_until_idle(seconds=60)
    assert ids(smtp_sink) == Counter(wanted)
    assert unsent() == []


@pytest.mark.faults
def test_letters_arrive_once_each_although_the_worker_is_killed_twice_in_between(
    celery_worker: Worker, smtp_sink: SmtpSink
) -> None:
    written = letters(400)
    outbox.enqueue(letter.pk for letter in written)
    for share in (100, 250):
        eventually(lambda share=share: len(smtp_sink.messages) >= share, seconds=60, what=f"{share} letters")
        celery_worker.kill()
        assert len(smtp_sink.messages) < len(written)
        restarted = timezone.now()
        celery_worker.start()
    in_living_hands = Q(state=State.QUEUED) | Q(state=State.SENDING, claimed_at__gt=restarted)
    eventually(lambda: not Message.objects.filter(in_living_hands), seconds=120, what="all but what the dead held")
    assert Message.objects.filter(state=State.SENDING).count() <= 4  # one for each of the two slots of each dead worker
    outbox.sweep(timezone.now() + outbox.ABANDONED_AFTER)  # as the new worker does by itself after two minutes
    arrived = ids(smtp_sink)
    assert set(arrived.values()) == {1}
    states = Counter(Message.objects.values_list("state", flat=True))
    assert set(states) <= {State.SENT, State.UNCONFIRMED}
    assert states[State.UNCONFIRMED] <= 4
    # what a dead worker was about to end may or may not have gone out: it is shown to a person, never sent on a guess
    sent = set(Message.objects.filter(state=State.SENT).values_list("message_id", flat=True))
    doubtful = set(Message.objects.filter(state=State.UNCONFIRMED).values_list("message_id", flat=True))
    assert sent <= set(arrived) <= sent | doubtful


@pytest.mark.faults
def test_a_decision_stands_while_the_mail_server_is_away_and_the_letter_follows(
    celery_worker: Worker, smtp_sink: SmtpSink
) -> None:
    cast = Cast()
    case = walk("petition", Status.SUBMITTED, cast)
    eventually(lambda: not unsent(), what="the letters of the submission")
    before = len(smtp_sink.messages)
    smtp_sink.stop()
    event = verbs.accept(case, by=cast["desk officer"])
    waiting = Message.objects.filter(event=event)
    eventually(lambda: waiting.filter(state=State.FAILED).count() == waiting.count() > 0, what="every attempt failed")
    smtp_sink.start()
    post.postman.hang_up()
    assert outbox.sweep(timezone.now() + outbox.BACKOFF[0]) == waiting.count()
    assert len(smtp_sink.messages) == before + waiting.count()
    assert unsent() == []


def test_a_worker_that_starts_sweeps_up_what_was_left(celery_worker: Worker, smtp_sink: SmtpSink) -> None:
    celery_worker.stop()
    written = letters(3)  # nobody asks for them: as if the broker had lost the jobs
    celery_worker.start()
    arrived = {letter.message_id for letter in written}
    eventually(lambda: arrived <= set(ids(smtp_sink)), what="letters nobody asked for")
