"""What a certificate says of its project is kept as data, version by version."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from cases.models import Case
from cases.states import Status
from projects import precheck, sheet
from projects.certificate import content
from projects.chain import append
from projects.granting import stated_capital, write_missing_versions
from projects.models import Project, ProjectVersion, Registration
from projects.shape import as_data, hydrated
from projects.versions import add_version, data_digest
from tests.walk import Cast, walk

pytestmark = pytest.mark.django_db


def issued() -> Project:
    case = walk("registration", Status.ISSUED, Cast())
    return Project.objects.get(case=case)


def test_the_first_certificate_writes_version_0_with_the_whole_content() -> None:
    project = issued()
    version = project.versions.get()
    assert (version.number, version.effective_on) == (0, project.first_issued_on)
    assert version.data == as_data(Registration.objects.get(case=project.case_id))
    assert version.data_sha256 == data_digest(version.data)
    assert version.certificate_number == project.events.get().certificate_number


def test_a_dossier_made_again_from_its_data_reads_like_the_one_in_the_tables(dossier: Registration) -> None:
    again = hydrated(as_data(dossier), dossier.case)
    assert as_data(again) == as_data(dossier)
    assert sheet.parts(again) == sheet.parts(dossier)
    assert content(again) == content(dossier)
    assert precheck.findings(again, date(2026, 11, 24)) == precheck.findings(dossier, date(2026, 11, 24))


def test_a_dossier_made_from_its_data_asks_the_database_for_the_zone_only(
    dossier: Registration, django_assert_num_queries: Any
) -> None:
    data = as_data(dossier)
    case = Case.objects.get(pk=dossier.case_id)
    with django_assert_num_queries(1):
        as_data(hydrated(data, case))


def test_what_was_in_force_and_what_was_known_are_two_questions() -> None:
    project = issued()
    first = project.versions.get()
    later = add_version(
        project, first.data, case=None, certificate_number="X", on=first.effective_on - timedelta(days=1), by=None
    )
    day = first.effective_on
    assert project.versions.in_force(day) == first
    assert project.versions.in_force(day - timedelta(days=1)) == later
    assert project.versions.in_force(day - timedelta(days=1), known_at=first.recorded_at) is None
    assert project.versions.in_force(day - timedelta(days=2)) is None
    assert later.number == 1


@pytest.mark.parametrize("change", ["update", "delete"])
def test_a_version_is_never_changed(change: str) -> None:
    version = issued().versions.get()
    found = ProjectVersion.objects.filter(pk=version.pk)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        found.update(recorded_at=timezone.now()) if change == "update" else found.delete()


def test_projects_licensed_before_versions_were_kept_get_their_first_one() -> None:
    project = Project.objects.get(case=walk("registration", Status.APPROVED, Cast()))
    assert write_missing_versions() == 0, "a project without a certificate has no version"
    on = date(2026, 9, 1)
    append(project, "issue", capital=stated_capital(project.case.registration), effective_on=on, by=None)
    Project.objects.filter(pk=project.pk).update(first_issued_on=on, state=Project.State.ACTIVE)
    assert (write_missing_versions(), write_missing_versions()) == (1, 0)
    version = project.versions.get()
    assert (version.number, version.effective_on, version.data) == (0, on, as_data(project.case.registration))
