"""Procedures as dated data: the version of the day, in the reader's language."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils.translation import override

from cases.errors import ProcedureMissing
from cases.models import ProcedureVersion
from cases.notices import receipt
from cases.procedures import version_in_force
from cases.states import Status
from tests.walk import Cast, walk

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.mark.parametrize(
    ("code", "day", "law", "days"),
    [
        ("irc", date(2025, 9, 30), "L61/D31", 15),
        ("irc", date(2025, 10, 1), "L61/D239", 10),
        ("irc", date(2026, 2, 28), "L61/D239", 10),
        ("irc", date(2026, 3, 1), "L143/D96", 10),
        ("irc-after-ipa", date(2026, 3, 1), "L143/D96", 5),
        ("irc-special", date(2026, 11, 24), "L143/D96", 15),
    ],
)
def test_the_law_of_the_day_decides(code: str, day: date, law: str, days: int) -> None:
    version = version_in_force(code, day)
    assert (version.law, version.working_days) == (law, days)


def test_before_any_version_nothing_is_guessed() -> None:
    with pytest.raises(ProcedureMissing):
        version_in_force("irc", date(2001, 1, 1))


def test_every_version_names_its_basis_in_both_languages() -> None:
    for version in ProcedureVersion.objects.exclude(code="petition"):
        assert len(version.provisions("vi")) == len(version.provisions("en")) > 0
        assert all(any(kind in line for kind in ("Luật", "Nghị định", "Thông tư")) for line in version.provisions("vi"))
        with override("vi"):
            assert version.clauses == version.provisions("vi")
        with override("en"):
            assert version.clauses == version.provisions("en")


def test_an_official_paper_prints_the_vietnamese_basis_whoever_asks() -> None:
    cast = Cast()
    case = walk("registration", Status.SUBMITTED, cast)
    with override("en"):
        basis = receipt(case, case.submitted_at or case.created_at).content["legal_basis"]
    assert basis == version_in_force("irc", date(2026, 11, 24)).provisions("vi")
