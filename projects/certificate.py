"""What an investment registration certificate states (Decree 96/2026, article 37), in Vietnamese and English.

The words are fixed: a certificate is printed in both languages whatever the reader's, so nothing here is translated.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone
from django.utils.translation import override

from certificates.content import Article, CertificateContent, Clause, Party, Row, Text, column, row, text
from certificates.numerals import capital_en, capital_vi, dated_en, dated_vi, number_en, number_vi
from projects.routing import in_zone
from projects.shape import rows
from projects.showing import value

if TYPE_CHECKING:
    from projects.registration import Registration
    from projects.registration_lists import MobilisedSource, Phase, RegistrationInvestor

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
ORDINALS_EN: Final = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth")
ORDINALS_VI: Final = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")


def content(registration: Registration) -> CertificateContent:
    """The whole content; the issue itself adds number, project code, dates and signer."""
    return {
        "title": text(TITLE_VI, TITLE_EN),
        "subject": _both(registration.project_name, registration.project_name_en),
        "form_code": registration.case.procedure.result_form if registration.case.procedure else "",
        "bases": list(BASES),
        "request": _request(registration),
        "parties": list(_parties(registration)),
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


# --- who ------------------------------------------------------------------------------------------------------------
def _parties(registration: Registration) -> Iterator[Party]:
    investors = rows(registration, "investors")
    for number, investor in enumerate(investors):
        vi, en = "Nhà đầu tư", "Investor"
        if len(investors) > 1 and number < len(ORDINALS_VI):
            vi, en = f"Nhà đầu tư thứ {ORDINALS_VI[number]}", f"{ORDINALS_EN[number]} investor"
        particulars = _individual(investor) if investor.kind == "individual" else _organisation(investor)
        yield {"heading": text(vi, en), "name": investor.name, "rows": list(particulars)}
    if registration.investment_form != "bcc":
        yield {
            "heading": text(
                "Tổ chức kinh tế thực hiện dự án đầu tư", "Economic organisation that carries out the project"
            ),
            "name": registration.company_name,
            "rows": list(_company(registration)),
        }


def _individual(investor: RegistrationInvestor) -> Iterator[Row]:
    if investor.birth_on:
        yield row("Ngày sinh", "Date of birth", dated_vi(investor.birth_on), dated_en(investor.birth_on))
    yield _said("Quốc tịch", "Nationality", investor, "country")
    paper = f"{investor.id_number}"
    if investor.id_issued_on:
        yield row(
            "Giấy tờ pháp lý", "Identity paper", f"{_in('vi', investor, 'id_type')} số {paper}, cấp {dated_vi(investor.id_issued_on)}",
            f"{_in('en', investor, 'id_type')} No. {paper}, issued on {dated_en(investor.id_issued_on)}",
        )  # fmt: skip
    yield row("Địa chỉ thường trú", "Permanent address", investor.address)


def _organisation(investor: RegistrationInvestor) -> Iterator[Row]:
    yield row(
        "Giấy tờ thành lập", "Establishment paper",
        f"{investor.paper_type} số {investor.paper_number}" + (f", cấp {dated_vi(investor.paper_first_on)}" if investor.paper_first_on else ""),
        f"{investor.paper_type} No. {investor.paper_number}" + (f", issued on {dated_en(investor.paper_first_on)}" if investor.paper_first_on else ""),
    )  # fmt: skip
    yield _said("Nước thành lập", "Country of establishment", investor, "country")
    yield row("Địa chỉ trụ sở chính", "Head office", investor.address)
    yield row(
        "Người đại diện theo pháp luật", "Legal representative",
        f"{investor.representative_name}, {investor.representative_title}",
    )  # fmt: skip


def _company(registration: Registration) -> Iterator[Row]:
    if registration.company_name_en:
        yield row("Tên bằng tiếng nước ngoài", "Name in a foreign language", registration.company_name_en)
    if registration.enterprise_code:
        yield row("Mã số doanh nghiệp", "Enterprise code", registration.enterprise_code)
    else:
        yield row("Tình trạng", "Status", "Dự kiến thành lập", "To be founded")
    yield row("Địa chỉ trụ sở chính", "Head office", registration.company_address)
    if registration.charter_capital_vnd is not None:
        yield _capital(
            "Vốn điều lệ", "Charter capital", registration.charter_capital_vnd, registration.charter_capital_usd
        )


# --- article 1 ------------------------------------------------------------------------------------------------------
def _project(registration: Registration) -> Article:
    clauses: list[Clause] = [
        {"label": text("Tên dự án đầu tư", "Project name"),
         "value": _both(registration.project_name, registration.project_name_en)},
        {"label": text("Mục tiêu dự án", "Objectives"), "tables": [_objectives(registration)]},
        {"label": text("Quy mô dự án", "Scale"), "rows": list(_scale(registration))},
        {"label": text("Địa điểm thực hiện dự án", "Location"), "value": _location(registration)},
        _money(registration),
        {"label": text("Thời hạn hoạt động của dự án", "Term of the project"), "value": _term(registration)},
        {"label": text("Tiến độ thực hiện dự án", "Schedule"), "tables": [_schedule(registration)]},
    ]  # fmt: skip
    return {"heading": text("Nội dung dự án đầu tư", "Content of the investment project"), "clauses": clauses}


def _objectives(registration: Registration) -> Any:
    lines = [
        [str(number), _joined(line.description, line.description_en), f"{line.vsic_code}", line.cpc_code]
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


def _money(registration: Registration) -> Clause:
    total, total_usd = registration.total_capital_vnd or Decimal(0), registration.total_capital_usd
    parts = [
        _capital("Vốn góp để thực hiện dự án", "Contributed capital", registration.contributed_vnd, registration.contributed_usd),
        _capital("Vốn huy động", "Mobilised capital", registration.mobilised_vnd, registration.mobilised_usd),
        _capital("Lợi nhuận để lại tái đầu tư", "Retained profit for reinvestment", registration.retained_vnd, registration.retained_usd),
    ]  # fmt: skip
    return {
        "label": text("Tổng vốn đầu tư của dự án", "Total investment capital"),
        "value": text(capital_vi(total, total_usd), capital_en(total, total_usd)),
        "rows": parts,
        "tables": [_contributions(registration), *_sources(registration)],
    }


def _contributions(registration: Registration) -> Any:
    lines = [
        [investor.name, number_vi(investor.contribution_vnd or 0), _dollars(investor.contribution_usd),
         number_vi(investor.share_percent or 0, 4), _in("vi", investor, "contribution_method"), _by(investor)]
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


def _sources(registration: Registration) -> Iterator[Any]:
    sources: list[MobilisedSource] = rows(registration, "sources")
    if sources:
        yield {
            "caption": text("Nguồn vốn huy động", "Sources of mobilised capital"),
            "columns": [
                column("Nguồn", "Source", width=3), column("Số vốn (VNĐ)", "VND", align="right", width=2),
                column("Tương đương (USD)", "USD", align="right", width=2), column("Tiến độ", "By", width=1.5),
            ],
            "rows": [
                [f"{_in('vi', source, 'kind')} {source.name}".strip(), number_vi(source.amount_vnd or 0),
                 _dollars(source.amount_usd), f"{source.available_by:%d/%m/%Y}" if source.available_by else ""]
                for source in sources
            ],
        }  # fmt: skip


def _term(registration: Registration) -> Text:
    years = registration.term_years or 0
    start = registration.term_from
    vi = {"land_decision": "ngày có quyết định giao đất, cho thuê đất", "handover": "ngày bàn giao đất trên thực địa"}
    en = {"land_decision": "the decision to allocate or lease land", "handover": "the actual handover of the land"}
    return text(
        f"{years} năm kể từ {vi.get(start, 'ngày được cấp Giấy chứng nhận đăng ký đầu tư')}",
        f"{years} years from {en.get(start, 'the day of the first certificate')}",
    )


def _schedule(registration: Registration) -> Any:
    phases: list[Phase] = rows(registration, "phases")
    days = ("capital_by", "construction_from", "construction_to", "installation_to", "trial_on", "operation_on")
    heads = (
        ("Góp, huy động vốn", "Capital"), ("Khởi công", "Construction from"), ("Hoàn thành xây dựng", "Construction to"),
        ("Lắp đặt thiết bị", "Installation"), ("Vận hành thử", "Trial run"), ("Hoạt động", "Operation"),
    )  # fmt: skip
    return {
        "columns": [column("Giai đoạn", "Phase", width=1.8), *(column(vi, en, align="center") for vi, en in heads)],
        "rows": [[phase.name, *(_short(getattr(phase, name)) for name in days)] for phase in phases],
    }


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
            "Thực hiện dự án đúng nội dung Giấy chứng nhận này và quy định của pháp luật về đầu tư, đất đai, xây dựng, "
            "môi trường, lao động và phòng cháy, chữa cháy.",
            "The project is carried out as stated here and as the laws on investment, land, construction, environment, "
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
            "label": text("Cam kết của nhà đầu tư theo thủ tục đầu tư đặc biệt", "Commitments under the special procedure"),
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
            text("Giấy chứng nhận này có hiệu lực kể từ ngày ký.", "This certificate takes effect on the day it is signed."),
            text(
                "Giấy chứng nhận này được lập dưới dạng văn bản điện tử; nhà đầu tư, tổ chức kinh tế thực hiện dự án và "
                f"{keeper_vi} mỗi bên lưu một bản.",
                "This certificate is an electronic document; the investor, the organisation that carries out the project "
                f"and the {keeper_en} keep one each.",
            ),
        ]}],
    }  # fmt: skip


# --- words ----------------------------------------------------------------------------------------------------------
def _both(vi: str, en: str) -> Text:
    return text(vi or en, en)


def _joined(vi: str, en: str) -> str:
    return f"{vi} / {en}" if vi and en else vi or en


def _in(language: str, instance: Any, name: str) -> str:
    """An answer in a language of the certificate, whatever the reader's."""
    with override(language):
        return value(instance, name)


def _said(vi: str, en: str, instance: Any, name: str) -> Row:
    return row(vi, en, _in("vi", instance, name), _in("en", instance, name))


def _capital(vi: str, en: str, dong: Decimal | None, dollars: Decimal | None) -> Row:
    return row(vi, en, capital_vi(dong or Decimal(0), dollars), capital_en(dong or Decimal(0), dollars))


def _dollars(amount: Decimal | None) -> str:
    return "" if amount is None else number_vi(amount, 2)


def _short(day: date | None) -> str:
    return "" if day is None else f"{day:%d/%m/%Y}"
