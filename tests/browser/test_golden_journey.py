"""The main job in a real browser with a real worker and real mail: from a complete draft to a verified certificate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from cases.models import Case
from cases.states import Status
from certificates.models import Certificate
from notifications import outbox
from notifications.models import Message
from tests.cases.desk.test_desk_in_browser import sign_in
from tests.walk import Cast, draft

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NewPage = Callable[..., Page]


class Journey:
    """One case and the people around it, each with a browser of their own."""

    def __init__(self, new_page: NewPage, address: str, language: str, javascript: bool) -> None:
        self.new_page, self.address, self.language, self.javascript = new_page, address, language, javascript
        self.cast = Cast()
        self.case = draft("registration", self.cast)
        User.objects.update(language=language)

    def open(self, role: str, path: str) -> Page:
        """The page as this person sees it."""
        page = self.new_page(javascript=self.javascript)
        sign_in(page, self.cast[role], self.address, self.language)
        page.goto(path)
        return page

    def act(self, role: str, verb: str, **values: str) -> None:
        """An official fills the page of a verb and presses its one button."""
        page = self.open(role, f"/admin/cases/case/{self.case.pk}/{verb}/")
        for name, value in values.items():
            field = page.locator(f"#verb-form [name={name}]")
            if name == "outcome":
                page.locator(f"#verb-form [name=outcome][value={value}]").check()
            else:
                field.first.fill(value)
        page.locator("#verb-form button.btn-primary").click()
        page.wait_for_url(f"**/admin/cases/case/{self.case.pk}/change/**")

    def stands_at(self, status: Status) -> bool:
        """Where the case stands in the database."""
        return bool(Case.objects.get(pk=self.case.pk).status == status)


@pytest.mark.parametrize(("language", "javascript"), [("en", True), ("vi", False)])
def test_from_draft_to_a_verified_certificate(
    new_page: NewPage, live_server: Any, celery_worker: Any, smtp_sink: Any, language: str, javascript: bool
) -> None:
    journey = Journey(new_page, live_server.url, language, javascript)
    place = f"/cases/{journey.case.reference}"

    page = journey.open("signer of the company", f"{place}/submit/")
    page.locator("[name=declared]").check()
    page.locator("button[name=action][value=submit]").click()
    page.wait_for_url(f"**{place}/receipt/")
    expect(page.locator("main")).to_contain_text(journey.case.reference)
    celery_worker.kill()
    celery_worker.start()

    journey.act("desk officer", "accept")
    assert journey.stands_at(Status.ACCEPTED)
    journey.act("appraiser", "request_supplement", reasons="Đề nghị làm rõ nguồn vốn vay.")
    page = journey.open("signer of the company", f"{place}/supplement/")
    page.locator("[name=answer]").fill("Vốn vay của ngân hàng Woori, hợp đồng kèm theo.")
    page.locator("button[name=action][value=send]").click()
    page.wait_for_url(f"**{place}/")
    assert journey.stands_at(Status.ACCEPTED)

    journey.act("appraiser", "propose", outcome="approve", reasons="Phù hợp quy hoạch.", clauses="L143 27(1)")
    journey.act("signer", "approve")
    assert journey.stands_at(Status.APPROVED)
    celery_worker.kill()
    celery_worker.start()
    journey.act("desk officer", "issue", project_code="4312567890")
    assert journey.stands_at(Status.ISSUED)
    celery_worker.wait_until_idle()

    certificate = Certificate.objects.get(case=journey.case)
    assert certificate.is_ready, certificate.document_error
    page = journey.open("owner", f"{place}/")
    expect(page.locator("main")).to_contain_text(str(certificate.number))
    document = page.request.get(f"{place}/certificate.pdf").body()
    assert document.startswith(b"%PDF-")
    _anyone_checks(journey, str(certificate.number), document)

    outbox.sweep()  # what the scheduler does every five minutes, for the letters of the killed workers
    _mails_arrived_once(smtp_sink, language)


def _anyone_checks(journey: Journey, number: str, document: bytes) -> None:
    """A stranger asks by number and by file; one changed byte is told apart."""
    page = journey.new_page(javascript=journey.javascript)
    page.goto(f"/verify/?number={number}")
    expect(page.locator(".verdict-ok")).to_contain_text(number)
    middle = len(document) // 2
    spoilt = document[:middle] + bytes([document[middle] ^ 1]) + document[middle + 1 :]
    for content, verdict in ((document, ".verdict-ok"), (spoilt, ".verdict-danger")):
        page.goto("/verify/")
        page.locator("input[type=file]").set_input_files(
            {"name": "certificate.pdf", "mimeType": "application/pdf", "buffer": content}
        )
        page.locator("form:has(input[type=file]) button[type=submit]").click()
        expect(page.locator(verdict)).to_be_visible()


def _mails_arrived_once(sink: Any, language: str) -> None:
    """Every letter of the journey reached its person exactly once, in the person's language."""
    letters = Message.objects.count()
    assert letters >= 10
    mails = sink.wait_for(letters)
    identities = Counter(str(mail["Message-ID"]) for mail in mails)
    assert set(identities.values()) == {1}
    assert len(identities) == letters
    assert set(Message.objects.values_list("language", flat=True)) == {language}
