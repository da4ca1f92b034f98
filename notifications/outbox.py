"""The outbox: letters are written with the move they tell of, sent after the commit, and swept up if that fails.

How often a letter goes out. A worker claims a row (committed), hands the letter to the mail server, and stops before
the line that ends it to commit `handed_at`. A worker killed earlier has certainly not sent the letter: whoever finds
the claim sends it. Killed later, the mail server has the whole letter: it is not sent again but marked "unconfirmed"
for a person to look at. What a living worker sees fail is tried again, as RFC 5321 asks, even where the answer was
lost after the last line: only a mail server that breaks off at that point can make a letter arrive twice, and then
both copies carry the same Message-ID.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from smtplib import (
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPDataError,
    SMTPException,
    SMTPHeloError,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPServerDisconnected,
)
from typing import Any, Final

from celery import current_app
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from kombu.exceptions import OperationalError

from accounts.models import User
from cases.models import Case, Event
from notifications.errors import NoAddressee, OnItsWay, TooSoon
from notifications.letters import addressees
from notifications.models import DeliveryAttempt, Message
from notifications.post import LetterMail, postman
from notifications.querysets import MessageQuerySet
from notifications.states import Audience, Outcome, State
from notifications.writing import LetterWriter, language_of

logger = logging.getLogger(__name__)

SEND_TASK: Final = "notifications.tasks.send_message"
QUICKLY: Final = {"max_retries": 1, "interval_start": 0}  # a broker that is away must not hold up the page
BACKOFF: Final = tuple(timedelta(minutes=n) for n in (1, 5, 15, 60, 240, 720, 1440, 1440, 1440))
TRIES_AFTER_A_NO: Final = 3  # a mail server that says a lasting no (5xx) is asked this often, in case it was mended
AWAY: Final = (SMTPConnectError, SMTPHeloError, SMTPAuthenticationError, SMTPServerDisconnected)
LIVES: Final = 5  # a letter in whose hands so many workers died is not given to another
ABANDONED_AFTER: Final = timedelta(minutes=2)  # longer than a living worker can be silent (EMAIL_TIMEOUT per step)
SWEEP_LIMIT: Final = 5000
SWEEP_SECONDS: Final = 200.0  # below the time limit of a task
RESEND_PAUSE: Final = timedelta(minutes=5)
RESENDS_A_DAY: Final = 5


class Overtaken(Exception):
    """Another worker has taken the letter over; this one must not finish it."""


# --- in the deciding transaction ------------------------------------------------------------------------------------
def on_case_moved(sender: type[Case], case: Case, event: Event, **kwargs: Any) -> None:
    """Listen to `case_moved`: a letter that cannot be written undoes the move."""
    write(case, event)


def write(case: Case, event: Event) -> list[Message]:
    """Write the letters of an event that are not written yet, and have them sent after the commit.

    Writing the same event again writes nothing: one letter per event, person and template.
    """
    told = set(Message.objects.filter(event=event).values_list("key", flat=True))
    writer = LetterWriter(case, event)
    messages = [
        _letter(writer, person, audience)
        for person, audience in addressees(case, event)
        if key_of(event, person) not in told
    ]
    Message.objects.bulk_create(messages)
    send_after_commit(messages)
    return messages


def key_of(event: Event, person: User) -> str:
    """The key under which an event is told to a person, once."""
    return f"{event.pk}:{person.pk}:{event.verb}"


def _letter(writer: LetterWriter, person: User, audience: Audience) -> Message:
    words = writer.write(person, audience)
    return Message(
        event=writer.event, case=writer.case, person=person, template=writer.event.verb, audience=audience,
        key=key_of(writer.event, person), language=language_of(person), to=person.email,
        subject=words.subject, text=words.text, html=words.html,
    )  # fmt: skip


def send_again(message: Message) -> Message:
    """Send a letter once more, word for word, to the person's present address; a failed one is tried at once.

    Raises TooSoon (5 minutes apart, 5 a day), OnItsWay or NoAddressee.
    """
    with transaction.atomic():
        first = Message.objects.select_for_update().get(pk=message.again_of_id or message.pk)
        row = first.sent_again.order_by("pk").last() or first
        if row.state == State.FAILED:
            Message.objects.filter(pk=row.pk, state=State.FAILED).update(next_try_at=timezone.now())
        elif row.is_on_its_way:
            raise OnItsWay
        else:
            row = _copy(first, row)
        send_after_commit([row])
    return row


def _copy(first: Message, last: Message) -> Message:
    if first.person is None or not first.person.is_active:
        raise NoAddressee
    now = timezone.now()
    today = list(first.sent_again.filter(created_at__gt=now - timedelta(days=1)).order_by("pk"))
    if now < last.created_at + RESEND_PAUSE:
        raise TooSoon(last.created_at + RESEND_PAUSE)
    if len(today) >= RESENDS_A_DAY:
        raise TooSoon(today[-RESENDS_A_DAY].created_at + timedelta(days=1))
    kept = ("event", "case", "person", "template", "audience", "language", "subject", "text", "html")
    return Message.objects.create(
        **{name: getattr(first, name) for name in kept},
        again_of=first, to=first.person.email, key=f"{first.key}:{first.sent_again.count() + 1}",
    )  # fmt: skip


# --- after the commit -----------------------------------------------------------------------------------------------
def send_after_commit(messages: Iterable[Message]) -> None:
    """Queue the letters once they are committed; whatever goes wrong then, the move stands."""
    numbers = [message.pk for message in messages]
    if numbers:
        # A lambda, not a partial: Django names a robust hook that failed by its __qualname__, which a partial lacks.
        transaction.on_commit(lambda: enqueue(numbers), robust=True)


def enqueue(numbers: Iterable[int]) -> None:
    """Ask a worker to send letters. If the broker is away, the sweep finds them."""
    try:
        for number in numbers:
            current_app.send_task(SEND_TASK, args=[number], retry=True, retry_policy=QUICKLY)
    except OperationalError as error:
        logger.warning("The broker is away, so letters wait for the sweep: %s", error)


def deliver(number: int, *, claimant: str = "", now: datetime | None = None) -> Outcome | None:
    """Send one letter, unless somebody else does or did: None. `claimant` is the task; a task run again after its
    worker died takes its own letter up again. Safe to call any number of times."""
    message = _claim(number, claimant, now or timezone.now())
    if message is None:
        return None
    try:
        postman.carry(mail_of(message), partial(_hand_over, message))
    except Overtaken:
        return None
    except (SMTPException, OSError, ValueError) as error:  # ValueError: an address or header no mail can carry
        return _note_failure(message, error)
    return _note_success(message)


def mail_of(message: Message) -> LetterMail:
    """The row as a mail. Mail programs put the letters of one case together (References)."""
    headers = {
        "Message-ID": message.message_id,
        "Content-Language": message.language,
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    if message.case_id is not None:
        headers["References"] = f"<case.{message.case_id}@{message.message_id.rpartition('@')[2]}"
    mail = LetterMail(message.subject, message.text, settings.DEFAULT_FROM_EMAIL, [message.to], headers=headers)
    mail.attach_alternative(message.html, "text/html")
    return mail


def sweep(now: datetime | None = None) -> int:
    """Send what is due and what dead workers left behind, over one connection. The number of letters sent.

    Stops at the first sign that the mail server is away, so that the others do not use up their attempts.
    """
    now = now or timezone.now()
    release(Message.objects.claimed_before(now - ABANDONED_AFTER))
    due = Message.objects.due(now).order_by("pk").values_list("pk", flat=True)[:SWEEP_LIMIT]
    end, sent = time.monotonic() + SWEEP_SECONDS, 0
    for number in list(due):
        outcome = deliver(number, now=now)
        sent += outcome == Outcome.SENT
        if outcome == Outcome.UNREACHABLE or time.monotonic() > end:
            break
    return sent


# --- claims ---------------------------------------------------------------------------------------------------------
def _claim(number: int, claimant: str, now: datetime) -> Message | None:
    """Take a letter in hand (committed before anything is sent), or None if it is not to be sent now.

    One UPDATE with its condition is a lock on every database: of two workers one changes the row, the other none.
    """
    taken = {"state": State.SENDING, "claimed_at": timezone.now(), "claimed_by": claimant, "handed_at": None}
    row = Message.objects.filter(pk=number)
    claimed = row.due(now).update(**taken, attempts=F("attempts") + 1)
    if not claimed and claimant and release(row.filter(state=State.SENDING, claimed_by=claimant)):
        claimed = row.due(timezone.now()).update(**taken, attempts=F("attempts") + 1)
    return row.get() if claimed else None


def release(claims: MessageQuerySet) -> int:
    """Let go of letters whose worker is dead: those not handed over wait again, the others wait for a person.

    The number of letters that wait again.
    """
    with transaction.atomic():
        rows = list(claims.select_for_update(skip_locked=True))
        lost = [row for row in rows if row.handed_at is None]
        handed = [row for row in rows if row.handed_at is not None]
        waiting = [row.pk for row in lost if row.attempts < LIVES]
        hopeless = [row.pk for row in lost if row.attempts >= LIVES]
        Message.objects.filter(pk__in=waiting).update(state=State.QUEUED)
        Message.objects.filter(pk__in=hopeless).update(state=State.GIVEN_UP)
        Message.objects.filter(pk__in=[row.pk for row in handed]).update(
            state=State.UNCONFIRMED, sent_at=F("handed_at")
        )
        _log(lost, Outcome.LOST)
        _log(handed, Outcome.UNCONFIRMED)
    return len(waiting)


def _hand_over(message: Message) -> None:
    """Write down that the mail server gets the last line now. Raises Overtaken if the letter is not ours any more."""
    now = timezone.now()
    if not _ours(message).filter(state=State.SENDING, handed_at__isnull=True).update(handed_at=now):
        raise Overtaken
    message.handed_at = now


def _ours(message: Message) -> MessageQuerySet:
    return Message.objects.filter(pk=message.pk, claimed_at=message.claimed_at, claimed_by=message.claimed_by)


def _note_success(message: Message) -> Outcome:
    """The mail server took the letter. (A claim given up as dead in the meantime is confirmed after all.)

    No transaction around row and log: the row is what counts, and this runs for every letter.
    """
    _ours(message).filter(state__in=[State.SENDING, State.UNCONFIRMED]).update(
        state=State.SENT, sent_at=message.handed_at or timezone.now(), next_try_at=None, error=""
    )
    DeliveryAttempt.objects.create(message=message, number=message.attempts, outcome=Outcome.SENT)
    return Outcome.SENT


def _note_failure(message: Message, error: Exception) -> Outcome:
    """Say why, and when to try again; after the last try a person has to look."""
    outcome, lasting = verdict(error)
    given_up = message.attempts >= (TRIES_AFTER_A_NO if lasting else len(BACKOFF) + 1)
    words = f"{type(error).__name__}: {error}"[:1000]
    with transaction.atomic():
        _ours(message).filter(state=State.SENDING).update(
            state=State.GIVEN_UP if given_up else State.FAILED,
            next_try_at=None if given_up else timezone.now() + BACKOFF[min(message.attempts, len(BACKOFF)) - 1],
            handed_at=None,
            error=words,
        )
        _log([message], outcome, words)
    logger.warning("Letter %s was not sent (attempt %s): %s", message.pk, message.attempts, words)
    return outcome


def verdict(error: Exception) -> tuple[Outcome, bool]:
    """What an error says of the attempt, and whether the mail server's no is a lasting one."""
    if isinstance(error, SMTPRecipientsRefused):
        codes = [code for code, _words in error.recipients.values()]
        return Outcome.REFUSED, all(code >= 500 for code in codes)
    if isinstance(error, SMTPDataError):
        return Outcome.REFUSED, error.smtp_code >= 500
    if isinstance(error, AWAY) or not isinstance(error, SMTPException | ValueError):
        return Outcome.UNREACHABLE, False
    return Outcome.REFUSED, isinstance(error, ValueError | SMTPNotSupportedError)


def _log(messages: Iterable[Message], outcome: Outcome, detail: str = "") -> None:
    DeliveryAttempt.objects.bulk_create(
        DeliveryAttempt(message=message, number=message.attempts, outcome=outcome, detail=detail)
        for message in messages
    )
