"""The section pages of a registration in a browser without JavaScript: fields, lists, amounts, errors, pins."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from cases.models import Case
from projects.forms.sections import CapitalForm, CompanyForm, InvestorsForm, ProjectForm, SiteForm
from projects.kind import FORMS
from projects.models import Registration
from projects.outline import SECTIONS
from tests.projects.factories import complete_registration

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(case: Case) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(case.created_by)
    return client


def page_of(case: Case, key: str) -> str:
    return reverse("case-section", args=[case.reference, key])


def typed(form: Any) -> dict[str, str]:
    """What a browser would send for a form as it is shown, nothing touched."""
    data: dict[str, Any] = {}
    for part in [form, *(row for formset in form.lists.values() for row in formset.forms)]:
        for field in part:
            value = field.value()
            if isinstance(value, bool) and field.field.__class__.__name__ == "BooleanField":
                if value:
                    data[field.html_name] = "on"
            elif isinstance(value, list):
                data[field.html_name] = value
            elif value is not None:
                data[field.html_name] = str(field.field.prepare_value(value))
    for formset in form.lists.values():
        for field in formset.management_form:
            data[field.html_name] = str(field.value())
    return data


def query(data: dict[str, Any]) -> QueryDict:
    found = QueryDict(mutable=True)
    for name, value in data.items():
        found.setlist(name, value if isinstance(value, list) else [value])
    return found


@pytest.mark.parametrize("key", FORMS)
def test_every_section_is_shown_empty_and_whole(case: Case, browser: Client, key: str) -> None:
    assert browser.get(page_of(case, key)).status_code == 200
    complete_registration(case)
    page = browser.get(page_of(case, key))
    assert page.status_code == 200
    assert "style=" not in page.content.decode()


@pytest.mark.parametrize("key", FORMS)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_saving_a_section_untouched_changes_nothing(dossier: Registration, key: str, language: str) -> None:
    before = dossier.as_data()
    with override(language):
        form = FORMS[key](query(typed(FORMS[key](dossier=dossier))), dossier=dossier)
        assert form.is_valid(), form.error_list
        form.save()
    assert Registration.objects.get(pk=dossier.pk).as_data() == before


@pytest.mark.parametrize("key", FORMS)
def test_the_id_of_every_control_is_its_path(dossier: Registration, key: str) -> None:
    form = FORMS[key](dossier=dossier)
    outline = SECTIONS[key]
    assert {form[name].auto_id for name in form.fields} == {f"id_{name}" for name in outline.fields}
    for name, columns in outline.lists:
        first = form.lists[name].forms[0]
        assert {first[column].auto_id for column in columns} == {f"id_{name}-0-{column}" for column in columns}


def test_the_page_has_an_element_for_every_path_a_finding_can_name(dossier: Registration, browser: Client) -> None:
    for key, outline in SECTIONS.items():
        text = browser.get(page_of(dossier.case, key)).content.decode()
        for name in outline.fields:
            assert f'id="id_{name}"' in text, name
        for name, columns in outline.lists:
            assert all(f'id="id_{name}-0-{column}"' in text for column in columns)


def test_amounts_are_accepted_in_both_ways_and_echoed(case: Case, browser: Client) -> None:
    data = typed(CapitalForm(dossier=case.dossier)) | {
        "total_capital_vnd": "14.274.000.000.000", "total_capital_usd": "549,000,000", "exchange_rate": "26.000",
    }  # fmt: skip
    answer = browser.post(page_of(case, "capital"), data | {"action": "later", "version": str(case.version)})
    assert answer.status_code == 302
    dossier = Registration.objects.get(case=case)
    assert (dossier.total_capital_vnd, dossier.total_capital_usd) == (14_274 * 10**9, 549_000_000)
    assert dossier.exchange_rate == 26_000
    text = browser.get(page_of(case, "capital")).content.decode()
    assert "USD 549 million · Five hundred and forty-nine million" in text
    assert 'value="549,000,000"' in text


def test_every_error_is_told_at_once_with_every_value_kept(case: Case, browser: Client) -> None:
    data = typed(CapitalForm(dossier=case.dossier)) | {
        "total_capital_vnd": "1.224", "contributed_usd": "much", "phases-0-name": "Giai đoạn 1",
        "phases-0-capital_vnd": "12,34",
    }  # fmt: skip
    answer = browser.post(page_of(case, "capital"), data | {"action": "continue", "version": str(case.version)})
    text = answer.content.decode()
    assert answer.status_code == 422
    for element in ("id_total_capital_vnd", "id_contributed_usd", "id_phases-0-capital_vnd"):
        assert f'href="#{element}"' in text
    assert 'value="1.224"' in text
    assert 'value="much"' in text
    assert "can be read in two ways" in text
    assert Registration.objects.get(case=case).total_capital_vnd is None


def test_add_another_brings_one_row_more_and_saves_nothing(case: Case, browser: Client) -> None:
    data = typed(ProjectForm(dossier=case.dossier)) | {"objectives-0-description": "Sản xuất", "add-objectives": "1"}
    answer = browser.post(page_of(case, "project"), data | {"version": str(case.version)})
    text = answer.content.decode()
    assert 'id="id_objectives-1-description"' in text
    assert "There is a problem" not in text
    assert 'value="Sản xuất"' in text
    assert not Registration.objects.get(case=case).objectives.exists()


def test_rows_come_and_go_without_javascript(dossier: Registration) -> None:
    data = typed(ProjectForm(dossier=dossier))
    data |= {
        "products-TOTAL_FORMS": "3", "products-1-name": "Mô-đun LiDAR", "products-1-quantity": "4.000",
        "products-2-name": "",
    }  # fmt: skip
    form = ProjectForm(query(data), dossier=dossier)
    assert form.is_valid(), form.error_list
    form.save()
    dossier = Registration.objects.get(pk=dossier.pk)
    assert [(row.name, row.quantity) for row in dossier.products.all()][1:] == [("Mô-đun LiDAR", 4000)]
    data = typed(ProjectForm(dossier=dossier)) | {"products-0-DELETE": "on"}
    form = ProjectForm(query(data), dossier=dossier)
    assert form.is_valid()
    form.save()
    rows = Registration.objects.get(pk=dossier.pk).products.all()
    assert [(row.name, row.position) for row in rows] == [("Mô-đun LiDAR", 0)]


def test_a_removed_row_need_not_be_readable(dossier: Registration) -> None:
    data = typed(InvestorsForm(dossier=dossier)) | {"investors-0-DELETE": "on", "investors-0-share_percent": "x"}
    form = InvestorsForm(query(data), dossier=dossier)
    assert form.is_valid(), form.error_list
    form.save()
    assert Registration.objects.get(pk=dossier.pk).as_data()["investors"] == []


def test_a_request_that_says_nothing_of_a_list_leaves_it(dossier: Registration) -> None:
    data = {name: value for name, value in typed(ProjectForm(dossier=dossier)).items() if "-" not in name}
    form = ProjectForm(query(data | {"project_name": "Tên khác"}), dossier=dossier)
    assert form.is_valid()
    form.save()
    saved = Registration.objects.get(pk=dossier.pk)
    assert (saved.project_name, saved.objectives.count(), saved.products.count()) == ("Tên khác", 1, 1)


def test_only_pinned_fields_can_be_changed(dossier: Registration) -> None:
    pins = frozenset({"total_capital_usd", "phases.0.capital_usd"})
    form = CapitalForm(dossier=dossier, open_paths=pins)
    assert {name for name, field in form.fields.items() if not field.disabled} == {"total_capital_usd"}
    data = typed(form) | {
        "total_capital_usd": "600,000,000", "total_capital_vnd": "1", "phases-0-capital_usd": "240,000,000",
        "phases-0-capital_vnd": "1", "phases-1-DELETE": "on", "phases-TOTAL_FORMS": "3", "phases-2-name": "Giai đoạn 3",
        "sources-0-amount_vnd": "1",
    }  # fmt: skip
    before = dossier.as_data()
    form = CapitalForm(query(data), dossier=dossier, open_paths=pins)
    assert form.is_valid(), form.error_list
    form.save()
    after = Registration.objects.get(pk=dossier.pk).as_data()
    before["total_capital_usd"] = "600000000.00"
    before["phases"][0]["capital_usd"] = "240000000.00"
    assert after == before


def test_a_pinned_list_is_open_as_a_whole(dossier: Registration) -> None:
    form = CapitalForm(dossier=dossier, open_paths=frozenset({"sources"}))
    assert not form.lists["sources"].fixed
    assert form.lists["phases"].fixed
    assert all(not field.disabled for field in form.lists["sources"].forms[0].fields.values())


def test_an_unknown_sector_code_is_refused_beside_its_row(case: Case) -> None:
    data = typed(ProjectForm(dossier=case.dossier)) | {"objectives-0-vsic_code": "9999"}
    form = ProjectForm(query(data), dossier=case.dossier)
    assert not form.is_valid()
    ((element, sentence),) = form.error_list
    assert element == "id_objectives-0-vsic_code"
    assert "9999" in sentence


def test_words_of_the_precheck_stand_beside_fields_in_lists_as_well(dossier: Registration, browser: Client) -> None:
    dossier.investors.update(representative_name="")
    page = browser.get(page_of(dossier.case, "investors"), {"check": "1"})
    text = page.content.decode()
    assert 'href="#id_investors-0-representative_name"' in text
    assert len(re.findall(r"“Legal representative” is missing for investor 1\.", text)) == 2


def test_features_of_article_24_are_boxes_in_the_readers_language(case: Case, browser: Client) -> None:
    assert "Golf course" in browser.get(page_of(case, "site")).content.decode()
    data = typed(SiteForm(dossier=case.dossier)) | {"approval_features": ["golf", "port"], "zone": "IP-TD2"}
    form = SiteForm(query(data), dossier=case.dossier)
    assert form.is_valid(), form.error_list
    form.save()
    saved = Registration.objects.get(case=case)
    assert (saved.approval_features, saved.zone.code) == (["golf", "port"], "IP-TD2")


def test_answers_that_no_longer_apply_are_emptied_on_saving(case: Case) -> None:
    dossier = complete_registration(case, filed_by_agent=True, agent_name="Luật ABC", agent_address="Hà Nội")
    form = CompanyForm(query(typed(CompanyForm(dossier=dossier)) | {"filed_by_agent": "false"}), dossier=dossier)
    assert form.is_valid()
    form.save()
    assert Registration.objects.get(case=case).agent_name == ""
    labels = [row.label for part in Registration.objects.get(case=case).sheet() for row in part.rows]
    assert "Name of the agent" not in labels
    assert "Tên" not in labels
