"""Petitions of the city: never an entitlement, equal to the chain, adopted and told once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.roles import ADMINISTRATOR, APPRAISER, STATISTICIAN
from cases.calendar import local_date
from cases.errors import Invalid, NotAllowed, WrongState
from cases.signals import petition_adopted
from incentives.models import Petition, PetitionEvent, PetitionEvidence, SupportedProduct
from incentives.petitions import acts, adopting
from incentives.petitions.adopting import Decision
from incentives.petitions.capital import behind, capital_of
from incentives.petitions.demo import confirm_demo_projects
from incentives.petitions.proposals import proposed
from notifications.models import Message
from notifications.petition_letters import write
from projects.capital import totals
from projects.chain import Capital, append
from projects.models import CapitalEvent, Project, Sector, Zone
from projects.register_import import load_register
from tests.parallel import at_once
from tests.walk import company, member, official

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)
BANNER = "This is a petition of the city. It gives no right to any incentive."
WORDS = {
    "subject": "product", "name_vi": "Bột từ tính hiếm", "name_en": "Rare magnetic powder",
    "asked_vi": "Đề nghị đưa vào.", "asked_en": "Asked to list it.", "today_vi": "Chưa có trong Danh mục.",
    "today_en": "Not on the list.",
    "today_source": "Nghị định 205/2025", "confidence": "unsure", "sectors": "2013", "words": "bột từ, magnetic powder",
}  # fmt: skip


def licensed(name: str, *, sector: str = "", activity: str = "", usd: int | None = 1_000_000, vnd: int | None = None,
             organisation: Any = None, state: str = "active") -> Project:  # fmt: skip
    """A project of the register with a chain of two entries."""
    project = Project.objects.create(
        name=name, activity=activity, state=state, organisation=organisation, first_issued_on=date(2020, 1, 1),
        sector=Sector.objects.get(edition="2025", code=sector) if sector else None, zone=Zone.objects.first(),
    )  # fmt: skip
    opening = Capital(total_usd=usd and Decimal(usd), total_vnd=vnd and Decimal(vnd))
    append(project, "issue", capital=opening, effective_on=date(2020, 1, 1), by=None)
    if usd:
        append(project, "increase", capital=Capital(total_usd=Decimal("0.37")), effective_on=date(2026, 1, 1), by=None)
    return project


@pytest.fixture
def appraiser() -> Any:
    return official(APPRAISER, language="en")


@pytest.fixture
def petition(appraiser: Any) -> Petition:
    """A draft with evidence."""
    found = acts.record(WORDS, by=appraiser)
    acts.add_evidence(found, by=appraiser, text_vi="Ba nhà máy cần.", text_en="Three plants need it.", source="Sở")
    return found


def named(petition: Petition, *projects: Project, by: Any) -> Petition:
    acts.confirm_projects(petition, by=by, found={one.pk: ("hand", "") for one in projects})
    return petition


def line(**changes: Any) -> SupportedProduct:
    """A line of a new list."""
    facts: dict[str, Any] = {
        "code": "MAT-01", "list_version": "L2027", "group": "MECHANICAL", "name_vi": "Bột từ tính hiếm",
        "name_en": "Rare magnetic powder", "decree": "1/2026/ND-CP", "valid_from": date(2026, 12, 1),
        "confidence": "seen",
    }  # fmt: skip
    return SupportedProduct.objects.create(**facts | changes)


def decision(*projects: Project, **changes: Any) -> Decision:
    return Decision((line(**changes),), TODAY, frozenset(one.pk for one in projects))


def read(path: str, language: str = "en", status: int = 200) -> str:
    page = Client(headers={"accept-language": language}).get(path)
    assert page.status_code == status
    return page.content.decode()


# --- the six of the article -----------------------------------------------------------------------------------------
def test_the_six_basic_materials_stand_there_with_todays_treatment_source_and_mark() -> None:
    found = {one.name_en: one for one in Petition.objects.filter(imported=True)}
    assert len(found) == 6
    steel = found["Manufacturing steel"]
    assert [one.code for one in steel.listed.all()] == ["MECH-07"]
    assert (steel.confidence, steel.sent_on, steel.state) == ("seen", None, "answered")
    for name in ("Plastic resin from petrochemicals", "Synthetic rubber"):
        assert not found[name].listed.exists()
        assert found[name].confidence == "unsure"
        assert "No line was found" in found[name].today_en
        assert "%" not in found[name].today_en  # what is unsure states no figure


def test_a_petition_can_never_be_mistaken_for_an_entitlement() -> None:
    for petition in Petition.objects.public():
        text = read(petition.get_absolute_url())
        assert text.index(BANNER) < text.index('id="asked-title"') < text.index('id="today-title"')
        assert "Asked for, not granted" in text
        assert "verdict-ok" not in text
        assert "tag-ok" not in text
    assert "Thép chế tạo" in read("/incentives/petitions/kn-2026-01/", "vi")


def test_the_list_is_searched_without_accents_and_paged(appraiser: Any, django_assert_max_num_queries: Any) -> None:
    assert "Sợi nhân tạo" in read("/incentives/petitions/?q=soi+nhan+tao", "vi")
    assert "Manufacturing steel" not in read("/incentives/petitions/?q=soi+nhan+tao")
    for _one in range(20):
        acts.send(acts.record(WORDS, by=appraiser), by=appraiser, to="Bộ Công Thương", on=TODAY)
    with django_assert_max_num_queries(4):
        first = read("/incentives/petitions/")
    assert "26 petitions" in first
    assert 'rel="next"' in first
    assert "KN-2026-01" not in first
    assert "KN-2026-01" in read("/incentives/petitions/?page=2")


# --- the check leads here ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "number"), [("cao su tổng hợp SBR", "KN-2026-05"), ("synthetic rubber", "KN-2026-05")]
)
def test_a_product_that_is_not_listed_leads_to_the_petition_for_it(typed: str, number: str) -> None:
    text = read(f"/incentives/check/?product={typed}")
    assert "is not on the list of L2025" in text
    assert text.index("The nearest lines of the list") < text.index('id="petition-link"')
    assert f"/incentives/petitions/{number}/" in text
    answer = Client().post("/api/v1/incentives/eligibility/", {"product": typed}, "application/json",
                           headers={"accept-language": "en"}).json()  # fmt: skip
    told = {"number": number, "name": "Synthetic rubber", "url": f"http://testserver/incentives/petitions/{number}/"}
    assert (answer["petitions"][0], len(answer["nearest"])) == (told, 3)


def test_a_product_nobody_petitioned_for_leads_to_the_list_and_a_listed_one_nowhere() -> None:
    text = read("/incentives/check/?product=xi măng trắng")
    assert '<a href="/incentives/petitions/">' in text
    assert 'id="petition-link"' not in read("/incentives/check/?product=MECH-07")
    answer = Client().post("/api/v1/incentives/eligibility/", {"product": "xi măng"}, "application/json").json()
    assert answer["petitions"] == []


# --- recording ------------------------------------------------------------------------------------------------------
def test_only_appraisers_and_administrators_record_and_a_draft_is_nobodys_to_read(petition: Petition) -> None:
    with pytest.raises(NotAllowed):
        acts.record(WORDS, by=official(STATISTICIAN))
    with pytest.raises(NotAllowed):
        acts.send(petition, by=member(company(), "owner"), to="Bộ", on=TODAY)
    assert petition.number.startswith(f"KN-{local_date().year}-")
    assert acts.next_number(2026) == f"KN-2026-{6 + (local_date().year == 2026) + 1:02d}"
    read(petition.get_absolute_url(), status=404)
    acts.send(petition, by=official(ADMINISTRATOR), to="Bộ Công Thương", on=TODAY, key="k")
    assert "Rare magnetic powder" in read(petition.get_absolute_url())
    with pytest.raises(WrongState):
        acts.edit(petition, WORDS | {"name_vi": "Khác"}, by=official(APPRAISER), listed=())


def test_steps_and_evidence_stay_as_written(petition: Petition) -> None:
    for rows in (PetitionEvent.objects.filter(petition=petition), PetitionEvidence.objects.filter(petition=petition)):
        for change in (lambda rows=rows: rows.update(petition=1), rows.delete):
            with pytest.raises(Exception, match="append-only"), transaction.atomic():
                change()
    with pytest.raises(IntegrityError), transaction.atomic():
        Petition.objects.filter(pk=petition.pk).update(state="sent")  # without saying to whom


def test_projects_are_proposed_by_words_and_sector_and_confirmed_by_an_official(
    petition: Petition, appraiser: Any
) -> None:
    by_words = licensed("Nhà máy A", activity="Sản xuất bột từ và nam châm")
    by_sector = licensed("Nhà máy B", sector="2013")
    above = licensed("Nhà máy C", sector="20")
    licensed("Bột tươi D", activity="Bột mì")
    ended = licensed("Nhà máy E", sector="2013", state="terminated")
    found, count = proposed(petition)
    assert [(one.project, one.why, one.strong) for one in found] == [
        (by_words, "words", True), (by_sector, "sector", True), (above, "sector", False),
    ]  # fmt: skip
    assert (count, ended in [one.project for one in found]) == (3, False)
    acts.confirm_projects(petition, by=appraiser, found={by_words.pk: ("words", "bot tu")})
    assert by_words not in [one.project for one in proposed(petition)[0]]
    acts.confirm_projects(petition, by=appraiser, found={}, removed=[by_words.pk])
    assert petition.affected.standing().count() == 0
    assert petition.affected.count() == 1
    assert petition.events.filter(verb="projects").count() == 2


def test_the_demonstration_names_what_words_and_sector_name_outright(appraiser: Any) -> None:
    load_register()
    assert confirm_demo_projects(appraiser) == 2
    assert confirm_demo_projects(appraiser) == 0
    resin = read("/incentives/petitions/KN-2026-03/")
    assert "SK Ecovance" in resin
    assert "USD 500,000,000" in resin


def test_totals_are_those_of_the_chain_to_the_cent_as_of_any_day(petition: Petition, appraiser: Any) -> None:
    projects = [licensed("A", usd=12_345_678), licensed("B", usd=None, vnd=9_876_543_210), licensed("C", usd=1)]
    named(petition, *projects, by=appraiser)
    acts.send(petition, by=appraiser, to="Bộ", on=TODAY)
    for day, dollars in ((TODAY, "12345679.74"), (date(2025, 12, 31), "12345679.00")):
        found = behind([one.pk for one in projects], capital_of([one.pk for one in projects], day))
        chain = [totals(one, day) for one in projects]
        assert found.usd == sum(one["total_usd"] or 0 for one in chain) == Decimal(dollars)
        assert found.only_vnd == chain[1]["total_vnd"] == Decimal(9_876_543_210)
    text = read(petition.get_absolute_url())
    assert "USD 12,345,679.74" in text
    assert "VND 9,876,543,210" in text
    assert "USD 12,345,679<" in read(f"{petition.get_absolute_url()}?as_of=2025-12-31")


# --- adoption -------------------------------------------------------------------------------------------------------
def test_an_adoption_names_the_projects_and_tells_their_people_once(petition: Petition, appraiser: Any) -> None:
    one = company()
    people = [member(one, "owner", "signer", language="vi"), member(one, "preparer")]
    member(one, "observer")
    projects = [licensed("Nhà máy A", organisation=one), licensed("Nhà máy B", organisation=one), licensed("Lẻ")]
    named(petition, *projects, by=appraiser)
    acts.send(petition, by=appraiser, to="Bộ Công Thương", on=date(2026, 11, 1))
    chosen = decision(*projects)
    seen = adopting.foresee(petition, chosen)
    assert (seen.letters, [len(told.people) for told in seen.told]) == (2, [2, 2, 0])
    for _again in range(2):  # the same request twice
        adopting.adopt(petition, chosen, by=appraiser, key="one")
    letters = list(Message.objects.filter(template="petition-adopted").order_by("person"))
    assert [letter.person for letter in letters] == people
    said = f"{petition.number}: a product of 2 of your projects is on the list, you may apply from 1 Dec 2026"
    assert letters[1].subject == said
    assert ("Bột từ tính hiếm" in letters[0].text, "Rare magnetic powder" in letters[1].text) == (True, True)
    for letter in letters:
        assert projects[0].code in letter.text
        assert projects[1].code in letter.html
        assert "Lẻ" not in letter.text
    assert "not yet an incentive" in letters[1].text
    with pytest.raises(WrongState):
        adopting.adopt(petition, chosen, by=appraiser, key="two")
    petition.refresh_from_db()
    told = [adopting.Told(row, ()) for row in petition.affected.select_related("project__organisation")]
    assert write(adopting.news_of(petition, chosen, told, petition.created_at)) == []  # told again: nothing new
    assert Message.objects.count() == 2
    page = read(petition.get_absolute_url())
    assert page.index('id="eligible"') < page.index(str(projects[0].code))
    assert "the project may apply from 1 Dec 2026" in read(projects[0].get_absolute_url())


def test_a_letter_that_cannot_be_written_undoes_the_adoption(petition: Petition, appraiser: Any) -> None:
    acts.send(named(petition, licensed("A"), by=appraiser), by=appraiser, to="Bộ", on=TODAY)

    def fails(**_news: Any) -> None:
        raise RuntimeError

    petition_adopted.connect(fails)
    try:
        with pytest.raises(RuntimeError), transaction.atomic():
            adopting.adopt(petition, decision(), by=appraiser)
    finally:
        petition_adopted.disconnect(fails)
    petition.refresh_from_db()
    assert (petition.state, petition.events.filter(verb="adopted").count()) == ("sent", 0)


def test_an_adoption_says_everything_that_is_wrong_at_once(petition: Petition, appraiser: Any) -> None:
    acts.send(petition, by=appraiser, to="Bộ", on=date(2026, 11, 1))
    ended = line(code="OLD-1", list_version="L2015", valid_from=date(2016, 1, 1), valid_to=date(2025, 8, 31))
    with pytest.raises(Invalid) as refusal:
        adopting.adopt(petition, Decision((line(), ended), date(2026, 10, 1), frozenset()), by=appraiser)
    assert set(refusal.value.errors) == {"lines", "adopted_on"}
    assert len(refusal.value.errors["lines"]) == 2


@pytest.mark.django_db(transaction=True)
def test_two_who_adopt_at_once_tell_once(appraiser: Any) -> None:
    one = company()
    member(one, "owner")
    petition = acts.record(WORDS, by=appraiser)
    named(petition, licensed("A", organisation=one), by=appraiser)
    acts.send(petition, by=appraiser, to="Bộ", on=TODAY)
    chosen = decision(*Project.objects.all())

    recorded = at_once(lambda _number: acts.record(WORDS, by=appraiser), 3)
    assert len({one.number for one in recorded if isinstance(one, Petition)}) == 3
    done = at_once(lambda _number: adopting.adopt(petition, chosen, by=appraiser), 2)
    assert {type(found) for found in done} == {Petition, WrongState}
    assert Message.objects.filter(template="petition-adopted").count() == 1


def test_a_page_with_many_projects_needs_no_more_queries(petition: Petition, appraiser: Any) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            read(petition.get_absolute_url())
        return len(found)

    acts.send(named(petition, licensed("A"), by=appraiser), by=appraiser, to="Bộ", on=TODAY)
    few = queries()
    rows = Project.objects.bulk_create(
        Project(name=f"P{number}", code=f"DA-9{number:05d}", state="active") for number in range(150)
    )
    CapitalEvent.objects.bulk_create(
        CapitalEvent(project=row, seq=1, kind="issue", effective_on=TODAY, recorded_at="2026-11-24T00:00:00Z",
                     total_usd=1, hash=str(row.pk)) for row in rows
    )  # fmt: skip
    named(petition, *rows, by=appraiser)
    assert queries() == few <= 9
    text = read(petition.get_absolute_url())
    assert text.count('data-label="Why"') == 100
    assert "USD 1,000,150.37" in text
