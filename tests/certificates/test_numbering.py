"""Numbers neither skip nor repeat, however many are issued at once."""

from __future__ import annotations

import pytest
from django.db import transaction

from cases import transitions as verbs
from cases.calendar import local_date
from cases.models import Case
from cases.states import Status
from certificates import issuing
from certificates.models import Certificate, Counter
from certificates.numbering import next_number
from tests.parallel import at_once
from tests.walk import Cast, walk

TOGETHER = 50


@pytest.mark.django_db(transaction=True)
def test_fifty_issues_at_once_get_the_numbers_one_to_fifty() -> None:
    cast = Cast()
    cases = [walk("petition", Status.APPROVED, cast) for _case in range(TOGETHER)]
    officer = cast["desk officer"]

    def issue(number: int) -> str:
        verbs.issue(Case.objects.get(pk=cases[number].pk), by=officer, project_code=f"{4_312_567_000 + number}")
        return "issued"

    assert at_once(issue, TOGETHER) == ["issued"] * TOGETHER
    numbers = sorted(Certificate.objects.values_list("number", flat=True))
    assert numbers == [f"HP-{local_date().year}-{n:06d}" for n in range(1, TOGETHER + 1)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.embedded
def test_of_eight_workers_with_the_same_job_one_makes_the_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(issuing, "enqueue", lambda _certificate_id: None)  # the suite's own worker would take part
    certificate = Certificate.objects.get(case=walk("petition", Status.ISSUED, Cast()))
    assert sorted(at_once(lambda _worker: issuing.produce(certificate.pk), 8), key=str) == [False] * 7 + [True]
    made = Certificate.objects.get(pk=certificate.pk)
    assert (made.is_ready, made.attempts) == (True, 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.embedded
def test_half_of_them_rolling_back_leaves_no_gap() -> None:
    def take(number: int) -> str:
        with transaction.atomic():
            taken = next_number("GAP", 2026)
            if number % 2:
                raise RuntimeError("rolled back")
            return taken

    answers = at_once(take, 20)
    taken = sorted(answer for answer in answers if isinstance(answer, str))
    assert taken == [f"GAP-2026-{n:06d}" for n in range(1, 11)]
    assert Counter.objects.get(series="GAP", year=2026).last == 10


@pytest.mark.django_db
@pytest.mark.embedded
def test_each_series_and_each_year_counts_for_itself() -> None:
    assert [next_number("HP", 2026), next_number("HP", 2026)] == ["HP-2026-000001", "HP-2026-000002"]
    assert next_number("HP", 2027) == "HP-2027-000001"
    assert next_number("UD", 2026) == "UD-2026-000001"
