"""The simulator's page: the answer first, everything in the address, and a draft with one press."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from adjustments.models import Adjustment
from cases.models import Case
from projects.models import Project
from projects.register_import import load_register
from tests.adjustments.factories import licensed_project
from tests.cases.pages.visitors import hidden, links_of, text_of, visitor
from tests.walk import Cast

pytestmark = pytest.mark.django_db
MOST_QUERIES = 10
TYPED = {
    "today_total_capital_usd": "100,000,000", "today_contributed_usd": "30,000,000",
    "today_mobilised_usd": "70,000,000", "today_place": "IP-TD1", "total_capital_usd": "125,000,000",
    "approved": "true",
}  # fmt: skip


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def project(cast: Cast) -> Project:
    return licensed_project(cast.organisation)


@pytest.fixture
def reader() -> Client:
    return Client(headers={"accept-language": "en"})


def address(**asked: str) -> str:
    return f"{reverse('simulate')}?{urlencode(asked)}"


def queries(browser: Client, where: str) -> int:
    browser.get(where)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(where).status_code == 200
    return len([query for query in asked.captured_queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))])


# --- reading --------------------------------------------------------------------------------------------------------
def test_the_empty_page_asks_and_answers_nothing(reader: Client) -> None:
    page = reader.get(reverse("simulate"))
    assert page.status_code == 200
    assert "What is to change?" in text_of(page)
    assert "What this change leads to" not in text_of(page)


def test_a_stranger_reads_the_answer_first_then_structure_rules_papers_and_the_other_law(reader: Client) -> None:
    page = reader.get(address(on="2026-02-28", **TYPED))
    text = text_of(page)
    order = [
        "The in-principle approval has to be adjusted first. After that, Hai Phong Economic Zone Authority adjusts the "
        "certificate within 5 working days.",
        "Before and after", "25,000,000 (+25.0 %)", "Rules that apply under the law of 28 Feb 2026",
        "which is 20 % or more", "L61 41(3)c", "The same change under the neighbouring law",
        "Since 1 Mar 2026: 7 working days", "D96 56(2)", "Papers", "What was assumed",
    ]  # fmt: skip
    places = [text.find(words) for words in order]
    assert -1 not in places, dict(zip(order, places, strict=True))
    assert places == sorted(places)
    assert "Make this a draft" not in text


def test_doubtful_rules_say_so_in_words(reader: Client) -> None:
    text = text_of(reader.get(address(on="2026-02-28", **TYPED)))
    assert "Not certain: the texts do not settle it." in text
    assert "General knowledge: its wording was not seen in a source." in text_of(reader.get(address(**TYPED)))


def test_the_page_leads_to_the_same_question_on_both_sides_of_the_new_law(reader: Client) -> None:
    page = reader.get(address(**TYPED))
    links = [link.replace("&amp;", "&") for link in links_of(page) if "on=2026-0" in link]
    assert sorted(link.partition("on=")[2][:10] for link in links) == ["2026-02-28", "2026-03-01"]
    answers = [text_of(reader.get(link)) for link in sorted(links, key=lambda link: link.partition("on=")[2])]
    assert "within 5 working days" in answers[0]
    assert "within 7 working days" in answers[1]


def test_the_bars_have_a_name_words_and_widths_to_scale(reader: Client) -> None:
    page = reader.get(address(on="2026-11-24", **TYPED)).content.decode()
    assert 'role="img" aria-labelledby="bars-name bars-text"' in page
    assert "Today: USD 100 million; After: USD 125 million" in page
    for part, x, width in (
        ("contributed", "0.00%", "24.00%"), ("mobilised", "24.00%", "56.00%"), ("mobilised", "30.00%", "70.00%"),
    ):  # fmt: skip
        assert f'class="bar bar-{part}" x="{x}" y="24" width="{width}"' in page
    assert "style=" not in page[page.index("<main") :]


def test_both_languages_and_the_echo_of_the_amount(reader: Client) -> None:
    vietnamese = text_of(Client(headers={"accept-language": "vi"}).get(address(on="2026-11-24", **TYPED)))
    assert "Nội dung chính của Giấy chứng nhận thay đổi" in vietnamese
    assert "USD 125 million · One hundred and twenty-five million" in text_of(reader.get(address(**TYPED)))


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"total_capital_usd": "125000000"}, "Name a project, or say what its capital is today."),
        ({"project": "DA-999999", "total_capital_usd": "1"}, "The register has no project DA-999999."),
        (TYPED | {"total_capital_usd": "a lot"}, "is not a figure"),
        (TYPED | {"objectives": "0000"}, "has no code 0000"),
        (TYPED | {"investor_1_usd": "5"}, "Whose contribution is this?"),
        (TYPED | {"on": "yesterday"}, "Enter a valid date."),
    ],
)
def test_what_cannot_be_read_is_told_beside_its_field(reader: Client, asked: dict[str, str], sentence: str) -> None:
    page = reader.get(address(**asked))
    assert page.status_code == 400
    assert sentence in text_of(page)
    assert "There is a problem" in text_of(page)


def test_only_a_day_and_only_a_project_ask_for_more_and_are_no_error(reader: Client, project: Project) -> None:
    assert reader.get(address(on="2026-02-28")).status_code == 200
    page = reader.get(address(project=project.code or ""))
    assert page.status_code == 200
    assert "Now type what is to change." in text_of(page)


def test_a_project_taken_over_from_public_sources_can_be_tried_by_anybody(reader: Client) -> None:
    load_register()
    known = Project.objects.get(name="LG Innotek Vietnam Hai Phong")
    text = text_of(reader.get(address(project=known.code or "", total_capital_usd="3000000000")))
    assert "Today's figures come from the public register." in text
    assert "An older certificate is restated as a whole" in text


def test_investors_and_phases_of_a_project_are_there_for_its_company_only(
    cast: Cast, project: Project, reader: Client
) -> None:
    asked = address(project=project.code or "", investor_1_usd="200000000")
    own = text_of(visitor(cast["observer"]).get(asked))
    assert "LG INNOTEK CO., LTD.: is to contribute (USD)" in own
    assert "LG INNOTEK CO., LTD." not in text_of(reader.get(asked)).replace(project.investors, "")


@pytest.mark.parametrize("role", ["", "owner", "appraiser"])
def test_the_page_keeps_to_its_budget_of_queries(cast: Cast, project: Project, reader: Client, role: str) -> None:
    browser = visitor(cast[role]) if role else reader
    assert queries(browser, address(**TYPED)) <= MOST_QUERIES
    assert queries(browser, address(project=project.code or "", total_capital_usd="1549000000")) <= MOST_QUERIES


# --- the draft ------------------------------------------------------------------------------------------------------
def simulated(browser: Client, project: Project) -> Any:
    return browser.get(address(project=project.code or "", total_capital_usd="1549000000", on="2026-11-24"))


def test_one_press_opens_a_draft_with_the_figures_and_the_same_press_twice_opens_one(
    cast: Cast, project: Project
) -> None:
    browser = visitor(cast["preparer"])
    page = simulated(browser, project)
    posted = {name: hidden(page, name) for name in ("key", "query")}
    before = Case.objects.count()
    answers = [browser.post(reverse("simulate-draft"), posted) for _time in range(2)]
    assert Case.objects.count() == before + 1
    draft = Adjustment.objects.latest("pk")
    assert {answer["Location"] for answer in answers} == {
        reverse("case-section", args=[draft.case.reference, "capital"])
    }
    assert (draft.project, draft.intent, draft.amount_usd()) == (project, "increase", Decimal(1_000_000_000))
    items = {item.path: item.after for item in draft.items.all()}
    assert items["total_capital_vnd"] == "40274000000000"
    assert items["investors.0.contribution_usd"] == "511170000.00"
    assert browser.get(answers[0]["Location"]).status_code == 200


def test_what_was_not_typed_is_not_written_to_the_draft(cast: Cast, project: Project) -> None:
    browser = visitor(cast["owner"])
    asked = {"project": project.code or "", "total_capital_usd": "600000000", "approved": "true", "place": "IP-TD2"}
    page = browser.get(address(**asked))
    assert "Moves to" in text_of(page)
    browser.post(reverse("simulate-draft"), {name: hidden(page, name) for name in ("key", "query")})
    draft = Adjustment.objects.latest("pk")
    assert "…" not in str(draft.proposed)
    assert draft.proposed["lot"] == draft.current["lot"]


@pytest.mark.parametrize(
    ("role", "status"), [("observer", 403), ("outsider", 403), ("consultant with an ended letter", 403)]
)
def test_only_those_who_write_for_the_company_make_a_draft(
    cast: Cast, project: Project, role: str, status: int
) -> None:
    browser = visitor(cast[role])
    assert "Make this a draft" not in text_of(simulated(browser, project))
    posted = {"key": "k", "query": urlencode({"project": project.code, "total_capital_usd": "1549000000"})}
    before = Case.objects.count()
    assert browser.post(reverse("simulate-draft"), posted).status_code == status
    assert Case.objects.count() == before


def test_officials_and_strangers_cannot_make_a_draft(cast: Cast, project: Project) -> None:
    posted = {"key": "k", "query": urlencode({"project": project.code, "total_capital_usd": "1549000000"})}
    assert visitor(cast["appraiser"]).post(reverse("simulate-draft"), posted).status_code == 403
    assert "/login/" in Client().post(reverse("simulate-draft"), posted)["Location"]


def test_the_front_page_leads_to_the_simulator(reader: Client) -> None:
    assert reverse("simulate") in links_of(reader.get("/"))


def test_a_project_taken_over_with_its_company_becomes_a_draft_as_well(cast: Cast) -> None:
    load_register()
    known = Project.objects.get(name="LG Innotek Vietnam Hai Phong")
    Project.objects.filter(pk=known.pk).update(organisation=cast.organisation, state=Project.State.ACTIVE)
    browser = visitor(cast["preparer"])
    page = browser.get(address(project=known.code or "", total_capital_usd="3000000000"))
    browser.post(reverse("simulate-draft"), {name: hidden(page, name) for name in ("key", "query")})
    draft = Adjustment.objects.latest("pk")
    assert draft.proposed["total_capital_usd"] == "3000000000.00"
