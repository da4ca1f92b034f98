"""Whole adjustments for the tests: the licensed golden project (LG Innotek Hai Phong) and one billion dollars more."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from accounts.models import Organisation
from adjustments.api.serializers import AdjustmentSerializer
from adjustments.models import Adjustment
from cases.calendar import local_date
from cases.models import Case
from cases.states import Status
from projects.demo import RATE
from projects.models import Project
from tests.walk import Cast, walk

BILLION = Decimal(1_000_000_000)


def licensed_project(organisation: Organisation) -> Project:
    """The organisation's licensed project; registered, decided and issued here if it has none."""
    found = Project.objects.filter(organisation=organisation).first()
    return found or Project.objects.get(case=walk("registration", Status.ISSUED, Cast(organisation=organisation)))


def adjustment_data(**changes: Any) -> dict[str, Any]:
    """The dossier as a program sends it, for the company that was made last and has a preparer."""
    organisation = Organisation.objects.filter(memberships__role="preparer").latest("pk")
    return increase(licensed_project(organisation), BILLION) | changes


def complete_adjustment(case: Case, **changes: Any) -> Adjustment:
    """Fill a case's adjustment so that nothing but its papers is missing; its company gets a licensed project."""
    project = licensed_project(case.organisation)
    return write(case, increase(project, BILLION) | changes)


def write(case: Case, data: dict[str, Any]) -> Adjustment:
    """Write answers onto a case's adjustment as a program does."""
    dossier = Adjustment.objects.get(case=case)
    serializer = AdjustmentSerializer(dossier, data=data, partial=True)
    serializer.is_valid(raise_exception=True)
    serializer.save()
    case._state.fields_cache.pop("adjustment", None)
    return Adjustment.objects.get(case=case)


def increase(project: Project, dollars: Decimal) -> dict[str, Any]:
    """So many dollars more (or, negative, less), a third of it contributed by the investors by their shares."""
    version = project.versions.newest()
    assert version is not None
    data = version.data
    equity = (dollars / 4).quantize(Decimal(1))
    return {
        "project": project.code,
        "intent": "increase" if dollars > 0 else "decrease",
        "reason": "Mở rộng sản xuất mô-đun camera, thêm một nhà máy.",
        "decision_number": "12/2026/QĐ-HĐTV",
        "decision_on": local_date().isoformat(),
        "decision_by": "Hội đồng thành viên",
        "report_on": local_date().isoformat(),
        "report_progress": "Đã hoàn thành xây dựng và lắp đặt giai đoạn 1.",
        "disbursed_contributed_vnd": "100000000000",
        "supervision_report_filed": True,
        **_more(data, "total_capital", dollars),
        **_more(data, "contributed", equity),
        **_more(data, "mobilised", dollars - equity),
        "investors": [line | _contribution(line, equity) for line in data["investors"]],
        "sources": [line | _amount(line, (dollars - equity) if not number else Decimal(0))
                    for number, line in enumerate(data["sources"])],
        "phases": [line | _phase(line, dollars if number == len(data["phases"]) - 1 else Decimal(0))
                   for number, line in enumerate(data["phases"])],
    }  # fmt: skip


def _more(data: dict[str, Any], name: str, dollars: Decimal) -> dict[str, str]:
    return {
        f"{name}_vnd": f"{Decimal(data[f'{name}_vnd']) + dollars * RATE:.0f}",
        f"{name}_usd": f"{Decimal(data[f'{name}_usd']) + dollars:.2f}",
    }


def _contribution(line: dict[str, Any], equity: Decimal) -> dict[str, str]:
    part = equity * Decimal(line["share_percent"]) / 100
    return {
        "contribution_vnd": f"{Decimal(line['contribution_vnd']) + part * RATE:.0f}",
        "contribution_usd": f"{Decimal(line['contribution_usd']) + part:.2f}",
    }


def _amount(line: dict[str, Any], dollars: Decimal) -> dict[str, str]:
    return {
        "amount_vnd": f"{Decimal(line['amount_vnd']) + dollars * RATE:.0f}",
        "amount_usd": f"{Decimal(line['amount_usd']) + dollars:.2f}",
    }


def _phase(line: dict[str, Any], dollars: Decimal) -> dict[str, str]:
    return {
        "capital_vnd": f"{Decimal(line['capital_vnd']) + dollars * RATE:.0f}",
        "capital_usd": f"{Decimal(line['capital_usd']) + dollars:.2f}",
    }
