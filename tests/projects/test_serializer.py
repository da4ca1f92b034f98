"""The dossier for programs: what is read can be written, lists are replaced, errors say where, stale answers go."""

from __future__ import annotations

import json

import pytest

from cases.models import Case
from portal.problems import flat
from projects.api.serializers import RegistrationSerializer
from projects.demo import golden_registration, sample_registrations
from projects.models import Registration
from tests.projects.factories import complete_registration, registration_data

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def write(dossier: Registration, data: dict) -> Registration:
    serializer = RegistrationSerializer(dossier, data=data, partial=True)
    serializer.is_valid(raise_exception=True)
    serializer.save()
    return Registration.objects.get(pk=dossier.pk)


@pytest.mark.parametrize("number", range(-1, 15))
def test_what_is_read_can_be_written_and_read_again(case: Case, number: int) -> None:
    data = golden_registration() if number < 0 else sample_registrations()[number]
    first = write(case.dossier, data)
    assert first.as_data() == data
    assert json.loads(json.dumps(first.as_data())) == data
    assert write(first, first.as_data()).as_data() == data


def test_an_empty_draft_is_readable_and_writable(case: Case) -> None:
    empty = case.dossier.as_data()
    assert write(case.dossier, empty).as_data() == empty
    assert empty["investors"] == []
    assert empty["total_capital_vnd"] is None


def test_a_list_that_is_given_replaces_the_one_before(dossier: Registration) -> None:
    changed = write(dossier, {"phases": [{"name": "Một giai đoạn"}]})
    assert [phase["name"] for phase in changed.as_data()["phases"]] == ["Một giai đoạn"]
    assert len(changed.as_data()["investors"]) == 1


def test_what_is_not_given_stays(dossier: Registration) -> None:
    before = dossier.as_data()
    after = write(dossier, {"project_name": "Tên mới"}).as_data()
    assert after == before | {"project_name": "Tên mới"}


def test_errors_say_where_down_to_the_row(case: Case) -> None:
    data = registration_data(total_capital_usd="much", zone="IP-NOWHERE")
    data["investors"][0]["share_percent"] = "120"
    data["objectives"][0]["vsic_code"] = "9999"
    data["investors"][0]["country"] = "XX"
    serializer = RegistrationSerializer(case.dossier, data=data, partial=True)
    assert not serializer.is_valid()
    assert set(flat(serializer.errors)) == {
        "total_capital_usd", "zone", "investors.0.share_percent", "investors.0.country", "objectives.0.vsic_code",
    }  # fmt: skip


def test_an_unknown_name_is_refused_not_dropped(case: Case) -> None:
    serializer = RegistrationSerializer(case.dossier, data={"totl_capital": "1"}, partial=True)
    assert not serializer.is_valid()
    assert list(serializer.errors) == ["totl_capital"]


def test_an_unknown_feature_of_article_24_is_refused(case: Case) -> None:
    serializer = RegistrationSerializer(case.dossier, data={"approval_features": ["volcano"]}, partial=True)
    assert not serializer.is_valid()
    assert "volcano" in str(serializer.errors["approval_features"][0])


def test_answers_that_no_longer_apply_are_emptied(case: Case) -> None:
    agent = {"filed_by_agent": True, "agent_name": "Luật ABC", "agent_address": "Hà Nội"}
    dossier = complete_registration(case, **agent)
    assert dossier.agent_name == "Luật ABC"
    dossier = write(dossier, {"filed_by_agent": False})
    assert (dossier.agent_name, dossier.agent_address) == ("", "")


def test_emptying_reaches_answers_that_hang_on_emptied_ones(case: Case) -> None:
    asked = {"incentives_asked": True, "special_incentive": "strategic", "disbursed_in_time_vnd": "1000000000000"}
    dossier = complete_registration(case, **asked)
    assert dossier.disbursed_in_time_vnd == 1_000_000_000_000
    dossier = write(dossier, {"incentives_asked": False})
    assert (dossier.special_incentive, dossier.disbursed_in_time_vnd) == ("", None)


def test_an_investor_who_turns_out_an_individual_loses_the_answers_of_an_organisation(dossier: Registration) -> None:
    data = dossier.as_data()
    data["investors"][0] |= {"kind": "individual", "birth_on": "1970-01-01"}
    (investor,) = write(dossier, data).as_data()["investors"]
    assert (investor["paper_number"], investor["representative_name"]) == ("", "")
    assert investor["birth_on"] == "1970-01-01"


def test_an_open_question_empties_nothing(case: Case) -> None:
    dossier = write(case.dossier, {"agent_name": "Luật ABC"})
    assert (dossier.filed_by_agent, dossier.agent_name) == (None, "Luật ABC")


def test_reading_a_dossier_takes_a_fixed_number_of_queries(
    dossier: Registration, django_assert_max_num_queries
) -> None:
    data = dossier.as_data()
    data["investors"] = data["investors"] * 5
    data["phases"] = data["phases"] * 5
    write(dossier, data)
    with django_assert_max_num_queries(9):
        Registration.objects.select_related("zone").get(pk=dossier.pk).as_data()
