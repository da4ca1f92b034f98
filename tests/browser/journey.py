"""The steps of the main job as people take them: at the company's pages, at the desk, and at the public check."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import FilePayload, Page, expect

from accounts.models import User
from cases.drafting import editing
from cases.kinds import KINDS
from cases.models import Case
from cases.precheck import is_required, paper_rules
from tests.cases.desk.pages import page as desk_page
from tests.cases.desk.test_desk_in_browser import sign_in
from tests.cases.pages.visitors import address
from tests.projects.factories import registration_data
from tests.walk import PDF, Cast

NewPage = Callable[..., Page]
PROJECT = ("project_name", "project_name_en", "term_years", "scale")
CAPITAL = (
    "total_capital_vnd", "total_capital_usd", "exchange_rate", "rate_on", "rate_bank", "contributed_vnd",
    "contributed_usd", "mobilised_vnd", "mobilised_usd", "retained_vnd", "retained_usd", "land_cost_vnd",
    "construction_cost_vnd", "equipment_cost_vnd", "contingency_vnd", "working_capital_vnd",
)  # fmt: skip
"""What the preparer types; a program of the company fills the other sections."""


def paper(name: str, content: bytes = PDF) -> FilePayload:
    """A PDF on the visitor's disk."""
    return {"name": name, "mimeType": "application/pdf", "buffer": content}


class Journey:
    """One case and the people around it, each with a browser of their own.

    Everybody reads `language`, except the owner of the company, who only gets letters and reads the other one.
    """

    def __init__(self, new_page: NewPage, site: str, language: str, javascript: bool) -> None:
        self.new_page, self.site, self.language, self.javascript = new_page, site, language, javascript
        self.cast, self.data = Cast(), registration_data()
        self.pages: dict[str, Page] = {}
        self.case = Case()  # none yet
        User.objects.update(language=language)
        User.objects.filter(pk=self.cast["owner"].pk).update(language={"vi": "en", "en": "vi"}[language])

    def open(self, role: str, path: str) -> Page:
        """The page as this person sees it."""
        if role not in self.pages:
            self.pages[role] = self.new_page(javascript=self.javascript)
            sign_in(self.pages[role], self.cast[role], self.site, self.language)
        self.pages[role].goto(path)
        return self.pages[role]

    # --- the company ------------------------------------------------------------------------------------------------
    def start(self) -> None:
        """The preparer opens a draft from the overview."""
        page = self.open("preparer", "/dashboard/")
        page.locator("main a[href='/cases/new/']").first.click()
        page.locator("a[href='/cases/new/registration/']").click()
        page.locator("main button.btn-primary").click()
        expect(page.locator(".task-name").first).to_be_visible()
        self.case = Case.objects.get()
        assert self.case.get_absolute_url() in page.url

    def fill_by_program(self) -> None:
        """The sections nobody types here come from the company's own system."""
        given = {name: value for name, value in self.data.items() if name not in (*PROJECT, *CAPITAL)}
        with editing(self.case, by=self.cast["preparer"]) as case:
            answers = KINDS["registration"].serializer(case.dossier, data=given, partial=True)
            answers.is_valid(raise_exception=True)
            answers.save()

    def type_section(self, section: str, names: tuple[str, ...], **changes: str) -> Page:
        """Type the answers of a section and press “Save and continue”."""
        page = self.open("preparer", address("case-section", self.case, section))
        for name in names:
            page.fill(f"#id_{name}", str(changes.get(name, self.data[name])))
        page.locator("button[value=continue]").click()
        return page

    def type_the_project(self) -> None:
        """The name first; the next section with something missing follows by itself."""
        page = self.type_section("project", PROJECT)
        expect(page).to_have_url(re.compile(r"/sections?/capital/"))

    def type_the_capital(self) -> None:
        """A sum that does not add up is named and kept as typed; then the right one leads on."""
        page = self.type_section("capital", CAPITAL, mobilised_usd="1000")
        expect(page.locator(".error-summary a").first).to_be_visible()
        if self.javascript:
            expect(page.locator(".error-summary")).to_be_focused()
        kept = page.locator("#id_mobilised_usd").input_value()
        assert re.sub(r"\D", "", kept) in ("1000", "100000"), kept
        expect(page.locator("#id_rate_bank")).to_have_value(self.data["rate_bank"])
        page.fill("#id_mobilised_usd", self.data["mobilised_usd"])
        page.locator("button[value=continue]").click()
        expect(page).to_have_url(re.compile(r"/papers/$"))

    def upload_papers(self) -> None:
        """Every paper the dossier calls for, one after the other."""
        page = self.open("preparer", address("case-papers", self.case))
        self.case = Case.objects.get(pk=self.case.pk)
        called_for = self.case.dossier.required_papers()
        needed = [rule.code for rule in paper_rules(self.case) if is_required(rule, called_for)]
        assert needed
        for code in needed:
            self.upload(page, code, f"{code}.pdf")

    def upload(self, page: Page, code: str, name: str) -> None:
        """Choosing the file is enough where scripts run."""
        line = page.locator(f"#paper-{code}")
        if line.locator("details > summary").count() and not line.locator("input[type=file]").is_visible():
            line.locator("details > summary").first.click()
        line.locator("input[type=file]").set_input_files(paper(name))
        if not self.javascript:
            line.locator("form.upload button").click()
        expect(line.locator(".paper-file")).to_contain_text(name)

    def check_and_submit(self) -> None:
        """Pre-check by the preparer; the signer reads the answers, declares, submits and gets a receipt."""
        page = self.open("preparer", address("case-papers", self.case))
        page.locator("main .actions .btn-primary").click()
        expect(page).to_have_url(re.compile(r"/precheck/$"))
        expect(page.locator("main .notice-ok")).to_be_visible()
        page = self.open("signer of the company", address("case-submit", self.case))
        expect(page.locator("main")).to_contain_text(self.data["project_name"])
        page.check("#id_declared")
        page.locator("button[value=submit]").click()
        expect(page).to_have_url(re.compile(r"/receipt/$"))
        expect(page.locator(".receipt-number")).to_have_text(self.case.reference)

    def answer(self, *, workers_foreign: str, paper_code: str, words: str) -> None:
        """The signer mends what was pinned and answers the office."""
        page = self.open("signer of the company", self.case.get_absolute_url())
        page.locator("main .btn-primary").first.click()
        page.locator(".pin a.btn").first.click()
        page.fill("#id_workers_foreign", workers_foreign)
        page.locator("button[value=continue]").click()
        expect(page).to_have_url(re.compile(rf"/papers/#paper-{paper_code}$"))
        self.upload(page, paper_code, "again.pdf")
        page.locator("main .actions .btn-primary").click()
        expect(page.locator(".pin-answered")).to_have_count(2)
        page.fill("#id_answer", words)
        page.locator("button[value=send]").click()
        page.wait_for_url(f"**{self.case.get_absolute_url()}")

    # --- the office -------------------------------------------------------------------------------------------------
    def act(self, role: str, verb: str, **values: str) -> None:
        """An official opens the page of a verb, fills it and presses its one button."""
        page = self.open(role, desk_page(self.case, verb))
        for name, value in values.items():
            if name == "outcome":
                page.check(f"#verb-form [name=outcome][value={value}]")
            else:
                page.fill(f"#verb-form [name={name}]", value)
        self._press(page)

    def request_with_pins(self, field: str, paper_code: str) -> None:
        """The appraiser ticks an answer on the dossier, adds a paper, and says what is wrong with both."""
        page = self.open("appraiser", desk_page(self.case, "form"))
        page.check(f"[data-pin][value={field}]")
        page.locator(f"button[formaction*='{desk_page(self.case, 'request_supplement')}']").click()
        rows = page.locator("[data-pin-row]")
        if self.javascript:
            page.locator("[data-pin-add]").click()
        expect(rows.nth(0).locator("select")).to_have_value(field)
        rows.nth(0).locator("textarea").fill("Số lao động nước ngoài chưa khớp.")
        rows.nth(1).locator("select").select_option(f"papers.{paper_code}")
        rows.nth(1).locator("textarea").fill("Bản chụp không đọc được.")
        page.fill("#verb-form [name=reasons]", "Đề nghị bổ sung hai điểm.")
        self._press(page)

    def _press(self, page: Page) -> None:
        page.locator("#verb-form button.btn-primary").click()
        page.wait_for_url(f"**{desk_page(self.case)}**")

    # --- the certificate --------------------------------------------------------------------------------------------
    def download(self) -> bytes:
        """The signed PDF, by the link on the investor's page."""
        page = self.open("signer of the company", self.case.get_absolute_url())
        link = page.locator("#certificate-box a[href$='certificate.pdf']").get_attribute("href")
        answer: Any = page.request.get(str(link))
        assert answer.headers["content-type"] == "application/pdf"
        return bytes(answer.body())

    def anyone_checks(self, number: str, document: bytes) -> None:
        """A stranger asks by number and by file; one changed byte is told apart."""
        page = self.new_page(javascript=self.javascript, locale={"vi": "vi-VN", "en": "en-GB"}[self.language])
        page.goto("/verify/")
        page.fill("[name=number]", number)
        page.locator("form:has([name=number]) button[type=submit]").first.click()
        expect(page.locator(".verdict-ok")).to_contain_text(number)
        middle = len(document) // 2
        spoilt = document[:middle] + bytes([document[middle] ^ 1]) + document[middle + 1 :]
        for content, verdict in ((document, ".verdict-ok"), (spoilt, ".verdict-danger")):
            page.goto("/verify/")
            page.set_input_files("input[type=file]", paper("certificate.pdf", content))
            page.locator("form:has(input[type=file]) button[type=submit]").click()
            expect(page.locator(verdict)).to_be_visible()
        expect(page.locator("html")).to_have_attribute("lang", self.language)
