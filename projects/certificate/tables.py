"""The tables of a certificate: objectives, capital with its contributions and sources, and the schedule."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from certificates.content import Clause, Table, column, text
from certificates.numerals import capital_en, capital_vi, number_vi
from projects.certificate.words import called, capital_row, dollars, joined, short_day
from projects.shape import rows

if TYPE_CHECKING:
    from projects.registration import Registration
    from projects.registration_lists import MobilisedSource, Phase, RegistrationInvestor


def objectives(registration: Registration) -> Table:
    """The lines of business with their codes."""
    lines = [
        [str(number), joined(line.description, line.description_en), f"{line.vsic_code}", line.cpc_code]
        for number, line in enumerate(rows(registration, "objectives"), 1)
    ]
    return {
        "columns": [
            column("STT", "No.", align="center", width=0.5), column("Mục tiêu hoạt động", "Objective", width=4),
            column("Mã ngành (VSIC)", "VSIC code", align="center", width=1.2),
            column("Mã CPC", "CPC code", align="center", width=1),
        ],
        "rows": lines,
    }  # fmt: skip


def money(registration: Registration) -> Clause:
    """Total capital, its parts, each investor's contribution and the sources of what is mobilised."""
    total, total_usd = registration.total_capital_vnd or Decimal(0), registration.total_capital_usd
    parts = [
        capital_row(vi, en, getattr(registration, f"{name}_vnd"), getattr(registration, f"{name}_usd"))
        for name, vi, en in (
            ("contributed", "Vốn góp để thực hiện dự án", "Contributed capital"),
            ("mobilised", "Vốn huy động", "Mobilised capital"),
            ("retained", "Lợi nhuận để lại tái đầu tư", "Retained profit for reinvestment"),
        )
    ]
    return {
        "label": text("Tổng vốn đầu tư của dự án", "Total investment capital"),
        "value": text(capital_vi(total, total_usd), capital_en(total, total_usd)),
        "rows": parts,
        "tables": [_contributions(registration), *_sources(registration)],
    }


def _contributions(registration: Registration) -> Table:
    lines = [
        [investor.name, number_vi(investor.contribution_vnd or 0), dollars(investor.contribution_usd),
         number_vi(investor.share_percent or 0, 4), called(investor.contribution_method)[0], _by(investor)]
        for investor in rows(registration, "investors")
    ]  # fmt: skip
    return {
        "caption": text("Vốn góp của từng nhà đầu tư", "Contribution of each investor"),
        "columns": [
            column("Nhà đầu tư", "Investor", width=3), column("Số vốn góp (VNĐ)", "VND", align="right", width=2.2),
            column("Tương đương (USD)", "USD", align="right", width=1.8),
            column("Tỷ lệ (%)", "Share (%)", align="right", width=1),
            column("Phương thức góp vốn", "Method", width=1.6), column("Tiến độ góp vốn", "Schedule", width=1.6),
        ],
        "rows": lines,
    }  # fmt: skip


def _by(investor: RegistrationInvestor) -> str:
    if investor.contribution_by:
        return f"{investor.contribution_by:%d/%m/%Y}"
    if investor.contribution_months is not None:
        return f"{investor.contribution_months} tháng / months"
    return ""


def _sources(registration: Registration) -> Iterator[Table]:
    sources: list[MobilisedSource] = rows(registration, "sources")
    if sources:
        yield {
            "caption": text("Nguồn vốn huy động", "Sources of mobilised capital"),
            "columns": [
                column("Nguồn", "Source", width=3), column("Số vốn (VNĐ)", "VND", align="right", width=2),
                column("Tương đương (USD)", "USD", align="right", width=2), column("Tiến độ", "By", width=1.5),
            ],
            "rows": [
                [f"{called(source.kind)[0]} {source.name}".strip(), number_vi(source.amount_vnd or 0),
                 dollars(source.amount_usd), f"{source.available_by:%d/%m/%Y}" if source.available_by else ""]
                for source in sources
            ],
        }  # fmt: skip


def schedule(registration: Registration) -> Table:
    """The phases with the days of capital, construction, installation, trial run and operation."""
    phases: list[Phase] = rows(registration, "phases")
    days = ("capital_by", "construction_from", "construction_to", "installation_to", "trial_on", "operation_on")
    heads = (
        ("Góp, huy động vốn", "Capital"),
        ("Khởi công", "Construction from"),
        ("Hoàn thành xây dựng", "Construction to"),
        ("Lắp đặt thiết bị", "Installation"),
        ("Vận hành thử", "Trial run"),
        ("Hoạt động", "Operation"),
    )
    return {
        "columns": [column("Giai đoạn", "Phase", width=1.8), *(column(vi, en, align="center") for vi, en in heads)],
        "rows": [[phase.name, *(short_day(getattr(phase, name)) for name in days)] for phase in phases],
    }
