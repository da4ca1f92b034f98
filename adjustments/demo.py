"""Adjustments to show and to test with: more or less capital, spread over a certificate so that everything adds up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Final

from projects.demo import RATE

Content = dict[str, Any]
EQUITY: Final = Decimal(4)
"""The investors contribute one part in so many of what is added; the rest is mobilised."""


def capital_change(content: Content, dollars: Decimal, *, on: date, reason: str = "") -> Content:
    """So many dollars more (or, negative, less) than a certificate states, with reason, decision and report.

    The result is a dossier as a program sends it, without its project. Amounts are decimal strings.
    """
    equity = (dollars / EQUITY).quantize(Decimal(1))
    last = len(content["phases"]) - 1
    return {
        "intent": "increase" if dollars > 0 else "decrease",
        "reason": reason or "Mở rộng sản xuất theo nhu cầu của khách hàng, đầu tư thêm dây chuyền và nhà xưởng.",
        "decision_number": f"12/{on.year}/QĐ-HĐTV",
        "decision_on": on.isoformat(),
        "decision_by": "Hội đồng thành viên",
        "report_on": on.isoformat(),
        "report_progress": "Đã hoàn thành xây dựng và lắp đặt giai đoạn 1 theo tiến độ.",
        "disbursed_contributed_vnd": "100000000000",
        "supervision_report_filed": True,
        **_more(content, "total_capital", dollars),
        **_more(content, "contributed", equity),
        **_more(content, "mobilised", dollars - equity),
        "equipment_cost_vnd": f"{Decimal(content['equipment_cost_vnd']) + dollars * RATE:.0f}",
        "investors": [line | _more(line, "contribution", equity * Decimal(line["share_percent"]) / 100)
                      for line in content["investors"]],
        "sources": [line | _more(line, "amount", Decimal(0) if number else dollars - equity)
                    for number, line in enumerate(content["sources"])],
        "phases": [line | _more(line, "capital", dollars if number == last else Decimal(0))
                   for number, line in enumerate(content["phases"])],
    }  # fmt: skip


def _more(content: Content, name: str, dollars: Decimal) -> dict[str, str]:
    return {
        f"{name}_vnd": f"{Decimal(content[f'{name}_vnd']) + dollars * RATE:.0f}",
        f"{name}_usd": f"{Decimal(content[f'{name}_usd']) + dollars:.2f}",
    }
