"""An adjustment starts from the certificate in force, and says for every item what it was and what it is to be."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from adjustments.demo import capital_change
from adjustments.holding import hold
from adjustments.items import take_newer_base
from adjustments.models import Adjustment
from adjustments.outline import CONTENT_NAMES
from cases import transitions as verbs
from cases.drafting import create
from cases.errors import Incomplete, Invalid
from cases.findings import blocking
from cases.models import Case
from cases.precheck import precheck
from cases.states import Status
from certificates.models import Certificate
from notifications.states import Audience
from notifications.writing import LetterWriter
from projects.chain import Capital, append, totals, verify
from projects.demo import golden_registration
from projects.models import CapitalEvent, Project
from tests.adjustments.factories import BILLION, complete_adjustment, increase, licensed_project, write
from tests.days import takes_place_on
from tests.walk import STEPS, Cast, attach_all, draft, walk

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
_that_day = takes_place_on(TODAY)


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def project(cast: Cast) -> Project:
    return licensed_project(cast.organisation)


def adjusted(cast: Cast, state: Status = Status.DRAFT) -> Adjustment:
    case = walk("adjustment", state, cast)
    found = Case.objects.get(pk=case.pk).dossier
    assert isinstance(found, Adjustment)
    return found


def test_a_new_dossier_starts_from_the_only_project(project: Project, cast: Cast) -> None:
    case = create("adjustment", organisation=cast.organisation, by=cast["preparer"])
    dossier = Adjustment.objects.get(case=case)
    assert (dossier.project, dossier.base) == (project, project.versions.get())
    assert dossier.proposed == project.versions.get().data
    assert dossier.changed == []


def test_what_changes_is_named_item_by_item_with_old_new_and_rule(project: Project, cast: Cast) -> None:
    dossier = adjusted(cast)
    items = {item.path: item for item in dossier.items.all()}
    assert (items["total_capital_usd"].before, items["total_capital_usd"].after) == ("549000000.00", "1549000000.00")
    assert items["total_capital_usd"].rule_class == "standard"
    assert items["total_capital_usd"].clause == "L143 33(2); D96 56(2)"
    assert "investors.0.contribution_usd" in items
    assert "project_name" not in items
    assert dossier.amount_usd() == BILLION


def test_a_complete_dossier_has_nothing_against_it(project: Project, cast: Cast) -> None:
    case = draft("adjustment", cast)
    found = [(f.code, f.path, str(f.message)) for f in blocking(precheck(case, TODAY))]
    assert found == []


def test_the_issue_raises_the_chain_to_the_cent_and_replaces_the_certificate(project: Project, cast: Cast) -> None:
    first = Certificate.objects.get(case=project.case)
    case = walk("adjustment", Status.ISSUED, cast)
    after = totals(project)
    assert (after["total_usd"], after["total_vnd"]) == (Decimal("1549000000.00"), Decimal("40274000000000"))
    event = project.events.latest("seq")
    assert (event.kind, event.total_usd) == (CapitalEvent.Kind.INCREASE, Decimal("1000000000.00"))
    assert verify([Project.objects.get(pk=project.pk)]).ok
    newer = Certificate.objects.get(case=case)
    first.refresh_from_db()
    assert (newer.version, newer.replaces, first.state, newer.state) == (1, first, "replaced", "valid")
    assert newer.content["changes"]
    assert event.certificate_number == newer.number
    version = project.versions.newest()
    assert version is not None
    assert (version.number, version.certificate_number, version.case) == (1, newer.number, case)


def test_a_second_open_application_is_refused_by_name(project: Project, cast: Cast) -> None:
    first = walk("adjustment", Status.SUBMITTED, cast)
    second = draft("adjustment", cast)
    with pytest.raises(Incomplete) as refused:
        verbs.submit(second, by=cast["signer of the company"], declared=True)
    assert [f.code for f in refused.value.findings if first.reference in str(f.message)] == ["V22"]
    verbs.withdraw(first, by=cast["signer of the company"])
    verbs.submit(second, by=cast["signer of the company"], declared=True)
    assert second.status == Status.SUBMITTED


def test_a_draft_of_an_ended_project_is_told_so_before_it_is_handed_in(project: Project, cast: Cast) -> None:
    case = draft("adjustment", cast)
    Project.objects.filter(pk=project.pk).update(state=Project.State.TERMINATED)
    with translation.override("en"):
        words = [str(f.message) for f in blocking(precheck(Case.objects.get(pk=case.pk), TODAY)) if f.code == "V22"]
    assert words == [f"The project “{project.name}” is “Terminated”: its certificate can no longer change."]


def test_a_decision_of_a_day_still_to_come_is_a_slip(project: Project, cast: Cast) -> None:
    case = draft("adjustment", cast)
    write(case, {"decision_on": "2027-01-15", "report_on": "2027-01-16"})
    found = [f for f in blocking(precheck(Case.objects.get(pk=case.pk), TODAY)) if f.code == "A7"]
    assert [f.path for f in found] == ["decision_on", "report_on"]


def test_a_project_that_ends_after_the_check_of_a_submission_is_seen_under_its_lock(
    project: Project, cast: Cast
) -> None:
    dossier = Adjustment.objects.get(case=draft("adjustment", cast))
    Project.objects.filter(pk=project.pk).update(state=Project.State.TERMINATED)
    with pytest.raises(Invalid):
        hold(dossier)
    assert not Adjustment.objects.filter(holds=project).exists()


def test_an_adjustment_on_a_stale_base_is_refused_and_can_go_on_from_the_newer_one(
    project: Project, cast: Cast
) -> None:
    late = draft("adjustment", cast)
    write(late, {"project_name_en": "LG Innotek Hai Phong, camera modules"})
    walk("adjustment", Status.ISSUED, cast)
    late = Case.objects.get(pk=late.pk)
    words = [str(f.message) for f in blocking(precheck(late, TODAY)) if f.code == "V25"]
    assert words
    number = Certificate.objects.latest("pk").number
    assert number is not None
    assert number in words[0]
    dossier = Adjustment.objects.get(case=late)
    take_newer_base(dossier)
    assert dossier.base is not None
    assert dossier.base.number == 1
    assert {item.path for item in dossier.changed} == {"project_name_en"}


def test_a_decrease_below_what_is_paid_in_is_refused_with_the_figure(project: Project, cast: Cast) -> None:
    case = draft("adjustment", cast)
    paid = project.versions.get().data["contributed_vnd"]
    write(case, increase(project, Decimal(-100_000_000)) | {"disbursed_contributed_vnd": paid})
    with translation.override("en"):
        found = [str(f.message) for f in blocking(precheck(Case.objects.get(pk=case.pk), TODAY)) if f.code == "A4"]
    assert len(found) == 1
    assert f"VND {int(paid):,} have been paid in" in found[0]
    assert "VND 650,000,000,000 more" in found[0]


def test_complete_adjustment_brings_its_own_project(cast: Cast) -> None:
    case = create("adjustment", organisation=cast.organisation, by=cast["preparer"])
    assert complete_adjustment(case).project is not None


def test_a_certificate_that_was_not_issued_here_is_restated_whole_with_its_first_adjustment(cast: Cast) -> None:
    project = Project.objects.create(
        name="LG Innotek Vietnam Hai Phong", organisation=cast.organisation, state="active", imported=True
    )
    opening = Capital(total_usd=Decimal(549_000_000))
    append(project, "issue", capital=opening, effective_on=date(2016, 9, 1), by=None, imported=True)
    case = create("adjustment", organisation=cast.organisation, by=cast["preparer"])
    said = golden_registration()
    names = {"applicant", *CONTENT_NAMES}
    content = {name: value for name, value in said.items() if name in names}
    write(case, content | capital_change(said, BILLION, on=TODAY))
    missing = {f.path for f in blocking(precheck(Case.objects.get(pk=case.pk), TODAY)) if f.code == "missing"}
    assert missing == {"earlier_number", "earlier_first_on", "earlier_adjustments"}
    write(case, {"earlier_number": "7654321098", "earlier_first_on": "2016-09-01", "earlier_adjustments": 2,
                 "earlier_last_on": "2018-05-10"})  # fmt: skip
    case = attach_all(case, cast)
    for state in (Status.SUBMITTED, Status.ACCEPTED, Status.PROPOSED, Status.APPROVED, Status.ISSUED):
        STEPS[state][1](case, cast)
    certificate = Certificate.objects.get(case=case)
    assert (certificate.version, certificate.replaces) == (3, None)
    assert [entry["issued_on"] for entry in certificate.content["history"]] == ["2016-09-01", "2018-05-10"]
    assert "7654321098" in str(certificate.content["bases"])
    version = project.versions.get()
    assert (version.number, version.certificate_number) == (3, certificate.number)
    assert totals(project)["total_usd"] == Decimal(1_549_000_000)


def test_a_change_of_the_name_alone_takes_three_days_and_adds_no_capital(project: Project, cast: Cast) -> None:
    case = create("adjustment", organisation=cast.organisation, by=cast["preparer"])
    write(case, {"project_name": "Nhà máy mô-đun camera", "intent": "other", "reason": "Đổi tên theo thương hiệu."})
    case = attach_all(case, cast)
    dossier = Adjustment.objects.get(case=case)
    assert dossier.procedure_code() == "irc-adjust-fast"
    assert [item.rule_class for item in dossier.items.all()] == ["fast"]
    for state in (Status.SUBMITTED, Status.ACCEPTED, Status.PROPOSED, Status.APPROVED, Status.ISSUED):
        STEPS[state][1](case, cast)
    event = project.events.latest("seq")
    assert (event.kind, event.total_usd) == ("amendment", Decimal(0))
    assert totals(project)["total_usd"] == Decimal(549_000_000)
    assert Project.objects.get(pk=project.pk).name == "Nhà máy mô-đun camera"


def test_shares_that_pass_between_investors_are_a_transfer(project: Project, cast: Cast) -> None:
    data = project.versions.get().data
    line = data["investors"][0]
    halves = {
        "contribution_vnd": str(int(line["contribution_vnd"]) // 2), "share_percent": "50.0000",
        "contribution_usd": f"{Decimal(line['contribution_usd']) / 2:.2f}", "charter_share_percent": "50.0000",
    }  # fmt: skip
    case = create("adjustment", organisation=cast.organisation, by=cast["preparer"])
    other = line | halves | {"name": "LG INNOTEK HOLDING CO., LTD.", "paper_number": "110111-1111111"}
    whole = capital_change(data, BILLION, on=TODAY)
    why = {name: whole[name] for name in ("reason", "decision_on", "decision_by", "report_on", "report_progress",
                                          "disbursed_contributed_vnd", "supervision_report_filed")}  # fmt: skip
    write(case, why | {"intent": "transfer", "investors": [line | halves, other]})
    assert Adjustment.objects.get(case=case).required_papers() == {"b", "dc4"}
    case = attach_all(case, cast)
    for state in (Status.SUBMITTED, Status.ACCEPTED, Status.PROPOSED, Status.APPROVED, Status.ISSUED):
        STEPS[state][1](case, cast)
    assert project.events.latest("seq").kind == "transfer"
    assert "HOLDING" in Project.objects.get(pk=project.pk).investors


def test_the_letter_of_a_submission_says_what_changes(project: Project, cast: Cast) -> None:
    case = walk("adjustment", Status.SUBMITTED, cast)
    letters = [LetterWriter(case, case.events.get(verb="submit")).write(cast[who], Audience.INVESTOR) for who in
               ("signer of the company",)]  # fmt: skip
    for words in (letters[0].text, letters[0].html):
        assert "USD 549,000,000 →" in words
        assert "+USD 1,000,000,000 (+182.1 %)" in words
