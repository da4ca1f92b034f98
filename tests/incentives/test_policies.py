"""The policy catalogue: loaded once, dated, honest about what is unsure, confirmed by an administrator."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts import roles
from incentives.models import PolicyRule, SupportedProduct
from incentives.policies import CONDITIONS
from incentives.reference import load_incentives_reference
from tests.walk import official

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
RULES = PolicyRule.objects


def test_the_catalogue_is_loaded_once_and_keeps_what_an_administrator_changed() -> None:
    count = RULES.count()
    assert count >= 50
    RULES.filter(code="cit-b").update(text_en="As the office says.")
    RULES.get(code="duty-auto").delete()
    assert load_incentives_reference()["policy rules"] == 1
    assert RULES.count() == count
    assert RULES.get(code="cit-b").text_en == "As the office says."


def test_every_kind_of_incentive_is_there_today() -> None:
    assert set(RULES.in_force(TODAY).values_list("kind", flat=True)) == set(PolicyRule.Kind.values)


def test_one_code_never_has_two_rows_on_one_day() -> None:
    by_code: dict[str, list[PolicyRule]] = {}
    for rule in RULES.order_by("code", "valid_from"):
        by_code.setdefault(rule.code, []).append(rule)
    for rows in by_code.values():
        for earlier, later in pairwise(rows):
            assert earlier.valid_to is not None
            assert earlier.valid_to < later.valid_from


def test_the_conditions_change_overnight() -> None:
    last = date(2025, 8, 31)
    before, after = {"product", "project", "standard"}, {"product", "technology", "readiness", "supplier"}
    conditions = RULES.filter(kind=PolicyRule.Kind.CERTIFICATE_CONDITION)
    for day, codes in ((last, before), (last + timedelta(days=1), after)):
        assert set(conditions.in_force(day).values_list("code", flat=True)) == codes


def test_the_cut_off_of_the_income_tax_test_moves_with_the_law() -> None:
    cut_offs = {
        day: RULES.in_force(day).get(code="c2").limits["made_before"] for day in (date(2025, 9, 30), date(2025, 10, 1))
    }
    assert list(cut_offs.values()) == ["2015-01-01", "2025-10-01"]


def test_every_row_has_clause_text_and_source_in_both_languages() -> None:
    for rule in RULES.all():
        for field in ("clause", "name", "text"):
            assert getattr(rule, f"{field}_vi"), (rule, field)
            assert getattr(rule, f"{field}_en"), (rule, field)
        assert rule.source
        assert bool(rule.amount_vi) == bool(rule.amount_en)


def test_what_is_unsure_has_no_figure_and_says_who_confirms_it() -> None:
    unsure = list(RULES.filter(confidence="unsure"))
    assert len(unsure) >= 8
    for rule in unsure:
        assert rule.amount == ""
        assert "to be confirmed by the authority" in rule.text_en or "to be confirmed by the tax" in rule.text_en
        assert "xác nhận" in rule.text_vi
        assert not any(word in rule.text_en for word in ("%", "VND", " years"))


def test_the_database_refuses_a_figure_for_what_is_unsure_and_unconfirmed() -> None:
    rows = RULES.filter(code="land-zone")
    with pytest.raises(IntegrityError, match="unsure_policy_states_no_figure"), transaction.atomic():
        rows.update(amount_vi="Toàn bộ thời gian thuê", amount_en="The whole lease")
    rows.update(
        amount_vi="Toàn bộ thời gian thuê", amount_en="The whole lease", confirmed_on=TODAY, confirmed_by="Ms Hà"
    )
    with translation.override("en"):
        assert rows.get().amount == "The whole lease"


def test_a_figure_of_general_knowledge_is_kept_back_until_confirmed() -> None:
    rule = RULES.get(code="cit-b")
    rule.confidence = "general"
    assert rule.amount == ""
    rule.confirmed_on = TODAY
    assert rule.amount != ""


def test_a_confirmation_has_a_name_and_a_day() -> None:
    with pytest.raises(IntegrityError, match="policy_rule_confirmed_by_somebody"), transaction.atomic():
        RULES.filter(code="land-zone").update(confirmed_on=TODAY)


def test_a_line_of_the_list_is_confirmed_with_a_name_and_a_day() -> None:
    line = SupportedProduct.objects.get(code="ELEC-11")
    line.full_clean()
    line.confirmed_on = TODAY
    with translation.override("en"), pytest.raises(ValidationError, match="a name and a day"):
        line.full_clean()
    line.confirmed_by = "Ms Hà"
    line.full_clean()
    line.save()
    assert line.history.count() == 1


def test_nobody_edits_published_law_by_hand() -> None:
    address = reverse("admin:incentives_policyrule_change", args=[RULES.get(code="readiness").pk])
    for role, may_draft in ((roles.ADMINISTRATOR, True), (roles.APPRAISER, False)):
        desk = Client()
        desk.force_login(official(role))
        page = desk.get(address)
        assert page.status_code == 200
        assert ("/rulerevision/add/?rule=" in page.text) is may_draft
        assert desk.post(address, {"text_en": "As I like it."}).status_code == 403
        assert desk.get(reverse("admin:incentives_policyrule_add")).status_code == 403
    assert RULES.get(code="readiness").text_en != "As I like it."


def test_a_product_stands_once_in_each_version_of_the_list() -> None:
    first = SupportedProduct.objects.get(code="ELEC-03")
    later = {"group": first.group, "name_vi": "x", "name_en": "x", "decree": "205/2025", "confidence": "seen"}
    SupportedProduct.objects.create(code="ELEC-03", list_version="L2025", valid_from=date(2025, 9, 1), **later)
    with pytest.raises(IntegrityError, match="one_product_per_list_version"), transaction.atomic():
        SupportedProduct.objects.create(code="ELEC-03", list_version="L2025", valid_from=date(2026, 1, 1), **later)


def test_conditions_and_incentives_are_told_apart() -> None:
    assert {kind.value for kind in CONDITIONS} == {"CERTIFICATE_CONDITION", "INCOME_TAX_TEST"}
