"""The city's known series of capital, figure by figure: what no source states is said to be derived or unknown."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from projects.chain import verify
from projects.models import CapitalEvent, Project
from projects.reference import read
from projects.register_import import load_register

pytestmark = pytest.mark.django_db
DERIVED, UNREPORTED = "Derived, no source states it", "Not reported"

# Name: kind, day, change and total after in millions of dollars.
SERIES: dict[str, list[tuple[str, str, str, str]]] = {
    "LG Display Vietnam Hai Phong": [
        ("issue", "2016-04-15", "1500", "1500"),
        ("increase", "≤ 2021-02-07", "1000", "2500"),
        ("increase", "2021-02-07", "750", "3250"),
        ("increase", "2021-08-31", "1400", "4650"),
        ("increase", "2024-11-14", "1000", "5650"),
    ],
    "LG Innotek Vietnam Hai Phong": [
        ("issue", "2016", "549", "549"),
        ("increase", "2018-05", "501", "1050"),
        ("increase", "≤ 2023-06-26", "1", "1051"),
        ("increase", "2023-06-26", "1000", "2051"),
    ],
    "LG Electronics Vietnam Hai Phong": [("issue", "2013-09", "1500", "1500")],
    "Kyocera Document Technology Vietnam": [
        ("issue", "2011", "200", "200"),
        ("decrease", "≤ 2023-09-22", "-12.5", "187.5"),
        ("increase", "2023-09-22", "237.5", "425"),
    ],
    "Bridgestone Tire Manufacturing Vietnam": [
        ("issue", "2012-02", "574.8", "574.8"),
        ("increase", "2013-11", "649.2", "1224"),
    ],
    "Regina Miracle International Vietnam": [
        ("issue", "2014", "150", "150"),
        ("increase", "2016", "85", "235"),
        ("increase", "≤ 2018-05-01", "115", "350"),
        ("increase", "≤ 2018-05-01", "150", "500"),
        ("increase", "2018-05", "260", "760"),
        ("increase", "2020", "140", "900"),
    ],
    "Chilisin Electronics Vietnam": [
        ("issue", "≤ 2016-01-01", "22.6", "22.6"),
        ("increase", "2016", "23.4", "46"),
        ("increase", "≤ 2022-01-24", "50.5", "96.5"),
        ("increase", "2022-01-24", "73.7", "170.2"),
    ],
    "HMT (Hai Phong) New Technical Materials": [
        ("issue", "2022-06-22", "75", "75"),
        ("increase", "≤ 2024-08-07", "13", "88"),
        ("increase", "2024-08-07", "12", "100"),
    ],
    "Flat (Vietnam) photovoltaic glass": [
        ("issue", "≤ 2024-08-07", "300", "300"),
        ("increase", "2024-08-07", "50", "350"),
    ],
    "Yuekai Machinery Manufacturing": [
        ("issue", "≤ 2024-08-07", "20", "20"),
        ("increase", "2024-08-07", "35", "55"),
    ],
    "VSIP Hai Phong (infrastructure)": [
        ("issue", "≤ 2014-02-01", "145.9", "145.9"),
        ("increase", "2014-02", "122.3", "268.2"),
    ],
    "Pegatron Vietnam 1": [("issue", "2020-03-17", "19", "19")],
    "SK Ecovance biodegradable materials (PBAT)": [("issue", "2023-09-22", "500", "500")],
    "Innox Ecom Vina": [("issue", "2024-04-24", "10", "10")],
}


@pytest.fixture
def register(db: None) -> None:
    load_register()


def series(name: str) -> list[tuple[str, str, str, str]]:
    """The chain of a project as the table above writes it."""
    found, total = [], Decimal(0)
    for event in CapitalEvent.objects.filter(project__name=name).order_by("seq"):
        change = event.total_usd or Decimal(0)
        total += change
        found.append((event.kind, event.effective, millions(change), millions(total)))
    return found


def millions(amount: Decimal) -> str:
    return f"{(amount / 1_000_000).normalize():f}"


@pytest.mark.parametrize("name", SERIES)
def test_a_known_series_loads_step_by_step(register: None, name: str) -> None:
    assert series(name) == SERIES[name]


def test_no_correction_changes_a_total_and_every_chain_holds(register: None) -> None:
    assert not CapitalEvent.objects.filter(kind="correction").exists()
    assert CapitalEvent.objects.filter(imported=True).count() == CapitalEvent.objects.count() > 70
    assert verify().ok


def test_every_series_of_several_steps_is_in_the_table(register: None) -> None:
    several = set(Project.objects.filter(chain_length__gt=1).values_list("name", flat=True))
    assert several == {name for name, steps in SERIES.items() if len(steps) > 1}


def test_every_figure_that_no_source_states_says_so(register: None) -> None:
    told = CapitalEvent.objects.exclude(source_url="").order_by("project__name", "seq")
    derived = {event.project.name for event in told if DERIVED in event.note}
    assert derived == {
        "Chilisin Electronics Vietnam", "Flat (Vietnam) photovoltaic glass", "VSIP Hai Phong (infrastructure)",
        "Yuekai Machinery Manufacturing",
    }  # fmt: skip
    assert {event.effective_precision for event in told if DERIVED in event.note} == {"latest"}
    unreported = [event for event in told if UNREPORTED in event.note]
    assert {millions(event.total_usd or Decimal(0)) for event in unreported} == {"1", "-12.5", "115", "50.5", "13"}
    assert {event.effective_precision for event in unreported} == {"latest"}
    (chilisin,) = (event for event in unreported if "Chilisin" in event.project.name)
    assert "USD 96,500,000" in chilisin.note
    assert "46,000,000" in chilisin.note


def test_every_other_step_is_a_line_of_the_sources(register: None) -> None:
    """Nothing is invented: what is not marked stands in the data with its change and note."""
    stated = {(row["project_name"], row["change_usd"]) for row in read("adjustments.csv") if row["change_usd"]}
    for event in CapitalEvent.objects.exclude(kind="issue").select_related("project"):
        if UNREPORTED not in event.note:
            assert (event.project.name, f"{abs(event.total_usd or 0):.0f}") in stated


@pytest.mark.parametrize(
    ("name", "day", "capital"),
    [
        ("LG Display Vietnam Hai Phong", date(2020, 12, 31), 1_500_000_000),
        ("LG Display Vietnam Hai Phong", date(2021, 3, 31), 3_250_000_000),
        ("LG Display Vietnam Hai Phong", date(2021, 12, 31), 4_650_000_000),
        ("LG Innotek Vietnam Hai Phong", date(2023, 6, 25), 1_050_000_000),
        ("LG Innotek Vietnam Hai Phong", date(2023, 6, 26), 2_051_000_000),
        ("Chilisin Electronics Vietnam", date(2015, 12, 31), None),
        ("Chilisin Electronics Vietnam", date(2016, 7, 1), 46_000_000),
        ("Regina Miracle International Vietnam", date(2018, 5, 15), 760_000_000),
    ],
)
def test_a_series_reads_right_on_any_day(register: None, name: str, day: date, capital: int | None) -> None:
    project = Project.objects.with_capital(day).get(name=name)
    assert project.capital_usd == capital


def test_a_project_whose_steps_state_no_total_stays_as_its_source_left_it(register: None) -> None:
    for name in ("Lite-On Vietnam", "Phihong Vietnam", "KREMS", "Autel Vietnam"):
        assert Project.objects.get(name=name).chain_length == 0
    trang_cat = Project.objects.with_capital().get(name="Trang Cat urban and service area")
    assert (trang_cat.capital_usd, trang_cat.capital_vnd) == (None, 69_087_000_000_000)
