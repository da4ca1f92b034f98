"""What may follow a chain: each kind keeps its word about the capital, and a refusal names the figures."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from django.db.utils import IntegrityError
from django.utils import timezone, translation

from projects.chain import Capital, ChainRefused, append, totals, verify
from projects.models import CapitalEvent, Project
from tests.projects.tampering import capital

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
DAY = date(2026, 11, 24)
WITHOUT_CAPITAL = ["amendment", "transfer", "suspension", "resumption"]


@pytest.fixture
def project() -> Project:
    """180 million contributed, 369 mobilised, none retained."""
    project = Project.objects.create(name="LG Innotek Hải Phòng", state="active", country="KR")
    append(project, "issue", capital=capital(180_000_000, 369_000_000), effective_on=date(2016, 9, 1), by=None)
    return project


def refusal(project: Project, kind: str, change: Capital) -> str:
    """Why the event may not follow; the chain is as it was."""
    before = totals(project)
    with translation.override("en"), pytest.raises(ChainRefused) as refused:
        append(project, kind, capital=change, effective_on=DAY, by=None)
    assert totals(project) == before
    assert project.events.count() == 1
    return str(refused.value)


@pytest.mark.parametrize("kind", WITHOUT_CAPITAL)
def test_an_event_without_capital_changes_none(project: Project, kind: str) -> None:
    event = append(project, kind, effective_on=DAY, by=None)
    assert (event.total_usd, event.contributed_vnd) == (0, 0)
    assert totals(project)["total_usd"] == 549_000_000
    assert verify([project]).ok


@pytest.mark.parametrize("kind", WITHOUT_CAPITAL)
def test_an_event_without_capital_that_states_some_is_refused_with_the_figure(project: Project, kind: str) -> None:
    told = refusal(project, kind, capital(0, 5))
    with translation.override("en"):
        assert told.startswith(f"“{CapitalEvent.Kind(kind).label}” is an event that changes no capital; ")
    assert "changes the mobilised capital by VND 130,000." in told


def test_a_correction_moves_capital_between_its_parts(project: Project) -> None:
    append(project, "correction", capital=capital(-80_000_000, 60_000_000, 20_000_000), effective_on=DAY, by=None)
    found = totals(project)
    assert [found[f"{part}_usd"] for part in ("contributed", "mobilised", "retained", "total")] == [
        100_000_000, 429_000_000, 20_000_000, 549_000_000,
    ]  # fmt: skip
    some = Capital(contributed_usd=Decimal(7), mobilised_usd=Decimal(-7))
    assert append(project, "correction", capital=some, effective_on=DAY, by=None).total_usd is None
    assert totals(project)["total_usd"] == 549_000_000
    assert totals(project)["contributed_usd"] == 100_000_007
    assert verify([project]).ok


@pytest.mark.parametrize(
    ("change", "figure"),
    [
        (capital(1_000_000), "VND 26,000,000,000"),
        (Capital(total_usd=Decimal(1_000_000)), "USD 1,000,000"),
        (Capital(total_vnd=Decimal(-26_000)), "VND -26,000"),
        (Capital(contributed_usd=Decimal("-0.01")), "USD -0.01"),
        (Capital(contributed_usd=Decimal(5), mobilised_usd=Decimal(-4)), "USD 1"),
    ],
)
def test_a_correction_never_changes_a_total(project: Project, change: Capital, figure: str) -> None:
    told = refusal(project, "correction", change)
    assert told == f"A correction never changes the total; this one changes it by {figure}."


def test_a_decrease_below_what_is_contributed_is_refused_with_the_figures(project: Project) -> None:
    told = refusal(project, "decrease", Capital(contributed_usd=Decimal(-180_000_001), total_usd=Decimal(-180_000_001)))
    assert told == (
        "The contributed capital is USD 180,000,000; a change of USD -180,000,001 would leave USD -1, "
        "and it cannot fall below 0."
    )
    append(project, "decrease", capital=capital(-180_000_000), effective_on=DAY, by=None)
    assert totals(project)["contributed_usd"] == 0


@pytest.mark.parametrize(
    ("kind", "change", "sentence"),
    [
        (
            "decrease",
            capital(0, 0, -1),
            "The retained profit is VND 0; a change of VND -26,000 would leave VND -26,000",
        ),
        ("decrease", capital(0, -369_000_001), "The mobilised capital is VND 9,594,000,000,000; "),
        ("increase", capital(400_000_000, -370_000_000), "would leave VND -26,000,000,000"),
        ("correction", capital(400_000_000, -400_000_000), "The mobilised capital is VND 9,594,000,000,000; "),
        ("decrease", Capital(total_usd=Decimal(-549_000_001)), "The total capital is USD 549,000,000; a change of "),
        ("decrease", Capital(contributed_usd=Decimal(-9), total_usd=Decimal(-8)), "by USD -8, but contributed, mobil"),
        ("increase", Capital(total_usd=Decimal(-1)), "An increase adds capital; this one changes the total by USD -1."),
        ("decrease", Capital(total_vnd=Decimal(0)), "this one changes the total by VND 0."),
        ("increase", Capital(), "An increase or decrease states by how much the total changes; this one does not."),
        ("issue", capital(1), "A chain begins with the first certificate, and has only one."),
        ("gift", capital(1), "“gift” is no kind of capital event."),
    ],
)
def test_what_may_not_follow_is_refused_in_a_sentence(
    project: Project, kind: str, change: Capital, sentence: str
) -> None:
    assert sentence in refusal(project, kind, change)


def test_a_first_certificate_states_no_part_below_0() -> None:
    project = Project.objects.create(name="New", state="active")
    with translation.override("en"), pytest.raises(ChainRefused, match="contributed capital is VND 0"):
        append(project, "issue", capital=capital(-1, 2), effective_on=DAY, by=None)


def test_where_the_parts_are_known_every_change_is_divided_among_them(project: Project) -> None:
    told = refusal(project, "increase", Capital(total_usd=Decimal(1_000_000_000)))
    assert told == "The total changes by USD 1,000,000,000, but contributed, mobilised and retained by USD 0."
    some = Capital(contributed_usd=Decimal(4), total_usd=Decimal(5))
    assert "by USD 5, but contributed, mobilised and retained by USD 4." in refusal(project, "increase", some)
    divided = Capital(contributed_usd=Decimal(5), total_usd=Decimal(5))
    append(project, "increase", capital=divided, effective_on=DAY, by=None)
    assert totals(project)["total_usd"] == 549_000_005


def test_where_only_the_total_is_known_no_part_changes() -> None:
    project = Project.objects.create(name="From the press", state="active")
    append(project, "issue", capital=Capital(total_usd=Decimal(500)), effective_on=date(2016, 1, 1), by=None)
    divided = Capital(contributed_usd=Decimal(200), total_usd=Decimal(200))
    assert refusal(project, "increase", divided) == (
        "Of USD 500 nobody has stated how much is contributed capital, so it cannot change by USD 200."
    )
    append(project, "increase", capital=Capital(total_usd=Decimal(200)), effective_on=DAY, by=None)
    dong = Capital(total_usd=Decimal(-100), total_vnd=Decimal(600 * 26_000))  # the first amount in dong is all of it
    append(project, "decrease", capital=dong, effective_on=DAY, by=None)
    found = totals(project)
    assert (found["total_usd"], found["total_vnd"], found["contributed_usd"]) == (600, 15_600_000, None)
    append(project, "termination", effective_on=DAY, by=None)
    assert (totals(project)["total_usd"], totals(project)["total_vnd"]) == (0, 0)
    assert verify([project]).ok


def test_an_amount_that_rounds_to_nothing_is_hashed_as_the_database_gives_it_back(project: Project) -> None:
    change = Capital(contributed_usd=Decimal("-0.001"), mobilised_usd=Decimal(5), retained_usd=Decimal(0))
    append(project, "increase", capital=change, effective_on=DAY, by=None)
    assert verify([project]).ok


# --- what the database holds by itself ------------------------------------------------------------------------------
def written_directly(project: Project, kind: str, *, imported: bool = False, **amounts: Decimal | None) -> None:
    """An event past `append`."""
    with transaction.atomic():
        CapitalEvent.objects.create(
            project=project, seq=2, kind=kind, recorded_at=timezone.now(), imported=imported, hash="x", **amounts
        )


@pytest.mark.parametrize("kind", WITHOUT_CAPITAL)
@pytest.mark.parametrize("column", ["contributed_usd", "retained_vnd", "total_vnd", "total_usd"])
def test_the_database_refuses_capital_in_an_event_without_capital(project: Project, kind: str, column: str) -> None:
    with pytest.raises(IntegrityError, match="other_events_change_no_capital"):
        written_directly(project, kind, **{column: Decimal(1)})
    written_directly(project, kind, total_usd=Decimal(0))


@pytest.mark.parametrize("column", ["total_vnd", "total_usd"])
def test_the_database_refuses_a_correction_of_a_total_but_keeps_old_imported_ones(
    project: Project, column: str
) -> None:
    with pytest.raises(IntegrityError, match="correction_keeps_the_totals"):
        written_directly(project, "correction", **{column: Decimal(1)})
    written_directly(project, "correction", imported=True, **{column: Decimal(1)})


def test_the_ledger_is_still_append_only_after_its_new_checks(project: Project) -> None:
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        project.events.update(note="x")


def test_an_event_without_capital_leaves_unknown_parts_unknown() -> None:
    project = Project.objects.create(name="Theo báo chí", state="active")
    append(project, "issue", capital=Capital(total_usd=Decimal(5_000_000)), effective_on=date(2020, 1, 2), by=None)
    for kind in ("suspension", "resumption", "amendment"):
        append(project, kind, effective_on=date(2021, 1, 2), by=None)
    assert totals(project)["contributed_usd"] is None
    assert totals(project)["total_vnd"] is None
    append(project, "termination", effective_on=date(2022, 1, 2), by=None)
    assert totals(project)["total_usd"] == 0
    assert verify([Project.objects.get(pk=project.pk)]).ok
