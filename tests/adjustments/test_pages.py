"""The pages of an adjustment: opened from the project, the certificate beside the fields, one comparison everywhere."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from adjustments.models import Adjustment
from cases.drafting import create
from cases.models import Case
from cases.states import Status
from projects.models import Project
from tests.adjustments.factories import BILLION, increase, licensed_project, write
from tests.walk import Cast, draft, walk

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def project(cast: Cast) -> Project:
    return licensed_project(cast.organisation)


def as_(cast: Cast, role: str) -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(cast[role])
    return client


def open_draft(client: Client, project: Project, intent: str = "increase", key: str = "k") -> Case:
    answer = client.post(reverse("adjust", args=[project.code]), {"intent": intent, "key": key})
    assert answer.status_code == 302
    return Case.objects.filter(kind="adjustment").latest("pk")


def form_data(page: Any) -> dict[str, Any]:
    """What a browser would send back from the section as it stands."""
    form = page.context["form"].inner
    data: dict[str, Any] = {}
    for bound in form:
        data[bound.html_name] = _sent(bound)
    for formset in getattr(form, "lists", {}).values():
        data |= {bound.html_name: bound.value() for bound in formset.management_form}
        for row in formset.forms:
            data |= {bound.html_name: _sent(bound) for bound in row if bound.name != "DELETE"}
    return {name: value for name, value in data.items() if value not in (None, False)}


def _sent(bound: Any) -> Any:
    value = bound.field.prepare_value(bound.value()) if hasattr(bound.field, "prepare_value") else bound.value()
    return "" if value is None else getattr(value, "code", value)


def test_the_project_opens_an_application_once_and_it_starts_from_the_certificate(cast: Cast, project: Project) -> None:
    client = as_(cast, "preparer")
    page = client.get(reverse("adjust", args=[project.code])).content.decode()
    assert project.versions.get().certificate_number in page
    case = open_draft(client, project)
    assert open_draft(client, project) == case, "the same press opens one application"
    dossier = Adjustment.objects.get(case=case)
    assert (dossier.intent, dossier.project, dossier.changed) == ("increase", project, [])
    assert case.reference in client.get(reverse("adjust", args=[project.code])).content.decode()


@pytest.mark.parametrize(("role", "code"), [("observer", 403), ("outsider", 404)])
def test_who_may_not_prepare_cannot_open_one(cast: Cast, project: Project, role: str, code: int) -> None:
    answer = as_(cast, role).post(reverse("adjust", args=[project.code]), {"intent": "increase"})
    assert answer.status_code == code
    assert not Adjustment.objects.exists()


def test_the_capital_page_shows_the_certificate_beside_the_fields_and_keeps_what_is_typed(
    cast: Cast, project: Project
) -> None:
    client = as_(cast, "preparer")
    case = open_draft(client, project)
    address = reverse("case-section", args=[case.reference, "capital"])
    page = client.get(address)
    assert "The certificate today" in page.content.decode()
    assert "USD 549,000,000" in page.content.decode()
    data = form_data(page) | {"total_capital_usd": "1,549,000,000", "investors-0-contribution_usd": "400,000,000"}
    answer = client.post(address, data | {"version": case.version, "action": "later"})
    assert answer.status_code == 302, answer.context["form"].error_list
    dossier = Adjustment.objects.get(case=case)
    assert {item.path: item.after for item in dossier.items.all()} == {
        "total_capital_usd": "1549000000.00", "investors.0.contribution_usd": "400000000.00",
    }  # fmt: skip
    assert dossier.amount_usd() == Decimal(1_000_000_000)
    assert Case.objects.get(pk=case.pk).amount_usd == Decimal(1_000_000_000)


@pytest.mark.parametrize("key", ["investors", "project", "site", "company", "incentives", "change", "report", "base"])
def test_every_section_saves_unchanged_without_a_change(cast: Cast, project: Project, key: str) -> None:
    client = as_(cast, "preparer")
    case = open_draft(client, project)
    address = reverse("case-section", args=[case.reference, key])
    answer = client.post(address, form_data(client.get(address)) | {"version": case.version, "action": "later"})
    assert answer.status_code == 302, answer.context["form"].error_list
    assert [item.path for item in Adjustment.objects.get(case=case).changed] == []


def test_a_figure_that_cannot_be_read_keeps_everything_typed(cast: Cast, project: Project) -> None:
    client = as_(cast, "preparer")
    case = open_draft(client, project)
    address = reverse("case-section", args=[case.reference, "capital"])
    data = form_data(client.get(address)) | {"total_capital_usd": "a lot", "rate_bank": "Vietcombank, Hai Phong"}
    answer = client.post(address, data | {"version": case.version})
    assert answer.status_code == 422
    assert "a lot" in answer.content.decode()
    assert "Vietcombank, Hai Phong" in answer.content.decode()


def test_investor_and_official_read_the_same_comparison(cast: Cast, project: Project) -> None:
    case = walk("adjustment", Status.ACCEPTED, cast)
    investor = as_(cast, "preparer").get(case.get_absolute_url()).content.decode()
    type(cast["appraiser"]).objects.filter(pk=cast["appraiser"].pk).update(language="en")
    desk = as_(cast, "appraiser")
    summary = desk.get(reverse("admin:cases_case_change", args=[case.pk]))
    form = desk.get(reverse("admin:cases_case_form", args=[case.pk]))
    for page in (investor, summary.content.decode(), form.content.decode()):
        assert "USD 549,000,000" in page
        assert "USD 1,549,000,000" in page
        assert "+USD 1,000,000,000 (+182.1 %)" in page


def test_the_printed_request_states_certified_and_asked_for(cast: Cast, project: Project) -> None:
    case = draft("adjustment", cast)
    answer = as_(cast, "observer").get(reverse("case-request", args=[case.reference]))
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    assert as_(cast, "outsider").get(reverse("case-request", args=[case.reference])).status_code == 404


def test_two_people_changing_different_answers_both_keep_theirs(cast: Cast, project: Project) -> None:
    first, second = as_(cast, "preparer"), as_(cast, "owner")
    case = open_draft(first, project)
    address = reverse("case-section", args=[case.reference, "project"])
    pages = [client.get(address) for client in (first, second)]
    shared = {"version": case.version, "action": "later", "seen": pages[0].context["seen"]}
    first.post(address, form_data(pages[0]) | shared | {"project_name_en": "Camera modules"})
    answer = second.post(address, form_data(pages[1]) | shared | {"term_years": "30"})
    assert answer.status_code == 302
    assert {item.path for item in Adjustment.objects.get(case=case).changed} == {"project_name_en", "term_years"}


def test_pages_cost_a_fixed_number_of_queries(cast: Cast, project: Project, django_assert_max_num_queries: Any) -> None:
    case = draft("adjustment", cast)
    write(case, increase(project, BILLION))
    client = as_(cast, "preparer")
    for address, budget in (
        (reverse("case-section", args=[case.reference, "capital"]), 25),
        (reverse("case-submit", args=[case.reference]), 30),
        (case.get_absolute_url(), 25),
        (reverse("adjust", args=[project.code]), 12),
    ):
        client.get(address)
        with django_assert_max_num_queries(budget):
            assert client.get(address).status_code == 200, address


def test_a_company_without_a_licensed_project_is_told_so(cast: Cast) -> None:
    client = as_(cast, "preparer")
    case = create("adjustment", organisation=cast.organisation, by=cast["preparer"])
    page = client.get(reverse("case-section", args=[case.reference, "base"])).content.decode()
    assert "The company has no licensed project whose certificate could change." in page
    answer = client.post(reverse("case-section", args=[case.reference, "capital"]), {"total_capital_usd": "1"})
    assert answer.status_code == 422
    assert "Please choose the project first" in answer.content.decode()
