"""The pages in a real Chromium, with and without JavaScript, in both languages, wide and narrow."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from accounts.models import User
from cases import transitions as verbs
from cases.drafting import create
from cases.models import Case
from cases.states import Status
from tests.cases.pages.visitors import address, asked
from tests.fixtures.waiting import eventually
from tests.portal.test_look_in_browser import barriers
from tests.walk import PDF, Cast, draft, walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NewPage = Callable[..., Page]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return Cast()


def signed_in(page: Page, user: User, live_server: Any) -> Page:
    """The visitor's browser with this person signed in."""
    client = Client()
    client.force_login(user)
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    return page


def file(tmp_path: Path, name: str, content: bytes = PDF) -> str:
    """A file on the visitor's disk."""
    path = tmp_path / name
    path.write_bytes(content)
    return str(path)


def petition(case: Case) -> dict[str, Any]:
    return Case.objects.get(pk=case.pk).dossier.as_data()


# --- the whole way --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
def test_from_the_overview_to_the_receipt(
    new_page: NewPage, live_server: Any, cast: Cast, tmp_path: Path, javascript: bool
) -> None:
    page = signed_in(new_page(javascript=javascript), cast["signer of the company"], live_server)
    page.goto("/dashboard/")
    page.locator("main a[href='/cases/new/']").first.click()
    page.locator("a[href='/cases/new/petition/']").click()
    page.locator("main button.btn-primary").click()
    page.locator(".task-name").first.click()
    page.fill("#id_subject", "Đào tạo kỹ sư khuôn mẫu")
    page.fill("#id_amount", "1250000")
    page.locator("button[value=continue]").click()
    expect(page).to_have_url(re.compile(r"/papers/$"))
    page.set_input_files("#file-a", file(tmp_path, "Văn bản.pdf"))
    if not javascript:
        page.locator("#paper-a button").click()
    expect(page.locator("#paper-a .paper-file")).to_contain_text("Văn bản.pdf")
    page.locator("main .actions .btn-primary").click()
    expect(page).to_have_url(re.compile(r"/precheck/$"))
    page.locator("main .actions .btn-primary").click()
    page.check("#id_declared")
    page.locator("button[value=submit]").click()
    expect(page).to_have_url(re.compile(r"/receipt/$"))
    case = Case.objects.get()
    expect(page.locator(".receipt-number")).to_have_text(case.reference)
    assert case.status == Status.SUBMITTED
    page.reload()
    assert case.events.count() == 1


# --- sections -------------------------------------------------------------------------------------------------------
def opened_section(new_page: NewPage, live_server: Any, cast: Cast, role: str = "preparer") -> tuple[Page, Case]:
    case = create("petition", organisation=cast.organisation, by=cast["preparer"])
    page = signed_in(new_page(locale="en-GB"), cast[role], live_server)
    page.clock.install()
    page.goto(address("case-section", case, "subject"))
    return page, case


def test_a_section_saves_itself_half_a_minute_after_the_last_change(
    new_page: NewPage, live_server: Any, cast: Cast
) -> None:
    page, case = opened_section(new_page, live_server, cast)
    page.fill("#id_subject", "Đang gõ")
    expect(page.locator(".autosave")).to_have_text("Changes not saved yet.")
    page.clock.fast_forward(29_000)
    assert petition(case)["subject"] == ""
    page.clock.fast_forward(2_000)
    expect(page.locator(".autosave")).to_have_text(re.compile(r"^Saved at \d\d:\d\d\.$"))
    assert petition(case)["subject"] == "Đang gõ"
    page.fill("#id_subject", "Đang gõ tiếp")
    page.clock.fast_forward(31_000)
    eventually(lambda: petition(case)["subject"] == "Đang gõ tiếp")
    page.locator("button[value=later]").click()
    expect(page).to_have_url(re.compile(rf"{case.reference}/$"))
    assert petition(case)["subject"] == "Đang gõ tiếp"


def test_control_s_saves_at_once(new_page: NewPage, live_server: Any, cast: Cast) -> None:
    page, case = opened_section(new_page, live_server, cast)
    page.fill("#id_subject", "Ngay lập tức")
    page.locator("#id_subject").press("Control+s")
    expect(page.locator(".autosave")).to_have_text(re.compile("^Saved at"))
    assert petition(case)["subject"] == "Ngay lập tức"


def test_what_cannot_be_read_is_named_and_the_rest_is_saved(new_page: NewPage, live_server: Any, cast: Cast) -> None:
    page, case = opened_section(new_page, live_server, cast)
    page.fill("#id_subject", "Đọc được")
    page.locator("#id_amount").evaluate("field => { field.type = 'text'; field.value = 'nhiều'; }")
    page.locator("#id_subject").press("Control+s")
    expect(page.locator(".autosave")).to_contain_text("except what cannot be read yet")
    assert petition(case)["subject"] == "Đọc được"


def test_leaving_the_page_takes_the_last_words_along(new_page: NewPage, live_server: Any, cast: Cast) -> None:
    page, case = opened_section(new_page, live_server, cast)
    page.fill("#id_subject", "Chưa kịp lưu")
    page.goto("/dashboard/")
    eventually(lambda: petition(case)["subject"] == "Chưa kịp lưu")


def test_without_a_connection_the_page_says_so_and_tries_again(new_page: NewPage, live_server: Any, cast: Cast) -> None:
    page, case = opened_section(new_page, live_server, cast)
    page.context.set_offline(True)
    page.fill("#id_subject", "Mất mạng")
    page.locator("#id_subject").press("Control+s")
    expect(page.locator(".autosave")).to_contain_text("no connection")
    page.context.set_offline(False)
    page.clock.fast_forward(11_000)
    expect(page.locator(".autosave")).to_have_text(re.compile("^Saved at"))
    assert petition(case)["subject"] == "Mất mạng"


def test_who_was_signed_out_is_told_and_keeps_every_word(new_page: NewPage, live_server: Any, cast: Cast) -> None:
    page, case = opened_section(new_page, live_server, cast)
    cookies = page.context.cookies()
    page.fill("#id_subject", "Hết phiên")
    page.context.clear_cookies(name="sessionid")
    page.locator("#id_subject").press("Control+s")
    expect(page.locator(".autosave")).to_contain_text("you are signed out")
    expect(page.locator("#id_subject")).to_have_value("Hết phiên")
    page.context.add_cookies(cookies)
    page.locator("#id_subject").press("Control+s")
    expect(page.locator(".autosave")).to_have_text(re.compile("^Saved at"))
    assert petition(case)["subject"] == "Hết phiên"


def test_a_button_pressed_while_the_page_saves_itself_waits_and_loses_nothing(
    new_page: NewPage, live_server: Any, cast: Cast
) -> None:
    page, case = opened_section(new_page, live_server, cast)

    def slowly(route: Any) -> None:
        page.fill("#id_subject", "Hai")
        page.locator("button[value=later]").click(no_wait_after=True)
        route.continue_()

    page.route("**/autosave/**", slowly)
    page.fill("#id_subject", "Một")
    page.evaluate("document.dispatchEvent(new KeyboardEvent('keydown', {key: 's', ctrlKey: true}))")
    page.wait_for_url(re.compile(rf"{case.reference}/$"))
    assert petition(case)["subject"] == "Hai"


def test_enter_in_a_field_never_submits_the_case(new_page: NewPage, live_server: Any, cast: Cast) -> None:
    case = draft("petition", cast)
    page = signed_in(new_page(), cast["signer of the company"], live_server)
    page.goto(address("case-section", case, "subject"))
    page.locator("#id_subject").press("Enter")
    expect(page).to_have_url(re.compile("/submit/$"))
    page.locator("#id_declared").check()
    page.locator("#id_declared").press("Enter")
    page.wait_for_load_state()
    assert Case.objects.get(pk=case.pk).status == Status.DRAFT


def test_two_people_in_one_answer_choose_on_one_page(new_page: NewPage, live_server: Any, cast: Cast) -> None:
    page, case = opened_section(new_page, live_server, cast)
    other = signed_in(new_page(locale="en-GB"), cast["owner"], live_server)
    other.goto(address("case-section", case, "subject"))
    other.fill("#id_subject", "Của chủ")
    other.locator("button[value=later]").click()
    page.fill("#id_subject", "Của tôi")
    page.locator("#id_subject").press("Control+s")
    expect(page.locator(".autosave")).to_contain_text("somebody else changed the same answers")
    page.locator("button[value=later]").click()
    expect(page.locator("h1")).to_have_text("Two people changed the same answers")
    assert barriers(page) == []
    page.get_by_label("What you typed:").check()
    page.locator("main .btn-primary").click()
    expect(page).to_have_url(re.compile(rf"{case.reference}/$"))
    assert petition(case)["subject"] == "Của tôi"


def test_the_gap_takes_the_focus_and_leads_to_its_field(new_page: NewPage, live_server: Any, cast: Cast) -> None:
    page, _case = opened_section(new_page, live_server, cast)
    page.locator("button[value=continue]").click()
    expect(page.locator(".error-summary")).to_be_focused()
    page.locator(".error-summary a").last.click()
    expect(page.locator("#id_amount")).to_be_focused()


# --- papers ---------------------------------------------------------------------------------------------------------
def opened_papers(new_page: NewPage, live_server: Any, cast: Cast) -> tuple[Page, Case]:
    case = create("registration", organisation=cast.organisation, by=cast["preparer"])
    page = signed_in(new_page(locale="en-GB"), cast["preparer"], live_server)
    page.goto(address("case-papers", case))
    return page, case


def test_choosing_a_file_is_enough_and_a_bad_one_leaves_the_others(
    new_page: NewPage, live_server: Any, cast: Cast, tmp_path: Path
) -> None:
    page, case = opened_papers(new_page, live_server, cast)
    page.set_input_files("#file-a", file(tmp_path, "Đề nghị.pdf"))
    expect(page.locator("#paper-a .paper-file")).to_contain_text("Đề nghị.pdf")
    page.set_input_files("#file-b", file(tmp_path, "setup.exe", b"MZ" + b"\0" * 500))
    expect(page.locator("#paper-b [data-sentence]")).to_contain_text("is not a PDF")
    page.set_input_files("#file-b", file(tmp_path, "leer.pdf", b""))
    expect(page.locator("#paper-b [data-sentence]")).to_contain_text("empty")
    expect(page.locator("#paper-a .paper-file")).to_contain_text("Đề nghị.pdf")
    page.set_input_files("#file-b", file(tmp_path, "Pháp nhân.pdf"))
    expect(page.locator("#paper-b .paper-file")).to_contain_text("Pháp nhân.pdf")
    expect(page.locator("#paper-b [data-sentence]")).to_be_hidden()
    assert set(case.attachments.values_list("paper", flat=True)) == {"a", "b"}


def test_a_file_can_be_dropped_onto_its_paper(new_page: NewPage, live_server: Any, cast: Cast) -> None:
    page, case = opened_papers(new_page, live_server, cast)
    page.locator("#paper-c form").evaluate(
        """(form, text) => {
            const transfer = new DataTransfer();
            transfer.items.add(new File([text], "thả.pdf", {type: "application/pdf"}));
            form.dispatchEvent(new DragEvent("drop", {dataTransfer: transfer, bubbles: true, cancelable: true}));
        }""",
        PDF.decode(),
    )
    expect(page.locator("#paper-c .paper-file")).to_contain_text("thả.pdf")
    assert case.attachments.get().paper == "c"


def test_a_connection_that_breaks_off_says_so_and_keeps_the_control(
    new_page: NewPage, live_server: Any, cast: Cast, tmp_path: Path
) -> None:
    page, case = opened_papers(new_page, live_server, cast)
    page.route(lambda url: url.endswith("/papers/"), lambda route: route.abort())
    page.set_input_files("#file-a", file(tmp_path, "Đề nghị.pdf"))
    expect(page.locator("#paper-a [data-sentence]")).to_contain_text("The connection broke off.")
    page.unroute_all()
    page.set_input_files("#file-a", file(tmp_path, "Đề nghị.pdf"))
    expect(page.locator("#paper-a .paper-file")).to_contain_text("Đề nghị.pdf")
    assert case.attachments.count() == 1


# --- submitting and answering ---------------------------------------------------------------------------------------
def test_a_nervous_double_click_submits_once(new_page: NewPage, live_server: Any, cast: Cast) -> None:
    case = draft("petition", cast)
    page = signed_in(new_page(), cast["signer of the company"], live_server)
    page.goto(address("case-submit", case))
    page.check("#id_declared")
    page.locator("button[value=submit]").dblclick(no_wait_after=True)
    expect(page).to_have_url(re.compile(r"/receipt/$"))
    assert case.events.count() == 1


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
def test_three_points_are_answered_from_home_in_six_presses(
    new_page: NewPage, live_server: Any, cast: Cast, tmp_path: Path, javascript: bool
) -> None:
    case = asked(cast, ("total_capital_usd", "?"), ("workers_foreign", "?"), ("papers.c", "?"), kind="registration")
    page = signed_in(new_page(javascript=javascript), cast["signer of the company"], live_server)
    page.goto(case.get_absolute_url())
    presses = []

    def press(what: str) -> None:
        presses.append(what)
        page.locator(what).first.click()

    press("main .btn-primary")
    press(".pin a.btn")
    page.fill("#id_total_capital_usd", "550000000")
    press("button[value=continue]")
    page.fill("#id_workers_foreign", "61")
    press("button[value=continue]")
    expect(page).to_have_url(re.compile(r"/papers/#paper-c$"))
    page.locator("#paper-c details").first.evaluate("fold => { fold.open = true; }") if javascript else None
    page.set_input_files("#file-c", file(tmp_path, "Bản rõ.pdf"))
    if not javascript:
        page.locator("#paper-c form button").click()
    expect(page.locator("#paper-c .paper-file")).to_contain_text("Bản rõ.pdf")
    press("main .actions .btn-primary")
    expect(page.locator(".pin-answered")).to_have_count(3)
    page.fill("#id_answer", "Đã sửa ba điểm.")
    press("button[value=send]")
    assert len(presses) == 6
    page.wait_for_load_state()


# --- every page -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("locale", ["vi-VN", "en-GB"])
@pytest.mark.parametrize("width", [1280, 320])
def test_no_page_has_a_barrier_or_scrolls_sideways(
    new_page: NewPage, live_server: Any, cast: Cast, width: int, locale: str
) -> None:
    reader = cast["signer of the company"]
    reader.language = locale[:2]
    reader.save()
    page = signed_in(new_page(locale=locale, width=width), reader, live_server)
    empty = create("registration", organisation=cast.organisation, by=cast["preparer"])
    whole = draft("registration", cast)
    returned = walk("petition", Status.SUBMITTED, cast)
    pins = [{"path": "amount", "text": "?"}]
    verbs.return_incomplete(returned, by=cast["desk officer"], reasons="Bổ sung.", pins=pins)
    accepted, issued = walk("petition", Status.ACCEPTED, cast), walk("petition", Status.ISSUED, cast)
    waiting = asked(cast, ("total_capital_usd", "?"), ("papers.c", "?"), kind="registration")
    pages = [
        "/dashboard/", "/cases/", "/cases/?q=nichts", "/cases/new/", "/cases/new/registration/",
        empty.get_absolute_url(), address("case-precheck", empty), address("case-papers", empty),
        f"{address('case-section', empty, 'project')}?check=1", address("case-section", whole, "capital"),
        whole.get_absolute_url(), address("case-papers", whole), address("case-submit", whole),
        address("paper-remove", whole, whole.attachments.all()[0].pk), returned.get_absolute_url(),
        address("case-receipt", accepted), accepted.get_absolute_url(), address("case-withdraw", accepted),
        issued.get_absolute_url(), waiting.get_absolute_url(), address("case-supplement", waiting),
        address("case-section", waiting, "capital"),
    ]  # fmt: skip
    for each in pages:
        page.goto(each)
        assert page.locator("h1").count() == 1, each
        assert barriers(page) == [], each
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), each
