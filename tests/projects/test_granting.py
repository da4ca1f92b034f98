"""What approval and issue do to the register, and what the certificate states."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone
from django.utils.translation import override

from certificates.content import check_content
from projects.chain import totals, verify
from projects.demo import sample_registrations
from projects.models import CapitalEvent, Project, Registration
from tests.projects.factories import complete_registration

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
ON = date(2026, 11, 24)


def grant(dossier: Registration) -> Project:
    dossier.grant(by=dossier.case.created_by, at=timezone.now())
    return Project.objects.get(case=dossier.case)


def test_an_approval_opens_the_project_but_not_its_chain(dossier: Registration) -> None:
    project = grant(dossier)
    assert (project.state, project.chain_length) == ("approved", 0)
    assert project.code == f"DA-{project.pk:06d}"
    assert (project.country, project.zone.code, project.sector.code) == ("KR", "IP-TD2", "2619")
    assert project.organisation == dossier.case.organisation
    assert project not in Project.objects.published()
    assert grant(dossier) == project


def test_the_issue_writes_the_first_event_and_keeps_the_national_code_as_received(dossier: Registration) -> None:
    project = grant(dossier)
    dossier.take_effect(
        certificate_number="HP-2026-000001", project_code="43 1156/8790", on=ON, by=dossier.case.created_by
    )
    project.refresh_from_db()
    assert (project.state, project.national_code, project.first_issued_on) == ("active", "43 1156/8790", ON)
    event = project.events.get()
    assert (event.seq, event.kind, event.effective_on) == (1, CapitalEvent.Kind.ISSUE, ON)
    assert (event.certificate_number, event.rate) == ("HP-2026-000001", 26_000)
    assert totals(project)["total_usd"] == 549_000_000
    assert totals(project)["total_vnd"] == 549_000_000 * 26_000
    assert verify([project]).ok


def test_dollars_nobody_stated_are_converted_at_the_stated_rate(case) -> None:
    dossier = complete_registration(
        case, total_capital_usd=None, contributed_usd=None, mobilised_usd=None, retained_usd=None
    )
    assert dossier.amount_usd() == Decimal(549_000_000)
    grant(dossier)
    dossier.take_effect(certificate_number="HP-1", project_code="1", on=ON, by=None)
    assert totals(Project.objects.get(case=case))["total_usd"] == 549_000_000


def test_the_certificate_states_what_the_law_lists(dossier: Registration) -> None:
    content = check_content(json.loads(json.dumps(dossier.certificate_content())))
    printed = json.dumps(content, ensure_ascii=False)
    for words in (
        "Dự án sản xuất mô-đun camera LG Innotek Hải Phòng", "LG INNOTEK CO., LTD.", "Lô I-4",
        "Trang Due Industrial Park",
        "14.274.000.000.000", "Mười bốn nghìn hai trăm bảy mươi tư tỷ", "USD 549,000,000", "2619", "130.000 m²",
        "37 năm kể từ", "Giai đoạn 2", "Vốn huy động",
    ):  # fmt: skip
        assert words in printed, words
    assert len(content["parties"]) == 2
    assert dossier.certificate_title() == content["title"]["vi"]


@pytest.mark.parametrize("number", range(len(sample_registrations())))
def test_every_sample_makes_a_whole_certificate(case, number: int) -> None:
    content = complete_registration(case, **sample_registrations()[number]).certificate_content()
    assert check_content(json.loads(json.dumps(content)))


def test_two_investors_are_numbered_and_conditions_are_carried(case) -> None:
    (sample,) = [data for data in sample_registrations() if len(data["investors"]) == 2]
    content = complete_registration(case, **sample).certificate_content()
    headings = [party["heading"]["vi"] for party in content["parties"]]
    assert headings[:2] == ["Nhà đầu tư thứ nhất", "Nhà đầu tư thứ hai"]
    (pharma,) = [data for data in sample_registrations() if "Nipro" in data["project_name"]]
    conditions = complete_registration(case, **pharma).certificate_content()["articles"][2]
    assert "pháp luật về dược" in json.dumps(conditions, ensure_ascii=False)


def test_the_certificate_does_not_depend_on_the_readers_language(dossier: Registration) -> None:
    with override("en"):
        english = dossier.certificate_content()
    with override("vi"):
        assert dossier.certificate_content() == english


def test_an_individual_in_a_bcc_has_no_company_on_the_certificate(case) -> None:
    data = complete_registration(case, investment_form="bcc").as_data()
    person = {
        "kind": "individual", "name": "KIM MIN-SU", "birth_on": "1970-03-14", "id_type": "passport",
        "id_number": "M12345678", "id_issued_on": "2020-01-02", "id_expires_on": "2030-01-02",
    }  # fmt: skip
    investors = [data["investors"][0] | person]
    dossier = complete_registration(case, investment_form="bcc", investors=investors)
    content = dossier.certificate_content()
    assert [party["name"] for party in content["parties"]] == ["KIM MIN-SU"]
    assert "Hộ chiếu số M12345678" in json.dumps(content, ensure_ascii=False)
