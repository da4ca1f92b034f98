"""A decision explains itself: the rules asked, what each found and the fact it read stay with the event."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from cases import transitions as verbs
from cases.explaining import fact_at, reasons_of
from cases.models import Case
from cases.states import Status
from cases.timeline import timeline
from certificates.slips import slip_data
from tests.walk import Cast, kinds, walk

pytestmark = pytest.mark.django_db


def event_of(case: Case, verb: str) -> dict[str, object]:
    data: dict[str, object] = case.events.get(verb=verb).data
    return data


@pytest.mark.parametrize("kind", kinds())
def test_an_approval_keeps_the_rules_of_its_proposal(kind: str) -> None:
    cast = Cast()
    case = walk(kind, Status.APPROVED, cast)
    proposed, approved = event_of(case, "propose"), event_of(case, "approve")
    assert approved["rules"] == proposed["rules"]
    rules = {one["rule"]: one for one in proposed["rules"]}  # type: ignore[attr-defined]
    assert all(one["vi"] and one["en"] for one in rules.values())
    assert sum(bool(one["clause"]) for one in rules.values()) >= 1 or kind == "petition"


def test_a_refusal_prints_the_rules_that_weighed_and_keeps_them_when_the_dossier_is_gone() -> None:
    cast = Cast()
    case = walk("incentive", Status.REFUSED, cast)
    notice = case.notices.get(kind="refusal")
    printed = slip_data(notice)
    section = next(part for part in printed["sections"] if part["heading"]["en"] == "Rules applied")
    labels = [row["label"]["vi"] for row in section["rows"]]
    assert any(label.startswith("technology (") for label in labels), labels
    with override("en"):
        told = next(row for row in timeline(case, cast["owner"]) if row.verb == "refuse").rules
    weighed = [reason for reason in told if reason.weighs]
    assert weighed and told[: len(weighed)] == tuple(weighed)
    assert next(one for one in told if one.rule == "product").fact == "ELEC-05@L2015"


def test_a_request_names_the_rule_behind_each_pin() -> None:
    cast = Cast()
    case = walk("incentive", Status.ACCEPTED, cast)
    pins = [{"path": "goods.0.product", "text": "Dòng nào của danh mục?"}]
    event = verbs.request_supplement(case, by=cast["appraiser"], reasons="Bổ sung.", pins=pins)
    assert "product" in {one["rule"] for one in event.data["rules"]}
    assert "missing" not in {one["rule"] for one in event.data["rules"]}


def test_the_fact_of_a_path_is_found_in_lists_and_nothing_else_is_invented() -> None:
    data = {"a": "1", "list": [{"b": 2}], "empty": None}
    assert [fact_at(data, path) for path in ("a", "list.0.b", "list.1.b", "list", "empty", "x.y")] == [
        "1", "2", None, None, None, None,
    ]  # fmt: skip
    assert reasons_of({}) == ()
