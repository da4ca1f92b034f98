"""What an investment registration certificate states (Decree 96/2026, article 37), in Vietnamese and English.

The words are fixed: a certificate is printed in both languages whatever the reader's, so nothing here is translated.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from django.utils import timezone

from certificates.content import Article, CertificateContent, Clause, Row, Text, row, text
from certificates.numerals import dated_en, dated_vi, number_en, number_vi
from projects.certificate import tables
from projects.certificate.parties import parties
from projects.certificate.words import both
from projects.routing import in_zone
from projects.shape import rows

if TYPE_CHECKING:
    from projects.registration import Registration

TITLE_VI: Final = "GIẤY CHỨNG NHẬN ĐĂNG KÝ ĐẦU TƯ"
TITLE_EN: Final = "INVESTMENT REGISTRATION CERTIFICATE"
BASES: Final = (
    text(
        "Luật Đầu tư số 143/2025/QH15 ngày 11 tháng 12 năm 2025",
        "Law on Investment No. 143/2025/QH15 of 11 December 2025",
    ),
    text(
        "Nghị định số 96/2026/NĐ-CP ngày 31 tháng 3 năm 2026 của Chính phủ",
        "Decree No. 96/2026/NĐ-CP of 31 March 2026 of the Government",
    ),
)


def content(registration: Registration) -> CertificateContent:
    """The whole content; the issue itself adds number, project code, dates and signer."""
    return {
        "title": text(TITLE_VI, TITLE_EN),
        "subject": both(registration.project_name, registration.project_name_en),
        "form_code": registration.case.procedure.result_form if registration.case.procedure else "",
        "bases": list(BASES),
        "request": _request(registration),
        "parties": list(parties(registration)),
        "articles": [
            _project(registration),
            _incentives(registration),
            _conditions(registration),
            _effect(registration),
        ],
    }


def _request(registration: Registration) -> Text:
    case = registration.case
    vi = f"văn bản đề nghị thực hiện dự án đầu tư và hồ sơ kèm theo do {case.organisation.name} nộp"
    en = f"the request to carry out the investment project and the papers with it, filed by {case.organisation.name}"
    if case.submitted_at is None:
        return text(vi, en)
    day = timezone.localtime(case.submitted_at).date()
    return text(f"{vi} {dated_vi(day)}", f"{en} on {dated_en(day)}")


# --- article 1 ------------------------------------------------------------------------------------------------------
def _project(registration: Registration) -> Article:
    clauses: list[Clause] = [
        {"label": text("Tên dự án đầu tư", "Project name"),
         "value": both(registration.project_name, registration.project_name_en)},
        {"label": text("Mục tiêu dự án", "Objectives"), "tables": [tables.objectives(registration)]},
        {"label": text("Quy mô dự án", "Scale"), "rows": list(_scale(registration))},
        {"label": text("Địa điểm thực hiện dự án", "Location"), "value": _location(registration)},
        tables.money(registration),
        {"label": text("Thời hạn hoạt động của dự án", "Term of the project"), "value": _term(registration)},
        {"label": text("Tiến độ thực hiện dự án", "Schedule"), "tables": [tables.schedule(registration)]},
    ]  # fmt: skip
    return {"heading": text("Nội dung dự án đầu tư", "Content of the investment project"), "clauses": clauses}


def _scale(registration: Registration) -> Iterator[Row]:
    for name, vi, en in (
        ("land_area_m2", "Diện tích đất sử dụng", "Land area"),
        ("built_area_m2", "Diện tích xây dựng", "Built-up area"),
        ("floor_area_m2", "Diện tích sàn", "Floor area"),
    ):
        size = getattr(registration, name)
        if size is not None:
            yield row(vi, en, f"{number_vi(size, 2)} m²", f"{number_en(size, 2)} m²")
    for product in rows(registration, "products"):
        quantity = product.quantity if product.quantity is not None else Decimal(0)
        shown = f"{number_vi(quantity, 2)} {product.unit}/năm", f"{number_en(quantity, 2)} {product.unit}/year"
        yield row(f"Công suất thiết kế: {product.name}", f"Designed capacity: {product.name}", *shown)
    if registration.scale:
        yield row("Quy mô", "Scale", registration.scale)


def _location(registration: Registration) -> Text:
    zone = registration.zone
    parts = [registration.lot, registration.address]
    ward = [registration.ward] if registration.ward else []
    vi = [*parts, zone.name_vi if zone else "", *ward, "thành phố Hải Phòng"]
    en = [*parts, zone.name_en if zone else "", *ward, "Hai Phong City"]
    return text(", ".join(part for part in vi if part), ", ".join(part for part in en if part))


def _term(registration: Registration) -> Text:
    years = registration.term_years or 0
    start = registration.term_from
    vi = {"land_decision": "ngày có quyết định giao đất, cho thuê đất", "handover": "ngày bàn giao đất trên thực địa"}
    en = {"land_decision": "the decision to allocate or lease land", "handover": "the actual handover of the land"}
    return text(
        f"{years} năm kể từ {vi.get(start, 'ngày được cấp Giấy chứng nhận đăng ký đầu tư')}",
        f"{years} years from {en.get(start, 'the day of the first certificate')}",
    )


# --- articles 2 to 4 ------------------------------------------------------------------------------------------------
def _incentives(registration: Registration) -> Article:
    clauses: list[Clause] = []
    for name, vi, en in (
        ("incentive_income_tax", "Ưu đãi về thuế thu nhập doanh nghiệp", "Corporate income tax"),
        ("incentive_import_duty", "Ưu đãi về thuế nhập khẩu", "Import duty"),
        ("incentive_land_rent", "Ưu đãi về tiền thuê đất", "Land rent"),
    ):
        asked, basis = getattr(registration, name), getattr(registration, f"{name}_basis")
        if registration.incentives_asked and asked:
            clauses.append({
                "label": text(vi, en), "value": text(asked),
                "rows": [row("Cơ sở pháp lý và điều kiện", "Legal basis and condition", basis)] if basis else [],
            })  # fmt: skip
    if not clauses:
        clauses = [{"value": text(
            "Nhà đầu tư không đề nghị ưu đãi; ưu đãi, hỗ trợ (nếu có) được hưởng theo quy định của pháp luật.",
            "The investor asked for no incentives; whatever the law grants is enjoyed as the law provides.",
        )}]  # fmt: skip
    return {"heading": text("Các ưu đãi, hỗ trợ đầu tư", "Investment incentives and support"), "clauses": clauses}


def _conditions(registration: Registration) -> Article:
    clauses: list[Clause] = [
        {"value": text(
            "Thực hiện dự án đúng nội dung Giấy chứng nhận này và quy định của pháp luật về đầu tư, đất đai, "
                "xây dựng, "
            "môi trường, lao động và phòng cháy, chữa cháy.",
            "The project is carried out as stated here and as the laws on investment, land, construction, "
                "environment, "
            "labour and fire safety provide.",
        )},
        {"value": text(
            "Báo cáo định kỳ hằng quý, hằng năm trên Hệ thống thông tin quốc gia về đầu tư.",
            "Quarterly and annual reports are filed in the national investment information system.",
        )},
    ]  # fmt: skip
    clauses += [
        {"label": text("Điều kiện áp dụng với ngành, nghề", "Condition on the line of business"),
         "value": text(f"{line.description}: {line.market_access_condition}")}
        for line in rows(registration, "objectives")
        if line.market_access_condition
    ]  # fmt: skip
    if registration.special_procedure:
        clauses.append({
            "label": text("Cam kết của nhà đầu tư theo thủ tục đầu tư đặc "
                "biệt", "Commitments under the special procedure"),
            "paragraphs": [text(registration.commitment_conditions), text(registration.commitment_assessment)],
        })  # fmt: skip
    return {
        "heading": text(
            "Các điều kiện đối với nhà đầu tư thực hiện dự án",
            "Conditions on the investor that carries out the project",
        ),
        "clauses": clauses,
    }


def _effect(registration: Registration) -> Article:
    keeper_vi = "Ban Quản lý Khu kinh tế Hải Phòng" if in_zone(registration) else "Sở Tài chính thành phố Hải Phòng"
    keeper_en = "Hai Phong Economic Zone Authority" if in_zone(registration) else "Department of Finance of Hai Phong"
    return {
        "heading": text("Hiệu lực và số bản gốc", "Effect and originals"),
        "numbered": False,
        "clauses": [{"paragraphs": [
            text("Giấy chứng nhận này có hiệu lực kể từ ngày ký.", "This certificate takes effect on the day it "
                "is signed."),
            text(
                "Giấy chứng nhận này được lập dưới dạng văn bản điện tử; nhà đầu tư, tổ chức kinh tế thực hiện "
                    "dự án và "
                f"{keeper_vi} mỗi bên lưu một bản.",
                "This certificate is an electronic document; the investor, the organisation that carries out "
                    "the project "
                f"and the {keeper_en} keep one each.",
            ),
        ]}],
    }  # fmt: skip
