"""A full certificate as a kind would hand it over: two investors, two tables, every block filled."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from certificates.content import CertificateContent, column, row, text
from certificates.layout import paper_of
from certificates.numerals import capital_en, capital_vi, number_vi

VND = 49_275_000_000_000
USD = Decimal("2051000000")
VERIFY_URL = "https://dautu.haiphong.example/verify/HP-2026-000001/?d=20261124&h=" + "a" * 43 + "&s=" + "b" * 86
DAY = date(2026, 11, 24)


def content() -> CertificateContent:
    """The content of a first certificate."""
    return {
        "title": text("GIẤY CHỨNG NHẬN ĐĂNG KÝ ĐẦU TƯ", "INVESTMENT REGISTRATION CERTIFICATE"),
        "subject": text("Dự án sản xuất mô-đun camera LG Innotek Hải Phòng", "LG Innotek Hai Phong camera modules"),
        "form_code": "I.2.6",
        "agency": {
            "superior": text("Ủy ban nhân dân thành phố Hải Phòng", "People's Committee of Hai Phong City"),
            "name": text("Ban Quản lý Khu kinh tế Hải Phòng", "Hai Phong Economic Zone Authority"),
            "place": text("Hải Phòng", "Hai Phong"),
        },
        "bases": [
            text(
                "Luật Đầu tư số 143/2025/QH15 ngày 11 tháng 12 năm 2025",
                "Law on Investment No. 143/2025/QH15 of 11 December 2025",
            ),
            text("Nghị định số 96/2026/NĐ-CP ngày 31 tháng 3 năm 2026 của Chính phủ", "Decree No. 96/2026/ND-CP"),
        ],
        "request": text(
            "văn bản đề nghị thực hiện dự án đầu tư và hồ sơ kèm theo nộp ngày 02 tháng 11 năm 2026",
            "the request to carry out the project filed on 2 November 2026",
        ),
        "parties": [
            {
                "heading": text("Nhà đầu tư thứ nhất", "First investor"),
                "name": "LG INNOTEK CO., LTD. (LG 이노텍 주식회사)",
                "rows": [
                    row("Địa chỉ trụ sở chính", "Head office", "30, Magokjungang 10-ro, Gangseo-gu, Seoul, Hàn Quốc"),
                    row(
                        "Người đại diện theo pháp luật", "Legal representative",
                        "Ông Kim Min-su, hộ chiếu số M12345678", "Mr Kim Min-su, passport No. M12345678",
                    ),
                ],
            },
            {
                "heading": text("Nhà đầu tư thứ hai", "Second investor"),
                "name": "CÔNG TY CỔ PHẦN CÔNG NGHỆ HẢI ĐĂNG",
                "rows": [row("Mã số doanh nghiệp", "Enterprise code", "0201234567")],
            },
        ],
        "articles": [
            {
                "heading": text("Nội dung dự án đầu tư", "Content of the investment project"),
                "clauses": [
                    {
                        "label": text("Tên dự án đầu tư", "Project name"),
                        "value": text("Dự án sản xuất mô-đun camera LG Innotek Hải Phòng", "Camera modules"),
                    },
                    {"label": text("Mục tiêu dự án", "Objectives"), "tables": [_objectives()]},
                    {
                        "label": text("Tổng vốn đầu tư của dự án", "Total investment capital"),
                        "value": text(capital_vi(VND, USD), capital_en(VND, USD)),
                        "rows": [row("Vốn góp", "Contributed capital", capital_vi(VND // 4, USD / 4))],
                        "tables": [_shares()],
                    },
                    {
                        "label": text("Thời hạn hoạt động của dự án", "Term"),
                        "value": text("50 (năm mươi) năm", "50 years"),
                    },
                ],
            },
            {
                "heading": text("Các ưu đãi, hỗ trợ đầu tư", "Investment incentives and support"),
                "clauses": [{"value": text("Miễn thuế nhập khẩu theo quy định", "Import duty exemption")}],
            },
            {
                "heading": text("Các điều kiện đối với nhà đầu tư", "Conditions on the investor"),
                "clauses": [
                    {"value": text("Thực hiện chế độ báo cáo theo Luật Đầu tư.", "Reports as the law requires.")},
                    {"value": text("Tuân thủ pháp luật về môi trường.", "Complies with the law on environment.")},
                ],
            },
            {
                "heading": text("Hiệu lực và số bản gốc", "Effect and originals"),
                "numbered": False,
                "clauses": [
                    {"paragraphs": [text("Được lập thành 03 (ba) bản gốc.", "Made in three originals.")]},
                ],
            },
        ],
        "signer": {"position": text("Trưởng ban", "Head of the Authority"), "name": "Nguyễn Thị Hải Yến"},
    }  # fmt: skip


def _objectives() -> Any:
    return {
        "columns": [
            column("STT", "No.", align="center", width=0.5),
            column("Mục tiêu hoạt động", "Objective", width=3),
            column("Mã ngành", "VSIC code", align="center"),
        ],
        "rows": [["1", "Sản xuất linh kiện điện tử", "2610"], ["2", "Sản xuất thiết bị truyền thông", "2630"]],
    }


def _shares() -> Any:
    return {
        "caption": text("Giá trị và tỷ lệ góp vốn", "Amounts and shares"),
        "columns": [
            column("Nhà đầu tư", "Investor", width=2),
            column("VND", align="right"),
            column("%", align="right"),
        ],
        "rows": [["LG Innotek Co., Ltd.", number_vi(VND // 5), "80"], ["Hải Đăng", number_vi(VND // 20), "20"]],
        "total": ["Tổng cộng", number_vi(VND // 4), "100"],
    }


def frozen(number: str = "HP-2026-000001", *, test: bool = True, **changes: Any) -> Any:
    """The same content after issue."""
    added = {"number": number, "version": 0, "issued_on": DAY.isoformat(), "project_code": "5432109876", "test": test}
    return content() | added | changes


def paper(number: str = "HP-2026-000001", **changes: Any) -> dict[str, Any]:
    """The data of the certificate's template."""
    return paper_of(frozen(number, **changes), VERIFY_URL)
