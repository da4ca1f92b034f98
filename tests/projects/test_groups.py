"""Groups of companies: each project once, shares only where a source states them, published totals beside."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import roles
from projects.chain import Capital, append
from projects.group_import import load_groups
from projects.group_totals import GroupCapital, capital_of, compared, over_time
from projects.groups import Group, Holding
from projects.models import Project
from projects.register_import import load_register
from tests.cases.pages.visitors import links_of, text_of, visitor
from tests.walk import official

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


@pytest.fixture
def reader() -> Client:
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def lg(db: None) -> Group:
    load_register()
    load_groups()
    return Group.objects.get(slug="lg")


def project(name: str, usd: int = 0, vnd: int = 0, on: date = date(2020, 1, 1)) -> Project:
    found = Project.objects.create(name=name, state="active", first_issued_on=on)
    stated = Capital(total_usd=Decimal(usd) if usd else None, total_vnd=Decimal(vnd) if vnd else None)
    append(found, "issue", capital=stated, effective_on=on, by=None)
    return found


def group(name: str) -> Group:
    return Group.objects.create(slug=name.lower(), name=name)


def holds(owner: Group, held: Project | Group, share: str = "", **days: Any) -> Holding:
    which: dict[str, Any] = {"project": held} if isinstance(held, Project) else {"subsidiary": held}
    return Holding.objects.create(group=owner, share_percent=Decimal(share) if share else None, **which, **days)


def of(owner: Group, day: date = TODAY) -> GroupCapital:
    return capital_of([owner], day)[owner.pk]


# --- the real ones --------------------------------------------------------------------------------------------------
def test_the_projects_of_lg_add_up_to_what_their_certificates_state(lg: Group) -> None:
    capital = of(lg)
    assert [(item.project.investors, item.usd) for item in capital.held] == [
        ("LG Display", 5_650_000_000),
        ("LG Innotek", 2_051_000_000),
        ("LG Electronics", 1_500_000_000),
        ("LG Chem", None),
    ]
    assert (capital.usd, capital.without, capital.share_usd) == (9_201_000_000, 1, None)
    assert of(lg, date(2021, 3, 31)).usd == 3_250_000_000 + 1_050_000_000 + 1_500_000_000


def test_the_published_9_24_billion_stands_beside_the_register_of_that_day(lg: Group) -> None:
    moved = over_time(of(lg).held, TODAY)
    rows = {
        str(row.day): (row.published.amount_usd, row.ours, row.difference)
        for row in compared(lg.published.all(), moved)
    }
    assert rows["2023-12-31"] == (9_240_000_000, 8_201_000_000, 1_039_000_000)
    assert rows["2021-08-31"] == (7_240_000_000, 7_200_000_000, 40_000_000)
    assert rows["2025-01-31"] == (10_590_000_000, 9_201_000_000, 1_389_000_000)
    assert moved[-1].total == of(lg).usd


def test_no_share_is_made_up_and_every_holding_has_its_source(lg: Group) -> None:
    known = Holding.objects.exclude(share_percent=None).values_list("group__slug", "share_percent")
    assert sorted(known) == [("toyoda-gosei", 95), ("toyota-tsusho", 5)]
    assert not Holding.objects.filter(source_url="").exists()
    assert lg.holdings.filter(share_percent=None).count() == 4


def test_loading_again_adds_and_changes_nothing(lg: Group) -> None:
    Group.objects.filter(pk=lg.pk).update(name="Changed by an administrator")
    assert set(load_groups().values()) == {0}
    lg.refresh_from_db()
    assert lg.name == "Changed by an administrator"


def test_without_the_projects_no_holding_is_entered() -> None:
    added = load_groups()
    assert added["groups"] == Group.objects.count() == 11
    assert added["holdings"] == 1, "only that of a group in a group"


# --- each project once ----------------------------------------------------------------------------------------------
def test_a_project_held_in_two_ways_is_counted_once() -> None:
    parent, left, right, plant = group("Parent"), group("Left"), group("Right"), project("Plant", 100)
    holds(parent, left, "60")
    holds(parent, right)
    holds(left, plant, "50")
    holds(right, plant, "50")
    holds(parent, plant, "10")
    (item,) = of(parent).held
    assert (item.ways, item.usd, of(parent).usd) == (3, 100, 100)
    assert item.share is None, "one of the ways has no known share"


def test_two_groups_behind_one_project_each_count_it_once(reader: Client) -> None:
    one, two, plant = group("One"), group("Two"), project("Plant", 100)
    holds(one, plant, "95")
    holds(two, plant, "5")
    assert (of(one).usd, of(two).usd) == (100, 100)
    assert (of(one).share_usd, of(two).share_usd) == (95, 5)
    text = text_of(reader.get(one.get_absolute_url()))
    assert "USD 95" in text
    assert "95 %" in text
    page = reader.get(plant.get_absolute_url())
    assert {one.get_absolute_url(), two.get_absolute_url()} <= links_of(page)
    assert "One (95 %)" in text_of(page)


def test_shares_multiply_along_a_way_and_add_up_over_ways() -> None:
    parent, child, plant = group("Parent"), group("Child"), project("Plant", 1000)
    holds(parent, child, "40")
    holds(child, plant, "50")
    holds(parent, plant, "10")
    (item,) = of(parent).held
    assert (item.share, item.share_usd) == (30, 300)


def test_groups_that_hold_each_other_come_to_an_end() -> None:
    one, two, plant = group("One"), group("Two"), project("Plant", 100)
    holds(one, two, "30")
    holds(two, one, "30")
    holds(two, plant)
    assert (of(one).usd, of(two).usd) == (100, 100)


def test_a_holding_counts_on_its_days_alone_and_capital_as_of_the_day() -> None:
    owner, plant = group("Owner"), project("Plant", 100, on=date(2020, 1, 1))
    append(plant, "increase", capital=Capital(total_usd=Decimal(50)), effective_on=date(2022, 1, 1), by=None)
    holds(owner, plant, valid_from=date(2021, 1, 1), valid_to=date(2023, 12, 31))
    found = {
        day: of(owner, day).usd for day in (date(2020, 12, 31), date(2021, 1, 1), date(2022, 1, 1), date(2024, 1, 1))
    }
    assert list(found.values()) == [None, 100, 150, None]


def test_capital_known_in_dong_alone_is_not_converted(reader: Client) -> None:
    owner = group("Owner")
    holds(owner, project("Plant", 100))
    holds(owner, project("Mill", vnd=1_450_000_000_000))
    capital = of(owner)
    assert (capital.usd, capital.only_vnd, capital.without) == (100, 1_450_000_000_000, 0)
    assert "and VND 1,450,000,000,000 stated in VND alone" in text_of(reader.get(owner.get_absolute_url()))


def test_a_project_that_waits_for_its_certificate_is_in_no_public_total() -> None:
    owner = group("Owner")
    holds(owner, Project.objects.create(name="Waiting", state="approved"))
    assert of(owner).held == ()


@pytest.mark.parametrize("both", [True, False])
def test_a_holding_is_in_a_project_or_in_a_group(both: bool) -> None:
    owner, other, plant = group("Owner"), group("Other"), project("Plant", 1)
    what: dict[str, Any] = {"project": plant, "subsidiary": other} if both else {}
    with pytest.raises(IntegrityError, match="holding_of_a_project_or_a_group"), transaction.atomic():
        Holding.objects.create(group=owner, **what)


def test_a_standing_holding_is_entered_once() -> None:
    owner, plant = group("Owner"), project("Plant", 1)
    holds(owner, plant)
    with pytest.raises(IntegrityError), transaction.atomic():
        holds(owner, plant)


# --- the pages ------------------------------------------------------------------------------------------------------
def test_anybody_reads_the_group_and_the_difference(lg: Group, reader: Client) -> None:
    page = reader.get(lg.get_absolute_url())
    text = text_of(page)
    assert "USD 9.201 billion" in text
    assert "+USD 1,039,000,000" in text
    assert "over USD 9.24 billion" in text
    assert "1 of them without a stated capital" in text
    earlier = text_of(reader.get(lg.get_absolute_url(), {"as_of": "2021-03-31"}))
    assert "Registered capital on 31 Mar 2021" in earlier
    assert "USD 5.8 billion" in earlier
    vietnamese = text_of(Client(headers={"accept-language": "vi"}).get(lg.get_absolute_url()))
    assert "9,201 tỷ USD" in vietnamese
    assert "trên 9,24 tỷ USD" in vietnamese


def test_a_day_that_is_none_is_said_and_kept(lg: Group, reader: Client) -> None:
    page = reader.get(lg.get_absolute_url(), {"as_of": "2021-02-30"})
    assert page.status_code == 400
    assert 'value="2021-02-30"' in page.content.decode()
    assert "This is not a date" in text_of(page)


def test_the_groups_are_listed_with_their_number_and_totals(lg: Group, reader: Client) -> None:
    page = reader.get(reverse("group-list"))
    text = text_of(page)
    assert "11 groups" in text
    assert "USD 9,201,000,000" in text
    assert lg.get_absolute_url() in links_of(page)
    assert reverse("group-list") in links_of(reader.get(reverse("project-list")))
    assert reader.get(reverse("group-detail", args=["no-such"])).status_code == 404


def queries(reader: Client, address: str) -> int:
    reader.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert reader.get(address).status_code == 200
    return len(asked.captured_queries)


def test_the_pages_cost_the_same_for_few_and_for_many(lg: Group, reader: Client) -> None:
    addresses = (lg.get_absolute_url(), reverse("group-list"))
    few = [queries(reader, address) for address in addresses]
    for number in range(30):
        holds(lg, project(f"Plant {number}", 100))
        group(f"Group{number}")
    assert [queries(reader, address) for address in addresses] == few
    assert max(few) <= 8


def test_a_long_list_is_paged(reader: Client) -> None:
    for number in range(60):
        group(f"G{number:02d}")
    first = reader.get(reverse("group-list"))
    assert (len(first.context["rows"]), first.context["next"]) == (50, "?page=2")
    assert len(reader.get(reverse("group-list"), {"page": "2"}).context["rows"]) == 10


@pytest.mark.parametrize(("role", "code"), [(roles.ADMINISTRATOR, 200), (roles.DESK_OFFICER, 403)])
def test_the_administrator_keeps_the_groups(lg: Group, role: str, code: int) -> None:
    desk = visitor(official(role))
    assert desk.get(reverse("admin:projects_group_change", args=[lg.pk])).status_code == 200
    assert desk.get(reverse("admin:projects_group_add")).status_code == code
