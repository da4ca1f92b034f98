"""The main job in a real browser with a real worker and real mail: from the first press to a verified certificate.

The worker is killed twice on the way, in the middle of whatever it does; every letter still arrives, once.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cases.models import Case
from cases.states import Status
from certificates.models import Certificate
from notifications import outbox
from notifications.models import Message
from notifications.states import State
from tests.browser.journey import Journey, NewPage
from tests.fixtures import corner
from tests.fixtures.waiting import eventually

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FEWEST_LETTERS = 10


@pytest.mark.parametrize(("language", "javascript"), [("en", True), ("vi", False)], ids=["en", "vi without script"])
def test_from_the_first_press_to_a_verified_certificate(
    new_page: NewPage, live_server: Any, celery_worker: Any, smtp_sink: Any, language: str, javascript: bool
) -> None:
    journey = Journey(new_page, live_server.url, language, javascript)
    journey.start()
    journey.fill_by_program()
    journey.type_the_project()
    journey.type_the_capital()
    journey.upload_papers()
    journey.check_and_submit()
    lost = _killed_and_started_again(celery_worker)

    journey.act("desk officer", "accept")
    journey.request_with_pins("workers_foreign", "c")
    assert _status(journey) == Status.AWAITING_INVESTOR
    journey.answer(workers_foreign="61", paper_code="c", words="Đã sửa hai điểm.")
    journey.act("appraiser", "propose", outcome="approve", reasons="Phù hợp quy hoạch.", clauses="L143 27(1)")
    journey.act("signer", "approve")
    assert _status(journey) == Status.APPROVED
    lost |= _killed_and_started_again(celery_worker)

    journey.act("desk officer", "issue", project_code="4312567890")
    assert _status(journey) == Status.ISSUED
    eventually(lambda: _all_done_but(lost, celery_worker), what="a worker that did all it can")
    certificate = Certificate.objects.get(case=journey.case)
    assert certificate.is_ready, certificate.document_error
    journey.anyone_checks(str(certificate.number), journey.download())

    later = timezone.now() + outbox.ABANDONED_AFTER + timedelta(seconds=1)
    outbox.sweep(later)  # what the scheduler does every five minutes, for the letters of the killed workers
    _every_letter_arrived_once(smtp_sink)


def _status(journey: Journey) -> str:
    return str(Case.objects.get(pk=journey.case.pk).status)


def _killed_and_started_again(worker: Any) -> set[str]:
    """The jobs that were in hand; the broker keeps them for a dead worker for an hour."""
    worker.kill()
    in_hand = set(worker.held()[0])
    worker.start()
    return in_hand


def _all_done_but(lost: set[str], worker: Any) -> bool:
    return not any(map(worker.broker.llen, corner.QUEUES)) and set(worker.held()[0]) <= lost


def _every_letter_arrived_once(sink: Any) -> None:
    """One mail for each event and person, in the person's language.

    Only a letter whose worker died while the mail server had it ("unconfirmed") may be missing; it is never sent again.
    """
    letters = {letter.message_id: letter for letter in Message.objects.select_related("person")}
    assert {letter.state for letter in letters.values()} <= {State.SENT, State.UNCONFIRMED}
    mails = {str(mail["Message-ID"]): mail for mail in sink.messages}
    assert len(mails) == len(sink.messages), "a letter arrived twice"
    assert len(mails) >= FEWEST_LETTERS
    assert {name for name, letter in letters.items() if letter.state == State.SENT} <= mails.keys() <= letters.keys()
    assert max(Counter((mail["To"], mail["Subject"]) for mail in sink.messages).values()) == 1
    assert max(Counter((letter.event_id, letter.person_id) for letter in letters.values()).values()) == 1
    for name, mail in mails.items():
        person = letters[name].person
        assert person is not None
        assert (mail["To"], mail["Content-Language"]) == (person.email, person.language)
        assert mail["Subject"] == letters[name].subject
    assert {letter.language for letter in letters.values()} == {"vi", "en"}
