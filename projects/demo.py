"""Dossiers to show and to test with, built from public facts about real projects of the city (projects/data).

Project, investor, country, zone, product and total capital are facts of the datasets; everything else (people, papers,
rates, phases, workers) is made up so that the dossier is whole, adds up and passes every rule. Amounts are decimal
strings and the shape is that of the API, so `RegistrationSerializer` takes each of them as it stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.utils import timezone

RATE: Final = Decimal(26_000)
"""VND for 1 USD, round on purpose: the figures stay easy to check by head."""


@dataclass(frozen=True)
class Sample:
    """What the datasets say of a project, and the few choices that make its dossier differ from the others."""

    name_vi: str
    name_en: str
    investor: str
    country: str
    seat: str
    zone: str
    vsic: str
    product: str
    unit: str
    total_usd: int
    workers: int
    company: str
    equity_percent: int = 40
    land_m2: int = 60_000
    partner: tuple[str, str, int] | None = None
    enterprise_code: str = ""
    ward: str = ""
    condition: str = ""


GOLDEN: Final = Sample(
    "Dự án sản xuất mô-đun camera LG Innotek Hải Phòng", "LG Innotek Hai Phong camera module project",
    "LG INNOTEK CO., LTD.", "KR", "30, Magokjungang 10-ro, Gangseo-gu, Seoul, Hàn Quốc", "IP-TD2", "2619",
    "Mô-đun camera", "sản phẩm", 549_000_000, 2_600, "Công ty TNHH LG Innotek Việt Nam Hải Phòng", 33, 130_000,
)  # fmt: skip

SAMPLES: Final = (
    Sample(
        "Dự án sản xuất vật liệu phân hủy sinh học Ecovance", "Ecovance biodegradable materials project",
        "ECOVANCE CO., LTD.", "KR", "Seoul, Hàn Quốc", "IP-DEEPC1", "2013", "Nhựa phân hủy sinh học PBAT", "tấn",
        500_000_000, 400, "Công ty TNHH Ecovance Việt Nam", 30, 220_000,
    ),
    Sample(
        "Dự án sản xuất lốp xe Bridgestone Việt Nam", "Bridgestone Vietnam tyre project", "BRIDGESTONE CORPORATION",
        "JP", "Tokyo, Nhật Bản", "IP-DEEPC1", "2211", "Lốp xe ô tô con", "lốp", 574_800_000, 1_900,
        "Công ty TNHH sản xuất lốp xe Bridgestone Việt Nam", 45, 1_020_000,
    ),
    Sample(
        "Dự án sản xuất máy in Kyocera Document Technology", "Kyocera Document Technology printer project",
        "KYOCERA DOCUMENT SOLUTIONS INC.", "JP", "Osaka, Nhật Bản", "IP-VSIP", "2620", "Máy in và máy đa chức năng",
        "chiếc", 187_500_000, 3_000, "Công ty TNHH Kyocera Document Technology Việt Nam", 50, 200_000,
    ),
    Sample(
        "Dự án sản xuất thiết bị văn phòng FUJIFILM", "FUJIFILM office equipment project",
        "FUJIFILM BUSINESS INNOVATION CORP.", "JP", "Tokyo, Nhật Bản", "IP-VSIP", "2817",
        "Máy đa chức năng màu và máy in LED", "chiếc", 119_000_000, 2_200, "Công ty TNHH FUJIFILM Manufacturing Hải Phòng",
    ),
    Sample(
        "Dự án sản xuất dược phẩm Nipro Pharma Việt Nam", "Nipro Pharma Vietnam pharmaceutical project",
        "NIPRO PHARMA CORPORATION", "JP", "Osaka, Nhật Bản", "IP-VSIP", "2100", "Dược phẩm", "triệu đơn vị liều",
        250_000_000, 700, "Công ty TNHH Nipro Pharma Việt Nam", 50, 150_000,
        condition="Đáp ứng điều kiện sản xuất thuốc theo pháp luật về dược trước khi hoạt động.",
    ),
    Sample(
        "Dự án sản xuất mô-đun điện tử USI Việt Nam", "USI Vietnam electronic module project",
        "UNIVERSAL SCIENTIFIC INDUSTRIAL (SHANGHAI) CO., LTD.", "CN", "Thượng Hải, Trung Quốc", "IP-DEEPC1", "2619",
        "Mô-đun hệ thống trong gói (SiP)", "triệu sản phẩm", 200_000_000, 1_500,
        "Công ty TNHH Universal Scientific Industrial Việt Nam", 50, 65_000,
    ),
    Sample(
        "Dự án sản xuất túi khí Toyoda Gosei Hải Phòng", "Toyoda Gosei Hai Phong airbag project", "TOYODA GOSEI CO., LTD.",
        "JP", "Aichi, Nhật Bản", "IP-NOMURA", "2930", "Bộ phận túi khí và vô lăng", "nghìn bộ", 74_950_000, 1_200,
        "Công ty TNHH Toyoda Gosei Hải Phòng", 60, 55_000,
        partner=("TOYOTA TSUSHO CORPORATION", "Nagoya, Nhật Bản", 5),
    ),
    Sample(
        "Dự án sản xuất kính quang năng Flat (Việt Nam)", "Flat (Vietnam) photovoltaic glass project",
        "FLAT GLASS GROUP CO., LTD.", "CN", "Gia Hưng, Chiết Giang, Trung Quốc", "IP-DEEPC", "2310", "Kính quang năng",
        "tấn", 300_000_000, 800, "Công ty TNHH Năng lượng Flat (Việt Nam)", 35, 350_000,
    ),
    Sample(
        "Dự án sản xuất vật liệu kỹ thuật mới HMT (Hải Phòng)", "HMT (Hai Phong) new technical materials project",
        "HMT (XIAMEN) NEW TECHNICAL MATERIALS CO., LTD.", "CN", "Hạ Môn, Trung Quốc", "IP-ANDUONG", "2930",
        "Vải túi khí và túi khí", "triệu sản phẩm", 75_000_000, 900, "Công ty TNHH HMT (Hải Phòng) Vật liệu Kỹ thuật mới",
    ),
    Sample(
        "Dự án sản xuất bản mạch điện tử Haengsung", "Haengsung circuit board project", "HAENGSUNG ELECTRONICS CO., LTD.",
        "KR", "Busan, Hàn Quốc", "IP-TD2", "2619", "Bản mạch điện tử", "triệu sản phẩm", 100_000_000, 1_100,
        "Công ty TNHH Haengsung Electronics Việt Nam",
    ),
    Sample(
        "Dự án sản xuất thiết bị sạc xe điện Starcharge", "Starcharge electric-vehicle charging equipment project",
        "STARCHARGE ENERGY PTE. LTD.", "SG", "Singapore", "IP-MARINE", "2710", "Thiết bị sạc xe điện", "bộ", 14_000_000,
        250, "Công ty TNHH Starcharge Energy Việt Nam", 60, 20_000,
    ),
    Sample(
        "Dự án sản xuất pin HW Energy", "HW Energy battery project", "HW INTERNATIONAL INVESTMENT HOLDINGS PTE. LTD.",
        "SG", "Singapore", "IP-MARINE", "2720", "Pin kiềm và pin kẽm - các-bon", "triệu viên", 49_000_000, 500,
        "Công ty TNHH HW Energy", 50, 40_000,
    ),
    Sample(
        "Dự án sản xuất linh kiện truyền động Trakmotive Việt Nam", "Trakmotive Vietnam drive-train parts project",
        "TRAKMOTIVE GLOBAL INDUSTRIAL INC.", "US", "California, Hoa Kỳ", "IP-NDV1", "2930", "Trục truyền động ô tô",
        "nghìn bộ", 60_000_000, 600, "Công ty TNHH Trakmotive Việt Nam", 55, 60_000,
    ),
    Sample(
        "Dự án sản xuất linh kiện điện tử Chilisin (mở rộng)", "Chilisin electronic components project (expansion)",
        "CHILISIN ELECTRONICS SINGAPORE PTE. LTD.", "SG", "Singapore", "IP-VSIP", "2619", "Cuộn cảm", "triệu sản phẩm",
        73_700_000, 1_300, "Công ty TNHH Điện tử Chilisin Việt Nam", 50, 30_000, enterprise_code="0201888018",
    ),
    Sample(
        "Dự án trung tâm thương mại AEON MALL Hải Phòng", "AEON MALL Hai Phong shopping centre project",
        "AEON MALL CO., LTD.", "JP", "Chiba, Nhật Bản", "", "4719", "Dịch vụ trung tâm thương mại", "lượt khách",
        200_000_000, 300, "Công ty TNHH AEON MALL Hải Phòng", 60, 93_000, ward="phường Lê Chân",
        condition="Thực hiện thủ tục cấp Giấy phép kinh doanh và Giấy phép lập cơ sở bán lẻ trước khi hoạt động.",
    ),
)  # fmt: skip


def golden_registration(on: date | None = None) -> dict[str, Any]:
    """LG Innotek Hai Phong as at its first certificate: USD 549 million in Trang Due industrial park (phase 2)."""
    return registration_of(GOLDEN, on)


def sample_registrations(on: date | None = None) -> list[dict[str, Any]]:
    """More complete dossiers, all different, in a fixed order."""
    return [registration_of(sample, on) for sample in SAMPLES]


def registration_of(sample: Sample, on: date | None = None) -> dict[str, Any]:
    """A whole dossier for a sample, with a schedule that begins in the year after `on` (today, if none is given)."""
    year = (on or timezone.localdate()).year
    return (
        _company(sample)
        | {"investors": _investors(sample, year)}
        | _project(sample, year)
        | _site(sample)
        | _capital(sample, year)
        | _people(sample, year)
        | _incentives(sample)
    )


# --- figures --------------------------------------------------------------------------------------------------------
def _vnd(dollars: Decimal) -> str:
    return f"{dollars * RATE:.0f}"


def _usd(dollars: Decimal) -> str:
    return f"{dollars:.2f}"


def _equity(sample: Sample) -> Decimal:
    """Contributed capital in USD, in full thousands."""
    return (Decimal(sample.total_usd) * sample.equity_percent / 100).quantize(Decimal("1E3"))


def _lease_end(sample: Sample) -> int:
    """The year in which the made-up lease of the site ends."""
    return 2064 if sample.zone == "IP-TD2" else 2070


# --- sections -------------------------------------------------------------------------------------------------------
def _company(sample: Sample) -> dict[str, Any]:
    equity, exists = _equity(sample), bool(sample.enterprise_code)
    data: dict[str, Any] = {
        "applicant": "foreign",
        "investment_form": "existing_company" if exists else "new_company",
        "company_name": sample.company,
        "company_name_en": "",
        "company_short_name": "",
        "company_type": "llc" if sample.partner else "llc_one",
        "enterprise_code": sample.enterprise_code,
        "erc_first_on": "2012-05-16" if exists else None,
        "erc_agency": "Phòng Đăng ký kinh doanh thành phố Hải Phòng" if exists else "",
        "company_first_project": False if exists else None,
        "company_address": "Thành phố Hải Phòng, Việt Nam",
        "company_phone": "+84 225 000 0000",
        "company_email": "office@investor.example",
        "company_website": "",
        "company_representative": "Nguyễn Minh Châu" if exists else "",
        "company_representative_title": "Giám đốc" if exists else "",
        "charter_capital_vnd": _vnd(equity),
        "charter_capital_usd": _usd(equity),
        "filed_by_agent": False,
        "agent_name": "",
        "agent_address": "",
        "agent_phone": "",
        "agent_email": "",
    }
    return data


def _investors(sample: Sample, year: int) -> list[dict[str, Any]]:
    equity = _equity(sample)
    if sample.partner is None:
        return [_investor(sample.investor, sample.country, sample.seat, 100, equity, year)]
    name, seat, percent = sample.partner
    part = equity * percent / 100
    return [
        _investor(sample.investor, sample.country, sample.seat, 100 - percent, equity - part, year),
        _investor(name, sample.country, seat, percent, part, year),
    ]


def _investor(name: str, country: str, seat: str, percent: int, amount: Decimal, year: int) -> dict[str, Any]:
    share = f"{percent}.0000"
    return {
        "kind": "organisation", "name": name, "country": country, "address": seat, "tax_code": "",
        "phone": "+00 000 0000", "fax": "", "email": "invest@investor.example", "website": "", "gender": "",
        "birth_on": None, "id_type": "", "id_number": "", "id_issued_on": None, "id_issued_by": "",
        "id_expires_on": None, "residence": "", "entity_type": "Công ty cổ phần",
        "paper_type": "Giấy chứng nhận đăng ký kinh doanh", "paper_number": "110111-0000000",
        "paper_first_on": "1976-02-24", "paper_changed_on": None, "paper_issuer": "Cơ quan đăng ký doanh nghiệp nước sở tại",
        "foreign_share_percent": None, "foreign_members": "", "representative_name": "Kim Min-su",
        "representative_gender": "male", "representative_birth_on": "1970-03-14", "representative_country": country,
        "representative_id_number": "M12345678", "representative_id_expires_on": f"{year + 6}-05-31",
        "representative_title": "Tổng Giám đốc", "representative_address": seat, "representative_phone": "",
        "representative_email": "", "contribution_vnd": _vnd(amount), "contribution_usd": _usd(amount),
        "share_percent": share, "charter_share_percent": share, "contribution_method": "cash", "contribution_note": "",
        "contribution_by": f"{year + 1}-12-31", "contribution_months": None,
    }  # fmt: skip


def _project(sample: Sample, year: int) -> dict[str, Any]:
    objective = {
        "description": f"Sản xuất: {sample.product.lower()}" if sample.zone else sample.product,
        "description_en": "", "vsic_edition": "2025", "vsic_code": sample.vsic, "cpc_code": "", "main": True,
        "market_access_condition": sample.condition,
    }  # fmt: skip
    return {
        "project_name": sample.name_vi,
        "project_name_en": sample.name_en,
        "scale": "",
        "term_years": min(50, _lease_end(sample) - year - 1),
        "term_from": "certificate",
        "objectives": [objective],
        "products": [
            {"name": sample.product, "quantity": "1200000.00", "unit": sample.unit, "phase": "Toàn dự án"},
        ],
    }


def _site(sample: Sample) -> dict[str, Any]:
    outside = not sample.zone
    return {
        "location": "outside" if outside else "zone", "zone": sample.zone or None, "lot": "" if outside else "Lô I-4", "ward": sample.ward,
        "address": "", "boundaries": "", "several_provinces": False, "office_in_zone": None,
        "land_area_m2": f"{sample.land_m2}.00", "built_area_m2": f"{sample.land_m2 * 48 // 100}.00",
        "floor_area_m2": f"{sample.land_m2 * 75 // 100}.00", "land_current_use": "Đất thương mại, dịch vụ" if outside else "Đất công nghiệp đã có hạ tầng",
        "land_source": "auction" if outside else "sublease",
        "land_lessor": "" if outside else "Công ty phát triển hạ tầng khu công nghiệp",
        "site_lease_until": None if outside else f"{_lease_end(sample)}-08-27", "state_land": False, "land_conversion": False,
        "site_cleared": None, "approval_features": [], "no_approval_features": True, "approval_number": "",
        "approval_on": None, "approval_authority": "", "special_procedure": False, "high_tech_criteria": None,
        "commitment_conditions": "", "commitment_assessment": "", "commitment_accepted": None, "impact_mitigation": "",
    }  # fmt: skip


def _capital(sample: Sample, year: int) -> dict[str, Any]:
    total, equity = Decimal(sample.total_usd), _equity(sample)
    loans = total - equity
    first = (total * 40 / 100).quantize(Decimal("1E3"))
    land, working = total * 10 / 100, total * 15 / 100
    equipment = (total * 50 / 100).quantize(Decimal("1E3"))
    return {
        "total_capital_vnd": _vnd(total), "total_capital_usd": _usd(total), "exchange_rate": f"{RATE}.0000",
        "rate_on": f"{year}-11-02", "rate_bank": "Ngân hàng TMCP Ngoại thương Việt Nam",
        "contributed_vnd": _vnd(equity), "contributed_usd": _usd(equity), "mobilised_vnd": _vnd(loans),
        "mobilised_usd": _usd(loans), "retained_vnd": "0", "retained_usd": "0.00", "land_cost_vnd": _vnd(land),
        "construction_cost_vnd": _vnd(total - land - equipment - working), "equipment_cost_vnd": _vnd(equipment),
        "contingency_vnd": "0", "working_capital_vnd": _vnd(working), "deposit_reduction": None,
        "sources": [
            {"kind": "parent", "name": sample.investor, "amount_vnd": _vnd(loans), "amount_usd": _usd(loans),
             "available_by": f"{year + 2}-12-31"},
        ],
        "phases": [_phase("Giai đoạn 1", first, year + 1), _phase("Giai đoạn 2", total - first, year + 3)],
    }  # fmt: skip


def _phase(name: str, amount: Decimal, year: int) -> dict[str, Any]:
    return {
        "name": name, "capital_vnd": _vnd(amount), "capital_usd": _usd(amount), "capital_by": f"{year}-12-31",
        "construction_from": f"{year}-03-01", "construction_to": f"{year}-12-31", "installation_to": f"{year + 1}-03-31",
        "trial_on": f"{year + 1}-05-01", "operation_on": f"{year + 1}-07-01",
        "objectives_note": "Xây dựng nhà xưởng, lắp đặt thiết bị và đưa vào hoạt động",
    }  # fmt: skip


def _people(sample: Sample, year: int) -> dict[str, Any]:
    foreign = max(sample.workers // 50, 1)
    return {
        "workers_vietnamese": sample.workers - foreign, "workers_foreign": foreign,
        "technology_name": "Dây chuyền tự động của nhà đầu tư", "technology_origin": sample.country,
        "technology_process": "Tiếp nhận linh kiện - gia công, lắp ráp - kiểm tra - đóng gói.",
        "technology_list": "none", "technology_opinion": False,
        "socio_economic_effect": "Tạo việc làm, đóng góp ngân sách và phát triển chuỗi cung ứng tại thành phố.",
        "environment_needed": True,
        "environment_assessment": "Nước thải, khí thải và chất thải rắn được thu gom, xử lý đạt quy chuẩn trước khi xả.",
        "equipment": [
            {"name": "Dây chuyền sản xuất chính", "model": "", "origin": sample.country, "made_in_year": year + 1,
             "condition": "new", "quantity": 12, "value_usd": None},
        ],
        "labour": [
            {"phase": "Giai đoạn 1", "vietnamese": (sample.workers - foreign) // 2, "foreign": foreign},
            {"phase": "Giai đoạn 2", "vietnamese": sample.workers - foreign, "foreign": foreign},
        ],
    }  # fmt: skip


def _incentives(sample: Sample) -> dict[str, Any]:
    asked = bool(sample.zone)
    return {
        "incentives_asked": asked,
        "incentive_income_tax": "Thuế suất ưu đãi và thời gian miễn, giảm thuế theo địa bàn." if asked else "",
        "incentive_income_tax_basis": "Luật Thuế thu nhập doanh nghiệp; dự án tại khu kinh tế, khu công nghiệp" if asked else "",
        "incentive_import_duty": "Miễn thuế nhập khẩu hàng hóa tạo tài sản cố định." if asked else "",
        "incentive_import_duty_basis": "Luật Thuế xuất khẩu, thuế nhập khẩu" if asked else "",
        "incentive_land_rent": "", "incentive_land_rent_basis": "", "special_incentive": "",
        "disbursed_in_time_vnd": None, "special_mechanisms": "",
    }  # fmt: skip
